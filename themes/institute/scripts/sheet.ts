// The log on paper: what each supervisor is asked to sign, one after another, the oldest line first.

import { inOrder } from "./exchange.ts";
import type { Entry } from "./notebook.ts";
import type { Desk } from "./planner.ts";

/** Puts the log as it is printed at the end of the page. */
export function lay({ store, element, spell, inWords }: Desk): void {
  document.getElementById("sheet")?.remove();
  const { entries } = store.notebook();
  const by = new Map<string, Entry[]>();
  for (const entry of inOrder(entries)) {
    const theirs = by.get(entry.supervisor);
    if (theirs) theirs.push(entry);
    else by.set(entry.supervisor, [entry]);
  }
  const total = (list: readonly Entry[]): string => spell.hours(list.reduce((sum, { quarters }) => sum + quarters, 0));
  const cell = (name: "td" | "th", text: string, attributes: Record<string, string> = {}): HTMLElement => element(name, attributes, text);
  const sections = [...by].sort(([a], [b]) => (a === "" ? 1 : b === "" ? -1 : a < b ? -1 : 1)).map(([supervisor, list]) =>
    element(
      "section",
      {},
      element("h2", {}, supervisor || "Without a supervisor"),
      element(
        "table",
        {},
        element("thead", {}, element("tr", {}, ...["Date", "What", "Setting and note"].map((title) => cell("th", title, { scope: "col" })), cell("th", "Hours", { scope: "col", class: "right" }))),
        element(
          "tbody",
          {},
          ...list.map((e) => element("tr", {}, cell("td", spell.longDay(e.date)), cell("td", inWords(e)), cell("td", [e.setting, e.note].filter(Boolean).join(" · ")), cell("td", spell.hours(e.quarters), { class: "right" }))),
        ),
        element("tfoot", {}, element("tr", {}, cell("th", "Total", { scope: "row", colspan: "3" }), cell("th", total(list), { class: "right" }))),
      ),
      ...(supervisor ? ["Name", "Signature", "Date"].map((label) => element("p", { class: "sign" }, label)) : []),
    ),
  );
  const days = inOrder(entries);
  const head = days.length ? `${spell.count(days.length, "line", "lines")}, ${total(days)} hours, from ${spell.longDay(days[0]!.date)} to ${spell.longDay(days.at(-1)!.date)}. Printed on ${spell.longDay(spell.today())}.` : "There is no line yet.";
  document.body.append(element("div", { id: "sheet" }, element("h1", {}, "Log of hours"), element("p", {}, head), ...sections));
}
