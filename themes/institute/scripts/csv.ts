// Comma-separated values (RFC 4180), with a byte order mark so that spreadsheets read accents, and with every
// cell that a spreadsheet would run as a formula made plain text.

/** A row and the line of the file on which it begins, from 1. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What a spreadsheet takes for the beginning of a formula, apostrophes before it or not. */
const FORMULA = /^'*[=+\-@\t\r]/;

/** One apostrophe before what would run; a spreadsheet shows the rest as text. */
export const defuse = (cell: string): string => (FORMULA.test(cell) ? "'" + cell : cell);

/** The cell as it was before defuse. */
export const arm = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell);

export function writeCSV(rows: readonly (readonly string[])[]): string {
  const quote = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
  return "\ufeff" + rows.map((row) => row.map((cell) => quote(defuse(cell))).join(",") + "\r\n").join("");
}

/** Reads rows, which may be separated by semicolons or tabs too, as spreadsheets of other countries do. Empty
 *  lines are left out. Returns a sentence where a quotation mark is out of place. */
export function readCSV(text: string): Row[] | string {
  const source = text.replace(/^\ufeff/, "");
  const first = source.slice(0, source.search(/[\r\n]|$/));
  const comma = [",", ";", "\t"].reduce((best, mark) => (first.split(mark).length > first.split(best).length ? mark : best));
  const rows: Row[] = [];
  let cells: string[] = [];
  let line = 1;
  let start = 1;
  let at = 0;
  const finish = (): void => {
    if (cells.length > 1 || cells[0]) rows.push({ line: start, cells: cells.map(arm) });
    cells = [];
    start = line;
  };
  while (at < source.length) {
    let cell = "";
    if (source[at] === '"') {
      const opened = line;
      for (at++; ; at++) {
        if (at >= source.length) return `A quotation mark in line ${opened} is never closed.`;
        if (source[at] === '"') {
          if (source[at + 1] !== '"') break;
          at++;
        }
        if (source[at] === "\n") line++;
        cell += source[at];
      }
      at++;
      if (at < source.length && source[at] !== comma && source[at] !== "\r" && source[at] !== "\n") return `In line ${line} a quotation mark stands in the middle of a cell.`;
    } else {
      const from = at;
      while (at < source.length && source[at] !== comma && source[at] !== "\r" && source[at] !== "\n") {
        if (source[at] === '"') return `In line ${line} a quotation mark stands in the middle of a cell.`;
        at++;
      }
      cell = source.slice(from, at);
    }
    cells.push(cell);
    if (source[at] === comma) {
      at++;
      if (at >= source.length || source[at] === "\r" || source[at] === "\n") cells.push("");
      else continue;
    }
    if (source[at] === "\r" && source[at + 1] === "\n") at++;
    if (at < source.length) {
      at++;
      line++;
    }
    finish();
  }
  return rows;
}
