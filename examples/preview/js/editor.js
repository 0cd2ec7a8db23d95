// The desk as JSON, its problems marked where they are.

import { el, find } from "./dom.js";
import { setText, state } from "./state.js";

let waiting;

export function startJson() {
  const text = find("text");
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => setText(text.value), 250);
  });
  text.addEventListener("scroll", follow);
  text.addEventListener("keydown", (event) => {
    // Tab moves on, as everywhere; Escape closes the editor.
    if (event.key === "Escape") find("close").click();
  });
}

function follow() {
  const [text, marks] = [find("text"), find("marks")];
  [marks.scrollTop, marks.scrollLeft] = [text.scrollTop, text.scrollLeft];
}

export function drawJson() {
  const text = find("text");
  if (text.value !== state.text) text.value = state.text;
  const places = state.problems.map((it) => place(it.position)).filter(Boolean).sort((a, b) => a.start - b.start);
  const parts = [];
  let done = 0;
  for (const { start, end } of places) {
    if (start < done) continue;
    parts.push(state.text.slice(done, start), el("mark", {}, state.text.slice(start, end)));
    done = end;
  }
  find("marks").replaceChildren(...parts, state.text.slice(done), "\n");
  find("problems").replaceChildren(...state.problems.map((it) => el("li", {}, el("button", { type: "button", onclick: () => show(it) },
    it.message, el("small", {}, [it.position && `line ${it.position.line}, column ${it.position.column}`, it.hint].filter(Boolean).join(" · "))))));
  follow();
}

/** From the character of a problem to the end of its token. Columns count characters, not UTF-16. */
function place(position) {
  if (!position) return undefined;
  const lines = state.text.split("\n");
  const before = lines.slice(0, position.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const line = lines[position.line - 1] ?? "";
  const start = before + [...line].slice(0, position.column - 1).join("").length;
  const token = /^("(?:[^"\\]|\\.)*"|[\w.+-]+|.)/.exec(state.text.slice(start));
  return { start, end: start + (token?.[0].length ?? 1) };
}

function show(it) {
  const text = find("text");
  const found = place(it.position);
  text.focus();
  if (!found) return;
  text.setSelectionRange(found.start, found.end);
  const height = text.scrollHeight / state.text.split("\n").length;
  text.scrollTop = Math.max(0, (it.position.line - 5) * height);
  follow();
}
