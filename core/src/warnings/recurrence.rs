//! `unlikely_recurrence`: recurrence rules that are valid, but most likely mean another.

use super::Warnings;
use crate::model::{Absence, AbsenceTimes, Document};
use crate::problem::{Code, Problem};
use crate::time::Recurrence;
use crate::time::written::basic_date;

/// Checks the absences of all agents.
pub(super) fn of_document(warnings: &mut Warnings, document: &Document) {
    warnings.each("agents", &document.agents, |warnings, agent| {
        warnings.each("out_of_office", &agent.out_of_office, |warnings, absence| {
            let Some(rule) = &absence.repeat else { return };
            warnings.under("repeat", |warnings| {
                unlikely(rule).into_iter().chain(over_before(absence, rule)).for_each(|it| warnings.report(it));
            });
        });
    });
}

/// Returns warnings about a rule alone. The rule is read as all calendars read it.
pub(crate) fn unlikely(rule: &Recurrence) -> Vec<Problem> {
    let upper = rule.as_str().to_ascii_uppercase();
    let part = |name: &str| upper.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    let frequency = part("FREQ").unwrap_or_default();
    let numbered = |days: &&str| days.bytes().any(|byte| byte.is_ascii_digit());
    let mut found = Vec::new();
    if let Some(days) = part("BYDAY").filter(numbered)
        && !["MONTHLY", "YEARLY"].contains(&frequency)
    {
        let message =
            format!("the numbers in BYDAY={days} mean nothing with FREQ={frequency}: every such weekday counts");
        found
            .push((message, format!("write FREQ=MONTHLY;BYDAY={days} for those of a month, or leave the numbers out")));
    }
    if let Some(days) = part("BYMONTHDAY").filter(|_| frequency == "WEEKLY") {
        let message = format!("BYMONTHDAY={days} does not go with FREQ=WEEKLY");
        found.push((message, format!("write FREQ=MONTHLY;BYMONTHDAY={days}, or leave BYMONTHDAY out")));
    }
    if part("COUNT").is_some() && part("UNTIL").is_some() {
        let message = "the rule ends twice, by COUNT and by UNTIL: whichever comes first counts".to_owned();
        found.push((message, "keep one of the two".to_owned()));
    }
    let warning = |(message, hint): (String, String)| Problem::new(Code::UnlikelyRecurrence, message).with_hint(hint);
    found.into_iter().map(warning).collect()
}

/// Returns a warning if a rule ends before its absence begins, so that there is no instance.
fn over_before(absence: &Absence, rule: &Recurrence) -> Option<Problem> {
    let first = match &absence.times {
        AbsenceTimes::Moments { start, .. } => start.date(),
        AbsenceTimes::Days { first_day, .. } => *first_day,
    };
    let upper = rule.as_str().to_ascii_uppercase();
    let until = upper.split(';').find_map(|part| part.strip_prefix("UNTIL="))?;
    // No zone makes up for a whole day.
    let written = basic_date(first.pred_opt()?);
    let is_over = until.get(..8)? < written.as_str() && absence.also.is_empty();
    is_over.then(|| {
        Problem::new(Code::UnlikelyRecurrence, "the rule ends before the absence begins, so the absence never is")
            .with_hint("move UNTIL to the last day of the absence, or leave it out")
    })
}
