//! Failures of scripts: the message, the place and the calls.

use rhai::{Dynamic, EvalAltResult, ImmutableString, Map, Position};

use super::budget::{DEEPEST, NESTING, OVER_BUDGET, SPENT, Spent, TIME_IS_UP, with_running};
use super::library::text::plain_text;
use super::words::plain;
use crate::model::Id;
use crate::routing::extension::Failure;

pub(super) const SCRIPT_ERROR: &str = "script_error";
pub(super) const INVALID_RESULT: &str = "invalid_result";

/// The longest message or code of a script's own, in characters; longer ones are cut.
const LONGEST_MESSAGE: usize = 500;
const LONGEST_CODE: usize = 64;
/// The largest number of calls listed.
const MOST_CALLS: usize = 16;

/// Converts an error of Rhai.
pub(super) fn of(error: EvalAltResult) -> Box<Failure> {
    let mut calls = Vec::new();
    let mut inner = error;
    let mut outer = Position::NONE;
    loop {
        match inner {
            EvalAltResult::ErrorInFunctionCall(name, _, within, position) => {
                if calls.len() < MOST_CALLS {
                    calls.push(call(&name, position));
                }
                outer = if position.is_none() { outer } else { position };
                inner = *within;
            }
            innermost => {
                inner = innermost;
                break;
            }
        }
    }
    let own = inner.take_position();
    // An error without a position takes that of the call that led to it.
    let position = if own.is_none() { outer } else { own };
    let (code, message) = code_and_message(inner);
    Box::new(Failure { line: position.line(), column: position.position(), calls, ..Failure::new(&code, message) })
}

fn call(name: &str, position: Position) -> String {
    let name = if name.starts_with("anon$") { "a closure" } else { name };
    match (position.line(), position.position()) {
        (Some(line), Some(column)) => format!("{name} (line {line}, column {column})"),
        _ => name.to_owned(),
    }
}

/// Returns the code and the message of an error of Rhai.
fn code_and_message(error: EvalAltResult) -> (String, String) {
    match error {
        EvalAltResult::ErrorTerminated(why, _) => match why.into_immutable_string() {
            Ok(why) if why == TIME_IS_UP => (TIME_IS_UP.to_owned(), "the time for the command was up".to_owned()),
            _ => over(SPENT),
        },
        EvalAltResult::ErrorTooManyOperations(_) => over(SPENT),
        EvalAltResult::ErrorTooManyVariables(_) => over("it has too many variables at once"),
        EvalAltResult::ErrorStackOverflow(_) => over("its functions call each other too deeply"),
        EvalAltResult::ErrorDataTooLarge(what, _) if what == NESTING => {
            over(&format!("lists, maps and functions that take variables along nest at most {DEEPEST} levels deep"))
        }
        EvalAltResult::ErrorDataTooLarge(what, _) => over(too_large(&what)),
        EvalAltResult::ErrorRuntime(thrown, _) if thrown.is::<Spent>() => over(SPENT),
        EvalAltResult::ErrorRuntime(thrown, _) => of_thrown(thrown),
        other => (SCRIPT_ERROR.to_owned(), cut(&plain(&other.to_string()), LONGEST_MESSAGE)),
    }
}

/// Returns the message for a value over one of Rhai's size limits.
fn too_large(what: &str) -> &'static str {
    match what {
        "Length of string" => {
            "a text is too large: it has at most 65536 bytes, together with all texts in the same list or map"
        }
        "Size of object map" => "a map is too large: it has at most 1000 entries, together with those of maps in it",
        _ => "a list is too large: it has at most 10000 elements, together with those of lists in it",
    }
}

fn over(message: &str) -> (String, String) {
    (OVER_BUDGET.to_owned(), message.to_owned())
}

/// Reads `throw #{code, message}`, or a message alone.
fn of_thrown(thrown: Dynamic) -> (String, String) {
    let Some(map) = thrown.read_lock::<Map>() else {
        let message = cut(&plain_text(&thrown), LONGEST_MESSAGE);
        return (SCRIPT_ERROR.to_owned(), nearest_zone(&message).unwrap_or(message));
    };
    let text = |key: &str| {
        let value = map.get(key)?.read_lock::<ImmutableString>()?;
        Some(value.to_string()).filter(|text| !text.is_empty())
    };
    // Only the embedder's deadline reports that time is up.
    let code = text("code")
        .filter(|code| code != TIME_IS_UP)
        .map_or_else(|| SCRIPT_ERROR.to_owned(), |code| cut(&code, LONGEST_CODE));
    let message = text("message").unwrap_or_else(|| format!("the script threw {code}"));
    (code, cut(&message, LONGEST_MESSAGE))
}

/// Returns the message for an unknown zone, with the nearest names. All names are searched only when the failure is
/// reported, not while a script continues.
fn nearest_zone(message: &str) -> Option<String> {
    let (zones, name) = with_running(|running| running.unknown_zone.clone())??;
    let problem = zones.get(&name).err().filter(|problem| problem.message == message)?;
    problem.hint.map(|hint| format!("{message}; {hint}"))
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// Returns the failure of an answer of the wrong kind.
pub(super) fn nonsense(message: impl Into<String>) -> Box<Failure> {
    Box::new(Failure::new(INVALID_RESULT, message))
}

/// Adds the script and its hook to a failure.
pub(super) fn stamped(failure: Failure, script: &super::set::Script, hook: &str) -> Box<Failure> {
    // A stop from outside has no position; the position of the hook is used.
    let (line, column) = match failure.line {
        Some(line) => (Some(line), failure.column),
        None => script.places.get(hook).map_or((None, None), |(line, column)| (Some(*line), Some(*column))),
    };
    Box::new(Failure {
        line,
        column,
        script: Some(script.name.clone()),
        script_version: Some(script.version.clone()),
        file: Some(script.file.clone()),
        hook: Id::from(hook),
        ..failure
    })
}
