// The totals, always in sight: of each goal what counts, what is left, and at this pace how long it takes.

import type { Entry } from "./notebook.ts";
import type { Desk } from "./planner.ts";
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
  const row = ({ by, tally }: Sum): HTMLElement => {
    const rest = [
      tally.target && tally.left ? `${hours(tally.left)} left` : "",
      tally.over ? `${hours(tally.over)} over the limit` : "",
    ].filter(Boolean);
    const doubtful = tally.doubtful ? [element("span", { class: "doubt" }, `${hours(tally.doubtful)} not sure`)] : [];
    return element(
      "li",
      { class: by.part_of ? "part" : "" },
      element("p", {}, element("span", {}, by.title), element("b", {}, hours(tally.counted), element("span", { class: "soft" }, tally.target ? ` of ${hours(tally.target)} h` : " h"))),
      ...(tally.target ? [bar(tally)] : []),
      ...(rest.length || doubtful.length || tally.state === "done" ? [element("p", { class: "soft small" }, [tally.state === "done" ? "Done" : "", ...rest].filter(Boolean).join(", "), ...(doubtful.length && rest.length ? [", "] : []), ...doubtful)] : []),
    );
  };
  box.replaceChildren(
    ...held.map((one) => {
      const asked = hoursAsked(one);
      return element("section", { "aria-label": one.set.name }, element("h3", {}, one.set.name), asked.length ? element("ul", { class: "plain" }, ...asked.map(row)) : element("p", { class: "soft small" }, "It asks for no hours that are counted here."));
    }),
  );
}
