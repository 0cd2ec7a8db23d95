// The weekly hours of an agent: each day with its intervals.

import { el } from "./dom.js";
import { state } from "./state.js";

const DAYS = { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" };

/** The hours that hold: one's own, the team's, or the desk's. */
function weekly(agent) {
  const team = state.document.teams?.find((it) => it.id === agent.team);
  return agent.working_hours ?? team?.working_hours ?? state.document.working_hours;
}

/** The order in which the intervals of an agent's day stand on the page: a row that is edited stays where it is. */
const shown = new Map();

/** The intervals of a day as they stand on the page, or as they follow on each other where they have become others. */
function inOrder(key, intervals) {
  const name = ({ start, end }) => `${start} ${end}`;
  const sorted = intervals.toSorted((a, b) => a.start.localeCompare(b.start));
  const before = shown.get(key) ?? [];
  const isSame = before.map(name).toSorted().join() === sorted.map(name).toSorted().join();
  return isSame ? before : sorted;
}

/** Hours beyond a plain week are kept, and edited as JSON. */
export function hours(agent, edit) {
  const all = weekly(agent) ?? [{ days: Object.keys(DAYS), start: "00:00", end: "24:00" }];
  const legend = el("legend", {}, "Weekly hours", !agent.working_hours && el("small", {}, " the team’s or the desk’s; a change makes them their own"));
  const special = all.some((it) => it.every || it.first_day || it.last_day);
  if (special) return el("fieldset", {}, legend, el("p", { class: "note" }, "These hours change over the year: edit them as JSON."));
  const write = (name, intervals) => edit((it) => {
    shown.set(`${agent.id} ${name}`, intervals.map(({ start, end }) => ({ start, end })));
    const rest = all.map((entry) => ({ ...entry, days: entry.days.filter((other) => other !== name) })).filter((entry) => entry.days.length > 0);
    it.working_hours = merged([...rest, ...intervals.map(({ start, end }) => ({ days: [name], start, end }))]);
  });
  return el("fieldset", {}, legend, el("div", { class: "hours" }, Object.entries(DAYS).flatMap(([name, text]) => ofDay(name, text, inOrder(`${agent.id} ${name}`, all.filter((it) => it.days.includes(name))), write))),
    el("div", { class: "buttons" },
      el("button", { class: "button quiet", type: "button", "data-key": "copy-hours", onclick: () => edit((it) => { it.working_hours = copied(all); }) }, "Monday’s on all weekdays"),
      agent.working_hours && el("button", { class: "button quiet", type: "button", "data-key": "own-hours", onclick: () => edit((it) => { delete it.working_hours; }) }, "Those of the team or desk")));
}

function ofDay(name, text, intervals, write) {
  return (intervals.length ? intervals : [undefined]).map((interval, index) => {
    const time = (key) => el("input", {
      type: "time", "data-key": `${name}${index}${key}`, "aria-label": `${text}, ${key}`, value: interval?.[key].replace("24:00", "00:00") ?? "", disabled: !interval,
      onchange: ({ target }) => target.value && write(name, intervals.map((it, place) => (place === index ? { ...it, [key]: key === "end" && target.value === "00:00" ? "24:00" : target.value } : it))),
    });
    const box = index > 0 ? el("span") : el("label", {}, el("input", { type: "checkbox", "data-key": name, checked: Boolean(interval), onchange: ({ target }) => write(name, target.checked ? [{ start: "09:00", end: "17:00" }] : []) }), text);
    const button = interval && (index === intervals.length - 1
      ? el("button", { class: "icon", type: "button", "data-key": `${name}+`, "aria-label": `Add hours on ${text}`, onclick: () => write(name, [...intervals, { start: later(interval.end, 1), end: later(interval.end, 3) }]) }, "+")
      : el("button", { class: "icon", type: "button", "aria-label": `Remove hours on ${text}, ${interval.start}`, onclick: () => write(name, intervals.filter((_, place) => place !== index)) }, "×"));
    const overnight = interval && interval.end <= interval.start && interval.end !== "24:00";
    return el("div", {}, box, time("start"), el("span", { class: "more" }, overnight ? "↷" : "–"), time("end"), button || el("span"),
      overnight && el("p", { class: "night", role: "status" }, night(interval)));
  });
}

/** An end before its start is on the next day. Says so, as it may be a mistake. */
function night({ start, end }) {
  const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const length = minutes(end) - minutes(start) + 1440;
  const told = [length >= 60 && `${Math.floor(length / 60)} h`, length % 60 > 0 && `${length % 60} min`].filter(Boolean).join(" ");
  return `A night: from ${start} until ${end} of the next day, ${told}.`;
}

const later = (time, hours) => `${String((Number(time.slice(0, 2)) + hours) % 24).padStart(2, "0")}${time.slice(2)}`;

function copied(all) {
  const monday = all.filter((it) => it.days.includes("mon"));
  const weekend = all.map((it) => ({ ...it, days: it.days.filter((name) => name === "sat" || name === "sun") })).filter((it) => it.days.length > 0);
  return merged([...monday.map((it) => ({ ...it, days: ["mon", "tue", "wed", "thu", "fri"] })), ...weekend]);
}

/** Days with the same times are one entry. */
function merged(entries) {
  const same = new Map();
  for (const { days, start, end } of entries) {
    const found = same.get(`${start} ${end}`);
    if (found) found.days.push(...days);
    else same.set(`${start} ${end}`, { days: [...days], start, end });
  }
  const order = Object.keys(DAYS);
  return [...same.values()].map((it) => ({ ...it, days: order.filter((name) => it.days.includes(name)) }));
}
