//! Hours as they are written: weekly, of single dates, and absences.

use serde_json::Value;

use super::document::{list, optional_text, text, texts};
use super::time::{DAY, MINUTE, parse_date, parse_moment, parse_time_of_day, week, weekday};

/// Minutes from the midnight that begins its date; past midnight the end is over 24 hours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    pub start: i64,
    pub end: i64,
}

impl Shift {
    fn read(json: &Value) -> Shift {
        let start = parse_time_of_day(&text(json, "start"));
        let end = parse_time_of_day(&text(json, "end"));
        Shift { start, end: if end > start { end } else { end + 24 * 60 } }
    }

    /// Whether an instant lies in this shift when it starts on a date.
    pub fn covers(self, date: i64, at: i64) -> bool {
        (date * DAY + self.start * MINUTE..date * DAY + self.end * MINUTE).contains(&at)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct WeeklyHours {
    pub days: Vec<i64>,
    pub shift: Shift,
    pub every: i64,
    pub first_day: Option<i64>,
    pub last_day: Option<i64>,
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl WeeklyHours {
    pub fn read(json: &Value) -> WeeklyHours {
        let number = |day: &String| DAYS.iter().position(|it| it == day).expect("a weekday") as i64;
        WeeklyHours {
            days: texts(json, "days").iter().map(number).collect(),
            shift: Shift::read(json),
            every: json["every"].as_i64().unwrap_or(1),
            first_day: json["first_day"].as_str().map(parse_date),
            last_day: json["last_day"].as_str().map(parse_date),
        }
    }

    /// Whether its shift starts on a date.
    pub fn starts_on(&self, date: i64) -> bool {
        let in_turn = self.first_day.is_none_or(|first| (week(date) - week(first)) % self.every == 0);
        self.days.contains(&weekday(date))
            && self.first_day.is_none_or(|first| first <= date)
            && self.last_day.is_none_or(|last| date <= last)
            && in_turn
    }
}

/// The shifts of weekly hours that start on a date.
pub fn shifts_on(hours: &[WeeklyHours], date: i64) -> Vec<Shift> {
    hours.iter().filter(|it| it.starts_on(date)).map(|it| it.shift).collect()
}

/// Whether an instant is inside weekly hours, by those of its date and what runs over from the date before.
pub fn inside(hours: &[WeeklyHours], at: i64) -> bool {
    let date = at.div_euclid(DAY);
    [date - 1, date].into_iter().any(|date| shifts_on(hours, date).iter().any(|shift| shift.covers(date, at)))
}

#[derive(Debug, Clone)]
pub struct DateHours {
    pub date: i64,
    pub shifts: Vec<Shift>,
}

impl DateHours {
    pub fn read(json: &Value) -> DateHours {
        DateHours { date: parse_date(&text(json, "date")), shifts: list(json, "hours", Shift::read) }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Absence {
    pub start: i64,
    pub end: i64,
    pub note: Option<String>,
}

impl Absence {
    pub fn read(json: &Value) -> Absence {
        let note = optional_text(json, "note");
        match (json["first_day"].as_str(), json["last_day"].as_str()) {
            (Some(first), Some(last)) => {
                Absence { start: parse_date(first) * DAY, end: (parse_date(last) + 1) * DAY, note }
            }
            _ => Absence { start: parse_moment(&text(json, "start")), end: parse_moment(&text(json, "end")), note },
        }
    }
}
