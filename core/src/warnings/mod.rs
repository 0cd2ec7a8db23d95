//! Warnings: entries of a document that are valid, but cannot be meant. Reads the model and the warnings of scripts; comes
//! after `desk`, before `questions`.
//!
//! Each finder is a function in a file of its own that walks a document and reports to [`Warnings`]. A false alarm is worse
//! than silence: a finder reports only a place that has no effect until the document is changed, whatever conversations,
//! instants and commands come.

mod conditions;
mod effect;
mod found;
mod hours;
mod nobody;
mod people;
mod reach;
mod recurrence;
mod unused;

use crate::desk::Desk;
use crate::model::Document;
use crate::problem::Problem;
use crate::read::Segment;

use self::conditions::Place;
pub(crate) use self::found::Warnings;

impl Document {
    /// Returns the warnings of the document in its order: each is a [`Problem`] with the severity
    /// [`Warning`](crate::Severity::Warning), a path and a hint. [`Desk::warnings`] includes those of scripts.
    ///
    /// | code | is reported for |
    /// |---|---|
    /// | `never_matches` | conditions of a rule that no conversation of its channel meets: an empty list, bounds or tests that exclude each other, a test that stands in a list (and is compared as it stands), another kind, inbox or channel than the rule's own |
    /// | `never_reached` | a rule behind one that takes everything, or that has the same conditions; a step that may choose nobody whom a step before it may not choose, with no bot between them |
    /// | `nobody_there` | seats, access, steps and channels that nobody can serve: no member, nobody active, no seat, no access, no skill of that level, no capacity for the weight; nothing of it on a desk without agents |
    /// | `never_open` | hours that no day has, and office hours without an entry |
    /// | `no_effect` | a key that does nothing where it stands, such as `after_hours` without office hours or `wait` with a bot |
    /// | `unknown_member`, `not_a_condition` | expressions of `when` and scripts |
    /// | `unused` | a team or a script that nothing names; a skill that no rule asks, where rules ask for one of nearly that name |
    /// | `unlikely_recurrence` | a rule of recurrence that most likely means another, such as `FREQ=WEEKLY;BYDAY=2TU` |
    ///
    /// A false alarm is worse than silence: a warning is given only if nothing but a change of the document can help.
    ///
    /// ```
    /// use frontdesk::{Code, Document};
    ///
    /// let text = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna", "out_of_office": [
    ///     {"first_day": "2026-11-20", "last_day": "2026-11-20"}]}], "teams": [{"id": "support"}]}"#;
    /// let document = Document::from_json(text).unwrap();
    /// assert!(document.warnings().iter().all(|it| it.is_warning() && it.path.starts_with('$')));
    /// ```
    pub fn warnings(&self) -> Vec<Problem> {
        found_in(self).unplaced(self)
    }

    /// Returns the [`warnings`](Self::warnings) with line and column in the text of the document.
    pub fn warnings_in(&self, text: &str) -> Vec<Problem> {
        found_in(self).placed(self, text)
    }
}

impl Desk {
    /// Returns the [warnings](Document::warnings) of the current document, and then those of the scripts given to the desk,
    /// whose `path` is the file.
    pub fn warnings(&self) -> Vec<Problem> {
        let document = self.document();
        let mut warnings = document.warnings();
        warnings.extend(self.warnings_of_scripts(&document));
        warnings
    }

    /// Returns the [`warnings`](Self::warnings) with line and column in the text of the document.
    pub fn warnings_in(&self, text: &str) -> Vec<Problem> {
        let document = self.document();
        let mut warnings = document.warnings_in(text);
        warnings.extend(self.warnings_of_scripts(&document));
        warnings
    }
}

/// Returns the warnings of all finders.
fn found_in(document: &Document) -> Warnings {
    let mut warnings = Warnings::default();
    for find in FINDERS {
        find(&mut warnings, document);
    }
    of_rules(&mut warnings, document);
    warnings
}

/// A function that finds warnings in a document.
type Finder = fn(&mut Warnings, &Document);

const FINDERS: [Finder; 5] =
    [hours::of_document, nobody::of_document, effect::of_document, recurrence::of_document, unused::of_document];

/// Runs the finders for a rule or for the rules of a channel.
fn of_rules(warnings: &mut Warnings, document: &Document) {
    warnings.each("inboxes", &document.inboxes, |warnings, inbox| {
        warnings.each("channels", &inbox.channels, |warnings, channel| {
            let place = Place { inbox, channel };
            reach::of_channel(warnings, place);
            warnings.each("rules", &channel.rules, |warnings, rule| {
                conditions::of_rule(warnings, place, rule);
                if let Some(when) = &rule.when {
                    warnings.under("when", |warnings| of_when(when).into_iter().for_each(|it| warnings.report(it)));
                }
            });
        });
    });
}

#[cfg(feature = "script")]
use crate::script::warnings::of_when;

/// Returns no warnings: expressions need the feature `script`.
#[cfg(not(feature = "script"))]
fn of_when(_: &str) -> Vec<Problem> {
    Vec::new()
}

impl From<&str> for Segment {
    fn from(key: &str) -> Segment {
        Segment::nth(key, 0)
    }
}

impl From<usize> for Segment {
    fn from(index: usize) -> Segment {
        Segment::Index(index)
    }
}
