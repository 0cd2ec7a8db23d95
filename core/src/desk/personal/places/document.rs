//! Places in a document, and in the entries of its agents: names, and notes of absences.

use super::{Change, Changed, each, entries, id};
use crate::desk::personal::Subject;
use crate::read::Node;

/// Changes a document, or parts of one.
pub fn document<'t>(document: &mut Node<'t>, by: &mut impl Change<'t>) -> Changed {
    entries(document, |key, value| match key {
        "agents" => each(value, |it| agent(it, by)),
        _ => Ok(true),
    })
}

/// Changes the entry of an agent.
pub fn agent<'t>(agent: &mut Node<'t>, by: &mut impl Change<'t>) -> Changed {
    let of = Subject::Agent(id(agent, "id"));
    entries(agent, |key, value| match key {
        "name" => by.change(value, &of),
        "out_of_office" => absences(value, &of, by),
        _ => Ok(true),
    })
}

/// Changes the absences of an agent.
pub fn absences<'t>(absences: &mut Node<'t>, of: &Subject, by: &mut impl Change<'t>) -> Changed {
    each(absences, |it| note(it, of, by))
}

/// Changes the note of an absence or a status.
pub fn note<'t>(object: &mut Node<'t>, of: &Subject, by: &mut impl Change<'t>) -> Changed {
    entries(object, |key, value| match key {
        "note" => by.change(value, of),
        _ => Ok(true),
    })
}
