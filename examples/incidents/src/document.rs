//! The desk document of a log.

use std::collections::BTreeSet;

use frontdesk::{Document, Problem};
use serde_json::{Value, json};

use crate::person::{Person, by_number, people};
use crate::shift::OFFICE;
use crate::{GROUP, INBOX, Incident, TRIAGE, Trouble, ZONE};

/// The desk document of a log, as canonical JSON.
pub fn write(incidents: &[Incident]) -> Result<String, Vec<Trouble>> {
    let document =
        Document::from_value(desk(incidents)).map_err(|problems| problems.iter().map(trouble).collect::<Vec<_>>())?;
    serde_json::to_string_pretty(&document).map_err(|error| vec![Trouble::new(None, error.to_string())])
}

fn trouble(problem: &Problem) -> Trouble {
    Trouble::new(None, problem.to_string())
}

fn desk(incidents: &[Incident]) -> Value {
    let groups: BTreeSet<_> =
        incidents.iter().filter_map(|incident| incident.group.as_deref()).map(by_number).collect();
    let groups: Vec<&str> = groups.into_iter().map(|(_, group)| group).collect();
    let contact_types: BTreeSet<_> = incidents.iter().map(|incident| &incident.contact_type).collect();
    json!({
        "version": 1,
        "time_zone": ZONE,
        "working_hours": OFFICE.hours(),
        // Whichever way it is reported, an incident is a ticket: it rings with nobody, it is assigned.
        "kinds": ["ticket"],
        "teams": groups.iter().chain([&TRIAGE]).map(|team| json!({"id": team})).collect::<Vec<_>>(),
        "agents": people(incidents).iter().map(agent).collect::<Vec<_>>(),
        "holidays": [{"id": "easter", "name": "Easter", "dates": ["2016-03-25", "2016-03-28"]}],
        "inboxes": [{
            "id": INBOX,
            "channels": contact_types.iter().map(|id| channel(id, &groups)).collect::<Vec<_>>(),
        }],
        "settings": {"last_assignment_before_end": "15m"},
    })
}

fn agent(person: &Person<'_>) -> Value {
    let mut agent = json!({
        "id": person.id,
        "team": person.team,
        "extra_teams": person.extra_teams,
        "capacity": person.capacity,
    });
    if *person.shift != OFFICE {
        agent["time_zone"] = json!(person.shift.zone);
        agent["working_hours"] = person.shift.hours();
    }
    if let Some((first_day, last_day)) = person.leave {
        agent["out_of_office"] = json!([{"first_day": first_day, "last_day": last_day, "note": "On leave"}]);
    }
    agent
}

fn channel(id: &str, groups: &[&str]) -> Value {
    let rules: Vec<Value> = groups.iter().map(|group| rule_of(group)).chain([triage()]).collect();
    json!({"id": id, "kind": "ticket", "rules": rules})
}

/// The main members of a group have two hours; then its extra members are asked, too.
fn rule_of(group: &str) -> Value {
    json!({
        "id": group,
        "match": {(format!("attributes.{GROUP}")): group},
        "steps": [
            {"assign_to": {"teams": [group]}, "wait": "2h"},
            {"assign_to": {"teams": [group], "extra": true}},
        ],
    })
}

/// Triage is nobody's main team, so its extra members are asked at once.
fn triage() -> Value {
    json!({"id": TRIAGE, "steps": [{"assign_to": {"teams": [TRIAGE], "extra": true}}]})
}
