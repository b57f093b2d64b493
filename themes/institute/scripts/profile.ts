// A person's page: a button that puts the person on the shortlist, which is kept on this device.

import "./dates.ts";
import { fragmentOf, mark, savedIn } from "./saved.ts";

const button = document.querySelector<HTMLButtonElement>("button[data-save]");
if (button) offer(button, button.dataset["save"]!, button.dataset["list"]!);

function offer(button: HTMLButtonElement, id: string, directory: string): void {
  const saved = savedIn(directory, () => draw());
  const link = document.createElement("a");
  button.after(link);
  const draw = (): void => {
    mark(button, saved, id);
    const ids = saved.ids();
    link.hidden = !ids.length;
    link.href = `${directory}#${fragmentOf(ids)}`;
    link.textContent = `Saved: ${ids.length} ${ids.length === 1 ? "person" : "people"}${saved.lost() ? ", until you leave this page" : ""}`;
  };
  button.addEventListener("click", () => {
    saved.toggle(id);
    draw();
  });
  draw();
}
