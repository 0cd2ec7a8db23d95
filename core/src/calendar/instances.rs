//! Instances of repeated absences, on the wall clock.

use chrono::NaiveDateTime;

use crate::model::Absence;
use crate::time::Zone;

/// How many instances start before a moment.
pub(crate) fn count_before(_absence: &Absence, _moment: NaiveDateTime, _home: &Zone) -> Option<u64> {
    None
}
