//! Reading rules from text.

use super::rule::{Day, Frequency, Rule, Until};
use crate::problem::{Code, Problem, shortened};
use crate::time::civil::{Civil, DAY, Date};
use crate::time::written::{WEEKDAYS, read_basic_clock, read_basic_date};

type Read<T = ()> = Result<T, Problem>;

/// The largest number of characters read: a rule with every value of every part is shorter.
const MOST_CHARACTERS: usize = 10_000;

const FREQUENCIES: [(&str, Frequency); 7] = [
    ("YEARLY", Frequency::Yearly),
    ("MONTHLY", Frequency::Monthly),
    ("WEEKLY", Frequency::Weekly),
    ("DAILY", Frequency::Daily),
    ("HOURLY", Frequency::Hourly),
    ("MINUTELY", Frequency::Minutely),
    ("SECONDLY", Frequency::Secondly),
];

/// Reads the value of one part into the rule.
type ReadPart = fn(&mut Rule, &str, &str) -> Read;

const PARTS: [(&str, ReadPart); 14] = [
    ("FREQ", |rule, _, text| set(&mut rule.frequency, one_of(text, &FREQUENCIES, "frequency"))),
    ("UNTIL", |rule, _, text| set(&mut rule.until, until(text).map(Some))),
    ("COUNT", |rule, name, text| set(&mut rule.count, number(name, text, 1, MOST).map(|n| Some(n.unsigned_abs())))),
    ("INTERVAL", |rule, name, text| {
        set(&mut rule.interval, number(name, text, 1, MOST).map(|n| u32::try_from(n).unwrap_or(u32::MAX)))
    }),
    ("WKST", |rule, _, text| set(&mut rule.week_start, weekday(text))),
    ("BYMONTH", |rule, name, text| numbers(&mut rule.months, name, text, 1, 12, Sign::Positive)),
    ("BYWEEKNO", |rule, name, text| numbers(&mut rule.weeks, name, text, 1, 53, Sign::Either)),
    ("BYYEARDAY", |rule, name, text| numbers(&mut rule.year_days, name, text, 1, 366, Sign::Either)),
    ("BYMONTHDAY", |rule, name, text| numbers(&mut rule.month_days, name, text, 1, 31, Sign::Either)),
    ("BYDAY", |rule, _, text| days(&mut rule.days, text)),
    ("BYHOUR", |rule, name, text| numbers(&mut rule.hours, name, text, 0, 23, Sign::Positive)),
    ("BYMINUTE", |rule, name, text| numbers(&mut rule.minutes, name, text, 0, 59, Sign::Positive)),
    ("BYSECOND", |rule, name, text| {
        numbers(&mut rule.seconds, name, text, 0, 60, Sign::Positive)?;
        // RFC 5545, section 3.3.12: implementations without leap seconds read second 60 as 59.
        rule.seconds.iter_mut().for_each(|second| *second = (*second).min(59));
        rule.seconds.dedup();
        Ok(())
    }),
    ("BYSETPOS", |rule, name, text| numbers(&mut rule.positions, name, text, 1, 366, Sign::Either)),
];

fn set<T>(place: &mut T, value: Read<T>) -> Read {
    *place = value?;
    Ok(())
}

/// The largest count and interval.
const MOST: i64 = i32::MAX as i64;

/// Reads a rule.
pub(super) fn rule(text: &str) -> Read<Rule> {
    if text.len() > MOST_CHARACTERS {
        return Err(invalid(format!("a recurrence rule has at most {MOST_CHARACTERS} characters")));
    }
    let upper = text.to_ascii_uppercase();
    if let Some(rest) = upper.strip_prefix("RRULE:") {
        return Err(invalid("a recurrence rule is written without its name")
            .with_hint(format!("leave the \"RRULE:\" out: {}", shortened(rest))));
    }
    let mut rule = empty();
    let mut seen: Vec<&str> = Vec::new();
    for part in upper.split(';') {
        let (name, value) = part.split_once('=').ok_or_else(|| {
            invalid(format!("{:?} is not a part of a recurrence rule", shortened(part)))
                .with_hint("write parts as NAME=VALUE with a \";\" between them, as in FREQ=WEEKLY;BYDAY=FR")
        })?;
        if seen.contains(&name) {
            return Err(invalid(format!("{} stands twice in the rule", shortened(name))));
        }
        seen.push(name);
        read_part(&mut rule, name, value)?;
    }
    if !seen.contains(&"FREQ") {
        return Err(invalid("the rule has no FREQ").with_hint("say how often, as in FREQ=WEEKLY"));
    }
    check(&rule)?;
    Ok(simplified(rule))
}

fn empty() -> Rule {
    Rule {
        frequency: Frequency::Yearly,
        interval: 1,
        count: None,
        until: None,
        week_start: 0,
        months: Vec::new(),
        weeks: Vec::new(),
        year_days: Vec::new(),
        month_days: Vec::new(),
        days: Vec::new(),
        hours: Vec::new(),
        minutes: Vec::new(),
        seconds: Vec::new(),
        positions: Vec::new(),
    }
}

fn read_part(rule: &mut Rule, name: &str, value: &str) -> Read {
    if let Some((name, read)) = PARTS.iter().find(|(known, _)| *known == name) {
        return read(rule, name, value);
    }
    match (name, value) {
        // RFC 7529: these values are the defaults.
        ("RSCALE", "GREGORIAN") | ("SKIP", "OMIT") => Ok(()),
        ("RSCALE" | "SKIP", _) => Err(invalid(format!("{name}={} is not supported", shortened(value)))
            .with_hint("only the Gregorian calendar is, leaving out the days that a month does not have")),
        _ => {
            let message = format!("there is no part {:?} in a recurrence rule", shortened(name));
            Err(invalid(message).suggesting(name, PARTS.iter().map(|(known, _)| *known)))
        }
    }
}

/// Checks the combinations of parts as RFC 5545, section 3.3.10, demands. Accepts some that all programs read: numbered
/// weekdays or `BYMONTHDAY` with `FREQ=WEEKLY`, and `COUNT` beside `UNTIL`.
fn check(rule: &Rule) -> Read {
    use Frequency::{Daily, Monthly, Weekly, Yearly};
    let frequency = rule.frequency;
    let forbidden = |what: &str, hint: &str| Err(invalid(what).with_hint(hint));
    let has_ordinals = rule.days.iter().any(|day| day.ordinal != 0);
    if !rule.weeks.is_empty() && frequency != Yearly {
        return forbidden("BYWEEKNO goes with FREQ=YEARLY only", "to name weeks of the year, repeat yearly");
    }
    if !rule.year_days.is_empty() && matches!(frequency, Daily | Weekly | Monthly) {
        return forbidden("BYYEARDAY does not go with days, weeks or months", "repeat yearly");
    }
    // -53MO exists in some years only, and the crate does not support it.
    if frequency == Yearly && rule.months.is_empty() && rule.days.iter().any(|day| day.ordinal == -53) {
        return forbidden("-53 of BYDAY is not supported", "count from the start of the year");
    }
    if !rule.weeks.is_empty() && has_ordinals {
        return forbidden("BYDAY has no numbers next to BYWEEKNO", "write MO instead of 1MO");
    }
    Ok(())
}

/// Removes the parts of a rule that have no effect.
fn simplified(mut rule: Rule) -> Rule {
    let months_or_years = matches!(rule.frequency, Frequency::Monthly | Frequency::Yearly);
    if !months_or_years {
        rule.days.iter_mut().for_each(|day| day.ordinal = 0);
    }
    // A weekday of every week includes its numbered ones.
    let every: Vec<u8> = rule.days.iter().filter(|day| day.ordinal == 0).map(|day| day.weekday).collect();
    rule.days.retain(|day| day.ordinal == 0 || !every.contains(&day.weekday));
    rule.days.sort_unstable();
    rule.days.dedup();
    rule
}

// ---- values

fn until(text: &str) -> Read<Until> {
    let invalid = || {
        invalid(format!("UNTIL={} is not a date or time", shortened(text)))
            .with_hint("write it as 20261231, 20261231T170000 or 20261231T160000Z")
    };
    let (local, is_utc) = text.strip_suffix('Z').map_or((text, false), |local| (local, true));
    let Some((date, time)) = local.split_once('T') else {
        let date = read_basic_date(text).ok_or_else(invalid)?;
        // Includes the whole day.
        return Ok(Until::Wall(Civil(Date::from(date).midnight().0 + DAY - 1)));
    };
    let (date, time) = read_basic_date(date).zip(read_basic_clock(time)).ok_or_else(invalid)?;
    let civil = Civil::from(date.and_time(time));
    Ok(if is_utc { Until::Utc(civil.0) } else { Until::Wall(civil) })
}

/// The numbers that a list allows: positive only, or counted from the end as well.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    Positive,
    Either,
}

fn numbers(list: &mut Vec<i16>, name: &str, text: &str, least: i64, most: i64, sign: Sign) -> Read {
    for value in text.split(',') {
        let read = number(name, value, if sign == Sign::Either { -most } else { least }, most)?;
        if sign == Sign::Either && read.abs() < least {
            return Err(out_of_range(name, value, "1", &most.to_string(), " or as many from the end"));
        }
        list.push(i16::try_from(read).unwrap_or_default());
    }
    list.sort_unstable();
    list.dedup();
    Ok(())
}

fn number(name: &str, text: &str, least: i64, most: i64) -> Read<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || digits.len() > 12 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid(format!("{:?} of {name} is not a whole number", shortened(text))));
    }
    match text.trim_start_matches('+').parse::<i64>() {
        Ok(value) if (least..=most).contains(&value) => Ok(value),
        _ => Err(out_of_range(name, text, &least.to_string(), &most.to_string(), "")),
    }
}

fn out_of_range(name: &str, value: &str, least: &str, most: &str, more: &str) -> Problem {
    invalid(format!("{} of {name} is not from {least} to {most}{more}", shortened(value)))
}

fn days(list: &mut Vec<Day>, text: &str) -> Read {
    const MOST_IN_A_YEAR: i64 = 53;
    for value in text.split(',') {
        let split = value.len().checked_sub(2).filter(|at| value.is_char_boundary(*at)).unwrap_or_default();
        let (ordinal, name) = value.split_at(split);
        let weekday = weekday(name).map_err(|_| {
            invalid(format!("{:?} of BYDAY is not a weekday", shortened(value)))
                .with_hint("write MO, TU, WE, TH, FR, SA or SU, after a number for one of the month or year: 2MO, -1FR")
        })?;
        let ordinal = if ordinal.is_empty() {
            0
        } else {
            match number("BYDAY", ordinal, -MOST_IN_A_YEAR, MOST_IN_A_YEAR)? {
                0 => return Err(out_of_range("BYDAY", ordinal, "1", "53", " or as many from the end")),
                ordinal => ordinal,
            }
        };
        list.push(Day { ordinal: i8::try_from(ordinal).unwrap_or_default(), weekday });
    }
    list.sort_unstable();
    list.dedup();
    Ok(())
}

fn weekday(text: &str) -> Read<u8> {
    let place = (0..).zip(WEEKDAYS).find(|(_, name)| *name == text).map(|(place, _)| place);
    place.ok_or_else(|| invalid(format!("{:?} is none of {}", shortened(text), WEEKDAYS.join(", "))))
}

fn one_of<T: Copy>(text: &str, known: &[(&str, T)], what: &str) -> Read<T> {
    let found = known.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let message = format!("{:?} is not a {what}: there are {}", shortened(text), names.join(", "));
        invalid(message).suggesting(text, names)
    })
}

fn invalid(message: impl Into<String>) -> Problem {
    Problem::new(Code::InvalidRecurrence, message)
}
