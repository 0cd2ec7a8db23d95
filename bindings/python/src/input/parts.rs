//! The parts of a conversation, read directly if they are plain values.

use frontdesk::{Attributes, Contact, Id, Skills};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyInt, PyString};
use serde_json::Value;

/// The largest whole number in a document.
const LARGEST: i64 = 1 << 53;

/// Reads a dict of texts, `bool`s and whole numbers as attributes; `None` if it contains anything else.
pub fn plain_attributes(attributes: Option<&Bound<'_, PyAny>>) -> Option<Attributes> {
    let Some(attributes) = attributes else { return Some(Attributes::default()) };
    let attributes = attributes.cast_exact::<PyDict>().ok()?;
    attributes.iter().map(|(name, value)| Some((plain_text(&name)?.to_owned(), scalar(&value)?))).collect()
}

/// Reads a dict of levels as skills.
pub fn plain_skills(skills: Option<&Bound<'_, PyAny>>) -> Option<Skills> {
    let Some(skills) = skills else { return Some(Skills::default()) };
    let level = |value: &Bound<'_, PyAny>| {
        value.cast_exact::<PyInt>().ok()?.extract().ok().filter(|level| (1..=5).contains(level))
    };
    let skills = skills.cast_exact::<PyDict>().ok()?;
    skills.iter().map(|(name, value)| Some((plain_id(&name)?, level(&value)?))).collect()
}

/// Reads a contact that is a dict of plain values.
pub fn contact(contact: Option<&Bound<'_, PyAny>>) -> Option<Option<Contact>> {
    let Some(contact) = contact else { return Some(None) };
    let mut read = Contact::default();
    for (key, value) in contact.cast_exact::<PyDict>().ok()?.iter() {
        match plain_text(&key)? {
            "id" => read.id = Some(plain_id(&value)?),
            "owner" => read.owner = Some(plain_id(&value)?),
            "known" => read.known = value.cast_exact::<PyBool>().ok()?.is_true(),
            "attributes" => read.attributes = plain_attributes(Some(&value))?,
            _ => return None,
        }
    }
    Some(Some(read))
}

fn plain_id(value: &Bound<'_, PyAny>) -> Option<Id> {
    plain_text(value).filter(|text| is_id(text)).map(Id::from)
}

/// Returns `true` if a text certainly is an id; a long one is left to the reader.
pub fn is_id(text: &str) -> bool {
    (1..=256).contains(&text.len()) && !text.contains(char::is_control)
}

fn plain_text<'a>(value: &'a Bound<'_, PyAny>) -> Option<&'a str> {
    value.cast_exact::<PyString>().ok()?.to_str().ok()
}

fn scalar(value: &Bound<'_, PyAny>) -> Option<Value> {
    if let Some(text) = plain_text(value) {
        return Some(Value::from(text));
    }
    if let Ok(truth) = value.cast_exact::<PyBool>() {
        return Some(Value::from(truth.is_true()));
    }
    let number: i64 = value.cast_exact::<PyInt>().ok()?.extract().ok()?;
    (-LARGEST..=LARGEST).contains(&number).then(|| Value::from(number))
}
