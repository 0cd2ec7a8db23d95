//! The display names of agents, teams, inboxes and statuses.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::desk::{ChangeType, Details, Entry, Event, EventKind};
use crate::model::{Document, Id};
use crate::routing::{Considered, Ineligible};

/// The names of a desk's agents, teams, inboxes and statuses, by their ids.
///
/// Without a name, the id is used; if two have the same name, the id is added: `Anna Berg (anna)`.
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
    agents: Directory,
    teams: Directory,
    inboxes: Directory,
    statuses: Directory,
}

impl Names {
    /// Collects the names in a document.
    pub fn of(document: &Document) -> Names {
        Names {
            agents: document.agents.iter().map(|it| (it.id.clone(), it.name.clone())).collect(),
            teams: document.teams.iter().map(|it| (it.id.clone(), it.name.clone())).collect(),
            inboxes: document.inboxes.iter().map(|it| (it.id.clone(), it.name.clone())).collect(),
            statuses: document.statuses.iter().map(|it| (it.id.clone(), it.name.clone())).collect(),
        }
    }

    /// Returns an agent's name, or the id.
    pub fn agent<'a>(&'a self, id: &'a str) -> &'a str {
        self.agents.name(id)
    }

    /// Returns a team's name, or the id.
    pub fn team<'a>(&'a self, id: &'a str) -> &'a str {
        self.teams.name(id)
    }

    /// Returns the name of a status of the document, or the id.
    pub fn status<'a>(&'a self, id: &'a str) -> &'a str {
        self.statuses.name(id)
    }

    /// Returns an inbox's name, or the id.
    pub fn inbox<'a>(&'a self, id: &'a str) -> &'a str {
        self.inboxes.name(id)
    }

    /// Records the name of an agent, team or inbox that an event adds or changes. Names of removed ones are kept for their
    /// earlier events.
    pub fn hear(&mut self, event: &Event) {
        let EventKind::DeskChanged { entry: Some(entry), change, .. } = &event.kind else { return };
        let directory = match change {
            ChangeType::PutAgent => &mut self.agents,
            ChangeType::PutTeam => &mut self.teams,
            ChangeType::PutInbox => &mut self.inboxes,
            ChangeType::Configure => return self.hear_all(entry),
            ChangeType::SetWorkingHours
            | ChangeType::SetDateHours
            | ChangeType::SetOutOfOffice
            | ChangeType::PutHoliday
            | ChangeType::RemoveAgent
            | ChangeType::RemoveTeam
            | ChangeType::RemoveInbox
            | ChangeType::RemoveHoliday => return,
        };
        directory.put_all(&[serde_json::from_str(&entry.to_json()).unwrap_or_default()]);
    }

    /// Records the names of all that a `configure` adds or changes.
    fn hear_all(&mut self, entry: &Entry) {
        let entry: Value = serde_json::from_str(&entry.to_json()).unwrap_or_default();
        let list = |key| entry.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        self.agents.put_all(list("agents"));
        self.teams.put_all(list("teams"));
        self.inboxes.put_all(list("inboxes"));
        self.statuses.put_all(list("statuses"));
    }

    /// Returns the event with names in place of ids, for a text about it. The result is not an event of the desk any more.
    pub fn named<'e>(&self, event: &'e Event) -> Cow<'e, Event> {
        if [&self.agents, &self.teams, &self.inboxes, &self.statuses].into_iter().all(|it| it.called.is_empty()) {
            return Cow::Borrowed(event);
        }
        let mut event = event.clone();
        self.agents.rename_maybe(&mut event.by);
        self.rename(&mut event.kind);
        event.considered.iter_mut().flatten().for_each(|it| self.rename_considered(it));
        Cow::Owned(event)
    }

    /// Returns the agents of a step with names in place of ids.
    pub fn named_all(&self, considered: &[Considered]) -> Vec<Considered> {
        let mut considered = considered.to_vec();
        considered.iter_mut().for_each(|it| self.rename_considered(it));
        considered
    }

    fn rename(&self, kind: &mut EventKind) {
        match kind {
            EventKind::StatusChanged { agent, status, .. } => {
                self.agents.rename(agent);
                self.statuses.rename_maybe(status);
            }
            EventKind::Notice { agent, .. }
            | EventKind::OfferExpired { agent, .. }
            | EventKind::OfferDeclined { agent, .. }
            | EventKind::OfferWithdrawn { agent, .. }
            | EventKind::OwnerNotified { agent, .. }
            | EventKind::Kept { agent, .. }
            | EventKind::WrapUpEnded { agent, .. } => self.agents.rename(agent),
            EventKind::Opened { details, .. } | EventKind::Updated { details, .. } => self.rename_details(details),
            EventKind::Offered { agent, team, substitute_for, .. } => {
                self.agents.rename(agent);
                self.teams.rename_maybe(team);
                self.agents.rename_maybe(substitute_for);
            }
            EventKind::Assigned { agent, team, substitute_for, .. } => {
                self.agents.rename_maybe(agent);
                self.teams.rename_maybe(team);
                self.agents.rename_maybe(substitute_for);
            }
            EventKind::DeskChanged { agent, team, inbox, .. } => {
                self.agents.rename_maybe(agent);
                self.teams.rename_maybe(team);
                self.inboxes.rename_maybe(inbox);
            }
            EventKind::Unassigned { agent, .. }
            | EventKind::Closed { agent, .. }
            | EventKind::Snoozed { agent, .. }
            | EventKind::Refused { agent, .. } => self.agents.rename_maybe(agent),
            EventKind::Queued { team, .. } => self.teams.rename_maybe(team),
            EventKind::Started
            | EventKind::StepEntered { .. }
            | EventKind::SentToVoicemail { .. }
            | EventKind::HandedToBot { .. }
            | EventKind::Reopened { .. }
            | EventKind::Forgotten { .. }
            | EventKind::Erased { .. }
            | EventKind::Prioritized { .. }
            | EventKind::ScriptFailed { .. } => {}
        }
    }

    fn rename_details(&self, details: &mut Details) {
        self.inboxes.rename(&mut details.inbox);
        if let Some(contact) = &mut details.contact {
            self.agents.rename_maybe(&mut contact.owner);
        }
    }

    fn rename_considered(&self, considered: &mut Considered) {
        self.agents.rename(&mut considered.agent);
        self.agents.rename_maybe(&mut considered.substitute_for);
        let ineligible = &mut considered.ineligible;
        if let Some(Ineligible::Away { status } | Ineligible::NotTakingKind { status, .. }) = ineligible {
            self.agents.rename_maybe(&mut status.by);
            self.statuses.rename_maybe(&mut status.status);
        }
    }
}

/// Names by id, all of the same kind.
#[derive(Debug, Clone, Default)]
struct Directory {
    /// All entries, with their names if they have one.
    entries: FxHashMap<Id, Option<String>>,
    /// The display names of the entries that have a name.
    called: FxHashMap<Id, Id>,
}

impl FromIterator<(Id, Option<String>)> for Directory {
    fn from_iter<I: IntoIterator<Item = (Id, Option<String>)>>(entries: I) -> Self {
        let mut directory = Directory { entries: entries.into_iter().collect(), called: FxHashMap::default() };
        directory.disambiguate();
        directory
    }
}

impl Directory {
    fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.called.get(id).map_or(id, |name| name)
    }

    fn rename(&self, id: &mut Id) {
        if let Some(name) = self.called.get(id) {
            id.clone_from(name);
        }
    }

    fn rename_maybe(&self, id: &mut Option<Id>) {
        if let Some(id) = id {
            self.rename(id);
        }
    }

    /// Records the names of entries as in a document.
    fn put_all(&mut self, entries: &[Value]) {
        let text = |entry: &Value, key| entry.get(key).and_then(Value::as_str).map(str::to_owned);
        let named = entries.iter().filter_map(|entry| Some((Id::from(text(entry, "id")?), text(entry, "name"))));
        let differing: Vec<_> = named.filter(|(id, name)| self.entries.get(id) != Some(name)).collect();
        if !differing.is_empty() {
            self.entries.extend(differing);
            self.disambiguate();
        }
    }

    /// Adds the id to names that occur twice, or equal the id of an entry without a name.
    fn disambiguate(&mut self) {
        let mut bearers: FxHashMap<&str, usize> = FxHashMap::default();
        for (id, name) in &self.entries {
            *bearers.entry(name.as_deref().unwrap_or(id)).or_default() += 1;
        }
        let named = self.entries.iter().filter_map(|(id, name)| Some((id, name.as_deref()?)));
        let called = named.map(|(id, name)| match bearers.get(name) {
            Some(1) => (id.clone(), Id::from(name)),
            _ => (id.clone(), Id::from(format!("{name} ({id})"))),
        });
        self.called = called.collect();
    }
}
