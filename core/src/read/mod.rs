//! Reading JSON in two ways. [`Reader`] reads what people write, strictly: it reports all problems at once, each with its path
//! and, from text, its line and column. [`written`] reads what the library wrote itself, with serde, up to the first problem.

mod deserializer;
mod each;
mod id;
mod known;
mod lists;
mod locate;
mod node;
mod numbers;
mod objects;
mod path;
mod reader;
mod references;
mod report;
#[cfg(feature = "routing")]
mod tagged;
mod times;
mod values;
mod words;
mod written;
mod wrong;

pub(crate) use each::Each;
pub use id::Id;
pub(crate) use known::{CheckText, DeclaredScripts, Known};
pub(crate) use node::{MAX_INTEGER, Node, Property, canonical};
pub(crate) use objects::Fields;
pub(crate) use path::{Segment, to_text as path_text};
pub(crate) use reader::Reader;
#[cfg(feature = "routing")]
pub(crate) use tagged::tagged;
#[cfg(feature = "script")]
pub(crate) use times::parse_date_time;
#[cfg(feature = "routing")]
pub(crate) use values::{MOST_NESTED, nested_too_deeply};
#[cfg(feature = "routing")]
pub(crate) use written::check_version;
pub(crate) use wrong::Wrong;

use std::borrow::Borrow;

use crate::problem::{Code, Problem};

/// Parses a JSON text and reads it; `known` returns the names that the text may refer to, such as its own ids.
///
/// # Errors
/// All problems found, each with its position in the text.
pub(crate) fn from_text<T, K: Borrow<Known>>(
    text: &str,
    known: impl FnOnce(&Node) -> K,
    read: impl FnOnce(&mut Reader<'_>, &Node) -> Option<T>,
) -> Result<T, Vec<Problem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let node: Node =
        serde_json::from_str(text).map_err(|error| vec![syntax_problem(text, "a JSON document", &error)])?;
    read_node(&node, Reader::new(known(&node).borrow()), read).map_err(|placed| locate::positions(text, placed))
}

/// Reads a value that is already parsed.
///
/// # Errors
/// All problems found, without positions.
pub(crate) fn from_node<T>(
    node: &Node,
    known: &Known,
    read: impl FnOnce(&mut Reader<'_>, &Node) -> Option<T>,
) -> Result<T, Vec<Problem>> {
    read_node(node, Reader::new(known), read).map_err(unplaced)
}

/// Reads a value that is the value of a key of a text.
///
/// # Errors
/// All problems found, each with its path from the top and its position in the text.
pub(crate) fn part_of_text<T>(
    text: &str,
    key: &str,
    node: &Node,
    reader: Reader<'_>,
    read: impl FnOnce(&mut Reader<'_>, &Node) -> Option<T>,
) -> Result<T, Vec<Problem>> {
    read_node(node, reader, read).map_err(|mut all| {
        for placed in &mut all {
            placed.path.insert(0, Segment::nth(key, 0));
            placed.problem.path = path::to_text(&placed.path);
        }
        locate::positions(text, all)
    })
}

/// Reads a value that was read before. It accepts all scripts and strategies, which may have changed since.
///
/// # Errors
/// As [`from_node`].
pub(crate) fn from_node_again<T>(
    node: &Node,
    known: &Known,
    read: impl FnOnce(&mut Reader<'_>, &Node) -> Option<T>,
) -> Result<T, Vec<Problem>> {
    read_node(node, Reader::again(known), read).map_err(unplaced)
}

fn unplaced(placed: Vec<path::Placed>) -> Vec<Problem> {
    placed.into_iter().map(|placed| placed.problem).collect()
}

/// Returns problems that were found outside of the reader with their paths and positions, in the order of the text. The text
/// is valid JSON.
pub(crate) fn positions(text: &str, problems: Vec<(Vec<Segment>, Problem)>) -> Vec<Problem> {
    let placed = problems.into_iter().map(|(path, problem)| {
        let problem = problem.at_path(path::to_text(&path));
        path::Placed { problem, path, on_key: false }
    });
    locate::positions(text.strip_prefix('\u{feff}').unwrap_or(text), placed.collect())
}

/// Returns `true` if a text is JSON.
pub(crate) fn is_json(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str::<Node>(text).is_ok()
}

/// Returns the problem of a value that the library wrote, with its position in the text.
pub(crate) fn problem_in(text: &str, wrong: Wrong) -> Problem {
    located(text, *wrong.placed())
}

fn located(text: &str, placed: path::Placed) -> Problem {
    let problem = placed.problem.clone();
    locate::positions(text, vec![placed]).pop().unwrap_or(problem)
}

/// Parses any JSON text.
///
/// # Errors
/// `invalid_json`.
#[cfg(feature = "calendar")]
pub(crate) fn any(text: &str) -> Result<Node<'_>, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).map_err(|error| syntax_problem(text, "a JSON document", &error))
}

/// Reads a text of a version that the library wrote, described as `what`; returns the parsed text, too. Unknown keys are
/// ignored.
///
/// # Errors
/// `invalid_json` or `unsupported_version`.
pub(crate) fn written<'t, T>(
    text: &'t str,
    what: &str,
    version: u8,
    read: impl FnOnce(&Node) -> Result<T, Wrong>,
) -> Result<(T, Node<'t>), Problem> {
    let node = parsed(text, what)?;
    Ok((written_in(text, &node, what, version, read)?, node))
}

/// Parses a text that the library wrote, described as `what`.
///
/// # Errors
/// `invalid_json`.
pub(crate) fn parsed<'t>(text: &'t str, what: &str) -> Result<Node<'t>, Problem> {
    serde_json::from_str(text).map_err(|error| syntax_problem(text, what, &error))
}

/// Reads the parsed text of a version that the library wrote, as [`written`] does.
pub(crate) fn written_in<T>(
    text: &str,
    node: &Node,
    what: &str,
    version: u8,
    read: impl FnOnce(&Node) -> Result<T, Wrong>,
) -> Result<T, Problem> {
    written::of_version(node, what, version, read).map_err(|placed| located(text, *placed))
}

fn read_node<T>(
    node: &Node,
    mut reader: Reader<'_>,
    read: impl FnOnce(&mut Reader<'_>, &Node) -> Option<T>,
) -> Result<T, Vec<path::Placed>> {
    match (read(&mut reader, node), reader.into_problems()) {
        (Some(value), problems) if problems.is_empty() => Ok(value),
        (_, problems) => Err(problems),
    }
}

/// Returns the problem of a text, described as `what`, that cannot be parsed.
pub(crate) fn syntax_problem(text: &str, what: &str, error: &serde_json::Error) -> Problem {
    if text.trim_ascii().is_empty() {
        return Problem::new(Code::InvalidJson, "the document is empty").at_path("$").at_position(1, 1);
    }
    let (description, place) = (error.to_string(), format!(" at line {} column {}", error.line(), error.column()));
    let message = description.strip_suffix(&place).unwrap_or(&description);
    let message = match message.strip_prefix("EOF while parsing ") {
        Some("a value") => "it ends where a value should be".to_owned(),
        Some(inside) => format!("it ends inside {inside}"),
        None => match message {
            "expected ident" => "only true, false and null stand without quotes",
            "expected value" => "a value should stand here",
            "trailing characters" => "something follows after its end",
            other => other,
        }
        .to_owned(),
    };
    // The column of the error counts bytes.
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let column = line.char_indices().take_while(|(offset, _)| *offset < error.column()).count();
    Problem::new(Code::InvalidJson, format!("this is not {what}: {message}"))
        .at_path("$")
        .at_position(error.line().max(1), column.max(1))
}
