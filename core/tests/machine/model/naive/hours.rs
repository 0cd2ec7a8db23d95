//! Hours in a document: weekly, of single dates, and absences.

use serde_json::Value;

use super::document::{list, optional_text, text, texts};
use super::time::{DAY, MINUTE, parse_date, parse_moment, parse_time_of_day, week, weekday};

/// A shift in minutes from the midnight of its date; an end after the next midnight is over 24 hours.
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

    /// Returns `true` if an instant lies in the shift that starts on a date.
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

    /// Returns `true` if its shift starts on a date.
    pub fn starts_on(&self, date: i64) -> bool {
        let in_turn = self.first_day.is_none_or(|first| (week(date) - week(first)) % self.every == 0);
        self.days.contains(&weekday(date))
            && self.first_day.is_none_or(|first| first <= date)
            && self.last_day.is_none_or(|last| date <= last)
            && in_turn
    }
}

/// Returns the shifts of weekly hours that start on a date.
pub fn shifts_on(hours: &[WeeklyHours], date: i64) -> Vec<Shift> {
    hours.iter().filter(|it| it.starts_on(date)).map(|it| it.shift).collect()
}

/// Returns `true` if an instant is in weekly hours: in a shift of its date, or in one that began on the date before.
pub fn inside(hours: &[WeeklyHours], at: i64) -> bool {
    let date = at.div_euclid(DAY);
    [date - 1, date].into_iter().any(|date| shifts_on(hours, date).iter().any(|shift| shift.covers(date, at)))
}

#[derive(Debug, Clone, PartialEq)]
pub struct DateHours {
    pub date: i64,
    pub shifts: Vec<Shift>,
}

impl DateHours {
    pub fn read(json: &Value) -> DateHours {
        DateHours { date: parse_date(&text(json, "date")), shifts: list(json, "hours", Shift::read) }
    }
}

/// An absence, expanded day by day as far as a test asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Absence {
    pub spans: Vec<(i64, i64)>,
    /// `true` if it continues after the expanded days.
    pub is_endless: bool,
    pub note: Option<String>,
    /// Its entry, which distinguishes it from another absence at the same times.
    entry: Value,
}

/// The number of days that are expanded.
const DAYS_LAID_OUT: i64 = 300;

impl Absence {
    pub fn read(json: &Value) -> Absence {
        let (start, end) = match (json["first_day"].as_str(), json["last_day"].as_str()) {
            (Some(first), Some(last)) => (parse_date(first) * DAY, (parse_date(last) + 1) * DAY),
            _ => (parse_moment(&text(json, "start")), parse_moment(&text(json, "end"))),
        };
        let (first, clock) = (start.div_euclid(DAY), start.rem_euclid(DAY));
        let rule = json["repeat"].as_str().map(Rule::read);
        let mut dates = rule.as_ref().map_or(vec![first], |rule| rule.dates(first));
        let date_of = |text: &String| parse_date(&text[..10]);
        dates.extend(texts(json, "also").iter().map(date_of));
        dates.retain(|date| !texts(json, "except").iter().any(|except| date_of(except) == *date));
        let spans = dates.iter().map(|date| date * DAY + clock).map(|from| (from, from + end - start)).collect();
        let (is_endless, note) = (rule.is_some_and(|rule| rule.is_endless()), optional_text(json, "note"));
        Absence { spans, is_endless, note, entry: json.clone() }
    }

    pub fn covers(&self, at: i64) -> bool {
        self.spans.iter().any(|(start, end)| (*start..*end).contains(&at))
    }
}

/// A rule that repeats by days or weeks.
struct Rule {
    weekly: bool,
    interval: i64,
    /// The weekdays; empty for that of the first day, or for all.
    days: Vec<i64>,
    count: usize,
    until: i64,
}

impl Rule {
    fn read(text: &str) -> Rule {
        let mut rule = Rule { weekly: false, interval: 1, days: Vec::new(), count: usize::MAX, until: i64::MAX };
        for part in text.split(';') {
            let (name, value) = part.split_once('=').expect("a part of a rule");
            match name {
                "FREQ" => rule.weekly = value == "WEEKLY",
                "INTERVAL" => rule.interval = value.parse().expect("an interval"),
                "COUNT" => rule.count = value.parse().expect("a count"),
                "UNTIL" => rule.until = parse_date(&format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..])),
                "BYDAY" => {
                    let number =
                        |day: &str| ["MO", "TU", "WE", "TH", "FR", "SA", "SU"].iter().position(|it| *it == day);
                    rule.days = value.split(',').map(|day| number(day).expect("a weekday") as i64).collect();
                }
                other => panic!("{other} is not for this model"),
            }
        }
        rule
    }

    fn is_endless(&self) -> bool {
        self.count == usize::MAX && self.until == i64::MAX
    }

    fn dates(&self, first: i64) -> Vec<i64> {
        let in_turn = |date: i64| match self.weekly {
            true => (week(date) - week(first)) % self.interval == 0,
            false => (date - first) % self.interval == 0,
        };
        let on_its_day = |date: i64| match (self.weekly, &self.days[..]) {
            (true, []) => weekday(date) == weekday(first),
            (false, []) => true,
            (_, days) => days.contains(&weekday(date)),
        };
        let dates = (first..first + DAYS_LAID_OUT).filter(|date| in_turn(*date) && on_its_day(*date));
        dates.take(self.count).filter(|date| *date <= self.until).collect()
    }
}

/// Dates that are read in another zone, of a fixed offset from UTC.
#[derive(Debug, Clone, PartialEq)]
pub struct Travel {
    pub first_day: i64,
    pub last_day: i64,
    /// The time by which the clock is ahead of UTC.
    pub offset: i64,
}

impl Travel {
    pub fn read(json: &Value) -> Travel {
        let name = text(json, "time_zone");
        // West of Greenwich is "+" in these names.
        let west: i64 = name.strip_prefix("Etc/GMT").expect("a zone of a fixed offset").parse().expect("hours");
        Travel {
            first_day: parse_date(&text(json, "first_day")),
            last_day: parse_date(&text(json, "last_day")),
            offset: -west * 60 * MINUTE,
        }
    }
}
