// Keeps an open page up to date with the files it is made from, while `serve` runs. It is put into
// pages when they are served and is no part of the published site.
"use strict";
(() => {
  const { token, edition } = document.currentScript.dataset;
  let current = edition;
  let stream = null;
  let timer = 0;

  // One stream a page, and none for a page that has been out of sight for a while: a browser opens
  // only six connections to a server.
  function connect() {
    clearTimeout(timer);
    if (stream) return;
    stream = new EventSource(address());
    stream.onmessage = (event) => take(JSON.parse(event.data));
    stream.onerror = () => {
      if (stream && stream.readyState === EventSource.CLOSED) {
        disconnect();
        timer = setTimeout(recover, 1000);
      }
    };
  }

  function disconnect() {
    clearTimeout(timer);
    if (stream) stream.close();
    stream = null;
  }

  function address() {
    return "/.nwioi/events?" + new URLSearchParams({ token, edition: current, page: location.pathname });
  }

  // The stream was refused or the server is gone. A server that was started anew refuses the token of
  // the old run; then this page is loaded anew.
  async function recover() {
    try {
      const answer = await fetch(address(), { method: "HEAD", cache: "no-store" });
      if (answer.status === 403) {
        location.reload();
        return;
      }
      timer = setTimeout(connect, 3000);
    } catch {
      timer = setTimeout(recover, 1000);
    }
  }

  function take(message) {
    if (message.do === "reload") {
      disconnect();
      location.reload();
      return;
    }
    if (message.do === "styles") restyle(message.styles);
    current = String(message.edition);
    if (!message.first) show(message);
  }

  // Each stylesheet makes way for its successor only when that has arrived, so nothing flashes.
  function restyle(hrefs) {
    const links = document.querySelectorAll('link[rel="stylesheet"]');
    links.forEach((link, i) => {
      if (!(i in hrefs)) return;
      const fresh = link.cloneNode();
      const href = new URL(hrefs[i], location.href);
      href.searchParams.set("live", String(Math.random()).slice(2));
      fresh.href = href.pathname + href.search;
      fresh.onload = () => link.remove();
      fresh.onerror = () => fresh.remove();
      link.after(fresh);
    });
  }

  // The diagnostics stand in a shadow tree at the foot of the page: the page's styles do not reach
  // them and theirs do not reach the page. Everything is set as text.
  let host = null;
  let hidden = "";

  function show(message) {
    if (message.problems.length === 0) {
      if (host) host.remove();
      host = null;
      hidden = "";
      return;
    }
    const same = JSON.stringify(message.problems);
    if (same === hidden) return;
    hidden = "";
    if (!host) {
      host = document.createElement("nwioi-problems");
      const shadow = host.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      shadow.adoptedStyleSheets = [sheet];
      document.documentElement.append(host);
    }
    const region = make("section", "", { "aria-labelledby": "title" });
    const head = make("header");
    const words = make("div", "", { role: "alert" });
    words.append(
      make("h2", message.summary + " to put right", { id: "title" }),
      make("p", "Beneath is the site as it was before."),
    );
    const hide = make("button", "Hide", { type: "button" });
    hide.onclick = () => dismiss(same);
    region.onkeydown = (event) => {
      if (event.key === "Escape") dismiss(same);
    };
    head.append(words, hide);
    const list = make("ol");
    for (const problem of message.problems) list.append(item(problem));
    region.append(head, list);
    if (message.more) region.append(make("p", `And ${message.more} more, which the terminal lists.`));
    host.shadowRoot.replaceChildren(region);
  }

  function dismiss(what) {
    hidden = what;
    host.remove();
    host = null;
  }

  function item(problem) {
    const li = make("li", "", { class: problem.severity });
    const place = make("p", "", { class: "place" });
    place.append(make("strong", problem.severity), " ", make("code", problem.place));
    li.append(place, make("p", problem.message));
    if (problem.excerpt) li.append(make("pre", problem.excerpt, { tabindex: "0" }));
    if (problem.hint) li.append(make("p", problem.hint, { class: "hint" }));
    return li;
  }

  function make(name, text = "", attributes = {}) {
    const element = document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  const style = `
    :host {
      all: initial;
      position: fixed;
      inset: auto 0 0 0;
      z-index: 2147483647;
      color-scheme: light dark;
      --paper: #fbf8f2; --ink: #1d2b2a; --line: #b9c4bd; --quiet: #eef1ea; --error: #8c1d18; --warning: #6b4a00;
    }
    @media (prefers-color-scheme: dark) {
      :host { --paper: #14201f; --ink: #edf1ea; --line: #45544f; --quiet: #1e2d2b; --error: #ffb4ab; --warning: #f2c572; }
    }
    @media print { :host { display: none; } }
    section {
      box-sizing: border-box;
      max-height: 60vh;
      overflow: auto;
      padding: 1rem max(1rem, calc(50vw - 28rem)) 1.5rem;
      border-top: 0.25rem solid var(--error);
      background: var(--paper);
      color: var(--ink);
      font: 1rem/1.5 system-ui, sans-serif;
      box-shadow: 0 -0.25rem 1.5rem #0004;
    }
    header { display: flex; gap: 1rem; align-items: start; justify-content: space-between; }
    h2 { margin: 0; font-size: 1.25rem; line-height: 1.3; }
    p { margin: 0.375rem 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
    ol { margin: 0; padding: 0; list-style: none; }
    li { margin: 1rem 0 0; padding-inline-start: 0.75rem; border-inline-start: 0.1875rem solid var(--error); }
    li.warning { border-color: var(--warning); }
    strong { color: var(--error); }
    .warning strong { color: var(--warning); }
    code, pre { font: 0.875rem/1.5 ui-monospace, monospace; }
    pre { margin: 0.5rem 0; padding: 0.5rem 0.75rem; overflow-x: auto; background: var(--quiet); unicode-bidi: isolate; }
    .hint::before { content: "\\2192  "; }
    button {
      min-width: 2.75rem; min-height: 2.75rem; padding: 0 1rem;
      border: 1px solid currentcolor; border-radius: 0.375rem;
      background: transparent; color: inherit; font: inherit; cursor: pointer;
    }
    :focus-visible { outline: 0.1875rem solid var(--ink); outline-offset: 0.125rem; }
  `;

  // A page that sleeps lets go of its stream, and finds out when it wakes what it missed.
  let asleep = 0;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(asleep);
    if (document.hidden) asleep = setTimeout(disconnect, 20000);
    else connect();
  });
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => {
    if (event.persisted) connect();
  });
  connect();
})();
