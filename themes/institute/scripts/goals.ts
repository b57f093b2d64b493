// What somebody works toward, as the form asks it: the goals and their tracks, two dates, and where they are now.

import { isDay } from "./notebook.ts";
import type { Notebook } from "./notebook.ts";
import type { Desk } from "./planner.ts";

export interface Goals {
  /** Shows what is chosen, and below each goal what is said of it. */
  draw(notebook: Notebook, held: ReadonlyMap<string, string>): void;
}

/** Brings the form to life. */
export function goalsForm(form: HTMLElement, { store, redraw }: Desk): Goals {
  const all = <T extends Element = HTMLInputElement>(selector: string): T[] => [...form.querySelectorAll<T>(selector)];
  const day = (id: "contract" | "degree"): HTMLInputElement => form.querySelector<HTMLInputElement>(`#${id}`)!;
  const short = document.getElementById("goals-short")!;
  // A radio button needs a name of its own for each goal.
  for (const tracks of all<HTMLElement>("[data-tracks]")) {
    const series = tracks.closest("li")!.querySelector("input")!.value;
    for (const radio of tracks.querySelectorAll("input")) radio.name = `track-${series}`;
  }

  const checked = (list: readonly HTMLInputElement[]): string[] => list.filter((box) => box.checked).map((box) => box.value);

  form.addEventListener("change", (event) => {
    const field = event.target as HTMLInputElement;
    store.change((before) => {
      if (field.name === "goal") {
        const others = before.goals.filter((goal) => goal !== field.value);
        return { ...before, goals: field.checked ? [...others, field.value] : others };
      }
      if (field.name.startsWith("track-")) return { ...before, tracks: { ...before.tracks, [field.name.slice(6)]: field.value } };
      const question = field.closest<HTMLElement>("[data-question]");
      if (question) return { ...before, profile: { ...before.profile, [question.dataset["question"]!]: checked([...question.querySelectorAll("input")]) } };
      const id = field.id as "contract" | "degree";
      return field.value === "" || isDay(field.value) ? { ...before, [id]: field.value } : before;
    });
    redraw();
  });

  return {
    draw(notebook, held) {
      const names: string[] = [];
      for (const box of all("[name=goal]")) {
        box.checked = notebook.goals.includes(box.value);
        const li = box.closest("li")!;
        if (box.checked) names.push(li.querySelector("label span")!.firstChild!.textContent!.trim());
        const tracks = li.querySelector<HTMLElement>("[data-tracks]");
        if (tracks) {
          tracks.hidden = !box.checked;
          for (const radio of tracks.querySelectorAll("input")) radio.checked = notebook.tracks[box.value] === radio.value;
        }
        li.querySelector("[data-held]")!.textContent = box.checked ? (held.get(box.value) ?? "") : "";
      }
      short.textContent = names.join(", ") || "Nothing chosen yet";
      for (const id of ["contract", "degree"] as const) if (document.activeElement !== day(id)) day(id).value = notebook[id];
      for (const question of all<HTMLElement>("[data-question]")) {
        const answers = notebook.profile[question.dataset["question"]!] ?? [];
        for (const box of question.querySelectorAll("input")) box.checked = answers.includes(box.value);
      }
    },
  };
}
