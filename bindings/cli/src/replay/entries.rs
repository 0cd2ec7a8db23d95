//! Describes changes of the desk, and distinguishes new entries from changed ones.

use std::collections::HashSet;

use frontdesk::desk::{ChangeType, Entry, EventKind};
use frontdesk::{Document, Id};
use serde_json::Value;

/// The entries of the desk.
#[derive(Debug, Default)]
pub struct Entries {
    agents: HashSet<Id>,
    teams: HashSet<Id>,
    inboxes: HashSet<Id>,
    holidays: HashSet<Id>,
}

impl Entries {
    /// Collects the entries of a document.
    pub fn of(document: &Document) -> Entries {
        Entries {
            agents: document.agents.iter().map(|it| it.id.clone()).collect(),
            teams: document.teams.iter().map(|it| it.id.clone()).collect(),
            inboxes: document.inboxes.iter().map(|it| it.id.clone()).collect(),
            holidays: document.holidays.iter().map(|it| it.id.clone()).collect(),
        }
    }

    /// Records a change of the desk and describes it: `agent added`, `working hours set`. Returns `None` for other events.
    pub fn change(&mut self, kind: &EventKind) -> Option<String> {
        let EventKind::DeskChanged { change, agent, team, inbox, holiday, entry } = kind else { return None };
        if let (ChangeType::Configure, Some(entry)) = (change, entry) {
            return Some(self.configured(entry));
        }
        let (entries, id) = match (agent, team, inbox, holiday) {
            (Some(agent), _, _, _) => (&mut self.agents, agent),
            (_, Some(team), _, _) => (&mut self.teams, team),
            (_, _, Some(inbox), _) => (&mut self.inboxes, inbox),
            (_, _, _, Some(holiday)) => (&mut self.holidays, holiday),
            (None, None, None, None) => return None,
        };
        let text = match change.as_str().split_once('_')? {
            ("put", kind) if entries.insert(id.clone()) => format!("{kind} added"),
            ("put", kind) => format!("{kind} changed"),
            ("remove", kind) => {
                entries.remove(id);
                format!("{kind} removed")
            }
            ("set", "date_hours") => "hours on certain dates set".to_owned(),
            ("set", "out_of_office") => "absences set".to_owned(),
            (verb, what) => format!("{} {verb}", what.replace('_', " ")),
        };
        Some(text)
    }

    /// Records the new entries of a `configure`, and describes it: `configured: settings, agents anna and bo`.
    fn configured(&mut self, entry: &Entry) -> String {
        let entry: Value = serde_json::from_str(&entry.to_json()).unwrap_or_default();
        let lists = [
            ("agents", &mut self.agents),
            ("teams", &mut self.teams),
            ("inboxes", &mut self.inboxes),
            ("holidays", &mut self.holidays),
        ];
        for (list, entries) in lists {
            entries.extend(ids(&entry, list).map(Id::from));
        }
        let parts = entry.as_object().into_iter().flatten().map(|(key, _)| {
            let ids: Vec<&str> = if key == "kinds" { Vec::new() } else { ids(&entry, key).collect() };
            format!("{}{}", key.replace('_', " "), few(&ids))
        });
        format!("configured: {}", parts.collect::<Vec<_>>().join(", "))
    }
}

/// Returns the ids of the entries in a list.
fn ids<'a>(entry: &'a Value, list: &str) -> impl Iterator<Item = &'a str> {
    let entries = entry.get(list).and_then(Value::as_array);
    entries.into_iter().flatten().filter_map(|it| it.get("id").and_then(Value::as_str))
}

/// Writes the first of many ids, after a blank.
fn few(ids: &[&str]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<&str> = ids.iter().take(SHOWN).copied().collect();
    let more = ids.len().saturating_sub(SHOWN);
    match (shown.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => format!(" {}", shown.join(", ")),
        (false, more) => format!(" {} and {more} more", shown.join(", ")),
    }
}
