// The questions. On a phone they are a panel over the lower half of the page, which comes back as it was left.

import type { Page, View } from "./later.ts";

/** Attaches the panel; the returned function tells it what the list shows. */
export function panel({ form, count, people }: Page): (view: View) => void {
  const sheet = form.querySelector<HTMLElement>("[popover]");
  const close = sheet?.querySelector<HTMLElement>("[popovertargetaction]");
  const zip = form.querySelector<HTMLInputElement>("[name=zip]");
  let scrolled = 0;
  sheet?.addEventListener("scroll", () => (scrolled = sheet.scrollTop), { passive: true });
  sheet?.addEventListener("toggle", (event) => {
    if ((event as ToggleEvent).newState === "open") sheet.scrollTop = scrolled;
    // While people choose, the list stays in sight above the panel.
    count.scrollIntoView();
  });
  return ({ result }) => {
    if (close) close.textContent = result ? `Show ${people(result.total)}` : "Show the list";
    // Without a place there is no distance to order by.
    for (const option of form.querySelectorAll<HTMLOptionElement>("option[value=distance]")) option.disabled = !zip?.value;
  };
}
