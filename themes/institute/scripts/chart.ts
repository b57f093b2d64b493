// Hours over time as a shoreline that rises to its mark: the water is what counts so far, the line above it the
// target. Beside it stands the same in words and numbers.

import type { Entry } from "./notebook.ts";
import { project } from "./outlook.ts";
import type { Desk } from "./planner.ts";
import type { Held } from "./standing.ts";
import { foremost, hoursAsked } from "./sums.ts";
import type { Sum } from "./sums.ts";

/** What is drawn. Hours in quarters, days in ISO 8601. */
export interface Course {
  readonly target: number;
  /** What counted on a day; in the order of the days. */
  readonly steps: readonly { readonly date: string; readonly quarters: number }[];
  readonly today: string;
  /** Between which days the target is reached at this pace; undefined: nobody can say. */
  readonly reach?: { readonly from: string; readonly to: string } | undefined;
}

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 320;
const HEIGHT = 150;
/** Where the target lies, and how much of the height is sky above it. */
const TOP = 14;

const dayNumber = (iso: string): number => Date.parse(iso + "T00:00:00Z") / 86_400_000;

function shape(name: "path" | "circle", attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, `${value}`);
  return made;
}

const at = (n: number): string => n.toFixed(1);

/** A curve through points that rises where they rise and never overshoots them. */
function shoreline(points: readonly (readonly [number, number])[]): string {
  let path = `M${at(points[0]![0])} ${at(points[0]![1])}`;
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1]!;
    const [x1, y1] = points[i]!;
    const middle = (x0 + x1) / 2;
    path += `C${at(middle)} ${at(y0)} ${at(middle)} ${at(y1)} ${at(x1)} ${at(y1)}`;
  }
  return path;
}

/** The sum at the end of each of at most so many stretches of time, from the first day to the last. */
function sums(course: Course, stretches: number): { day: number; quarters: number }[] {
  const first = dayNumber(course.steps[0]!.date) - 1;
  const last = Math.max(dayNumber(course.today), dayNumber(course.steps.at(-1)!.date));
  const points = [{ day: first, quarters: 0 }];
  let next = 0;
  let sum = 0;
  const n = Math.max(1, Math.min(stretches, last - first));
  for (let i = 1; i <= n; i++) {
    const day = first + ((last - first) * i) / n;
    while (next < course.steps.length && dayNumber(course.steps[next]!.date) <= day + 1e-6) sum += course.steps[next++]!.quarters;
    points.push({ day, quarters: sum });
  }
  return points;
}

/** Whether the time ahead is shown: where it is not much longer than the time behind. */
function aheadOf({ steps, today, reach }: Course): boolean {
  const first = dayNumber(steps[0]!.date);
  return !!reach && dayNumber(reach.to) - first <= 4 * Math.max(28, dayNumber(today) - first);
}

/** The drawing; it says nothing to a screen reader, for the words beside it do. */
function draw(course: Course): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" })) svg.setAttribute(key, value);
  const points = sums(course, 14);
  const first = points[0]!.day;
  const now = points.at(-1)!;
  const ahead = aheadOf(course) ? { from: dayNumber(course.reach!.from), to: dayNumber(course.reach!.to) } : undefined;
  const end = Math.max(ahead?.to ?? 0, now.day);
  const x = (day: number): number => ((day - first) / Math.max(1, end - first)) * WIDTH;
  const most = Math.max(course.target, now.quarters);
  const y = (quarters: number): number => HEIGHT - 2 - (quarters / most) * (HEIGHT - 2 - TOP);
  const line = shoreline(points.map(({ day, quarters }) => [x(day), y(quarters)] as const));
  if (ahead) svg.append(shape("path", { class: "ahead", d: `M${at(x(now.day))} ${at(y(now.quarters))}L${at(x(ahead.from))} ${at(y(course.target))}L${at(x(ahead.to))} ${at(y(course.target))}Z` }));
  svg.append(
    shape("path", { class: "sea", d: `${line}L${at(x(now.day))} ${HEIGHT}L0 ${HEIGHT}Z` }),
    shape("path", { class: "mark-line", d: `M0 ${at(y(course.target))}H${WIDTH}` }),
    shape("path", { class: "shoreline", d: line }),
    shape("path", { class: "now", d: `M${at(x(now.day))} ${at(y(now.quarters))}v.01` }),
  );
  return svg;
}

let shown = ""; // which of several the reader wants to see

/** Fills a figure with the chart of what the reader chose to see, at first the foremost of the first goal. */
export function chart(figure: HTMLElement, held: readonly Held[], entries: ReadonlyMap<string, Entry>, desk: Desk): void {
  const { element } = desk;
  const all = held.flatMap(hoursAsked).filter(({ tally }) => tally.target > 0);
  const name = ({ held, by }: Sum): string => `${held.set.id}/${by.id}`;
  const sum = all.find((one) => name(one) === shown) ?? (held[0] && foremost(held[0])) ?? all[0];
  figure.hidden = !sum || !entries.size;
  if (figure.hidden || !sum) return;
  const course = courseOf(sum, entries, desk.spell.today());
  const select = element("select", { "aria-label": "What the chart shows" }, ...all.map((one) => element("option", { value: name(one) }, `${one.held.set.name}: ${one.by.title}`)));
  select.value = name(sum);
  select.addEventListener("change", () => {
    shown = select.value;
    chart(figure, held, entries, desk);
    figure.querySelector("select")?.focus({ preventScroll: true });
  });
  fill(figure, course, select, desk);
}

/** What counted toward a requirement, day by day. */
function courseOf({ held, by, tally }: Sum, entries: ReadonlyMap<string, Entry>, today: string): Course {
  const steps = held.weighed.entries.flatMap(({ entry, counts }) => {
    const counted = counts.find(({ requirement }) => requirement === by.id);
    return counted ? [{ date: entries.get(entry)!.date, quarters: counted.quarters }] : [];
  });
  const when = project(held.set, held.weighed, held.set.requirements.indexOf(by), today);
  return { target: tally.target, steps: steps.sort((a, b) => (a.date < b.date ? -1 : 1)), today, reach: when.code ? undefined : { from: when.earliest, to: when.latest } };
}

function fill(figure: HTMLElement, course: Course, select: HTMLElement, { element, spell }: Desk): void {
  const { hours, inHours, month, longDay } = spell;
  if (!course.steps.length) {
    figure.replaceChildren(select, element("figcaption", {}, "Nothing counts toward it yet."));
    return;
  }
  const counted = course.steps.reduce((sum, { quarters }) => sum + quarters, 0);
  const first = course.steps[0]!.date;
  const months = new Map<string, number>();
  for (const { date, quarters } of course.steps) months.set(date.slice(0, 7), (months.get(date.slice(0, 7)) ?? 0) + quarters);
  let sum = 0;
  const rows = [...months].map(([key, quarters]) => {
    sum += quarters;
    return element("tr", {}, element("th", { scope: "row" }, month(key)), element("td", { class: "right" }, hours(quarters)), element("td", { class: "right" }, hours(sum)));
  });
  const open = figure.querySelector("details")?.open ?? false;
  const ahead = aheadOf(course);
  const numbers = element(
    "details",
    {},
    element("summary", {}, "The same in numbers"),
    element("table", {}, element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Month"), element("th", { scope: "col", class: "right" }, "Hours"), element("th", { scope: "col", class: "right" }, "So far"))), element("tbody", {}, ...rows)),
  );
  numbers.open = open;
  figure.replaceChildren(
    select,
    element("figcaption", {}, `${inHours(counted)} counted since ${longDay(first)}, of ${inHours(course.target)}.`),
    element("p", { class: "chart-mark small soft", "aria-hidden": "true" }, `${hours(course.target)} h`),
    draw(course),
    element("p", { class: "chart-days small soft", "aria-hidden": "true" }, element("span", {}, month(first)), element("span", {}, ahead ? month(course.reach!.to) : "today")),
    numbers,
  );
}
