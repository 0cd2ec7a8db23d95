// Documents from files, and into them.

import { el, find } from "./dom.js";
import { saved } from "./state.js";

/** Calls back with the text of a document that is chosen, or dropped on the page. */
export function startFiles(opened) {
  const take = async (file) => file && opened(await file.text(), file.name);
  const input = find("file");
  find("open").addEventListener("click", () => input.click());
  input.addEventListener("change", () => void take(input.files[0]).then(() => { input.value = ""; }));
  addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  addEventListener("drop", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file?.name.endsWith(".json")) void take(file);
  });
  find("save").addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob([saved()], { type: "application/json" }));
    el("a", { href: url, download: "desk.json" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1_000);
  });
}
