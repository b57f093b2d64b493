// What the server says on a page: what is wrong, which other page was edited, and a small toolbar. It
// stands in a shadow tree: the page's styles do not reach it and its own do not reach the page. What it
// says is only ever set as text.

const HIDDEN = "nwioi-live-toolbar";

export class Panel {
  constructor(live) {
    this.host = live.createElement("nwioi-live");
    this.root = this.host.attachShadow({ mode: "open" });
    this.problems = make("section", { class: "problems", "aria-labelledby": "title", hidden: "" });
    this.note = make("p", { class: "note", role: "status" });
    this.bar = make("nav", { class: "bar", "aria-label": "Editing", hidden: "" });
    this.root.append(this.problems, this.note, this.bar);
    this.message = null;
    this.dismissed = "";
    this.host.addEventListener("keydown", (event) => this.key(event));
    fetch("/.nwioi/live/panel.css").then(async (answer) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(await answer.text());
      this.root.adoptedStyleSheets = [sheet];
      live.documentElement.append(this.host);
    });
    live.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.offer(null);
    });
  }

  /** Shows the state of the site that a message tells of. */
  show(message) {
    if (message.do === "patch") this.offer(null);
    this.message = message;
    const { wrong, first } = message;
    const same = JSON.stringify(wrong);
    if (!wrong.errors || first) this.close();
    else if (same !== this.dismissed) this.list(wrong, `${wrong.summary} to put right`, "Beneath is the site as it was before.");
    if (!wrong.errors) this.dismissed = "";
    this.toolbar();
  }

  /** Offers to go to the page that was edited; null takes the offer back. */
  offer(link) {
    this.note.replaceChildren();
    if (!link) return;
    const go = make("a", { href: link.href }, "Go there");
    const away = make("button", { type: "button", "aria-label": "Dismiss" }, "\u00d7");
    away.onclick = () => this.offer(null);
    this.note.append(make("span", {}, `You changed ${link.title}.`), " ", go, away);
  }

  list(wrong, title, lead) {
    const head = make("header");
    const words = make("div", { role: wrong.errors ? "alert" : "status" });
    words.append(make("h2", { id: "title" }, title));
    if (lead) words.append(make("p", {}, lead));
    const hide = make("button", { type: "button" }, "Hide");
    hide.onclick = () => this.dismiss();
    head.append(words, hide);
    const open = [head, ...(wrong.broken ?? []).map(file)];
    if (wrong.more) open.push(make("p", {}, `And ${wrong.more} more, which the terminal lists.`));
    this.problems.replaceChildren(...open);
    this.problems.hidden = false;
  }

  dismiss() {
    if (this.message?.wrong.errors) this.dismissed = JSON.stringify(this.message.wrong);
    this.close();
    this.toolbar();
  }

  close() {
    this.problems.hidden = true;
    this.problems.replaceChildren();
  }

  key(event) {
    if (event.key !== "Escape") return;
    if (!this.problems.hidden) this.dismiss();
    this.offer(null);
  }

  toolbar() {
    const { wrong, edit, first } = this.message;
    // A page that is shown in a frame beside its other version is there to be looked at.
    this.bar.hidden = first || window.top !== window || sessionStorage.getItem(HIDDEN) !== null;
    const items = [];
    if (edit) items.push(make("a", { href: edit }, "Edit this page"));
    items.push(make("a", { href: "/.nwioi/changes/" }, "Changed files"));
    const count = wrong.errors ? number(wrong.errors, "error") : wrong.warnings ? number(wrong.warnings, "warning") : "";
    if (count && this.problems.hidden) {
      const button = make("button", { type: "button", class: wrong.errors ? "error" : "" }, count);
      button.onclick = () => this.all();
      items.push(button);
    }
    const hide = make("button", { type: "button", class: "away", "aria-label": "Hide this bar until you close the tab" }, "\u00d7");
    hide.onclick = () => {
      sessionStorage.setItem(HIDDEN, "");
      this.bar.hidden = true;
    };
    this.bar.replaceChildren(...items, hide);
  }

  /** Lists all problems, those that stop nothing too. */
  async all() {
    const answer = await fetch("/.nwioi/problems", { cache: "no-store" });
    const wrong = await answer.json();
    this.dismissed = "";
    this.list(wrong, wrong.errors ? `${wrong.summary} to put right` : number(wrong.warnings, "warning"), "");
    this.toolbar();
    this.problems.querySelector("button").focus();
  }
}

const number = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;

/** What is wrong with one file. */
function file({ path, edit, problems }) {
  const section = make("section");
  const heading = make("h3");
  heading.append(make("code", {}, path));
  section.append(heading);
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
  for (const { at, open } of places) list.append(make("li", {}, open ? make("a", { href: open, title: "Open in your editor" }, at) : make("code", {}, at)));
  if (more) list.append(make("li", {}, `and ${more} more places`));
  li.append(list);
  return li;
}

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
