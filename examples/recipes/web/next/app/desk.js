import "server-only";
import { Desk } from "frontdesk";
import document from "../../desk.json";

// One for all requests: a question changes nothing.
const desk = new Desk(document);

const DAY = 86_400_000;

/** Whether somebody is there, and when somebody is next. */
export function visitor() {
  return desk.visitor({ inbox: "help", channel: "chat", at: Date.now() });
}

/** What any visitor may know of these weeks; from yesterday on, as a visitor's clock may be behind. */
export function availability() {
  return desk.publish({ inbox: "help", from: Date.now() - DAY, days: 28 });
}
