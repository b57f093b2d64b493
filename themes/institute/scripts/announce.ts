// Says what the list shows to those who listen: after a pause, so that nobody hears a number for each letter
// that they type. The count above the list follows every keystroke and is therefore silent.

import type { Page } from "./later.ts";

/** How long nothing may change before it is said. */
const PAUSE = 800;

/** Returns a function that says a sentence; without one, what the list shows. */
export function announcer({ form, count, note, list, element }: Page): (sentence?: string) => void {
  const voice = element("p", { class: "hide", role: "status" });
  list.append(voice);
  count.setAttribute("aria-live", "off");
  let timer = 0;
  let said = count.textContent;
  const say = (sentence = ""): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const words = sentence || [count.textContent, note.querySelector("p")?.textContent ?? ""].filter(Boolean).join(". ");
      if (words !== said) voice.textContent = said = words;
    }, PAUSE);
  };
  form.addEventListener("keydown", () => say()); // somebody is still typing
  return say;
}
