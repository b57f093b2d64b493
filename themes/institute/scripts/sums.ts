// The totals, always in sight: of each goal what counts, what is left, and at this pace how long it takes.

import type { Entry } from "./notebook.ts";
import type { Desk } from "./planner.ts";
import { pace, project } from "./outlook.ts";
import type { Held } from "./standing.ts";
import type { Requirement, Tally } from "./weigh.ts";

/** A requirement of hours, and how it stands. */
export interface Sum {
  readonly held: Held;
  readonly by: Requirement;
  readonly tally: Tally;
}

/** What a set asks in hours, in its order: the wholes and their parts. */
export const hoursAsked = (held: Held): Sum[] =>
  held.set.requirements
    .map((by, i) => ({ held, by, tally: held.weighed.requirements[i]! }))
    .filter(({ tally }) => (tally.target > 0 || tally.over > 0) && tally.state !== "not-asked" && tally.state !== "covered");

/** The sum that stands for a set where there is room for one: its supervision, or else what it asks first. */
export const foremost = (held: Held): Sum | undefined => {
  const wholes = hoursAsked(held).filter(({ by, tally }) => tally.target && !by.part_of);
  return wholes.find(({ by }) => by.kind === "supervision") ?? wholes[0];
};

/** Draws the totals, and the line of them that stays in sight on a narrow screen. */
export function sums(box: HTMLElement, sight: HTMLElement, held: readonly Held[], entries: ReadonlyMap<string, Entry>, { element, spell }: Desk): void {
  const { hours } = spell;
  sight.hidden = !held.length;
  sight.replaceChildren(
    ...held.flatMap((one) => {
      const sum = foremost(one);
      return sum ? [element("span", {}, element("span", {}, one.set.name), element("b", {}, `${hours(sum.tally.counted)} of ${hours(sum.tally.target)} h`))] : [];
    }),
  );
  if (!held.length) {
    const all = [...entries.values()].reduce((sum, { quarters }) => sum + quarters, 0);
    box.replaceChildren(element("p", { class: "soft" }, `${spell.count(entries.size, "line", "lines")}, ${spell.inHours(all)}. Choose what you work toward, and each line is weighed against it.`));
    return;
  }
  const bar = (tally: Tally): HTMLElement => {
    const fill = element("span", {});
    fill.style.width = `${Math.min(100, (100 * tally.counted) / Math.max(1, tally.target))}%`;
    return element("span", { class: "bar", "aria-hidden": "true" }, fill);
  };
  const row = ({ held: one, by, tally }: Sum): HTMLElement => {
    const rest = [
      tally.state === "done" ? "done" : "",
      tally.target && tally.left ? `${hours(tally.left)} left` : "",
      tally.over ? `${hours(tally.over)} over the limit` : "",
    ].filter(Boolean).join(", ");
    const doubtful = tally.doubtful ? [rest ? ", " : "", element("span", { class: "doubt" }, `${hours(tally.doubtful)} not sure`)] : [];
    const ahead = by.part_of ? "" : outlook({ held: one, by, tally }, spell);
    return element(
      "li",
      { class: by.part_of ? "part" : "" },
      element("p", {}, element("span", {}, by.title), element("b", {}, hours(tally.counted), element("span", { class: "soft" }, tally.target ? ` of ${hours(tally.target)} h` : " h"))),
      ...(tally.target && !by.part_of ? [bar(tally)] : []),
      ...(rest || doubtful.length ? [element("p", { class: "soft small" }, rest, ...doubtful)] : []),
      ...(ahead ? [element("p", { class: "soft small" }, ahead)] : []),
    );
  };
  box.replaceChildren(
    ...held.map((one) => {
      const asked = hoursAsked(one);
      return element("div", {}, element("h3", {}, one.set.name), asked.length ? element("ul", { class: "plain" }, ...asked.map(row)) : element("p", { class: "soft small" }, "It asks for no hours that are counted here."));
    }),
  );
}

/** At this pace, when a requirement's hours are together, as honestly as it can be said. */
function outlook({ held, by, tally }: Sum, { today, span }: Desk["spell"]): string {
  if (!tally.target || !tally.left) return "";
  const when = project(held.set, held.weighed, held.set.requirements.indexOf(by), today());
  if (when.code === "too-early") return "Too early to say when.";
  if (when.code === "no-pace") return "No hour counted in the last half year, so nobody can say when.";
  const monthly = pace(tally, today()).recent?.monthly;
  return when.code === "done" ? "" : `${monthly ? `${monthly / 10} h a month. ` : ""}At this pace ${span(when.earliest, when.latest)}.`;
}
