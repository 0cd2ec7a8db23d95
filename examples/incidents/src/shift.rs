//! The working hours of people, guessed from the times at which they resolved.

use std::cmp::Reverse;

use chrono::Timelike;
use frontdesk::time::Instant;
use serde_json::{Value, json};

use crate::{ZONE, wall_clock};

/// Hours of Monday to Friday, on the wall clock of a zone.
#[derive(Debug, PartialEq, Eq)]
pub struct Shift {
    /// The zone.
    pub zone: &'static str,
    /// The hour it starts.
    start: u32,
    /// The hour it ends; one that is not after the start lies on the next day.
    end: u32,
}

/// The ordinary day of the desk.
pub static OFFICE: Shift = Shift { zone: ZONE, start: 8, end: 17 };

/// The shifts there are. The log is busy around the clock, so there are people west and east of the office, and at night.
static SHIFTS: [&Shift; 6] = [
    &OFFICE,
    &Shift { zone: "America/New_York", start: 8, end: 17 },
    &Shift { zone: "Asia/Kolkata", start: 9, end: 18 },
    &Shift { zone: ZONE, start: 22, end: 6 },
    &Shift { zone: ZONE, start: 8, end: 12 },
    &Shift { zone: ZONE, start: 13, end: 17 },
];

impl Shift {
    /// Returns the shift of a person who resolved at these instants: the one that contains most of them; of several, the
    /// shortest, and then the first in the list. With too few instants, the office's.
    pub fn of(resolved: &[Instant]) -> &'static Shift {
        const ENOUGH: usize = 5;
        if resolved.len() < ENOUGH {
            return &OFFICE;
        }
        let fit = |shift: &Shift| (Reverse(shift.count(resolved)), shift.length());
        SHIFTS.into_iter().min_by_key(|shift| fit(shift)).unwrap_or(&OFFICE)
    }

    /// The shift as weekly hours of a document.
    pub fn hours(&self) -> Value {
        let at = |hour| format!("{hour:02}:00");
        json!([{"days": ["mon", "tue", "wed", "thu", "fri"], "start": at(self.start), "end": at(self.end)}])
    }

    /// Returns the length in hours.
    fn length(&self) -> u32 {
        (self.end + 24 - self.start) % 24
    }

    fn count(&self, resolved: &[Instant]) -> usize {
        resolved.iter().filter(|at| self.contains(wall_clock(**at, self.zone).hour())).count()
    }

    fn contains(&self, hour: u32) -> bool {
        (hour + 24 - self.start) % 24 < self.length()
    }
}
