// Reads address cards with ical.js: { name: text } becomes { name: properties by their name }.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const answer = {};
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const card = new ICAL.Component(ICAL.parse(text));
  const properties = (answer[name] = {});
  for (const p of card.getAllProperties()) (properties[p.name] ??= []).push(...p.getValues().map((v) => [v].flat(2).join("|")));
}
process.stdout.write(JSON.stringify(answer));
