// The desk as JSON, its problems and warnings marked where they are.

import { find } from "./dom.js";
import { codeEditor } from "./code.js";
import { setText, state } from "./state.js";

let editor;

export function startJson() {
  editor = codeEditor({ text: find("text"), marks: find("marks"), problems: find("problems") }, setText);
}

export const drawJson = () => editor.draw(state.text, [...state.problems, ...state.warnings]);

/** Leads to the first problem. */
export const showProblem = () => editor.show(0);
