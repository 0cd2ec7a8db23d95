//! Places in the agents and conversations of a snapshot.

use super::conversation::{details, filtered, subject};
use super::{Change, Changed, entries, id};
use crate::desk::personal::Subject;
use crate::read::Node;

/// Changes the state of an agent: the notes of statuses that were set.
pub fn agent_state<'t>(agent: &mut Node<'t>, by: &mut impl Change<'t>) -> Changed {
    let of = Subject::Agent(id(agent, "agent"));
    entries(agent, |key, value| match key {
        "manual" => manual(value, &of, by),
        _ => Ok(true),
    })
}

/// Changes a status that was set, and those beneath it.
fn manual<'t>(status: &mut Node<'t>, of: &Subject, by: &mut impl Change<'t>) -> Changed {
    entries(status, |key, value| match key {
        "then" => manual(value, of, by),
        "note" => by.change(value, of),
        _ => Ok(true),
    })
}

/// Changes the state of a conversation.
pub fn conversation_state<'t>(conversation: &mut Node<'t>, by: &mut impl Change<'t>) -> Changed {
    let of = subject(conversation.get("details").unwrap_or(&Node::Null), id(conversation, "conversation"));
    entries(conversation, |key, value| match key {
        "details" => details(value, &of, by),
        "phase" => phase(value, &of, by),
        _ => Ok(true),
    })
}

/// Changes the phase of a conversation, also of one that was in the spam before it went into the trash.
fn phase<'t>(phase: &mut Node<'t>, of: &Subject, by: &mut impl Change<'t>) -> Changed {
    entries(phase, |key, value| match key {
        "filtered" => filtered(value, of, by),
        "trashed" => trashed(value, of, by),
        _ => Ok(true),
    })
}

fn trashed<'t>(trashed: &mut Node<'t>, of: &Subject, by: &mut impl Change<'t>) -> Changed {
    entries(trashed, |key, value| match key {
        "was" => phase(value, of, by),
        _ => Ok(true),
    })
}
