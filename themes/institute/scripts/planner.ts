// Entry point of the planner: a notebook of hours that stays in this browser. What is needed to write a line and see
// it stands here; what weighs the lines, draws, moves and prints them is loaded when there is something to do.

import { goalsForm } from "./goals.ts";
import { lineForm } from "./line.ts";
import { inWords, logView } from "./log.ts";
import type { Notes } from "./log.ts";
import * as notebook from "./notebook.ts";
import type { Entry, Notebook } from "./notebook.ts";
import * as spell from "./spell.ts";
import { open } from "./store.ts";
import type { Store } from "./store.ts";
import { element } from "./view.ts";

/** What the page lends to its parts. */
export interface Desk {
  readonly root: HTMLElement;
  readonly store: Store;
  readonly element: typeof element;
  readonly spell: typeof spell;
  readonly notebook: typeof notebook;
  readonly inWords: typeof inWords;
  /** Says what was done, and offers to take it back. */
  say(sentence: string, undo?: () => void): void;
  /** Shows the notebook as it is now. */
  redraw(): void;
  /** Shows a line of the log. */
  show(id: string): boolean;
  /** Empties the form. */
  clear(): void;
}

/** Does something with the notebook as a whole. */
type Move = (what: string, file?: File) => Promise<void>;

/** What weighs the notebook: the part of it that the page's first script knows. */
export interface Standing {
  draw(notebook: Notebook): void;
  readonly notes: Notes;
  /** By series: which set holds, in a sentence. */
  held(): ReadonlyMap<string, string>;
}

const root = document.getElementById("planner");
if (root) start(root);

function start(root: HTMLElement): void {
  const part = (id: string): HTMLElement => document.getElementById(id)!;
  const store = open(() => {
    redraw();
    say("Another tab changed this notebook. What you see is up to date.");
  });
  let standing: Standing | undefined;
  let weighed: Promise<void> = Promise.resolve();
  let asked = false;
  let moved: Promise<Move> | undefined;

  const say = (sentence: string, undo?: () => void): void => {
    const toast = part("toast");
    toast.querySelector("button")?.remove();
    part("said").textContent = sentence;
    if (!undo) return;
    const button = element("button", { type: "button" }, "Undo");
    button.addEventListener("click", () => {
      undo();
      redraw();
      say("Taken back.");
      part("log-title").focus({ preventScroll: true });
    });
    toast.append(button);
  };

  /** Loads what weighs the notebook, once there is something to weigh. */
  const weigh = async (): Promise<void> => {
    asked = true;
    try {
      standing = await (await import("./standing.ts")).attach(desk);
      redraw();
    } catch {
      asked = false;
      part("sums").replaceChildren(element("p", {}, "The rules could not be loaded, so nothing is weighed. Your lines are safe. Check your connection and load the page again."));
    }
  };

  const kept = (): void => {
    const how = store.kept();
    const quiet = {
      nothing: "Nothing is stored yet. From your first line or choice on, this notebook is kept in this browser and nowhere else.",
      kept: "This notebook is kept in this browser and nowhere else. Whoever uses this browser can see it.",
      tab: "",
      unreadable: "",
    };
    part("kept").textContent = quiet[how];
    const trouble = part("trouble");
    const sentence =
      how === "tab"
        ? "Your browser keeps no more for this page: it is full, or does not allow it. The notebook works until you close this tab. Save a copy before you do."
        : how === "unreadable"
          ? `This browser keeps a notebook that this page cannot read. ${store.unreadable()!.why} It stays as it is until you erase it. What you write now stays in this tab alone.`
          : "";
    if (trouble.dataset["said"] === sentence) return;
    trouble.dataset["said"] = sentence;
    trouble.replaceChildren(...(sentence ? [element("p", {}, sentence)] : []));
    if (how !== "unreadable") return;
    const save = element("button", { type: "button" }, "Save what it keeps");
    save.addEventListener("click", () => void act("raw"));
    trouble.append(save);
  };

  const redraw = (): void => {
    const now = store.notebook();
    standing?.draw(now);
    goals.draw(now, standing?.held() ?? new Map());
    line.follow(now);
    log.draw(now, standing?.notes ?? (() => []));
    part("empty").hidden = !!now.entries.length;
    kept();
    if (!asked && (now.goals.length || now.entries.length)) weighed = weigh();
  };

  const remove = (entry: Entry): void => {
    store.change((before) => ({ ...before, entries: before.entries.filter(({ id }) => id !== entry.id) }));
    redraw();
    say(`Deleted: ${spell.inHours(entry.quarters)} on ${spell.longDay(entry.date)}.`, () =>
      store.change((now) => ({ ...now, entries: now.entries.some(({ id }) => id === entry.id) ? now.entries : [...now.entries, entry] })),
    );
    part("toast").querySelector("button")!.focus();
  };

  const act = async (what: string, file?: File): Promise<void> => {
    try {
      await (await move())(what, file);
    } catch {
      moved = undefined;
      say("This part of the page could not be loaded. Check your connection and try again.");
    }
  };
  const move = (): Promise<Move> => (moved ??= import("./move.ts").then(({ attach }) => attach(desk)));

  const desk: Desk = { root, store, element, spell, notebook, inWords, say, redraw, show: (id) => log.show(id), clear: () => line.clear() };
  const line = lineForm(part("line") as HTMLFormElement, desk, (id) => log.show(id));
  const goals = goalsForm(part("choices"), desk);
  const log = logView(part("months"), desk, (entry) => line.edit(entry), remove);

  const file = part("file") as HTMLInputElement;
  root.addEventListener("click", (event) => {
    const what = (event.target as Element).closest<HTMLElement>("[data-act]")?.dataset["act"];
    if (what === "open") file.click();
    else if (what) void act(what);
  });
  file.addEventListener("change", () => {
    const chosen = file.files?.[0];
    if (chosen) void act("open", chosen).then(() => (file.value = ""));
  });

  (part("goals") as HTMLDetailsElement).open = !store.notebook().goals.length;
  redraw();
  // Shown once what is already written is weighed, so that nothing moves under the reader's eyes.
  const ready = (): void => void (root.dataset["ready"] = "");
  weighed.then(ready, ready);
  // So that the browser's own command prints the log too.
  setTimeout(() => void move().catch(() => (moved = undefined)), 1_000);
}
