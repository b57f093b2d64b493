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
  const row = (name: "td" | "th", label: string, sum: string): HTMLElement => element("tr", {}, cell("th", label, { scope: "row", colspan: "3" }), cell(name, sum, { class: "right" }));
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
        element("tfoot", {}, ...subtotals(list).map(([what, some]) => row("td", what, total(some))), row("th", "Total", total(list))),
      ),
      ...(supervisor ? ["Name", "Signature", "Date"].map((label) => element("p", { class: "sign" }, label)) : []),
    ),
  );
  const days = inOrder(entries);
  const head = days.length ? `${spell.count(days.length, "line", "lines")}, ${total(days)} hours, from ${spell.longDay(days[0]!.date)} to ${spell.longDay(days.at(-1)!.date)}. Printed on ${spell.longDay(spell.today())}.` : "There is no line yet.";
  document.body.append(element("div", { id: "sheet" }, element("h1", {}, "Log of hours"), element("p", {}, head), ...sections));
}

/** What a supervisor signs for, where it is more than one thing: individual and group supervision, and each other kind. */
function subtotals(list: readonly Entry[]): [what: string, some: readonly Entry[]][] {
  const kinds: [string, (entry: Entry) => boolean][] = [
    ["Individual supervision", ({ kind, session }) => kind === "supervision" && session === "individual"],
    ["Group supervision", ({ kind, session }) => kind === "supervision" && session === "group"],
    ["Supervision, individual or group not noted", ({ kind, session }) => kind === "supervision" && !session],
    ["Sex therapy with clients", ({ kind }) => kind === "sex-therapy"],
    ["Other therapy with clients", ({ kind }) => kind === "other-therapy"],
    ["Other practice", ({ kind }) => kind === "other-practice"],
  ];
  const some = kinds.map(([what, is]): [string, readonly Entry[]] => [what, list.filter(is)]).filter(([, entries]) => entries.length);
  return some.length > 1 ? some : [];
}
