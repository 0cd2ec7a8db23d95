import { Desk, init } from "/frontdesk/frontdesk.min.js";

const [given] = await Promise.all([fetch("/desk.json").then((response) => response.json()), init()]);
const desk = new Desk(given);

function words({ id, name }) {
  const { state, until } = desk.status(id, Date.now());
  const time = until?.toLocaleString(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" });
  return `${name}: ${state}${time ? ` until ${time}` : ""}`;
}

function show() {
  const items = given.agents.map((agent) => Object.assign(document.createElement("li"), { textContent: words(agent) }));
  document.getElementById("team").replaceChildren(...items);
}

show();
setInterval(show, 5_000);
