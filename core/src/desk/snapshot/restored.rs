//! Reading a snapshot.

use super::{Restored, VERSION};
use crate::problem::Problems;
use crate::read::{self, Node};

/// The snapshot, and the parsed text its document is read from. What a browser loads would be larger by more than this, and
/// its desks are small.
#[cfg(target_family = "wasm")]
pub(super) fn read(text: &str) -> Result<(Restored, Node), Problems> {
    Ok(read::written(text, "a snapshot", VERSION)?)
}

/// The snapshot, and the parsed text its document is read from.
#[cfg(not(target_family = "wasm"))]
pub(super) fn read(text: &str) -> Result<(Restored, Node), Problems> {
    match streamed::read(text) {
        Some(read) => Ok(read),
        None => Ok(read::written(text, "a snapshot", VERSION)?),
    }
}

#[cfg(not(target_family = "wasm"))]
mod streamed {
    use serde::Deserialize;

    use super::super::{AgentState, ConversationState, Restored, Snapshot, VERSION};
    use crate::order::BTreeMap;
    use crate::read::stored::of_version;
    use crate::read::{Each, Node};

    #[derive(Deserialize)]
    struct Parts {
        agents: Each<AgentState>,
        conversations: Each<ConversationState>,
        #[serde(flatten)]
        rest: BTreeMap<String, Node>,
    }

    /// The long lists are read element by element, for all of a snapshot at once takes several times as much memory; none when
    /// something is wrong, to be told by who reads the whole.
    pub fn read(text: &str) -> Option<(Restored, Node)> {
        let Parts { agents, conversations, rest } = serde_json::from_str(text).ok()?;
        let rest = Node::Object(rest.into_iter().collect());
        let restored: Restored = of_version(&rest, "a snapshot", VERSION).ok()?;
        Some((Snapshot { agents: agents.0, conversations: conversations.0, ..restored }, rest))
    }
}
