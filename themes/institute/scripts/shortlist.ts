// The shortlist on the directory's page: a button on each card, a line at the foot of the list that says how many are
// saved, and above a list that an address names what can be done with it.

import type { Page, View } from "./later.ts";
import { fragmentOf, mark, MOST, savedIn } from "./saved.ts";

/** Writes the address of a mail that asks the institute about people. */
type Mail = (names: readonly string[], address: string) => Promise<string>;

const SVG = "http://www.w3.org/2000/svg";

/** A ribbon between the pages of a book. */
function ribbon(): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M4 1.5h10v15l-5-4-5 4z");
  svg.setAttribute("viewBox", "0 0 18 18");
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}

/** Attaches the shortlist; the returned function tells it what the list shows. */
export function shortlist({ results, count, note, list, element, people, pairs, go }: Page, announce: (sentence?: string) => void, mail: Mail | undefined): (view: View) => void {
  const directory = new URL(location.pathname, location.href).href;
  const saved = savedIn(location.pathname, () => draw());
  const bar = element("div", { id: "saved", role: "group", "aria-label": "Saved people", hidden: "" });
  list.append(bar);
  let view: View = { fragment: "" };
  let cleared: readonly string[] = []; // what can be brought back
  let arriving = false; // from the line at the foot, so the list's heading comes next
  const said = element("p", {}); // what came of the last action

  const button = (label: string, act: () => void): HTMLButtonElement => {
    const made = element("button", { type: "button" }, label);
    made.addEventListener("click", act);
    return made;
  };

  /** Who is on the list that the address names. */
  const named = (): string[] => [...new Set(pairs(view.fragment).flatMap(([key, value]) => (key === "ids" && value ? [value] : [])))];

  const cards = (): [id: string, name: string, card: HTMLElement][] =>
    [...results.querySelectorAll<HTMLElement>("li[data-id]")].map((li) => [li.dataset["id"]!, li.querySelector("h2")?.textContent ?? "", li]);

  const drawButtons = (): void => {
    for (const [id, name, card] of cards()) {
      let save = card.querySelector<HTMLButtonElement>(".save");
      if (!save) {
        save = button("", () => toggle(id));
        save.className = "save";
        save.append(ribbon(), element("b", {}, "Save"), element("span", { class: "hide" }, ` ${name}`));
        card.append(save);
      }
      mark(save, saved, id);
    }
  };

  const toggle = (id: string): void => {
    const done = saved.toggle(id);
    cleared = [];
    draw();
    announce(done ? bar.firstElementChild!.textContent! : `A shortlist holds ${MOST} people. Take somebody off it first.`);
    if (!done) bar.prepend(element("p", {}, `A shortlist holds ${MOST} people.`));
  };

  /** The line at the foot of the list. */
  const drawBar = (): void => {
    const ids = saved.ids();
    const shown = named();
    bar.hidden = !(ids.length || cleared.length) || (!!shown.length && ids.length === shown.length && ids.every((id) => shown.includes(id)));
    if (cleared.length) {
      bar.replaceChildren(
        element("p", {}, "Your shortlist is cleared."),
        button("Undo", () => {
          saved.set(cleared);
          cleared = [];
          go(fragmentOf(saved.ids()), true);
          draw();
        }),
      );
      return;
    }
    const see = element("a", { class: "button", href: `#${fragmentOf(ids)}` }, "See them");
    see.addEventListener("click", () => (arriving = true));
    bar.replaceChildren(
      element("p", {}, `Saved: ${people(ids.length)} `, element("small", { class: "soft" }, saved.lost() ? "until you leave this page, for your browser keeps nothing" : "on this device")),
      see,
    );
  };

  const tell = (sentence: string): void => {
    said.textContent = sentence;
    announce(sentence);
  };

  const addressOf = (ids: readonly string[]): string => `${directory}#${fragmentOf(ids)}`;

  const copy = async (address: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      tell("The link is copied. Whoever opens it sees these people.");
    } catch {
      tell("Copy this link:");
      const box = element("input", { readonly: "", value: address, "aria-label": "The link to this shortlist" });
      said.append(" ", box);
      box.select();
    }
  };

  /** Gets the address cards of people and does something with those that there are. */
  const withCards = async (ids: readonly string[], use: (module: typeof import("./contacts.ts"), texts: readonly string[]) => void): Promise<void> => {
    try {
      const module = await import("./contacts.ts");
      const texts = await module.cards(ids, directory);
      if (texts.length) use(module, texts);
      else tell("None of these people has an address card.");
    } catch {
      tell("The address cards could not be loaded. Check your connection and try again.");
    }
  };

  const keep = (ids: readonly string[]): void => {
    saved.set([...saved.ids(), ...ids]);
    draw();
    note.querySelector("h2")?.focus();
    announce(bar.textContent!);
  };

  const clear = (): void => {
    cleared = saved.ids();
    saved.set([]);
    go("", false); // the entry of the history that named them goes too
    draw();
    bar.querySelector("button")?.focus({ preventScroll: true });
    announce("Your shortlist is cleared.");
  };

  /** A link that opens a mail to the institute about the people who are shown. */
  const ask = (write: Mail, ids: readonly string[]): HTMLAnchorElement => {
    const link = element("a", { href: "#" }, "Ask the institute about them ", element("small", {}, "(opens your mail app)"));
    void write(cards().map(([, name]) => name), addressOf(ids)).then((href) => (link.href = href), () => link.remove());
    return link;
  };

  /** What can be done with the list that the address names. */
  const drawTools = (): void => {
    note.querySelector(".shortlist")?.remove();
    const ids = named();
    if (!ids.length || !view.result) return;
    const kept = saved.ids();
    const mine = ids.every((id) => kept.includes(id));
    const all = mine && kept.length === ids.length;
    // Other choices hide people who are listed all the same.
    const whole = pairs(view.fragment).every(([key]) => /^(ids|page|sort)$/.test(key));
    const gone = whole ? ids.length - view.result.total : 0;
    const title = all ? "Your shortlist: " : mine ? "From your shortlist: " : "A shortlist of ";
    const heading = element("h2", { tabindex: "-1" }, title + people(ids.length - gone));
    const tools = [
      ...(mine ? [] : [button("Save these on this device", () => keep(ids))]),
      button("Print", () => void withCards(ids, (module, texts) => module.print(texts, `A shortlist of ${people(texts.length)}`, directory, element))),
      button("Copy the link", () => void copy(addressOf(ids))),
      button("Save as contacts", () =>
        void withCards(ids, (module, texts) => {
          module.download(texts, element);
          tell(texts.length === ids.length ? "One file with all address cards is saved." : `One file with the address cards of ${people(texts.length)} is saved.`);
        }),
      ),
      ...(mail ? [ask(mail, ids)] : []),
      ...(all ? [button("Clear", clear)] : []),
    ];
    const section = element("section", { class: "shortlist", "aria-label": "Shortlist" }, heading);
    if (gone > 0) section.append(element("p", {}, gone === 1 ? "One person on this list is no longer listed." : `${gone} people on this list are no longer listed.`));
    section.append(element("ul", { class: "chips plain" }, ...tools.map((tool) => element("li", {}, tool))), said);
    note.prepend(section);
    if (arriving) {
      heading.focus({ preventScroll: true });
      count.scrollIntoView();
    }
    arriving = false;
  };

  const draw = (): void => {
    drawButtons();
    drawBar();
    drawTools();
  };

  return (next) => {
    if (next.fragment !== view.fragment) said.textContent = "";
    view = next;
    draw();
  };
}
