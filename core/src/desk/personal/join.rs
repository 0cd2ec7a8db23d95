//! Putting personal values back into a text.

use rustc_hash::FxHashMap;

use super::places::{Change, Changed};
use super::{REFERENCE, Subject};
use crate::problem::{Code, Problem, shortened};
use crate::read::{self, MAX_INTEGER, Node, Wrong};

/// The hint for a text or values that are not as they were separated.
const HINT: &str = "store the text and the values as they were separated, and give all values of a text together";

/// Returns `true` if a text may have references.
pub(in crate::desk) fn has_reference(text: &str) -> bool {
    text.contains("\"personal\"")
}

/// Puts values back by their numbers. A reference without a value is left out.
pub(in crate::desk) struct Putting<'t> {
    values: FxHashMap<u64, Node<'t>>,
    last: u64,
}

impl<'t> Putting<'t> {
    /// Reads the values of some subjects.
    ///
    /// # Errors
    /// `invalid_json` for values that are not an object, and `invalid_value` for those whose key is not a number, or whose
    /// number is there twice.
    pub fn new(values: impl IntoIterator<Item = &'t str>) -> Result<Self, Problem> {
        let mut putting = Putting { values: FxHashMap::default(), last: 0 };
        values.into_iter().try_for_each(|values| putting.read(values))?;
        Ok(putting)
    }

    fn read(&mut self, values: &'t str) -> Result<(), Problem> {
        let what = "an object of personal values";
        let Node::Object(entries) = read::parsed(values, what)? else {
            return Err(Problem::new(Code::InvalidJson, format!("this is not {what}")).with_hint(HINT));
        };
        for (key, value) in entries {
            let is_plain = key.bytes().all(|byte| byte.is_ascii_digit()) && !key.starts_with('0');
            let number = key.parse().ok().filter(|number| is_plain && is_number(*number));
            let why = || wrong(format!("{:?} is not the number of a personal value", shortened(&key)));
            if self.values.insert(number.ok_or_else(why)?, value).is_some() {
                return Err(wrong(format!("the personal value {key} is given twice")));
            }
        }
        Ok(())
    }
}

impl<'t> Change<'t> for Putting<'t> {
    fn change(&mut self, value: &mut Node<'t>, _: &Subject) -> Changed {
        let Some(reference) = reference(value) else { return Ok(true) };
        let number = number(reference)
            .ok_or_else(|| Wrong::from(wrong("a reference to a personal value is not a number from 1".to_owned())))?;
        if number <= self.last {
            let message = format!("the reference to the personal value {number} stands after {}", self.last);
            return Err(wrong(message).into());
        }
        self.last = number;
        match self.values.remove(&number) {
            Some(personal) => *value = personal,
            None => return Ok(false),
        }
        Ok(true)
    }
}

/// Returns the content of a reference; `None` for a value that is none.
fn reference<'n, 't>(value: &'n Node<'t>) -> Option<&'n Node<'t>> {
    match value {
        Node::Object(entries) => match entries.as_slice() {
            [(key, content)] if key == REFERENCE => Some(content),
            _ => None,
        },
        _ => None,
    }
}

fn number(content: &Node) -> Option<u64> {
    let number = if let Node::Number(number) = content { number.as_u64() } else { None };
    number.filter(|number| is_number(*number))
}

fn is_number(number: u64) -> bool {
    (1..=MAX_INTEGER.unsigned_abs()).contains(&number)
}

fn wrong(message: String) -> Problem {
    Problem::new(Code::InvalidValue, message).with_hint(HINT)
}
