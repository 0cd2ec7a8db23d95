//! Reading and writing calendars.

use frontdesk::calendar::{self, ReadOptions, Writer};
use frontdesk::time::{Instant, Span, Zone};
use frontdesk::{Agent, Problem};
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;

use crate::desk::RawDesk;
use crate::holidays::away_of;
use crate::{answer, thrown};

/// The content of a calendar, and the changes it makes.
#[derive(Serialize)]
struct CalendarReading<'a> {
    changes: &'a calendar::Changes,
    skipped: &'a [calendar::Skipped],
    problems: &'a [Problem],
    notes: &'a [Problem],
    complete: bool,
}

#[wasm_bindgen]
impl RawDesk {
    /// Reads the calendar of an agent: the changes of the agent's absences, the events skipped, and the problems.
    ///
    /// # Errors
    /// `unknown_agent`; `invalid_value` for the options of being away.
    pub fn read_calendar(
        &self,
        agent: &str,
        calendar: &[u8],
        name: Option<String>,
        away: Option<String>,
    ) -> Result<String, JsValue> {
        let (agent, mut options) = self.of_calendar(agent).map_err(thrown)?;
        options.away = away_of(away.as_deref()).map_err(thrown)?;
        let reading = calendar::read(calendar, &options);
        let changes = calendar::synchronise(&agent.out_of_office, &reading, name.as_deref());
        let (skipped, problems, notes) = (&reading.skipped, &reading.problems, &reading.notes);
        Ok(text(&CalendarReading { changes: &changes, skipped, problems, notes, complete: reading.complete }))
    }

    /// Reads the working hours of an agent from a `VAVAILABILITY`.
    ///
    /// # Errors
    /// `unknown_agent`.
    pub fn read_hours(&self, agent: &str, calendar: &[u8]) -> Result<String, JsValue> {
        let (_, options) = self.of_calendar(agent).map_err(thrown)?;
        let reading = calendar::read_hours(calendar, &options);
        let mut answer = value(&reading);
        if let Value::Object(keys) = &mut answer {
            keys.insert("problems".to_owned(), value(&reading.problems));
            keys.insert("complete".to_owned(), reading.complete.into());
        }
        Ok(answer.to_string())
    }

    /// Writes the absences of an agent as iCalendar; `at` is the instant of writing.
    ///
    /// # Errors
    /// `unknown_agent`, `out_of_range`.
    pub fn write_calendar(&self, agent: &str, at: f64) -> Result<String, JsValue> {
        let (agent, zone, at) = self.writing(agent, at).map_err(thrown)?;
        let writer = Writer { agent: &agent.id, name: agent.display_name(), zone: &zone, at };
        Ok(writer.absences(&agent.out_of_office))
    }

    /// Writes the working hours of an agent as iCalendar (RFC 7953); `at` is the instant of writing.
    ///
    /// # Errors
    /// `unknown_agent`, `out_of_range`.
    pub fn write_hours(&self, agent: &str, at: f64) -> Result<String, JsValue> {
        let (agent, zone, at) = self.writing(agent, at).map_err(thrown)?;
        let document = self.desk.document();
        let team = document.teams.iter().find(|team| Some(&team.id) == agent.team.as_ref());
        let of_team = || team.and_then(|team| team.working_hours.as_deref());
        let weekly = agent.working_hours.as_deref().or_else(of_team).or(document.working_hours.as_deref());
        let writer = Writer { agent: &agent.id, name: agent.display_name(), zone: &zone, at };
        Ok(writer.hours(weekly, &agent.date_hours))
    }

    /// Writes the free/busy time of an agent over a range as iCalendar; `at` is the instant of writing.
    ///
    /// # Errors
    /// `unknown_agent`, and problems of the range.
    pub fn write_free_busy(&self, agent: &str, start: f64, end: f64, at: f64) -> Result<String, JsValue> {
        let written = || -> Result<String, Problem> {
            let (agent, zone, at) = self.writing(agent, at)?;
            let range = Span::new(answer::instant(start)?, answer::end(end)?);
            let periods = self.desk.schedule(&agent.id, range)?;
            Ok(Writer { agent: &agent.id, name: agent.display_name(), zone: &zone, at }.free_busy(&periods, range))
        };
        written().map_err(thrown)
    }
}

impl RawDesk {
    fn agent(&self, agent: &str) -> Result<(Agent, Zone), Problem> {
        let zone = self.desk.zone_of(agent)?.clone();
        let mut agents = self.desk.agents();
        let found = agents.find(|it| it.id == *agent).cloned();
        found.map(|agent| (agent, zone)).ok_or_else(|| Problem::new(frontdesk::Code::UnknownAgent, "there is no agent"))
    }

    fn of_calendar(&self, agent: &str) -> Result<(Agent, ReadOptions), Problem> {
        let (agent, zone) = self.agent(agent)?;
        Ok((agent, ReadOptions::in_zone(zone)))
    }

    fn writing(&self, agent: &str, at: f64) -> Result<(Agent, Zone, Instant), Problem> {
        let (agent, zone) = self.agent(agent)?;
        Ok((agent, zone, answer::instant(at)?))
    }
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Converts a value by way of its JSON text: a second serializer for each type would enlarge the module.
fn value(of: &impl Serialize) -> Value {
    serde_json::from_str(&text(of)).unwrap_or_default()
}
