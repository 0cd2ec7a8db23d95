//! Repeated absences as single ones, for readers without recurrence rules.

use chrono::NaiveDateTime;

use super::recurring::Recurring;
use super::schedule::MOST_OCCURRENCES as MOST;
use crate::model::{Absence, AbsenceTimes, Document, Occasion};
use crate::problem::{Code, Problem, Problems};
use crate::time::civil::{Civil, DAY, Date};
use crate::time::recurrence::Almanac;
use crate::time::{Instant, Span, Zone};

impl Absence {
    /// Returns the instances that touch a range, for an agent in a zone, earliest first and without duplicates.
    ///
    /// An instance over a change of the clocks may be longer or shorter; one of no length is left out.
    ///
    /// # Errors
    /// `too_many_occurrences` for more than 100,000 of them; `invalid_value` when the range ends before it starts.
    ///
    /// ```
    /// # #[cfg(feature = "recurrence")] {
    /// use frontdesk::{Document, time::{Instant, Span, Zone}};
    ///
    /// let document = Document::from_json(r#"{"version": 1, "time_zone": "Europe/Oslo", "agents": [{"id": "a", "out_of_office":
    ///     [{"start": "2026-03-20T09:00", "end": "2026-03-20T10:00", "repeat": "FREQ=WEEKLY"}]}]}"#).unwrap();
    /// let april = Span::new(Instant::parse("2026-04-01T00:00:00Z").unwrap(), Instant::parse("2026-05-01T00:00:00Z").unwrap());
    /// let instances = document.agents[0].out_of_office[0].instances(&document.time_zone, april).unwrap();
    /// assert_eq!(instances.len(), 4);
    /// assert_eq!(instances[0].start.to_string(), "2026-04-03T07:00:00.000Z");
    /// # }
    /// ```
    pub fn instances(&self, zone: &Zone, range: Span) -> Result<Vec<Span>, Problem> {
        let found = self.found(zone, range, &mut Almanac::default())?;
        Ok(found.into_iter().map(|(_, span)| span).collect())
    }

    fn found(&self, zone: &Zone, range: Span, almanac: &mut Almanac) -> Result<Vec<(Civil, Span)>, Problem> {
        if range.start > range.end {
            return Err(Problem::new(Code::InvalidValue, "the range ends before it starts"));
        }
        let recurring = Recurring::new(self, zone, almanac);
        if recurring.count(recurring.with_those_before(range), MOST) > MOST {
            let message = format!("the absence has more than {MOST} occurrences from {} to {}", range.start, range.end);
            return Err(Problem::new(Code::TooManyOccurrences, message).with_hint("ask about a shorter range"));
        }
        Ok(recurring.instances(range))
    }

    /// Returns a single absence that starts at a moment on the wall clock, and is like this one otherwise.
    fn single(&self, start: Civil) -> Absence {
        let times = match self.times {
            AbsenceTimes::Moments { start: first, end } => {
                let start = NaiveDateTime::from(start);
                AbsenceTimes::Moments { start, end: start.checked_add_signed(end - first).unwrap_or(end) }
            }
            AbsenceTimes::Days { first_day, last_day } => {
                let shift = ((start.0 - Date::from(first_day).midnight().0) / DAY) as i32;
                let last_day = Date::from(last_day).plus(shift);
                AbsenceTimes::Days { first_day: start.date().into(), last_day: last_day.into() }
            }
        };
        Absence { times, repeat: None, except: Vec::<Occasion>::new(), also: Vec::new(), ..self.clone() }
    }
}

impl Document {
    /// Returns the document with single absences instead of repeated ones: one for each instance that touches the range.
    ///
    /// A desk of it gives the same answers within that range; outside, repeated absences are missing.
    ///
    /// # Errors
    /// `too_many_occurrences` with the path of every absence that has more than 100,000 instances in the range;
    /// `invalid_value` if the range ends before it starts.
    pub fn flatten(&self, start: Instant, end: Instant) -> Result<Document, Problems> {
        let mut flat = self.clone();
        let mut problems = Vec::new();
        let mut almanac = Almanac::default();
        for (index, agent) in flat.agents.iter_mut().enumerate() {
            let zone = agent.time_zone.as_ref().unwrap_or(&self.time_zone);
            let mut absences = Vec::with_capacity(agent.out_of_office.len());
            for (place, absence) in agent.out_of_office.iter().enumerate() {
                if !absence.is_repeated() {
                    absences.push(absence.clone());
                    continue;
                }
                match absence.found(zone, Span::new(start, end), &mut almanac) {
                    Ok(found) => absences.extend(found.into_iter().map(|(start, _)| absence.single(start))),
                    Err(problem) => {
                        problems.push(problem.at_path(format!("$.agents[{index}].out_of_office[{place}]")));
                    }
                }
            }
            agent.out_of_office = absences;
        }
        if problems.is_empty() { Ok(flat) } else { Err(problems.into()) }
    }
}
