//! Places in commands.

use super::conversation::{details, subject};
use super::document::{absences, agent, document, note};
use super::{Change, Changed, entries, id, text};
use crate::desk::command::CommandType;
use crate::desk::personal::Subject;
use crate::problem::Word;
use crate::read::Node;

/// Changes a command. One of an unknown type has no place.
pub fn command<'t>(command: &mut Node<'t>, by: &mut impl Change<'t>) -> Changed {
    let Some(kind) = text(command, "type").and_then(CommandType::find) else { return Ok(true) };
    match kind {
        CommandType::Open | CommandType::Update => {
            let of = subject(command, id(command, "conversation"));
            details(command, &of, by)
        }
        CommandType::SetStatus => {
            let of = Subject::Agent(id(command, "agent"));
            note(command, &of, by)
        }
        CommandType::SetOutOfOffice => {
            let of = Subject::Agent(id(command, "agent"));
            under(command, "out_of_office", |value| absences(value, &of, by))
        }
        CommandType::PutAgent => under(command, "entry", |value| agent(value, by)),
        CommandType::Configure => under(command, "document", |value| document(value, by)),
        CommandType::Close
        | CommandType::Reopen
        | CommandType::Release
        | CommandType::Snooze
        | CommandType::Accept
        | CommandType::Decline
        | CommandType::Assign
        | CommandType::Reply
        | CommandType::Message
        | CommandType::HandOver
        | CommandType::Transfer
        | CommandType::MarkSpam
        | CommandType::NotSpam
        | CommandType::Block
        | CommandType::Unblock
        | CommandType::Trash
        | CommandType::Restore
        | CommandType::Hide
        | CommandType::Unhide
        | CommandType::Forget
        | CommandType::Erase
        | CommandType::SetWorkingHours
        | CommandType::SetDateHours
        | CommandType::PutTeam
        | CommandType::PutInbox
        | CommandType::PutHoliday
        | CommandType::RemoveAgent
        | CommandType::RemoveTeam
        | CommandType::RemoveInbox
        | CommandType::RemoveHoliday
        | CommandType::Advance => Ok(true),
    }
}

/// Changes the value of a key alone.
fn under<'t>(command: &mut Node<'t>, key: &str, mut change: impl FnMut(&mut Node<'t>) -> Changed) -> Changed {
    entries(command, |found, value| if found == key { change(value) } else { Ok(true) })
}
