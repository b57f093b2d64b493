// Reads calendars with ical.js: { name: text } becomes { name: events }.
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const answer = {};
// The zones of a file are those that the file itself describes.
const zones = (calendar) => {
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
};
const instant = (time) => (time.isDate ? "" : new Date(time.toUnixTime() * 1000).toISOString());

for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  zones(calendar);
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
      place: event.location ?? "",
      stamp: component.getFirstPropertyValue("dtstamp").toString(),
      utc: instant(event.startDate),
      until: instant(event.endDate),
    };
  });
}
process.stdout.write(JSON.stringify(answer));
