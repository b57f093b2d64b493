// Makes random pages and random edits of them, and holds the patching to its word.
import { Lost, Page, parse } from "/.nwioi/live/patch.js";

/** Makes random pages from a seed. */
function maker(seed) {
  let state = seed;
  const random = (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const pick = (list) => list[random(list.length)];
  const words = ["tide", "shore", "fog & rain", "a < b", "", "  ", "Ada", "\u00e9t\u00e9"];
  const blocks = ["div", "section", "ul", "li", "details", "p", "table", "form", "blockquote", "svg", "span", "b", "a"];
  const leaves = ["img", "br", "input", "textarea", "select", "noscript", "button", "hr"];
  const names = ["class", "title", "href", "hidden", "open", "value", "id", "data-id", "data-x", "aria-label", "name", "xlink:href"];

  const attributes = (element) => {
    for (let n = random(3); n > 0; n--) {
      const name = pick(names);
      element.setAttribute(name, name === "id" || name === "data-id" ? "n" + random(12) : name === "name" ? pick(["id", "attributes", "name"]) : pick(words));
    }
  };
  const node = (doc, depth) => {
    switch (depth > 4 ? random(2) : random(6)) {
      case 0:
        return doc.createTextNode(pick(words));
      case 1: {
        const leaf = doc.createElement(pick(leaves));
        attributes(leaf);
        if (/textarea|noscript|button/.test(leaf.localName)) leaf.textContent = pick(words);
        return leaf;
      }
      case 2:
        if (random(4) === 0) return doc.createComment(pick(words));
      default: {
        const block = doc.createElement(pick(blocks));
        attributes(block);
        for (let n = random(5); n > 0; n--) block.append(node(doc, depth + 1));
        return block;
      }
    }
  };
  const any = (root) => pick([root, ...root.querySelectorAll("*")]);
  const edit = (doc) => {
    const at = any(doc.body);
    switch (random(7)) {
      case 0:
        at.append(node(doc, 3));
        break;
      case 1:
        at.prepend(node(doc, 3));
        break;
      case 2:
        if (at !== doc.body) at.remove();
        break;
      case 3:
        attributes(at);
        break;
      case 4: {
        const to = any(doc.body);
        if (at !== doc.body && !at.contains(to)) to.insertBefore(at, pick([...to.childNodes, null]));
        break;
      }
      case 5:
        for (const child of [...at.childNodes].sort(() => random(3) - 1)) at.append(child);
        break;
      case 6:
        if (at.firstChild?.nodeType === Node.TEXT_NODE) at.firstChild.data = pick(words) + at.firstChild.data;
        break;
    }
  };
  // What a parser makes of it: markup that no parser would produce comes back as it would be sent.
  const text = (doc) => "<!doctype html>" + doc.documentElement.outerHTML;
  const settled = (doc) => text(parse(text(doc)));
  const page = () => {
    const doc = document.implementation.createHTMLDocument(pick(words));
    for (const [name, value] of [["description", pick(words)], ["robots", "none"]]) {
      if (random(2)) doc.head.append(Object.assign(doc.createElement("meta"), { name, content: value }));
    }
    for (let n = random(6); n > 0; n--) doc.body.append(node(doc, 0));
    attributes(doc.documentElement);
    return doc;
  };
  return { random, pick, any, edit, settled, text, page };
}

/** What a random page has in its body. */
export const body = (seed) => parse(maker(seed).settled(maker(seed).page())).body.innerHTML;

/** Whether the document is what a fresh load of it would be, but for what the server put in. */
export async function fresh() {
  const next = parse(await (await fetch(location.pathname)).text());
  next.querySelector("script[data-edition]").remove();
  const now = document.documentElement.cloneNode(true);
  now.querySelector("nwioi-live").remove();
  for (const noscript of now.querySelectorAll("noscript")) noscript.textContent = parse(`<body><noscript>${noscript.textContent}</noscript>`).querySelector("noscript").textContent;
  return now.isEqualNode(next.documentElement);
}

/**
 * Patches random pages. Afterwards the standing page is the new one, and what scripts put into it is
 * still there. It returns what went wrong.
 */
export function check(seed, rounds) {
  const { random, pick, any, edit, settled, text, page } = maker(seed);
  const wrong = [];
  let patched = 0;
  let lost = 0;
  for (let round = 0; round < rounds && wrong.length < 3; round++) {
    const before = settled(page());
    const doc = random(4) ? parse(before) : page();
    for (let n = random(6); n > 0; n--) edit(doc);
    const after = settled(doc);

    const live = parse(before);
    const standing = new Page(live);
    // Every other page is one that scripts have been at: they add elements and attributes of their own.
    const added = [];
    if (round % 2) {
      for (let n = random(4); n > 0; n--) {
        const own = live.createElement("x-own");
        const at = any(live.body);
        at.insertBefore(own, pick([...at.childNodes, null]));
        added.push(own);
      }
    }
    try {
      standing.patch(after);
    } catch (error) {
      if (!(error instanceof Lost) || added.length === 0) wrong.push({ round, error: String(error.stack), before, after });
      lost++;
      continue;
    }
    patched++;
    for (const own of live.querySelectorAll("x-own")) own.remove();
    if (!live.documentElement.isEqualNode(parse(after).documentElement)) wrong.push({ round, before, after, got: text(live) });
    // And once more, from where it stands: the memory of what was served has to be right as well.
    const third = settled(random(2) ? page() : (edit(doc), doc));
    if (added.length === 0) {
      standing.patch(third);
      if (!live.documentElement.isEqualNode(parse(third).documentElement)) wrong.push({ round, second: true, before: after, after: third, got: text(live) });
    }
  }
  return { wrong, patched, lost };
}
