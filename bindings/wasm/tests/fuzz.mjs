// Random documents and commands through the boundary: only FrontdeskErrors may come out, and the desk works on.

/** A generator of numbers (splitmix32), so that every run is the same. */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const below = (limit) => next() % limit;
  return { below, pick: (list) => list[below(list.length)], chance: (percent) => below(100) < percent };
}

const VALUES = [
  null, true, false, 0, -1, 1, 1.5, 1e308, -0, 2 ** 53, 2 ** 31, NaN, Infinity, "", "a", "anna", "main", "\u0000", "\ud800", "🦊", "2026-11-20T09:00:00Z",
  "2026-03-29T02:30", "2199-12-31T23:59:59.999Z", "9999-12-31", "24:00", "25:00", "00:00", "1h30m", "99999999999999d", "UTC", "Australia/Lord_Howe",
  "FREQ=MINUTELY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "__proto__", "constructor", "x".repeat(5000), [], {}, [[]], [null], { a: 1 }, { version: 1 }, undefined,
];

/** A copy with some of its parts changed, swapped, repeated or taken out. */
export function mutated(value, dice, rate = 4) {
  if (dice.below(1000) < rate) return dice.pick(VALUES);
  if (Array.isArray(value)) {
    const list = value.map((item) => mutated(item, dice, rate));
    if (list.length > 0 && dice.below(1000) < 3 * rate) list.push(dice.pick(list));
    if (dice.below(1000) < 2 * rate) list.splice(dice.below(list.length + 1), 1);
    return list;
  }
  if (value === null || typeof value !== "object") return typeof value === "string" && dice.below(1000) < 2 * rate ? garbled(value, dice) : value;
  const entries = Object.entries(value).filter(() => dice.below(1000) >= rate).map(([key, item]) => [key, mutated(item, dice, rate)]);
  if (dice.below(1000) < 2 * rate) entries.push([dice.pick(["x-new", "id", "at", "", "repeat", "every", "when", "y"]), dice.pick(VALUES)]);
  return Object.fromEntries(entries);
}

function garbled(text, dice) {
  const at = dice.below(text.length + 1);
  return text.slice(0, at) + dice.pick(["", "0", "-", "é", "\u2028", "T", '"', "\\", "{", "9"]) + text.slice(at + dice.below(3));
}

/** JSON text that is broken in places. */
function brokenText(value, dice) {
  let text = JSON.stringify(value) ?? "";
  for (let times = dice.below(3); times > 0; times -= 1) text = garbled(text, dice);
  return text;
}

/** Runs so many inputs through an entry of the package; counts what came of them. */
export function fuzz({ Desk, FrontdeskError }, { documents, commands, questions, events }, count, seed) {
  const dice = random(seed);
  const told = { inputs: 0, accepted: 0, problems: 0, traps: 0, others: [], desks: 0, dead: 0 };
  const attempt = (operation) => {
    told.inputs += 1;
    try {
      const result = operation();
      told.accepted += 1;
      return result;
    } catch (error) {
      if (error instanceof FrontdeskError && error.code !== "trapped") told.problems += 1;
      else if (error?.code === "trapped" || error instanceof WebAssembly.RuntimeError) told.traps += 1;
      if (!(error instanceof FrontdeskError) && told.others.length < 5) told.others.push(String(error?.stack ?? error));
      if (error?.code === "trapped" && told.others.length < 5) told.others.push(String(error.cause?.stack));
    }
  };
  let desk;
  while (told.inputs < count) {
    const document = dice.pick(documents);
    const fresh = attempt(() => new Desk(dice.chance(50) ? mutated(document, dice, dice.below(9)) : brokenText(document, dice)));
    if (fresh) {
      told.desks += 1;
      desk?.free();
      desk = fresh;
    }
    if (!desk) continue;
    for (let turn = 0; turn < 12; turn += 1) {
      const question = mutated(dice.pick(questions), dice, 15);
      attempt(() => desk.askJson(dice.chance(80) ? JSON.stringify(question) ?? "" : brokenText(question, dice)));
      const at = dice.pick([Date.UTC(2026, dice.below(14), dice.below(28), dice.below(24)), dice.pick(VALUES), new Date(NaN)]);
      attempt(() => desk.status(dice.pick(["anna", "bo", "ghost", dice.pick(VALUES)]), at));
      attempt(() => desk.schedule(dice.pick(["anna", "bo", dice.pick(VALUES)]), { start: at, end: dice.chance(80) ? Date.UTC(2027, 5) : dice.pick(VALUES) }).toArray());
      if (!desk.handle) continue;
      const command = mutated(dice.pick(commands), dice, 20);
      attempt(() => (dice.chance(80) ? desk.handle(command) : desk.handleJson(brokenText(command, dice))));
      if (dice.chance(10)) attempt(() => desk.apply(mutated(dice.pick(events), dice, 20)));
      if (dice.chance(5)) attempt(() => Desk.restore(brokenText(JSON.parse(desk.snapshot()), dice)).free());
      if (dice.chance(3)) attempt(() => desk.readAbsences("anna", garbled(dice.pick(CALENDARS), dice)));
    }
    // It answers, whatever went through it.
    try {
      desk.available(Date.UTC(2026, 10, 20));
      if (desk.snapshot) JSON.parse(desk.snapshot());
    } catch {
      told.dead += 1;
    }
  }
  desk?.free();
  return told;
}

const CALENDARS = [
  "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Out of office\r\nDTSTART;TZID=Europe/Stockholm:20261120T140000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=9\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
  '{"kind":"calendar#events","items":[{"id":"a","eventType":"outOfOffice","start":{"dateTime":"2026-11-20T09:00:00Z"},"end":{"dateTime":"2026-11-20T10:00:00Z"}}]}',
];

/** The corpus: all documents, commands, questions and events of the vectors. */
export function corpus(files) {
  const steps = files.flatMap((file) => file.steps);
  const of = (...ops) => steps.filter((step) => ops.includes(step.op) && step.with !== null && typeof step.with === "object" && !Array.isArray(step.with)).map((step) => step.with);
  return {
    documents: [...files.flatMap((file) => file.desk ?? []), ...of("check")],
    commands: of("handle", "handle_explained"),
    questions: of("ask"),
    events: steps.flatMap((step) => (/handle|advance/.test(step.op) ? step.gives ?? [] : [])),
  };
}
