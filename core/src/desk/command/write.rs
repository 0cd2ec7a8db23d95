//! Writing commands: the keys are in the order of the specification's table, absent rather than null.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Action, Assignee, Blocked, Changes, Command, Configuration, Until};
use crate::model::{Id, canonical};

impl Command {
    /// Returns the command as one line of canonical JSON.
    ///
    /// A desk that has the ids it names reads it back as the same command. A command that no desk would read, such as a
    /// reply without a `by` or with an empty id, is written as it is.
    ///
    /// ```
    /// use frontdesk::{Command, Desk, desk::Action, time::Instant};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC"}"#).unwrap();
    /// let close = Action::Close { conversation: "c1".into() };
    /// let command = Command::new(Instant::parse("2026-11-20T09:00:00Z")?, close).by("anna");
    /// let text = command.to_json();
    /// assert_eq!(text, r#"{"type":"close","at":"2026-11-20T09:00:00.000Z","by":"anna","conversation":"c1"}"#);
    /// assert_eq!(desk.read_command(&text), Ok(command));
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Command {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.action.as_str())?;
        map.serialize_entry("at", &self.at)?;
        some(&mut map, "id", self.id.as_ref())?;
        some(&mut map, "by", self.by.as_ref())?;
        write_action(&mut map, &self.action)?;
        map.end()
    }
}

/// Writes an action as in a command: its `type` and its further keys.
impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.as_str())?;
        write_action(&mut map, self)?;
        map.end()
    }
}

impl Serialize for Changes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        write_changes(&mut map, self)?;
        map.end()
    }
}

/// Writes `{"duration": …}` or `{"until": …}`.
impl Serialize for Until {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        write_until(&mut map, Some(self))?;
        map.end()
    }
}

/// Writes `{"agent": …}` or `{"team": …}`.
impl Serialize for Assignee {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Assignee::Agent(agent) => map.serialize_entry("agent", agent)?,
            Assignee::Team(team) => map.serialize_entry("team", team)?,
        }
        map.end()
    }
}

/// Writes the further keys of a command.
fn write_action<M: SerializeMap>(map: &mut M, action: &Action) -> Result<(), M::Error> {
    match action {
        Action::Open {
            conversation,
            inbox,
            channel,
            contact,
            from,
            forwarded_by,
            priority,
            skills,
            attributes,
            outbound,
        } => {
            let ids = [("conversation", conversation), ("inbox", inbox), ("channel", channel)];
            write_ids(map, &ids)?;
            some(map, "contact", contact.as_ref())?;
            some(map, "from", from.as_ref())?;
            some(map, "forwarded_by", forwarded_by.as_ref())?;
            some(map, "priority", Some(priority).filter(|priority| **priority != 0))?;
            some(map, "skills", Some(skills).filter(|skills| !skills.is_empty()))?;
            some(map, "attributes", Some(canonical(attributes)).filter(|attributes| !attributes.is_empty()).as_ref())?;
            some(map, "outbound", outbound.then_some(&true))
        }
        Action::Update { conversation, changes } => {
            map.serialize_entry("conversation", conversation)?;
            write_changes(map, changes)
        }
        Action::Close { conversation }
        | Action::Reopen { conversation }
        | Action::Release { conversation }
        | Action::HandOver { conversation }
        | Action::MarkSpam { conversation }
        | Action::NotSpam { conversation }
        | Action::Trash { conversation }
        | Action::Restore { conversation }
        | Action::Forget { conversation } => map.serialize_entry("conversation", conversation),
        Action::Reply { conversation, message } => {
            map.serialize_entry("conversation", conversation)?;
            some(map, "message", message.as_ref())
        }
        Action::Message { conversation, message, from } => {
            map.serialize_entry("conversation", conversation)?;
            some(map, "message", message.as_ref())?;
            map.serialize_entry("from", from)
        }
        Action::Hide { conversation, message } | Action::Unhide { conversation, message } => {
            write_ids(map, &[("conversation", conversation), ("message", message)])
        }
        Action::Block { subject: Blocked::Conversation(conversation) } => {
            map.serialize_entry("conversation", conversation)
        }
        Action::Block { subject: Blocked::Sender { sender, inbox } } | Action::Unblock { sender, inbox } => {
            map.serialize_entry("sender", sender)?;
            some(map, "inbox", inbox.as_ref())
        }
        Action::Transfer { conversation, inbox, channel } => {
            write_ids(map, &[("conversation", conversation), ("inbox", inbox), ("channel", channel)])
        }
        Action::Erase { contact } => map.serialize_entry("contact", contact),
        Action::Snooze { conversation, until } => {
            map.serialize_entry("conversation", conversation)?;
            write_until(map, until.as_ref())
        }
        Action::Accept { conversation, agent } | Action::Decline { conversation, agent } => {
            write_ids(map, &[("conversation", conversation), ("agent", agent)])
        }
        Action::Assign { conversation, to, or_substitute, distribute } => {
            map.serialize_entry("conversation", conversation)?;
            map.serialize_entry("to", to)?;
            some(map, "or_substitute", or_substitute.then_some(&true))?;
            some(map, "distribute", distribute.then_some(&true))
        }
        Action::SetStatus { agent, status, until, note } => {
            map.serialize_entry("agent", agent)?;
            map.serialize_entry("status", status)?;
            write_until(map, until.as_ref())?;
            some(map, "note", note.as_ref())
        }
        Action::SetWorkingHours { agent, working_hours } => {
            write_about(map, ("agent", agent), "working_hours", working_hours)
        }
        Action::SetDateHours { agent, date_hours } => write_about(map, ("agent", agent), "date_hours", date_hours),
        Action::SetOutOfOffice { agent, out_of_office } => {
            write_about(map, ("agent", agent), "out_of_office", out_of_office)
        }
        Action::PutAgent { entry } => write_about(map, ("agent", &entry.id), "entry", entry),
        Action::PutTeam { entry } => write_about(map, ("team", &entry.id), "entry", entry),
        Action::PutInbox { entry } => write_about(map, ("inbox", &entry.id), "entry", entry),
        Action::PutHoliday { entry } => write_about(map, ("holiday", &entry.id), "entry", entry),
        Action::Configure { configuration } => write_configuration(map, configuration),
        Action::RemoveAgent { agent } => map.serialize_entry("agent", agent),
        Action::RemoveTeam { team } => map.serialize_entry("team", team),
        Action::RemoveInbox { inbox } => map.serialize_entry("inbox", inbox),
        Action::RemoveHoliday { holiday } => map.serialize_entry("holiday", holiday),
        Action::Advance => Ok(()),
    }
}

fn write_changes<M: SerializeMap>(map: &mut M, changes: &Changes) -> Result<(), M::Error> {
    some(map, "inbox", changes.inbox.as_ref())?;
    some(map, "channel", changes.channel.as_ref())?;
    some(map, "contact", changes.contact.as_ref())?;
    some(map, "priority", changes.priority.as_ref())?;
    some(map, "skills", changes.skills.as_ref())?;
    some(map, "attributes", changes.attributes.as_ref().map(canonical).as_ref())
}

fn write_configuration<M: SerializeMap>(map: &mut M, configuration: &Configuration) -> Result<(), M::Error> {
    some(map, "time_zone", configuration.time_zone.as_ref())?;
    some(map, "working_hours", configuration.working_hours.as_ref())?;
    some(map, "kinds", configuration.kinds.as_ref())?;
    some(map, "statuses", configuration.statuses.as_ref())?;
    some(map, "table_filters", configuration.table_filters.as_ref())?;
    some(map, "settings", configuration.settings.as_ref())?;
    some(map, "document", configuration.document.as_ref())
}

fn write_until<M: SerializeMap>(map: &mut M, until: Option<&Until>) -> Result<(), M::Error> {
    match until {
        Some(Until::Duration(duration)) => map.serialize_entry("duration", duration),
        Some(Until::Instant(until)) => map.serialize_entry("until", until),
        None => Ok(()),
    }
}

fn write_ids<M: SerializeMap>(map: &mut M, ids: &[(&str, &Id)]) -> Result<(), M::Error> {
    ids.iter().try_for_each(|(key, id)| map.serialize_entry(key, id))
}

/// Writes the id of the subject of a command, and its new value.
fn write_about<M: SerializeMap>(
    map: &mut M,
    (what, id): (&str, &Id),
    key: &str,
    value: &impl Serialize,
) -> Result<(), M::Error> {
    map.serialize_entry(what, id)?;
    map.serialize_entry(key, value)
}

/// Writes a key, unless it has no value.
fn some<M: SerializeMap>(map: &mut M, key: &str, value: Option<&(impl Serialize + ?Sized)>) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(key, value))
}
