// Runs the core's vectors, as core/tests/vectors/README.md says; in Node and, unchanged, in a browser.

/** Runs the steps of a file with an entry of the package; gives what differs. */
export function run({ Desk, FrontdeskError, check, firstTurn }, file) {
  const document = file.desk && JSON.stringify(file.desk);
  const whole = "restore" in Desk;
  let desk = document && new Desk(document);
  let events = [];
  const turns = [];
  const differ = [];
  let done = 0;

  const took = (text) => {
    events.push(...JSON.parse(text).map((event) => JSON.stringify(event)));
    return text;
  };
  const followed = (text) => {
    desk.apply(text);
    const turn = JSON.parse(text);
    events.push(...(turn.events ?? []).map((event) => JSON.stringify(event)));
    if (turn.turn) turns.push(text);
    return text;
  };
  const goOn = (next) => {
    const same = next.snapshot() === desk.snapshot();
    desk.free();
    desk = next;
    return String(same);
  };
  const operations = {
    // The preview writes no documents; it reads them, and has the same problems with them.
    check: (text) => (check ? JSON.stringify(check(text)) : sound(new Desk(text))),
    ask: (text) => desk.askJson(text),
    ...(whole && {
      handle: (text) => took(desk.handleJson(text)),
      handle_explained: (text) => took(desk.handleExplainedJson(text)),
      advance: (text) => took(JSON.stringify(desk.advance(JSON.parse(text)))),
      restore: () => goOn(Desk.restore(desk.snapshot())),
      rebuild: () => {
        const next = new Desk(document);
        events.forEach((event) => next.apply(event));
        return goOn(next);
      },
      first_turn: () => followed(JSON.stringify(firstTurn(desk.ask({ ask: "document" })))),
      turn: (text) => {
        const before = desk.snapshot();
        const turn = JSON.stringify(desk.propose(text));
        return desk.snapshot() === before ? followed(turn) : "a proposal changed the desk";
      },
      may: (text) => {
        const before = desk.snapshot();
        const may = JSON.stringify(desk.may(text));
        return desk.snapshot() === before ? may : "a question changed the desk";
      },
      apply: (text) => String(followed(text) === text),
      rebuild_from_turns: () => goOn(Desk.rebuild(turns)),
      story: (text) => desk.askJson(`{"ask":"story",${text.slice(1, -1)},"events":[${events.join(",")}]}`),
    }),
  };

  for (const [index, step] of file.steps.entries()) {
    const operation = operations[step.op];
    // The preview knows availability alone; after the first command its desk would be another.
    if (!operation) break;
    if (!whole && step.op === "ask" && !AVAILABILITY.has(step.with.ask)) continue;
    const lines = Array.isArray(step.with) && step.with.every((line) => typeof line === "string");
    const text = lines ? step.with.join("\n") : step.with === undefined ? "" : JSON.stringify(step.with);
    const wanted = step.op === "check" && !check && step.gives ? SOUND : JSON.stringify(step.problems ?? step.gives);
    let got;
    try {
      got = operation(text);
    } catch (error) {
      if (!(error instanceof FrontdeskError)) throw error;
      got = JSON.stringify(error.problems);
    }
    done += 1;
    if (got !== wanted) differ.push({ step: index + 1, op: step.op, got, wanted });
  }
  return { done, differ };
}

const SOUND = "sound";

function sound(desk) {
  desk.free();
  return SOUND;
}

const AVAILABILITY = new Set(
  "status next_change next_available schedule zone_of available coverage coverage_steps coverage_by_team working_time after before visitor publish".split(" "),
);
