// The checklist: what each goal asks, and how it stands.

import type { Notebook } from "./notebook.ts";
import { listed } from "./flags.ts";
import type { Desk } from "./planner.ts";
import type { Held } from "./standing.ts";
import type { Reason, Requirement, Tally } from "./weigh.ts";

const STATE: Readonly<Record<Tally["state"], string>> = {
  todo: "To do", doing: "In progress", done: "Done", blocked: "Cannot start yet", covered: "Not needed", "not-asked": "Not asked of you", rule: "",
};

/** Draws the checklist; `ask` gives the words of a question by its id. */
export function checks(box: HTMLElement, held: readonly Held[], { marks }: Notebook, ask: (question: string) => string, desk: Desk): void {
  const { element, store, redraw } = desk;
  const focused = (document.activeElement as HTMLElement | null)?.dataset["mark"];
  const item = (one: Held, by: Requirement, tally: Tally): HTMLElement => {
    const key = `${one.set.id}/${by.id}`;
    const why = reasons(one, tally, ask);
    const figures = [by.target?.text, hoursOf(tally, desk)].filter(Boolean).join(", ");
    const title = by.url ? element("a", { href: by.url }, by.title) : by.title;
    return element(
      "li",
      { class: tally.state },
      element("div", {}, element("p", {}, title), ...(figures ? [element("p", { class: "soft small" }, figures)] : []), ...(why ? [element("p", { class: "soft small" }, why)] : [])),
      ...(tally.state === "not-asked" || tally.state === "covered" || (tally.state === "done" && tally.reasons.some(({ code }) => code === "answer"))
        ? [element("span", { class: "stands" }, STATE[tally.state])]
        : [control(key, by, tally)]),
    );
  };
  const control = (key: string, by: Requirement, tally: Tally): HTMLElement => {
    const option = (value: string, words: string): HTMLOptionElement => element("option", { value }, words);
    // Hours say themselves how they stand; but somebody may bring some that are not in this notebook.
    const open = tally.state === "done" && marks[key] !== "done" ? STATE.done : tally.state === "doing" && tally.target ? STATE.doing : tally.state === "blocked" ? STATE.blocked : STATE.todo;
    const choices = [option("", open), ...(tally.target || open === STATE.doing ? [] : [option("doing", STATE.doing)]), option("done", open === STATE.done ? "Done, marked by me" : STATE.done)];
    const select = element("select", { "aria-label": `${by.title}: how it stands`, "data-mark": key }, ...choices);
    select.value = marks[key] ?? "";
    if (select.selectedIndex < 0) select.value = "";
    select.addEventListener("change", () => {
      store.change((before) => {
        const { [key]: _, ...others } = before.marks;
        return { ...before, marks: select.value ? { ...others, [key]: select.value as "doing" | "done" } : others };
      });
      redraw();
    });
    return select;
  };
  box.replaceChildren(
    ...held.map((one) => {
      const all = one.set.requirements.map((by, i) => ({ by, tally: one.weighed.requirements[i]! })).filter(({ tally }) => tally.state !== "rule");
      const done = all.filter(({ tally }) => tally.state === "done" || tally.state === "covered").length;
      const mine = all.filter(({ tally }) => tally.state !== "not-asked");
      const others = all.filter(({ tally }) => tally.state === "not-asked");
      return element(
        "div",
        {},
        element("h3", {}, one.set.name, element("span", { class: "soft small" }, ` ${done} of ${mine.length} done`)),
        element("ul", { class: "plain" }, ...mine.map(({ by, tally }) => item(one, by, tally))),
        ...(others.length ? [element("details", { class: "small" }, element("summary", {}, `Not asked of you: ${others.length}`), element("ul", { class: "plain" }, ...others.map(({ by, tally }) => item(one, by, tally))))] : []),
      );
    }),
  );
  if (focused) box.querySelector<HTMLElement>(`[data-mark="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

function hoursOf({ target, counted }: Tally, { spell }: Desk): string {
  return target || counted ? `${spell.hours(counted)} h counted` : "";
}

/** Why a requirement is in its state, in a sentence. */
function reasons({ set }: Held, { state, reasons }: Tally, ask: (question: string) => string): string {
  const title = (id: string): string => `“${set.requirements.find((r) => r.id === id)?.title ?? id}”`;
  const each = (reason: Reason): string => {
    switch (reason.code) {
      case "depends-on":
        return title(reason.id);
      case "answer":
        return `what you answered to “${ask(reason.id)}”`;
      case "track":
        return `the way of the ${set.tracks?.find(({ id }) => id === reason.id)?.label ?? reason.id}`;
      default:
        return reason.id ? title(reason.id) : "";
    }
  };
  if (!reasons.length) return "";
  if (state === "blocked") {
    const first = new Map<string, string[]>();
    for (const reason of reasons) {
      const key = reason.one_of || reason.id;
      first.set(key, [...(first.get(key) ?? []), each(reason)]);
    }
    const waits = [...first.values()].map((either) => either.join(" or "));
    return reasons.every(({ code }) => code === "depends-on") ? `First: ${listed(waits)}.` : `Because of ${listed(waits)}.`;
  }
  if (state === "covered") return `${each(reasons[0]!)} is done.`;
  if (state === "not-asked") return reasons[0]!.code === "track" ? `It is on ${each(reasons[0]!)}.` : `Because of ${each(reasons[0]!)}.`;
  if (state === "done" && reasons[0]!.code === "answer") return `By ${each(reasons[0]!)}.`;
  return "";
}
