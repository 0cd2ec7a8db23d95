//! The names of agents, teams and inboxes, as people know them.

use std::collections::HashMap;

use crate::model::{Document, Id};

/// The names of a desk's agents, teams and inboxes, by their ids.
///
/// Who has no name goes by the id; where two have the same name, each is told with the id: `Anna Berg (anna)`.
///
/// ```
/// use frontdesk::{Desk, story::Names};
///
/// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a1", "name": "Anna Berg"},
///     {"id": "bo"}, {"id": "c1", "name": "Cy"}, {"id": "c2", "name": "Cy"}]}"#).unwrap();
/// let names = Names::of(&desk.document());
/// assert_eq!(["a1", "bo", "c2"].map(|id| names.agent(id).to_owned()), ["Anna Berg", "bo", "Cy (c2)"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Names {
    agents: HashMap<Id, String>,
    teams: HashMap<Id, String>,
    inboxes: HashMap<Id, String>,
}

impl Names {
    /// The names in a document.
    pub fn of(document: &Document) -> Names {
        Names {
            agents: told_apart(document.agents.iter().map(|it| (&it.id, it.name.as_deref()))),
            teams: told_apart(document.teams.iter().map(|it| (&it.id, it.name.as_deref()))),
            inboxes: told_apart(document.inboxes.iter().map(|it| (&it.id, it.name.as_deref()))),
        }
    }

    /// An agent's name, or the id.
    pub fn agent<'a>(&'a self, id: &'a str) -> &'a str {
        self.agents.get(id).map_or(id, String::as_str)
    }

    /// A team's name, or the id.
    pub fn team<'a>(&'a self, id: &'a str) -> &'a str {
        self.teams.get(id).map_or(id, String::as_str)
    }

    /// An inbox's name, or the id.
    pub fn inbox<'a>(&'a self, id: &'a str) -> &'a str {
        self.inboxes.get(id).map_or(id, String::as_str)
    }
}

/// The names of those who have one; with the id, where a name or an id of somebody else is the same.
fn told_apart<'a>(entries: impl Iterator<Item = (&'a Id, Option<&'a str>)> + Clone) -> HashMap<Id, String> {
    let mut bearers: HashMap<&str, usize> = HashMap::new();
    for (id, name) in entries.clone() {
        *bearers.entry(name.unwrap_or(id)).or_default() += 1;
    }
    let named = entries.filter_map(|(id, name)| Some((id, name?)));
    let told = |id: &Id, name: &str| match bearers.get(name) {
        Some(1) => name.to_owned(),
        _ => format!("{name} ({id})"),
    };
    named.map(|(id, name)| (id.clone(), told(id, name))).collect()
}
