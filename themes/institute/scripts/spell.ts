// Hours, days and money as people write and read them.

/** A whole number with a comma for each thousand. */
const grouped = (n: number): string => `${n}`.replace(/\B(?=(\d{3})+$)/g, ",");

const PARTS = ["", "¼", "½", "¾"];

/** Quarters of an hour as hours: "12½", "3,000", "0". */
export function hours(quarters: number): string {
  const whole = Math.floor(quarters / 4);
  return (whole || !(quarters % 4) ? grouped(whole) : "") + PARTS[quarters % 4];
}

/** Hours with their unit: "1 hour", "½ hour", "12½ hours". */
export const inHours = (quarters: number): string => `${hours(quarters)} ${quarters <= 4 && quarters > 0 ? "hour" : "hours"}`;

/** Reads hours: "1", "1.5", "1½", "0:45", "1:15", "45 min". Returns quarters, or a sentence that says what is wrong. */
export function readHours(text: string): number | string {
  const t = text.trim().toLowerCase().replace(/\s*(h|hours?|hrs?)$/, "");
  if (!t) return "Write how long it was, such as 1.5 or 1:15.";
  const clock = /^(\d{0,3}):([0-5]\d)$/.exec(t);
  const minutes = /^(\d{1,4})\s*min(utes?)?$/.exec(t);
  const plain = /^(\d{0,3})(?:[.,](\d{1,3})|([¼½¾]))?$/.exec(t);
  let quarters: number;
  if (clock) quarters = +clock[1]! * 4 + +clock[2]! / 15;
  else if (minutes) quarters = +minutes[1]! / 15;
  else if (plain) quarters = +`${plain[1] || 0}.${plain[2] ?? 0}` * 4 + Math.max(0, PARTS.indexOf(plain[3] ?? ""));
  else return "Write the hours as in 1, 1.5, 0:45 or 1:15.";
  if (quarters > 96) return "One line holds a day at most, 24 hours.";
  if (quarters <= 0) return "Write how long it was, such as 1.5 or 1:15.";
  if (!Number.isInteger(quarters)) {
    const below = Math.floor(quarters);
    return `Hours are counted in quarters: ${below ? `${hours(below)} or ` : ""}${hours(below + 1)}.`;
  }
  return quarters;
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** "November 2026", of a day or a month in ISO 8601. */
export const month = (iso: string): string => `${MONTHS[+iso.slice(5, 7) - 1]} ${iso.slice(0, 4)}`;

/** "9 Nov". */
export const shortDay = (iso: string): string => `${+iso.slice(8)} ${MONTHS[+iso.slice(5, 7) - 1]!.slice(0, 3)}`;

/** "9 November 2026". */
export const longDay = (iso: string): string => `${+iso.slice(8)} ${month(iso)}`;

/** Whether a day lies so far ahead that nobody should plan by it: more than ten years. */
export const far = (iso: string): boolean => +iso.slice(0, 4) > +today().slice(0, 4) + 10;

/** When something comes between two days: "in March 2028", "between March and June 2028", "in more than ten years". */
export function span(from: string, to: string): string {
  if (far(from)) return "in more than ten years";
  if (far(to)) return `not before ${month(from)}`;
  if (from.slice(0, 7) === to.slice(0, 7)) return `in ${month(from)}`;
  return `between ${from.slice(0, 4) === to.slice(0, 4) ? month(from).split(" ")[0] : month(from)} and ${month(to)}`;
}

/** Today, where the reader is. */
export function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => `${n}`.padStart(2, "0")).join("-");
}

/** "$1,250", "$62.50". */
export const dollars = (amount: number): string => `$${grouped(Math.floor(amount))}${Number.isInteger(amount) ? "" : (amount % 1).toFixed(2).slice(1)}`;

/** "1 line", "12 lines". */
export const count = (n: number, one: string, many: string): string => `${grouped(n)} ${n === 1 ? one : many}`;
