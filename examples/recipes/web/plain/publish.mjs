// `node publish.mjs desk.json availability.json`: run it when the desk changes, and once a day.
import { readFileSync, writeFileSync } from "node:fs";
import { Desk } from "frontdesk";

const DAY = 86_400_000;
const [desk, availability] = process.argv.slice(2);

// From yesterday on, as a visitor's clock may be behind.
const published = new Desk(readFileSync(desk, "utf8")).publish({ inbox: "help", from: Date.now() - DAY, days: 28 });
writeFileSync(availability, JSON.stringify(published));
