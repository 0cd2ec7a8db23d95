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
                rule.unlikely().into_iter().chain(over_before(absence, rule)).for_each(|it| warnings.report(it));
            });
        });
    });
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
