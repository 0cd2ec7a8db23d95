//! Calendars of holidays.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::Serialize;
use std::collections::BTreeMap;

use super::away::{Away, ShownAs};
use super::event::Event;
use super::ics::rule;
use super::moment::When;
use super::notes::{Notes, Origin, Skipped, Why};
use super::{ReadOptions, instances, read, series};
use crate::model::{Absence, AbsenceTimes, Occasion};
use crate::problem::{Code, Problem};
use crate::time::{Span, Zone, Zones};

/// The largest number of dates of one holiday.
const MOST_DATES: usize = 100_000;

/// Options for reading a calendar of holidays.
#[derive(Debug, Clone, Default)]
pub struct HolidayOptions {
    /// The zones that the calendar may name.
    pub zones: Zones,
    /// Patterns, one of which the summary has to match; `*` stands for any text. If empty, all events are taken.
    pub summaries: Vec<String>,
    /// Categories, one of which the event must have. If empty, all events are taken.
    pub categories: Vec<String>,
    /// The first date to return.
    pub first_day: Option<NaiveDate>,
    /// The last date to return. Required if a holiday repeats without end.
    pub last_day: Option<NaiveDate>,
}

/// A date that is a holiday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HolidayDate {
    /// The date.
    pub date: NaiveDate,
    /// The name of the holiday.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The holidays read from a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HolidayReading {
    /// The name of the calendar.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The dates in order, without duplicates.
    pub dates: Vec<HolidayDate>,
    /// The events that were understood, but are not holidays.
    pub skipped: Vec<Skipped>,
    /// The parts of the calendar that were not understood.
    pub problems: Vec<Problem>,
    /// The parts of the calendar that were read, but are odd.
    pub notes: Vec<Problem>,
    /// `true` if the whole calendar was read.
    pub complete: bool,
}

/// Reads a calendar of holidays in any of the formats that [`read`](super::read()) takes. Every event of whole days is a
/// holiday, however it is shown, unless Google describes it as an observance: a day that is kept, but not free.
///
/// ```
/// use frontdesk::calendar::{self, HolidayOptions};
///
/// let file = "BEGIN:VEVENT\nUID:x\nSUMMARY:Christmas Day\nDTSTART;VALUE=DATE:20261225\nDURATION:P2D\nEND:VEVENT\n";
/// let reading = calendar::read_holidays(file.as_bytes(), &HolidayOptions::default());
/// assert_eq!(reading.dates[1].date.to_string(), "2026-12-26");
/// assert_eq!(reading.dates[1].name.as_deref(), Some("Christmas Day"));
/// ```
pub fn read_holidays(calendar: &[u8], options: &HolidayOptions) -> HolidayReading {
    let mut notes = Notes::default();
    let away = Away {
        shown_as: (options.summaries.is_empty() && options.categories.is_empty()).then_some(ShownAs::Busy),
        categories: options.categories.clone(),
        summaries: options.summaries.clone(),
        emails: Vec::new(),
    };
    let read_options = ReadOptions { zone: Zone::utc(), zones: options.zones.clone(), away };
    let events = read::events(calendar, &read_options, &mut notes);
    let mut origins = BTreeMap::new();
    let mut whole_days = Vec::new();
    for mut event in events {
        if let Some(why) = not_free(&event) {
            notes.skipped.push(Skipped { uid: event.uid.clone(), summary: event.claim.summary.clone(), why });
            continue;
        }
        event.claim.shown_as = Some(ShownAs::Busy);
        // The name of a holiday is not private, even if the calendar is.
        event.note.clone_from(&event.claim.summary);
        origins.insert(event.uid.clone(), (event.origin.clone(), event.path.clone()));
        whole_days.push(event);
    }
    let mut dates: BTreeMap<NaiveDate, Option<String>> = BTreeMap::new();
    for absence in series::absences(whole_days, &read_options, &mut notes) {
        match dates_of(&absence, options) {
            Ok(found) => {
                for date in found {
                    dates.entry(date).or_insert_with(|| absence.note.clone());
                }
            }
            Err(problem) => {
                // Events without an id were given one.
                let place = origins.get(&absence.uid).or_else(|| origins.get(&None)).cloned();
                let (origin, path) = place.unwrap_or((Origin::Line(1), String::new()));
                notes.problem(origin, problem.at_path(format!("{path}.RRULE")));
            }
        }
    }
    HolidayReading {
        name: notes.name.take(),
        dates: dates.into_iter().map(|(date, name)| HolidayDate { date, name }).collect(),
        problems: notes.problems(calendar),
        notes: notes.remarks(calendar),
        complete: notes.is_complete(),
        skipped: notes.skipped,
    }
}

/// Returns the reason why an event is not a holiday, apart from its time.
fn not_free(event: &Event) -> Option<Why> {
    let is_cancelled_instance = event.claim.is_cancelled && event.instead_of.is_some();
    match event.start {
        _ if is_cancelled_instance => None,
        When::Wall(..) => Some(Why::NotWholeDays),
        When::Date(_) if event.is_observance => Some(Why::NotAway),
        When::Date(_) => None,
    }
}

/// Returns the dates of a holiday between `first_day` and `last_day`.
fn dates_of(absence: &Absence, options: &HolidayOptions) -> Result<Vec<NaiveDate>, Problem> {
    let AbsenceTimes::Days { first_day, last_day } = absence.times else { return Ok(Vec::new()) };
    let length = (last_day - first_day).num_days().clamp(0, 400) as u64;
    let begin = options.first_day.map_or(first_day, |wanted| wanted.max(first_day)) - TimeDelta::days(length as i64);
    let starts = match &absence.repeat {
        None => vec![first_day],
        Some(repeat) => {
            let has_end = ["UNTIL", "COUNT"].iter().any(|part| rule::part(repeat.as_str(), part).is_some());
            let last = match options.last_day {
                Some(last) => last,
                None if has_end => NaiveDate::from_ymd_opt(2199, 12, 31).unwrap_or(first_day),
                None => {
                    let message = "the holiday repeats without end; it is left out";
                    return Err(Problem::new(Code::OutOfRange, message).with_hint("say which day is the last"));
                }
            };
            let range = Span::new(midnight(begin), midnight(last) + TimeDelta::days(1));
            let found = instances::by_rule(absence, &Zone::utc(), range).ok_or_else(too_many)?;
            found.into_iter().map(|time| time.date()).collect()
        }
    };
    let also = absence.also.iter().filter_map(as_date);
    let starts = starts.into_iter().chain(also).filter(|date| !absence.except.contains(&Occasion::Date(*date)));
    let days = starts.flat_map(|start| (0..=length).filter_map(move |day| start.checked_add_days(Days::new(day))));
    let is_wanted = |date: &NaiveDate| {
        options.first_day.is_none_or(|first| first <= *date) && options.last_day.is_none_or(|last| *date <= last)
    };
    let days: Vec<NaiveDate> = days.filter(is_wanted).take(MOST_DATES + 1).collect();
    if days.len() > MOST_DATES { Err(too_many()) } else { Ok(days) }
}

fn too_many() -> Problem {
    Problem::new(Code::TooManyOccurrences, "the holiday has too many days; it is left out")
}

fn midnight(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}

fn as_date(occasion: &Occasion) -> Option<NaiveDate> {
    match occasion {
        Occasion::Date(date) => Some(*date),
        Occasion::Moment(_) => None,
    }
}
