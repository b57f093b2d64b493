// Entry point of the list of supervisors. The server sends every answer as a link to a list of its own; here they
// become checkboxes, and the page shows whom they leave. What is chosen lives in the fragment of the address.

import { join, pairs } from "./fragment.ts";

type Choices = ReadonlyMap<string, readonly string[]>;

const part = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const filter = document.getElementById("supervisor-filter");
if (filter) start(filter);

function start(filter: HTMLElement): void {
  const people = [...document.querySelectorAll<HTMLElement>("li[data-id]")];
  const status = part("supervisor-count");
  const everyone = status.textContent!;
  const questions = new Map<string, string>();
  for (const item of filter.querySelectorAll<HTMLElement>("li[data-key]")) {
    const { key, value } = item.dataset as { key: string; value: string };
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name: key, value });
    const label = document.createElement("label");
    label.append(box, item.firstElementChild!.textContent!);
    item.firstElementChild!.replaceWith(label);
    questions.set(key, item.closest("fieldset")!.firstElementChild!.textContent!);
  }
  const boxes = [...filter.querySelectorAll("input")];
  const again = Object.assign(document.createElement("button"), { type: "button", textContent: "Show everyone" });
  filter.append(again);
  part("lists").hidden = true;

  /** Of several answers to one question one is enough; each question has to be met. */
  const fits = (person: HTMLElement, choices: Choices): boolean =>
    [...choices].every(([key, values]) => person.dataset[key]!.split(" ").some((value) => values.includes(value)));

  const fragment = (choices: Choices): string => join([...choices].flatMap(([key, values]) => values.map((value): [string, string] => [key, value])));

  const chosen = (): Choices => {
    const choices = new Map<string, string[]>();
    for (const { name, value, checked } of boxes) if (checked) choices.set(name, [...(choices.get(name) ?? []), value]);
    return choices;
  };

  const show = (): void => {
    const choices = chosen();
    let found = 0;
    for (const person of people) {
      const fit = fits(person, choices);
      person.hidden = !fit;
      if (fit) found++;
    }
    for (const group of document.querySelectorAll<HTMLElement>(".supervisors")) group.hidden = !group.querySelector("li[data-id]:not([hidden])");
    status.textContent = choices.size ? `${found} of ${everyone}` : everyone;
    again.hidden = !choices.size;
    part("nobody").hidden = !!found;
    if (!found) part("nobody").querySelector("ul")!.replaceChildren(...waysOut(choices));
  };

  /** Links to the same choices without one question, and to everyone. */
  const waysOut = (choices: Choices): HTMLElement[] => {
    const ways: [string, Choices][] = [...choices.keys()].map((key) => [`Without “${questions.get(key)}”`, new Map([...choices].filter(([other]) => other !== key))]);
    if (choices.size > 1) ways.push(["Everyone", new Map()]);
    return ways.flatMap(([label, rest]) => {
      const n = people.filter((person) => fits(person, rest)).length;
      if (!n) return [];
      const link = Object.assign(document.createElement("a"), { href: "#" + (fragment(rest) || "narrow"), textContent: `${label}: ${n}` });
      const item = document.createElement("li");
      item.append(link);
      return [item];
    });
  };

  /** Takes the choices from the address; a fragment without any is a place on the page. */
  const read = (): void => {
    const asked = pairs(location.hash.slice(1));
    for (const box of boxes) box.checked = asked.some(([key, value]) => key === box.name && value === box.value);
    const narrow = part<HTMLDetailsElement>("narrow");
    if (chosen().size) narrow.open = true;
    // The link that was followed is about to disappear. The summary would take the end of the same key press.
    if (part("nobody").contains(document.activeElement)) {
      narrow.open = true;
      (boxes.find((box) => box.checked) ?? boxes[0]!).focus();
    }
    show();
  };

  const write = (): void => {
    const now = fragment(chosen());
    history.replaceState(null, "", now ? "#" + now : location.pathname);
    show();
  };

  filter.addEventListener("change", write);
  again.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    write();
    boxes[0]!.focus(); // the button is gone
  });
  addEventListener("hashchange", read);
  read();
}
