//! Converts Python values to JSON text: dicts, lists, dataclasses, pydantic models, dates, times and enums.

use std::fmt::Write;

use frontdesk::{Code, Problem};
use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyBytes, PyDate, PyDateTime, PyDelta, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyMapping, PySet,
    PyString, PyTime, PyTimeAccess, PyTuple, PyTzInfo, PyTzInfoAccess,
};

use crate::length::of_delta;
use crate::problem::type_of;
use crate::python::Imported;
use crate::words::{half_a_character, is_uuid};

/// The deepest nesting of values; a deeper one is taken for endless.
const DEEPEST: usize = 100;

/// JSON text, or the problems of all values that cannot be written.
pub type Written = Result<String, Vec<Problem>>;

/// Returns a value as JSON text. Exceptions of its methods are passed on.
pub fn written(value: &Bound<'_, PyAny>) -> PyResult<Written> {
    let mut writer = Writer::default();
    writer.value(value)?;
    Ok(if writer.problems.is_empty() { Ok(writer.out) } else { Err(writer.problems) })
}

#[derive(Default)]
struct Writer {
    out: String,
    path: String,
    /// The containers around the current value, to find one that contains itself.
    around: Vec<usize>,
    problems: Vec<Problem>,
}

impl Writer {
    fn value(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if value.is_none() {
            self.out += "null";
        } else if let Ok(text) = value.cast::<PyString>() {
            self.text(text)?;
        } else if let Ok(truth) = value.cast::<PyBool>() {
            self.out += if truth.is_true() { "true" } else { "false" };
        } else if let Ok(number) = value.cast::<PyInt>() {
            match number.extract::<i64>() {
                Ok(number) => self.raw(number),
                Err(_) => self.problem(Code::OutOfRange, "a whole number lies within ±2^53"),
            }
        } else if let Ok(number) = value.cast::<PyFloat>() {
            match number.value() {
                number if number.is_finite() => self.raw(serde_json::json!(number)),
                number => self.problem(Code::InvalidValue, format!("{number} is not a number that JSON can write")),
            }
        } else if let Ok(dict) = value.cast::<PyDict>() {
            self.within(value, |writer| writer.object(dict.items().iter().map(|item| item.extract())))?;
        } else if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
            self.within(value, |writer| writer.list(value))?;
        } else {
            self.rarer(value)?;
        }
        Ok(())
    }

    /// Writes a value that is not JSON by itself.
    fn rarer(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = value.py();
        if let Ok(time) = value.cast::<PyDateTime>() {
            let zoned = time.get_tzinfo().is_some();
            self.quoted(&value.call_method0("isoformat")?)?;
            debug_assert!(zoned || !self.out.ends_with('Z'));
        } else if value.is_instance_of::<PyDate>() {
            self.quoted(&value.call_method0("isoformat")?)?;
        } else if let Ok(time) = value.cast::<PyTime>() {
            if time.get_second() > 0 || time.get_microsecond() > 0 {
                let problem = Problem::new(Code::InvalidTime, format!("the time {time} has seconds"));
                self.report(problem.with_hint("a time of the day is written to the minute, as 09:00"));
            } else {
                self.quoted(&value.call_method1("isoformat", ("minutes",))?)?;
            }
        } else if let Ok(delta) = value.cast::<PyDelta>() {
            match of_delta(delta) {
                Ok(length) => self.raw(format_args!("\"{length}\"")),
                Err(problem) => self.problem(problem.code, problem.message),
            }
        } else if value.is_instance_of::<PyTzInfo>() && value.hasattr("key")? {
            self.quoted(&value.getattr("key")?)?;
        } else if value.is_instance_of::<PySet>() || value.is_instance_of::<PyFrozenSet>() {
            static SORTED: Imported = Imported::new("builtins", "sorted");
            let sorted = SORTED.get(py)?.call1((value,))?;
            self.within(value, |writer| writer.list(&sorted))?;
        } else if is_uuid(value) {
            self.quoted(value.str()?.as_any())?;
        } else if is_decimal(value)? {
            self.decimal(value)?;
        } else if let Some(number) = whole(value) {
            self.value(&number)?;
        } else if let Some(plain) = plain(value)? {
            self.within(value, |writer| writer.value(&plain))?;
        } else if value.is_instance_of::<PyBytes>() {
            self.problem(Code::WrongType, "bytes are not text: decode them first");
        } else {
            self.problem(Code::WrongType, format!("{} is nothing that JSON can write", type_of(value)));
        }
        Ok(())
    }

    /// Writes a `Decimal` as a number, which has to be exact as a double: otherwise its last digits would be lost.
    fn decimal(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = value.py();
        if !value.call_method0(intern!(py, "is_finite"))?.is_truthy()? {
            self.problem(Code::InvalidValue, format!("{} is not a number that JSON can write", value.str()?));
            return Ok(());
        }
        let number: f64 = value.extract()?;
        let kept = value.get_type().call1((number.to_string(),))?;
        if !kept.eq(value)? {
            let message = format!("the number {} has more digits than are kept", value.str()?);
            self.report(Problem::new(Code::OutOfRange, message).with_hint("round it, or give it as text: str(number)"));
        } else if number.fract() == 0.0 {
            self.value(py.get_type::<PyInt>().call1((value,))?.as_any())?;
        } else {
            self.raw(serde_json::json!(number));
        }
        Ok(())
    }

    fn raw(&mut self, written: impl std::fmt::Display) {
        let _ = write!(self.out, "{written}");
    }

    fn quoted(&mut self, text: &Bound<'_, PyAny>) -> PyResult<()> {
        self.text(text.cast::<PyString>()?)
    }

    fn text(&mut self, text: &Bound<'_, PyString>) -> PyResult<()> {
        match text.to_str() {
            Ok(text) => self.raw(serde_json::json!(text)),
            Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(text.py()) => {
                self.report(half_a_character());
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn list(&mut self, list: &Bound<'_, PyAny>) -> PyResult<()> {
        self.out.push('[');
        for (index, value) in list.try_iter()?.enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            self.under(format_args!("[{index}]"), |writer| writer.value(&value?))?;
        }
        self.out.push(']');
        Ok(())
    }

    fn object<'py>(
        &mut self,
        entries: impl Iterator<Item = PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)>>,
    ) -> PyResult<()> {
        self.out.push('{');
        let mut first = true;
        for entry in entries {
            let (key, value) = entry?;
            let key = if is_uuid(&key) { key.str()?.into_any() } else { key };
            let Ok(key) = key.cast::<PyString>() else {
                self.problem(Code::WrongType, format!("a key is text, not {}", type_of(&key)));
                continue;
            };
            if !std::mem::take(&mut first) {
                self.out.push(',');
            }
            self.text(key)?;
            self.out.push(':');
            let place = place(&key.to_string_lossy());
            self.under(place, |writer| writer.value(&value))?;
        }
        self.out.push('}');
        Ok(())
    }

    /// Writes the contents of a value, unless the value contains itself.
    fn within(&mut self, value: &Bound<'_, PyAny>, write: impl FnOnce(&mut Self) -> PyResult<()>) -> PyResult<()> {
        let address = value.as_ptr() as usize;
        if self.around.contains(&address) {
            self.problem(Code::InvalidJson, "this contains itself, so it has no end");
            return Ok(());
        }
        if self.around.len() >= DEEPEST {
            self.problem(Code::InvalidJson, format!("this is nested deeper than {DEEPEST}"));
            return Ok(());
        }
        self.around.push(address);
        let done = write(self);
        self.around.pop();
        done
    }

    fn under(&mut self, place: impl std::fmt::Display, write: impl FnOnce(&mut Self) -> PyResult<()>) -> PyResult<()> {
        let length = self.path.len();
        let _ = write!(self.path, "{place}");
        let done = write(self);
        self.path.truncate(length);
        done
    }

    fn problem(&mut self, code: Code, message: impl Into<String>) {
        self.report(Problem::new(code, message));
    }

    fn report(&mut self, problem: Problem) {
        self.out += "null";
        self.problems.push(problem.at_path(format!("${}", self.path)));
    }
}

/// Returns a key as a part of a path.
fn place(key: &str) -> String {
    let plain = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if plain { format!(".{key}") } else { format!("[{key:?}]") }
}

fn is_decimal(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    static DECIMAL: Imported = Imported::new("decimal", "Decimal");
    value.is_instance(DECIMAL.get(value.py())?)
}

/// Returns the whole number for an integer of another library, such as numpy.
fn whole<'py>(value: &Bound<'py, PyAny>) -> Option<Bound<'py, PyAny>> {
    value.call_method0(intern!(value.py(), "__index__")).ok()
}

/// Returns the dict, list or scalar for an object: a pydantic model, a dataclass, an enum, a mapping, a path.
fn plain<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    static PLAIN: Imported = Imported::new("frontdesk._input", "plain");
    let py = value.py();
    if let Ok(mapping) = value.cast::<PyMapping>() {
        return Ok(Some(mapping.call_method0(intern!(py, "items")).and_then(|items| dict(py, &items))?));
    }
    let plain = PLAIN.get(py)?.call1((value,))?;
    Ok((!plain.is(value)).then_some(plain))
}

fn dict<'py>(py: Python<'py>, items: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    py.get_type::<PyDict>().call1((items,))
}
