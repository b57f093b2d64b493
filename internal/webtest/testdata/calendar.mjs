// Reads calendars with ical.js: { name: text } becomes { name: events }.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const answer = {};
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  answer[name] = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      title: event.summary,
      start: event.startDate.toString(),
      end: event.endDate.toString(),
      allDay: event.startDate.isDate,
      zone: event.startDate.zone?.tzid ?? "",
      description: event.description ?? "",
      status: component.getFirstPropertyValue("status") ?? "",
      utc: event.startDate.isDate ? "" : event.startDate.toJSDate().toISOString(),
    };
  });
}
process.stdout.write(JSON.stringify(answer));
