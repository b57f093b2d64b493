// Dates that lay ahead when the page was made. A page that nobody made again since must not call a day
// coming that has passed where it takes place.

/** The day of today in a time zone, YYYY-MM-DD. */
const today = (zone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date());

/** Lets what has gone by go: out of the list of what is coming, or into the list of what was. */
function settle(): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-zone]")) {
    const day = today(part.dataset["zone"]!);
    const dates = [...part.querySelectorAll<HTMLElement>("[data-last]")];
    const gone = dates.filter((date) => date.dataset["last"]! < day);
    for (const date of gone) pass(date);
    if (gone.length && gone.length === dates.length && !part.querySelector("li:not([data-last])")) end(part);
  }
}

function pass(date: HTMLElement): void {
  for (const offer of date.querySelectorAll("[data-gone]")) offer.remove();
  for (const word of date.querySelectorAll<HTMLElement>("[data-over]")) word.hidden = false;
  for (const word of [date, ...date.querySelectorAll<HTMLElement>("[data-then]")])
    if (word.dataset["then"] !== undefined) word.textContent = word.dataset["then"];
  if (!date.matches("li")) return;
  const earlier = document.querySelector<HTMLElement>("[data-earlier]");
  if (earlier) {
    earlier.hidden = false;
    earlier.querySelector("ul")!.prepend(date);
  } else date.remove();
}

/** Nothing of a part lies ahead any more. */
function end(part: HTMLElement): void {
  for (const offer of part.querySelectorAll("[data-gone]")) offer.remove();
  for (const word of part.querySelectorAll<HTMLElement>("[data-none]")) word.hidden = false;
}

settle();
