// The form of a record: collects what it says, shows the page as it will be, and saves. The list of all
// records uses the same file. Everything is set as text; nothing here makes markup of what somebody typed.
"use strict";
(() => {
  const { file, page, today, noun } = document.body.dataset;
  let { token, base } = document.body.dataset;
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  function make(name, text = "", attributes = {}) {
    const element = document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  // Asks the server. A server that was started anew has another token; then the new one is fetched once.
  async function ask(action, body, again = true) {
    const json = !(body instanceof FormData);
    const answer = await fetch("/.nwioi/edit/" + action, {
      method: "POST",
      headers: json ? { "X-Nwioi-Token": token, "Content-Type": "application/json" } : { "X-Nwioi-Token": token },
      body: json ? JSON.stringify(body) : body,
    });
    if (answer.status === 403 && again) {
      await renew();
      return ask(action, body, false);
    }
    if (!(answer.headers.get("Content-Type") || "").startsWith("application/json")) throw new Error((await answer.text()).trim());
    const result = await answer.json();
    if (result.sorry) throw new Error(result.sorry);
    return result;
  }

  async function renew() {
    const text = await (await fetch(location.href)).text();
    const found = /data-token="([^"]+)"/.exec(text);
    if (found) token = found[1];
  }

  window.nwioiEdit = { ask, get base() { return base; }, photoSaved };

  if (!file) {
    list();
    return;
  }

  // ---- What the form says.

  const form = $("#form");
  const fieldsOf = (element) => {
    const inner = $(":scope > .fields, :scope > fieldset > .fields", element);
    return inner ? [...inner.children].filter((f) => f.dataset.control) : [];
  };
  const itemsOf = (element) => [...$(":scope > .items", element).children];
  const fieldOf = (item) => $(":scope > .field, :scope > .entry > .field", item);
  const input = (element) => $("input, textarea, select", element);

  function collect(element) {
    switch (element.dataset.control) {
      case "group": {
        const group = {};
        for (const field of fieldsOf(element)) {
          const value = collect(field);
          if (value !== undefined) group[field.dataset.key] = value;
        }
        return group;
      }
      case "list":
        return itemsOf(element).map((item) => ({ from: Number(item.dataset.from), value: collect(fieldOf(item)) }));
      case "entries": {
        const group = {};
        for (const key of JSON.parse(element.dataset.gone || "[]")) group[key] = null;
        for (const item of itemsOf(element)) {
          const name = $(":scope > .new-key input", item);
          const key = name ? name.value.trim() : item.dataset.key;
          const value = collect(fieldOf(item));
          if (key && value !== undefined) group[key] = value;
        }
        return group;
      }
      case "choices":
        return all("input[type=checkbox]:checked", element).map((box) => box.value);
      case "radio": {
        const chosen = $("input:checked", element);
        return chosen ? chosen.value : "";
      }
      case "check":
        return input(element).checked ? "true" : element.dataset.was ? "false" : "";
      case "kept":
        return undefined;
    }
    return input(element).value;
  }

  function asked() {
    const values = {};
    const body = { file, base, page, values };
    for (const field of all("#form > .section > .fields > .field")) {
      const { control, key } = field.dataset;
      if (control === "source") body.source = input(field).value;
      else if (key === "") Object.assign(values, collect(field));
      else if (key === "body") body.body = input(field).value;
      else {
        const value = collect(field);
        if (value !== undefined) values[key] = value;
      }
    }
    return body;
  }

  // ---- The page as it will be, and what is wrong: one question at a time, the next with all that was
  // typed meanwhile.

  const state = $("#state");
  const save = $("#save");
  let asking = false;
  let more = false;
  let changed = 0;

  async function check() {
    if (asking) {
      more = true;
      return;
    }
    asking = true;
    do {
      more = false;
      try {
        const answer = await ask("check", asked());
        if (!more || changed === 0) tell(answer.changed);
        show(answer.problems);
        look(answer);
      } catch (error) {
        say(error.message === "Failed to fetch" ? "The server does not answer. What you typed is still here." : error.message);
      }
    } while (more);
    asking = false;
  }

  function say(sentence) {
    if (state.textContent !== sentence) state.textContent = sentence;
  }

  function tell(n) {
    changed = n;
    save.disabled = n === 0;
    say(n === 0 ? "Nothing changed yet" : n === 1 ? "1 change, not saved" : n + " changes, not saved");
  }

  function look({ preview, absent }) {
    const note = $("#absent");
    note.hidden = !absent;
    note.textContent = absent;
    const [shown, other] = all(".frames iframe").sort((a, b) => Number(a.hidden) - Number(b.hidden));
    $(".frames").hidden = !preview;
    if (!preview) return;
    other.onload = () => {
      other.onload = null;
      const at = shown.contentWindow ? shown.contentWindow.scrollY : 0;
      other.hidden = false;
      other.contentWindow.scrollTo({ top: at, behavior: "instant" });
      shown.hidden = true;
    };
    other.src = preview;
  }

  // Each problem stands at the innermost field that is on the form.
  function place(path) {
    for (let at = path; at; at = at.slice(0, Math.max(0, Math.max(at.lastIndexOf("."), at.lastIndexOf("["))))) {
      const field = $(`.field[data-path="${CSS.escape(at)}"]`, form);
      if (field) return field;
    }
    return null;
  }

  const rank = { error: 0, warning: 1, note: 2 };
  const word = { error: "To put right", warning: "Worth a look", note: "Note" };

  function show(problems) {
    for (const old of all(".wrong", form)) {
      old.hidden = true;
      old.replaceChildren();
    }
    for (const field of all("[aria-invalid]", form)) field.removeAttribute("aria-invalid");
    problems.sort((a, b) => rank[a.severity] - rank[b.severity]);
    const summary = $("#summary");
    const list = $("ul", summary);
    list.replaceChildren();
    for (const problem of problems) {
      const field = place(problem.field);
      const at = field ? $(":scope > .wrong, :scope > fieldset > .wrong", field) : null;
      const sentence = problem.message.charAt(0).toUpperCase() + problem.message.slice(1);
      if (at) {
        const p = make("p", "", { class: problem.severity });
        p.append(make("strong", word[problem.severity]), " ", (problem.missing ? "This is needed" : sentence) + ". ", problem.hint ? make("span", "→ " + problem.hint, { class: "remedy" }) : "");
        at.append(p);
        at.hidden = false;
        if (problem.severity === "error") (input(field) || field).setAttribute("aria-invalid", "true");
        for (let around = at.closest("details"); around && problem.severity === "error"; around = around.parentElement.closest("details")) around.open = true;
      }
      if (problem.severity === "error" || !at) {
        const li = make("li");
        if (field) {
          const link = make("a", sentence, { href: "#" });
          link.onclick = (event) => {
            event.preventDefault();
            focusOn(field);
          };
          li.append(link);
        } else {
          li.append(sentence + ". ", problem.hint || "", problem.line > 1 ? ` (line ${problem.line})` : "");
        }
        list.append(li);
      }
    }
    const errors = problems.filter((p) => p.severity === "error").length;
    $("#summary-title").textContent = errors === 0 ? "Worth a look" : errors === 1 ? "One thing to put right" : errors + " things to put right";
    summary.classList.toggle("bad", errors > 0);
    summary.hidden = list.children.length === 0;
  }

  function focusOn(field) {
    for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    field.scrollIntoView({ block: "center" });
    (input(field) || field).focus({ preventScroll: true });
  }

  // ---- Lists.

  // A further item is a copy of the list's template; ~1, ~2, … in it stand for numbers that are not given
  // yet, one for each list that it lies in.
  let fresh = 0;
  function fill(fragment, mark, number) {
    for (const element of all("*", fragment)) {
      for (const attribute of [...element.attributes]) {
        if (attribute.value.includes(mark)) attribute.value = attribute.value.replaceAll(mark, number);
      }
      if (element.localName === "template") fill(element.content, mark, number);
    }
  }

  function add(list) {
    const copy = $(":scope > template", list).content.cloneNode(true);
    fresh++;
    fill(copy, "~" + list.dataset.depth, "new" + fresh);
    const item = copy.firstElementChild;
    if (list.dataset.control === "entries") {
      const id = "key-" + fresh;
      const wrap = make("div", "", { class: "new-key" });
      wrap.append(make("label", "Name of this entry", { for: id }), make("input", "", { id, type: "text" }));
      delete item.dataset.key;
      item.insertBefore(wrap, item.lastElementChild);
    }
    $(":scope > .items", list).append(copy);
    ready(item);
    number(list);
    const first = input(item);
    if (first) first.focus();
    check();
  }

  function number(list) {
    const items = itemsOf(list);
    items.forEach((item, i) => {
      const name = list.dataset.control === "entries" ? item.dataset.key || "New" : list.dataset.noun + " " + (i + 1);
      const count = $(":scope > .item-bar > .count", item);
      count.textContent = list.dataset.control === "entries" ? name : name.charAt(0).toUpperCase() + name.slice(1);
      const own = $(":scope > .field > label", item);
      if (own) own.textContent = count.textContent;
      const buttons = { up: "Move up", down: "Move down", remove: "Remove" };
      for (const [kind, words] of Object.entries(buttons)) {
        const button = $(":scope > .item-bar > ." + kind, item);
        button.setAttribute("aria-label", words + ": " + name);
        button.hidden = kind !== "remove" && (list.dataset.control === "entries" || items.length < 2);
      }
      $(":scope > .item-bar > .up", item).disabled = i === 0;
      $(":scope > .item-bar > .down", item).disabled = i === items.length - 1;
    });
  }

  // ---- What each control shows of itself.

  function ready(within) {
    for (const list of all("[data-control=list], [data-control=entries]", within)) number(list);
    for (const choices of all("[data-control=choices]", within)) chosen(choices);
    for (const counted of all("[data-max]:is(input, textarea)", within)) count(counted);
  }

  function chosen(choices) {
    const boxes = all("input[type=checkbox]", choices);
    const labels = boxes.filter((b) => b.checked).map((b) => b.parentElement.textContent.trim());
    const most = Number(choices.dataset.max);
    const words = labels.length === 0 ? "None chosen" : labels.length + (most ? " of at most " + most : "") + " chosen: " + labels.join(", ");
    $(".chosen", choices).textContent = words;
  }

  function count(counted) {
    const most = Number(counted.dataset.max);
    const length = [...counted.value].length;
    let note = counted.parentElement.querySelector(".length");
    if (!note) {
      note = make("p", "", { class: "length help" });
      counted.after(note);
    }
    note.textContent = length > most * 0.6 ? `${length} of ${most} characters` : "";
    note.classList.toggle("over", length > most);
  }

  form.addEventListener("input", (event) => {
    const target = event.target;
    if (target.matches(".filter")) {
      const words = target.value.toLowerCase().split(/\s+/);
      for (const li of all("li", target.parentElement)) {
        const text = li.textContent.toLowerCase();
        li.hidden = !words.every((w) => text.includes(w));
      }
      return;
    }
    if (target.dataset.max) count(target);
    const choices = target.closest("[data-control=choices]");
    if (choices) chosen(choices);
    say("Looking…");
    save.disabled = false;
    changed = Math.max(changed, 1);
    check();
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches(".today")) {
      const date = button.previousElementSibling;
      date.value = today;
      check();
    } else if (button.matches(".add")) {
      add(button.closest("[data-control]"));
    } else if (button.matches(".up, .down, .remove")) {
      move(button);
    }
  });

  function move(button) {
    const item = button.closest(".item");
    const list = item.parentElement.closest("[data-control]");
    if (button.matches(".up")) item.previousElementSibling.before(item);
    else if (button.matches(".down")) item.nextElementSibling.after(item);
    else {
      if (item.dataset.key && list.dataset.control === "entries") {
        list.dataset.gone = JSON.stringify([...JSON.parse(list.dataset.gone || "[]"), item.dataset.key]);
      }
      const next = item.nextElementSibling || item.previousElementSibling;
      item.remove();
      (next ? $(".remove", next) : $(":scope > .add", list)).focus();
    }
    number(list);
    if (item.isConnected) (button.disabled ? $(".remove", item) : button).focus();
    check();
  }

  form.addEventListener("submit", (event) => event.preventDefault());

  // ---- Saving.

  save.addEventListener("click", () => store());
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      if (!save.disabled) store();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed > 0) event.preventDefault();
  });

  let storing = false;
  async function store(with_ = {}) {
    if (storing) return;
    storing = true;
    say("Saving…");
    try {
      const body = { ...asked(), ...with_ };
      const answer = await ask("save", body);
      if (answer.saved) done(answer, with_);
      else if (answer.conflict) conflict(answer.conflict, with_);
      else errors(answer, with_);
    } catch (error) {
      say("Not saved");
      notice("This could not be saved", [error.message === "Failed to fetch" ? "The server does not answer. What you typed is still here; start the server again, then save." : error.message]);
    }
    storing = false;
  }

  function done(answer, with_) {
    base = answer.base;
    changed = 0;
    // What was joined or read as text is shown anew; otherwise the form says already what the file does.
    if (with_.theirs || with_.gone || $("[data-control=source]")) {
      location.reload();
      return;
    }
    settle();
    save.disabled = true;
    say("Saved");
    check().then(() => {
      if (changed === 0) say("Saved");
    });
  }

  // After saving, the items of the form are those of the file, in this order; empty ones were left out.
  function settle() {
    const empty = (field) => {
      const value = collect(field);
      const none = (v) => v === undefined || v === null || v === "" || (typeof v === "object" && Object.values(v).every((x) => none(x && typeof x === "object" && "from" in x ? x.value : x)));
      return none(value) && !$(".kept pre", field);
    };
    for (const list of all("[data-control=list], [data-control=entries]", form).reverse()) {
      for (const item of itemsOf(list)) {
        if (empty(fieldOf(item))) item.remove();
      }
      itemsOf(list).forEach((item, i) => {
        item.dataset.from = i;
        const name = $(":scope > .new-key input", item);
        if (name) {
          item.dataset.key = name.value.trim();
          name.parentElement.remove();
        }
      });
      delete list.dataset.gone;
      number(list);
    }
    for (const box of all("[data-control=check]", form)) {
      const value = collect(box);
      if (value) box.dataset.was = value;
    }
    renumber();
  }

  // Diagnostics name items by their number in the file.
  function renumber() {
    const walk = (element, path) => {
      element.dataset.path = path;
      switch (element.dataset.control) {
        case "group":
          for (const field of fieldsOf(element)) walk(field, path ? path + "." + field.dataset.key : field.dataset.key);
          break;
        case "list":
          itemsOf(element).forEach((item, i) => walk(fieldOf(item), path + "[" + i + "]"));
          break;
        case "entries":
          for (const item of itemsOf(element)) walk(fieldOf(item), path ? path + "." + item.dataset.key : item.dataset.key);
      }
    };
    for (const field of all("#form > .section > .fields > .field")) walk(field, field.dataset.key);
  }

  // ---- What the person is asked.

  const dialog = $("#dialog");
  function open(title, words, buttons) {
    $("h2", dialog).textContent = title;
    $(".words", dialog).replaceChildren(...words);
    $(".buttons", dialog).replaceChildren(
      ...buttons.map(([text, kind, act]) => {
        const button = make("button", text, { type: "button", class: kind });
        button.onclick = () => {
          dialog.close();
          if (act) act();
        };
        return button;
      }),
    );
    if (!dialog.open) dialog.showModal();
    $("h2", dialog).focus();
  }

  function notice(title, sentences) {
    open(title, sentences.map((s) => make("p", s)), [["Back to the form", "main"]]);
  }

  function errors(answer, with_) {
    say("Not saved yet");
    const list = make("ul");
    for (const p of answer.problems) list.append(make("li", p.message.charAt(0).toUpperCase() + p.message.slice(1) + (p.hint ? ". " + p.hint : "")));
    open(
      answer.problems.length === 1 ? "One thing is not right yet" : answer.problems.length + " things are not right yet",
      [list, make("p", "You can save it as a draft. Until this is put right, the site stays as it was and cannot be published.")],
      [
        ["Back to the form", "main", () => answer.problems[0] && place(answer.problems[0].field) && focusOn(place(answer.problems[0].field))],
        ["Save it all the same", "quiet", () => store({ ...with_, over: true })],
      ],
    );
  }

  function conflict(found, with_) {
    say("Not saved: the file changed");
    if (found.gone) {
      open("The file was removed", [make("p", "Somebody removed it since you opened this form. What you typed is still here.")], [
        ["Write it again", "main", () => store({ ...with_, gone: true })],
        ["Back to the form", "quiet"],
      ]);
      return;
    }
    const words = [make("p", "Somebody changed this file since you opened the form. Nothing is lost: here is what differs.")];
    const take = {};
    for (const field of found.fields || []) {
      const part = make("section", "", { class: "differs" });
      part.append(make("h3", field.label));
      const sides = make("div", "", { class: "sides" });
      const mine = field.yours !== field.was;
      const side = (name, text, key) => {
        const box = make("div");
        if (field.both) {
          const label = make("label");
          const radio = make("input", "", { type: "radio", name: "take-" + field.path });
          radio.checked = key === "yours";
          radio.onchange = () => (take[field.path] = key === "theirs");
          label.append(radio, " " + name);
          box.append(label);
        } else {
          box.append(make("p", name, { class: "label" }));
        }
        box.append(make("pre", text || "(nothing)", { tabindex: "0" }));
        return box;
      };
      if (field.both) sides.append(side("Yours", field.yours, "yours"), side("In the file now", field.theirs, "theirs"));
      else sides.append(side("Before", field.was, ""), mine ? side("Yours", field.yours, "") : side("In the file now", field.theirs, ""));
      part.append(sides);
      words.push(part);
    }
    const clash = (found.fields || []).some((f) => f.both);
    words.push(make("p", clash ? "Choose for each which one stays. Everything else of both is kept." : "The two changed different things, so both can be kept."));
    open("The file changed meanwhile", words, [
      [clash ? "Save what I chose" : "Save with both changes", "main", () => store({ ...with_, theirs: found.theirs, take })],
      ["Back to the form", "quiet"],
      ["Drop mine and load the file", "danger", () => {
        changed = 0;
        location.reload();
      }],
    ]);
  }

  const remove = $("#delete");
  if (remove) remove.addEventListener("click", () => erase(""));

  async function erase(sure) {
    try {
      const answer = await ask("delete", { file, base, sure });
      if (answer.removed) {
        changed = 0;
        location.assign("/.nwioi/edit/");
        return;
      }
      const words = [make("p", answer.ask)];
      if (answer.links) {
        const list = make("ul");
        for (const link of answer.links) list.append(make("li", link));
        words.push(list);
      }
      open("Delete this " + noun + "?", words, [
        ["Keep it", "main"],
        [answer.sure === "lost" ? "Delete it for good" : "Delete it", "danger", () => erase(answer.sure)],
      ]);
    } catch (error) {
      notice("This was not deleted", [error.message]);
    }
  }

  // The photograph is in the record now; what else was typed is still to be saved.
  function photoSaved(answer, values) {
    base = answer.base;
    const group = $('.field[data-path="photo"]', form);
    if (group.localName === "details") group.open = true;
    for (const field of fieldsOf(group)) {
      const value = values[field.dataset.key];
      if (value !== undefined && input(field)) input(field).value = value;
    }
    check();
  }

  // ---- The preview on a small screen.

  const toggle = $("#look");
  toggle.addEventListener("click", () => {
    const on = document.body.classList.toggle("looking");
    toggle.setAttribute("aria-pressed", String(on));
    toggle.textContent = on ? "Form" : "Preview";
  });

  ready(form);
  check();

  // ---- The list of all records.

  function list() {
    $("#find").addEventListener("input", (event) => {
      const words = event.target.value.toLowerCase().split(/\s+/);
      for (const li of all(".files li")) {
        const text = li.textContent.toLowerCase();
        li.hidden = !words.every((w) => text.includes(w));
      }
    });
    for (const fresh of all("form.new")) {
      fresh.addEventListener("submit", async (event) => {
        event.preventDefault();
        const sorry = $(".sorry", fresh);
        sorry.hidden = true;
        try {
          location.assign((await ask("new", { kind: fresh.dataset.kind, name: $("input", fresh).value })).href);
        } catch (error) {
          sorry.textContent = error.message;
          sorry.hidden = false;
        }
      });
    }
  }
})();
