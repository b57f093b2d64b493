// The notebook: what somebody notes of their hours and of what they work toward. It is read from text that
// anybody may have written, so all of it is looked at before any of it is used.

/** One line of the log. Hours are whole quarters. */
export interface Entry {
  readonly id: string;
  /** ISO 8601. */
  readonly date: string;
  readonly kind: Kind;
  readonly quarters: number;
  /** Empty where nobody was supervised. */
  readonly session: "individual" | "group" | "";
  /** In training, the writer included; 0 where it is not known. */
  readonly people: number;
  readonly format: "in-person" | "video" | "";
  readonly clients: "one" | "couple-or-family" | "group" | "";
  readonly supervisor: string;
  readonly setting: string;
  readonly note: string;
}

export const KINDS = ["supervision", "sex-therapy", "other-therapy", "other-practice"] as const;
export type Kind = (typeof KINDS)[number];

export interface Supervisor {
  readonly name: string;
  /** Which associations have approved them; empty where it is not known. */
  readonly aasect: "yes" | "no" | "";
  readonly aamft: "yes" | "no" | "";
}

export interface Notebook {
  /** The series of the requirement sets that are worked toward. */
  readonly goals: readonly string[];
  /** By series or set, the track that is taken. */
  readonly tracks: Readonly<Record<string, string>>;
  /** The days on which the supervision contract was signed and the degree posted; empty: not known. */
  readonly contract: string;
  readonly degree: string;
  /** By question of "where am I?", the answers given. */
  readonly profile: Readonly<Record<string, readonly string[]>>;
  /** By "set/requirement", how it stands. */
  readonly marks: Readonly<Record<string, "doing" | "done">>;
  /** What an hour of supervision costs, in dollars; 0: not known. */
  readonly rates: { readonly individual: number; readonly group: number };
  readonly supervisors: readonly Supervisor[];
  /** In the order in which they were written. */
  readonly entries: readonly Entry[];
}

export const EMPTY: Notebook = { goals: [], tracks: {}, contract: "", degree: "", profile: {}, marks: {}, rates: { individual: 0, group: 0 }, supervisors: [], entries: [] };

/** How many lines a notebook holds: more than anybody writes, and less than a browser keeps. */
export const MOST = 10_000;

/** What stands first in everything that is written, so that it can be told from other files. */
const FORMAT = "nwioi-planner";
const VERSION = 1;

/** Why a text is no notebook, in a sentence, and the number of the line of the log that is wrong, from 0, or -1. */
export class Refusal extends Error {
  constructor(
    sentence: string,
    readonly entry = -1,
  ) {
    super(sentence);
  }
}

/** The notebook as text, one line of the log a line. */
export function write({ entries, ...rest }: Notebook): string {
  const head = JSON.stringify({ format: FORMAT, version: VERSION, ...rest }).slice(0, -1);
  return `${head},"entries":[${entries.map((entry) => "\n" + JSON.stringify(entry)).join()}\n]}\n`;
}

/** Reads what write wrote. Throws a Refusal at the first thing that is not as it should be. */
export function read(text: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Refusal(`It is damaged${lineOf(text, error)}.`);
  }
  const all = fields(value, "It");
  if (all["format"] !== FORMAT) throw new Refusal("It does not come from this planner.");
  if (typeof all["version"] !== "number" || all["version"] < VERSION) throw new Refusal("It is damaged: it does not say its version.");
  if (all["version"] > VERSION) throw new Refusal(`It comes from a newer version of this planner (${all["version"]}; this one reads ${VERSION}). Load this page again to get the newest.`);
  known(all, ["format", "version", ...Object.keys(EMPTY)], "It");
  const rates = fields(all["rates"], "The rates");
  known(rates, ["individual", "group"], "The rates");
  return {
    goals: items(all["goals"], "The list of goals").map((goal) => words(goal, "A goal", 80)),
    tracks: record(all["tracks"], "The tracks", (track, what) => words(track, what, 80)),
    contract: day(all["contract"], "The day of the contract", true),
    degree: day(all["degree"], "The day of the degree", true),
    profile: record(all["profile"], "The answers", (answers, what) => items(answers, what).map((answer) => words(answer, what, 80))),
    marks: record(all["marks"], "The checklist", (mark, what) => one(mark, ["doing", "done"] as const, what)),
    rates: { individual: number(rates["individual"], 0, 10_000, "The rate alone"), group: number(rates["group"], 0, 10_000, "The rate in a group") },
    supervisors: items(all["supervisors"], "The list of supervisors").map(supervisor),
    entries: lines(all["entries"]),
  };
}

function lines(value: unknown): Entry[] {
  const list = items(value, "The log");
  if (list.length > MOST) throw new Refusal(`It has ${list.length} lines; a notebook holds ${MOST}.`);
  const seen = new Set<string>();
  return list.map((item, i) => {
    try {
      const read = entry(item);
      if (seen.has(read.id)) throw new Refusal("Two lines have the same id.");
      seen.add(read.id);
      return read;
    } catch (error) {
      throw error instanceof Refusal ? new Refusal(error.message, i) : error;
    }
  });
}

/** Reads one line of the log. Throws a Refusal. */
export function entry(value: unknown): Entry {
  const all = fields(value, "A line");
  known(all, ["id", "date", "kind", "quarters", "session", "people", "format", "clients", "supervisor", "setting", "note"], "A line");
  const quarters = number(all["quarters"], 1, 96, "Its quarters of an hour");
  const people = number(all["people"], 0, 99, "The size of its group");
  if (!Number.isInteger(quarters) || !Number.isInteger(people)) throw new Refusal("Its hours are not in whole quarters, or its group not in whole people.");
  const id = words(all["id"], "Its id", 40);
  if (!/^[\w-]+$/.test(id)) throw new Refusal("Its id is not one of this planner.");
  return {
    id,
    date: day(all["date"], "Its date", false),
    kind: one(all["kind"], KINDS, "Its kind"),
    quarters,
    session: one(all["session"], ["individual", "group", ""] as const, "What says individual or group"),
    people,
    format: one(all["format"], ["in-person", "video", ""] as const, "What says in person or video"),
    clients: one(all["clients"], ["one", "couple-or-family", "group", ""] as const, "What says with whom"),
    supervisor: words(all["supervisor"], "Its supervisor", 80),
    setting: words(all["setting"], "Its setting", 120),
    note: words(all["note"], "Its note", 500),
  };
}

function supervisor(value: unknown): Supervisor {
  const all = fields(value, "A supervisor");
  known(all, ["name", "aasect", "aamft"], "A supervisor");
  const answers = ["yes", "no", ""] as const;
  return {
    name: words(all["name"], "A supervisor's name", 80),
    aasect: one(all["aasect"], answers, "A supervisor's approval by AASECT"),
    aamft: one(all["aamft"], answers, "A supervisor's approval by AAMFT"),
  };
}

/** Where in a text that is no JSON its reader stopped, as far as it said. */
function lineOf(text: string, error: unknown): string {
  const { message } = error as Error;
  const line = /line (\d+)/.exec(message)?.[1];
  const at = /position (\d+)/.exec(message)?.[1];
  if (!line && !at) return ", perhaps cut off at its end";
  return ` in line ${line ?? text.slice(0, +at!).split("\n").length}`;
}

// What follows looks at one value each; `what` begins the sentence that says what is wrong with it.

function fields(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Refusal(`${what} is damaged.`);
  return value as Record<string, unknown>;
}

function known(all: Readonly<Record<string, unknown>>, names: readonly string[], what: string): void {
  const stranger = Object.keys(all).find((name) => !names.includes(name));
  if (stranger !== undefined) throw new Refusal(`${what} has the field “${stranger.slice(0, 40)}”, which this planner does not know.`);
}

function items(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Refusal(`${what} is damaged.`);
  return value;
}

function record<T>(value: unknown, what: string, look: (value: unknown, what: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(fields(value, what)).map(([key, item]) => [words(key, what, 160), look(item, what)]));
}

function words(value: unknown, what: string, most: number): string {
  if (typeof value !== "string" || /[\u0000-\u001f\u007f]/.test(value)) throw new Refusal(`${what} is not a line of text.`);
  if (value.length > most) throw new Refusal(`${what} has ${value.length} characters; there is room for ${most}.`);
  return value;
}

function number(value: unknown, least: number, most: number, what: string): number {
  if (typeof value !== "number" || !(value >= least && value <= most)) throw new Refusal(`${what}: there should be a number from ${least} to ${most}.`);
  return value;
}

function one<T extends string>(value: unknown, of: readonly T[], what: string): T {
  const found = of.find((choice) => choice === value);
  if (found === undefined) throw new Refusal(`${what} should be ${of.filter(Boolean).join(", ").replace(/, ([^,]*)$/, " or $1")}.`);
  return found;
}

function day(value: unknown, what: string, empty: boolean): string {
  if (empty && value === "") return "";
  if (!isDay(value)) throw new Refusal(`${what} should be a day such as 2026-11-23.`);
  return value;
}

/** Whether a value is a day of the calendar, ISO 8601, from 1950 to 2199. */
export function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^(19[5-9]|20\d|21\d)\d-\d\d-\d\d$/.test(value)) return false;
  const date = new Date(value + "T00:00:00Z");
  return !Number.isNaN(+date) && date.toISOString().slice(0, 10) === value;
}
