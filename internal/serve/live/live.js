// Keeps an open page up to date with the files it is made from, while `serve` runs. It is put into
// pages when they are served and is no part of the published site.
//
// It stands before the page's own scripts, so that it sees the page as it was served.

import { reload, restore } from "./keep.js";
import { Panel } from "./panel.js";
import { Lost, Page, restyle } from "./patch.js";

const script = document.querySelector("script[data-edition]");
const { token, edition } = script.dataset;
script.remove();
const page = new Page(document);
const panel = new Panel();
performance.setResourceTimingBufferSize(10000);
restore();

let current = edition;
let stream = null;
let timer = 0;

// A browser opens only six connections to a server, so a page that is out of sight has none.
function connect() {
  clearTimeout(timer);
  if (stream || document.hidden) return;
  stream = new EventSource(address());
  stream.onmessage = (event) => take(JSON.parse(event.data));
  stream.onerror = () => {
    if (stream?.readyState === EventSource.CLOSED) {
      disconnect();
      recover();
    }
  };
}

function disconnect() {
  clearTimeout(timer);
  stream?.close();
  stream = null;
}

function address() {
  return "/.nwioi/events?" + new URLSearchParams({ token, edition: current, page: location.pathname });
}

function anew() {
  disconnect();
  reload();
}

// The stream was refused or the server is gone. A server that was started anew refuses the token of
// the old run; then this page is loaded anew.
async function recover() {
  try {
    const answer = await fetch(address(), { method: "HEAD", cache: "no-store" });
    if (answer.status === 403) return anew();
    timer = setTimeout(connect, 3000);
  } catch {
    timer = setTimeout(recover, 1000);
  }
}

function take(message) {
  if (message.do === "also") return panel.also(message);
  if (message.do === "reload" || message.files?.some(fetched)) return anew();
  try {
    if (message.html) page.patch(message.html);
  } catch (error) {
    if (!(error instanceof Lost)) console.error(error);
    return anew();
  }
  for (const path of message.styles ?? []) freshen(path);
  current = String(message.edition);
  panel.show(message);
}

/** Whether the page has fetched a file of the server. */
const fetched = (path) => performance.getEntriesByName(new URL(path, location.href).href, "resource").length > 0;

/** Takes a stylesheet anew from where it is. */
function freshen(path) {
  for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
    const url = new URL(link.href);
    if (url.pathname !== path) continue;
    url.searchParams.set("live", current);
    page.replace(link, restyle(link, url.pathname + url.search));
  }
}

document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", (event) => event.persisted && connect());
connect();
