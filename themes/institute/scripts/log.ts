// The log as a list: months, the newest first, and in each one line an entry. What is folded is not drawn, so
// that thousands of lines cost no more than those in sight.

import type { Entry, Notebook } from "./notebook.ts";
import type { Desk } from "./planner.ts";
import { count, shortDay, hours, inHours, longDay, month } from "./spell.ts";

/** What stands below an entry: what it is for each goal, and flags. */
export type Notes = (entry: Entry) => readonly Node[];

export interface Log {
  draw(notebook: Notebook, notes: Notes): void;
  /** Shows an entry and moves the focus to it; false where it is gone. */
  show(id: string): boolean;
}

/** How many lines are unfolded at first, at least: whole months. */
const OPEN = 12;

const KIND = { supervision: "Supervision", "sex-therapy": "Sex therapy", "other-therapy": "Other therapy", "other-practice": "Other practice" };
const CLIENTS = { one: "one person", "couple-or-family": "a couple or family", group: "a group", "": "" };
const FORMAT = { "in-person": "in person", video: "by video", "": "" };

/** What an entry was, in words: "Supervision, group of 3, by video". */
export function inWords({ kind, session, people, clients, format }: Entry): string {
  const size = session === "group" ? (people ? `group of ${people}` : "group of unknown size") : session === "individual" ? (people > 1 ? `individual, ${people} people` : "only me") : "";
  return [KIND[kind], size, CLIENTS[clients], FORMAT[format]].filter(Boolean).join(", ");
}

/** Draws the log into an element; `edit` and `remove` are what can be done with a line. */
export function logView(months: HTMLElement, { element }: Desk, edit: (entry: Entry) => void, remove: (entry: Entry) => void): Log {
  const folded = new Map<string, boolean>(); // months that the reader folded or unfolded
  let sheets: { month: string; entries: Entry[]; open: boolean; draw: () => void }[] = [];
  let notes: Notes = () => [];

  const row = (entry: Entry): HTMLLIElement => {
    const act = (label: string, what: (entry: Entry) => void): HTMLButtonElement => {
      const button = element("button", { type: "button" }, label, element("span", { class: "hide" }, ` the line of ${longDay(entry.date)}, ${inHours(entry.quarters)}`));
      button.addEventListener("click", () => what(entry));
      return button;
    };
    const more = [entry.supervisor, entry.setting, entry.note].filter(Boolean).join(" · ");
    return element(
      "li",
      { id: `line-${entry.id}`, tabindex: "-1" },
      element("time", { datetime: entry.date }, shortDay(entry.date)),
      element("p", {}, inWords(entry), ...(more ? [element("span", { class: "soft" }, ` · ${more}`)] : [])),
      element("b", {}, hours(entry.quarters), element("span", { class: "soft" }, " h")),
      element("span", { class: "acts" }, act("Change", edit), act("Delete", remove)),
      ...notes(entry),
    );
  };

  const draw = (notebook: Notebook, by: Notes): void => {
    notes = by;
    const here = document.activeElement?.closest("#months li, #months details")?.id;
    const byMonth = new Map<string, Entry[]>();
    for (const entry of notebook.entries) {
      const key = entry.date.slice(0, 7);
      const entries = byMonth.get(key);
      if (entries) entries.push(entry);
      else byMonth.set(key, [entry]);
    }
    let drawn = 0;
    sheets = [...byMonth].sort(([a], [b]) => (a < b ? 1 : -1)).map(([key, entries]) => {
      entries.reverse().sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
      const open = folded.get(key) ?? drawn < OPEN;
      drawn += entries.length;
      return { month: key, entries, open, draw: () => {} };
    });
    months.replaceChildren(
      ...sheets.map((sheet) => {
        const quarters = sheet.entries.reduce((sum, entry) => sum + entry.quarters, 0);
        const details = element(
          "details",
          { id: `month-${sheet.month}` },
          element("summary", {}, element("h3", {}, month(sheet.month)), element("span", { class: "soft" }, count(sheet.entries.length, "line", "lines")), element("b", {}, hours(quarters), element("span", { class: "soft" }, " h"))),
        );
        let empty = true;
        sheet.draw = () => {
          if (empty) details.append(element("ol", { class: "plain" }, ...sheet.entries.map(row)));
          empty = false;
        };
        if (sheet.open) sheet.draw();
        details.open = sheet.open;
        details.addEventListener("toggle", () => {
          if (details.open) sheet.draw();
          if (details.open !== sheet.open) folded.set(sheet.month, details.open);
        });
        return details;
      }),
    );
    if (here) (document.getElementById(here) as HTMLElement | null)?.focus({ preventScroll: true });
  };

  const show = (id: string): boolean => {
    const sheet = sheets.find(({ entries }) => entries.some((entry) => entry.id === id));
    if (!sheet) return false;
    sheet.draw();
    (document.getElementById(`month-${sheet.month}`) as HTMLDetailsElement).open = true;
    const line = document.getElementById(`line-${id}`)!;
    line.scrollIntoView({ block: "center" });
    line.focus({ preventScroll: true });
    return true;
  };
  return { draw, show };
}
