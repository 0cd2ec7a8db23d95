//! Recurrence rules of RFC 5545 in civil time.
//!
//! A rule names times on the wall clock; each is then resolved to an instant in its zone.

#[cfg(all(feature = "recurrence", any(test, target_arch = "wasm32")))]
mod by_date;
#[cfg(all(feature = "recurrence", not(target_arch = "wasm32")))]
mod by_rrule;
#[cfg(feature = "recurrence")]
mod dates;
#[cfg(feature = "recurrence")]
mod parse;
#[cfg(feature = "recurrence")]
mod pattern;
#[cfg(feature = "recurrence")]
mod rule;
#[cfg(feature = "recurrence")]
mod times;
#[cfg(any(feature = "routing", feature = "calendar"))]
mod unlikely;
#[cfg(not(feature = "recurrence"))]
mod without;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use chrono::NaiveDateTime;
use serde::{Serialize, Serializer};

use super::civil::Civil;
use super::{Span, Zone};
use crate::problem::{Code, Problem};

#[cfg(not(feature = "recurrence"))]
pub(crate) use self::without::{Almanac, Pattern, Rule};
#[cfg(feature = "recurrence")]
pub(crate) use self::{
    pattern::{Almanac, Pattern},
    rule::Rule,
};

/// A recurrence rule: the value of an `RRULE` of RFC 5545 (section 3.3.10), such as `FREQ=WEEKLY;BYDAY=FR`.
///
/// Keeps the text that was read. Cheap to clone; two rules are equal if their texts are.
///
/// Where RFC 5545 is silent, or programs differ:
/// - the start is an occurrence only if the rule matches it, and `COUNT` counts the occurrences of the rule;
/// - an `UNTIL` that is a date includes that whole day, one without `Z` is on the wall clock, and one before the start leaves no
///   occurrence;
/// - `BYSETPOS` chooses among all occurrences of a period, even of the first period, which the start may cut;
/// - `BYWEEKNO` without a weekday uses the weekday of the start, and `BYDAY=MO,-1SU` is every Monday and the last Sunday;
/// - with an `INTERVAL` of years, each day of a week that lies in two years belongs to its own year.
///
/// ```
/// # #[cfg(feature = "recurrence")] {
/// use frontdesk::{Code, time::Recurrence};
///
/// assert_eq!(Recurrence::parse("FREQ=WEEKLY;BYDAY=FR").unwrap().as_str(), "FREQ=WEEKLY;BYDAY=FR");
/// let problem = Recurrence::parse("FREQ=WEEKLY;BYDAY=FRI").unwrap_err();
/// assert_eq!(problem.code, Code::InvalidRecurrence);
/// # }
/// ```
#[derive(Clone)]
pub struct Recurrence {
    text: Arc<str>,
    rule: Arc<Rule>,
}

impl Recurrence {
    /// Reads a rule: the value of an `RRULE`, without the name `RRULE`.
    ///
    /// A rule that RFC 5545 forbids or leaves open is a problem, with exceptions that all programs read: a number before a
    /// weekday (`2MO`) is ignored if the frequency gives it no meaning; with `FREQ=WEEKLY`, `BYMONTHDAY` keeps those days of
    /// the month; of `COUNT` and `UNTIL`, the one that ends the rule first counts. A leap second is second 59.
    ///
    /// # Errors
    /// `invalid_recurrence`; `unsupported_feature` when built without the feature `recurrence`.
    #[cfg(feature = "recurrence")]
    pub fn parse(text: &str) -> Result<Recurrence, Problem> {
        Ok(Recurrence { rule: Arc::new(parse::rule(text)?), text: text.into() })
    }

    /// Always fails: this build lacks the feature `recurrence`.
    ///
    /// # Errors
    /// `unsupported_feature`.
    #[cfg(not(feature = "recurrence"))]
    pub fn parse(_text: &str) -> Result<Recurrence, Problem> {
        Err(unsupported())
    }

    /// Returns the occurrences in `range`, on the wall clock of a zone, of something that first starts at `start`; earliest
    /// first. The zone matters only for an `UNTIL` in UTC.
    ///
    /// `start` itself is included only if the rule matches it.
    ///
    /// # Errors
    /// `too_many_occurrences` for more than 100,000 occurrences.
    ///
    /// ```
    /// # #[cfg(feature = "recurrence")] {
    /// use chrono::NaiveDate;
    /// use frontdesk::time::{Recurrence, Span, Zone};
    ///
    /// let rule = Recurrence::parse("FREQ=MONTHLY;BYDAY=-1FR").unwrap();
    /// let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap().and_hms_opt(9, 0, 0).unwrap();
    /// let spring = Span::new(day(2027, 4, 1), day(2027, 6, 1));
    /// let found = rule.occurrences(day(2005, 1, 1), &Zone::utc(), spring).unwrap();
    /// assert_eq!(found, [day(2027, 4, 30), day(2027, 5, 28)]);
    /// # }
    /// ```
    pub fn occurrences(
        &self,
        start: NaiveDateTime,
        zone: &Zone,
        range: Span<NaiveDateTime>,
    ) -> Result<Vec<NaiveDateTime>, Problem> {
        const MOST: usize = 100_000;
        let (from, to) = (Civil::from(range.start), Civil::from(range.end));
        let pattern = Pattern::new(self, start.into(), &mut Almanac::default()).looking_until(to.date().plus(1));
        if pattern.count(from, to, MOST) > MOST {
            let message = format!("there are more than {MOST} occurrences from {} to {}", range.start, range.end);
            return Err(Problem::new(Code::TooManyOccurrences, message).with_hint("ask about a shorter range"));
        }
        let (first, last) = pattern.bounds();
        let inside = |at: &Civil| (from..to).contains(at) && (first..=last).contains(at);
        let in_time = |at: &Civil| pattern.until().is_none_or(|until| zone.resolve(*at) <= until);
        let mut found = Vec::new();
        pattern.days(from.date(), to.date().plus(1), |day| {
            found.extend(day.moments().filter(inside).filter(in_time).map(NaiveDateTime::from));
        });
        Ok(found)
    }

    /// Returns the text that was read.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn rule(&self) -> &Rule {
        &self.rule
    }
}

/// Returns the problem of a build without the feature.
#[cfg(not(feature = "recurrence"))]
pub(crate) fn unsupported() -> Problem {
    Problem::new(
        Code::UnsupportedFeature,
        "this build of frontdesk does not have absences that repeat: its feature \"recurrence\" is off",
    )
    .with_hint("build it with the feature \"recurrence\", or flatten the document with a build that has it")
}

impl PartialEq for Recurrence {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Recurrence {}

impl Hash for Recurrence {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Debug for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Recurrence").field(&self.text).finish()
    }
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Serialize for Recurrence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
