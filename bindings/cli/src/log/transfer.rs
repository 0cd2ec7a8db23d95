//! The lines of an exported log: a line about the log, where earlier turns were removed a snapshot and the ids of their commands, the
//! turns, and the commands that wait to be decided. Texts, digests and personal data are as they are stored, so that digests stay true wherever they go.

use std::collections::BTreeMap;

use frontdesk::time::Instant;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The version of these lines.
pub const VERSION: u64 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The version.
    pub frontdesk_log: u64,
    /// The name of the desk.
    pub desk: String,
    /// The number of the last turn.
    pub last_turn: u64,
    /// The number of commands that wait to be decided.
    pub pending: usize,
    /// The instant at which the desk has to be advanced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wakes_at: Option<Instant>,
}

/// A line after the first: a snapshot, a removed command, a turn or a command that waits, by the key that says which.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line<'a> {
    /// The turn of a snapshot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<u64>,
    /// The id of a command whose turn was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<String>,
    /// The number of a turn, also of one that was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<u64>,
    /// The id of a command that waits to be decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending: Option<String>,
    /// The digest of the turn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// The personal data by subject, as far as it was not erased.
    #[serde(default, borrow, skip_serializing_if = "BTreeMap::is_empty")]
    pub personal: BTreeMap<String, &'a RawValue>,
    /// The text, in which personal data is referred to by number.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub body: Option<&'a RawValue>,
}
