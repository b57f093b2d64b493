// Suggestions under the search box: an editable combobox with a list, as the ARIA Authoring Practices
// describe it. Loaded when somebody first types. It imports types only, so that the bundler
// makes it a file of its own and leaves nothing of it in the page's first script.

import type { Index, Ref } from "./index.ts";
import type { element as make } from "./view.ts";

/** What the page lends to the suggestions. */
export interface Page {
  readonly box: HTMLInputElement;
  readonly results: HTMLElement;
  readonly index: Index;
  readonly fold: (text: string) => string[];
  readonly element: typeof make;
  /** Goes to a query with other words and, perhaps, one more choice. */
  readonly choose: (q: string, key?: string, value?: string) => void;
}

interface Suggestion {
  readonly label: string;
  readonly kind: string;
  readonly pick: () => void;
}

const MOST = 6;

/** What the values of a key are called beside a suggestion. */
const kinds = new Map(
  Object.entries({
    concern: "concern",
    modality: "approach",
    community: "community",
    language: "language",
    insurance: "insurance",
    city: "city",
    state: "office in",
    telehealth: "by video",
    format: "where",
    availability: "availability",
    clients: "for whom",
    ages: "age",
    credential: "credential",
  }),
);

/** Attaches suggestions to the box; the returned function shows those for what it holds. */
export function suggest({ box, results, index, fold, element, choose }: Page): () => void {
  const list = element("ul", { id: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: "" });
  box.after(list);
  const attributes = { role: "combobox", "aria-controls": list.id, "aria-autocomplete": "list", "aria-expanded": "false" };
  for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
  let shown: readonly Suggestion[] = [];
  let active = -1;

  const mark = (n: number): void => {
    active = n;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", `${i === n}`));
    if (n < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", list.children[n]!.id);
      list.children[n]!.scrollIntoView({ block: "nearest" });
    }
  };
  const close = (): void => {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const open = (): void => {
    shown = suggestions();
    list.replaceChildren(
      ...shown.map(({ label, kind }, i) => element("li", { id: `suggestion-${i}`, role: "option", "aria-selected": "false" }, label, " ", element("small", { class: "soft" }, kind))),
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

  const suggestions = (): Suggestion[] => {
    const text = box.value;
    const words = meant(text).slice(-6);
    const last = words[words.length - 1];
    if (!last) return [];
    const found = new Map<string, Suggestion>();
    const add = ([facet, term]: Ref, n: number): void => {
      const { key, terms } = index.facets[facet]!;
      const { id, label, formal } = terms[term]!;
      const name = `${key} ${id}`;
      if (found.size < MOST && !found.has(name))
        found.set(name, {
          label,
          kind: formal.split(",")[0] || (kinds.get(key) ?? ""),
          pick: () => choose(without(text, n), key, id),
        });
    };
    // Names among the people found: they match best, so they stand at the beginning of the list.
    for (const link of results.querySelectorAll("h2 a, h3 a")) {
      const name = link.textContent ?? "";
      const parts = fold(name);
      if (found.size < 3 && words.every((w) => parts.some((part) => part.startsWith(w)))) found.set(name, { label: name, kind: "name", pick: () => choose(name) });
    }
    // The longest end of what was typed that begins a phrase of the vocabulary comes first.
    const begins = (word: number, typed: string): boolean => index.vocabulary[word]!.startsWith(typed);
    for (let from = 0; from < words.length; from++) {
      const end = words.slice(from);
      for (const exact of [true, false])
        index.facets.forEach(({ terms }, facet) =>
          terms.forEach(({ phrases }, term) => {
            const fits = phrases.some(
              (phrase) =>
                phrase.length >= end.length &&
                end.every((w, i) => (exact || i < end.length - 1 ? index.vocabulary[phrase[i]!] === w : begins(phrase[i]!, w))) &&
                (!exact || phrase.length === end.length),
            );
            if (fits) add([facet, term], end.length);
          }),
        );
    }
    // Then any word of a label or an alias.
    if (last.length > 2) index.vocabulary.forEach((word, n) => word.startsWith(last) && index.termsOf[n]!.forEach((ref) => add(ref, 1)));
    return [...found.values()];
  };

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const n = shown.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) open();
      if (list.hidden) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      // Past either end stands the box itself.
      mark(((active + 1 + step + n + 1) % (n + 1)) - 1);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) pick(active);
    else if (event.key === "Escape" && !list.hidden) close();
    else {
      if (event.key === "Enter" || event.key === "Tab") close();
      return;
    }
    event.preventDefault();
  });
  box.addEventListener("blur", close);
  addEventListener("hashchange", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const n = [...list.children].indexOf((event.target as Element).closest("[role=option]")!);
    if (n >= 0) pick(n);
  });
  return open;
}
