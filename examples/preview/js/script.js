// A routing script, and the rule in which it decides.

import { codeEditor } from "./code.js";
import { choices, find, say } from "./dom.js";
import { SCRIPTS } from "./samples.js";
import { change, setScript, state } from "./state.js";

const OWN = { script: "mine" };
/** The strategies that the script stands in for, by rule and step: they are given back. */
const before = new Map();
let editor;

/** All rules with the name that they are chosen by. */
const rules = (document) => (document.inboxes ?? []).flatMap((inbox) => inbox.channels.flatMap((channel) => (channel.rules ?? []).map((rule) => ({ key: `${inbox.id}/${channel.id}/${rule.id}`, name: `${channel.id}: ${rule.id}`, rule }))));

export function startScript() {
  editor = codeEditor({ text: find("script"), marks: find("script-marks"), problems: find("script-problems") }, setScript);
  choices(find("script-sample"), [["", "Begin with…"], ...Object.keys(SCRIPTS)]);
  find("script-sample").addEventListener("change", ({ target }) => {
    if (target.value) setScript(SCRIPTS[target.value]);
    target.value = "";
  });
  find("script-rule").addEventListener("change", ({ target }) => change((document) => {
    for (const { key, rule } of rules(document)) {
      for (const [place, step] of rule.steps.entries()) {
        const named = (typeof step.assign_to === "object" && !("bot" in step.assign_to)) || step.assign_to === "everyone";
        const [at, own] = [`${key} ${place}`, step.strategy?.script === OWN.script];
        if (key === target.value && named && !own) {
          before.set(at, { strategy: step.strategy, tie: step.tie });
          step.strategy = OWN;
          // The script decides ties by its score.
          delete step.tie;
        } else if (key !== target.value && own) {
          const { strategy, tie } = before.get(at) ?? {};
          before.delete(at);
          delete step.strategy;
          if (strategy !== undefined) step.strategy = strategy;
          if (tie !== undefined) step.tie = tie;
        }
      }
    }
  }));
}

export function drawScript() {
  editor.draw(state.script, state.scriptProblems);
  const chosen = rules(state.document).find(({ rule }) => rule.steps.some((step) => step.strategy?.script === OWN.script));
  choices(find("script-rule"), [["", "no rule yet"], ...rules(state.document).map(({ key, name }) => [key, name])], chosen?.key ?? "");
  find("script-rule").value = chosen?.key ?? "";
  const bad = state.scriptProblems.length;
  say(find("script-health"), bad ? `${bad} ${bad === 1 ? "problem" : "problems"}: the last sound script decides on.` : chosen ? "It is sound, and decides." : "It is sound. Choose the rule in which it decides.");
  find("script-health").classList.toggle("bad", bad > 0);
}
