//! A roster that was changed step by step is the roster of the document that came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Roster, SetRef, StepTarget};
use crate::model::{Agent, Difference, Document, Holiday, Id, Inbox, Team};
use crate::read::{self, Node};
use crate::time::Instant;

const TEAMS: [&str; 3] = ["t0", "t1", "t2"];

/// A change of the document.
#[derive(Debug, Clone)]
enum Edit {
    PutAgent(Value),
    PutTeam(Value),
    PutInbox(Value),
    RemoveAgent(String),
    RemoveTeam(String),
    RemoveInbox(String),
    PutHoliday(Value),
    RemoveHoliday(String),
    /// All that differs in a document.
    Configure(Value),
}

fn name(letter: char) -> impl Strategy<Value = String> {
    (0..3_u8).prop_map(move |number| format!("{letter}{number}"))
}

fn some(letter: char) -> impl Strategy<Value = BTreeSet<String>> {
    prop::collection::btree_set(name(letter), 0..3)
}

fn hours() -> impl Strategy<Value = Value> {
    (0..3_u8).prop_map(|from| json!([{"days": ["mon", "tue"], "start": format!("0{from}:00"), "end": "17:00"}]))
}

fn agent() -> impl Strategy<Value = Value> {
    (name('a'), prop::option::of(name('t')), some('t'), any::<bool>()).prop_map(|(id, team, extra, active)| {
        let extra: BTreeSet<_> = extra.into_iter().filter(|it| Some(it) != team.as_ref()).collect();
        let mut agent = json!({"id": id, "extra_teams": extra, "active": active});
        team.into_iter().for_each(|team| agent["team"] = json!(team));
        agent
    })
}

fn names() -> impl Strategy<Value = Value> {
    (some('a'), some('t'), any::<bool>())
        .prop_map(|(agents, teams, extra)| json!({"agents": agents, "teams": teams, "extra": extra}))
}

fn target() -> impl Strategy<Value = Value> {
    prop_oneof![names(), Just(json!("everyone")), Just(json!("contact_owner")), Just(json!({"bot": "b"}))]
}

fn inbox() -> impl Strategy<Value = Value> {
    let access = prop_oneof![
        Just(json!("everyone")),
        (some('a'), some('t')).prop_map(|(agents, teams)| json!({"agents": agents, "teams": teams})),
    ];
    let steps = prop::collection::vec(target().prop_map(|target| json!({"assign_to": target})), 1..3);
    let channels = prop::collection::btree_map(name('c'), steps, 0..3);
    (name('i'), access, channels).prop_map(|(id, access, channels)| {
        let channel = |(id, steps)| json!({"id": id, "kind": "chat", "rules": [{"id": "r", "steps": steps}]});
        json!({"id": id, "access": access, "channels": channels.into_iter().map(channel).collect::<Vec<_>>()})
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    let team = (name('t'), hours()).prop_map(|(id, hours)| json!({"id": id, "working_hours": hours}));
    prop_oneof![
        4 => agent().prop_map(Edit::PutAgent),
        1 => team.prop_map(Edit::PutTeam),
        3 => inbox().prop_map(Edit::PutInbox),
        1 => name('a').prop_map(Edit::RemoveAgent),
        1 => name('t').prop_map(Edit::RemoveTeam),
        1 => name('i').prop_map(Edit::RemoveInbox),
        1 => holiday().prop_map(Edit::PutHoliday),
        1 => name('h').prop_map(Edit::RemoveHoliday),
        2 => configured().prop_map(Edit::Configure),
    ]
}

fn holiday() -> impl Strategy<Value = Value> {
    (name('h'), some('t'), some('i'))
        .prop_map(|(id, teams, inboxes)| json!({"id": id, "dates": ["2026-11-23"], "teams": teams, "inboxes": inboxes}))
}

fn configured() -> impl Strategy<Value = Value> {
    let zone = prop::sample::select(&["UTC", "Asia/Tokyo"][..]);
    let kinds = prop::sample::subsequence(vec!["fax", "sms"], 0..=2);
    let order = prop::sample::subsequence(vec!["a2", "a1", "a0"], 0..=3);
    (zone, hours(), kinds, any::<bool>(), holiday(), order).prop_map(|(zone, hours, kinds, seat, holiday, order)| {
        json!({
            "time_zone": zone, "working_hours": hours, "kinds": kinds, "settings": {"requires_seat": seat},
            "holidays": [holiday], "order": {"agents": order},
        })
    })
}

fn document() -> Document {
    let teams: Vec<Value> = TEAMS.iter().map(|team| json!({"id": team})).collect();
    let agents: Vec<Value> = ["a0", "a1", "a2"].iter().map(|agent| json!({"id": agent, "team": "t0"})).collect();
    Document::from_value(json!({"version": 1, "time_zone": "UTC", "teams": teams, "agents": agents})).unwrap()
}

impl Roster {
    /// Makes a change, unless it names something that is not there.
    fn edit(&mut self, edit: &Edit) {
        let node = |value: &Value| Node::from(value.clone());
        match edit {
            Edit::PutAgent(it) => {
                let agent = read::from_node(&node(it), self.known(), Agent::read);
                if let Ok(agent) = agent {
                    self.put_agent(Arc::new(agent));
                }
            }
            Edit::PutTeam(it) => {
                let team = read::from_node(&node(it), self.known(), Team::read);
                team.into_iter().for_each(|team| self.put_team(Arc::new(team)));
            }
            Edit::PutInbox(it) => {
                let inbox = read::from_node(&node(it), self.known(), Inbox::read);
                inbox.into_iter().for_each(|inbox| self.put_inbox(Arc::new(inbox)));
            }
            Edit::RemoveAgent(id) => self.remove_agent(&Id::from(id.as_str())),
            Edit::RemoveTeam(id) => self.remove_team(&Id::from(id.as_str())),
            Edit::RemoveInbox(id) => self.remove_inbox(&Id::from(id.as_str())),
            Edit::PutHoliday(it) => {
                let holiday = read::from_node(&node(it), self.known(), Holiday::read);
                holiday.into_iter().for_each(|holiday| self.put_holiday(holiday));
            }
            Edit::RemoveHoliday(id) => self.remove_holiday(&Id::from(id.as_str())),
            Edit::Configure(it) => {
                let difference = read::from_node(&node(it), self.known(), Difference::read);
                let Ok(difference) = difference else { return };
                self.take_parts(&difference);
                let moves = self.moves_to(&difference.order.agents);
                self.move_agents(|slot| moves[slot.index()]);
                self.take_hours(&difference);
            }
        }
    }

    fn names_of(&self, set: SetRef) -> Vec<String> {
        self.set(set).iter().map(|slot| self.agent_id(slot).map_or("nobody".to_owned(), |id| id.to_string())).collect()
    }

    /// All that questions and rules are answered from, by name.
    fn shown(&self) -> BTreeMap<String, String> {
        let mut shown = BTreeMap::new();
        let at = Instant::parse("2026-11-23T01:30:00Z").unwrap();
        for (slot, member) in self.members() {
            let stretch = member.schedule.stretch_at(at);
            let facts = (self.assignable.contains(slot), stretch.reason, stretch.start, stretch.end);
            shown.insert(format!("agent {}", member.entry.id), format!("{facts:?}"));
        }
        shown.insert("everyone".to_owned(), format!("{:?}", self.names_of(SetRef::EVERYONE)));
        for team in TEAMS.map(Id::from) {
            for extra in [false, true] {
                let members: Vec<_> = self.team_members(&team, extra).iter().map(|slot| self.agent_id(slot)).collect();
                shown.insert(format!("team {team} {extra}"), format!("{members:?}"));
            }
        }
        for (_, channel) in self.channels() {
            let targets = channel.targets.iter().map(|target| match target {
                StepTarget::Fixed { set, listed } => {
                    let listed: Vec<_> = listed.iter().map(|slot| self.agent_id(*slot)).collect();
                    format!("{:?} {listed:?}", self.names_of(*set))
                }
                other => format!("{other:?}"),
            });
            let facts = (self.names_of(channel.access), targets.collect::<Vec<_>>());
            shown.insert(format!("channel {} {}", channel.inbox, channel.entry.id), format!("{facts:?}"));
        }
        let known = self.known();
        for (what, ids) in [("agents", &known.agents), ("teams", &known.teams), ("inboxes", &known.inboxes)] {
            shown.insert(format!("known {what}"), format!("{:?}", ids.iter().collect::<BTreeSet<_>>()));
        }
        shown
    }
}

proptest! {
    #[test]
    fn it_is_the_roster_of_its_document(edits in prop::collection::vec(edit(), 1..12)) {
        let mut roster = Roster::new(document());
        for edit in &edits {
            roster.edit(edit);
            prop_assert_eq!(roster.shown(), Roster::new(roster.document()).shown(), "after {:?}", edit);
        }
    }

    /// Without gaps it is what it was, and each agent is in the slot to which it moved.
    #[cfg(feature = "routing")]
    #[test]
    fn gaps_are_closed(edits in prop::collection::vec(edit(), 0..12)) {
        let mut roster = Roster::new(document());
        edits.iter().for_each(|edit| roster.edit(edit));
        let before = roster.clone();
        let moves = roster.moves_over_gaps();
        roster.renumber_channels();
        roster.move_agents(|slot| moves[slot.index()]);
        roster.release_places();
        prop_assert_eq!(roster.shown(), before.shown());
        for (slot, member) in before.members() {
            prop_assert_eq!(roster.agent_id(moves[slot.index()]), Some(member.entry.id.clone()));
        }
        prop_assert_eq!(roster.slot_count(), roster.members().count());
        prop_assert_eq!(roster.channels.len(), roster.channels().count());
        prop_assert!(!roster.has_many_gaps());
    }

    /// An agent who is taken back leaves the roster as it was.
    #[test]
    fn who_is_taken_back_was_never_there(edits in prop::collection::vec(edit(), 0..8), agent in agent()) {
        let mut roster = Roster::new(document());
        edits.iter().for_each(|edit| roster.edit(edit));
        let (before, slots) = (roster.shown(), roster.slot_count());
        let mut entry = agent;
        entry["id"] = json!("new");
        roster.edit(&Edit::PutAgent(entry));
        if roster.slot("new").is_some() {
            roster.take_back_agent(&Id::from("new"));
        }
        prop_assert_eq!((roster.shown(), roster.slot_count()), (before, slots));
    }

    /// The sets that an agent is said to leave are those that it is in before and not after.
    #[test]
    fn who_leaves_a_set_is_told(edits in prop::collection::vec(edit(), 0..8), entry in agent()) {
        let mut roster = Roster::new(document());
        edits.iter().for_each(|edit| roster.edit(edit));
        let node = Node::from(entry);
        let Ok(entry) = read::from_node(&node, roster.known(), Agent::read) else { return Ok(()) };
        let Some(slot) = roster.slot(&entry.id) else { return Ok(()) };
        let sets: BTreeSet<u32> = roster.channels().flat_map(|(_, channel)| {
            channel.targets.iter().filter_map(|target| match target {
                StepTarget::Fixed { set, .. } => Some(set.0),
                _ => None,
            })
        }).collect();
        let is_in = |roster: &Roster| -> BTreeSet<u32> {
            sets.iter().copied().filter(|set| roster.set(SetRef(*set)).contains(slot)).collect()
        };
        let left: BTreeSet<u32> = roster.sets_left_by(slot, &entry).iter().map(|set| set.0).collect();
        let before = is_in(&roster);
        roster.put_agent(Arc::new(entry));
        prop_assert_eq!(&left & &sets, &before - &is_in(&roster));
    }
}
