// The page: a desk, its weeks, a clock to move, and what becomes of conversations.

import { init } from "../frontdesk/index.js";
import "../frontdesk/status.js";
import { choices, el, find, say } from "./dom.js";
import { drawJson, showProblem, startJson } from "./editor.js";
import { startFiles } from "./files.js";
import { addPerson, drawForm, read, tickForm } from "./form.js";
import { drawDots, drawGrid, startGrid } from "./grid.js";
import { drawHeat, startHeat } from "./heat.js";
import { drawInbox, startInbox } from "./inbox.js";
import { channels, drawNow, publish } from "./now.js";
import { drawRouting, startRouting } from "./route.js";
import { drawScript, startScript } from "./script.js";
import { SAMPLES, START } from "./samples.js";
import { source } from "./source.js";
import { shown } from "./span.js";
import { kept } from "./history.js";
import { begin, canRedo, canUndo, choose, isChanged, isKept, moveDays, onChange, open, pretty, redo, setClock, setText, state, undo } from "./state.js";
import { changes, clock, format, known, offsetName } from "./time.js";

const YEAR = 366 * 86_400_000;

function zones() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const used = (state.document.agents ?? []).map((agent) => agent.time_zone);
  choices(find("zone"), [...new Set([state.document.time_zone, ...used, own, state.zone, "UTC"].filter(Boolean))], state.zone);
}

function drawClock(span) {
  say(find("clock-day"), format(state.zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(state.at));
  say(find("clock-time"), clock(state.at, state.zone));
  say(find("clock-offset"), offsetName(state.at, state.zone));
  const slider = find("slider");
  slider.max = span.end - span.start - 60_000;
  slider.value = state.at - span.start;
  slider.setAttribute("aria-valuetext", `${find("clock-day").textContent} ${find("clock-time").textContent}`);
  for (const line of document.querySelectorAll(".line.now")) line.style.setProperty("left", span.percent(state.at));
}

function drawTicks({ days, weeks, day }) {
  const step = weeks > 1 ? 7 : 1;
  const starts = days.slice(0, -1).filter((_, place) => place % step === 0);
  find("ticks").replaceChildren(...starts.map((at, place) => {
    const [weekday, date, month] = day(at).split(" ");
    return el("span", { style: { "--share": days[(place + 1) * step] - at } }, step === 1 ? weekday : `${date} ${month}`);
  }));
}

/** Shows the first problem, with a link to its place. */
function drawHealth() {
  const count = state.problems.length;
  const warned = state.warnings.length;
  const sound = warned ? `The desk is sound, with ${warned} ${warned === 1 ? "warning" : "warnings"}` : "The desk is sound";
  say(find("health"), count ? `${count} ${count === 1 ? "problem" : "problems"}` : sound);
  find("health").classList.toggle("bad", count > 0);
  find("wrong").hidden = count === 0;
  const [first] = state.problems;
  const told = first && first.message[0].toUpperCase() + first.message.slice(1);
  say(find("wrong-text"), first ? `${told}${first.hint ? `: ${first.hint}` : "."} Until that is mended, the last sound desk is shown.` : "");
}

let drawn = {};

onChange((what) => {
  drawHealth();
  find("undo").disabled = !canUndo();
  find("redo").disabled = !canRedo();
  if (what === "document") drawJson();
  if (what === "document" && state.problems.length) return;
  if (what === "document") {
    choices(find("channel"), channels().map((it) => [`${it.inbox}/${it.channel}`, it.channel]));
    state.channel = find("channel").value;
    find("channel").parentElement.hidden = channels().length === 0;
  }
  if (what !== "clock") zones();
  const began = performance.now();
  const span = shown();
  if (span !== drawn.span || state.desk !== drawn.desk) {
    drawGrid(span, pick);
    drawHeat(span);
    if (span !== drawn.span) drawTicks(span);
    drawn = { span, desk: state.desk };
  }
  drawDots();
  drawClock(span);
  publish();
  drawNow();
  if (what === "clock") tickForm();
  else {
    drawForm();
    drawRouting();
    drawInbox();
    drawScript();
  }
  document.documentElement.dataset.drawn = (performance.now() - began).toFixed(1);
});

function pick(agent) {
  choose({ agent });
  editor(true);
  find("tab-form").click();
  find("form").querySelector("[data-key=agent]")?.focus();
}

function editor(open) {
  find("editor").classList.toggle("open", open);
  document.body.classList.toggle("editing", open);
  find("edit").setAttribute("aria-expanded", String(open));
}

/** Shows another desk, its zone on the wall. */
function show(text, more) {
  open(text, more);
  if (state.problems.length) return problems();
  begin();
  const { agents = [], time_zone } = state.document;
  choose({ agent: agents[0]?.id, zone: known(time_zone) ? time_zone : "UTC" });
}

function sample(name) {
  state.at = START;
  show(pretty(SAMPLES[name]()));
}

/** Restores the state stored when the page was left; false if there is none. */
function again() {
  const before = kept();
  if (!before) return false;
  state.at = before.at;
  show(before.sound, before);
  if (!state.document) return false;
  if (before.text !== before.sound) setText(before.text);
  find("sample").value = "";
  if (known(before.zone)) choose({ zone: before.zone });
  find("again").hidden = false;
  return true;
}

/** Undo and redo, by button and by key: in a text they are the text's own. */
function undoing() {
  find("undo").addEventListener("click", undo);
  find("redo").addEventListener("click", redo);
  addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches?.("textarea, input:not([type=checkbox], [type=range])")) return;
    const again = key === "y" || (key === "z" && event.shiftKey);
    if (!again && key !== "z") return;
    event.preventDefault();
    (again ? redo : undo)();
  });
  // Without storage, the browser asks before the page is left.
  addEventListener("beforeunload", (event) => { if (!isKept && isChanged()) event.preventDefault(); });
  find("again-done").addEventListener("click", () => { find("again").hidden = true; });
  find("again-new").addEventListener("click", () => {
    find("again").hidden = true;
    find("sample").selectedIndex = 0;
    sample(find("sample").value);
  });
}

function opened(text) {
  find("again").hidden = true;
  find("sample").value = "";
  show(text);
}

function problems() {
  editor(true);
  find("tab-json").click();
  showProblem();
}

function start() {
  choices(find("sample"), Object.keys(SAMPLES));
  find("zones").replaceChildren(...Intl.supportedValuesOf("timeZone").map((value) => el("option", { value })));
  find("sample").addEventListener("change", ({ target }) => sample(target.value));
  find("zone").addEventListener("change", ({ target }) => choose({ zone: target.value }));
  find("weeks").addEventListener("change", ({ target }) => choose({ weeks: Number(target.value) }));
  find("channel").addEventListener("change", ({ target }) => choose({ channel: target.value }));
  find("slider").addEventListener("input", ({ target }) => setClock(shown().start + Number(target.value)));
  for (const button of document.querySelectorAll("[data-days]")) button.addEventListener("click", () => moveDays(Number(button.dataset.days)));
  find("next-change").addEventListener("click", nextChange);
  find("edit").addEventListener("click", () => editor(!find("editor").classList.contains("open")));
  find("close").addEventListener("click", () => { editor(false); find("edit").focus(); });
  find("first-person").addEventListener("click", () => { editor(true); find("tab-form").click(); addPerson(); });
  find("wrong-show").addEventListener("click", problems);
  addEventListener("keydown", (event) => event.key === "Escape" && find("editor").classList.contains("open") && find("close").click());
  tabs();
  play();
  theme();
  drops();
  startFiles(opened);
  startJson();
  startRouting();
  startInbox();
  startScript();
  startGrid(shown);
  startHeat(shown);
  undoing();
  if (!again()) sample(Object.keys(SAMPLES)[0]);
  editor(innerWidth >= 1400);
  document.documentElement.dataset.ready = "yes";
}

function nextChange() {
  const change = changes(state.at + 3_600_000, state.at + YEAR, state.zone)[0];
  if (change) setClock(change.at - 1_800_000);
  else say(find("changes"), `The clocks of ${state.zone} do not change within a year.`);
}

function tabs() {
  const pairs = [["tab-form", "form"], ["tab-json", "json"]];
  const select = (chosen) => pairs.forEach(([tab, pane]) => {
    find(tab).setAttribute("aria-selected", String(tab === chosen));
    find(tab).tabIndex = tab === chosen ? 0 : -1;
    find(pane).hidden = tab !== chosen;
  });
  for (const [tab] of pairs) {
    find(tab).addEventListener("click", () => select(tab));
    find(tab).addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = pairs.find(([it]) => it !== tab)[0];
      select(other);
      find(other).focus();
    });
  }
}

/** A quarter of an hour passes in a moment. */
function play() {
  let timer;
  find("play").addEventListener("click", () => {
    const playing = timer === undefined;
    clearInterval(timer);
    timer = playing ? setInterval(() => setClock(state.at + 900_000), 120) : undefined;
    find("play").setAttribute("aria-pressed", String(playing));
    find("play").textContent = playing ? "Pause" : "Play";
  });
}

function theme() {
  find("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
}

/** A calendar that is dropped on a row is that agent's. */
function drops() {
  const rows = find("rows");
  const row = (event) => event.target.closest("[data-agent]");
  const over = (event) => { for (const it of rows.children) it.classList.toggle("over", it === (event && row(event))); };
  rows.addEventListener("dragover", (event) => {
    if (!row(event)) return;
    event.preventDefault();
    over(event);
  });
  rows.addEventListener("dragleave", () => over());
  rows.addEventListener("drop", (event) => {
    over();
    const id = row(event)?.dataset.agent;
    const file = event.dataTransfer.files[0];
    if (!id || !file) return;
    event.preventDefault();
    pick(id);
    void read(state.document.agents.find((agent) => agent.id === id), file);
  });
}

try {
  await init(await source);
  start();
} catch (error) {
  say(find("loading"), `The page could not start: ${error.message}`);
  throw error;
}
