// Keeps the notebook in this browser, from its first line or choice on and never before. Nobody else hears of it.
//
// A change is a function. It is applied to what the browser keeps at that moment, so that nothing another tab
// wrote is lost; and changes that the browser refused to keep are applied again whenever it is asked.

import { EMPTY, read, Refusal, write } from "./notebook.ts";
import type { Notebook } from "./notebook.ts";

export type Change = (notebook: Notebook) => Notebook;

const KEY = "nwioi-planner";

/** Where the notebook is: nowhere yet, in the browser, in this tab alone since the browser keeps nothing (or no
 *  more), or out of reach: the browser keeps something that this page cannot read. */
export type Kept = "nothing" | "kept" | "tab" | "unreadable";

export interface Store {
  notebook(): Notebook;
  change(by: Change): void;
  /** Forgets everything, here and in the browser. */
  erase(): void;
  kept(): Kept;
  /** What the browser keeps and this page cannot read, and why. */
  unreadable(): { text: string; why: string } | undefined;
}

/** The notebook of this browser; `changed` is called when another tab changed it. */
export function open(changed: () => void): Store {
  let text: string | undefined; // what was read last
  let stored: Notebook = EMPTY;
  let why = "";
  let blocked = false;
  let waiting: readonly Change[] = []; // what the browser does not keep
  let shown: Notebook | undefined;

  const look = (): void => {
    let now: string;
    try {
      now = localStorage.getItem(KEY) ?? "";
      blocked = false;
    } catch {
      now = "";
      blocked = true;
    }
    if (now === text) return;
    text = now;
    shown = undefined;
    why = "";
    stored = EMPTY;
    if (!now) return;
    try {
      stored = read(now);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      why = error.message;
    }
  };

  const notebook = (): Notebook => {
    look();
    return (shown ??= waiting.reduce((before, by) => by(before), stored));
  };

  const change = (by: Change): void => {
    waiting = [...waiting, by];
    shown = undefined;
    const after = notebook();
    if (why || blocked) return;
    try {
      const now = write(after);
      if (now === write(EMPTY)) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, now);
      text = now === write(EMPTY) ? "" : now;
      stored = after;
      waiting = [];
    } catch {
      // Full: what is kept stays as it was, and the change waits here.
    }
  };

  const erase = (): void => {
    waiting = [];
    shown = undefined;
    try {
      localStorage.removeItem(KEY);
    } catch {
      // Nothing is kept where nothing can be.
    }
    text = undefined;
    look();
  };

  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) changed();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) changed();
  });
  return {
    notebook,
    change,
    erase,
    kept: () => (why ? "unreadable" : blocked || waiting.length ? "tab" : text ? "kept" : "nothing"),
    unreadable: () => (why ? { text: text!, why } : undefined),
  };
}
