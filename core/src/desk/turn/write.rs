//! Writing turns: the keys are in the documented order, absent rather than null.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{Content, FIRST, Told, Turn, VERSION};
use crate::read::Node;

impl Turn {
    /// Returns the turn as one line of canonical JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Turn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut turn = serializer.serialize_struct("Turn", 5)?;
        turn.serialize_field("version", &VERSION)?;
        match &self.0 {
            Content::First(document) => {
                turn.serialize_field("turn", &FIRST)?;
                turn.serialize_field("document", document)?;
            }
            Content::Decided(decided) => {
                match &decided.turn {
                    Some(number) => turn.serialize_field("turn", number)?,
                    None => turn.skip_field("turn")?,
                }
                turn.serialize_field("at", &decided.at)?;
                turn.serialize_field("command", &decided.command)?;
                turn.serialize_field("events", &decided.events)?;
            }
        }
        turn.end()
    }
}

impl Told {
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(super) fn node(&self) -> Node<'static> {
        Node::of(self)
    }
}

impl Serialize for Told {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Told::Given(command) => command.serialize(serializer),
            Told::Stored(command) => command.serialize(serializer),
        }
    }
}
