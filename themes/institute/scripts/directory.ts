// The directory's page: takes over the list that the server rendered. The state is the URL's
// fragment and nothing else; nothing but index files is fetched. What the first answer does without is
// imported when it is needed, as files of their own.

import { choice, more, offer, question } from "./choices.ts";
import type { Engine, Result } from "./engine.ts";
import { fold } from "./fold.ts";
import { join, lower, pairs, parse, type Query } from "./fragment.ts";
import type { View } from "./later.ts";
import { load, loadMissing } from "./load.ts";
import { chip, element, explain, item, noun, pageLinks, people, type Choice } from "./view.ts";

/** How long after a keystroke the list follows, so that it moves when a thought ends. */
const PAUSE = 120;
const MAX_TYPED = 500;

type Control = HTMLInputElement | HTMLSelectElement;

const form = document.querySelector<HTMLFormElement>("#directory-form");
const results = document.querySelector<HTMLOListElement>("#results");
const count = document.querySelector<HTMLElement>("#result-count");
if (form && results && count) takeOver(form, results, count);

function takeOver(form: HTMLFormElement, results: HTMLOListElement, count: HTMLElement): void {
  const root = form.dataset["index"] ?? "";
  offer(form);
  const controls = ([...form.elements] as Control[]).filter((c) => c.name);
  const isTicked = (c: Control): c is HTMLInputElement & { type: "checkbox" | "radio" } => c.type === "checkbox" || c.type === "radio";
  const list = results.parentElement!;
  const place = (selector: string, make: () => HTMLElement, where: "before" | "after"): HTMLElement => {
    const found = list.querySelector<HTMLElement>(selector) ?? make();
    if (!found.isConnected) results[where](found);
    return found;
  };
  const chips = place("#result-chips", () => element("ul", { id: "result-chips", class: "chips plain", "aria-label": "Your choices" }), "before");
  const note = place("#result-note", () => element("div", { id: "result-note", class: "panel" }), "before");
  const pages = place("nav.pages", () => element("nav", { class: "pages", "aria-label": "Pages of the list" }), "after");
  chips.hidden = !chips.children.length;
  count.tabIndex = -1;
  const box = form.querySelector<HTMLInputElement>("#q");

  // What the page came with, to go back to where nothing is chosen.
  const served = { items: [...results.children], pages: [...pages.childNodes], count: count.textContent ?? "" };
  const numberOf = new Map<Control, Element | null | undefined>(controls.map((c) => [c, isTicked(c) ? c.closest("li")?.querySelector(".num") : null]));
  const servedNumbers = new Map([...numberOf.values()].map((n) => [n, n?.textContent ?? ""]));

  let engine: Promise<Engine> | undefined;
  let turn = 0;
  let settled: string | undefined;
  let view: View | undefined;
  let later: ((view: View) => void) | undefined;
  let suggest: Promise<() => void> | undefined;
  let due = false;
  let counts: Result["counts"] = [];
  let typing = false; // the current entry of the history is still being typed
  let timer = 0;

  const current = (): string => location.hash.slice(1);
  const at = (fragment: string): string => (fragment ? `#${fragment}` : location.pathname + location.search);

  /** The fragment of the form; keys that the form has no control for are kept from the URL. */
  const written = (): string => {
    const names = new Set(controls.filter((c) => !more(form, c.name)).map((c) => c.name));
    const kept = pairs(current()).filter(([key, value]) => key !== "page" && !names.has(key) && !controls.some((c) => c.name === key && (!isTicked(c) || c.value === value)));
    const said = controls.flatMap((c): [string, string][] => {
      if (isTicked(c)) return c.checked ? [[c.name, c.value]] : [];
      if (c instanceof HTMLSelectElement) return c.selectedIndex > 0 ? [[c.name, c.value]] : [];
      return [[c.name, c.value.slice(0, MAX_TYPED).replace(/\p{Surrogate}/gu, "")]];
    });
    return join([...said, ...kept]);
  };

  /** Makes the form say what the fragment says. */
  const fill = (fragment: string): void => {
    const said = pairs(fragment);
    for (const [key, value] of said) if (more(form, key) && !controls.some((c) => c.name === key && c.value === value)) void showAll(key);
    for (const c of controls) {
      const values = said.filter(([key]) => key === c.name).map(([, value]) => value);
      if (isTicked(c)) c.checked = values.some((v) => lower(v) === lower(c.value));
      else if (c instanceof HTMLSelectElement) c.selectedIndex = Math.max(0, [...c.options].findIndex((o) => o.value === values[0]));
      else if (c.value !== (values[0] ?? "") && !(c === document.activeElement && typing)) c.value = values[0] ?? "";
    }
  };

  /** Shows every value of a key; those that the page did not send come from the index. */
  const showAll = async (key: string): Promise<void> => {
    const ready = await (engine ??= load(root));
    const { index } = ready;
    const { reveal } = await import("./reveal.ts");
    const terms = (): unknown => index.facets[index.keys.get(key) ?? -1]?.terms[0];
    index.missing.clear();
    while (!terms() && index.missing.size) await loadMissing(ready, root);
    const link = more(form, key);
    if (!link) return;
    for (const c of reveal(link, key, index, counts[index.keys.get(key) ?? -1] ?? [], choice)) {
      controls.push(c);
      numberOf.set(c, c.closest("li")?.querySelector(".num"));
    }
    void show();
  };

  const go = (fragment: string, push: boolean): void => {
    if (fragment === current()) return;
    try {
      history[push ? "pushState" : "replaceState"](null, "", at(fragment));
    } catch {
      return; // too long, or too many in a short time: the next one will do
    }
    void show();
  };

  const say = (...children: (Node | string)[]): void => note.replaceChildren(...children);

  const settle = (next: View): void => {
    results.dataset["settled"] = settled = next.fragment;
    tell(next);
  };

  /** Tells what the list shows to what is loaded after the first answer. */
  const tell = (next: View): void => {
    if (!view)
      import("./later.ts").then(
        async ({ attach }) => (later = await attach({ form, results, count, note, list, element, people, pairs, question, go }))(view!),
        () => {}, // the list works without it
      );
    view = next;
    later?.(next);
    // Suggestions come after the answer to what was typed is seen, so that they never hold it up.
    if (due) suggest?.then((open) => setTimeout(open, 200), () => {});
    due = false;
  };

  /** Replaces children; whoever stood on one that goes is led to the count. */
  const replace = (parent: HTMLElement, children: readonly (Node | string)[]): void => {
    const here = parent.contains(document.activeElement);
    parent.replaceChildren(...children);
    if (here) {
      count.focus({ preventScroll: true });
      if (count.getBoundingClientRect().top < 0) count.scrollIntoView();
    }
  };

  const showEveryone = (): void => {
    replace(chips, []);
    chips.hidden = true;
    say();
    replace(pages, served.pages);
    replace(results, served.items);
    count.textContent = served.count;
    for (const [number, text] of servedNumbers) if (number) number.textContent = text;
  };

  const show = async (): Promise<void> => {
    const fragment = current();
    const mine = ++turn;
    fill(fragment);
    if (!fragment.includes("=")) {
      showEveryone();
      settle({ fragment });
      return;
    }
    try {
      const ready = await (engine ??= load(root));
      const query = parse(fragment, ready.index.keys, ready.index.bounds());
      for (let shown: Result | undefined; ; ) {
        const start = performance.now();
        const whole = ready.search(query, true);
        const result = whole ?? ready.search(query, false);
        const cards = result?.docs.map((doc) => ready.index.card(doc));
        if (mine !== turn) return;
        if (result && cards && !ready.index.missing.size && !shown) {
          performance.measure("directory-search", { start });
          const choices = render(ready, query, result, cards.flatMap((c) => c ?? []));
          const { ignored, strange } = result.reading;
          const words = !result.total || ignored.length || strange.includes(true) ? await advice(ready, query, result) : [];
          if (mine !== turn) return;
          say(...words);
          settle({ fragment, choices, result });
          shown = result;
        }
        if (whole && shown) {
          if (shown !== whole) explainAll(whole); // on a first visit the reasons follow with the counts
          showCounts(ready, whole);
          if (!ready.index.missing.size) return;
        } else if (!ready.index.missing.size) ready.search(query, true);
        await loadMissing(ready, root);
      }
    } catch {
      if (mine !== turn) return;
      engine = undefined;
      showEveryone();
      delete results.dataset["settled"];
      tell({ fragment });
      say(element("p", {}, `The search could not be loaded, so this list is ${noun.all}. Check your connection and reload the page.`));
    }
  };

  /** The address of the current query with some of its choices, without some of its words, and with more. */
  const kept = (keep: (key: string, value: string) => boolean, without = "", more: readonly (readonly [string, string])[] = []): string => {
    const gone = without.split(" ");
    const words = (q: string): string => (without ? q.split(/\s+/).filter((w) => !fold(w).some((part) => gone.includes(part))).join(" ") : q);
    return at(
      join([
        ...pairs(current()).flatMap(([k, v]): [string, string][] => (k !== "page" && keep(k, v) ? [[k, k === "q" ? words(v) : v]] : [])),
        ...more,
      ]),
    );
  };

  const render = ({ index }: Engine, query: Query, result: Result, cards: Parameters<typeof item>[0][]): readonly Choice[] => {
    const choices: Choice[] = result.reading.chips.map(({ words, key, label }) => ({ key, label, href: kept(() => true, words) }));
    for (const [key, value] of pairs(current())) {
      const facet = index.facets[index.keys.get(key) ?? -1];
      const label =
        facet?.terms.find((t) => lower(t.id) === lower(value))?.label ??
        (query.atMost.has(key) ? `Up to $${value}` : key === "zip" && result.near ? `Within ${query.within || 25} miles of ${value}` : "");
      if (label) choices.push({ key, label, href: kept((k, v) => (k !== key || v !== value) && (key !== "zip" || k !== "within")) });
    }
    if (query.ids.length) choices.push({ key: "ids", label: "A shortlist", href: kept((k) => k !== "ids") });
    replace(chips, choices.map(chip));
    chips.hidden = !choices.length;

    replace(pages, pageLinks(result, (n) => kept(() => true, "", [["page", n > 1 ? `${n}` : ""]])));
    replace(results, cards.map(item));
    explainAll(result);
    const number = people(result.total);
    if (count.textContent !== number) count.textContent = number;
    return choices;
  };

  /** Sentences about a result that needs some: words left out, a town instead, what to drop where nobody was found. */
  const advice = async (ready: Engine, query: Query, result: Result): Promise<Node[]> => {
    const { help } = await import("./help.ts");
    for (;;) {
      ready.index.missing.clear();
      const words = help(ready, result, { question: (key) => question(form, key), element, noun, people, query, href: kept });
      if (!ready.index.missing.size) return words;
      await loadMissing(ready, root);
    }
  };

  const explainAll = ({ why, miles }: Result): void => [...results.children].forEach((li, i) => explain(li, why[i], miles[i]!));

  const showCounts = ({ index }: Engine, whole: Result): void => {
    counts = whole.counts;
    for (const [control, number] of numberOf) {
      const facet = index.keys.get(control.name) ?? -1;
      const term = index.facets[facet]?.terms.findIndex((t) => t.id === control.value) ?? -1;
      if (number && term >= 0) number.textContent = `${counts[facet]![term]!}`;
    }
  };

  const follow = (push: boolean): void => {
    clearTimeout(timer);
    go(written(), push);
  };
  form.addEventListener("input", (event) => {
    const control = event.target as Control;
    if ((event as InputEvent).isComposing || !control.name) return;
    if (isTicked(control) || control instanceof HTMLSelectElement) {
      typing = false;
      follow(true);
      return;
    }
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      follow(!typing);
      typing = true;
    }, PAUSE);
  });
  box?.addEventListener("input", () => {
    due = true;
    suggest ??= (engine ??= load(root)).then(async (ready) => {
      const { index } = ready;
      const module = await import("./suggest.ts");
      return module.suggest({
        box,
        results,
        index,
        lend: () => loadMissing(ready, root),
        fold,
        element,
        noun,
        choose: (q, key, value) => {
          typing = false;
          clearTimeout(timer);
          go(join([["q", q], ...pairs(current()).filter(([k, v]) => k !== "q" && k !== "page" && !(k === key && v === value)), ...(key && value ? [[key, value] as const] : [])]), true);
        },
      });
    });
    suggest.catch(() => (suggest = undefined));
  });
  form.addEventListener("compositionend", () => follow(!typing));
  form.addEventListener("focusin", () => void (engine ??= load(root)).catch(() => (engine = undefined)));
  form.addEventListener("focusout", () => (typing = false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    follow(!typing);
    typing = false;
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur(); // puts a phone's keyboard away
  });
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest?.<HTMLAnchorElement>("a[href]");
    const href = link?.getAttribute("href") ?? "";
    const key = link?.matches("a.more") ? controls.find((c) => more(form, c.name) === link)?.name : undefined;
    if (key) {
      event.preventDefault();
      showAll(key).catch(() => location.assign(href));
    } else if (link && list.contains(link) && (href.startsWith("#") || href === at(""))) {
      event.preventDefault();
      typing = false;
      go(href.startsWith("#") ? href.slice(1) : "", true);
    }
  });
  const moved = (): void => {
    typing = false;
    if (current() !== settled) void show();
  };
  addEventListener("popstate", moved);
  addEventListener("hashchange", moved);
  void show();
}
