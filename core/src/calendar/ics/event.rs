//! A `VEVENT` (RFC 5545, section 3.6.1) as an event.

use chrono::{NaiveDateTime, NaiveTime};

use super::lines::Line;
use super::rule;
use super::text::{list, unescaped};
use super::tree::{Component, OURS};
use crate::calendar::away::{Claim, ShownAs};
use crate::calendar::event::{self, Ending, Event, InsteadOf, Ours, left_out};
use crate::calendar::moment::{self, Lasting, When, Written};
use crate::calendar::notes::{Notes, Origin};
use crate::calendar::zones::ZoneFinder;
use crate::problem::{Code, Problem, shortened};
use crate::time::{Recurrence, Zone};

/// A property and the problem with it.
type Wrong = (&'static str, Problem);

/// The properties in which Microsoft writes how an event is shown (MS-OXCICAL, section 2.1.3.1.1.20.31), the more precise
/// first.
const BUSY_STATUS: [&str; 3] =
    ["X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-INTENDEDSTATUS", "X-MICROSOFT-MSNCALENDAR-BUSYSTATUS"];

/// Reads the event of a component; returns `None`, with a note, if it is not understood.
///
/// A calendar that cancels its events need not give their start.
pub(crate) fn read(
    component: &Component,
    is_withdrawn: bool,
    zones: &mut ZoneFinder<'_>,
    notes: &mut Notes,
) -> Option<Event> {
    let uid = component.value("UID").map(unescaped);
    let path = event::path(&component.name, uid.as_deref());
    if component.is_cut {
        notes.unread.extend(uid);
        return None;
    }
    let mut passed_over = Vec::new();
    let mut fields = Fields::of(component, zones, &mut passed_over);
    match fields.event(uid.clone(), path.clone(), is_withdrawn) {
        Ok(event) => {
            for (property, problem) in passed_over {
                event.problem(property, problem, notes);
            }
            Some(event)
        }
        Err((property, problem)) => {
            let line = component.line(property).map_or(component.number, |line| line.number);
            notes.problem(Origin::Line(line), left_out(problem).at_path(format!("{path}.{property}")));
            notes.unread.extend(uid);
            None
        }
    }
}

/// Reads a property as a date or time, if the component has it.
pub(crate) fn read_when(
    component: &Component,
    property: &'static str,
    zones: &mut ZoneFinder<'_>,
) -> Result<Option<When>, Wrong> {
    let mut passed_over = Vec::new();
    let mut fields = Fields::of(component, zones, &mut passed_over);
    component.line(property).map(|line| fields.when(line, property)).transpose()
}

/// Reads a period: a start, a slash, and an end or a duration.
pub(super) fn read_period(
    component: &Component,
    line: &Line,
    value: &str,
    zones: &mut ZoneFinder<'_>,
) -> Result<(When, Ending), Problem> {
    let mut passed_over = Vec::new();
    let (start, ending) =
        Fields::of(component, zones, &mut passed_over).addition(line, value).map_err(|(_, problem)| problem)?;
    match ending {
        Ending::Unsaid => Err(Problem::new(Code::InvalidTime, format!("{:?} is not a period", shortened(value)))),
        ending => Ok((start, ending)),
    }
}

/// Reads the duration of a component, if it has one.
pub(crate) fn read_duration(component: &Component) -> Result<Option<Lasting>, Wrong> {
    let read = |line: &Line| Lasting::read(&line.value).ok_or_else(|| ("DURATION", no_duration(&line.value)));
    component.line("DURATION").map(read).transpose()
}

struct Fields<'a, 'z> {
    component: &'a Component,
    zones: &'a mut ZoneFinder<'z>,
    /// The zone of the start, which is used for times that name no zone.
    own: Option<Zone>,
    /// `true` if the start or the end has a time of day, whatever its type says.
    has_times: bool,
    /// Properties that were not understood and are ignored.
    passed_over: &'a mut Vec<Wrong>,
}

impl<'a, 'z> Fields<'a, 'z> {
    fn of(component: &'a Component, zones: &'a mut ZoneFinder<'z>, passed_over: &'a mut Vec<Wrong>) -> Self {
        let bounds = ["DTSTART", "DTEND"].into_iter().filter_map(|name| component.value(name)).filter_map(moment::read);
        let has_time = |written: Written| match written {
            Written::Date(_) => false,
            Written::Local(time) | Written::Utc(time) => time.time() != NaiveTime::MIN,
        };
        let has_times = bounds.map(has_time).fold(false, |any, has| any | has);
        Fields { component, zones, own: None, has_times, passed_over }
    }

    fn event(&mut self, uid: Option<String>, path: String, is_withdrawn: bool) -> Result<Event, Wrong> {
        let component = self.component;
        let claim = Claim { is_cancelled: is_withdrawn || is_cancelled(component), ..claim(component) };
        // A cancelled event often says no more than which event it is.
        let when = component.line("DTSTART").or_else(|| component.line("RECURRENCE-ID").filter(|_| claim.is_cancelled));
        let start = match when {
            Some(line) => self.when(line, "DTSTART")?,
            None if claim.is_cancelled => When::Wall(NaiveDateTime::default(), None),
            None => return Err(("DTSTART", Problem::new(Code::MissingKey, "the event does not say when it starts"))),
        };
        self.own = start.zone().cloned();
        if component.line("EXRULE").is_some() {
            let problem = Problem::new(Code::InvalidRecurrence, "a rule of what is left out (EXRULE) is not supported");
            return Err(("EXRULE", problem));
        }
        let ending = self.ending()?;
        let repeats = self.repeats(&start)?;
        let instead_of = match component.line("RECURRENCE-ID") {
            Some(line) => {
                let and_all_later =
                    line.param("RANGE").is_some_and(|range| range.eq_ignore_ascii_case("THISANDFUTURE"));
                Some(InsteadOf { start: self.when(line, "RECURRENCE-ID")?, and_all_later })
            }
            None => None,
        };
        let places = component.lines.iter().filter_map(|line| {
            let known = ["DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "SEQUENCE"];
            Some((*known.iter().find(|name| **name == line.name)?, Origin::Line(line.number)))
        });
        Ok(Event {
            order: 0,
            uid,
            sequence: self.sequence(),
            stamp: component.value("DTSTAMP").and_then(moment::read).and_then(|written| match written {
                Written::Utc(time) | Written::Local(time) => Some(time),
                Written::Date(_) => None,
            }),
            note: note(component, &claim),
            claim,
            start,
            ending,
            repeats,
            except: self.exceptions(),
            also: self.additions(),
            instead_of,
            ours: self.ours(),
            is_observance: component.value("DESCRIPTION").is_some_and(event::is_observance),
            origin: Origin::Line(component.number),
            places: places.collect(),
            path,
        })
    }

    /// Returns the zone that a line names, or else that of the start.
    fn zone(&mut self, line: &Line, property: &'static str) -> Result<Option<Zone>, Wrong> {
        match line.param("TZID").map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => self.zones.find(name).map(Some).map_err(|problem| (property, problem)),
            None => Ok(self.own.clone()),
        }
    }

    fn when(&mut self, line: &Line, property: &'static str) -> Result<When, Wrong> {
        self.when_of(line, &line.value, property)
    }

    /// Reads a value of a line as a date or time.
    fn when_of(&mut self, line: &Line, value: &str, property: &'static str) -> Result<When, Wrong> {
        let is_date = line.param("VALUE").is_some_and(|value| value.eq_ignore_ascii_case("DATE"));
        let is_bound = ["DTSTART", "DTEND"].contains(&property);
        // Some programs write the type `DATE` beside a time, and mean the time.
        let is_meant = |time: NaiveDateTime| time.time() == NaiveTime::MIN && !(is_bound && self.has_times);
        match moment::read(value) {
            Some(Written::Date(date)) => Ok(When::Date(date)),
            Some(Written::Local(time) | Written::Utc(time)) if is_date && is_meant(time) => Ok(When::Date(time.date())),
            Some(Written::Utc(time)) => Ok(When::Wall(time, Some(Zone::utc()))),
            Some(Written::Local(time)) => Ok(When::Wall(time, self.zone(line, property)?)),
            None => Err((property, no_time(value))),
        }
    }

    fn ending(&mut self) -> Result<Ending, Wrong> {
        let component = self.component;
        if let Some(line) = component.line("DTEND") {
            return Ok(Ending::At(self.when(line, "DTEND")?));
        }
        match component.line("DURATION") {
            Some(line) => {
                Lasting::read(&line.value).map(Ending::After).ok_or_else(|| ("DURATION", no_duration(&line.value)))
            }
            None => Ok(Ending::Unsaid),
        }
    }

    fn repeats(&self, start: &When) -> Result<Vec<Recurrence>, Wrong> {
        // Our writer may have changed a rule into the form that calendars expect; this is the original.
        let original = self.component.value(&format!("{OURS}REPEAT")).map(unescaped);
        let mut repeats = Vec::new();
        for line in self.component.lines("RRULE").filter(|line| !line.value.trim().is_empty()) {
            let value = line.value.trim();
            let ours = original.clone().filter(|text| rule::for_calendars(text, start) == value);
            let text = ours.unwrap_or_else(|| rule::tidied(value));
            rule::add(&mut repeats, &text).map_err(|problem| ("RRULE", problem))?;
        }
        Ok(repeats)
    }

    fn exceptions(&mut self) -> Vec<When> {
        let component = self.component;
        let mut except = Vec::new();
        for line in component.lines("EXDATE") {
            let by_date = line.param("X-FRONTDESK-DATE").is_some();
            for value in values(line) {
                match self.when_of(line, value, "EXDATE") {
                    Ok(When::Wall(time, _)) if by_date => except.push(When::Date(time.date())),
                    Ok(when) => except.push(when),
                    Err((property, problem)) => self.pass_over(property, problem),
                }
            }
        }
        except
    }

    fn additions(&mut self) -> Vec<(When, Ending)> {
        let component = self.component;
        let mut also = Vec::new();
        for line in component.lines("RDATE") {
            for value in values(line) {
                match self.addition(line, value) {
                    Ok(addition) => also.push(addition),
                    Err((property, problem)) => self.pass_over(property, problem),
                }
            }
        }
        also
    }

    /// Reads a date or time, or a period: a start, a slash, and an end or a duration.
    fn addition(&mut self, line: &Line, value: &str) -> Result<(When, Ending), Wrong> {
        let Some((start, end)) = value.split_once('/') else {
            return Ok((self.when_of(line, value, "RDATE")?, Ending::Unsaid));
        };
        let start = self.when_of(line, start, "RDATE")?;
        let ending = match Lasting::read(end) {
            Some(lasting) => Ending::After(lasting),
            None => Ending::At(self.when_of(line, end, "RDATE")?),
        };
        Ok((start, ending))
    }

    fn sequence(&mut self) -> Option<u32> {
        let value = self.component.value("SEQUENCE")?;
        let number = value.parse::<u32>().ok().filter(|number| *number <= i32::MAX as u32);
        if number.is_none() {
            let message = format!("{:?} is not a number of a revision", shortened(value));
            self.pass_over("SEQUENCE", Problem::new(Code::InvalidValue, message));
        }
        number
    }

    fn ours(&mut self) -> Ours {
        let component = self.component;
        let text = |name: &str| component.line(&format!("{OURS}{name}")).map(|line| unescaped(&line.value));
        let keys = text("KEYS")
            .and_then(|text| serde_json::from_str::<crate::model::Extensions>(&text).ok())
            .unwrap_or_default();
        let keys = keys.into_iter().filter(|(key, _)| key.starts_with("x-")).collect();
        let zone = text("TIME-ZONE");
        let named = zone.as_deref().filter(|name| !name.is_empty()).and_then(|name| self.zones.find(name).ok());
        Ours {
            has_no_zone: zone.as_deref() == Some(""),
            time_zone: named.filter(|zone| !zone.is_described()),
            start: text("START").and_then(|text| match moment::read(&text)? {
                Written::Date(date) => Some(date.and_time(Default::default())),
                Written::Local(time) | Written::Utc(time) => Some(time),
            }),
            uid: text("UID"),
            keys,
        }
    }

    fn pass_over(&mut self, property: &'static str, mut problem: Problem) {
        problem.message.push_str("; it is passed over");
        self.passed_over.push((property, problem));
    }
}

fn values(line: &Line) -> impl Iterator<Item = &str> {
    line.value.split(',').map(str::trim).filter(|value| !value.is_empty())
}

fn no_time(value: &str) -> Problem {
    Problem::new(Code::InvalidTime, format!("{:?} is not a date or time", shortened(value)))
}

fn no_duration(value: &str) -> Problem {
    Problem::new(Code::InvalidDuration, format!("{:?} is not a duration", shortened(value)))
}

fn is_cancelled(component: &Component) -> bool {
    component.value("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED"))
}

/// Reads the properties that decide whether the event counts as being away.
fn claim(component: &Component) -> Claim {
    let is = |name, value: &str| component.value(name).is_some_and(|its| its.eq_ignore_ascii_case(value));
    let busy_status = BUSY_STATUS.iter().find_map(|name| component.value(name));
    let shown_as = busy_status.and_then(ShownAs::of_busy_status);
    let tentative = is("STATUS", "TENTATIVE").then_some(ShownAs::Tentative);
    let transparent = is("TRANSP", "TRANSPARENT").then_some(ShownAs::Free);
    let categories = component.lines("CATEGORIES").flat_map(|line| list(&line.value));
    Claim {
        shown_as: transparent.or(shown_as).or(tentative),
        is_cancelled: is_cancelled(component),
        is_declined: false,
        declined_by: component.lines("ATTENDEE").flat_map(addresses).collect(),
        categories: categories.collect(),
        summary: summary(component),
    }
}

/// Returns the addresses of an attendee: its calendar address, which need not be one for mail, and its `EMAIL` (RFC 7986,
/// section 6.2).
fn addresses(attendee: &Line) -> impl Iterator<Item = String> {
    let email = attendee.param("EMAIL").map(str::to_owned);
    [attendee.value.clone()].into_iter().chain(email)
}

fn summary(component: &Component) -> Option<String> {
    component.value("SUMMARY").map(|value| unescaped(value).trim().to_owned()).filter(|text| !text.is_empty())
}

/// Returns the text that may be shown about the event: its summary, unless it is private.
fn note(component: &Component, claim: &Claim) -> Option<String> {
    let is_public = component.value("CLASS").is_none_or(|class| class.eq_ignore_ascii_case("PUBLIC"));
    let line = component.line("SUMMARY")?;
    if line.param("X-FRONTDESK-DEFAULT").is_some() {
        return None;
    }
    // Our writer keeps blanks around a note.
    if line.param("X-FRONTDESK-EXACT").is_some() {
        return Some(unescaped(&line.value));
    }
    claim.summary.clone().filter(|_| is_public)
}
