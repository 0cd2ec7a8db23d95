//! Instants as `datetime`.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use frontdesk::time::{Instant, Zone};
use frontdesk::{Code, Problem};
use pyo3::exceptions::PyKeyError;
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyDate, PyDateAccess, PyDateTime, PyDelta, PyDeltaAccess, PyFloat, PyString, PyTimeAccess, PyTzInfo,
    PyTzInfoAccess,
};
use pyo3::{Borrowed, intern, type_hint_identifier, type_hint_union};

use crate::problem::{About, one, raised};

/// The zone of an answer; `None` is UTC.
#[derive(Debug, Default)]
pub struct Tz(Option<Py<PyTzInfo>>);

impl Tz {
    pub fn clone_ref(&self, py: Python<'_>) -> Tz {
        Tz(self.0.as_ref().map(|zone| zone.clone_ref(py)))
    }

    /// Returns the zone as a Python object.
    pub fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTzInfo>> {
        match &self.0 {
            Some(zone) => Ok(zone.bind(py).clone()),
            None => Ok(PyTzInfo::utc(py)?.to_owned()),
        }
    }

    /// Returns an instant as a datetime in this zone.
    pub fn datetime<'py>(&self, py: Python<'py>, at: Instant) -> PyResult<Bound<'py, PyDateTime>> {
        let utc: DateTime<Utc> = at.into();
        let in_zone = |zone: &Bound<'py, PyTzInfo>| {
            let [month, day, hour, minute, second] =
                [utc.month(), utc.day(), utc.hour(), utc.minute(), utc.second()].map(|it| it as u8);
            PyDateTime::new(py, utc.year(), month, day, hour, minute, second, utc.timestamp_subsec_micros(), Some(zone))
        };
        match &self.0 {
            None => in_zone(&PyTzInfo::utc(py)?.to_owned()),
            Some(zone) => {
                let zone = zone.bind(py);
                Ok(zone.call_method1(intern!(py, "fromutc"), (in_zone(zone)?,))?.cast_into()?)
            }
        }
    }

    /// Returns an instant as a datetime, or `None`.
    pub fn maybe<'py>(&self, py: Python<'py>, at: Option<Instant>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        at.map(|at| self.datetime(py, at)).transpose()
    }
}

/// The zones of events: of their instants, and of sentences about them.
#[derive(Debug, Default)]
pub struct Spoken {
    pub tz: Tz,
    /// The zone of the desk; if absent, that of the instants.
    pub home: Option<Zone>,
}

impl Spoken {
    pub fn clone_ref(&self, py: Python<'_>) -> Spoken {
        Spoken { tz: self.tz.clone_ref(py), home: self.home.clone() }
    }

    /// Returns the zone of sentences as a Python `tzinfo`.
    pub fn of_sentences<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTzInfo>> {
        match &self.home {
            Some(home) => python_zone(py, home.name()),
            None => self.tz.bound(py),
        }
    }
}

/// Returns the `ZoneInfo` of a name.
fn python_zone<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyTzInfo>> {
    PyTzInfo::timezone(py, name).map_err(|error| unknown_to_python(py, name, error))
}

/// An instant in an argument: an aware datetime, seconds since 1970, or RFC 3339 text. Its zone is that of the answer.
#[derive(Debug)]
pub struct At {
    pub instant: Instant,
    pub tz: Tz,
}

/// The end of a range as an argument; 2200-01-01 itself is accepted.
#[derive(Debug)]
pub struct End(pub Instant);

impl<'a, 'py> FromPyObject<'a, 'py> for At {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = type_hint_identifier!("frontdesk.typing", "At");

    fn extract(at: Borrowed<'a, 'py, PyAny>) -> PyResult<At> {
        At::given(&at, About::Question, "$.at")
    }
}

impl At {
    /// Reads an instant at a path of a question or command.
    pub fn given(at: &Bound<'_, PyAny>, about: About, path: &str) -> PyResult<At> {
        let (millis, tz) = read(at)?;
        let instant = millis.and_then(Instant::from_millis);
        Ok(At { instant: instant.map_err(|problem| raised(at.py(), about, &[problem.at_path(path)]))?, tz })
    }
}

/// The start of a range as an argument.
#[derive(Debug)]
pub struct Start(pub At);

impl<'a, 'py> FromPyObject<'a, 'py> for Start {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = At::INPUT_TYPE;

    fn extract(at: Borrowed<'a, 'py, PyAny>) -> PyResult<Start> {
        At::given(&at, About::Question, "$.start").map(Start)
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for End {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr = At::INPUT_TYPE;

    fn extract(at: Borrowed<'a, 'py, PyAny>) -> PyResult<End> {
        let (millis, _) = read(&at)?;
        let end = millis.and_then(|millis| {
            if millis == Instant::MAX.millis() { Ok(Instant::MAX) } else { Instant::from_millis(millis) }
        });
        Ok(End(end.map_err(|problem| one(at.py(), problem.at_path("$.end")))?))
    }
}

/// Reads milliseconds since 1970 (UTC), and the zone of the answer.
fn read(at: &Bound<'_, PyAny>) -> PyResult<(Result<i64, Problem>, Tz)> {
    if let Ok(time) = at.cast::<PyDateTime>() {
        return of_datetime(time);
    }
    if let Ok(text) = at.cast::<PyString>() {
        let text = text.to_string_lossy();
        return Ok((Instant::parse_end(&text).map(Instant::millis), Tz::default()));
    }
    if at.is_instance_of::<PyBool>() || at.is_instance_of::<PyDate>() {
        return Ok((Err(no_instant(at)), Tz::default()));
    }
    if let Ok(seconds) = at.cast::<PyFloat>() {
        return Ok((of_seconds(seconds.value()), Tz::default()));
    }
    match at.call_method0(intern!(at.py(), "__index__")) {
        Ok(seconds) => Ok((seconds.extract::<i64>().map_err(|_| far_away()).and_then(of_whole), Tz::default())),
        Err(_) => Ok((Err(no_instant(at)), Tz::default())),
    }
}

fn of_datetime(time: &Bound<'_, PyDateTime>) -> PyResult<(Result<i64, Problem>, Tz)> {
    let date = NaiveDate::from_ymd_opt(time.get_year(), time.get_month().into(), time.get_day().into());
    let days = i64::from(date.unwrap_or_default().num_days_from_ce() - 719_163);
    let seconds = i64::from(time.get_hour()) * 3600 + i64::from(time.get_minute()) * 60 + i64::from(time.get_second());
    let micros = (days * 86_400 + seconds) * 1_000_000 + i64::from(time.get_microsecond());
    let py = time.py();
    let Some(zone) = time.get_tzinfo() else { return Ok((Err(naive(time)), Tz::default())) };
    if zone.is(PyTzInfo::utc(py)?) {
        return Ok((Ok(micros.div_euclid(1000)), Tz::default()));
    }
    let offset = zone.call_method1(intern!(py, "utcoffset"), (time,))?;
    let Ok(offset) = offset.cast_into::<PyDelta>() else { return Ok((Err(naive(time)), Tz::default())) };
    let offset = (i64::from(offset.get_days()) * 86_400 + i64::from(offset.get_seconds())) * 1_000_000
        + i64::from(offset.get_microseconds());
    Ok((Ok((micros - offset).div_euclid(1000)), Tz(Some(zone.unbind()))))
}

fn of_seconds(seconds: f64) -> Result<i64, Problem> {
    if !seconds.is_finite() {
        let message = format!("{seconds} is not an instant");
        return Err(Problem::new(Code::InvalidTime, message).with_hint("give seconds since 1970"));
    }
    // Rounded to microseconds first, as `datetime` does: no double is exactly 0.001 s.
    let micros = (seconds * 1e6).round_ties_even();
    if micros.abs() < 9e18 { Ok((micros as i64).div_euclid(1000)) } else { Err(far_away()) }
}

fn of_whole(seconds: i64) -> Result<i64, Problem> {
    seconds.checked_mul(1000).filter(|millis| *millis < 2 * Instant::MAX.millis()).ok_or_else(far_away)
}

fn far_away() -> Problem {
    Problem::new(Code::OutOfRange, "the instant lies outside 2000-01-01 up to 2200-01-01")
        .with_hint("epoch numbers are seconds: divide milliseconds by 1000")
}

fn naive(time: &Bound<'_, PyDateTime>) -> Problem {
    let message = format!("the datetime {time} is naive, so it is not an instant");
    Problem::new(Code::MissingOffset, message).with_hint(
        "say its zone, as in time.replace(tzinfo=ZoneInfo(\"Europe/Stockholm\")) or datetime.now(timezone.utc)",
    )
}

fn no_instant(at: &Bound<'_, PyAny>) -> Problem {
    let message = format!("{} is not an instant", crate::problem::type_of(at));
    Problem::new(Code::WrongType, message)
        .with_hint("give an aware datetime, seconds since 1970, or text such as 2026-11-20T09:00:00Z")
}

/// A zone for answers in an argument: a tzinfo or a name.
#[derive(Debug)]
pub struct ZoneArgument(Tz);

impl<'a, 'py> FromPyObject<'a, 'py> for ZoneArgument {
    type Error = PyErr;

    const INPUT_TYPE: PyStaticExpr =
        type_hint_union!(type_hint_identifier!("datetime", "tzinfo"), type_hint_identifier!("builtins", "str"));

    fn extract(zone: Borrowed<'a, 'py, PyAny>) -> PyResult<ZoneArgument> {
        let py = zone.py();
        if let Ok(zone) = zone.cast::<PyTzInfo>() {
            return Ok(ZoneArgument(Tz::of(py, &zone)?));
        }
        let Ok(name) = zone.cast::<PyString>() else {
            let problem =
                Problem::new(Code::WrongType, format!("{} is not a time zone", crate::problem::type_of(&zone)));
            return Err(one(py, problem.at_path("$.zone").with_hint("give a ZoneInfo or its name")));
        };
        let name = name.to_string_lossy();
        let known = Zone::named(&name).map_err(|problem| one(py, problem.at_path("$.zone")))?;
        Ok(ZoneArgument(Tz::of(py, &python_zone(py, known.name())?)?))
    }
}

/// Returns the exception for a zone that Python does not know.
fn unknown_to_python(py: Python<'_>, name: &str, error: PyErr) -> PyErr {
    if !error.is_instance_of::<PyKeyError>(py) {
        return error;
    }
    let problem = Problem::new(Code::UnknownZone, format!("Python's zoneinfo does not know the time zone {name}"));
    let raised = one(py, problem.at_path("$.zone").with_hint("pip install tzdata"));
    raised.set_cause(py, Some(error));
    raised
}

impl Tz {
    pub fn of(py: Python<'_>, zone: &Bound<'_, PyTzInfo>) -> PyResult<Tz> {
        let is_utc = zone.is(PyTzInfo::utc(py)?);
        Ok(Tz((!is_utc).then(|| zone.clone().unbind())))
    }
}

impl ZoneArgument {
    pub fn tz(self) -> Tz {
        self.0
    }
}

/// Returns the zone asked for, or else that of the question.
pub fn zone_of(asked: Option<ZoneArgument>, question: Tz) -> Tz {
    asked.map_or(question, |zone| zone.0)
}

/// Returns an instant at a path of a question, as in JSON.
#[pyfunction]
#[pyo3(signature = (at: "At", path="$.at"))]
pub fn instant(at: &Bound<'_, PyAny>, path: &str) -> PyResult<String> {
    Ok(At::given(at, About::Question, path)?.instant.to_string())
}

/// Returns the zone of a name.
#[pyfunction]
#[pyo3(signature = (zone: "tzinfo | str") -> "tzinfo")]
pub fn zone(py: Python<'_>, zone: ZoneArgument) -> PyResult<Bound<'_, PyTzInfo>> {
    zone.0.bound(py)
}
