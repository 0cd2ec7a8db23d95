//! Warnings: what a document may say but cannot mean. Reads the model, what scripts say of themselves, and nothing else;
//! comes after `desk`, before `questions`.
//!
//! Each finder is a function in a file of its own that walks a document and reports to [`Warnings`]. A false alarm is
//! worse than silence: a finder speaks only where no conversation, instant or later command could make it wrong without a
//! change of the document itself.

mod conditions;
mod found;

use crate::desk::Desk;
use crate::model::{Document, Rule};
use crate::problem::Problem;
use crate::read::Segment;

pub(crate) use self::found::Warnings;

impl Document {
    /// What the document says but cannot mean, in its order: each a [`Problem`] with the severity
    /// [`Warning`](crate::Severity::Warning), a path and a hint. [`Desk::warnings`] also knows the scripts.
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

    /// The [`warnings`](Self::warnings) with line and column in the text that the document was read from.
    pub fn warnings_in(&self, text: &str) -> Vec<Problem> {
        found_in(self).placed(self, text)
    }
}

impl Desk {
    /// The [warnings of the document](Document::warnings) as it is now, and after them those of the scripts that were given
    /// to the desk: their `path` is the file.
    pub fn warnings(&self) -> Vec<Problem> {
        let document = self.document();
        let mut warnings = document.warnings();
        warnings.extend(self.warnings_of_scripts(&document));
        warnings
    }

    /// The [`warnings`](Self::warnings) with line and column in the text that the document was read from.
    pub fn warnings_in(&self, text: &str) -> Vec<Problem> {
        let document = self.document();
        let mut warnings = document.warnings_in(text);
        warnings.extend(self.warnings_of_scripts(&document));
        warnings
    }
}

/// Everything that any finder has to say of a document.
fn found_in(document: &Document) -> Warnings {
    let mut warnings = Warnings::default();
    each_rule(&mut warnings, document, |warnings, rule| {
        conditions::of_rule(warnings, rule);
        if let Some(when) = &rule.when {
            warnings.under("when", |warnings| of_when(when).into_iter().for_each(|it| warnings.report(it)));
        }
    });
    warnings
}

/// Visits every rule at its place.
fn each_rule(warnings: &mut Warnings, document: &Document, mut visit: impl FnMut(&mut Warnings, &Rule)) {
    warnings.each("inboxes", &document.inboxes, |warnings, inbox| {
        warnings.each("channels", &inbox.channels, |warnings, channel| {
            warnings.each("rules", &channel.rules, &mut visit);
        });
    });
}

#[cfg(feature = "script")]
use crate::script::warnings::of_when;

/// Without scripts no expression is looked into.
#[cfg(not(feature = "script"))]
fn of_when(_: &str) -> Vec<Problem> {
    Vec::new()
}

impl From<&str> for Segment {
    fn from(key: &str) -> Segment {
        Segment::Key(key.to_owned())
    }
}

impl From<usize> for Segment {
    fn from(index: usize) -> Segment {
        Segment::Index(index)
    }
}
