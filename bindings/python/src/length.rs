//! Lengths of time as `timedelta`.

use frontdesk::time::Duration;
use frontdesk::{Code, Problem, WorkingDays, WorkingTime};
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyDelta, PyDeltaAccess, PyDict, PyString};
use pyo3::{Borrowed, type_hint_identifier};

use crate::problem::one;

/// A length of time as an argument: a timedelta, or text such as `"1h30m"`.
#[derive(Debug)]
pub struct Length(pub Duration);

impl<'a, 'py> FromPyObject<'a, 'py> for Length {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("frontdesk.typing", "Length");

    fn extract(length: Borrowed<'a, 'py, PyAny>) -> PyResult<Length> {
        read(&length).map(Length).map_err(|problem| one(length.py(), problem.at_path("$.time")))
    }
}

/// An amount of working time as an argument: a length of time, or working days as a mapping.
#[derive(Debug)]
pub struct Amount(pub WorkingTime);

impl<'a, 'py> FromPyObject<'a, 'py> for Amount {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("frontdesk.typing", "WorkingTime");

    fn extract(amount: Borrowed<'a, 'py, PyAny>) -> PyResult<Amount> {
        let found = match amount.cast::<PyDict>() {
            Ok(days) => working_days(&days).map(WorkingTime::from),
            Err(_) => read(&amount).map(WorkingTime::from),
        };
        found.map(Amount).map_err(|problem| one(amount.py(), problem.at_path("$.time")))
    }
}

/// Reads `{"working_days": 2, "end_of_day": True}`.
fn working_days(keys: &Bound<'_, PyDict>) -> Result<WorkingDays, Problem> {
    let wrong = |code, message: &str| {
        Problem::new(code, message)
            .with_hint("write {\"working_days\": 2}, and \"end_of_day\": True for the end of the hours")
    };
    let (mut days, mut end_of_day) = (None, false);
    for (key, value) in keys.iter() {
        match key.extract::<String>().as_deref() {
            Ok("working_days") => {
                let number = value.extract().map_err(|_| wrong(Code::WrongType, "working days are a number"))?;
                days = Some(WorkingDays::new(number)?);
            }
            Ok("end_of_day") => {
                end_of_day = value.extract().map_err(|_| wrong(Code::WrongType, "\"end_of_day\" is True or False"))?;
            }
            _ => return Err(wrong(Code::UnknownKey, "working days have another key")),
        }
    }
    let days: WorkingDays = days.ok_or_else(|| wrong(Code::MissingKey, "the key \"working_days\" is missing"))?;
    Ok(if end_of_day { days.at_end_of_day() } else { days })
}

/// The length of a step.
#[derive(Debug)]
pub struct Step(pub Duration);

impl<'a, 'py> FromPyObject<'a, 'py> for Step {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = Length::INPUT_TYPE;

    fn extract(step: Borrowed<'a, 'py, PyAny>) -> PyResult<Step> {
        read(&step).map(Step).map_err(|problem| one(step.py(), problem.at_path("$.step")))
    }
}

/// Reads a length of time.
pub fn read(length: &Bound<'_, PyAny>) -> Result<Duration, Problem> {
    if let Ok(delta) = length.cast::<PyDelta>() {
        return of_delta(delta);
    }
    if let Ok(text) = length.cast::<PyString>() {
        return Duration::parse(&text.to_string_lossy());
    }
    let message = format!("{} is not a length of time", crate::problem::type_of(length));
    Err(Problem::new(Code::WrongType, message).with_hint("give a timedelta, or text such as 1h30m"))
}

/// Digits finer than a millisecond are dropped.
pub fn of_delta(delta: &Bound<'_, PyDelta>) -> Result<Duration, Problem> {
    let seconds = i64::from(delta.get_days()) * 86_400 + i64::from(delta.get_seconds());
    Duration::from_millis(seconds * 1000 + i64::from(delta.get_microseconds()) / 1000)
}

/// Returns a length of time in milliseconds.
#[pyfunction]
pub fn length(length: Length) -> i64 {
    length.0.millis()
}

/// Converts a length of time to a `timedelta`.
pub fn timedelta(py: Python<'_>, length: Duration) -> PyResult<Bound<'_, PyDelta>> {
    let (days, rest) = (length.millis() / 86_400_000, length.millis() % 86_400_000);
    PyDelta::new(py, days as i32, (rest / 1000) as i32, (rest % 1000 * 1000) as i32, false)
}
