// The form's answers. The server sends those that have a page as links, which work without scripts; here they
// become checkboxes with the same words. Of a long list it sends the most used: the rest comes from the index.

import { element } from "./view.ts";

/** A list item with the checkbox for one value of a key, and room for its count. */
export function choice(key: string, value: string, label: string, number: string): HTMLLIElement {
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

/** The question that a key of the form asks; "" where it asks none. */
export function question(form: HTMLFormElement, key: string): string {
  const control = form.querySelector<HTMLInputElement>(`[name="${key}"]`);
  const by = control?.closest("fieldset")?.getAttribute("aria-labelledby");
  return ((by && document.getElementById(by)) || control?.labels?.[0])?.textContent?.trim() ?? "";
}
