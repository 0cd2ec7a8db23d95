//! JSON Schemas (draft 2020-12) of what goes in and out: the desk document, a command, an event, what is published, and two
//! answers.
//!
//! Here they are as text; with the feature `schema` they can also be had as values, generated from the types that are
//! read and written, which a test holds against the texts.
//!
//! Those of the document and of a command are as strict as their reader is: no unknown keys but those that begin with
//! `x-`. What is beyond any schema only the reader tells: keys and ids that stand twice, ids that nothing has, names of
//! zones, ends before their starts, numbers beyond ±2^53 in the embedder's own data. Those of an event and of
//! what is published are open, as their readers pass over keys they do not know.

#[cfg(feature = "schema")]
mod generate;

#[cfg(feature = "schema")]
pub(crate) use generate::{
    AgentAttributes, Date, Levels, Match, StartOfDay, belongs_to_strategies, one, only_away_ends, weeks_are_counted,
    yes,
};
#[cfg(feature = "schema")]
pub use generate::{command, document, event, published, status, visitor, vocabulary};

/// All schemas, by the names of their files.
pub const ALL: [(&str, &str); 7] = [
    ("document", DOCUMENT),
    ("command", COMMAND),
    ("event", EVENT),
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
/// The words of the format: reasons, types of events and commands, codes and all others, each vocabulary under `$defs`.
pub const VOCABULARY: &str = include_str!("../../schema/vocabulary.schema.json");
/// The schema of published availability, version 1.
pub const PUBLISHED: &str = include_str!("../../schema/published.schema.json");
/// The schema of the answer who is available: a state with its reason, since when and until when.
pub const STATUS: &str = include_str!("../../schema/status.schema.json");
/// The schema of the answer what a visitor of a channel sees.
pub const VISITOR: &str = include_str!("../../schema/visitor.schema.json");
