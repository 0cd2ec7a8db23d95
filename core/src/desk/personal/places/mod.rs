//! The places of personal values: the same for taking them out and for putting them back.

mod command;
mod conversation;
mod document;
mod event;
mod snapshot;

pub(super) use self::document::document;
pub(super) use self::snapshot::{agent_state, conversation_state};
use super::Subject;
use crate::model::Id;
use crate::read::{Node, Wrong};

/// A change of every personal value, in the order of the text.
pub(in crate::desk) trait Change<'t> {
    /// Changes a value of a subject.
    fn change(&mut self, value: &mut Node<'t>, of: &Subject) -> Changed;
}

/// `true` if the changed value stays, and `false` if its key is left out.
pub(in crate::desk) type Changed = Result<bool, Wrong>;

/// Changes the personal values of a turn.
pub(in crate::desk) fn turn<'t>(turn: &mut Node<'t>, by: &mut impl Change<'t>) -> Changed {
    entries(turn, |key, value| match key {
        "document" => document(value, by),
        "command" => command::command(value, by),
        "events" => event::events(value, by),
        _ => Ok(true),
    })
}

/// Changes the entries of an object in their order, but for those that are null. Another value stays.
fn entries<'t>(object: &mut Node<'t>, mut change: impl FnMut(&str, &mut Node<'t>) -> Changed) -> Changed {
    let Node::Object(entries) = object else { return Ok(true) };
    let mut changed = Ok(true);
    entries.retain_mut(|(key, value)| {
        if changed.is_err() || matches!(value, Node::Null) {
            return true;
        }
        change(key, value).unwrap_or_else(|wrong| {
            changed = Err(wrong.at(key));
            true
        })
    });
    changed
}

/// Changes the elements of a list, which all stay.
fn each<'t>(list: &mut Node<'t>, mut change: impl FnMut(&mut Node<'t>) -> Changed) -> Changed {
    for (index, element) in list.elements_mut().iter_mut().enumerate() {
        change(element).map_err(|wrong| wrong.nth(index))?;
    }
    Ok(true)
}

/// Returns the text under a key of an object.
fn text<'n>(object: &'n Node<'_>, key: &str) -> Option<&'n str> {
    object.get(key)?.text()
}

/// Returns the id under a key of an object. What is stored has those that it needs.
fn id(object: &Node, key: &str) -> Id {
    Id::from(text(object, key).unwrap_or_default())
}
