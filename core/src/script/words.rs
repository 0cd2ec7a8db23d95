//! The messages of Rhai in the words of this library: they name the member that is missing, and the nearest one.
//!
//! Rhai's own messages name Rust types, registrations, and functions that no script wrote, and some of these differ between
//! builds.

use rhai::{Dynamic, ImmutableString, Map};

use super::api::Member;
use super::engine::members;
use super::library::value::called;
use crate::problem::{Code, Problem};

/// Returns the message for an error of Rhai, given its text.
pub(super) fn plain(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    // The place is reported beside the message.
    let line = line.rsplit_once(" (line ").filter(|(_, place)| place.ends_with(')')).map_or(line, |(text, _)| text);
    // The path of a script differs between the command line and other bindings.
    let line = line.rsplit_once(" @ '").filter(|(_, file)| file.ends_with('\'')).map_or(line, |(text, _)| text);
    let rest = |beginning: &str| line.strip_prefix(beginning);
    if let Some(call) = rest("Function not found: ") {
        return no_function(call);
    }
    if let Some((name, of)) =
        rest("Unknown property '").and_then(|it| it.split_once("' - a getter is not registered for type '"))
    {
        return no_value(name, of.trim_end_matches('\''));
    }
    if let Some((name, of)) =
        rest("No writable property '").and_then(|it| it.split_once("' - a setter is not registered for type '"))
    {
        let of = of.split('\'').next().unwrap_or_default();
        return format!("`{name}` of {} cannot be changed: scripts only read", called(of));
    }
    if let Some(of) = rest("Indexer unavailable: ").or_else(|| rest("Indexer not registered: ")) {
        let of = of.split(" [").next().unwrap_or_default();
        return format!("{} has no elements to take by [ ]", called(of));
    }
    if let Some(types) = rest("Data type incorrect: ").or_else(|| rest("Output type incorrect: ")) {
        return mismatch(types);
    }
    if let Some(name) = rest("Variable not found: ").or_else(|| rest("Undefined variable: ")) {
        return format!("there is no variable, parameter or constant `{name}`");
    }
    if let Some(name) = rest("Property not found: ") {
        return format!("there is no entry `{name}`");
    }
    if let Some(name) = rest("Cannot modify constant ").or_else(|| rest("Cannot assign to constant ")) {
        return format!("`{name}` is a constant and cannot be changed");
    }
    if let Some(name) = rest("Cannot modify property '").and_then(|it| it.strip_suffix("' of constant")) {
        return format!("`{name}` belongs to a constant and cannot be changed");
    }
    if let Some(name) = rest("Non-pure method '").and_then(|it| it.strip_suffix("' cannot be called on constant")) {
        return format!("`{name}` changes what it is called on, and that is a constant");
    }
    fixed(line).map_or_else(|| bounds(line).unwrap_or_else(|| line.to_owned()), str::to_owned)
}

fn fixed(line: &str) -> Option<&'static str> {
    Some(match line {
        "For loop expects iterable type" => {
            "`for` goes through lists, texts, ranges and agents, and this is none of them"
        }
        "Cannot assign to indexer of constant" => "an element of a constant cannot be changed",
        "Expression exceeds maximum complexity" => {
            "the expression nests more than 32 levels deep: put a part of it into a variable or a function"
        }
        "Number of functions defined exceeds maximum limit" => "a script has at most 64 functions, closures included",
        "Length of string exceeds the maximum limit (1024)" => "a text between quotes has at most 1024 bytes",
        "Script is incomplete" => "the text ends in the midst of something: a bracket or a quote is not closed",
        "'break' must be within a loop" | "Break statement should only be used inside a loop" => {
            "`break` stands outside of a loop"
        }
        "'continue' must be within a loop" => "`continue` stands outside of a loop",
        "Malformed dot expression" => "nothing can be asked of this by a point",
        _ => return None,
    })
}

/// Returns the message for an element that a list or text does not have.
fn bounds(line: &str) -> Option<String> {
    let (what, rest) = line.split_once(" index ")?;
    let what = match what {
        "Array" => "element",
        "String" => "character",
        _ => return None,
    };
    let (index, _) = rest.split_once(" out of bounds")?;
    Some(format!("there is no {what} {index}"))
}

/// Reads `i64 (expecting bool)`.
fn mismatch(types: &str) -> String {
    if let Some((found, wanted)) = types.split_once(" (expecting ") {
        return format!("expected {}, found {}", called(wanted.trim_end_matches(')')), called(found));
    }
    match types.strip_prefix("expecting ").or_else(|| types.strip_prefix(", expecting ")) {
        Some(wanted) => format!("expected {}", called(wanted)),
        None => format!("{} cannot stand here", called(types)),
    }
}

/// Returns the message for a member that a type does not have.
fn no_value(name: &str, of: &str) -> String {
    match of_type(of).find(|member| member.name() == name) {
        Some(member) => {
            format!("`{name}` is a function of {}: write it with parentheses, {}", called(of), member.signature)
        }
        None => lacking(&format!("there is no `{name}` of {}", called(of)), name, of_type(of)),
    }
}

/// Reads `name (type, type)`: a function that is missing, or that does not take these types.
fn no_function(call: &str) -> String {
    let (name, types) = call.split_once(" (").unwrap_or((call, ")"));
    let types: Vec<&str> = types.trim_end_matches(')').split(", ").filter(|it| !it.is_empty()).map(short).collect();
    let given: Vec<&str> = types.iter().map(|it| called(it)).collect();
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return format!("`{name}` is not defined between {}", given.join(" and "));
    }
    let of = types.first().copied().unwrap_or_default();
    if let Some(member) = of_type(of).find(|member| member.name() == name) {
        return match member.signature.contains('(') {
            true => format!(
                "`{name}` is written {}, and was given {}",
                member.signature,
                listed(given.get(1..).unwrap_or_default())
            ),
            false => format!("`{name}` is a value of {}: write it without parentheses", called(of)),
        };
    }
    let everywhere = || members().iter().filter(|member| member.of == "everywhere");
    if let Some(member) = everywhere().find(|member| member.name() == name) {
        return format!("`{name}` is written {}, and was given {}", member.signature, listed(&given));
    }
    let what = match is_view(of) || name_is_of_type(of) {
        true => format!("there is no function `{name}` of {}", called(of)),
        false => format!("there is no function `{name}`"),
    };
    lacking(&what, name, of_type(of).chain(everywhere()))
}

fn lacking<'m>(what: &str, name: &str, known: impl Iterator<Item = &'m Member>) -> String {
    let problem = Problem::new(Code::UnknownMember, what).suggesting(name, known.map(Member::name));
    problem.hint.map_or_else(|| what.to_owned(), |hint| format!("{what}; {hint}"))
}

fn listed(given: &[&str]) -> String {
    if given.is_empty() { "nothing".to_owned() } else { given.join(" and ") }
}

/// Returns a type without the suffix that Rhai adds for every text.
fn short(of: &str) -> &str {
    if of.starts_with("&str") { "string" } else { of }
}

fn is_view(of: &str) -> bool {
    members().iter().any(|member| member.of == of)
}

fn name_is_of_type(of: &str) -> bool {
    group(of) != of
}

/// Returns the members of a type, given Rhai's name for it.
pub(super) fn of_type(of: &str) -> impl Iterator<Item = &'static Member> {
    let group = group(of).to_owned();
    members().iter().filter(move |member| member.of == group)
}

fn group(of: &str) -> &str {
    match of {
        "i64" | "f64" => "number",
        "string" => "text",
        "array" => "list",
        other => other,
    }
}

/// Returns the text of an error of Rhai that a script caught. Rhai passes it as a map that names functions, files and types;
/// errors of native functions are texts.
pub(super) fn caught(value: &Dynamic) -> Option<String> {
    let map = value.read_lock::<Map>()?;
    let text = |key: &str| map.get(key)?.read_lock::<ImmutableString>().map(|text| text.to_string());
    text("error").filter(|error| KINDS.contains(&error.as_str()))?;
    text("message").map(|message| plain(&message))
}

/// The errors of Rhai that a script can catch and that are not texts.
const KINDS: [&str; 17] = [
    "ErrorFunctionNotFound",
    "ErrorInFunctionCall",
    "ErrorUnboundThis",
    "ErrorMismatchDataType",
    "ErrorMismatchOutputType",
    "ErrorArrayBounds",
    "ErrorStringBounds",
    "ErrorBitFieldBounds",
    "ErrorIndexingType",
    "ErrorIndexNotFound",
    "ErrorFor",
    "ErrorVariableNotFound",
    "ErrorPropertyNotFound",
    "ErrorNonPureMethodCallOnConstant",
    "ErrorAssignmentToConstant",
    "ErrorDotExpr",
    "ErrorArithmetic",
];
