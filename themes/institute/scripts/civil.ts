// Days as numbers, counted from 1 January 1970, and as text in ISO 8601: the functions of internal/pathway/civil.go.

const DAY = 86_400_000;
const FIRST = -354_285; // 1000-01-01
const LAST = 2_932_896; // 9999-12-31

/** The number of a day, or undefined where the text is no day that the calendar has. */
export function dayOf(text: string): number | undefined {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return undefined;
  const day = Date.parse(text + "T00:00:00Z") / DAY;
  return textOf(day) === text ? day : undefined;
}

/** Writes a day. What lies outside of the years 1000 to 9999 becomes the day nearest to it. */
export function textOf(day: number): string {
  return Number.isNaN(day) ? "" : dateOf(day).toISOString().slice(0, 10);
}

/** The same day n months later, or the last day of that month where it is shorter. */
export function addMonths(day: number, n: number): number {
  const date = dateOf(day);
  const last = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n + 1, 0) / DAY;
  const length = new Date(last * DAY).getUTCDate();
  return last - length + Math.min(date.getUTCDate(), length);
}

const dateOf = (day: number): Date => new Date(Math.min(Math.max(day, FIRST), LAST) * DAY);
