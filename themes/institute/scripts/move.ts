// What is done with the notebook as a whole: copies that leave and come back, paper, and erasing it.

import { add, compare, inOrder, readCopy, replace, toCSV } from "./exchange.ts";
import type { Copy } from "./exchange.ts";
import type { Desk } from "./planner.ts";
import { lay } from "./sheet.ts";

/** Makes the log ready for paper, and returns what does one of these: json, csv, raw, print, open or erase. */
export function attach(desk: Desk): (what: string, file?: File) => Promise<void> {
  const { store, notebook, spell, say } = desk;
  addEventListener("beforeprint", () => lay(desk));
  addEventListener("afterprint", () => document.getElementById("sheet")?.remove());
  return async (what, file) => {
    const name = `hours-${spell.today()}`;
    if (what === "json") {
      hand(desk, notebook.write(store.notebook()), `${name}.json`, "application/json");
      say("A copy of everything is saved as a file.");
    } else if (what === "csv") {
      hand(desk, toCSV(store.notebook()), `${name}.csv`, "text/csv");
      say("Your log is saved as a spreadsheet. What you chose and marked is not in it.");
    } else if (what === "raw") {
      hand(desk, store.unreadable()?.text ?? "", `${name}-unread.json`, "application/json");
    } else if (what === "print") {
      window.print();
    } else if (what === "erase") {
      erase(desk);
    } else if (file) {
      await receive(desk, file);
    }
  };
}

/** Hands text over as a file. */
function hand({ element }: Desk, text: string, name: string, type: string): void {
  const href = URL.createObjectURL(new Blob([text], { type }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

interface Way {
  readonly label: string;
  readonly act?: () => void;
  readonly main?: boolean;
}

/** Asks before something is done. The focus begins on the title, so that no key pressed in passing decides. */
function ask({ element }: Desk, title: string, body: readonly Node[], ways: readonly Way[]): void {
  const dialog = document.getElementById("ask") as HTMLDialogElement;
  const heading = document.getElementById("ask-title")!;
  heading.textContent = title;
  document.getElementById("ask-body")!.replaceChildren(...body);
  document.getElementById("ask-ways")!.replaceChildren(
    ...ways.map(({ label, act, main }) => {
      const button = element("button", { type: "button", ...(main ? { class: "main" } : {}) }, label);
      button.addEventListener("click", () => {
        dialog.close();
        act?.();
      });
      return button;
    }),
  );
  dialog.showModal();
  heading.focus();
}

function erase(desk: Desk): void {
  const { store, element, spell, redraw, say, clear } = desk;
  const n = store.notebook().entries.length;
  ask(
    desk,
    "Erase everything?",
    [element("p", {}, `${n ? `${spell.count(n, "line", "lines")} of your log, what` : "What"} you chose and what you marked go from this browser for good. A copy that you saved stays where you put it.`)],
    [
      { label: "Keep it" },
      {
        label: "Erase everything",
        main: true,
        act: () => {
          store.erase();
          clear();
          redraw();
          say("Everything is erased. This browser keeps nothing of it.");
        },
      },
    ],
  );
}

/** Reads a file, says what it would change and asks. */
async function receive(desk: Desk, file: File): Promise<void> {
  const { store, element, spell, notebook, redraw, say, clear } = desk;
  const opened = document.getElementById("opened")!;
  opened.replaceChildren();
  const bytes = file.size > 20_000_000 ? new Uint8Array(file.size) : new Uint8Array(await file.arrayBuffer());
  let made = 0;
  const copy = readCopy(bytes, notebook, () => `${Date.now().toString(36)}-${made++}`);
  if (typeof copy === "string") {
    opened.replaceChildren(element("p", {}, `“${file.name}” was not read. ${copy} Your notebook is as it was.`));
    return;
  }
  const here = store.notebook();
  const lines = (n: number): string => spell.count(n, "line", "lines");
  const { fresh, same, other } = compare(here, copy.notebook);
  const days = inOrder(copy.notebook.entries);
  const [first, last] = [days[0]?.date ?? "", days.at(-1)?.date ?? ""];
  const span = first === last ? (first ? `, of ${spell.longDay(first)}` : "") : `, from ${spell.longDay(first)} to ${spell.longDay(last)}`;
  const way = (name: string, what: string): HTMLElement => element("div", {}, element("dt", {}, name), element("dd", {}, what));
  const plan = [
    element("p", {}, `It holds ${lines(days.length)}${span}${copy.logOnly ? "" : ", and what was chosen and marked"}.`),
    element(
      "dl",
      {},
      way("Add", added(desk, copy, fresh.length, same, other)),
      way("Replace", `The log here goes (${lines(here.entries.length)}), and the copy’s takes its place (${lines(days.length)}). What you chose and marked here ${copy.logOnly ? "stays" : "is replaced too"}.`),
    ),
  ];
  const apply = (by: (now: typeof here) => typeof here, sentence: string): void => {
    const before = store.notebook();
    store.change(by);
    const then = new Set([...before.entries, ...store.notebook().entries].map(({ id }) => id));
    clear();
    redraw();
    // What was written since stays.
    say(sentence, () => store.change((now) => ({ ...before, entries: [...before.entries, ...now.entries.filter(({ id }) => !then.has(id))] })));
  };
  ask(desk, `Read “${file.name}”?`, plan, [
    { label: "Leave it" },
    { label: "Replace", act: () => apply((now) => replace(now, copy), `Replaced: the log has ${lines(copy.notebook.entries.length)} now.`) },
    { label: "Add", main: true, act: () => apply((now) => add(now, copy.notebook), `Added: ${lines(fresh.length)}.`) },
  ]);
}

function added({ spell }: Desk, copy: Copy, fresh: number, same: number, other: number): string {
  const is = (n: number): string => spell.count(n, "line is", "lines are");
  return [
    fresh ? `${is(fresh)} new.` : "No line is new.",
    same ? `${is(same)} here already and not written twice.` : "",
    other ? `${is(other)} here with other words, and stay as here.` : "",
    copy.logOnly ? "" : "What you chose and marked here stays; what is empty here is filled.",
  ].filter(Boolean).join(" ");
}
