//! Reading a snapshot.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{AgentState, ConversationState, Restored, Snapshot, VERSION};
use crate::problem::Problems;
use crate::read::stored::of_version;
use crate::read::{self, Each, Node};

/// The snapshot, and the parsed text its document is read from.
pub(super) fn read(text: &str) -> Result<(Restored, Node), Problems> {
    match streamed(text) {
        Some(read) => Ok(read),
        None => Ok(read::written(text, "a snapshot", VERSION)?),
    }
}

#[derive(Deserialize)]
struct Parts {
    agents: Each<AgentState>,
    conversations: Each<ConversationState>,
    #[serde(flatten)]
    rest: BTreeMap<String, Node>,
}

/// The long lists are read element by element, for all of a snapshot at once takes several times as much memory; none when
/// something is wrong, to be told by who reads the whole.
fn streamed(text: &str) -> Option<(Restored, Node)> {
    let Parts { agents, conversations, rest } = serde_json::from_str(text).ok()?;
    let rest = Node::Object(rest.into_iter().collect());
    let restored: Restored = of_version(&rest, "a snapshot", VERSION).ok()?;
    Some((Snapshot { agents: agents.0, conversations: conversations.0, ..restored }, rest))
}
