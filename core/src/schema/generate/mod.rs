//! Generates the schemas from the types that are read and written.

mod answer;
mod command;
mod condition;
mod question;
mod rules;
mod shapes;
mod text;
mod tidy;
mod turn;
mod vocabulary;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::availability::{Published, Status, VisitorView};
use crate::desk::Event;
use crate::model::{Document, SCHEMA};

pub(crate) use condition::Match;
pub(crate) use rules::{
    belongs_to_strategies, chosen_by_nobody, one, only_away_ends, ways_to_assign, weeks_are_counted, yes,
};
pub(crate) use shapes::{AgentAttributes, HoursOrNone, Levels, end_in_sight};
pub(crate) use text::{Date, StartOfDay};

/// Returns the schema of a desk document, version 1.
pub fn document() -> Value {
    let told = "A desk: who works there and when, where conversations arrive, and who gets them.";
    let mut schema = written::<Document>(strict(), "frontdesk desk document", told);
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        let described = json!({"type": "string", "description": "Where an editor finds this schema; read over."});
        properties.insert(SCHEMA.to_owned(), described);
    }
    schema
}

/// Returns the schema of a command.
///
/// ```
/// let schema = frontdesk::schema::command();
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// assert_eq!(schema["oneOf"][0]["properties"]["type"]["const"], "open");
/// ```
pub fn command() -> Value {
    let told = "Something to do, at an instant: what a desk is told.";
    written::<command::Whole>(strict(), "frontdesk command", told)
}

/// Returns the schema of an event, version 1.
pub fn event() -> Value {
    let told = "Something that happened to a desk. Applying the events, in order, rebuilds it.";
    written::<Event>(open(), "frontdesk event", told)
}

/// Returns the schema of a turn, version 1.
pub fn turn() -> Value {
    let told = "A command with all its events, or the document that a desk began with: what is stored of a desk.";
    turn::whole("frontdesk turn", told)
}

/// Returns the schema of a question.
pub fn question() -> Value {
    let told = "A question to a desk, or to its availability: what `ask` is told.";
    written::<question::Question>(strict(), "frontdesk question", told)
}

/// Returns the schema of the answers to questions, each under the name of its question.
pub fn answer() -> Value {
    let told = "The answers to questions, each under the name of its question.";
    written::<answer::Answers>(open(), "frontdesk answers", told)
}

/// Returns the schema of published availability, version 1.
pub fn published() -> Value {
    let told = "What the visitors of an inbox see over a time, for a public page.";
    written::<Published>(open(), "frontdesk published availability", told)
}

/// Returns the schema of an agent's status: the state with its reason, its beginning and its end.
pub fn status() -> Value {
    written::<Status>(open(), "frontdesk status", "Whether an agent is available, why, since when and until when.")
}

/// Returns the schema of the answer to `visitor`: what a visitor of a channel sees.
pub fn visitor() -> Value {
    written::<VisitorView>(open(), "frontdesk visitor view", "What a visitor of a channel sees at an instant.")
}

/// Returns the words of the format: each vocabulary under `$defs`.
pub fn vocabulary() -> Value {
    let settings = open();
    let dialect = settings.meta_schema.clone();
    json!({
        "$schema": dialect,
        "title": "frontdesk vocabulary",
        "description": "The words of the format: each vocabulary with what its words mean.",
        "$defs": vocabulary::all(&mut settings.into_generator()),
    })
}

/// Settings for formats that are read: unknown keys are refused.
fn strict() -> SchemaSettings {
    SchemaSettings::draft2020_12().for_deserialize().with_transform(tidy::tidy).with_transform(tidy::close)
}

/// Settings for formats that are written: later versions may add keys.
fn open() -> SchemaSettings {
    SchemaSettings::draft2020_12().for_serialize().with_transform(tidy::tidy)
}

fn written<T: JsonSchema>(settings: SchemaSettings, title: &str, description: &str) -> Value {
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema.insert("description".to_owned(), description.into());
    schema.into()
}

/// Implements `JsonSchema` for a type whose format differs from its declaration.
macro_rules! describe {
    ($($type:ty as $name:literal = |$generator:ident| $schema:expr;)*) => {$(
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $schema
            }
        }
    )*};
}
pub(crate) use describe;
