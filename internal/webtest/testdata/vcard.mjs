// Reads address cards with ical.js: { name: text } becomes { name: properties by their name }, those of all cards
// where a file has several.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const answer = {};
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const parsed = ICAL.parse(text);
  const cards = (Array.isArray(parsed[0]) ? parsed : [parsed]).map((card) => new ICAL.Component(card));
  const properties = (answer[name] = {});
  for (const p of cards.flatMap((card) => card.getAllProperties())) (properties[p.name] ??= []).push(...p.getValues().map((v) => [v].flat(2).join("|")));
}
process.stdout.write(JSON.stringify(answer));
