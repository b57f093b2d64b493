// The form's answers. The server sends those that have a page as links, which work without scripts; here they
// become checkboxes with the same words. Of a long list it sends the most used: the rest comes from the index.

import type { Index } from "./index.ts";
import { element } from "./view.ts";

/** A list item with the checkbox for one value of a key, and room for its count. */
function choice(key: string, value: string, label: string, number: string): HTMLLIElement {
  return element("li", {}, element("label", {}, element("input", { type: "checkbox", name: key, value }), label), " ", element("span", { class: "num" }, number));
}

/** The key of the question that an element belongs to: "concern" of f-concern. */
const keyOf = (child: Element): string => child.closest("fieldset")!.getAttribute("aria-labelledby")!.slice(2);

/** The value that a link stands for: the last folder of its path, and of a state its code in capitals. */
function valueOf(link: HTMLAnchorElement): string {
  const value = link.pathname.split("/").at(-2)!;
  return /^(state|telehealth)$/.test(keyOf(link)) ? value.toUpperCase() : value;
}

/** Makes checkboxes of the links in the form. */
export function offer(form: HTMLFormElement): void {
  // While people choose, the list stays in sight above the panel.
  form.querySelector("[popover]")?.addEventListener("toggle", () => document.querySelector("#result-count")!.scrollIntoView());
  // On a phone the panel opens on its questions, not on the answers to the first.
  if (!matchMedia("(min-width: 64rem)").matches) for (const group of form.querySelectorAll("details")) group.open = false;
  for (const link of form.querySelectorAll<HTMLAnchorElement>("fieldset li > a")) {
    const li = link.parentElement!;
    li.replaceWith(choice(keyOf(link), valueOf(link), link.textContent!, li.querySelector(".num")?.textContent ?? ""));
  }
}

/** The link that stands for the values of a key that the page did not send, if there is one. */
export const more = (form: HTMLFormElement, key: string): HTMLAnchorElement | undefined =>
  [...form.querySelectorAll<HTMLAnchorElement>("fieldset > a.more")].find((link) => keyOf(link) === key);

/** Adds the values that a link stands for and takes the link away; returns the new checkboxes. */
export function reveal(link: HTMLAnchorElement, index: Index): HTMLInputElement[] {
  const fieldset = link.closest("fieldset")!;
  const key = keyOf(link);
  const list = fieldset.querySelector("ul")!;
  const present = new Set([...list.querySelectorAll("input")].map((input) => input.value));
  const added = (index.facets[index.keys.get(key) ?? -1]?.terms ?? []).filter((term) => !present.has(term.id)).map((term) => choice(key, term.id, term.label, ""));
  const focused = document.activeElement === link;
  list.append(...added);
  link.remove();
  if (focused) added[0]?.querySelector("input")?.focus();
  return added.flatMap((li) => [...li.querySelectorAll("input")]);
}
