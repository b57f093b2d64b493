// The way out of an empty list. Loaded when somebody first meets one; it imports types only, so that the
// bundler leaves nothing of it in the page's first script.

import type { Result } from "./engine.ts";
import type { element as make, people as say } from "./view.ts";

/** A choice whose removal brings documents back. */
export interface Drop {
  /** The key of the choice in a fragment; "choices" for all of them, "all" for the words too. */
  readonly key: string;
  /** The word to leave out where the key is "q". */
  readonly word: string;
  readonly total: number;
}

/** What each single choice or word costs where nothing was found; see drops in internal/search/search.go. */
export function drops({ reading, gates, failed, failedWith }: Result): Drop[] {
  const found: Drop[] = [];
  const add = (key: string, word: string, but: number, of = failed): void => {
    const total = of.reduce((n, f) => (f & but ? n : n + 1), 0);
    if (total) found.push({ key, word, total });
  };
  gates.forEach((key, g) => add(key, "", ~(2 << g)));
  const { tokens } = reading;
  if (tokens.length > 1) tokens.forEach(({ word }, i) => add("q", word, ~0, failedWith(tokens.filter((_, k) => k !== i))));
  if (gates.length && reading.any) add("q", "", ~1);
  if (!found.length && gates.length > 1) add("choices", "", 1);
  if (!found.length) add("all", "", 0);
  return found;
}

/** What the page lends to the help. */
export interface Page {
  readonly form: HTMLFormElement;
  readonly element: typeof make;
  readonly people: typeof say;
  /** The address without a choice or a word. */
  readonly href: (drop: Drop) => string;
}

/** Says which choice to drop and how many people that brings back. */
export function help(result: Result, { form, element, people, href }: Page): Node[] {
  /** The question that a key of the form asks. */
  const question = (key: string): string => {
    const control = form.querySelector<HTMLInputElement>(`[name="${key}"]`);
    const by = control?.closest("fieldset")?.getAttribute("aria-labelledby");
    return ((by && document.getElementById(by)) || control?.labels?.[0])?.textContent?.trim() ?? key;
  };
  const label = ({ key, word }: Drop): string =>
    key === "q"
      ? word
        ? `Leave out “${word}”`
        : "Leave out what you typed"
      : key === "choices"
        ? "Keep what you typed and clear the other choices"
        : key === "all"
          ? "Start again with everyone"
          : `Any answer to “${question(key)}”`;
  return [
    element("p", {}, "Nobody matches all of this together. Here is what brings people back:"),
    element("ul", { class: "list" }, ...drops(result).map((drop) => element("li", {}, element("a", { href: href(drop) }, label(drop)), `: ${people(drop.total)}`))),
  ];
}
