//! Places in events.

use rustc_hash::FxHashMap;

use super::conversation::{details, filtered, subject};
use super::document::{absences, agent, document, note};
use super::{Change, Changed, each, entries, id, text};
use crate::desk::event::{ChangeType, EventType};
use crate::desk::personal::Subject;
use crate::model::Id;
use crate::problem::Word;
use crate::read::Node;

/// The subjects of the conversations whose data is among the events so far.
type Subjects = FxHashMap<Id, Subject>;

/// Changes the events of a turn.
pub fn events<'t>(events: &mut Node<'t>, by: &mut impl Change<'t>) -> Changed {
    let mut subjects = Subjects::default();
    each(events, |it| event(it, &mut subjects, by))
}

fn event<'t>(event: &mut Node<'t>, subjects: &mut Subjects, by: &mut impl Change<'t>) -> Changed {
    let Some(kind) = text(event, "type").and_then(EventType::find) else { return Ok(true) };
    match kind {
        EventType::Opened | EventType::Updated => {
            let conversation = id(event, "conversation");
            let of = subject(event, conversation.clone());
            subjects.insert(conversation, of.clone());
            details(event, &of, by)
        }
        EventType::Filtered => {
            let conversation = id(event, "conversation");
            let of = subjects.get(&conversation).cloned().unwrap_or(Subject::Conversation(conversation));
            filtered(event, &of, by)
        }
        EventType::StatusChanged => {
            let of = Subject::Agent(id(event, "agent"));
            note(event, &of, by)
        }
        EventType::DeskChanged => desk_changed(event, by),
        EventType::Started
        | EventType::Notice
        | EventType::MessageNoted
        | EventType::Sent
        | EventType::Unfiltered
        | EventType::Trashed
        | EventType::Restored
        | EventType::Hidden
        | EventType::Unhidden
        | EventType::Blocked
        | EventType::Unblocked
        | EventType::Offered
        | EventType::Assigned
        | EventType::Unassigned
        | EventType::Kept
        | EventType::Queued
        | EventType::StepEntered
        | EventType::OfferExpired
        | EventType::OfferDeclined
        | EventType::OfferWithdrawn
        | EventType::SentToVoicemail
        | EventType::OwnerNotified
        | EventType::HandedToBot
        | EventType::Closed
        | EventType::WrapUpEnded
        | EventType::Forgotten
        | EventType::Erased
        | EventType::Reopened
        | EventType::Snoozed
        | EventType::Prioritized
        | EventType::ScriptFailed
        | EventType::Refused => Ok(true),
    }
}

/// Changes the entry of a change of the document.
fn desk_changed<'t>(event: &mut Node<'t>, by: &mut impl Change<'t>) -> Changed {
    let Some(change) = text(event, "change").and_then(ChangeType::find) else { return Ok(true) };
    let of = Subject::Agent(id(event, "agent"));
    entries(event, |key, value| if key == "entry" { entry(value, change, &of, by) } else { Ok(true) })
}

fn entry<'t>(entry: &mut Node<'t>, change: ChangeType, of: &Subject, by: &mut impl Change<'t>) -> Changed {
    match change {
        ChangeType::SetOutOfOffice => absences(entry, of, by),
        ChangeType::PutAgent => agent(entry, by),
        ChangeType::Configure => document(entry, by),
        ChangeType::SetWorkingHours
        | ChangeType::SetDateHours
        | ChangeType::PutTeam
        | ChangeType::PutInbox
        | ChangeType::PutHoliday
        | ChangeType::RemoveAgent
        | ChangeType::RemoveTeam
        | ChangeType::RemoveInbox
        | ChangeType::RemoveHoliday => Ok(true),
    }
}
