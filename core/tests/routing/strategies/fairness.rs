//! `round_robin` with agents who come and go: two agents who were eligible at every choice differ by at most one conversation.

use frontdesk::desk::EventKind;
use frontdesk::{Desk, Event, State};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

use crate::support_desk::{Office, note};

const AGENTS: usize = 7;
const CAPACITY: usize = 3;

fn name(agent: usize) -> String {
    format!("a{agent}")
}

fn entry(agent: usize) -> Value {
    json!({"id": name(agent), "capacity": CAPACITY})
}

/// A desk with a rotation of all agents, with or without offers.
fn office(offers: bool) -> Desk {
    let office = Office::of((0..AGENTS).map(entry).collect()).everyone("round_robin");
    if offers { office.chat(json!({"accept_within": "1m"})).desk() } else { office.desk() }
}

/// A random event; its numbers select among the existing subjects.
#[derive(Debug, Clone, Copy)]
enum Happening {
    Open,
    Close(usize),
    Answer(usize, bool),
    ByHand(usize, usize),
    Away(usize),
    Back(usize),
    Renew(usize),
    Wait(u8),
}

impl Happening {
    /// Mostly arrivals and closings, so that there are enough conversations to distribute.
    fn from_dice(dice: u64) -> Happening {
        let (kind, first, second) = (dice % 32, (dice >> 8) as usize & 0xffff, (dice >> 24) as usize & 0xffff);
        match kind {
            0..=12 => Happening::Open,
            13..=20 => Happening::Close(first),
            21..=25 => Happening::Answer(first, second % 3 > 0),
            26 => Happening::ByHand(first, second),
            27 => Happening::Away(first % AGENTS),
            28..=29 => Happening::Back(first % AGENTS),
            30 => Happening::Wait((first % 50) as u8),
            _ if second % 4 == 0 => Happening::Renew(first % AGENTS),
            _ => Happening::Open,
        }
    }
}

/// A day at the desk, and the number of conversations by agent, from the events alone.
struct Day {
    desk: Desk,
    second: i64,
    opened: usize,
    /// The agent of each conversation, and `true` while it is an offer.
    with: BTreeMap<String, (String, bool)>,
    declined: BTreeSet<(String, String)>,
    away: BTreeSet<String>,
    turns: usize,
    /// The events as text, to explain a failure.
    told: Vec<String>,
    /// For two agents who were eligible at every choice since then: the largest, the smallest and the current lead of the first.
    apart: BTreeMap<(String, String), (i64, i64, i64)>,
}

impl Day {
    fn new(offers: bool) -> Day {
        Day {
            desk: office(offers),
            second: 1_795_165_200, // 2026-11-20T09:00:00Z
            opened: 0,
            with: BTreeMap::new(),
            declined: BTreeSet::new(),
            away: BTreeSet::new(),
            turns: 0,
            told: Vec::new(),
            apart: BTreeMap::new(),
        }
    }

    fn happen(&mut self, happening: Happening) {
        let nth = |all: Vec<&String>, number: usize| (!all.is_empty()).then(|| all[number % all.len()].clone());
        match happening {
            Happening::Open => {
                self.opened += 1;
                let id = format!("c{}", self.opened);
                self.command(json!({"type": "open", "conversation": id, "inbox": "main", "channel": "chat"}));
            }
            Happening::Close(number) => {
                if let Some(id) = nth(self.with.keys().collect(), number) {
                    self.command(json!({"type": "close", "conversation": id}));
                }
            }
            Happening::Answer(number, yes) => {
                let offered = self.with.iter().filter(|(_, (_, offer))| *offer).map(|(id, _)| id).collect();
                if let Some(id) = nth(offered, number) {
                    let agent = self.with[&id].0.clone();
                    let answer = if yes { "accept" } else { "decline" };
                    self.command(json!({"type": answer, "conversation": id, "agent": agent}));
                }
            }
            Happening::ByHand(number, agent) => {
                if let Some(id) = nth(self.with.keys().collect(), number) {
                    let to = json!({"agent": name(agent % AGENTS)});
                    self.command(json!({"type": "assign", "conversation": id, "to": to}));
                }
            }
            Happening::Away(agent) => {
                self.command(json!({"type": "set_status", "agent": name(agent), "status": "away"}));
            }
            Happening::Back(agent) => {
                self.command(json!({"type": "set_status", "agent": name(agent), "status": "available"}));
            }
            Happening::Renew(agent) => {
                self.command(json!({"type": "remove_agent", "agent": name(agent)}));
                self.command(json!({"type": "put_agent", "agent": name(agent), "entry": entry(agent)}));
            }
            Happening::Wait(seconds) => {
                self.second += i64::from(seconds);
                self.command(json!({"type": "advance"}));
            }
        }
    }

    fn command(&mut self, mut command: Value) {
        let at = frontdesk::time::Instant::from_millis(self.second * 1000).unwrap();
        command["at"] = at.to_string().into();
        let command = self.desk.command_from_value(command).unwrap();
        for event in self.desk.handle(&command) {
            self.hear(&event);
        }
    }

    fn hear(&mut self, event: &Event) {
        self.told.push(note(event));
        match &event.kind {
            EventKind::Offered { conversation, agent, decision, .. } => {
                if decision.is_some() {
                    self.turn(conversation, agent);
                }
                self.with.insert(conversation.to_string(), (agent.to_string(), true));
            }
            EventKind::Assigned { conversation, agent: Some(agent), decision, .. } => {
                let accepted = self.with.get(conversation.as_str()).is_some_and(|(_, offer)| *offer);
                if decision.is_some() && !accepted {
                    self.turn(conversation, agent);
                }
                self.with.insert(conversation.to_string(), (agent.to_string(), false));
            }
            EventKind::OfferDeclined { conversation, agent } | EventKind::OfferExpired { conversation, agent } => {
                self.declined.insert((conversation.to_string(), agent.to_string()));
                self.with.remove(conversation.as_str());
            }
            EventKind::OfferWithdrawn { conversation, .. }
            | EventKind::Closed { conversation, .. }
            | EventKind::Unassigned { conversation, .. } => {
                self.with.remove(conversation.as_str());
            }
            EventKind::StatusChanged { agent, state: State::Away, .. } => {
                self.away.insert(agent.to_string());
            }
            EventKind::StatusChanged { agent, .. } => {
                if self.away.remove(agent.as_str()) {
                    self.declined.retain(|(_, declined)| declined != agent.as_str());
                }
            }
            EventKind::DeskChanged { agent: Some(agent), entry: Some(_), .. } => {
                self.away.remove(agent.as_str());
            }
            EventKind::DeskChanged { agent: Some(agent), .. } => {
                // An agent who comes back counts as a new one.
                self.away.insert(agent.to_string());
                self.declined.retain(|(_, declined)| declined != agent.as_str());
                self.apart.retain(|(one, other), _| one != agent.as_str() && other != agent.as_str());
            }
            EventKind::Started
            | EventKind::Opened { .. }
            | EventKind::Queued { .. }
            | EventKind::DeskChanged { .. } => {}
            _ => panic!("not expected: {}", note(event)),
        }
    }

    fn is_eligible(&self, conversation: &str, agent: &str) -> bool {
        let load = self.with.values().filter(|(with, _)| with == agent).count();
        let declined = self.declined.contains(&(conversation.to_owned(), agent.to_owned()));
        load < CAPACITY && !self.away.contains(agent) && !declined
    }

    /// Compares the chosen agent with all others who were eligible.
    fn turn(&mut self, conversation: &str, chosen: &str) {
        self.turns += 1;
        assert!(self.is_eligible(conversation, chosen), "{chosen} may not get {conversation}");
        let eligible: Vec<bool> = (0..AGENTS).map(|agent| self.is_eligible(conversation, &name(agent))).collect();
        for (one, other) in (0..AGENTS).flat_map(|one| (one + 1..AGENTS).map(move |other| (one, other))) {
            let pair = (name(one), name(other));
            if !(eligible[one] && eligible[other]) {
                self.apart.remove(&pair);
                continue;
            }
            let (most, least, now) = self.apart.entry(pair).or_default();
            *now += i64::from(chosen == name(one)) - i64::from(chosen == name(other));
            (*most, *least) = ((*most).max(*now), (*least).min(*now));
            if *most - *least > 1 {
                let told = self.told.join("\n  ");
                panic!("{} and {} are more than one apart at {conversation}:\n  {told}", name(one), name(other));
            }
        }
    }
}

/// Pseudo-random numbers, the same on every machine (SplitMix64).
fn dice(seed: u64) -> impl Iterator<Item = u64> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    })
}

fn ten_thousand(seed: u64, offers: bool) {
    let mut day = Day::new(offers);
    for dice in dice(seed) {
        day.happen(Happening::from_dice(dice));
        if day.opened == 10_000 {
            break;
        }
    }
    assert!(day.turns > 5_000, "enough was shared out: {}", day.turns);
}

#[test]
fn round_robin_is_fair_over_ten_thousand_conversations() {
    ten_thousand(1, false);
}

#[test]
fn round_robin_is_fair_over_ten_thousand_offered_conversations() {
    ten_thousand(2, true);
}

#[test]
fn round_robin_is_exact_while_nobody_comes_or_goes() {
    let mut desk = Office::of((0..AGENTS).map(|agent| json!(name(agent))).collect()).everyone("round_robin").desk();
    for number in 0..10_000 {
        let told = crate::support_desk::act(&mut desk, &format!("09:00 open c{number}"));
        assert_eq!(told, [format!("- c{number} assigned {} all/1 round_robin", name(number % AGENTS))]);
    }
}

#[test]
fn weighted_round_robin_is_exact_after_every_full_round() {
    let weights = [5, 3, 2];
    let agents = (0..3).map(|agent| json!({"id": name(agent), "attributes": {"weight": weights[agent]}})).collect();
    let mut desk = Office::of(agents).everyone("weighted_round_robin").desk();
    let mut counts = [0; 3];
    for number in 1..=10_000 {
        let told = crate::support_desk::act(&mut desk, &format!("09:00 open c{number}")).concat();
        let chosen = (0..3).find(|agent| told.contains(&format!("assigned {} ", name(*agent)))).unwrap();
        counts[chosen] += 1;
        if number % 10 == 0 {
            assert_eq!(counts, weights.map(|weight| weight * number / 10));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Short days, so that a failure shrinks to a readable case.
    #[test]
    fn round_robin_is_fair_on_any_day(dice in prop::collection::vec(any::<u64>(), 0..300), offers in any::<bool>()) {
        let mut day = Day::new(offers);
        dice.into_iter().for_each(|dice| day.happen(Happening::from_dice(dice)));
    }
}
