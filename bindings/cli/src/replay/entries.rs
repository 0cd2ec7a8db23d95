//! Describes changes of the desk, and distinguishes new entries from changed ones.

use std::collections::HashSet;

use frontdesk::desk::EventKind;
use frontdesk::{Document, Id};

/// The entries of the desk.
#[derive(Debug, Default)]
pub struct Entries {
    agents: HashSet<Id>,
    teams: HashSet<Id>,
    inboxes: HashSet<Id>,
}

impl Entries {
    /// Collects the entries of a document.
    pub fn of(document: &Document) -> Entries {
        Entries {
            agents: document.agents.iter().map(|it| it.id.clone()).collect(),
            teams: document.teams.iter().map(|it| it.id.clone()).collect(),
            inboxes: document.inboxes.iter().map(|it| it.id.clone()).collect(),
        }
    }

    /// Records a change of the desk and describes it: `agent added`, `working hours set`. Returns `None` for other events.
    pub fn change(&mut self, kind: &EventKind) -> Option<String> {
        let EventKind::DeskChanged { change, agent, team, inbox, .. } = kind else { return None };
        let (entries, id) = match (agent, team, inbox) {
            (Some(agent), _, _) => (&mut self.agents, agent),
            (_, Some(team), _) => (&mut self.teams, team),
            (_, _, Some(inbox)) => (&mut self.inboxes, inbox),
            (None, None, None) => return None,
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
}
