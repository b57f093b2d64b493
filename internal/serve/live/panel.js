// What the server says on a page: what is wrong, which other page was edited, and a small toolbar. It
// stands in a shadow tree: the page's styles do not reach it and its own do not reach the page. What it
// says is only ever set as text.

const HIDDEN = "nwioi-live-hidden"; // in sessionStorage: the toolbar is not wanted
const LINGER = 15000; // milliseconds until the note goes away by itself

export class Panel {
  constructor() {
    this.problems = make("section", { class: "problems", "aria-labelledby": "title", hidden: "" });
    this.note = make("p", { class: "note", role: "status" });
    this.bar = make("nav", { class: "bar", "aria-label": "Editing", hidden: "" });
    this.message = null; // the last one that said what is wrong
    this.warnings = 0;
    this.listed = ""; // what the problems are that are shown
    this.dismissed = ""; // and those that the reader has put away
    this.timer = 0;

    const host = document.createElement("nwioi-live");
    const root = host.attachShadow({ mode: "open" });
    root.append(this.note, this.bar, this.problems);
    this.problems.addEventListener("keydown", (event) => event.key === "Escape" && this.dismiss());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.offer(null));
    for (const type of ["pointerenter", "focusin"]) this.note.addEventListener(type, () => clearTimeout(this.timer));
    for (const type of ["pointerleave", "focusout"]) this.note.addEventListener(type, () => this.linger());
    fetch("/.nwioi/live/panel.css").then(async (answer) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(await answer.text());
      root.adoptedStyleSheets = [sheet];
      document.documentElement.append(host);
    });
  }

  /** Shows the state of the site that a message tells of. */
  show(message) {
    this.message = message;
    const { wrong, first } = message;
    const told = JSON.stringify(wrong ?? "");
    if (!wrong || first) this.close();
    else if (told !== this.listed && told !== this.dismissed) this.list(wrong, told);
    if (!wrong) this.dismissed = "";
    this.toolbar();
  }

  /** Shows what a message says that came after that. */
  also({ warnings = 0, note }) {
    if (note) this.offer(note);
    if (warnings === this.warnings) return;
    this.warnings = warnings;
    this.toolbar();
  }

  /** Offers to go to the page that was edited; null takes the offer back. */
  offer(link) {
    clearTimeout(this.timer);
    this.note.replaceChildren();
    if (!link) return;
    const away = make("button", { type: "button", "aria-label": "Dismiss" }, "\u00d7");
    away.onclick = () => this.offer(null);
    this.note.append(make("span", {}, `You changed ${link.title}.`), " ", make("a", { href: link.href }, "Go there"), away);
    this.linger();
  }

  linger() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.offer(null), LINGER);
  }

  /** Lists what is wrong. */
  list(wrong, told) {
    const focused = this.problems.matches(":focus-within");
    const head = make("header");
    const words = make("div", { role: wrong.errors ? "alert" : "status" });
    words.append(make("h2", { id: "title" }, wrong.errors ? `${wrong.summary} to put right` : number(wrong.warnings, "warning")));
    words.append(make("p", {}, wrong.errors ? "Beneath is the site as it was before." : "The site can be published as it is."));
    const hide = make("button", { type: "button" }, "Hide");
    hide.onclick = () => this.dismiss();
    head.append(words, hide);
    const parts = [head, ...(wrong.broken ?? []).map(file)];
    if (wrong.more) parts.push(make("p", {}, `And ${wrong.more} more, which the terminal lists.`));
    this.problems.replaceChildren(...parts);
    this.problems.classList.toggle("errors", wrong.errors > 0);
    this.problems.hidden = false;
    this.listed = told;
    if (focused) hide.focus();
  }

  dismiss() {
    if (this.message.wrong) this.dismissed = JSON.stringify(this.message.wrong);
    this.close();
    this.toolbar();
  }

  close() {
    this.problems.hidden = true;
    this.problems.replaceChildren();
    this.listed = "";
  }

  toolbar() {
    const { wrong, edit, first } = this.message;
    // A page that is shown in a frame beside its other version is there to be looked at.
    this.bar.hidden = first || window.top !== window || sessionStorage.getItem(HIDDEN) !== null;
    const items = [];
    if (edit) items.push(make("a", { href: edit }, "Edit this page"));
    items.push(make("a", { href: "/.nwioi/changes/" }, "Changed files"));
    const count = wrong ? number(wrong.errors, "error") : this.warnings ? number(this.warnings, "warning") : "";
    if (count && this.problems.hidden) {
      const open = make("button", { type: "button", class: wrong ? "error" : "" }, count);
      open.onclick = () => this.all();
      items.push(open);
    }
    const hide = make("button", { type: "button", "aria-label": "Hide this bar until the tab is closed" }, "\u00d7");
    hide.onclick = () => {
      sessionStorage.setItem(HIDDEN, "yes");
      this.bar.hidden = true;
    };
    this.bar.replaceChildren(...items, hide);
  }

  /** Lists all problems, those that stop nothing too. */
  async all() {
    const answer = await fetch("/.nwioi/problems", { cache: "no-store" });
    const wrong = await answer.json();
    this.dismissed = "";
    this.list(wrong, JSON.stringify(this.message.wrong ?? ""));
    this.toolbar();
    this.problems.querySelector("button").focus();
  }
}

const number = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;

/** What is wrong with one file. */
function file({ path, edit, problems }) {
  const section = make("section");
  section.append(make("h3", {}, make("code", {}, path)));
  if (edit) section.append(make("p", {}, make("a", { href: edit }, "Edit here")));
  const list = make("ol");
  list.append(...problems.map(problem));
  section.append(list);
  return section;
}

function problem({ severity, message, hint, excerpt, places, more }) {
  const li = make("li", { class: severity });
  li.append(make("p", {}, make("strong", {}, severity), " ", message));
  if (excerpt) li.append(make("pre", { tabindex: "0" }, excerpt));
  if (hint) li.append(make("p", { class: "hint" }, hint));
  const list = make("ul", { class: "places" });
  places.forEach(({ at, open }, i) => list.append(make("li", {}, open ? make("a", { href: open }, i ? at : `Open ${at}`) : at)));
  if (more) list.append(make("li", {}, `and ${more} more`));
  li.append(list);
  return li;
}

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
