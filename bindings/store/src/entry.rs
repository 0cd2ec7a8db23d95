//! Turns as a log stores them.

use frontdesk::desk::{Personal, Separated};
use frontdesk::{Event, Problem, Problems, Reader, Turn};
use serde_json::Value;

use crate::digest::Digest;
use crate::problem::{damaged, unread_turn};

/// A turn to be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The number of the turn.
    pub turn: u64,
    /// The id of its command, which no other command of the desk has.
    pub command_id: Option<String>,
    /// The instant of its command, in milliseconds of UTC since 1970; of the first turn, the smallest there is.
    pub at: i64,
    /// The text, in which personal data is referred to by number.
    pub body: String,
    /// The digest of this turn and all before it.
    pub digest: Digest,
    /// The personal data that the text refers to, by subject.
    pub personal: Vec<(String, String)>,
    /// The conversations that its events are about, each once.
    pub conversations: Vec<String>,
    /// The next instant at which the desk has to be advanced, once this turn is applied.
    pub wakes_at: Option<i64>,
}

/// A turn as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTurn {
    /// The number of the turn.
    pub turn: u64,
    /// The digest of this turn and all before it.
    pub digest: Digest,
    /// The text; `None` where only the digest was asked for.
    pub body: Option<String>,
    /// The personal data that the text refers to, as far as it was not erased: an object of values by number, for each subject.
    pub personal: Vec<String>,
}

impl Entry {
    /// Creates the entry of a turn with a number, which follows a digest.
    pub fn of(turn: &Turn, after: Digest, wakes_at: Option<i64>) -> Option<Entry> {
        let number = turn.turn()?;
        let (body, personal) = separated(turn);
        let digest = after.then(&body);
        let at = turn.at().map_or(i64::MIN, |at| at.millis());
        let command_id = turn.command_id().map(ToString::to_string);
        let conversations = conversations(turn.events());
        Some(Entry { turn: number, command_id, at, body, digest, personal, conversations, wakes_at })
    }
}

/// Returns the text of a turn without personal data, and the data by subject.
fn separated(turn: &Turn) -> (String, Vec<(String, String)>) {
    let Separated { text, personal } = turn.separate();
    (text, by_subject(personal))
}

/// Returns personal data as a log stores it.
pub fn by_subject(personal: Vec<Personal>) -> Vec<(String, String)> {
    personal.into_iter().map(|it| (it.subject.to_string(), it.values)).collect()
}

/// Returns the conversations that events are about, each once, in the order of their ids.
fn conversations(events: &[Event]) -> Vec<String> {
    let mut ids: Vec<String> =
        events.iter().filter_map(|event| event.kind.conversation()).map(ToString::to_string).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

impl StoredTurn {
    /// Reads the turn of a desk, which has to follow a digest.
    ///
    /// # Errors
    /// `damaged_log`, if the text is not that of the digest or not a turn of this number; `unsupported_version`, if it is, but
    /// cannot be read.
    pub fn read(&self, desk: &str, after: Digest, reader: &Reader) -> Result<Turn, Problem> {
        if self.body.as_deref().is_some_and(|body| after.then(body) != self.digest) {
            return Err(damaged(desk, self.turn, "its text is not that of its digest"));
        }
        self.turn_alone(desk, reader)
    }

    /// Reads the turn of a desk, apart from the turns before it.
    ///
    /// # Errors
    /// `damaged_log`, if the text is not JSON or not a turn of this number; `unsupported_version`, if it cannot be read.
    pub fn turn_alone(&self, desk: &str, reader: &Reader) -> Result<Turn, Problem> {
        let damaged = |what: &str| damaged(desk, self.turn, what);
        let body = self.body.as_deref().ok_or_else(|| damaged("its text is missing"))?;
        let turn = self.joined(body, reader).map_err(|problems| match serde_json::from_str::<Value>(body) {
            Ok(_) => unread_turn(desk, self.turn, &problems.to_string()),
            Err(_) => damaged(&problems.to_string()),
        })?;
        match turn.turn() {
            Some(number) if number == self.turn => Ok(turn),
            _ => Err(damaged("its text has another number")),
        }
    }

    fn joined(&self, body: &str, reader: &Reader) -> Result<Turn, Problems> {
        reader.join(body, self.personal.iter().map(String::as_str))
    }
}
