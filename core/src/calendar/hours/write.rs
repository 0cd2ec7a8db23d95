//! Working hours as `VAVAILABILITY`.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use std::collections::BTreeMap;

use super::HOURS;
use super::piece::{Weeks, in_rules, weekday};
use crate::calendar::Writer;
use crate::calendar::ics::{OURS, rule};
use crate::calendar::moment::When;
use crate::calendar::write::{Stream, describe};
use crate::model::{DateHours, Interval, TimeOfDay, Weekday, WeeklyHours};
use crate::time::written::{basic_date, basic_moment};

/// The Monday on which hours without a `first_day` begin: no instant is earlier.
const FIRST_MONDAY: (i32, u32, u32) = (1999, 12, 27);

impl Writer<'_> {
    /// Writes working hours as a `VAVAILABILITY` (RFC 7953): the weekly hours, and the dates with other hours. Without
    /// weekly hours, the agent is always available.
    ///
    /// [`read_hours`](super::read_hours) returns the same hours; for an agent who is always available, it returns hours
    /// around the clock.
    pub fn hours(&self, working_hours: Option<&[WeeklyHours]>, date_hours: &[DateHours]) -> String {
        let always = [WeeklyHours {
            days: (0..7).map(|day| weekday(first_monday() + TimeDelta::days(day))).collect::<Vec<Weekday>>(),
            interval: Interval { start: time_of_day(0), end: time_of_day(24 * 60), extensions: Default::default() },
            every: None,
            first_day: None,
            last_day: None,
            extensions: Default::default(),
        }];
        let weekly = working_hours.unwrap_or(&always);
        Stream::calendar(self.name, |stream| {
            describe(BTreeMap::from([(self.zone.name().to_owned(), self.zone.clone())]), stream);
            stream.component("VAVAILABILITY", |stream| {
                stream.text("UID", &format!("{}{HOURS}", self.agent));
                stream.instant("DTSTAMP", self.at);
                stream.line("BUSYTYPE", "BUSY-UNAVAILABLE");
                self.weekly(weekly, date_hours, stream);
                self.dates(date_hours, stream);
            });
        })
    }

    fn weekly(&self, weekly: &[WeeklyHours], date_hours: &[DateHours], stream: &mut Stream) {
        let all: Vec<Weeks> = weekly.iter().map(weeks_of).collect();
        for (place, (hours, weeks)) in weekly.iter().zip(&all).enumerate() {
            let Some(first) = weeks.first_from(weeks.first) else { continue };
            // A date without any hours is named once, or it would be lost.
            let is_named = |date: NaiveDate| weeks.covers(date) || place == 0 && !all.iter().any(|it| it.covers(date));
            let start = |date: NaiveDate| at(date, hours.interval.start);
            let except: Vec<NaiveDateTime> =
                date_hours.iter().map(|it| it.date).filter(|date| is_named(*date)).map(start).collect();
            let days: Vec<&str> = hours.days.iter().map(|day| in_rules(*day)).collect();
            let mut text = "FREQ=WEEKLY".to_owned();
            if weeks.every > 1 {
                text += &format!(";INTERVAL={}", weeks.every);
            }
            text += &format!(";BYDAY={};WKST=MO", days.join(","));
            if let Some(last) = weeks.last {
                text += &format!(";UNTIL={}", basic_date(last));
            }
            stream.component("AVAILABLE", |stream| {
                self.available(&format!("{place}"), first, &hours.interval, stream);
                let start = When::Wall(start(first), Some(self.zone.clone()));
                stream.line("RRULE", &rule::for_calendars(&text, &start));
                if !except.is_empty() {
                    stream.moments("EXDATE", &except, self.zone);
                }
                if hours.first_day.is_some() && weeks.first != first {
                    let original = at(weeks.first, hours.interval.start);
                    stream.line(&format!("{OURS}START"), &basic_moment(original));
                }
            });
        }
    }

    fn dates(&self, date_hours: &[DateHours], stream: &mut Stream) {
        for day in date_hours {
            for (place, interval) in day.hours.iter().enumerate() {
                let id = format!("{}.{place}", basic_date(day.date));
                stream.component("AVAILABLE", |stream| self.available(&id, day.date, interval, stream));
            }
        }
    }

    fn available(&self, id: &str, date: NaiveDate, interval: &Interval, stream: &mut Stream) {
        let next_day = TimeDelta::days(i64::from(interval.end <= interval.start));
        stream.text("UID", &format!("{}.{id}{HOURS}", self.agent));
        stream.instant("DTSTAMP", self.at);
        stream.moment("DTSTART", at(date, interval.start), self.zone);
        stream.moment("DTEND", at(date + next_day, interval.end), self.zone);
    }
}

fn weeks_of(hours: &WeeklyHours) -> Weeks {
    Weeks {
        days: hours.days.clone(),
        every: hours.every.unwrap_or(1),
        first: hours.first_day.unwrap_or_else(first_monday),
        last: hours.last_day,
        except: Default::default(),
    }
}

fn first_monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(FIRST_MONDAY.0, FIRST_MONDAY.1, FIRST_MONDAY.2).unwrap_or_default()
}

fn at(date: NaiveDate, time: TimeOfDay) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN) + TimeDelta::minutes(time.minutes().into())
}

fn time_of_day(minutes: u16) -> TimeOfDay {
    TimeOfDay::from_minutes(minutes).unwrap_or_else(|| time_of_day(0))
}
