// The office hours of the channels of a desk, without holidays.

import { Desk } from "../frontdesk/index.js";
import { DAY } from "./time.js";

const made = new WeakMap();

/** The stretches of a span in which at least one channel is open; none where no channel has office hours. */
export function open(document, { start, end }) {
  if (!made.has(document)) made.set(document, hoursOnly(document));
  const { desk, inboxes } = made.get(document);
  const ends = inboxes.flatMap((inbox) => desk.publish({ inbox, from: start, days: Math.ceil((end - start) / DAY) }).channels.flatMap(({ changes }) => stretches(changes, end)));
  const merged = [];
  for (const [from, to] of ends.sort((a, b) => a[0] - b[0])) {
    if (merged.length && from <= merged.at(-1)[1]) merged.at(-1)[1] = Math.max(merged.at(-1)[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Returns a desk without agents, whose channels only have office hours, so that the core decides when they are open. */
function hoursOnly(document) {
  const rules = [{ id: "all", steps: [{ assign_to: "everyone" }] }];
  const inboxes = (document.inboxes ?? []).flatMap(({ access: _, ...inbox }) => {
    const channels = inbox.channels.filter((channel) => channel.office_hours ?? inbox.office_hours);
    return channels.length ? [{ ...inbox, channels: channels.map((channel) => ({ ...channel, rules, visitor: { availability: "office_hours" } })) }] : [];
  });
  return { desk: new Desk({ ...document, agents: [], inboxes }), inboxes: inboxes.map(({ id }) => id) };
}

function stretches(changes, end) {
  return changes.flatMap(({ at, state }, index) => {
    const [from, to] = [Date.parse(at), Math.min(index + 1 < changes.length ? Date.parse(changes[index + 1].at) : end, end)];
    return state === "closed" || from >= to ? [] : [[from, to]];
  });
}
