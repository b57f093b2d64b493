// Entry point of "where am I?": all questions at once, and below them the reader's own list, worked out here. The
// answers stand in the fragment and go nowhere. What the list says is on the page already: a template holds every task.

import { join, pairs } from "./fragment.ts";
import { rulesAt } from "./rules.ts";
import type { Asked, Rules } from "./rules.ts";
import { weigh } from "./weigh.ts";
import type { Log, RuleSet, State, Tally } from "./weigh.ts";

const root = document.getElementById("where");
if (root) start(root);

/** In which part of the list a requirement stands. */
const groups: Readonly<Record<State, string>> = { done: "done", todo: "now", doing: "now", blocked: "later", covered: "not", "not-asked": "not", rule: "" };

/** Why a task cannot start yet, or does not concern the reader: the sentences of whereami.go. */
function why(task: HTMLElement, set: RuleSet, tally: Tally): string {
  const titled = (id: string): string => set.requirements.find((r) => r.id === id)!.title;
  const later = tally.state === "blocked";
  const says: string[] = [];
  const first: string[] = [];
  for (const { code, id } of tally.reasons) {
    if (code === "depends-on") first.push(titled(id));
    else if (code === "one-of") says.push(`“${titled(id)}” is enough.`);
    else if (code === "answer" && tally.state !== "done") says.push((later ? task.dataset["starts"] : task.dataset["who"]) ?? "");
  }
  if (first.length) says.push(`First: ${first.join("; ")}.`);
  return says.join(" ");
}

function start(root: HTMLElement): void {
  const form = root.querySelector("form")!;
  const own = document.getElementById("own")!;
  const status = root.querySelector("[role=status]")!;
  const template = root.querySelector("template")!;
  const inputs = [...form.querySelectorAll("input")];
  let rules: Rules | undefined;

  const chosen = (question: string): string[] => inputs.filter((i) => i.name === question && i.checked).map((i) => i.value);
  const read = (): void => {
    const given = new Set(pairs(location.hash.slice(1)).map((pair) => pair.join("=")));
    for (const i of inputs) i.checked = given.has(`${i.name}=${i.value}`);
  };

  /** The answers to all questions, and whether each that is asked has one. */
  const profile = (questions: readonly Asked[]): { given: Record<string, string[]>; whole: boolean } => {
    const given: Record<string, string[]> = {};
    let whole = true;
    for (const { id, asked_when: when = {}, otherwise = "" } of questions) {
      const asked = Object.entries(when).every(([question, wanted]) => given[question]?.some((answer) => wanted.includes(answer)));
      const field = form.querySelector<HTMLElement>(`[data-question="${id}"]`)!;
      field.hidden = !asked;
      given[id] = asked ? chosen(id) : [otherwise];
      whole &&= !!given[id].length || !!field.querySelector("[type=checkbox]");
    }
    return { given, whole };
  };

  const draw = (): void => {
    if (!rules) return;
    const { given, whole } = profile(rules.questions);
    own.hidden = !inputs.some((i) => i.checked);
    if (own.hidden) {
      status.textContent = "";
      return;
    }
    const log: Log = { entries: [], supervisors: [], marks: {}, degree: "", contract: "", profile: given, tracks: {} };
    const stands = new Map<string, { set: RuleSet; tally: Tally }>();
    for (const set of rules.sets) for (const tally of weigh(set, log, "").requirements) stands.set(`${set.id}/${tally.id}`, { set, tally });
    const lists = new Map([...own.querySelectorAll<HTMLElement>("[data-group]")].map((group) => [group.dataset["group"]!, group]));
    for (const group of lists.values()) group.querySelector("ul")!.replaceChildren();
    for (const task of template.content.children) {
      const stand = stands.get((task as HTMLElement).dataset["task"]!);
      const list = stand && lists.get(groups[stand.tally.state])?.querySelector("ul");
      if (!list) continue;
      const li = task.cloneNode(true) as HTMLElement;
      const { alternative } = li.dataset;
      if (alternative && (list.lastElementChild as HTMLElement | null)?.dataset["alternative"] === alternative) li.prepend(mark("em", "joint", "or"));
      const because = why(li, stand.set, stand.tally);
      if (because) li.append(mark("span", "why", because));
      list.append(li);
    }
    const counts: string[] = [];
    for (const group of lists.values()) {
      const [n, none, lead] = [group.querySelector("ul")!.childElementCount, group.querySelector<HTMLElement>(".none"), group.querySelector<HTMLElement>(".soft")];
      group.hidden = !n && !none;
      if (none) none.hidden = !!n;
      if (lead) lead.hidden = !n;
      if (n) counts.push(`${group.querySelector("h3")!.textContent}: ${n}`);
    }
    status.textContent = `${counts.join(". ")}.${whole ? "" : " Answer the other questions too, and the list is yours."}`;
  };

  form.addEventListener("change", () => {
    draw();
    const asked = inputs.filter((i) => i.checked && !i.closest("fieldset")!.hidden);
    history.replaceState(null, "", `#${join(asked.map((i) => [i.name, i.value]))}`);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (own.hidden) status.textContent = "Choose an answer first. Then your list stands here.";
    else own.querySelector("h2")!.focus();
  });
  addEventListener("hashchange", () => {
    read();
    draw();
  });
  read();
  rulesAt(root.dataset["rules"]!).then(
    (all) => {
      rules = all;
      draw();
      root.dataset["ready"] = "";
    },
    () => {
      status.textContent = "The list cannot be worked out here just now. Answer one question at a time instead, below.";
    },
  );
}

function mark(name: string, kind: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = text;
  return made;
}
