// Sentences about a result that needs some: which words were left out, a town that words name, the way out of an
// empty list. Loaded when there is first something to say; of the page's first script it imports types only, so
// that the bundler leaves nothing of it there.

import type { Engine, Result } from "./engine.ts";
import type { Query } from "./fragment.ts";
import { towns } from "./towns.ts";
import type { element as make, noun as counted, people as say } from "./view.ts";

/** A way out of an empty list. */
export interface Drop {
  /** The key of a choice in a fragment, or "all". */
  readonly key: string;
  /** The word to leave out where the key is "q" and one word is enough. */
  readonly word: string;
  /** Turns it round: this choice stays and all others go. */
  readonly only: boolean;
  /** How many people are found then. */
  readonly total: number;
}

/** What each single choice or word costs where nothing was found; see drops in internal/search/search.go. */
export function drops({ reading, gates, failed, failedWith }: Result): Drop[] {
  const found: Drop[] = [];
  const add = (key: string, but: number, { word = "", only = false, of = failed } = {}): void => {
    const total = of.reduce((n, f) => (f & ~but ? n : n + 1), 0);
    if (total) found.push({ key, word, only, total });
  };
  gates.forEach((key, g) => add(key, 2 << g));
  const { tokens, chips } = reading;
  // What was read as one thing goes as a whole.
  const units: { readonly i: number; readonly j: number }[] = [];
  for (let i = 0; i < tokens.length; i = units.at(-1)!.j) units.push(chips.find((c) => c.i === i) ?? { i, j: i + 1 });
  const words = (i: number, j: number): string => tokens.slice(i, j).map((t) => t.word).join(" ");
  if (units.length > 1) for (const { i, j } of units) add("q", 0, { word: words(i, j), of: failedWith(tokens.filter((_, k) => k < i || k >= j)) });
  if (gates.length && reading.any) add("q", 1);
  if (!found.length && gates.length > 1) {
    add("q", ~1, { only: true });
    gates.forEach((key, g) => add(key, ~(2 << g), { only: true }));
  }
  if (!found.length) add("all", ~0);
  return found;
}

/** What the page lends to the help. */
export interface Page {
  /** The question that a key of the form asks. */
  readonly question: (key: string) => string;
  readonly element: typeof make;
  readonly noun: typeof counted;
  readonly people: typeof say;
  readonly query: Query;
  /** The address with the choices that `keep` lets stay, the words that `keepWord` lets stay, and more. */
  readonly href: (keep: (key: string) => boolean, without?: string, more?: readonly (readonly [string, string])[]) => string;
}

/** The keys that say where somebody works. */
const places = new Set(["city", "county", "state", "zip", "within"]);

/** How far around a town people are offered, in miles. */
const AROUND = "25";

/** What there is to say about a result; index.missing names files without which not all is known. */
export function help(engine: Engine, result: Result, page: Page): Node[] {
  const { element, href } = page;
  const { ignored } = result.reading;
  const said: Node[] = [];
  // Whoever typed the name of a town means those who work near it, and that they find nobody's page is no news.
  const near = towns(engine.index, result.reading);
  const spoken = new Set(near.flatMap(({ words }) => words.split(" ")));
  const left = ignored.filter((word) => !spoken.has(word));
  if (left.length) said.push(element("p", {}, `No page says ${left.map((w) => `“${w}”`).join(" or ")}, so that was left out.`));
  for (const { words, label, code } of near)
    said.push(
      element("p", {}, `No page names ${label}. `, element("a", { href: href((key) => key !== "zip" && key !== "within", words, [["zip", code], ["within", AROUND]]) }, `See who is within ${AROUND} miles`), "."),
    );
  if (!result.total) said.push(...waysOut(engine, result, page));
  return said;
}

/** Says which choice to drop and how many people that brings back. */
function waysOut(engine: Engine, result: Result, { question, element, noun, people, query, href }: Page): Node[] {
  const label = ({ key, word, only }: Drop): string => {
    if (key === "all") return `Start again with ${noun.all}`;
    if (key === "ids") return only ? "Show the whole shortlist" : "Look among everyone, not only on the shortlist";
    if (key === "q") return only ? "Keep only what you typed" : word ? `Leave out “${word}”` : "Leave out what you typed";
    return only ? `Keep only your answer to “${question(key)}”` : `Take any answer to “${question(key)}”`;
  };
  const address = ({ key, word, only }: Drop): string => {
    if (word) return href(() => true, word);
    const same = (k: string): boolean => k === key || (key === "zip" && k === "within");
    return href((k) => key !== "all" && same(k) === only);
  };
  const way = (label: string, href: string, total: number): Node => element("li", {}, element("a", { href }, label), `: ${people(total)}`);
  // Who is too far away may still work by video. Asked first, for a question forgets what the last one missed.
  const { chips, tokens } = result.reading;
  const spoken = chips.filter(({ key }) => places.has(key)); // places among the words
  const far = spoken.length || query.zip || [...query.choices.keys()].some((key) => places.has(key));
  const choices = new Map<string, readonly string[]>([...query.choices].filter(([key]) => !places.has(key)));
  const q = spoken.length ? tokens.flatMap(({ word }, i) => (spoken.some((c) => c.i <= i && i < c.j) ? [] : [word])).join(" ") : query.q;
  const video = far ? engine.search({ ...query, q, zip: "", page: 1, choices: choices.set("format", ["telehealth"]) }, false) : undefined;
  const ways = drops(result).map((drop) => way(label(drop), address(drop), drop.total));
  const bare = spoken.map(({ words }) => words).join(" ");
  if (video?.total) ways.unshift(way("See who works by video instead", href((key) => !places.has(key) && key !== "format", bare, [["format", "telehealth"]]), video.total));
  const several = result.gates.length + result.reading.tokens.length > 1;
  return [element("p", {}, `${noun.none} matches ${several ? "all of this together" : "this"}. Here is what brings ${noun.many} back:`), element("ul", { class: "list" }, ...ways)];
}
