//! JSON Schemas (draft 2020-12) of the inputs and outputs: the desk document, commands, events, turns, questions,
//! answers, published availability, and the vocabulary.
//!
//! The constants are texts. The feature `schema` adds functions that generate the schemas from the Rust types; a test
//! compares both.
//!
//! The schemas of the document, of a command and of a question are as strict as their readers: unknown keys are refused
//! unless they begin with `x-`. Some rules only the reader checks: duplicate keys and ids,
//! references, names of zones, ends before their starts, keys of a question that go together, and numbers beyond ±2^53 in
//! the embedder's own data. The schemas of events, turns, answers and published availability allow unknown keys, which
//! their readers ignore.

#[cfg(feature = "schema")]
mod generate;

#[cfg(feature = "schema")]
pub(crate) use generate::{
    AgentAttributes, Date, HoursOrNone, Levels, Match, StartOfDay, belongs_to_strategies, chosen_by_nobody,
    end_in_sight, one, only_away_ends, ways_to_assign, weeks_are_counted, yes,
};
#[cfg(feature = "schema")]
pub use generate::{answer, command, document, event, published, question, status, turn, visitor, vocabulary};

/// All schemas by the names of their files.
pub const ALL: [(&str, &str); 10] = [
    ("document", DOCUMENT),
    ("command", COMMAND),
    ("event", EVENT),
    ("turn", TURN),
    ("question", QUESTION),
    ("answer", ANSWER),
    ("published", PUBLISHED),
    ("status", STATUS),
    ("visitor", VISITOR),
    ("vocabulary", VOCABULARY),
];

/// The schema of a desk document, version 1.
pub const DOCUMENT: &str = include_str!("../../schema/document.schema.json");
/// The schema of a command.
pub const COMMAND: &str = include_str!("../../schema/command.schema.json");
/// The schema of an event, version 1.
pub const EVENT: &str = include_str!("../../schema/event.schema.json");
/// The schema of a turn, version 1.
pub const TURN: &str = include_str!("../../schema/turn.schema.json");
/// The words of the format: reasons, types of events and commands, codes and all others, each vocabulary under `$defs`.
pub const VOCABULARY: &str = include_str!("../../schema/vocabulary.schema.json");
/// The schema of a question.
pub const QUESTION: &str = include_str!("../../schema/question.schema.json");
/// The schema of the answers to questions, each under the name of its question.
pub const ANSWER: &str = include_str!("../../schema/answer.schema.json");
/// The schema of published availability, version 1.
pub const PUBLISHED: &str = include_str!("../../schema/published.schema.json");
/// The schema of an agent's status: the state with its reason, its beginning and its end.
pub const STATUS: &str = include_str!("../../schema/status.schema.json");
/// The schema of the answer to `visitor`: what a visitor of a channel sees.
pub const VISITOR: &str = include_str!("../../schema/visitor.schema.json");
