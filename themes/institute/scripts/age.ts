// Labels that were true until a day, such as when somebody last said that they take new clients.

const pad = (n: number): string => `${n}`.padStart(2, "0");

/** Lets those go stale whose day has passed where the reader is. */
export function age(results: HTMLElement): void {
  const now = new Date();
  const day = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
  for (const label of results.querySelectorAll<HTMLElement>("[data-until]"))
    if (label.dataset["until"]! < day) {
      label.textContent = label.dataset["then"] ?? "";
      label.classList.add("stale");
    }
}
