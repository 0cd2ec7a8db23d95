//! Checks of events and snapshots from outside: each is checked as a whole before any of it is used.

mod event;

pub use self::event::{MOST_FAILURES, MOST_HIDDEN, foreign, misfit};

use serde_json::{Number, Value};

use crate::desk::event::Details;
use crate::model::{Attributes, Id};
use crate::problem::{Code, Problem, shortened};
use crate::read::{MAX_INTEGER, MOST_NESTED, nested_too_deeply};

pub type Checked = Result<(), Problem>;

/// The largest number of an event: the number of a turn after it is exact in every language, too.
// INVARIANT: a turn with a number has an event, so that its number is at most one more than that of its last event.
pub const LAST_EVENT: u64 = MAX_INTEGER as u64 - 1;

/// Returns the problem of a desk that has no number for another event.
pub fn no_more_events() -> Problem {
    let message = format!("the desk had {LAST_EVENT} events and cannot number more; begin a new one with its document");
    Problem::new(Code::OutOfRange, message)
}

/// Returns the problem of a number that is too large or too small.
pub fn out_of_range(what: &str, least: i64, most: i64) -> Problem {
    Problem::new(Code::OutOfRange, format!("{what} is not from {least} to {most}"))
}

/// Checks that a number is exact in every language.
pub fn check_integer(what: &str, number: i64) -> Checked {
    if (-MAX_INTEGER..=MAX_INTEGER).contains(&number) {
        return Ok(());
    }
    Err(out_of_range(&format!("{what} {number}"), -MAX_INTEGER, MAX_INTEGER))
}

/// Checks that a running weight of `weighted_round_robin` is so small that the next choices do not overflow.
pub fn check_weight(weight: i64) -> Checked {
    const MOST: i64 = MAX_INTEGER / 2;
    if (-MOST..=MOST).contains(&weight) {
        return Ok(());
    }
    Err(out_of_range(&weight.to_string(), -MOST, MOST))
}

pub fn check_id(id: &Id) -> Checked {
    Id::fault(id).map_or(Ok(()), |fault| Err(Problem::new(Code::InvalidValue, fault)))
}

/// Checks the details of a conversation, except for its channel.
pub fn check_details(details: &Details) -> Checked {
    check_integer("the priority", details.priority).map_err(|problem| problem.at_path("$.priority"))?;
    for (skill, level) in &details.skills {
        let checked = check_id(skill).and(match level {
            1..=5 => Ok(()),
            _ => Err(out_of_range(&format!("the level {level} of the skill {:?}", shortened(skill)), 1, 5)),
        });
        checked.map_err(|problem| problem.at_path("$.skills"))?;
    }
    check_attributes(&details.attributes).map_err(|problem| problem.at_path("$.attributes"))?;
    for (key, id) in [("from", &details.from), ("forwarded_by", &details.forwarded_by)] {
        id.iter().try_for_each(check_id).map_err(|problem| problem.at_path(format!("$.{key}")))?;
    }
    let Some(contact) = &details.contact else { return Ok(()) };
    for (key, id) in [("id", &contact.id), ("owner", &contact.owner)] {
        id.iter().try_for_each(check_id).map_err(|problem| problem.at_path(format!("$.contact.{key}")))?;
    }
    check_attributes(&contact.attributes).map_err(|problem| problem.at_path("$.contact.attributes"))
}

fn check_attributes(attributes: &Attributes) -> Checked {
    let mut values: Vec<(&Value, usize)> = attributes.values().map(|value| (value, MOST_NESTED)).collect();
    while let Some((value, left)) = values.pop() {
        match value {
            Value::Array(_) | Value::Object(_) if left == 0 => return Err(nested_too_deeply()),
            Value::Number(number) => check_number(number)?,
            Value::Array(elements) => values.extend(elements.iter().map(|element| (element, left - 1))),
            Value::Object(entries) => values.extend(entries.values().map(|entry| (entry, left - 1))),
            Value::Null | Value::Bool(_) | Value::String(_) => {}
        }
    }
    Ok(())
}

/// Checks that a number of an attribute is one that is read as it is written.
fn check_number(number: &Number) -> Checked {
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) => check_integer("a number of an attribute", whole),
        (None, Some(real)) if real.fract() != 0.0 => Ok(()),
        (None, _) => Err(out_of_range("a number of an attribute", -MAX_INTEGER, MAX_INTEGER)),
    }
}
