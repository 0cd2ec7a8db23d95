//! The display names of agents, teams, inboxes, channels and statuses.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::desk::{ChangeType, Details, Entry, Event, EventKind};
use crate::model::{Document, Id, Inbox};
use crate::routing::{Considered, Ineligible, Limit};

/// The names of a desk's agents, teams, inboxes, channels and statuses, by their ids.
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
    /// The channels of each inbox.
    channels: FxHashMap<Id, Directory>,
    statuses: Directory,
}

impl Names {
    /// Collects the names in a document.
    pub fn of(document: &Document) -> Names {
        Names {
            agents: document.agents.iter().map(|it| (it.id.clone(), it.name.clone())).collect(),
            teams: document.teams.iter().map(|it| (it.id.clone(), it.name.clone())).collect(),
            inboxes: document.inboxes.iter().map(|it| (it.id.clone(), it.name.clone())).collect(),
            channels: document.inboxes.iter().map(|it| (it.id.clone(), channels_of(it))).collect(),
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

    /// Returns the name of a channel of an inbox, or the id.
    pub fn channel<'a>(&'a self, inbox: &str, id: &'a str) -> &'a str {
        self.channels.get(inbox).map_or(id, |channels| channels.name(id))
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
        let entry = serde_json::from_str(&entry.to_json()).unwrap_or_default();
        directory.put_all(std::slice::from_ref(&entry));
        if *change == ChangeType::PutInbox {
            self.put_channels(&entry);
        }
    }

    /// Records the names of the channels of an inbox as in a document.
    fn put_channels(&mut self, inbox: &Value) {
        let Some(id) = inbox.get("id").and_then(Value::as_str) else { return };
        let channels = inbox.get("channels").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        self.channels.entry(Id::from(id)).or_default().put_all(channels);
    }

    /// Records the names of all that a `configure` adds or changes.
    fn hear_all(&mut self, entry: &Entry) {
        let entry: Value = serde_json::from_str(&entry.to_json()).unwrap_or_default();
        let list = |key| entry.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        self.agents.put_all(list("agents"));
        self.teams.put_all(list("teams"));
        self.inboxes.put_all(list("inboxes"));
        list("inboxes").iter().for_each(|inbox| self.put_channels(inbox));
        self.statuses.put_all(list("statuses"));
    }

    /// Returns the event with names in place of ids, for a text about it. The result is not an event of the desk any more.
    pub fn named<'e>(&self, event: &'e Event) -> Cow<'e, Event> {
        let mut all =
            [&self.agents, &self.teams, &self.inboxes, &self.statuses].into_iter().chain(self.channels.values());
        if all.all(|it| it.called.is_empty()) {
            return Cow::Borrowed(event);
        }
        let mut event = event.clone();
        if let (EventKind::Refused { message, .. }, Some(by)) = (&mut event.kind, &event.by) {
            *message = with_name(message, by, self.agent(by));
        }
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
            EventKind::Filtered { agent, .. }
            | EventKind::Trashed { agent, .. }
            | EventKind::Unassigned { agent, .. }
            | EventKind::Closed { agent, .. }
            | EventKind::Snoozed { agent, .. } => self.agents.rename_maybe(agent),
            EventKind::Refused { agent, message, .. } => {
                *message = self.with_name_of_inbox(message);
                if let Some(agent) = agent {
                    *message = with_name(message, agent, self.agent(agent));
                    self.agents.rename(agent);
                }
            }
            EventKind::Queued { team, .. } => self.teams.rename_maybe(team),
            EventKind::Blocked { inbox, .. } | EventKind::Unblocked { inbox, .. } => self.inboxes.rename_maybe(inbox),
            EventKind::Started
            | EventKind::MessageNoted { .. }
            | EventKind::Sent { .. }
            | EventKind::Unfiltered { .. }
            | EventKind::Restored { .. }
            | EventKind::Hidden { .. }
            | EventKind::Unhidden { .. }
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

    /// Returns the message of a refusal with the name of the inbox in place of the id.
    fn with_name_of_inbox(&self, message: &str) -> String {
        const INBOX: &str = "the inbox ";
        let Some((before, rest)) = message.split_once(INBOX) else { return message.to_owned() };
        let (id, after) = rest.split_at(rest.find(' ').unwrap_or(rest.len()));
        format!("{before}{INBOX}{}{after}", self.inbox(id))
    }

    fn rename_details(&self, details: &mut Details) {
        if let Some(channels) = self.channels.get(&details.inbox) {
            channels.rename(&mut details.channel);
        }
        self.inboxes.rename(&mut details.inbox);
        if let Some(contact) = &mut details.contact {
            self.agents.rename_maybe(&mut contact.owner);
        }
    }

    fn rename_considered(&self, considered: &mut Considered) {
        self.agents.rename(&mut considered.agent);
        self.agents.rename_maybe(&mut considered.substitute_for);
        match &mut considered.ineligible {
            Some(Ineligible::Away { status } | Ineligible::NotTakingKind { status, .. }) => {
                self.agents.rename_maybe(&mut status.by);
                self.statuses.rename_maybe(&mut status.status);
            }
            Some(Ineligible::AtCapacity { limit: Limit::Inbox { inbox, .. } }) => self.inboxes.rename(inbox),
            _ => {}
        }
    }
}

fn channels_of(inbox: &Inbox) -> Directory {
    inbox.channels.iter().map(|it| (it.id.clone(), it.name.clone())).collect()
}

/// Returns the message of a refusal with the name of the agent in place of the id. Messages begin or end with an id; elsewhere,
/// the id may be a word of the sentence.
fn with_name(message: &str, id: &str, name: &str) -> String {
    let message = match message.strip_prefix(id).filter(|rest| rest.starts_with(' ')) {
        Some(rest) => format!("{name}{rest}"),
        None => message.to_owned(),
    };
    match message.strip_suffix(id).filter(|rest| rest.ends_with(' ')) {
        Some(rest) => format!("{rest}{name}"),
        None => message,
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
