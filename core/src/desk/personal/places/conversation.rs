//! Places in the data of a conversation: the attributes of its contact, and addresses.

use super::{Change, Changed, entries, text};
use crate::conversation::FilteredBecause;
use crate::desk::personal::Subject;
use crate::model::Id;
use crate::problem::Word;
use crate::read::Node;

/// Returns the subject of the data of a conversation: its contact, if it has one with an id.
pub fn subject(details: &Node, conversation: Id) -> Subject {
    let contact = details.get("contact").and_then(|contact| text(contact, "id"));
    contact.map_or(Subject::Conversation(conversation), |id| Subject::Contact(id.into()))
}

/// Changes the data of a conversation, which may stand among other keys.
pub fn details<'t>(details: &mut Node<'t>, of: &Subject, by: &mut impl Change<'t>) -> Changed {
    entries(details, |key, value| match key {
        "contact" => contact(value, of, by),
        "from" | "forwarded_by" => by.change(value, of),
        _ => Ok(true),
    })
}

fn contact<'t>(contact: &mut Node<'t>, of: &Subject, by: &mut impl Change<'t>) -> Changed {
    entries(contact, |key, value| match key {
        "attributes" => by.change(value, of),
        _ => Ok(true),
    })
}

/// Changes what a filter matched, unless it is a domain or a role: these name nobody.
pub fn filtered<'t>(filtered: &mut Node<'t>, of: &Subject, by: &mut impl Change<'t>) -> Changed {
    let reason = text(filtered, "reason").and_then(FilteredBecause::find);
    let is_address = |matched: &str| reason.is_some_and(|reason| reason.is_address(matched));
    entries(filtered, |key, value| match key {
        "matched" if value.text().is_none_or(is_address) => by.change(value, of),
        _ => Ok(true),
    })
}
