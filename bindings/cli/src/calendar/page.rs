//! What an import changes, for a person.

use chrono::{NaiveDate, NaiveDateTime};
use frontdesk::calendar::{Changes, HolidayReading, Skipped};
use frontdesk::{Absence, AbsenceTimes, DateHours, WeeklyHours};

use crate::show::{Cell, Column, Table, style, title};

/// The changes of the absences of an agent.
pub fn changes(agent: &str, source: &str, changes: &Changes, skipped: &[Skipped]) -> String {
    let mut page = title(agent, &format!("from {source}"));
    let mut table =
        Table::new([Column::new("CHANGE"), Column::new("WHEN"), Column::flexible("REPEATS"), Column::flexible("NOTE")]);
    let mut rows = |what: &str, style, absences: &[Absence]| {
        for absence in absences {
            table.row([
                Cell::styled(style, what),
                when(absence).into(),
                repeats(absence).into(),
                absence.note.clone().unwrap_or_default().into(),
            ]);
        }
    };
    rows("added", style::GOOD, &changes.added);
    for updated in &changes.updated {
        rows("before", style::FAINT, &updated.before);
        rows("after", style::WAITING, &updated.after);
    }
    rows("removed", style::BAD, &changes.removed);
    if !changes.is_empty() {
        page += &format!("\n{}", table.render());
    }
    if !changes.kept.is_empty() {
        let mut table = Table::new([Column::new("KEPT AS IT WAS"), Column::flexible("EVENT")]);
        changes.kept.iter().for_each(|kept| table.row([kept.why.as_str().into(), kept.uid.as_str().into()]));
        page += &format!("\n{}", table.render());
    }
    format!("{page}{}\n{}\n", skipped_table(skipped), summary(changes, skipped))
}

/// The events that are no absences.
fn skipped_table(skipped: &[Skipped]) -> String {
    if skipped.is_empty() {
        return String::new();
    }
    let mut table = Table::new([Column::new("SKIPPED"), Column::flexible("EVENT"), Column::flexible("ID")]);
    for event in skipped {
        table.row([
            Cell::styled(style::FAINT, event.why.as_str().replace('_', " ")),
            event.summary.clone().unwrap_or_default().into(),
            event.uid.clone().unwrap_or_default().into(),
        ]);
    }
    format!("\n{}", table.render())
}

/// How many of everything.
pub fn summary(changes: &Changes, skipped: &[Skipped]) -> String {
    let counts = [
        (changes.added.len(), "added"),
        (changes.updated.len(), "updated"),
        (changes.removed.len(), "removed"),
        (changes.unchanged, "unchanged"),
        (changes.kept.len(), "kept"),
        (skipped.len(), "skipped"),
    ];
    let told: Vec<String> = counts
        .iter()
        .filter(|(count, what)| *count > 0 || *what == "added")
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    told.join(", ")
}

/// The dates of an entry of holidays.
pub fn holidays(id: &str, source: &str, reading: &HolidayReading) -> String {
    let mut table = Table::new([Column::number("DATE"), Column::flexible("NAME")]);
    for day in &reading.dates {
        table.row([date(day.date).into(), day.name.clone().unwrap_or_default().into()]);
    }
    let count = match reading.dates.len() {
        1 => "1 date".to_owned(),
        count => format!("{count} dates"),
    };
    let heading = title(id, &format!("from {source}"));
    format!("{heading}\n{}{}\n{count}\n", table.render(), skipped_table(&reading.skipped))
}

/// Working hours.
pub fn hours(agent: &str, source: &str, weekly: &[WeeklyHours], dates: &[DateHours]) -> String {
    let mut table = Table::new([Column::flexible("DAYS").at_least(16), Column::new("HOURS"), Column::new("APPLIES")]);
    for hours in weekly {
        let days: Vec<String> = hours.days.iter().map(|day| format!("{day:?}")).collect();
        let every = hours.every.map(|every| format!("every {every} weeks")).unwrap_or_default();
        let first = hours.first_day.map(|day| format!("from {}", date(day))).unwrap_or_default();
        let last = hours.last_day.map(|day| format!("until {}", date(day))).unwrap_or_default();
        let applies: Vec<String> = [every, first, last].into_iter().filter(|text| !text.is_empty()).collect();
        let interval = &hours.interval;
        table.row([
            days.join(", ").into(),
            format!("{} to {}", interval.start, interval.end).into(),
            applies.join(" ").into(),
        ]);
    }
    for day in dates {
        let hours: Vec<String> = day.hours.iter().map(|it| format!("{} to {}", it.start, it.end)).collect();
        let told = if hours.is_empty() { "none".to_owned() } else { hours.join(", ") };
        table.row([date(day.date).into(), told.into(), "on that date only".into()]);
    }
    format!("{}\n{}", title(agent, &format!("from {source}")), table.render())
}

fn date(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

fn clock(time: NaiveDateTime) -> String {
    time.format("%H:%M").to_string()
}

/// From when to when an absence is the first time.
fn when(absence: &Absence) -> String {
    match absence.times {
        AbsenceTimes::Days { first_day, last_day } if first_day == last_day => date(first_day),
        AbsenceTimes::Days { first_day, last_day } => format!("{} to {}", date(first_day), date(last_day)),
        AbsenceTimes::Moments { start, end } if start.date() == end.date() => {
            format!("{} {} to {}", date(start.date()), clock(start), clock(end))
        }
        AbsenceTimes::Moments { start, end } => {
            format!("{} {} to {} {}", date(start.date()), clock(start), date(end.date()), clock(end))
        }
    }
}

fn repeats(absence: &Absence) -> String {
    match &absence.repeat {
        Some(rule) => rule.as_str().to_owned(),
        None if !absence.also.is_empty() => format!("and {} more", absence.also.len()),
        None => String::new(),
    }
}
