// A text with its problems underlined and listed below. A click on one leads to its place.

import { el } from "./dom.js";

/** Connects a textarea, the layer behind it, and a list; calls back a moment after the last key. */
export function codeEditor({ text, marks, problems }, changed) {
  let waiting;
  let drawn;
  const follow = () => { [marks.scrollTop, marks.scrollLeft] = [text.scrollTop, text.scrollLeft]; };
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    text.setAttribute("aria-busy", "true");
    waiting = setTimeout(() => {
      text.removeAttribute("aria-busy");
      changed(text.value);
    }, 250);
  });
  text.addEventListener("scroll", follow);

  function show(it, content) {
    const found = place(content, it.position);
    text.focus();
    if (!found) return;
    text.setSelectionRange(found.start, found.end);
    const height = text.scrollHeight / content.split("\n").length;
    text.scrollTop = Math.max(0, (it.position.line - 5) * height);
    follow();
  }

  function draw(content, found) {
    // The text being typed is not overwritten, except by another text.
    if (text.hasAttribute("aria-busy") && content === drawn) return;
    clearTimeout(waiting);
    text.removeAttribute("aria-busy");
    drawn = content;
    if (text.value !== content) text.value = content;
    const places = found.map((it) => place(content, it.position)).filter(Boolean).sort((a, b) => a.start - b.start);
    const parts = [];
    let done = 0;
    for (const { start, end } of places) {
      if (start < done) continue;
      parts.push(content.slice(done, start), el("mark", {}, content.slice(start, end) || " "));
      done = end;
    }
    marks.replaceChildren(...parts, content.slice(done), "\n");
    problems.replaceChildren(...found.map((it) => el("li", { class: it.severity }, el("button", { type: "button", onclick: () => show(it, content) },
      it.message, el("small", {}, [it.position && `line ${it.position.line}, column ${it.position.column}`, it.hint].filter(Boolean).join(" · "))))));
    follow();
  }
  return { draw, show: (number) => problems.children[number]?.querySelector("button").click() };
}

/** Returns the range from the character of a problem to the end of its token. Columns count characters, not UTF-16. */
function place(content, position) {
  if (!position) return undefined;
  const lines = content.split("\n");
  const before = lines.slice(0, position.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const line = lines[position.line - 1] ?? "";
  const start = before + [...line].slice(0, position.column - 1).join("").length;
  const token = /^("(?:[^"\\]|\\.)*"|[\w.+-]+|.)/.exec(content.slice(start));
  return { start, end: start + (token?.[0].length ?? 1) };
}
