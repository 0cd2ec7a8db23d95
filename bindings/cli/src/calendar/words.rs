//! The times of an absence in words.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use frontdesk::time::Zone;
use frontdesk::{Absence, AbsenceTimes};

/// Returns a date as text.
pub fn date(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// Returns a time as text, with its seconds if they are not 0.
fn clock(time: NaiveTime) -> String {
    let format = if time.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
    time.format(format).to_string()
}

/// Describes the first times of an absence, with the zone unless it is the agent's.
pub fn when(absence: &Absence, home: &Zone) -> String {
    let from_to = match absence.times {
        AbsenceTimes::Days { first_day, last_day } if first_day == last_day => return kept(&date(first_day)),
        AbsenceTimes::Days { first_day, last_day } => {
            return [date(first_day), format!("to {}", later(first_day, last_day))].map(|it| kept(&it)).join(" ");
        }
        AbsenceTimes::Moments { start, end } if start.date() == end.date() => {
            vec![format!("{} to {}", moment(start), clock(end.time()))]
        }
        AbsenceTimes::Moments { start, end } => {
            vec![moment(start), format!("to {} {}", later(start.date(), end.date()), clock(end.time()))]
        }
    };
    let zone = absence.time_zone.as_ref().filter(|zone| *zone != home).map(|zone| zone.name().to_owned());
    let pieces: Vec<String> = from_to.into_iter().chain(zone).map(|piece| kept(&piece)).collect();
    pieces.join(" ")
}

/// Returns the text with blanks that do not break.
fn kept(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

fn moment(at: NaiveDateTime) -> String {
    format!("{} {}", date(at.date()), clock(at.time()))
}

/// Returns the second of two dates, without the year if it is the same.
fn later(first: NaiveDate, last: NaiveDate) -> String {
    if first.year() == last.year() { last.format("%a %-d %b").to_string() } else { date(last) }
}

/// Describes the repetition of an absence and its exceptions.
pub fn repeats(absence: &Absence) -> String {
    let rule =
        absence.repeat.as_ref().map(|rule| in_words(rule.as_str()).unwrap_or_else(|| rule.as_str().replace(';', "; ")));
    let also = match absence.also.len() {
        0 => None,
        count => Some(format!("{count} more")),
    };
    let except = match absence.except.len() {
        0 => None,
        count => Some(format!("{count} left out")),
    };
    let parts: Vec<String> = [rule, also, except].into_iter().flatten().collect();
    parts.join(", ")
}

/// Returns a rule in words, or `None` if no short phrase says it.
fn in_words(rule: &str) -> Option<String> {
    let mut words = Vec::new();
    let parts: Vec<(&str, &str)> = rule.split(';').map(|part| part.split_once('=')).collect::<Option<_>>()?;
    let part = |name: &str| parts.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
    let known = ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "COUNT", "UNTIL", "WKST"];
    if !parts.iter().all(|(name, _)| known.iter().any(|known| known.eq_ignore_ascii_case(name))) {
        return None;
    }
    let frequency = part("FREQ")?.to_ascii_uppercase();
    let interval = part("INTERVAL").filter(|interval| *interval != "1");
    let (_, once, many) = FREQUENCIES.iter().find(|(name, ..)| *name == frequency)?;
    words.push(interval.map_or((*once).to_owned(), |interval| format!("every {interval} {many}")));
    if let Some(days) = part("BYDAY") {
        words.push(weekdays(days, &frequency, part("BYMONTH").is_some())?);
    }
    match (part("BYMONTHDAY"), part("BYSETPOS")) {
        (None, None) => {}
        (Some(days), None) => words.push(month_days(days)?),
        (days, positions) => words.push(day_or_last(days?, positions?)?),
    }
    if let Some(months) = part("BYMONTH") {
        let names: Option<Vec<&str>> = months.split(',').map(|month| named(month, &MONTHS)).collect();
        words.push(format!("in {}", names?.join(", ")));
    }
    if let Some(until) = part("UNTIL") {
        let last = NaiveDate::parse_from_str(until.get(..8)?, "%Y%m%d").ok()?;
        words.push(format!("until {}", date(last)));
    }
    if let Some(count) = part("COUNT") {
        words.push(if count == "1" { "once".to_owned() } else { format!("{count} times") });
    }
    Some(words.join(" "))
}

const FREQUENCIES: [(&str, &str, &str); 7] = [
    ("YEARLY", "yearly", "years"),
    ("MONTHLY", "monthly", "months"),
    ("WEEKLY", "weekly", "weeks"),
    ("DAILY", "daily", "days"),
    ("HOURLY", "every hour", "hours"),
    ("MINUTELY", "every minute", "minutes"),
    ("SECONDLY", "every second", "seconds"),
];

const WEEKDAYS: [(&str, &str); 7] =
    [("MO", "Mon"), ("TU", "Tue"), ("WE", "Wed"), ("TH", "Thu"), ("FR", "Fri"), ("SA", "Sat"), ("SU", "Sun")];

const MONTHS: [(&str, &str); 12] = [
    ("1", "Jan"),
    ("2", "Feb"),
    ("3", "Mar"),
    ("4", "Apr"),
    ("5", "May"),
    ("6", "Jun"),
    ("7", "Jul"),
    ("8", "Aug"),
    ("9", "Sep"),
    ("10", "Oct"),
    ("11", "Nov"),
    ("12", "Dec"),
];

/// The positions of a day in a month.
const ORDINALS: [(&str, &str); 7] =
    [("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("4", "4th"), ("5", "5th"), ("-1", "last"), ("-2", "last but one")];

fn named(key: &str, names: &[(&'static str, &'static str)]) -> Option<&'static str> {
    names.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, name)| *name)
}

/// Returns weekdays in words: of each week, or the first, second or last of a month.
fn weekdays(days: &str, frequency: &str, has_months: bool) -> Option<String> {
    let mut plain = Vec::new();
    let mut numbered = Vec::new();
    for day in days.split(',') {
        let (ordinal, day) = day.split_at_checked(day.len().checked_sub(2)?)?;
        let day = named(day, &WEEKDAYS)?;
        match ordinal.trim_start_matches('+') {
            "" => plain.push(day),
            ordinal => numbered.push(format!("the {} {day}", named(ordinal, &ORDINALS)?)),
        }
    }
    let of_month = frequency == "MONTHLY" || frequency == "YEARLY" && has_months;
    match (plain.as_slice(), numbered.as_slice()) {
        (["Mon", "Tue", "Wed", "Thu", "Fri"], []) => Some("on Mon to Fri".to_owned()),
        (days, []) => Some(format!("on {}", days.join(", "))),
        ([], days) if of_month => Some(format!("on {}", days.join(", "))),
        _ => None,
    }
}

fn month_days(days: &str) -> Option<String> {
    match (days, days.contains(',')) {
        ("-1", _) => Some("on the last day".to_owned()),
        _ if days.contains('-') => None,
        (_, false) => Some(format!("on day {days}")),
        (_, true) => Some(format!("on days {}", days.replace(',', ", "))),
    }
}

/// Describes a day that not every month has, in the form that Microsoft's rules are read as.
fn day_or_last(days: &str, positions: &str) -> Option<String> {
    let day = ["28,29", "28,29,30", "28,29,30,31"].iter().zip(29..).find(|(known, _)| **known == days)?.1;
    (positions == "-1").then(|| format!("on day {day} or the last"))
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn rules_are_told_in_words_where_they_can_be() {
        for (rule, expected) in [
            ("FREQ=DAILY", Some("daily")),
            ("FREQ=DAILY;INTERVAL=1", Some("daily")),
            ("FREQ=WEEKLY;BYDAY=FR", Some("weekly on Fri")),
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU", Some("every 2 weeks on Mon, Wed")),
            ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=5", Some("weekly on Mon to Fri 5 times")),
            ("FREQ=MONTHLY;BYDAY=1MO,-1FR", Some("monthly on the 1st Mon, the last Fri")),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", Some("monthly on the last day")),
            ("FREQ=MONTHLY;BYMONTHDAY=1,15", Some("monthly on days 1, 15")),
            ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", Some("yearly on the last Sun in Mar")),
            ("FREQ=YEARLY;BYMONTH=3,10;BYMONTHDAY=4", Some("yearly on day 4 in Mar, Oct")),
            ("FREQ=WEEKLY;UNTIL=20261231T235959Z", Some("weekly until Thu 31 Dec 2026")),
            ("FREQ=DAILY;COUNT=1", Some("daily once")),
            ("freq=daily;byday=mo", Some("daily on Mon")),
            ("FREQ=YEARLY;BYDAY=20MO", None),
            ("FREQ=YEARLY;BYDAY=1MO", None),
            ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", Some("monthly on day 30 or the last")),
            ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=1", None),
            ("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=-1", None),
            ("FREQ=MONTHLY;BYMONTHDAY=-3", None),
            ("FREQ=DAILY;BYHOUR=9,15", None),
            ("", None),
        ] {
            assert_eq!(in_words(rule).as_deref(), expected, "{rule}");
        }
    }
}
