// The search box on a page that is not the directory: what was typed goes to the directory in the
// fragment of its address, which no browser sends to a server.

import "./dates.ts";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-find]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = form.querySelector("input")?.value.trim() ?? "";
    const fragment = words === "" ? "" : "#" + new URLSearchParams({ q: words }).toString();
    location.assign(form.action + fragment);
  });
}
