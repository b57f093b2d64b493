// A shortlist that leaves the page: one file of address cards, or a sheet of paper. Both are made of the address
// cards that each person's page offers; loaded when somebody asks for one.

import type { element as make } from "./view.ts";

/** The address cards of people in the directory at an address, those that there are. */
export async function cards(ids: readonly string[], directory: string): Promise<string[]> {
  const texts = await Promise.all(
    ids.map(async (id) => {
      const response = await fetch(`${directory}${id}/card.vcf`, { credentials: "same-origin", referrerPolicy: "no-referrer" });
      const text = response.ok ? await response.text() : "";
      return text.startsWith("BEGIN:VCARD\r\n") ? text : "";
    }),
  );
  return texts.filter(Boolean);
}

/** Hands the cards over as one file. */
export function download(texts: readonly string[], element: typeof make): void {
  const href = URL.createObjectURL(new Blob(texts as string[], { type: "text/vcard" }));
  element("a", { href, download: "shortlist.vcf" }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** The values of an address card by the name of their property (RFC 6350); of a property's parameters none counts here. */
function read(text: string): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const line of text.replace(/\r\n[ \t]/g, "").split("\r\n")) {
    const at = line.indexOf(":");
    const name = line.slice(0, at).split(";")[0]!;
    values.set(name, [...(values.get(name) ?? []), line.slice(at + 1)]);
  }
  return values;
}

const plain = (value: string): string => value.replace(/\\(.)/g, (_, c: string) => (c === "n" || c === "N" ? " " : c));

/** The parts of a structured value. */
const parts = (value: string): string[] => value.split(/(?<!\\);/).map(plain);

/** A telephone number as people write it. */
const number = (phone: string): string => phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");

/** Prints the cards as one list with everything that somebody needs to get in touch. */
export function print(texts: readonly string[], title: string, source: string, element: typeof make): void {
  const people = texts.map((text) => {
    const card = read(text);
    const get = (name: string): string[] => card.get(name) ?? [];
    const letters = (parts(get("N")[0] ?? "")[4] ?? "").replace(/,/g, ", ");
    const addresses = get("ADR").map((value) => {
      const [, , street, city, state, zip] = parts(value);
      return [street, city, `${state} ${zip}`.trim()].filter(Boolean).join(", ");
    });
    const lines = [letters, get("NOTE").map(plain).join(" "), ...addresses, ...get("TEL").map(number), ...get("EMAIL").map(plain), ...get("URL").reverse()];
    return element("li", {}, element("h2", {}, plain(get("FN")[0] ?? "")), ...lines.filter(Boolean).map((line) => element("p", {}, line)));
  });
  const sheet = element("div", { id: "sheet" }, element("h1", {}, title), element("p", {}, `From ${source}`), element("ol", {}, ...people));
  document.body.append(sheet);
  addEventListener("afterprint", () => sheet.remove(), { once: true });
  window.print();
}
