// The page: a desk, its week, a clock to move, and what becomes of conversations.

import { init } from "../frontdesk/index.js";
import "../frontdesk/status.js";
import { choices, el, find } from "./dom.js";
import { drawJson, startJson } from "./editor.js";
import { drawForm, read, tickForm } from "./form.js";
import { channels, drawNow, publish } from "./now.js";
import { drawRouting, startRouting } from "./route.js";
import { drawScript, startScript } from "./script.js";
import { SAMPLES, START } from "./samples.js";
import { choose, onChange, pretty, setClock, setText, state } from "./state.js";
import { changes, clock, format, offsetName } from "./time.js";
import { draw, mark, shown } from "./week.js";

const YEAR = 366 * 86_400_000;

function zones() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const used = (state.document.agents ?? []).map((agent) => agent.time_zone);
  choices(find("zone"), [...new Set([state.document.time_zone, ...used, own, state.zone, "UTC"].filter(Boolean))], state.zone);
}

function drawClock() {
  find("clock-day").textContent = format(state.zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(state.at);
  find("clock-time").textContent = clock(state.at, state.zone);
  find("clock-offset").textContent = offsetName(state.at, state.zone);
  const { days, start, end } = shown();
  const slider = find("slider");
  slider.max = end - start - 60_000;
  slider.value = state.at - start;
  slider.setAttribute("aria-valuetext", `${find("clock-day").textContent} ${find("clock-time").textContent}`);
  find("ticks").replaceChildren(...days.slice(0, 7).map((at, day) => el("span", { style: { "--share": days[day + 1] - at } }, format(state.zone, { weekday: "short" }).format(at))));
}

let week;
let drawnFor;

onChange((what) => {
  find("health").textContent = state.problems.length ? `${state.problems.length} ${state.problems.length === 1 ? "problem" : "problems"}` : "The desk is sound";
  find("health").classList.toggle("bad", state.problems.length > 0);
  if (what === "document") drawJson();
  if (what === "document" && state.problems.length) return;
  if (what === "document") {
    choices(find("channel"), channels().map((it) => [`${it.inbox}/${it.channel}`, it.channel]));
    state.channel = find("channel").value;
    zones();
  }
  drawClock();
  week = shown().start;
  if (what !== "clock" || week !== drawnFor) {
    document.documentElement.dataset.drawn = draw(pick).toFixed(1);
    drawnFor = week;
    publish();
  } else {
    mark();
    for (const { id } of state.document.agents ?? []) {
      document.querySelector(`.row[data-agent="${CSS.escape(id)}"] .dot`)?.setAttribute("class", `dot ${state.desk.status(id, state.at).state}`);
    }
  }
  drawNow();
  if (what === "clock") tickForm();
  else {
    drawForm();
    drawRouting();
    drawScript();
  }
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

function sample(name) {
  const document = SAMPLES[name];
  Object.assign(state, { agent: document.agents[0].id, zone: document.time_zone, commands: [], at: START });
  setText(pretty(document));
}

function start() {
  choices(find("sample"), Object.keys(SAMPLES));
  find("sample").addEventListener("change", ({ target }) => sample(target.value));
  find("zone").addEventListener("change", ({ target }) => choose({ zone: target.value }));
  find("channel").addEventListener("change", ({ target }) => choose({ channel: target.value }));
  find("slider").addEventListener("input", ({ target }) => setClock(shown().start + Number(target.value)));
  for (const button of document.querySelectorAll("[data-move]")) button.addEventListener("click", () => setClock(state.at + Number(button.dataset.move)));
  find("next-change").addEventListener("click", () => {
    const change = changes(state.at + 3_600_000, state.at + YEAR, state.zone)[0];
    if (change) setClock(change.at - 1_800_000);
    else find("holes").textContent = `The clocks of ${state.zone} do not change within a year.`;
  });
  find("edit").addEventListener("click", () => editor(!find("editor").classList.contains("open")));
  find("close").addEventListener("click", () => { editor(false); find("edit").focus(); });
  addEventListener("keydown", (event) => event.key === "Escape" && find("editor").classList.contains("open") && find("close").click());
  tabs();
  play();
  theme();
  drops();
  startJson();
  startRouting();
  startScript();
  addEventListener("resize", () => draw(pick));
  sample(Object.keys(SAMPLES)[0]);
  editor(innerWidth >= 1400);
  document.documentElement.dataset.ready = "yes";
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
  const grid = find("grid");
  grid.addEventListener("dragover", (event) => event.target.closest("[data-agent]") && event.preventDefault());
  grid.addEventListener("drop", (event) => {
    const id = event.target.closest("[data-agent]")?.dataset.agent;
    const file = event.dataTransfer.files[0];
    if (!id || !file) return;
    event.preventDefault();
    pick(id);
    void read(state.document.agents.find((agent) => agent.id === id), file);
  });
}

await init();
start();
