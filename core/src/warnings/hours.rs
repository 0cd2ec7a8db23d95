//! `never_open`: hours that no day has.

use chrono::{Datelike, Days, NaiveDate};

use super::Warnings;
use crate::model::{Channel, Document, Inbox, WeeklyHours};
use crate::problem::Code;

/// Checks all hours of a document except those of conditions.
pub(super) fn of_document(warnings: &mut Warnings, document: &Document) {
    of_list(warnings, "working_hours", document.working_hours.as_deref());
    warnings.each("teams", &document.teams, |warnings, team| {
        of_list(warnings, "working_hours", team.working_hours.as_deref());
    });
    warnings.each("agents", &document.agents, |warnings, agent| {
        of_list(warnings, "working_hours", agent.working_hours.as_deref());
    });
    warnings.each("inboxes", &document.inboxes, of_inbox);
}

fn of_inbox(warnings: &mut Warnings, inbox: &Inbox) {
    // If every channel has its own hours, those of the inbox are unused.
    if inbox.channels.is_empty() || inbox.channels.iter().any(|channel| channel.office_hours.is_none()) {
        of_office(warnings, inbox.office_hours.as_deref());
    }
    of_list(warnings, "office_hours", inbox.office_hours.as_deref());
    warnings.each("channels", &inbox.channels, |warnings, channel: &Channel| {
        of_office(warnings, channel.office_hours.as_deref());
        of_list(warnings, "office_hours", channel.office_hours.as_deref());
    });
}

/// Warns of offices that never open. Agents without hours are not reported: an empty list is the way to say "never".
fn of_office(warnings: &mut Warnings, hours: Option<&[WeeklyHours]>) {
    if hours.is_some_and(<[WeeklyHours]>::is_empty) {
        warnings.under("office_hours", |warnings| {
            warnings.warn(
                Code::NeverOpen,
                "office hours without an entry are never open",
                "add an entry, or take the key out for an office that is always open",
            );
        });
    }
}

fn of_list(warnings: &mut Warnings, key: &str, hours: Option<&[WeeklyHours]>) {
    warnings.each(key, hours.unwrap_or_default(), |warnings, hours| {
        if has_no_day(hours) {
            let message = match (hours.first_day, hours.last_day) {
                (Some(first), Some(last)) => format!("none of these days lies between {first} and {last}"),
                _ => "no day has these hours".to_owned(),
            };
            let hint = "name the weekday that is meant, or move \"first_day\" and \"last_day\"";
            warnings.warn(Code::NeverOpen, message, hint);
        }
    });
}

/// Returns `true` if no date has the hours of an entry.
pub(super) fn has_no_day(hours: &WeeklyHours) -> bool {
    let (Some(first), Some(last)) = (hours.first_day, hours.last_day) else { return hours.days.is_empty() };
    let weeks = u64::from(hours.every.unwrap_or(1).max(1));
    // The week of `first` counts; its days before `first` come with the next turn.
    let end = first.checked_add_days(Days::new(7 * (weeks + 1))).unwrap_or(last).min(last);
    !first.iter_days().take_while(|date| *date <= end).any(|date| has(hours, first, date, weeks))
}

fn has(hours: &WeeklyHours, first: NaiveDate, date: NaiveDate, weeks: u64) -> bool {
    let weekday = date.weekday().num_days_from_monday();
    let days = (date - first).num_days().unsigned_abs() + u64::from(first.weekday().num_days_from_monday());
    (days / 7).is_multiple_of(weeks) && hours.days.iter().any(|day| *day as u32 == weekday)
}
