//! Recurrence rules of RFC 5545, in civil time: which moments on the wall clock a rule names.
//!
//! Zones come after: a rule names moments on the wall, and each becomes an instant by its own.

#[cfg(feature = "recurrence")]
mod parse;
#[cfg(feature = "recurrence")]
mod rule;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::problem::Problem;

#[cfg(feature = "recurrence")]
pub(crate) use rule::Rule;
/// Without the feature there are no rules.
#[cfg(not(feature = "recurrence"))]
pub(crate) use std::convert::Infallible as Rule;

/// A recurrence rule: the value of an `RRULE` of RFC 5545 (section 3.3.10), such as `FREQ=WEEKLY;BYDAY=FR`.
///
/// It keeps the text it was read from. Cheap to clone; equal when the texts are.
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
    /// Reads a rule: the value of an `RRULE`, without that name.
    ///
    /// What RFC 5545 forbids is a problem, and so is what it leaves open. Ordinals before weekdays (`2MO`) where the
    /// frequency gives them no meaning are passed over, and a leap second is second 59.
    ///
    /// # Errors
    /// `invalid_recurrence`; `unsupported_feature` when built without the feature `recurrence`.
    #[cfg(feature = "recurrence")]
    pub fn parse(text: &str) -> Result<Recurrence, Problem> {
        Ok(Recurrence { rule: Arc::new(parse::rule(text)?), text: text.into() })
    }

    /// Reads no rule: this build lacks the feature `recurrence`.
    ///
    /// # Errors
    /// `unsupported_feature`.
    #[cfg(not(feature = "recurrence"))]
    pub fn parse(_text: &str) -> Result<Recurrence, Problem> {
        Err(unsupported())
    }

    /// The text it was read from.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    #[cfg_attr(not(feature = "recurrence"), allow(dead_code))]
    pub(crate) fn rule(&self) -> &Rule {
        &self.rule
    }
}

/// The problem of a build without the feature.
#[cfg(not(feature = "recurrence"))]
pub(crate) fn unsupported() -> Problem {
    Problem::new(
        crate::Code::UnsupportedFeature,
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
