//! The log of the example, replayed: the facts that a support lead relies on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use frontdesk::desk::EventKind;
use frontdesk::time::Instant;
use frontdesk::{Agent, Desk, Document, Event};
use incidents::{Converted, INCIDENTS, Incident, convert, read};

static CONVERTED: LazyLock<Converted> = LazyLock::new(|| convert(INCIDENTS).expect("the log is in order"));
static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| replay(&CONVERTED));
static LOG: LazyLock<BTreeMap<String, Incident>> = LazyLock::new(|| {
    read(INCIDENTS)
        .expect("the log is in order")
        .into_iter()
        .map(|incident| (incident.number.clone(), incident))
        .collect()
});

fn replay(converted: &Converted) -> Vec<Event> {
    let mut desk = Desk::from_json(&converted.desk).expect("the document is in order");
    converted
        .commands
        .lines()
        .flat_map(|command| desk.handle_json(command).expect("each command can be read"))
        .collect()
}

fn document() -> Document {
    Document::from_json(&CONVERTED.desk).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn agents() -> BTreeMap<String, Agent> {
    document().agents.into_iter().map(|agent| (agent.id.to_string(), agent)).collect()
}

/// The team an incident is for.
fn team(incident: &Incident) -> &str {
    incident.group.as_deref().unwrap_or("triage")
}

/// Returns all assignments: the number, the agent and the event.
fn assignments() -> impl Iterator<Item = (&'static str, &'static str, &'static Event)> {
    EVENTS.iter().filter_map(|event| match &event.kind {
        EventKind::Assigned { conversation, agent: Some(agent), .. } => {
            Some((conversation.as_str(), agent.as_str(), event))
        }
        _ => None,
    })
}

#[test]
fn the_document_has_the_groups_and_the_people_of_the_log() {
    let document = document();
    assert_eq!(document.teams.len(), 51 + 1, "51 groups and triage");
    assert_eq!(document.agents.len(), 117);
    let resolved_in: BTreeSet<_> =
        LOG.values().filter_map(|incident| Some((incident.resolver.as_deref()?, team(incident)))).collect();
    let members: BTreeSet<_> = document
        .agents
        .iter()
        .flat_map(|agent| agent.team.iter().chain(&agent.extra_teams).map(|team| (agent.id.as_str(), team.as_str())))
        .collect();
    assert_eq!(members, resolved_in);
}

#[test]
fn people_work_in_three_zones_and_one_of_them_past_midnight() {
    let (agents, desk_zone) = (agents(), document().time_zone);
    let zones: BTreeSet<_> =
        agents.values().map(|agent| agent.time_zone.as_ref().unwrap_or(&desk_zone).name()).collect();
    assert!(zones.len() >= 3, "{zones:?}");
    let hours = || agents.values().filter_map(|agent| agent.working_hours.as_ref()).flatten();
    assert!(hours().any(|hours| hours.interval.end < hours.interval.start), "a shift past midnight");
    assert!(hours().any(|hours| hours.interval.end.minutes().saturating_sub(hours.interval.start.minutes()) == 240));
    assert!(agents.values().any(|agent| !agent.out_of_office.is_empty()), "a leave");
    assert!(agents.values().all(|agent| agent.capacity.is_some()));
}

#[test]
fn every_incident_arrives_when_it_was_opened() {
    let arrived: BTreeMap<_, _> = EVENTS
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Opened { conversation, details, .. } => {
                Some((conversation.as_str(), (event.at, details.priority)))
            }
            _ => None,
        })
        .collect();
    let expected: BTreeMap<_, _> =
        LOG.iter().map(|(number, incident)| (number.as_str(), (incident.opened, 4 - incident.priority))).collect();
    assert_eq!(arrived.len(), 890);
    assert_eq!(arrived, expected);
}

#[test]
fn every_incident_is_closed_when_it_was_done() {
    let closed: BTreeMap<_, _> = EVENTS
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Closed { conversation, .. } => Some((conversation.as_str(), Some(event.at))),
            _ => None,
        })
        .collect();
    assert_eq!(closed, LOG.iter().map(|(number, incident)| (number.as_str(), incident.done())).collect());
}

#[test]
fn nothing_is_refused_lost_or_given_twice() {
    assert!(!EVENTS.iter().any(|event| matches!(event.kind, EventKind::Refused { .. } | EventKind::Unassigned { .. })));
    let given: BTreeSet<_> = assignments().map(|(number, ..)| number).collect();
    assert_eq!(given.len(), assignments().count(), "each at most once");
    let closed_without: BTreeSet<_> = EVENTS
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::Closed { conversation, agent: None, .. } => Some(conversation.as_str()),
            _ => None,
        })
        .collect();
    assert!(given.is_disjoint(&closed_without));
    assert_eq!(given.len() + closed_without.len(), 890);
    assert!(closed_without.len() <= 10, "few are left over: {closed_without:?}");
}

#[test]
fn an_incident_goes_to_its_group_and_to_who_helps_out_there_only_after_two_hours() {
    const TWO_HOURS: i64 = 2 * 3_600_000;
    let agents = agents();
    let has_main_members: BTreeSet<_> = agents.values().filter_map(|agent| agent.team.as_deref()).collect();
    let mut helped = 0;
    for (number, agent, event) in assignments() {
        let (incident, agent) = (&LOG[number], &agents[agent]);
        let team = team(incident);
        if agent.team.as_deref() == Some(team) {
            continue;
        }
        helped += 1;
        assert!(agent.extra_teams.iter().any(|extra| *extra == team), "{number} of {team} went to {}", agent.id);
        let waited = event.at.millis() - incident.opened.millis();
        assert!(waited >= TWO_HOURS || !has_main_members.contains(team), "{number} went to {} too early", agent.id);
    }
    assert!(helped > 17, "more than triage: {helped}");
}

#[test]
fn the_more_urgent_goes_first() {
    let agents = agents();
    let mut waiting: BTreeSet<&str> = BTreeSet::new();
    let mut overtaken = 0;
    for event in EVENTS.iter() {
        match &event.kind {
            EventKind::Queued { conversation, .. } => drop(waiting.insert(conversation)),
            EventKind::Closed { conversation, .. } => drop(waiting.remove(conversation.as_str())),
            EventKind::Assigned { conversation, agent: Some(agent), .. } if waiting.remove(conversation.as_str()) => {
                let given = &LOG[conversation.as_str()];
                let of_the_team = agents[agent.as_str()].team.as_deref() == Some(team(given));
                // A main member may take all of the group's, so nothing ahead of it may be left waiting.
                for other in waiting.iter().map(|number| &LOG[*number]).filter(|other| team(other) == team(given)) {
                    let ahead = (other.priority, other.opened) < (given.priority, given.opened);
                    assert!(!of_the_team || !ahead, "{conversation} went before {}", other.number);
                    overtaken += usize::from(other.opened < given.opened && given.priority < other.priority);
                }
            }
            _ => {}
        }
    }
    assert!(overtaken > 0, "an urgent one overtook an older one");
}

#[test]
fn nobody_holds_more_than_they_take_or_gets_something_out_of_hours() {
    let agents = agents();
    let desk = Desk::from_json(&CONVERTED.desk).expect("the document is in order");
    let mut held: BTreeMap<&str, u32> = BTreeMap::new();
    for event in EVENTS.iter() {
        match &event.kind {
            EventKind::Assigned { agent: Some(agent), .. } => {
                let holds = held.entry(agent).or_default();
                *holds += 1;
                let limit = agents[agent.as_str()].capacity.as_ref().and_then(|capacity| capacity.total);
                assert!(limit.is_some_and(|limit| *holds <= limit), "{agent} holds {holds}");
                let status = desk.status(agent, event.at).expect("an agent of the desk");
                assert_eq!(status.state, frontdesk::State::Available, "{agent} at {}", event.at);
            }
            EventKind::Closed { agent: Some(agent), .. } => *held.get_mut(agent.as_str()).expect("who held it") -= 1,
            _ => {}
        }
    }
    assert!(held.values().all(|holds| *holds == 0), "all is closed in the end");
}

#[test]
fn most_are_assigned_at_once_and_the_rest_by_the_next_working_days() {
    const HOUR: i64 = 3_600_000;
    let mut waits: Vec<i64> =
        assignments().map(|(number, _, event)| event.at.millis() - LOG[number].opened.millis()).collect();
    waits.sort_unstable();
    assert_eq!(waits[waits.len() / 2], 0);
    assert!(waits[waits.len() * 95 / 100] < 24 * HOUR);
    assert!(waits.last().is_some_and(|longest| *longest < 72 * HOUR));
    assert!(waits.iter().filter(|wait| **wait > 8 * HOUR).count() > 20, "some wait overnight");
}

#[test]
fn commands_are_in_the_order_of_time() {
    let instants: Vec<Instant> = CONVERTED
        .commands
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"))
        .map(|command| Instant::parse(command["at"].as_str().expect("text")).expect("an instant"))
        .collect();
    assert_eq!(instants.len(), 2 * 890);
    assert!(instants.is_sorted());
}

#[test]
fn the_same_log_gives_the_same_desk_and_the_same_events() {
    let again = convert(INCIDENTS).expect("the log is in order");
    assert_eq!(again, *CONVERTED);
    let events = |events: &[Event]| events.iter().map(Event::to_json).collect::<Vec<_>>();
    assert_eq!(events(&replay(&again)), events(&EVENTS));
}
