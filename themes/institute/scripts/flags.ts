// What is said of lines that do not count, or perhaps do not: in words, with the rule's text. Below each line
// stands what it is for each goal, and above the log a summary that leads to the lines.

import type { Entry } from "./notebook.ts";
import type { Desk } from "./planner.ts";
import type { Held } from "./standing.ts";
import type { Flag, Requirement, Verdict } from "./weigh.ts";

/** By what a line was refused or doubted, in words that follow the name of the goal. */
const SAID: Readonly<Record<string, string>> = {
  "over cap": "over the limit",
  "not-counted group-size": "not counted, for the number of people does not fit",
  "not-counted format": "not counted, for it was held in another way",
  "not-counted approval": "not counted, for the supervisor lacks the approval",
  "not-counted before-degree": "not counted, for it was before your degree was posted",
  "not-counted no-degree": "not counted, for you have no degree yet",
  "not-counted future": "not counted, for this day has not come yet",
  "not-counted no-place": "not counted, for no part of it takes such a session",
  "missing group-size": "not sure: how many were in the group?",
  "missing session": "not sure: was it individual or in a group?",
  "missing clients": "not sure: with whom was it?",
  "missing format": "not sure: was it in person or by video?",
  "missing supervisor": "not sure: who was the supervisor?",
  "missing degree": "not sure: when was your degree posted?",
  "doubtful approval": "not sure: is the supervisor approved?",
  "doubtful others-may": "not sure: the supervisor lacks the approval, and may count all the same. Ask",
};

const sentence = ({ kind, code }: Flag): string => SAID[`${kind} ${code}`] ?? "not counted, for something is wrong with the line";

/** Whether a flag is one of doubt, which amber shows; the others are certain. */
const doubtful = ({ kind }: Flag): boolean => kind === "missing" || kind === "doubtful";

const rule = (held: Held, { requirement }: Flag): Requirement | undefined => held.set.requirements.find(({ id }) => id === requirement);

/** "a", "a and b", "a, b and c". */
export const listed = (items: readonly string[]): string => items.join(", ").replace(/, ([^,]*)$/, " and $1");

/** What an entry is for each goal, and its flags. */
export function notesOf(entry: Entry, held: readonly Held[], { element, spell }: Desk): Node[] {
  if (!held.length) return [];
  const is = new Map<string, string[]>();
  const flagged: [Held, Flag][] = [];
  for (const one of held) {
    const verdict: Verdict | undefined = one.verdicts.get(entry.id);
    if (!verdict) continue;
    if (verdict.quarters) {
      const how = verdict.session === "individual" ? "Individual" : verdict.session === "group" ? "Group" : "Counts";
      const part = verdict.quarters < entry.quarters ? `, ${spell.hours(verdict.quarters)} of ${spell.hours(entry.quarters)} h,` : "";
      is.set(how + part, [...(is.get(how + part) ?? []), one.set.name.replace(/^The /, "the ")]);
    }
    for (const flag of verdict.flags) flagged.push([one, flag]);
  }
  const nodes: Node[] = [];
  const words = [...is].map(([how, names]) => `${how} for ${listed(names)}.`).join(" ");
  if (words || !flagged.length) nodes.push(element("p", { class: "weighed soft small" }, words || "Nothing you chose asks for hours of this kind."));
  if (!flagged.length) return nodes;
  const short = new Map<string, Set<string>>();
  for (const [one, flag] of flagged) {
    const key = `${doubtful(flag) ? "?" : "!"}${flag.kind === "over" ? `${spell.inHours(flag.quarters)} ` : ""}${sentence(flag)}`;
    short.set(key, (short.get(key) ?? new Set()).add(one.set.name));
  }
  nodes.push(
    element(
      "details",
      { class: "flags small" },
      element("summary", {}, ...[...short].map(([key, names]) => element("span", { class: key[0] === "?" ? "doubt" : "refused" }, `${listed([...names])}: ${key.slice(1)}`))),
      ...flagged.map(([one, flag]) => told(one, flag, element)),
    ),
  );
  return nodes;
}

/** The rule's text, with a link to where the guide explains it. */
function told(held: Held, flag: Flag, element: Desk["element"]): HTMLElement {
  const by = rule(held, flag);
  if (!by) return element("p", {}, "Change the line, and it is weighed again.");
  const title = by.url ? element("a", { href: by.url }, by.title) : by.title;
  return element("p", { class: "rule" }, `${held.set.name}, `, title, `: ${by.explanation}`);
}

/** The summary above the log. */
export function flagsOf(box: HTMLElement, held: readonly Held[], entries: ReadonlyMap<string, Entry>, { element, spell, show }: Desk): void {
  const groups = new Map<string, { held: Held; flag: Flag; quarters: number; lines: string[] }>();
  const lines = new Set<string>();
  for (const one of held) {
    for (const verdict of one.weighed.entries) {
      for (const flag of verdict.flags) {
        const key = [one.set.id, flag.kind, flag.code, flag.requirement].join(" ");
        const group = groups.get(key) ?? { held: one, flag, quarters: 0, lines: [] };
        group.quarters += flag.quarters;
        group.lines.push(verdict.entry);
        groups.set(key, group);
        lines.add(verdict.entry);
      }
    }
  }
  if (!groups.size) return box.replaceChildren();
  const open = box.querySelector("details")?.open ?? groups.size < 4;
  const link = (id: string): HTMLElement => {
    const entry = entries.get(id)!;
    const button = element("button", { type: "button" }, spell.shortDay(entry.date), element("span", { class: "hide" }, ` ${entry.date.slice(0, 4)}, ${spell.inHours(entry.quarters)}`));
    button.addEventListener("click", () => show(id));
    return element("li", {}, button);
  };
  // Drawn when it is unfolded, for it may be thousands.
  const more = (ids: readonly string[]): HTMLElement => {
    const list = element("ul", { class: "chips plain", "aria-label": "More lines" });
    const details = element("details", {}, element("summary", {}, `${ids.length} more`), list);
    details.addEventListener("toggle", () => list.replaceChildren(...(details.open ? ids.map(link) : [])));
    return details;
  };
  const items = [...groups.values()].map(({ held: one, flag, quarters, lines }) => {
    const some = lines.reverse().slice(0, 8).map(link);
    return element(
      "li",
      { class: doubtful(flag) ? "doubt" : "refused" },
      element("p", {}, element("b", {}, one.set.name), `: ${spell.inHours(quarters)} in ${spell.count(lines.length, "line", "lines")} ${sentence(flag)}.`.replace("?.", "?")),
      told(one, flag, element),
      element("ul", { class: "chips plain", "aria-label": "The lines" }, ...some),
      ...(lines.length > 8 ? [more(lines.slice(8))] : []),
    );
  });
  const details = element("details", {}, element("summary", {}, `${spell.count(lines.size, "line asks", "lines ask")} for a look`), element("ul", { class: "plain" }, ...items));
  details.open = open;
  box.replaceChildren(details);
}
