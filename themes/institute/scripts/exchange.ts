// Copies of the notebook that leave the page and come back: as JSON, which holds all of it, and as a table, which holds
// its log. A copy is read whole before anything changes.

import { readCSV, writeCSV } from "./csv.ts";
import type { Entry, Notebook, read as readNotebook, entry as readEntry, Refusal as Refused, Supervisor } from "./notebook.ts";

/** What this file needs of the notebook, which the page's first script has. */
export interface Reader {
  readonly read: typeof readNotebook;
  readonly entry: typeof readEntry;
  readonly Refusal: typeof Refused;
}

/** A copy that was read: of a table the log alone. */
export interface Copy {
  readonly notebook: Notebook;
  readonly logOnly: boolean;
}

/** How large a copy may be, in bytes. */
export const LARGEST = 5_000_000;

const COLUMNS = ["date", "hours", "kind", "session", "people", "format", "clients", "supervisor", "aasect", "aamft", "setting", "note", "id"] as const;

/** The log as a table, the oldest line first. */
export function toCSV({ entries, supervisors }: Notebook): string {
  const rows = inOrder(entries).map((e) => {
    const by = supervisors.find(({ name }) => name === e.supervisor);
    return [e.date, `${e.quarters / 4}`, e.kind, e.session, e.people ? `${e.people}` : "", e.format, e.clients, e.supervisor, by?.aasect ?? "", by?.aamft ?? "", e.setting, e.note, e.id];
  });
  return writeCSV([COLUMNS, ...rows]);
}

/** Entries by day; those of one day as they were written. */
export const inOrder = (entries: readonly Entry[]): Entry[] => [...entries].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));

/** Reads a copy, or says in a sentence why not. `id` makes the id of a line that has none. */
export function readCopy(bytes: Uint8Array, { read, entry, Refusal }: Reader, id: () => string): Copy | string {
  if (bytes.length > LARGEST) return `It is larger than any notebook: ${Math.ceil(bytes.length / 1_000_000)} MB, where ${LARGEST / 1_000_000} is the most.`;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "It is not text in UTF-8. In a spreadsheet, save it as “CSV UTF-8”.";
  }
  const start = text.trimStart();
  if (!start) return "It is empty.";
  try {
    if (start[0] === "{" || start[0] === "[") return { notebook: read(text), logOnly: false };
    return { notebook: fromTable(text, entry, Refusal, id), logOnly: true };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const at = error.entry < 0 ? 0 : lineOfEntry(text, error.entry);
    return at ? `In line ${at}: ${error.message}` : error.message;
  }
}

function fromTable(text: string, entry: Reader["entry"], Refusal: Reader["Refusal"], id: () => string): Notebook {
  const rows = readCSV(text);
  if (typeof rows === "string") throw new Refusal(rows);
  const [head, ...body] = rows;
  const names = head?.cells.map((name) => name.trim().toLowerCase()) ?? [];
  for (const needed of ["date", "hours", "kind"]) {
    if (!names.includes(needed)) throw new Refusal(`It does not come from this planner: it has no column “${needed}”.`);
  }
  const stranger = names.find((name, i) => !COLUMNS.some((column) => column === name) || names.indexOf(name) !== i);
  if (stranger !== undefined) throw new Refusal(`It has the column “${stranger.slice(0, 40)}”${names.filter((name) => name === stranger).length > 1 ? " twice" : ", which this planner does not know"}.`);
  const supervisors = new Map<string, Supervisor>();
  const ids = new Set<string>();
  const entries = body.map((row) => {
    const refuse = (sentence: string): never => {
      throw new Refusal(`In line ${row.line}: ${sentence}`);
    };
    if (row.cells.length > names.length && row.cells.slice(names.length).some(Boolean)) refuse(`There are ${row.cells.length} cells, for ${names.length} columns.`);
    const cell = (name: (typeof COLUMNS)[number]): string => row.cells[names.indexOf(name)]?.trim() ?? "";
    const number = (name: "hours" | "people", empty: number): number => (cell(name) ? (/^\d+([.,]\d+)?$/.test(cell(name)) ? +cell(name).replace(",", ".") : NaN) : empty);
    const given = cell("id") || id();
    if (ids.has(given)) refuse("Its id stands in an earlier line too.");
    ids.add(given);
    try {
      const made = entry({
        id: given, date: cell("date"), kind: cell("kind"), quarters: number("hours", NaN) * 4, session: cell("session"), people: number("people", 0),
        format: cell("format"), clients: cell("clients"), supervisor: cell("supervisor"), setting: cell("setting"), note: cell("note"),
      });
      for (const by of ["aasect", "aamft"] as const) if (!["yes", "no", ""].includes(cell(by))) refuse(`The column “${by}” should say yes or no, or nothing.`);
      const said = { name: made.supervisor, aasect: cell("aasect"), aamft: cell("aamft") } as Supervisor;
      const before = supervisors.get(said.name);
      if (before && (before.aasect !== said.aasect || before.aamft !== said.aamft)) refuse(`It says of ${said.name} another approval than an earlier line.`);
      if (said.name) supervisors.set(said.name, said);
      return made;
    } catch (error) {
      if (error instanceof Refusal && !error.message.startsWith("In line")) refuse(error.message);
      throw error;
    }
  });
  const nothing = { goals: [], tracks: {}, contract: "", degree: "", profile: {}, marks: {}, rates: { individual: 0, group: 0 } };
  return { ...nothing, supervisors: [...supervisors.values()], entries };
}

/** The line on which the nth item of "entries" begins, or 0 where the text does not show it. */
function lineOfEntry(text: string, n: number): number {
  let depth = 0;
  let within = false;
  let line = 1;
  let key = "";
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (c === "\n") line++;
    else if (c === '"') {
      const from = i + 1;
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === "\\") i++;
      if (depth === 1) key = /^\s*:/.test(text.slice(i + 1, i + 20)) ? text.slice(from, i) : key;
    } else if (c === "{" || c === "[") {
      if (within && depth === 2 && n-- === 0) return line;
      if (depth === 1 && c === "[" && key === "entries") within = true;
      depth++;
    } else if (c === "}" || c === "]") {
      depth--;
      if (depth === 1) within = false;
    }
  }
  return 0;
}

/** What a copy would add to a notebook. */
export interface Difference {
  /** Lines that are not here yet. */
  readonly fresh: readonly Entry[];
  /** How many are here already, and how many are here with other words, which then stay as they are here. */
  readonly same: number;
  readonly other: number;
}

/** A line without its id, which a table may lack. */
const content = ({ id: _, ...rest }: Entry): string => JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Compares a copy with what is here. A line with the same id and words is the same; after those, lines with the same
 *  words are the same as often as they stand there. */
export function compare(here: Notebook, copy: Notebook): Difference {
  const words = new Map(here.entries.map((e) => [e.id, content(e)]));
  const found = new Set(copy.entries.filter((e) => words.get(e.id) === content(e)).map(({ id }) => id));
  const rest = copy.entries.filter(({ id }) => !found.has(id));
  const equal = new Map<string, number>();
  for (const [id, text] of words) if (!found.has(id)) equal.set(text, (equal.get(text) ?? 0) + 1);
  const left = rest.filter((e) => {
    const n = equal.get(content(e)) ?? 0;
    if (n) equal.set(content(e), n - 1);
    return !n;
  });
  const fresh = left.filter(({ id }) => !words.has(id));
  return { fresh, same: copy.entries.length - left.length, other: left.length - fresh.length };
}

/** The notebook with what a copy adds to it. What was chosen here stays; what is empty here is filled. */
export function add(here: Notebook, copy: Notebook): Notebook {
  const known = new Map(here.supervisors.map((s) => [s.name, s]));
  for (const s of copy.supervisors) {
    const mine = known.get(s.name);
    known.set(s.name, { name: s.name, aasect: mine?.aasect || s.aasect, aamft: mine?.aamft || s.aamft });
  }
  return {
    goals: [...new Set([...here.goals, ...copy.goals])],
    tracks: { ...copy.tracks, ...here.tracks },
    contract: here.contract || copy.contract,
    degree: here.degree || copy.degree,
    profile: { ...copy.profile, ...here.profile },
    marks: { ...copy.marks, ...here.marks },
    rates: { individual: here.rates.individual || copy.rates.individual, group: here.rates.group || copy.rates.group },
    supervisors: [...known.values()],
    entries: [...here.entries, ...compare(here, copy).fresh],
  };
}

/** The notebook with the copy in its place: of a table the log alone. */
export function replace(here: Notebook, { notebook, logOnly }: Copy): Notebook {
  if (!logOnly) return notebook;
  const others = here.supervisors.filter(({ name }) => !notebook.supervisors.some((s) => s.name === name));
  return { ...here, supervisors: [...others, ...notebook.supervisors], entries: notebook.entries };
}
