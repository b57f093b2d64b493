// Where somebody stands: weighs the notebook by every set that was chosen, and shows totals, flags, the checklist, the
// chart, and what it costs. Loaded once there is something to weigh.

import { bill } from "./bill.ts";
import { chart } from "./chart.ts";
import { checks } from "./checks.ts";
import { flagsOf, listed, notesOf } from "./flags.ts";
import type { Entry, Notebook } from "./notebook.ts";
import type { Award, Course } from "./outlook.ts";
import type { Desk, Standing } from "./planner.ts";
import { rulesAt } from "./rules.ts";
import { sums } from "./sums.ts";
import { choose, weigh } from "./weigh.ts";
import type { Choice, RuleSet, Verdict, Weighed } from "./weigh.ts";

/** A set that is worked toward, with what the notebook comes to for it. */
export interface Held {
  readonly set: RuleSet;
  readonly choice: Choice;
  readonly weighed: Weighed;
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** The document at /data/pathway.json. Days are inclusive, in ISO 8601. */
export interface Rules {
  readonly format: number;
  readonly sets: readonly RuleSet[];
  readonly courses: readonly (Course & { readonly name: string; readonly url: string; readonly usual?: string })[];
  readonly awards: readonly (Award & { readonly name: string; readonly amount: string; readonly for?: string; readonly apply?: string })[];
}

const WHY: Readonly<Record<Choice["why"], string>> = {
  "": "",
  "no-contract": " It is the one in force today, for you have not said when your contract was signed.",
  "too-early": " Your contract is older than this version, and we have no earlier one. Ask the issuer which rules hold for you.",
  "too-late": " Your contract is younger than this version, and we have no later one. Ask the issuer which rules hold for you.",
};

/** Gets the rules and returns what shows the standing. Throws where they cannot be had. */
export async function attach(desk: Desk): Promise<Standing> {
  const { root, spell } = desk;
  const rules = await rulesAt<Rules>(root.dataset["src"]!);
  const part = (id: string): HTMLElement => document.getElementById(id)!;
  const order = [...root.querySelectorAll<HTMLInputElement>("[name=goal]")].map(({ value }) => value);
  const drawBill = bill(part("rates"), part("bill"), rules, desk);
  let held: readonly Held[] = [];

  const question = (id: string): string => root.querySelector(`[data-question="${id}"] legend`)?.textContent ?? id;

  const draw = (notebook: Notebook): void => {
    const today = spell.today();
    held = choose(rules.sets, notebook.contract, today)
      .filter(({ set }) => notebook.goals.includes(set.series))
      .sort((a, b) => order.indexOf(a.set.series) - order.indexOf(b.set.series))
      .map((choice) => {
        const weighed = weigh(choice.set, notebook, today);
        return { set: choice.set, choice, weighed, verdicts: new Map(weighed.entries.map((verdict) => [verdict.entry, verdict])) };
      });
    const entries = new Map<string, Entry>(notebook.entries.map((entry) => [entry.id, entry]));
    sums(part("sums"), part("sight"), held, entries, desk);
    const gone = notebook.goals.filter((goal) => !rules.sets.some(({ series }) => series === goal));
    if (gone.length) part("sums").append(desk.element("p", { class: "small" }, `The rules of ${listed(gone)} are no longer kept here, so nothing is weighed by them.`));
    flagsOf(part("flags"), held, entries, desk);
    part("checklist").hidden = !held.length;
    checks(part("checks"), held, notebook, question, desk);
    chart(part("chart"), held, entries, desk);
    part("costs").hidden = !held.length;
    drawBill(held, notebook);
  };

  return {
    draw,
    notes: (entry) => notesOf(entry, held, desk),
    held: () =>
      new Map(
        held.map(({ set, choice }) => [
          set.series,
          `${set.version ? `Version: ${set.version}. ` : ""}${set.notice ?? ""}${choice.why ? WHY[choice.why] : ""}`.trim(),
        ]),
      ),
  };
}
