//! Reading snapshots.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::{AgentState, ConversationState, Restored, Snapshot, VERSION};
use crate::problem::Problems;
use crate::read::{self, Each, Node};

/// Reads a snapshot, and returns it with the parsed text that its document is read from.
pub(super) fn read(text: &str) -> Result<(Restored, Node), Problems> {
    match streamed(text) {
        Some(read) => Ok(read),
        None => Ok(read::written(text, "a snapshot", VERSION, Node::read::<Restored>)?),
    }
}

/// Reads a snapshot with its long lists element by element: parsing all of it at once takes several times as much memory.
/// Returns `None` if anything is wrong; reading the whole text then reports the problem.
fn streamed(text: &str) -> Option<(Restored, Node)> {
    let Parts { agents, conversations, rest } = serde_json::from_str(text).ok()?;
    let (rest, agents, conversations) = (Node::Object(rest), agents?.0, conversations?.0);
    let restored: Restored = rest.read().ok().filter(|it: &Restored| it.version == VERSION)?;
    Some((Snapshot { agents, conversations, ..restored }, rest))
}

/// The entries of a snapshot: its long lists, and the rest.
#[derive(Default)]
struct Parts {
    agents: Option<Each<AgentState>>,
    conversations: Option<Each<ConversationState>>,
    rest: Vec<(String, Node)>,
}

impl<'de> Deserialize<'de> for Parts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PartsVisitor)
    }
}

struct PartsVisitor;

impl<'de> Visitor<'de> for PartsVisitor {
    type Value = Parts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parts, A::Error> {
        let mut parts = Parts::default();
        while let Some(key) = map.next_key::<String>()? {
            let is_twice = match key.as_str() {
                "agents" => parts.agents.replace(map.next_value()?).is_some(),
                "conversations" => parts.conversations.replace(map.next_value()?).is_some(),
                _ => {
                    parts.rest.push((key, map.next_value()?));
                    false
                }
            };
            if is_twice {
                return Err(A::Error::custom("a list that stands there twice"));
            }
        }
        Ok(parts)
    }
}
