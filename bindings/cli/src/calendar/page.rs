//! The changes of an import, as text.

use frontdesk::calendar::{Changes, HolidayReading, Skipped};
use frontdesk::time::Zone;
use frontdesk::{Absence, DateHours, WeeklyHours};

use super::words::{date, repeats, when};
use crate::show::{Cell, Column, Table, style, title};

/// Returns the changes of an agent's absences; `zone` is the zone of the agent.
pub fn changes(agent: &str, zone: &Zone, source: &str, changes: &Changes, skipped: &[Skipped]) -> String {
    let mut page = title(agent, &format!("from {source}"));
    if !changes.is_empty() {
        page += &format!("\n{}", changes_table(zone, changes).render());
    }
    if !changes.kept.is_empty() {
        let mut table = Table::new([Column::new("KEPT AS IT WAS"), Column::flexible("EVENT")]);
        changes.kept.iter().for_each(|kept| table.row([kept.why.as_str().into(), kept.uid.as_str().into()]));
        page += &format!("\n{}", table.render());
    }
    format!("{page}{}\n{}\n", skipped_table(skipped), summary(changes, skipped))
}

fn changes_table(zone: &Zone, changes: &Changes) -> Table {
    let mut rows: Vec<(&str, _, &Absence)> = Vec::new();
    rows.extend(changes.added.iter().map(|it| ("added", style::GOOD, it)));
    for updated in &changes.updated {
        rows.extend(updated.before.iter().map(|it| ("before", style::FAINT, it)));
        rows.extend(updated.after.iter().map(|it| ("after", style::WAITING, it)));
    }
    rows.extend(changes.removed.iter().map(|it| ("removed", style::BAD, it)));
    let mut table = Table::new([
        Column::new("CHANGE"),
        Column::wrapping("WHEN").at_least(32),
        Column::wrapping("REPEATS").at_least(20),
        Column::flexible("NOTE").at_least(15),
    ]);
    for (what, style, absence) in rows {
        table.row([
            Cell::styled(style, what),
            when(absence, zone).into(),
            repeats(absence).into(),
            absence.note.as_deref().unwrap_or_default().into(),
        ]);
    }
    table
}

/// Returns the table of events that are not absences.
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

/// Returns the number of each kind of change.
pub fn summary(changes: &Changes, skipped: &[Skipped]) -> String {
    let counts = [
        (changes.added.len(), "added"),
        (changes.updated.len(), "updated"),
        (changes.removed.len(), "removed"),
        (changes.unchanged, "unchanged"),
        (changes.ours, "written from here"),
        (changes.kept.len(), "kept"),
        (skipped.len(), "skipped"),
    ];
    let counted: Vec<String> = counts
        .iter()
        .filter(|(count, what)| *count > 0 || *what == "added")
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    counted.join(", ")
}

/// Returns the dates of a holiday entry.
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

/// Returns working hours as text.
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
        let listed = if hours.is_empty() { "none".to_owned() } else { hours.join(", ") };
        table.row([date(day.date).into(), listed.into(), "on that date only".into()]);
    }
    format!("{}\n{}", title(agent, &format!("from {source}")), table.render())
}
