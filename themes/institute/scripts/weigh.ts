// Weighs a log of hours by what an issuer asks: the same functions, with the same results, as internal/pathway, where
// each is explained. The cases in internal/pathway/testdata/cases.json are run through both.

import { dayOf } from "./civil.ts";

export type Condition = Readonly<Record<string, readonly string[]>>;
export type Profile = Condition;

export interface Amount {
  readonly value: number;
  /** hour, CEU, month, year, person. */
  readonly unit: string;
  /** As pages show it: "50 hours". */
  readonly text: string;
}

export interface Counts {
  readonly kinds?: readonly string[];
  readonly session?: string;
  readonly clients?: string;
  readonly formats?: readonly string[];
  readonly approved_by?: string;
  readonly others_may?: boolean;
  readonly after?: string;
}

export interface Requirement {
  readonly id: string;
  readonly title: string;
  readonly explanation: string;
  readonly kind: string;
  readonly step?: string;
  readonly track?: string;
  readonly one_of?: string;
  readonly course?: string;
  readonly url?: string;
  readonly target?: Amount;
  readonly shortest?: Amount;
  readonly at_least?: Amount;
  readonly at_most?: Amount;
  readonly part_of?: string;
  readonly defines?: string;
  readonly counts?: Counts;
  readonly applies_to?: Condition;
  readonly met_by?: Condition;
  readonly starts_when?: Condition;
  readonly depends_on?: readonly string[];
  /** "$700", "ask"; absent: no cost of its own. */
  readonly cost?: string;
  readonly cents?: number;
  readonly also_counts?: readonly string[];
}

/** What one issuer asks, as /data/pathway.json has it. */
export interface RuleSet {
  readonly id: string;
  readonly series: string;
  readonly name: string;
  readonly issuer: string;
  readonly version?: string;
  readonly as_of: string;
  readonly reviewed?: string;
  readonly source: string;
  readonly notice?: string;
  readonly state?: string;
  readonly from?: string;
  readonly until?: string;
  readonly tracks?: readonly { readonly id: string; readonly label: string }[];
  readonly requirements: readonly Requirement[];
}

export interface Entry {
  readonly id: string;
  readonly date: string;
  readonly kind: string;
  readonly quarters: number;
  readonly session: string;
  readonly people: number;
  readonly format: string;
  readonly clients: string;
  readonly supervisor: string;
}

export interface Log {
  readonly entries: readonly Entry[];
  readonly supervisors: readonly { readonly name: string; readonly aasect: string; readonly aamft: string }[];
  readonly marks: Readonly<Record<string, string>>;
  readonly degree: string;
  readonly contract: string;
  readonly profile: Profile;
  readonly tracks: Readonly<Record<string, string>>;
}

export type State = "todo" | "doing" | "done" | "blocked" | "covered" | "not-asked" | "rule";

export interface Reason {
  readonly code: string;
  readonly id: string;
  readonly one_of: string;
}

/** How one requirement stands; hours in quarters. */
export interface Tally {
  id: string;
  state: State;
  reasons: Reason[];
  target: number;
  counted: number;
  over: number;
  doubtful: number;
  left: number;
  count: number;
  first: string;
  lately: number;
}

export interface Flag {
  readonly kind: "over" | "doubtful" | "not-counted" | "missing";
  readonly code: string;
  readonly requirement: string;
  readonly quarters: number;
}

/** What one entry is for one set. */
export interface Verdict {
  entry: string;
  session: string;
  counts: { readonly requirement: string; readonly quarters: number }[];
  quarters: number;
  flags: Flag[];
}

export interface Weighed {
  readonly set: string;
  readonly requirements: readonly Tally[];
  readonly entries: readonly Verdict[];
}

export interface Choice {
  set: RuleSet;
  exact: boolean;
  why: "" | "no-contract" | "too-early" | "too-late";
}

const LATELY = 180; // days
const MOST_QUARTERS = 96;
const MOST_PEOPLE = 99;
const NO_DAY = 2_932_896;

const order = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** A value of a record by a key that may be any text. */
const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined);

/** What is wrong with an entry, as codes. */
export function validate(e: Entry): string[] {
  const faults: string[] = [];
  const fault = (is: boolean, code: string): void => {
    if (is) faults.push(code);
  };
  fault(!e.date, "date-missing");
  fault(!!e.date && dayOf(e.date) === undefined, "date-impossible");
  fault(!(e.quarters > 0), "hours-missing");
  fault(e.quarters > MOST_QUARTERS, "hours-too-many");
  fault(e.quarters > 0 && !Number.isInteger(e.quarters), "hours-not-quarters");
  fault(!["supervision", "sex-therapy", "other-therapy", "other-practice"].includes(e.kind), "kind-unknown");
  fault(!["", "individual", "group"].includes(e.session), "session-unknown");
  fault(!["", "in-person", "video"].includes(e.format), "format-unknown");
  fault(!["", "one", "couple-or-family", "group"].includes(e.clients), "clients-unknown");
  fault(!(e.people >= 0 && e.people <= MOST_PEOPLE && Number.isInteger(e.people)), "people-impossible");
  return faults;
}

/** Of each series the set in force on the day the contract was signed, or else the nearest. */
export function choose(sets: readonly RuleSet[], contract: string, today: string): Choice[] {
  const known = dayOf(contract) !== undefined;
  const day = dayOf(contract) ?? dayOf(today) ?? 0;
  const choices: Choice[] = [];
  for (const set of sets) {
    const choice = choices.find((c) => c.set.series === set.series);
    if (!choice) {
      choices.push({ set, exact: false, why: "" });
      continue;
    }
    const gained = away(choice.set, day)[0] - away(set, day)[0];
    if (gained > 0 || (gained === 0 && (set.from ?? "") > (choice.set.from ?? ""))) choice.set = set;
  }
  for (const c of choices) {
    const why = away(c.set, day)[1];
    if (!c.set.from && !c.set.until) c.exact = true;
    else if (!known) c.why = "no-contract";
    else [c.exact, c.why] = [!why, why];
  }
  return choices;
}

function away(set: RuleSet, day: number): [number, Choice["why"]] {
  const from = dayOf(set.from ?? "");
  const until = dayOf(set.until ?? "");
  if (from !== undefined && day < from) return [from - day, "too-early"];
  if (until !== undefined && day > until) return [day - until, "too-late"];
  return [0, ""];
}

type Answer = "yes" | "no" | "unsaid";

/** Whether a profile meets a condition, and the question whose answer contradicts it. */
function meets(condition: Condition | undefined, profile: Profile): [Answer, string] {
  let met: Answer = "yes";
  for (const question of Object.keys(condition ?? {}).sort()) {
    const given = own(profile, question) ?? [];
    if (!given.length) met = "unsaid";
    else if (!given.some((answer) => condition![question]!.includes(answer))) return ["no", question];
  }
  return [met, ""];
}

/** Which hours count toward a requirement, with what it takes from its whole. */
interface Hours {
  readonly kinds: readonly string[];
  readonly session: string;
  readonly clients: string;
  readonly formats: readonly string[];
  readonly approvedBy: string;
  readonly othersMay: boolean;
  readonly after: string;
}

/** A requirement while a log is weighed. */
interface Rule {
  readonly asks: Requirement;
  readonly tally: Tally;
  /** What it is a part of, and those of its own parts that are weighed. */
  readonly whole: Rule | undefined;
  readonly parts: Rule[];
  readonly hours: Hours;
  readonly weighs: boolean;
  readonly sizes: Sizes;
  /** The most quarters that count, and what is left of them. */
  readonly limit: number | undefined;
  room: number;
  /** Whether it or a part of it has a limit. */
  limits: boolean;
}

/** Weighs a log by a set, as of a day. */
export function weigh(set: RuleSet, log: Log, today: string): Weighed {
  const now = dayOf(today) ?? NO_DAY;
  const supervisors = new Map([...log.supervisors].reverse().map((s) => [s.name, s]));
  const rules = rulesOf(set);
  const track = [set.id, set.series].map((key) => own(log.tracks, key)).find((id) => set.tracks?.some((t) => t.id === id));
  for (const rule of rules) ask(rule, track, log.profile);

  const take = (rule: Rule, e: Entry, day: number, v: Verdict, took: Map<Rule, number>): number => {
    let pass: number | undefined;
    for (const part of rule.parts) {
      if (part.tally.state === "not-asked" || (pass !== undefined && part.limits)) continue;
      const { is, flags } = judge(part, e, day);
      if (is === "yes") {
        const passed = take(part, e, day, v, took);
        if (part.limits) pass = passed;
      } else if (is === "unsaid") {
        doubt(part, e, day);
        flag(v, flags);
      }
    }
    pass ??= e.quarters;
    if (rule.limit !== undefined) {
      const over = pass - rule.room;
      if (over > 0) {
        flag(v, [{ kind: "over", code: "cap", requirement: rule.asks.id, quarters: over }]);
        pass = rule.room;
      }
      rule.room -= pass;
    }
    const t = rule.tally;
    t.over += e.quarters - pass;
    if (pass > 0) {
      t.counted += pass;
      t.count++;
      t.first ||= e.date;
      if (day > now - LATELY) t.lately += pass;
    }
    took.set(rule, pass);
    return pass;
  };

  const doubt = (rule: Rule, e: Entry, day: number): void => {
    rule.tally.doubtful += e.quarters;
    for (const part of rule.parts) if (part.tally.state !== "not-asked" && judge(part, e, day).is !== "no") doubt(part, e, day);
  };

  /** Judges an entry by a requirement. */
  const judge = ({ asks: { id }, hours: c, sizes }: Rule, e: Entry, day: number): { is: Answer; flags: Flag[] } => {
    if (!c.kinds.includes(e.kind)) return { is: "no", flags: [] };
    const refused: Flag[] = [];
    const open: Flag[] = [];
    const refuse = (code: string, requirement = id): unknown => refused.push({ kind: "not-counted", code, requirement, quarters: e.quarters });
    const miss = (code: string, requirement = id): unknown => open.push({ kind: "missing", code, requirement, quarters: e.quarters });
    const size = sizeOf(sizes, e);
    if (size.is === "refused") refuse("group-size", size.rule);
    else if (size.is === "unknown") miss("group-size", size.rule);
    if (c.session && size.session !== c.session && size.is !== "refused") {
      if (size.session) return { is: "no", flags: [] };
      if (size.is !== "unknown") miss("session");
    }
    if (c.clients && e.clients !== c.clients) {
      if (e.clients) return { is: "no", flags: [] };
      miss("clients");
    }
    if (c.formats.length && !c.formats.includes(e.format)) {
      if (e.format) refuse("format");
      else if (!["in-person", "video"].every((format) => c.formats.includes(format))) miss("format");
    }
    if (c.approvedBy) {
      const by = supervisors.get(e.supervisor);
      const approved = by && (c.approvedBy === "aasect" ? by.aasect : c.approvedBy === "aamft" ? by.aamft : "");
      if (!e.supervisor) miss("supervisor");
      else if (approved === "no" && !c.othersMay) refuse("approval");
      else if (approved !== "yes") open.push({ kind: "doubtful", code: approved === "no" ? "others-may" : "approval", requirement: id, quarters: e.quarters });
    }
    if (c.after === "degree") {
      const posted = dayOf(log.degree);
      const [finished] = meets({ degree: ["finished"] }, log.profile);
      if (posted !== undefined) day < posted && refuse("before-degree");
      else if (finished === "no") refuse("no-degree");
      else if (finished === "unsaid") miss("degree");
    }
    return refused.length ? { is: "no", flags: refused } : { is: open.length ? "unsaid" : "yes", flags: open };
  };

  const verdict = (e: Entry): Verdict => {
    const v: Verdict = { entry: e.id, session: "", counts: [], quarters: 0, flags: [] };
    const wanting = rules.filter((r) => r.weighs && !r.whole?.weighs && r.tally.state !== "not-asked" && r.hours.kinds.includes(e.kind));
    const dismiss = (code: string, requirement = ""): Verdict => {
      flag(v, [{ kind: "not-counted", code, requirement, quarters: e.quarters }]);
      return v;
    };
    const [fault] = validate(e);
    if (fault) return dismiss(fault);
    if (!wanting.length) return v;
    const day = dayOf(e.date)!;
    if (day > now) return dismiss("future");
    const took = new Map<Rule, number>();
    const sessions = new Set(wanting.map((rule) => sizeOf(rule.sizes, e).session));
    if (sessions.size === 1) [v.session] = sessions as Set<string> & [string];
    for (const rule of wanting) {
      const { is, flags } = judge(rule, e, day);
      flag(v, flags);
      if (is === "yes") take(rule, e, day, v, took);
      else if (is === "unsaid") doubt(rule, e, day);
    }
    for (const rule of rules) {
      const quarters = took.get(rule) ?? 0;
      if (quarters > 0) v.counts.push({ requirement: rule.asks.id, quarters });
      v.quarters = Math.max(v.quarters, quarters);
    }
    return v.counts.length || v.flags.length ? v : dismiss("no-place", wanting[0]!.asks.id);
  };

  const entries = [...log.entries].sort(byDay).map(verdict);
  settle(set, rules, log);
  return { set: set.id, requirements: rules.map(({ tally }) => tally), entries };
}

function flag(v: Verdict, flags: readonly Flag[]): void {
  for (const f of flags) {
    if (!v.flags.some((g) => g.kind === f.kind && g.code === f.code && g.requirement === f.requirement && g.quarters === f.quarters)) v.flags.push(f);
  }
}

/** By day, then by all else that a rule may look at, then by id. */
const byDay = (a: Entry, b: Entry): number =>
  order(a.date, b.date) || order(a.kind, b.kind) || order(a.quarters, b.quarters) || order(a.session, b.session) || order(a.people, b.people) ||
  order(a.format, b.format) || order(a.clients, b.clients) || order(a.supervisor, b.supervisor) || order(a.id, b.id);

/** The requirements of a set, ready to be weighed. */
function rulesOf(set: RuleSet): Rule[] {
  const named = new Map<string, Requirement>();
  for (const r of set.requirements) if (!named.has(r.id)) named.set(r.id, r);
  const up = (r: Requirement): Requirement | undefined => (r.part_of === undefined ? undefined : named.get(r.part_of));
  /** Parts that are parts of each other have no whole. */
  const inCircle = (r: Requirement): boolean => {
    let at: Requirement | undefined = r;
    for (let i = 0; at && i < set.requirements.length; i++) at = up(at);
    return !!at;
  };
  const sizes = new Map<string, Sizes>();
  const made = new Map<Requirement, Rule>();
  const make = (r: Requirement): Rule => {
    const already = made.get(r);
    if (already) return already;
    const above = inCircle(r) ? undefined : up(r);
    const track = r.track ?? "";
    if (!sizes.has(track)) sizes.set(track, sizesOn(set, track));
    const whole = above && make(above);
    const hours = hoursOf(r, whole);
    const weighs = hours.kinds.length > 0;
    const limit = weighs ? quartersOf(r.at_most) : undefined;
    const target = weighs ? Math.max(quartersOf(r.target) ?? 0, quartersOf(r.at_least) ?? 0) : 0;
    const tally: Tally = { id: r.id, state: "todo", reasons: [], target, counted: 0, over: 0, doubtful: 0, left: 0, count: 0, first: "", lately: 0 };
    const rule: Rule = { asks: r, tally, whole, sizes: sizes.get(track)!, hours, weighs, parts: [], limit, room: limit ?? 0, limits: false };
    made.set(r, rule);
    return rule;
  };
  const rules = set.requirements.map(make);
  for (const rule of rules) {
    if (!rule.weighs) continue;
    if (rule.whole?.weighs) rule.whole.parts.push(rule);
    if (rule.limit !== undefined) for (let at: Rule | undefined = rule; at; at = at.whole) at.limits = true;
  }
  return rules;
}

/** A part takes from its whole what it leaves empty. */
function hoursOf(r: Requirement, whole: Rule | undefined): Hours {
  const weighs = !!r.counts && !r.defines;
  const c = r.counts ?? {};
  const of = weighs && whole?.weighs ? whole.hours : undefined;
  return {
    kinds: !weighs ? [] : c.kinds?.length ? c.kinds : (of?.kinds ?? []),
    session: c.session || of?.session || "",
    clients: c.clients || of?.clients || "",
    formats: c.formats?.length ? c.formats : (of?.formats ?? []),
    approvedBy: c.approved_by || of?.approvedBy || "",
    othersMay: c.approved_by || !of ? !!c.others_may : of.othersMay,
    after: c.after || of?.after || "",
  };
}

/** An amount of hours in quarters, or undefined where it is none. */
const quartersOf = (a: Amount | undefined): number | undefined => (a?.unit === "hour" && a.value >= 0 ? Math.floor(Math.min(a.value, 1e6) * 4 + 0.5) : undefined);

/** Settles whether a requirement is asked of the person. */
function ask(rule: Rule, track: string | undefined, profile: Profile): void {
  for (let at: Rule | undefined = rule; at; at = at.whole) {
    const [met, question] = meets(at.asks.applies_to, profile);
    const other = at.asks.track && track && at.asks.track !== track;
    if (!other && met !== "no") continue;
    put(rule, "not-asked", other ? { code: "track", id: at.asks.track! } : { code: "answer", id: question });
    return;
  }
}

function put({ tally }: Rule, state: State, ...reasons: { code: string; id?: string; one_of?: string }[]): void {
  tally.state = state;
  tally.reasons = reasons.map(({ code, id = "", one_of = "" }) => ({ code, id, one_of }));
}

/** What is meant by an individual and by a group session, in people in training. */
interface Sizes {
  readonly alone: Requirement | undefined;
  readonly group: Requirement | undefined;
  readonly leastAlone: number;
  readonly mostAlone: number;
  readonly leastInGroup: number;
  readonly mostInGroup: number;
}

function sizesOn(set: RuleSet, track: string): Sizes {
  const defines = (what: string): Requirement | undefined => set.requirements.find((r) => r.defines === what && (!r.track || r.track === track));
  const people = (a: Amount | undefined): number | undefined => (a?.unit === "person" && a.value >= 0 ? Math.floor(Math.min(a.value, MOST_PEOPLE)) : undefined);
  const alone = defines("individual");
  const group = defines("group");
  const least = people(group?.at_least);
  const mostAlone = people(alone?.at_most) ?? (least !== undefined ? Math.max(least - 1, 0) : alone ? MOST_PEOPLE : 1);
  return {
    alone,
    group,
    leastAlone: Math.max(people(alone?.at_least) ?? 1, 1),
    mostAlone,
    leastInGroup: least ?? mostAlone + 1,
    mostInGroup: people(group?.at_most) ?? MOST_PEOPLE,
  };
}

interface Size {
  readonly session: string;
  readonly is: "known" | "unknown" | "refused";
  /** The requirement that says so. */
  readonly rule: string;
}

/** What an entry is by its size: first it is tried as an individual session, then as a group. */
function sizeOf(s: Sizes, e: Entry): Size {
  if (e.kind !== "supervision" || (!s.alone && !s.group)) return { session: e.session, is: "known", rule: "" };
  const n = e.people || (e.session === "individual" ? 1 : 0);
  const blame = !s.group || (n > 0 && n < s.leastAlone && s.alone) ? s.alone! : s.group;
  if (!n) return { session: e.session === "group" && s.mostAlone < 2 ? "group" : "", is: "unknown", rule: blame.id };
  if (s.leastAlone <= n && n <= s.mostAlone) return { session: "individual", is: "known", rule: "" };
  if (s.leastInGroup <= n && n <= s.mostInGroup) return { session: "group", is: "known", rule: "" };
  return { session: "", is: "refused", rule: blame.id };
}

/** Says how each requirement stands, once all entries are weighed. */
function settle(set: RuleSet, rules: readonly Rule[], log: Log): void {
  const named = new Map([...rules].reverse().map((rule) => [rule.asks.id, rule]));
  const open = ({ tally }: Rule): boolean => tally.state === "todo";
  const mark = ({ asks }: Rule): string | undefined => own(log.marks, `${set.id}/${asks.id}`);
  const bounds = ({ asks: r }: Rule): boolean => !!r.defines || (!!r.at_most && !!r.part_of && !r.target && !r.at_least);
  const goal = ({ tally, parts }: Rule): boolean => tally.target > 0 || parts.some(goal);
  /** Gives every requirement the state that it or something it is a part of has. */
  const inherit = (state: State, why: (rule: Rule) => Parameters<typeof put>[2][]): void => {
    const reasons = new Map(rules.map((rule) => [rule, open(rule) ? why(rule) : []]));
    for (const rule of rules) {
      for (let at: Rule | undefined = rule; at && open(rule); at = at.whole) if (reasons.get(at)!.length) put(rule, state, ...reasons.get(at)!);
    }
  };

  inherit("done", (rule) => {
    const wanted = rule.asks.met_by ?? {};
    if (mark(rule) === "done") return [{ code: "mark" }];
    const [question] = Object.keys(wanted).sort();
    return question && meets(wanted, log.profile)[0] === "yes" ? [{ code: "answer", id: question }] : [];
  });
  for (const rule of rules) rule.tally.left = left(rule, open);
  for (const rule of rules) if (open(rule) && goal(rule) && !rule.tally.left) put(rule, "done", { code: "hours" });
  inherit("covered", (rule) => {
    const { one_of: name, track } = rule.asks;
    const other = name && rules.find((r) => r !== rule && r.asks.one_of === name && r.asks.track === track && r.tally.state === "done");
    return other ? [{ code: "one-of", id: other.asks.id }] : [];
  });
  inherit("blocked", (rule) => {
    const [met, question] = meets(rule.asks.starts_when, log.profile);
    const first = (rule.asks.depends_on ?? []).map((id) => named.get(id)).filter((r) => r && r !== rule && open(r) && !bounds(r)) as Rule[];
    return [...(met === "no" ? [{ code: "answer", id: question }] : []), ...first.map(({ asks }) => ({ code: "depends-on", id: asks.id, one_of: asks.one_of ?? "" }))];
  });
  for (const rule of rules) {
    const { tally } = rule;
    if (["done", "covered", "not-asked"].includes(tally.state)) tally.left = 0;
    else if (bounds(rule)) put(rule, "rule");
    else if (open(rule) && (tally.counted + tally.over + tally.doubtful > 0 || mark(rule) === "doing")) put(rule, "doing");
  }
}

/** The quarters that are missing: to the requirement's own target, and to those of its parts. */
function left(rule: Rule, open: (rule: Rule) => boolean): number {
  if (!open(rule)) return 0;
  const most = { individual: 0, group: 0, "": 0 };
  for (const part of rule.parts) {
    const session = part.hours.session as keyof typeof most;
    most[session] = Math.max(most[session], left(part, open));
  }
  return Math.max(rule.tally.target - rule.tally.counted, most.individual + most.group, most[""], 0);
}
