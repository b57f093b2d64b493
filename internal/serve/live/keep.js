// Loads a page anew without losing the place: what was typed, where the focus and the page stood, and
// what was open are put back afterwards. Browsers do part of this, each another one.

const KEY = "nwioi-live-kept";

/** Loads the page anew. */
export function reload() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(look()));
  } catch {
    // Without storage the page is only loaded.
  }
  location.reload();
}

/** Puts back what reload left, once the page's own scripts have run. */
export function restore() {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
  } catch {
    return;
  }
  if (kept?.page !== location.pathname) return;
  scrollTo({ left: kept.left, top: kept.top, behavior: "instant" });
  const put = () => {
    for (const { at, open } of kept.details) {
      const details = find(at);
      if (details) details.open = open;
    }
    for (const { at, value, checked } of kept.typed) {
      const control = find(at);
      if (!control || control.value === undefined) continue;
      if (checked === null ? control.value === value : control.checked === checked) continue;
      if (checked === null) control.value = value;
      else control.checked = checked;
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const focused = kept.focus && find(kept.focus.at);
    if (focused) {
      focused.focus({ preventScroll: true });
      if (kept.focus.start !== null) focused.setSelectionRange?.(kept.focus.start, kept.focus.end);
    }
    scrollTo({ left: kept.left, top: kept.top, behavior: "instant" });
  };
  if (document.readyState === "complete") put();
  else addEventListener("load", put, { once: true });
}

function look() {
  const focus = document.activeElement;
  return {
    page: location.pathname,
    left: scrollX,
    top: scrollY,
    details: [...document.querySelectorAll("details")].map((d) => ({ at: path(d), open: d.open })),
    typed: [...document.querySelectorAll("input, textarea, select")].filter(changed).map((c) => ({
      at: path(c),
      value: c.value,
      checked: ticks(c) ? c.checked : null,
    })),
    focus: focus && focus !== document.body ? { at: path(focus), start: caret(focus, "selectionStart"), end: caret(focus, "selectionEnd") } : null,
  };
}

const ticks = (control) => control.type === "checkbox" || control.type === "radio";

function changed(control) {
  if (control.type === "password" || control.type === "file" || control.type === "hidden") return false;
  if (ticks(control)) return control.checked !== control.defaultChecked;
  if (control.localName === "select") return [...control.options].some((o) => o.selected !== o.defaultSelected);
  return control.value !== control.defaultValue;
}

function caret(control, which) {
  try {
    return control[which] ?? null;
  } catch {
    return null; // a number or a date has no caret to ask for
  }
}

/** Where an element stands: a selector from the nearest element with an id. */
function path(element) {
  if (element.id) return "#" + CSS.escape(element.id);
  if (!element.parentElement) return element.localName;
  const alike = [...element.parentElement.children].filter((e) => e.localName === element.localName);
  return `${path(element.parentElement)} > ${element.localName}:nth-of-type(${alike.indexOf(element) + 1})`;
}

const find = (at) => document.querySelector(at);
