// The form that writes one line of the log, and changes one.

import { isDay, KINDS } from "./notebook.ts";
import type { Entry, Notebook, Supervisor } from "./notebook.ts";
import type { Desk } from "./planner.ts";
import { inHours, longDay, readHours, today } from "./spell.ts";

export interface LineForm {
  /** Puts a line into the form, to be changed. */
  edit(entry: Entry): void;
  /** Empties the form. */
  clear(): void;
  /** Offers what earlier lines hold. */
  follow(notebook: Notebook): void;
}

/** Brings the form to life; `back` is called with the id of a line that was changed, or left as it was. */
export function lineForm(form: HTMLFormElement, { store, element, say, redraw }: Desk, back: (id: string) => void): LineForm {
  const box = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
  const title = document.getElementById("write-title")!;
  const save = form.querySelector<HTMLButtonElement>("button.main")!;
  const cancel = form.querySelector<HTMLButtonElement>("[data-cancel]")!;
  const words = { title: title.textContent!, save: save.textContent! };
  let changing: Entry | undefined;
  let started = false;

  const radio = (name: string): string => (form.elements.namedItem(name) as RadioNodeList).value;
  const choose = (name: string, value: string): void => {
    (form.elements.namedItem(name) as RadioNodeList).value = value;
  };

  /** Shows the questions that the kind of hours has. */
  const ask = (): void => {
    const kind = box("kind").value;
    for (const part of form.querySelectorAll<HTMLElement>("[data-for]")) {
      part.hidden = !part.dataset["for"]!.split(" ").includes(kind) || ("group" in part.dataset && radio("session") !== "group");
    }
  };

  /** Fills in what is known of a supervisor. */
  const recall = (): void => {
    const known = store.notebook().supervisors.find(({ name }) => name === box("supervisor").value.trim());
    box("aasect").value = known?.aasect ?? "";
    box("aamft").value = known?.aamft ?? "";
  };

  /** Says at a field what is wrong with it; an empty sentence takes that back. */
  const fault = (name: string, sentence: string): void => {
    const field = box(name);
    const id = `${name}-fault`;
    document.getElementById(id)?.remove();
    const said = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((other) => other && other !== id);
    field.toggleAttribute("aria-invalid", !!sentence);
    if (sentence) {
      field.setAttribute("aria-invalid", "true");
      field.after(element("small", { id, class: "fault" }, sentence));
      said.unshift(id);
    }
    if (said.length) field.setAttribute("aria-describedby", said.join(" "));
    else field.removeAttribute("aria-describedby");
  };

  const text = (name: string): string => box(name).value.replace(/[\u0000-\u001f\u007f]+/g, " ").trim();

  /** The line as it is in the form, or undefined where something is wrong with it, which the form then says. */
  const take = (): Entry | undefined => {
    const faults: string[] = [];
    const check = (name: string, sentence: string): void => {
      fault(name, sentence);
      if (sentence) faults.push(name);
    };
    const kind = KINDS.find((kind) => kind === box("kind").value)!;
    const supervised = kind === "supervision";
    const group = supervised && radio("session") === "group";
    const date = box("date").value;
    check("date", !date ? "Choose the day." : !isDay(date) ? "Write a day of the calendar." : date > today() ? "This day has not come yet. Add it when the hours are done." : "");
    const quarters = readHours(box("hours").value);
    check("hours", typeof quarters === "string" ? quarters : "");
    const people = box("people").value.trim();
    check("people", group && (!/^\d*$/.test(people) || box("people").validity.badInput || (people !== "" && (+people < 2 || +people > 99))) ? "A group is at least 2 people in training. Leave it empty if you do not know." : "");
    if (faults.length) {
      box(faults[0]!).focus();
      return undefined;
    }
    return {
      id: changing?.id ?? Date.now().toString(36) + Math.random().toString(36).slice(2, 7),
      date,
      kind,
      quarters: quarters as number,
      session: supervised ? (group ? "group" : "individual") : "",
      people: group ? +people : supervised ? 1 : 0,
      format: kind === "other-practice" ? "" : (radio("format") as Entry["format"]),
      clients: /therapy/.test(kind) ? (radio("clients") as Entry["clients"]) : "",
      supervisor: text("supervisor"),
      setting: text("setting"),
      note: text("note"),
    };
  };

  const fill = (entry: Entry): void => {
    box("kind").value = entry.kind;
    box("hours").value = `${entry.quarters / 4}`;
    if (entry.session) choose("session", entry.session);
    if (entry.clients) choose("clients", entry.clients);
    if (entry.format) choose("format", entry.format);
    box("people").value = entry.people > 1 ? `${entry.people}` : "";
    box("supervisor").value = entry.supervisor;
    box("setting").value = entry.setting;
    recall();
    ask();
  };

  const show = (entry: Entry | undefined): void => {
    changing = entry;
    title.textContent = entry ? "Change this line" : words.title;
    save.textContent = entry ? "Save the change" : words.save;
    cancel.hidden = !entry;
    box("note").value = entry?.note ?? "";
    for (const name of ["date", "hours", "people"]) fault(name, "");
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const entry = take();
    if (!entry) return;
    const supervisor: Supervisor | undefined =
      entry.supervisor && entry.kind === "supervision"
        ? { name: entry.supervisor, aasect: box("aasect").value as Supervisor["aasect"], aamft: box("aamft").value as Supervisor["aamft"] }
        : undefined;
    const before = changing;
    store.change((notebook) => {
      const there = notebook.entries.some(({ id }) => id === entry.id);
      const known = notebook.supervisors.some(({ name }) => name === entry.supervisor);
      return {
        ...notebook,
        entries: there ? notebook.entries.map((old) => (old.id === entry.id ? entry : old)) : [...notebook.entries, entry],
        supervisors: !supervisor ? notebook.supervisors : known ? notebook.supervisors.map((s) => (s.name === supervisor.name ? supervisor : s)) : [...notebook.supervisors, supervisor],
      };
    });
    show(undefined);
    redraw();
    say(`${before ? "Changed" : "Added"}: ${inHours(entry.quarters)} on ${longDay(entry.date)}.`, () =>
      store.change((notebook) => ({
        ...notebook,
        entries: before ? notebook.entries.map((now) => (now.id === entry.id ? before : now)) : notebook.entries.filter(({ id }) => id !== entry.id),
      })),
    );
    if (before) back(entry.id);
    else box("date").focus();
  });
  form.addEventListener("change", (event) => {
    const { name } = event.target as HTMLInputElement;
    if (name === "kind" || name === "session") ask();
    if (name === "supervisor") recall();
  });
  cancel.addEventListener("click", () => {
    const { id } = changing!;
    show(undefined);
    back(id);
  });
  box("hours").addEventListener("focus", () => box("hours").select());

  box("date").max = today();
  box("date").value ||= today();
  ask();

  const offer = (list: string, values: readonly string[]): void => {
    document.getElementById(list)!.replaceChildren(...[...new Set(values)].filter(Boolean).map((value) => element("option", { value })));
  };
  return {
    edit(entry) {
      fill(entry);
      box("date").value = entry.date;
      show(entry);
      title.scrollIntoView({ block: "start" });
      box("date").focus({ preventScroll: true });
    },
    clear() {
      form.reset();
      show(undefined);
      box("date").value = today();
      ask();
    },
    follow(notebook) {
      offer("supervisors", notebook.supervisors.map(({ name }) => name));
      offer("settings", notebook.entries.slice(-300).map(({ setting }) => setting));
      const last = notebook.entries.at(-1);
      if (!started && last) fill(last);
      started = true;
      if (!box("supervisor").matches(":focus") && !changing) recall();
    },
  };
}
