// Brings an open page up to date in place.
//
// The page as it was served is kept beside the page as it stands, each node of the one with its twin in
// the other. What the server sends next is compared with what it sent before, and only where the two
// differ is the standing page touched. So whatever readers and scripts did to the page stays: what is
// equal in both versions is nobody's to change.

/** Thrown where a page cannot be patched: it has to be loaded anew. */
export class Lost extends Error {}

const policy = self.trustedTypes?.createPolicy("nwioi-live", { createHTML: (text) => text, createScript: (text) => text });

/**
 * Parses a page of the server. Scripts in it never run. A parser on its own reads noscript as elements;
 * here it is text, as in a document whose scripts run.
 */
export function parse(text) {
  const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  for (const noscript of page.querySelectorAll("noscript")) noscript.textContent = noscript.innerHTML;
  return page;
}

// Scripts that run, unlike descriptions for search engines.
const runs = "script:not([type]), script[type=module], script[type='text/javascript']";
// What scripts take hold of when a page is loaded, and where they speak.
const held = `${runs}, form, input, select, option, textarea, button, dialog, object, embed, iframe`;
const spoken = "output, [role=status], [role=alert], [aria-live]";

/** A page that can be patched. It has to be made before any script has changed the document. */
export class Page {
  /** @param {Document} live */
  constructor(live) {
    this.live = live;
    this.served = live.documentElement.cloneNode(true);
    this.twins = new WeakMap();
    this.pair(this.served, live.documentElement);
    for (const { firstChild } of this.served.querySelectorAll("noscript")) {
      if (firstChild) firstChild.data = parse(`<body><noscript>${firstChild.data}</noscript>`).querySelector("noscript").textContent;
    }
    this.scripted = Boolean(this.served.querySelector(runs));
  }

  /** Notes that two equal trees stand for each other. */
  pair(served, live) {
    this.twins.set(served, live);
    for (let a = served.firstChild, b = live.firstChild; a; a = a.nextSibling, b = b.nextSibling) this.pair(a, b);
  }

  /**
   * Makes the page what the text says. It throws Lost where that takes loading the page anew; then the
   * page may be patched in part.
   */
  patch(text) {
    const next = parse(text).documentElement;
    if (sources(this.served) !== sources(next)) throw new Lost("another script");
    this.element(this.served, next);
  }

  /** Notes that one node of the standing page has made way for another. */
  replace(old, fresh) {
    for (const served of this.served.querySelectorAll("link")) if (this.twins.get(served) === old) this.twins.set(served, fresh);
  }

  /** The node of the standing page that a served one stands for. */
  twin(served) {
    const live = this.twins.get(served);
    if (!live?.isConnected) throw new Lost("a script took it away");
    return live;
  }

  element(served, next) {
    if (served.isEqualNode(next)) return;
    if (this.scripted && served.matches(spoken)) throw new Lost("a script speaks there");
    this.attributes(served, next);
    this.children(served, next);
  }

  attributes(served, next) {
    for (const name of served.getAttributeNames()) if (!next.hasAttribute(name)) this.attribute(served, name, null);
    for (const name of next.getAttributeNames()) {
      if (served.getAttribute(name) !== next.getAttribute(name)) this.attribute(served, name, next.getAttributeNode(name));
    }
  }

  /** Gives an element an attribute, or takes the one of that name away. */
  attribute(served, name, now) {
    if (this.scripted && name.startsWith("data-")) throw new Lost("a script may have read it");
    const live = this.twin(served);
    const before = served.getAttribute(name);
    set(served, name, now);
    if (name === "href" && live.matches("link[rel~=stylesheet]")) {
      this.twins.set(served, restyle(live, now?.value ?? ""));
    } else if (name === "class" && live.getAttribute("class") !== before) {
      // A script has classes of its own on the element.
      live.classList.remove(...words(before));
      live.classList.add(...words(now?.value));
      if (!now && live.classList.length === 0) live.removeAttribute("class");
    } else {
      set(live, name, now);
    }
  }

  children(served, next) {
    const kept = match([...served.childNodes], [...next.childNodes]);
    const partners = new Set(kept.values());
    for (const child of [...served.childNodes]) {
      if (partners.has(child)) continue;
      this.twin(child).remove();
      child.remove();
    }
    // From the last to the first, so that what stands after a node is settled when it is placed.
    const still = stay([...served.childNodes], [...next.childNodes].map((child) => kept.get(child)));
    let after = null;
    for (let child = next.lastChild; child; ) {
      const previous = child.previousSibling;
      let own = kept.get(child);
      if (!own) {
        own = this.insert(served, child, after);
      } else {
        if (!still.has(own)) this.move(served, own, after);
        if (isElement(own)) this.element(own, child);
        else if (own.data !== child.data) this.text(own, child.data);
      }
      after = own;
      child = previous;
    }
  }

  insert(parent, child, after) {
    if (this.scripted && isElement(child) && holds(child)) throw new Lost("a script has to see it");
    const own = this.live.importNode(child, true);
    const live = this.live.importNode(child, true);
    if (isElement(live)) describe(live);
    this.place(parent, live, after);
    parent.insertBefore(own, after);
    this.pair(own, live);
    return own;
  }

  move(parent, own, after) {
    this.place(parent, this.twin(own), after);
    parent.insertBefore(own, after);
  }

  /** Puts a node before the twin of another one, or behind that of what stands last. */
  place(parent, node, after) {
    const into = this.twin(parent);
    const beside = after ?? parent.lastChild;
    if (beside ? this.twin(beside).parentNode !== into : into.firstChild) throw new Lost("a script has a hand in it");
    let before = null;
    if (after) before = this.twin(after);
    else if (beside) before = this.twin(beside).nextSibling;
    const focused = this.live.activeElement;
    if (node.isConnected && into.moveBefore) into.moveBefore(node, before);
    else into.insertBefore(node, before);
    // Where a browser cannot move a node, it is taken out and put in, which costs it the focus.
    if (node.contains(focused) && focused !== this.live.activeElement) focused.focus({ preventScroll: true });
  }

  /** Changes of a text only what is another one, so that a selection around it stays. */
  text(own, data) {
    const live = this.twin(own);
    const before = own.data;
    own.data = data;
    if (live.data !== before) {
      live.data = data;
      return;
    }
    const shorter = Math.min(before.length, data.length);
    let head = 0;
    while (head < shorter && before[head] === data[head]) head++;
    let tail = 0;
    while (tail < shorter - head && before[before.length - 1 - tail] === data[data.length - 1 - tail]) tail++;
    live.replaceData(head, before.length - head - tail, data.slice(head, data.length - tail));
  }
}

/** Says of the descriptions in an element that their text is meant. They never run. */
function describe(element) {
  for (const script of element.localName === "script" ? [element] : element.querySelectorAll("script")) {
    script.textContent = policy ? policy.createScript(script.textContent) : script.textContent;
  }
}

/** Sets an attribute as it is in another document, its namespace included, or takes it away. */
function set(element, name, attribute) {
  if (attribute) element.setAttributeNode(attribute.cloneNode());
  else element.removeAttribute(name);
}

const words = (value) => (value ?? "").split(/\s+/).filter(Boolean);

/** The scripts of a page, and the templates that they copy: what cannot be changed once they ran. */
const sources = (root) => Array.from(root.querySelectorAll(`${runs}, template`), (element) => element.outerHTML).join("\n");

const hasData = (element) => Array.prototype.some.call(element.attributes, ({ name }) => name.startsWith("data-"));

/** Whether an element is, or has in it, something that scripts take hold of. */
const holds = (element) => element.matches(held) || hasData(element) || [...element.querySelectorAll("*")].some((e) => e.matches(held) || hasData(e));

/** Says which node of the old list each node of the new one continues. */
function match(old, now) {
  const kept = new Map();
  let from = 0;
  let a = old.length;
  let b = now.length;
  while (from < a && from < b && old[from].isEqualNode(now[from])) kept.set(now[from], old[from++]);
  while (a > from && b > from && old[a - 1].isEqualNode(now[b - 1])) kept.set(now[--b], old[--a]);
  let rest = old.slice(from, a);
  const open = now.slice(from, b);
  // First what is named, then what is equal, then what is of a kind and comes in the same order.
  for (const key of [name, content, kind]) {
    const found = new Map();
    for (const node of rest) {
      const k = key(node);
      if (k === null) continue;
      if (!found.has(k)) found.set(k, []);
      found.get(k).push(node);
    }
    for (const node of open) {
      if (kept.has(node)) continue;
      const own = found.get(key(node))?.shift();
      if (own) kept.set(node, own);
    }
    const taken = new Set(kept.values());
    rest = rest.filter((node) => !taken.has(node));
  }
  return kept;
}

const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
const name = (node) => (isElement(node) && named(node) ? `${node.localName} ${named(node)}` : null);
const named = (element) => element.getAttribute("id") || element.getAttribute("data-id");
const content = (node) => (isElement(node) ? node.outerHTML : null);
// What has a name is never turned into something else.
function kind(node) {
  if (!isElement(node)) return `#${node.nodeType}`;
  return named(node) ? null : `${node.localName} ${node.getAttribute("rel") ?? node.getAttribute("property") ?? ""}`;
}

/** The nodes of the old list that can stay where they are while the others are moved into the new order. */
function stay(old, now) {
  const index = new Map(old.map((node, i) => [node, i]));
  const kept = now.filter((node) => node);
  // The longest rising sequence of places: tails[n] ends the best one of n + 1 nodes.
  const tails = [];
  const before = new Map();
  for (const node of kept) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (index.get(tails[middle]) < index.get(node)) low = middle + 1;
      else high = middle;
    }
    before.set(node, tails[low - 1]);
    tails[low] = node;
  }
  const still = new Set();
  for (let node = tails.at(-1); node; node = before.get(node)) still.add(node);
  return still;
}

const replaced = new WeakMap(); // which link a stylesheet came in the place of

/** Puts another stylesheet in the place of one, which makes way when the other has arrived: nothing flashes. */
export function restyle(link, href) {
  const fresh = link.cloneNode();
  fresh.setAttribute("href", href);
  replaced.set(fresh, link);
  fresh.onload = () => {
    for (let old = link; old; old = replaced.get(old)) old.remove();
  };
  link.after(fresh);
  return fresh;
}
