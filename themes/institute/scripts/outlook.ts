// When it can be done and what it costs: the same functions, with the same results, as pace.go, finish.go and cost.go of
// internal/pathway, where each is explained.

import { addMonths, dayOf, textOf } from "./civil.ts";
import { validate } from "./weigh.ts";
import type { Amount, Log, Requirement, RuleSet, Tally, Weighed } from "./weigh.ts";

/** Quarters in a number of days; monthly in tenths of an hour. */
export interface Rate {
  readonly quarters: number;
  readonly days: number;
  readonly monthly: number;
}

export interface Pace {
  readonly code: "" | "too-early" | "no-pace";
  readonly recent: Rate;
  readonly whole: Rate;
}

export interface Projection {
  readonly code: "" | "done" | "too-early" | "no-pace";
  readonly requirement: string;
  readonly earliest: string;
  readonly latest: string;
}

export interface Course {
  readonly id: string;
  readonly price: string;
  readonly cents?: number;
  readonly next: readonly { readonly start: string; readonly end: string }[];
}

export interface Award {
  readonly id: string;
  readonly cents?: number;
  readonly courses: readonly string[];
  readonly expires?: string;
  readonly deadline?: string;
}

export interface Bound {
  readonly code: "shortest" | "pace" | "course" | "course-dates" | "too-early" | "no-pace" | "time" | "cannot-start";
  readonly set: string;
  readonly requirement: string;
  readonly course: string;
  readonly date: string;
  readonly latest: string;
}

export interface Finish {
  readonly date: string;
  readonly latest: string;
  readonly known: readonly Bound[];
  readonly unknown: readonly Bound[];
}

/** One cost, in cents. */
export interface Line {
  code: "course" | "fee" | "award" | "individual" | "group" | "either";
  set: string;
  requirement: string;
  id: string;
  ask: boolean;
  left: number;
  all: number;
  quarters_left: number;
  quarters_all: number;
}

export interface Costs {
  readonly lines: readonly Line[];
  readonly awards: readonly Line[];
  readonly left: number;
  readonly all: number;
  readonly asks: number;
}

const LATELY = 180; // days
const FEWEST_ENTRIES = 4;
const FEWEST_DAYS = 28;
const LONGEST = 36_525; // days

const last = (...days: readonly string[]): string => days.reduce((a, b) => (a > b ? a : b), "");

/** What is the last of some bounds, at either pace. */
const latest = (bounds: readonly Bound[]): [string, string] => [last(...bounds.map((b) => b.date)), last(...bounds.map((b) => b.latest))];

const rate = (quarters: number, days: number): Rate => ({ quarters, days, monthly: Math.floor((2 * quarters * 4870 + 64 * days) / (128 * days)) });

/** The pace at which a requirement's hours came together until today. */
export function pace(t: Tally, today: string): Pace {
  const first = dayOf(t.first);
  const days = (dayOf(today) ?? 0) - (first ?? 0);
  const nothing = { quarters: 0, days: 0, monthly: 0 };
  if (first === undefined || t.count < FEWEST_ENTRIES || days < FEWEST_DAYS) return { code: "too-early", recent: nothing, whole: nothing };
  return { code: t.lately ? "" : "no-pace", recent: rate(t.lately, Math.min(days + 1, LATELY)), whole: rate(t.counted, days + 1) };
}

/** When the hours of the i-th requirement and its parts will be together, each at its own pace. */
export function project(set: RuleSet, { requirements }: Weighed, i: number, today: string): Projection {
  const { id } = set.requirements[i]!;
  const each = set.requirements
    .map((r, j) => (j === i || (r.part_of === id && r.id !== id) ? alone(requirements[j]!, today) : undefined))
    .filter((p): p is Projection => p !== undefined && p.code !== "done");
  const untold = each.find((p) => p.code);
  if (untold) return untold;
  return { code: each.length ? "" : "done", requirement: id, earliest: last(...each.map((p) => p.earliest)), latest: last(...each.map((p) => p.latest)) };
}

function alone(t: Tally, today: string): Projection {
  const without = (code: Projection["code"]): Projection => ({ code, requirement: t.id, earliest: "", latest: "" });
  const left = t.target - t.counted;
  if (left <= 0 || !t.left) return without("done");
  const { code, recent, whole } = pace(t, today);
  if (code) return without(code);
  const days = [recent, whole].map((r) => Math.min(Math.floor((left * r.days + r.quarters - 1) / r.quarters), LONGEST));
  const now = dayOf(today) ?? 0;
  return { code, requirement: t.id, earliest: textOf(now + Math.min(...days)), latest: textOf(now + Math.max(...days)) };
}

/** The earliest that everything can be done which some sets ask. */
export function finish(sets: readonly RuleSet[], weighed: readonly Weighed[], log: Log, courses: readonly Course[], today: string): Finish {
  const start = startOf(log, today);
  const parts = sets.flatMap((set, s) => {
    const tallies = weighed[s]!.requirements;
    const bounds = (r: Requirement): Bounds => boundsOf(set, r, tallies[set.requirements.indexOf(r)]!, start, courses, today);
    return set.requirements.map((r): Bounds => {
      if (!r.one_of) return bounds(r);
      const ways = set.requirements.filter((a) => a.one_of === r.one_of && (a.track ?? "") === (r.track ?? ""));
      return ways[0] === r ? ways.map(bounds).reduce((a, b) => (sooner(b, a) ? b : a)) : { known: [], unknown: [] };
    });
  });
  const known = parts.flatMap((p) => p.known);
  const [date, slow] = latest(known);
  return { date, latest: slow, known, unknown: parts.flatMap((p) => p.unknown) };
}

interface Bounds {
  readonly known: Bound[];
  readonly unknown: Bound[];
}

const sooner = (a: Bounds, b: Bounds): boolean =>
  a.unknown.length < b.unknown.length || (!a.unknown.length && !b.unknown.length && latest(a.known)[0] < latest(b.known)[0]);

function boundsOf(set: RuleSet, r: Requirement, t: Tally, start: number, courses: readonly Course[], today: string): Bounds {
  const known: Bound[] = [];
  const unknown: Bound[] = [];
  if (["done", "covered", "not-asked", "rule"].includes(t.state)) return { known, unknown };
  const add = (to: Bound[], code: Bound["code"], date = "", latest = date, course = ""): unknown =>
    to.push({ code, set: set.id, requirement: r.id, course, date, latest });
  if (t.state === "blocked" && !r.part_of) for (const { code } of t.reasons) if (code === "answer") add(unknown, "cannot-start");
  const shortest = after(start, r.shortest);
  if (shortest !== undefined) add(known, "shortest", last(textOf(shortest), today));
  const p = alone(t, today);
  if (!p.code) add(known, "pace", p.earliest, p.latest);
  else if (p.code !== "done") add(unknown, p.code);
  if (after(0, r.target) !== undefined && !r.counts) add(unknown, "time");
  if (r.course) {
    const spans = courses.filter(({ id }) => id === r.course).flatMap(({ next }) => next);
    const next = spans.filter((span) => span.start >= today).reduce((a, b) => (!a.start || b.start < a.start ? b : a), { start: "", end: "" });
    const end = last(next.start, next.end);
    if (end) add(known, "course", end, end, r.course);
    else add(unknown, "course-dates", "", "", r.course);
  }
  return { known, unknown };
}

/** The day from which the shortest time runs. */
function startOf(log: Log, today: string): number {
  const days = log.entries.filter((e) => e.kind === "supervision" && !validate(e).length).map((e) => dayOf(e.date)!);
  return dayOf(log.contract) ?? days.reduce((a, b) => Math.min(a, b), dayOf(today) ?? 0);
}

/** The day that lies an amount of time after another; undefined where it is no amount of time. */
function after(day: number, a: Amount | undefined): number | undefined {
  if (!a || !(a.value >= 0 && a.value <= 1200)) return undefined;
  const n = Math.ceil(a.value);
  switch (a.unit) {
    case "day":
      return day + n;
    case "week":
      return day + 7 * n;
    case "month":
      return addMonths(day, n);
    case "year":
      return addMonths(day, 12 * n);
  }
  return undefined;
}

/** What some sets cost together; rates are in cents an hour, 0 where they are not known. */
export function costs(
  sets: readonly RuleSet[],
  weighed: readonly Weighed[],
  courses: readonly Course[],
  awards: readonly Award[],
  rates: { readonly individual: number; readonly group: number },
  today: string,
): Costs {
  const line = (code: Line["code"], rest: Partial<Line>): Line => ({ code, set: "", requirement: "", id: "", ask: false, left: 0, all: 0, quarters_left: 0, quarters_all: 0, ...rest });
  const lines: Line[] = [];
  const hours = { individual: [0, 0], group: [0, 0], either: [0, 0] };
  sets.forEach((set, s) =>
    set.requirements.forEach((r, i) => {
      const t = weighed[s]!.requirements[i]!;
      if (t.state === "not-asked" || t.state === "covered") return;
      const session = sessionOf(set, r);
      if (session) {
        hours[session] = [Math.max(hours[session][0]!, t.left), Math.max(hours[session][1]!, t.target)];
        if (!r.cents) return;
      }
      const course = r.course ? courses.find(({ id }) => id === r.course) : undefined;
      const { cents = 0, price = "" } = r.course ? (course ?? {}) : { ...r, price: r.cost ?? "" };
      if (!price) return;
      const paid = t.state === "done";
      const next = line(course ? "course" : "fee", { set: set.id, requirement: r.id, id: course?.id ?? "", ask: !cents && !paid, left: paid ? 0 : cents, all: cents });
      const old = course && lines.find(({ code, id }) => code === "course" && id === course.id);
      if (old) [old.ask, old.left] = [old.ask || next.ask, Math.max(old.left, next.left)];
      else lines.push(next);
    }),
  );
  hours.either = hours.either.map((n, i) => Math.max(n - hours.individual[i]! - hours.group[i]!, 0));
  for (const code of ["individual", "group", "either"] as const) {
    const rate = code === "either" ? Math.max(rates.individual, rates.group) : rates[code];
    const [left, all] = hours[code] as [number, number];
    const price = (quarters: number): number => Math.floor((quarters * rate + 3) / 4);
    if (all) lines.push(line(code, { ask: !rate, left: price(left), all: price(all), quarters_left: left, quarters_all: all }));
  }
  const wanted = (ids: readonly string[]): boolean => lines.some(({ code, id, ask, left }) => code === "course" && (ask || left > 0) && ids.includes(id));
  const given = awards.filter((a) => wanted(a.courses) && (!a.expires || a.expires >= today) && (!a.deadline || a.deadline >= today));
  return {
    lines,
    awards: given.map(({ id, cents = 0 }) => line("award", { id, ask: !cents, left: cents, all: cents })),
    left: lines.reduce((sum, { left }) => sum + left, 0),
    all: lines.reduce((sum, { all }) => sum + all, 0),
    asks: lines.filter(({ ask }) => ask).length,
  };
}

/** Of which hours of supervision a requirement is. */
function sessionOf(set: RuleSet, r: Requirement): "individual" | "group" | "either" | undefined {
  const whole = r.counts && !r.counts.kinds?.length ? (set.requirements.find(({ id }) => id === r.part_of) ?? r) : r;
  if (!r.counts || !whole.counts?.kinds?.includes("supervision")) return undefined;
  if (r.counts.session === "individual" || r.counts.session === "group") return r.counts.session;
  return r.part_of ? undefined : "either";
}
