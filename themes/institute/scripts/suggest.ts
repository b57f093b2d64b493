// Suggestions under the search box: an editable combobox with a list in groups, as the ARIA Authoring Practices
// describe it. Loaded when somebody first types. It imports types only, so that the bundler
// makes it a file of its own and leaves nothing of it in the page's first script.

import type { Index, Part, Ref } from "./index.ts";
import type { element as make, noun as counted } from "./view.ts";

/** What the page lends to the suggestions. */
export interface Page {
  readonly box: HTMLInputElement;
  readonly results: HTMLElement;
  readonly index: Index;
  /** Gets what index.missing names. */
  readonly lend: () => Promise<void>;
  readonly fold: (text: string) => string[];
  readonly element: typeof make;
  readonly noun: typeof counted;
  /** Goes to a query with other words and, perhaps, one more choice. */
  readonly choose: (q: string, key?: string, value?: string) => void;
}

const NAMES: Part.Names = 0;

interface Suggestion {
  readonly label: string;
  /** What tells it apart: a clinical name, a person's letters and city. */
  readonly beside: string;
  readonly group: string;
  readonly pick: () => void;
}

const MOST = 7;
const MOST_NAMES = 3;
const MOST_OF_A_GROUP = 4;

/** The group in which the values of a key are suggested. */
const groups: Readonly<Record<string, string>> = {
  concern: "Concerns",
  modality: "Approaches",
  community: "Communities",
  language: "Languages",
  insurance: "Insurance",
  city: "Places",
  state: "Places",
  county: "Places",
  telehealth: "By video",
  format: "Office or video",
  availability: "Availability",
  times: "Availability",
  clients: "Who it is for",
  ages: "Who it is for",
  credential: "Licences and certifications",
  kind: "Kinds of page",
};

/** Attaches suggestions to the box; the returned function shows those for what it holds. */
export function suggest({ box, results, index, lend, fold, element, noun, choose }: Page): () => void {
  const list = element("div", { id: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: "" });
  box.after(list);
  box.setAttribute("aria-controls", list.id);
  let shown: readonly Suggestion[] = [];
  let options: readonly HTMLElement[] = [];
  let active = -1;
  let text = ""; // what the suggestions are for

  const mark = (n: number): void => {
    active = n;
    options.forEach((option, i) => option.setAttribute("aria-selected", `${i === n}`));
    if (n < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", options[n]!.id);
      options[n]!.scrollIntoView({ block: "nearest" });
    }
  };
  const close = (): void => {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const open = (): void => {
    if (active >= 0 && text === box.value) return; // somebody is choosing already
    text = box.value;
    index.missing.clear();
    const all = suggestions();
    if (index.missing.size) {
      const wanted = text;
      lend().then(() => box.value === wanted && open(), close);
      return;
    }
    shown = all;
    options = shown.map(({ label, beside }, i) => {
      const option = element("div", { id: `suggestion-${i}`, role: "option", "aria-selected": "false" }, element("span", {}, label));
      if (beside) option.append(" ", element("small", { class: "soft" }, beside));
      return option;
    });
    const titles = [...new Set(shown.map(({ group }) => group))];
    list.replaceChildren(
      ...titles.map((title, g) =>
        element("div", { role: "group", "aria-labelledby": `suggested-${g}` }, element("small", { id: `suggested-${g}`, role: "presentation" }, title), ...options.filter((_, i) => shown[i]!.group === title)),
      ),
    );
    list.hidden = !shown.length || document.activeElement !== box;
    box.setAttribute("aria-expanded", `${!list.hidden}`);
    mark(-1);
  };
  const pick = (n: number): void => {
    const { pick } = shown[n]!;
    close();
    pick();
  };

  const meant = (text: string): string[] => fold(text).filter((w) => !index.functionWords.has(w));

  /** The text without its last `n` words that mean something, nor the small words that led to them. */
  const without = (text: string, n: number): string => {
    const pieces = text.trim().split(/\s+/);
    while (pieces.length && n > 0) n -= meant(pieces.pop()!).length;
    while (pieces.length && !meant(pieces[pieces.length - 1]!).length) pieces.pop();
    return pieces.length ? `${pieces.join(" ")} ` : "";
  };

  /** The people found whose names have all of the words. They match best, so they stand at the beginning of the list. */
  const names = (words: readonly string[]): Suggestion[] => {
    const found = [...results.children].flatMap((card) => {
      const text = (selector: string): string => card.querySelector(selector)?.textContent?.trim() ?? "";
      const name = text("h2 a");
      const parts = fold(name);
      const has = words.every((w) => parts.some((part) => part.startsWith(w)));
      return has ? [{ name, letters: text(".letters").split(" · ")[0]!, place: text(".place") }] : [];
    });
    return found.slice(0, MOST_NAMES).map((one) => {
      const { name, letters, place } = one;
      const twins = found.filter((other) => other !== one && other.name === name);
      // Of two people with one name the city, or else the letters, say who is meant.
      const apart = twins.some((twin) => twin.place === place) ? letters : place;
      return { label: name, beside: [place, letters].filter(Boolean).join(" · "), group: noun.found, pick: () => choose(twins.length ? `${name} ${apart}` : name) };
    });
  };

  const suggestions = (): Suggestion[] => {
    const words = meant(text).slice(-6);
    const last = words[words.length - 1];
    if (!last) return [];
    const people = names(words);
    const found = new Map<string, Suggestion>();
    const add = ([facet, term]: Ref, n: number): void => {
      const { key, terms } = index.facets[facet]!;
      const { id, label, formal } = terms[term] ?? { id: "", label: "", formal: "" };
      const name = `${key} ${id}`;
      const group = groups[key] ?? "More";
      const alike = [...found.values()].filter((other) => other.group === group).length;
      if (people.length + found.size < MOST && alike < MOST_OF_A_GROUP && !found.has(name))
        found.set(name, {
          label,
          beside: formal.split(",")[0]!,
          group,
          pick: () => choose(without(text, n), key, id),
        });
    };
    // The longest end of what was typed that begins a phrase of the vocabulary comes first.
    for (let from = 0; from < words.length; from++) {
      const end = words.slice(from);
      for (const exact of [true, false]) {
        const fits = index.entries(NAMES, end[0]!, !exact && end.length === 1 && end[0]!.length > 1).flatMap(({ phrases }) =>
          phrases.filter(({ rest }) => (!exact || rest.length === end.length - 1) && end.slice(1).every((w, i) => (exact || i < end.length - 2 ? rest[i] === w : rest[i]?.startsWith(w)))),
        );
        for (const { ref } of fits.sort((a, b) => a.ref[0] - b.ref[0] || a.ref[1] - b.ref[1])) add(ref, end.length);
      }
    }
    // Then any word of a label or an alias.
    if (last.length > 2) for (const { terms } of index.entries(NAMES, last, true)) for (const ref of terms) add(ref, 1);
    // What is of one group stands together, the group of the best one first.
    const all = [...people, ...found.values()];
    return [...new Set(all.map(({ group }) => group))].flatMap((group) => all.filter((one) => one.group === group));
  };

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { key, altKey } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (altKey && key === "ArrowUp") return close();
      if (list.hidden) open();
      if (list.hidden || altKey) return;
      // Past either end stands the box itself.
      const n = shown.length + 1;
      mark(((active + 1 + (key === "ArrowDown" ? 1 : -1) + n) % n) - 1);
    } else if (key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      pick(active);
    } else if (key === "Escape" && !list.hidden) {
      event.preventDefault(); // the words stay; pressed again it empties the box
      close();
    } else if (key === "Escape" && box.value) {
      event.preventDefault();
      box.value = "";
      box.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (key === "Enter" || key === "Tab") close();
    else if (/^(Home|End|ArrowLeft|ArrowRight)$/.test(key)) mark(-1); // the caret moves in the box
  });
  box.addEventListener("blur", close);
  addEventListener("hashchange", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const n = options.indexOf((event.target as Element).closest<HTMLElement>("[role=option]")!);
    if (n >= 0) pick(n);
  });
  return open;
}
