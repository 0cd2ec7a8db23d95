//! Texts as arguments: a lone surrogate, or a value that is not a text, is a problem of frontdesk, not an
//! `UnicodeEncodeError`.

use std::borrow::Cow;
use std::ops::Deref;

use frontdesk::{Code, Problem};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyString};
use pyo3::{Borrowed, type_hint_identifier};

use crate::problem::{About, raised, type_of};
use crate::python::Imported;

/// A text argument, such as an id.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a>(&'a str);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for Text<'a> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("builtins", "str");

    fn extract(text: Borrowed<'a, 'py, PyAny>) -> PyResult<Text<'a>> {
        text.extract::<&'a str>().map(Text).map_err(|error| not_text(&text, About::Question, error))
    }
}

/// An id argument: a text, or a UUID, which stands for its text.
#[derive(Debug, Clone)]
pub struct IdText<'a>(Cow<'a, str>);

impl Deref for IdText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for IdText<'a> {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("frontdesk.typing", "Id");

    fn extract(id: Borrowed<'a, 'py, PyAny>) -> PyResult<IdText<'a>> {
        match id.extract::<&'a str>() {
            Ok(text) => Ok(IdText(Cow::Borrowed(text))),
            Err(_) if is_uuid(&id) => Ok(IdText(Cow::Owned(id.str()?.to_string_lossy().into_owned()))),
            Err(error) => Err(not_text(&id, About::Question, error)),
        }
    }
}

/// Returns `true` for a UUID, which stands for its text.
pub fn is_uuid(value: &Bound<'_, PyAny>) -> bool {
    static UUID: Imported = Imported::new("uuid", "UUID");
    UUID.get(value.py()).and_then(|class| value.is_instance(class)).unwrap_or_default()
}

/// Reads a `bool`; no other value is accepted.
pub fn truth(given: &Bound<'_, PyAny>) -> PyResult<bool> {
    if let Ok(truth) = given.cast::<PyBool>() {
        return Ok(truth.is_true());
    }
    let problem = Problem::new(Code::WrongType, format!("{} is not a truth value", type_of(given)));
    Err(raised(given.py(), About::Question, &[problem.with_hint("give True or False")]))
}

/// Returns the text of an argument that is about to be parsed.
pub fn text_of<'a>(text: &'a Bound<'_, PyAny>, about: About) -> PyResult<&'a str> {
    text.extract::<&str>().map_err(|error| not_text(text, about, error))
}

/// Returns the exception for a value that is not a text.
fn not_text(given: &Bound<'_, PyAny>, about: About, error: PyErr) -> PyErr {
    let problem = if given.is_instance_of::<PyString>() {
        half_a_character()
    } else if given.is_instance_of::<PyBytes>() {
        Problem::new(Code::WrongType, "bytes are not text").with_hint("decode them first, as in data.decode()")
    } else {
        Problem::new(Code::WrongType, format!("{} is not a text", type_of(given))).with_hint("give a str")
    };
    let exception = raised(given.py(), about, &[problem]);
    exception.set_cause(given.py(), Some(error));
    exception
}

/// Returns the problem of a text that UTF-8 cannot encode.
pub fn half_a_character() -> Problem {
    Problem::new(Code::InvalidValue, "the text holds half a character (a lone surrogate)")
        .with_hint("it was cut, or decoded wrongly: text.encode(\"utf-8\", \"replace\").decode() makes it a text")
}
