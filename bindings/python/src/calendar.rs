//! Reading and writing calendars, as JSON text and iCalendar.

use frontdesk::calendar::{self, Away, HolidayOptions, ReadOptions, Writer};
use frontdesk::time::{Span, Zone};
use frontdesk::{Agent, Code, Desk as Core, Problem};
use pyo3::prelude::*;
use serde_json::json;

use crate::desk::Desk;
use crate::moment::{At, End, Start};
use crate::patience::long;
use crate::problem::{About, Answer, asked};
use crate::words::{IdText, Text};

#[pymethods]
impl Desk {
    /// Reads the absences of a calendar, and compares them with those the agent has.
    fn _read_absences(
        &self,
        py: Python<'_>,
        agent: IdText<'_>,
        calendar: &[u8],
        away: Option<Text<'_>>,
        name: Option<Text<'_>>,
    ) -> PyResult<String> {
        let away = away.as_deref().map_or(Ok(Away::default()), read_away).or_raise(py, About::Calendar)?;
        let read = |desk: &Core| {
            let entry = entry_of(desk, &agent)?;
            let options = ReadOptions { away, ..ReadOptions::in_zone(desk.zone_of(&agent)?.clone()) };
            let reading = calendar::read(calendar, &options);
            let changes = calendar::synchronise(&entry.out_of_office, &reading, name.as_deref());
            Ok(json!({"reading": reading, "changes": changes}).to_string())
        };
        self.desk.look_long(py, read)?.map_err(|problem| asked(py, problem))
    }

    /// Reads the working hours of a calendar, in the zone of an agent.
    fn _read_hours(&self, py: Python<'_>, agent: IdText<'_>, calendar: &[u8]) -> PyResult<String> {
        let read = |desk: &Core| {
            let options = ReadOptions::in_zone(desk.zone_of(&agent)?.clone());
            Ok(json!(calendar::read_hours(calendar, &options)).to_string())
        };
        self.desk.look_long(py, read)?.map_err(|problem| asked(py, problem))
    }

    /// Writes the absences of an agent as iCalendar.
    fn _write_absences(&self, py: Python<'_>, agent: IdText<'_>, at: At) -> PyResult<String> {
        self.write(py, &agent, &at, |writer, entry| writer.absences(&entry.out_of_office))
    }

    /// Writes the working hours of an agent as iCalendar.
    fn _write_hours(&self, py: Python<'_>, agent: IdText<'_>, at: At) -> PyResult<String> {
        self.write(py, &agent, &at, |writer, entry| writer.hours(entry.working_hours.as_deref(), &entry.date_hours))
    }

    /// Writes free/busy time: when an agent is out of office or on holiday.
    fn _write_free_busy(&self, py: Python<'_>, agent: IdText<'_>, start: Start, end: End, at: At) -> PyResult<String> {
        let range = Span::new(start.0.instant, end.0);
        let periods = self.desk.look_long(py, |desk| desk.schedule(&agent, range))?;
        let periods = periods.map_err(|problem| asked(py, problem))?;
        self.write(py, &agent, &at, |writer, _| writer.free_busy(&periods, range))
    }
}

impl Desk {
    fn write(
        &self,
        py: Python<'_>,
        agent: &str,
        at: &At,
        write: impl Fn(&Writer<'_>, &Agent) -> String + Send + Sync,
    ) -> PyResult<String> {
        let at = at.instant;
        let written = self.desk.look_long(py, |desk| {
            let (entry, zone) = (entry_of(desk, agent)?, desk.zone_of(agent)?);
            let name = entry.name.as_deref().unwrap_or(agent);
            Ok(write(&Writer { agent, name, zone, at }, entry))
        })?;
        written.map_err(|problem| asked(py, problem))
    }
}

/// Returns the entry of an agent.
fn entry_of<'a>(desk: &'a Core, agent: &str) -> Result<&'a Agent, Problem> {
    // This error has a hint, as for any other question.
    desk.zone_of(agent)?;
    let found = desk.agents().find(|entry| *entry.id == *agent);
    found.ok_or_else(|| Problem::new(Code::UnknownAgent, format!("there is no agent {agent:?}")))
}

fn read_away(text: &str) -> Result<Away, Problem> {
    serde_json::from_str(text).map_err(|error| {
        Problem::new(Code::InvalidValue, format!("this does not say what counts as being away: {error}"))
            .at_path("$.away")
    })
}

/// Reads the holidays of a calendar.
#[pyfunction]
pub fn read_holidays(
    py: Python<'_>,
    calendar: &[u8],
    summaries: Vec<String>,
    categories: Vec<String>,
    first_day: Option<&str>,
    last_day: Option<&str>,
) -> PyResult<String> {
    let day = |key: &str, day: Option<&str>| {
        day.map(|day| {
            day.parse().map_err(|_| {
                Problem::new(Code::InvalidTime, format!("{day:?} is not a date")).at_path(format!("$.{key}"))
            })
        })
        .transpose()
        .or_raise(py, About::Question)
    };
    let (first_day, last_day) = (day("first_day", first_day)?, day("last_day", last_day)?);
    let options = HolidayOptions { summaries, categories, first_day, last_day, ..HolidayOptions::default() };
    long(py, About::Calendar, || json!(calendar::read_holidays(calendar, &options)).to_string())
}

/// Reads the absences of a calendar without a desk.
#[pyfunction]
pub fn read_calendar(py: Python<'_>, calendar: &[u8], zone: Text<'_>, away: Option<&str>) -> PyResult<String> {
    let away = away.map_or(Ok(Away::default()), read_away).or_raise(py, About::Calendar)?;
    let zone = Zone::named(&zone).or_raise(py, About::Question)?;
    let options = ReadOptions { away, ..ReadOptions::in_zone(zone) };
    long(py, About::Calendar, || json!(calendar::read(calendar, &options)).to_string())
}
