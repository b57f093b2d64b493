// What it costs and when it can be done: what is known added up, and what is not known named.

import { listed } from "./flags.ts";
import type { Notebook } from "./notebook.ts";
import { costs, finish } from "./outlook.ts";
import type { Bound, Line } from "./outlook.ts";
import type { Desk } from "./planner.ts";
import type { Held, Rules } from "./standing.ts";

/** Brings the two rates to life; the returned function draws the rest. */
export function bill(form: HTMLElement, box: HTMLElement, rules: Rules, desk: Desk): (held: readonly Held[], notebook: Notebook) => void {
  const { element, spell, store, redraw } = desk;
  const rate = (of: "individual" | "group"): HTMLInputElement => form.querySelector<HTMLInputElement>(`#rate-${of}`)!;
  for (const of of ["individual", "group"] as const) {
    rate(of).addEventListener("change", () => {
      const amount = readDollars(rate(of).value);
      rate(of).toggleAttribute("aria-invalid", amount === undefined);
      if (amount === undefined) rate(of).setAttribute("aria-invalid", "true");
      form.querySelector(".fault")?.remove();
      if (amount === undefined) form.append(element("p", { class: "fault small whole", role: "alert" }, "Write a sum in dollars, such as 120 or 62.50."));
      else {
        store.change((before) => ({ ...before, rates: { ...before.rates, [of]: amount } }));
        redraw();
      }
    });
  }
  return (held, notebook) => {
    for (const of of ["individual", "group"] as const) {
      const amount = notebook.rates[of];
      if (document.activeElement !== rate(of) && rate(of).ariaInvalid !== "true") rate(of).value = amount ? spell.dollars(amount).slice(1).replace(",", "") : "";
    }
    box.replaceChildren(...costList(held, notebook, rules, desk), ...dateList(held, notebook, rules, desk));
  };
}

/** Dollars, 0 for nothing; undefined where it is no sum. */
function readDollars(text: string): number | undefined {
  const plain = text.trim().replace(/^\$\s*/, "").replace(/,(?=\d{3}\b)/g, "");
  return /^\d{0,4}(\.\d{1,2})?$/.test(plain) ? +plain || 0 : undefined;
}

/** What a requirement is called, and by whom where there are several. */
function title(held: readonly Held[], set: string, id: string): string {
  const by = held.find((one) => one.set.id === set)?.set;
  const name = by?.requirements.find((r) => r.id === id)?.title ?? id;
  return held.length > 1 && by ? `${name} (${by.name.replace(/^The /, "the ")})` : name;
}

function costList(held: readonly Held[], notebook: Notebook, { courses, awards }: Rules, { element, spell }: Desk): Node[] {
  const cents = (dollars: number): number => Math.round(dollars * 100);
  const sum = (cents: number): string => spell.dollars(cents / 100);
  const found = costs(held.map(({ set }) => set), held.map(({ weighed }) => weighed), courses, awards, { individual: cents(notebook.rates.individual), group: cents(notebook.rates.group) }, spell.today());
  const hourly = { individual: "Supervision alone", group: "Supervision in a group", either: "Supervision, alone or in a group" } as Readonly<Record<string, string>>;
  const what = (line: Line): (Node | string)[] => {
    if (line.code === "course") {
      const course = courses.find(({ id }) => id === line.id);
      return [course ? element("a", { href: course.url }, course.name) : line.id];
    }
    const hours = hourly[line.code];
    return hours ? [hours, element("span", { class: "soft small" }, ` ${spell.inHours(line.quarters_left)} left of ${spell.hours(line.quarters_all)}`)] : [title(held, line.set, line.requirement)];
  };
  const rows = found.lines.map((line) =>
    element("li", {}, element("span", {}, ...what(line)), element("b", {}, line.ask ? "ask" : line.left ? sum(line.left) : line.all ? "paid" : "done")),
  );
  const total = element("li", { class: "total" }, element("span", {}, found.asks ? `Known so far, without ${spell.count(found.asks, "cost", "costs")} to ask about` : "Still to pay"), element("b", {}, sum(found.left)));
  const help = found.awards.map((line) => {
    const award = awards.find(({ id }) => id === line.id);
    return element("p", { class: "small" }, element("b", {}, `${award?.name ?? line.id}: ${award?.amount ?? sum(line.left)}`), award?.for ? ` for ${award.for}` : "", `, not taken off above. ${award?.apply ?? ""}`);
  });
  return found.lines.length ? [element("ul", { class: "plain bill" }, ...rows, total), ...help] : [element("p", { class: "soft" }, "What you chose has no cost of its own that is known here.")];
}

function dateList(held: readonly Held[], notebook: Notebook, { courses }: Rules, { element, spell }: Desk): Node[] {
  const found = finish(held.map(({ set }) => set), held.map(({ weighed }) => weighed), notebook, courses, spell.today());
  const name = (b: Bound): string => title(held, b.set, b.requirement);
  const known = (b: Bound): string =>
    b.code === "shortest"
      ? `${name(b)}: the shortest time it takes ends on ${spell.longDay(b.date)}`
      : b.code === "course"
        ? `${name(b)}: the next course ends on ${spell.longDay(b.date)}`
        : `${name(b)}: at your pace ${spell.span(b.date, b.latest)}`;
  const unknown: Readonly<Record<string, string>> = {
    "course-dates": "its dates are not announced",
    "too-early": "there are too few lines to tell your pace",
    "no-pace": "no hour counted in the last half year",
    time: "how long you have been in practice is not in this log",
    "cannot-start": "it cannot begin yet",
  };
  const open = new Map<string, string[]>();
  for (const b of found.unknown) open.set(b.code, [...(open.get(b.code) ?? []), name(b)]);
  const sentence = !found.date
    ? "Nobody can say yet when you can be done."
    : spell.far(found.date)
      ? "At this pace it takes more than ten years."
      : `${found.unknown.length ? "Not before" : "At the earliest"} ${spell.longDay(found.date)}${found.latest > found.date ? `; if you go on at your slower pace, ${spell.far(found.latest) ? "in more than ten years" : spell.month(found.latest)}` : ""}.`;
  return [
    element("h3", {}, "When you can be done"),
    element("p", {}, sentence),
    ...(found.known.length ? [element("ul", {}, ...found.known.map((b) => element("li", {}, known(b))))] : []),
    ...(open.size ? [element("p", {}, "What is not known:"), element("ul", {}, ...[...open].map(([code, names]) => element("li", {}, `${listed([...new Set(names)])}: ${unknown[code] ?? code}`)))] : []),
  ];
}
