// Desks to begin with.

const WEEK = ["mon", "tue", "wed", "thu", "fri"];
const hours = (start, end, days = WEEK) => ({ days, start, end });
const team = (id, name) => ({ id, name });
const rule = (id, steps, more = {}) => ({ id, ...more, steps });

const nordlys = {
  version: 1,
  time_zone: "Europe/Stockholm",
  working_hours: [hours("09:00", "17:00")],
  teams: [team("support", "Support"), team("vip", "Key accounts")],
  statuses: [{ id: "on_the_phone", name: "On the phone", state: "available", kinds: ["call"] }, { id: "lunch", name: "At lunch", state: "away" }],
  agents: [
    { id: "anna", name: "Anna Berg", team: "support", extra_teams: ["vip"], working_hours: [hours("08:00", "12:00"), hours("13:00", "17:00")],
      capacity: { total: 4 }, out_of_office: [{ start: "2026-11-20T14:00", end: "2026-11-20T16:00", repeat: "FREQ=WEEKLY;BYDAY=FR", note: "Choir" }] },
    { id: "bo", name: "Bo Lindqvist", team: "support", capacity: { total: 3 }, skills: { billing: 2 } },
    { id: "cleo", name: "Cleo Martin", team: "support", time_zone: "America/Toronto", working_hours: [hours("09:00", "16:00", ["mon", "wed", "fri"]), hours("09:00", "12:00", ["tue", "thu"])] },
    { id: "dev", name: "Dev Rao", team: "vip", time_zone: "Asia/Kolkata", working_hours: [hours("10:00", "18:30")], skills: { billing: 4, "lang:hi": 5 } },
    { id: "elin", name: "Elin Sand", team: "vip", substitute: "dev", out_of_office: [{ first_day: "2026-11-18", last_day: "2026-11-20", note: "Skiing" }] },
    { id: "finn", name: "Finn Olsen", team: "support", working_hours: [hours("18:00", "02:00", ["mon", "wed", "fri"])] },
  ],
  holidays: [{ id: "se", dates: ["2026-12-24", "2026-12-25", "2026-12-26", "2027-01-01"] }],
  inboxes: [{
    id: "main", name: "Main inbox", office_hours: [hours("08:00", "20:00")],
    channels: [
      { id: "chat", kind: "chat",
        rules: [
          rule("key accounts", [{ assign_to: "contact_owner", wait: "30s" }, { assign_to: { teams: ["vip"], extra: true }, strategy: "longest_idle", wait: "2m" }],
            { match: { "contact.attributes.plan": ["enterprise", "business"] } }),
          rule("everyone", [{ assign_to: { teams: ["support"] }, strategy: "least_busy" }]),
        ],
        visitor: { availability: "office_hours", reply_time: "a few minutes", when_away: { message: "We are busy just now. Leave a message." }, when_closed: { message: "Write to us, and we answer when we open." } } },
      { id: "phone", kind: "call", office_hours: [hours("09:00", "16:00")], accept_within: "20s",
        rules: [{ id: "calls", steps: [{ assign_to: { teams: ["support"] }, strategy: "round_robin" }], otherwise: { voicemail: "busy.mp3" } }],
        after_hours: { voicemail: "closed.mp3" }, visitor: { availability: "office_hours", when_closed: { hide: true } } },
    ],
  }],
};

const sun = {
  version: 1,
  time_zone: "UTC",
  teams: [team("asia", "Asia-Pacific"), team("europe", "Europe"), team("america", "Americas")],
  agents: [
    ["mei", "Mei Tan", "asia", "Asia/Singapore"], ["oliver", "Oliver Ward", "asia", "Australia/Lord_Howe"], ["ravi", "Ravi Iyer", "asia", "Asia/Kolkata"],
    ["lena", "Lena Vogt", "europe", "Europe/Berlin"], ["noor", "Noor Haddad", "europe", "Africa/Casablanca"], ["sofia", "Sofia Reis", "europe", "Europe/Lisbon"],
    ["jo", "Jo Tremblay", "america", "America/Vancouver"], ["luz", "Luz Prado", "america", "America/Sao_Paulo"], ["max", "Max Hill", "america", "America/New_York"],
  ].map(([id, name, team, time_zone]) => ({ id, name, team, time_zone, working_hours: [hours("08:30", "16:30")], capacity: 5 })),
  inboxes: [{
    id: "global", name: "Around the clock", office_hours: [hours("00:00", "24:00")],
    channels: [{
      id: "messenger", kind: "messenger",
      rules: [rule("around the clock", [{ assign_to: "everyone", strategy: "round_robin" }])],
      visitor: { reply_time: "10 minutes", when_away: { message: "Everyone is asleep. That should not happen." } },
    }],
  }],
};

const small = {
  version: 1,
  time_zone: "America/Vancouver",
  agents: [{ id: "sam", name: "Sam Ito", working_hours: [hours("10:00", "15:00", ["tue", "wed", "thu"])] }],
  inboxes: [{ id: "mail", channels: [{ id: "contact", kind: "email", rules: [rule("sam", [{ assign_to: "everyone" }])], visitor: { reply_time: "one day" } }] }],
};

const empty = { version: 1, time_zone: "Europe/Lisbon", inboxes: [] };

/** A desk to try what many people look like. Names are drawn in a fixed order. */
function large(count) {
  const first = ["Ada", "Ben", "Chi", "Dan", "Eva", "Fay", "Gus", "Hana", "Ivo", "Jia", "Kai", "Lea", "Mio", "Nia", "Ole", "Pia", "Quin", "Rui", "Sol", "Tom"];
  const last = ["Abel", "Brandt", "Costa", "Duarte", "Eriksen", "Fischer", "Garg", "Hoang", "Ibsen", "Jansen"];
  const places = [["emea", "Europe/Berlin"], ["emea", "Europe/London"], ["asia", "Asia/Kolkata"], ["asia", "Asia/Tokyo"], ["america", "America/Vancouver"], ["america", "America/Sao_Paulo"], ["asia", "Australia/Lord_Howe"]];
  const agents = Array.from({ length: count }, (_, number) => {
    const [team, time_zone] = places[number % places.length];
    return {
      id: `a${number + 1}`, name: `${first[number % 20]} ${last[Math.floor(number / 20) % 10]}`, team, time_zone, capacity: 4 + (number % 3),
      working_hours: [hours("09:00", "12:30"), hours("13:15", number % 4 ? "17:30" : "16:00")],
      ...(number % 5 === 0 && { out_of_office: [{ start: "2026-11-20T14:00", end: "2026-11-20T15:30", repeat: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", note: "Training" }] }),
      ...(number % 11 === 0 && { out_of_office: [{ first_day: "2026-11-23", last_day: "2026-11-27", note: "Leave" }] }),
    };
  });
  return {
    version: 1, time_zone: "Europe/Berlin", teams: [team("emea", "Europe, Africa"), team("asia", "Asia-Pacific"), team("america", "Americas")], agents,
    holidays: [{ id: "berlin", dates: ["2026-12-25", "2027-01-01"] }],
    inboxes: [{
      id: "help", name: "Help", office_hours: [hours("00:00", "24:00")],
      channels: [{ id: "chat", kind: "chat", rules: [rule("everyone", [{ assign_to: "everyone", strategy: "most_capacity" }])], visitor: { reply_time: "two minutes" } }],
    }],
  };
}

/** Each with its name. */
export const SAMPLES = { "Nordlys, a team of six": () => nordlys, "Follow the sun": () => sun, "One person": () => small, "Two hundred people": () => large(200), "An empty desk": () => empty };

/** Scripts to begin with, each with its name. */
export const SCRIPTS = {
  "Key accounts first": `// Members of the VIP team first, and the least busy among them.
const boost = 20;

fn score(agent, conversation, desk) {
    let score = -agent.load;
    if agent.is_in("vip") { score += boost; }
    score
}
`,
  "Whoever knows most": `// The highest level in what is asked; the less busy among equals.
fn score(agent, conversation, desk) {
    let score = 0;
    for name in conversation.skills.names() {
        score += 10 * agent.skills[name];
    }
    score - agent.load
}
`,
  "Keep one free": `// One place of everyone stays free for what is urgent.
fn eligible(agent, conversation, desk) {
    if conversation.priority < 1 && agent.load >= 2 {
        "a place is kept for what is urgent"
    } else {
        true
    }
}

fn score(agent, conversation, desk) {
    -agent.load
}
`,
};
/** The initial time of the clock: a Friday. */
export const START = Date.UTC(2026, 10, 20, 9);
