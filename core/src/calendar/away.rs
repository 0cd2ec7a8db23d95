//! Deciding whether an event of a calendar counts as an absence.

use serde::{Deserialize, Serialize};

use super::notes::Why;
use crate::problem::vocabulary;

vocabulary! {
    /// The way a calendar shows the time of an event, from the least to the most away.
    #[non_exhaustive]
    pub enum ShownAs {
        /// Free.
        Free = "free",
        /// Working elsewhere: reachable, but not in the office.
        WorkingElsewhere = "working_elsewhere",
        /// Perhaps busy.
        Tentative = "tentative",
        /// Busy; the default of calendars that say nothing else.
        Busy = "busy",
        /// Out of office.
        OutOfOffice = "out_of_office",
    }
}

impl ShownAs {
    /// Returns the way that Microsoft's word for it names (`showAs`, `X-MICROSOFT-CDO-BUSYSTATUS`), in upper or lower case.
    pub(crate) fn of_busy_status(text: &str) -> Option<ShownAs> {
        const WORDS: [(&str, ShownAs); 5] = [
            ("free", ShownAs::Free),
            ("workingElsewhere", ShownAs::WorkingElsewhere),
            ("tentative", ShownAs::Tentative),
            ("busy", ShownAs::Busy),
            ("oof", ShownAs::OutOfOffice),
        ];
        WORDS.iter().find(|(word, _)| text.eq_ignore_ascii_case(word)).map(|(_, shown_as)| *shown_as)
    }
}

/// Decides which events count as being away: those shown as at least `shown_as`, and those with one of the categories or a
/// summary that matches one of the patterns. A cancelled or declined event never counts, nor does one shown as free.
///
/// An event counts as declined if the owner of the calendar declined it. Google and Microsoft name the owner. An iCalendar
/// file does so only if its name is an e-mail address (`X-WR-CALNAME`), as in files of Google; otherwise `emails` names the
/// owner.
///
/// By default, events count that Outlook and Google mark as out of office (`X-MICROSOFT-CDO-BUSYSTATUS:OOF`, `showAs: oof`,
/// `eventType: outOfOffice`), and those whose summary begins with "out of office", the only mark in the iCalendar files of
/// Google.
///
/// ```
/// use frontdesk::calendar::{Away, ShownAs};
///
/// let away = Away { shown_as: Some(ShownAs::Busy), ..Away::default() };
/// let text = serde_json::to_string(&away).unwrap();
/// assert_eq!(text, r#"{"shown_as":"busy","categories":[],"summaries":["out of office*"],"emails":[]}"#);
/// assert_eq!(serde_json::from_str::<Away>(&text).unwrap(), away);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Away {
    /// The least that an event has to be shown as. If absent, no event counts by the way it is shown.
    pub shown_as: Option<ShownAs>,
    /// Categories, one of which is enough; upper and lower case are the same.
    pub categories: Vec<String>,
    /// Patterns, one of which has to match the whole summary; `*` stands for any text. Upper and lower case are the same.
    pub summaries: Vec<String>,
    /// The e-mail addresses of the owner of the calendar; upper and lower case are the same. An event that one of them
    /// declined or delegated (`DECLINED`, `DELEGATED`; RFC 5545, section 3.2.12) does not count.
    pub emails: Vec<String>,
}

impl Default for Away {
    fn default() -> Self {
        Away {
            shown_as: Some(ShownAs::OutOfOffice),
            categories: Vec::new(),
            summaries: vec!["out of office*".to_owned()],
            emails: Vec::new(),
        }
    }
}

/// The properties of an event that decide whether it counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claim {
    pub shown_as: Option<ShownAs>,
    pub is_cancelled: bool,
    /// `true` if the owner of the calendar declined the event.
    pub is_declined: bool,
    /// The e-mail addresses of those who declined the event.
    pub declined_by: Vec<String>,
    pub categories: Vec<String>,
    pub summary: Option<String>,
}

impl Away {
    /// Checks that an event counts as being away; returns the reason if not.
    pub(crate) fn judge(&self, claim: &Claim) -> Result<(), Why> {
        let shown_as = claim.shown_as.unwrap_or(ShownAs::Busy);
        if claim.is_cancelled {
            return Err(Why::Cancelled);
        }
        if shown_as == ShownAs::Free {
            return Err(Why::Transparent);
        }
        if claim.is_declined || self.emails.iter().any(|email| claim.is_declined_by(email)) {
            return Err(Why::Declined);
        }
        let shown = self.shown_as.is_some_and(|least| least <= shown_as);
        if shown || self.has_category(claim) || self.has_summary(claim) { Ok(()) } else { Err(Why::NotAway) }
    }

    fn has_category(&self, claim: &Claim) -> bool {
        let known = |category: &String| self.categories.iter().any(|it| same(it.trim(), category.trim()));
        claim.categories.iter().any(known)
    }

    fn has_summary(&self, claim: &Claim) -> bool {
        let fits = |summary: &str| self.summaries.iter().any(|pattern| fits(pattern, summary));
        claim.summary.as_deref().is_some_and(fits)
    }
}

impl Claim {
    /// Returns `true` if the person with this e-mail address declined the event.
    pub fn is_declined_by(&self, email: &str) -> bool {
        self.declined_by.iter().any(|by| same(address(by), address(email)))
    }
}

/// Returns an e-mail address without a leading `mailto:`.
fn address(text: &str) -> &str {
    let text = text.trim();
    match text.split_at_checked("mailto:".len()) {
        Some((scheme, address)) if scheme.eq_ignore_ascii_case("mailto:") => address.trim(),
        _ => text,
    }
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Returns `true` if a text matches a pattern, in which `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.trim().to_lowercase(), text.trim().to_lowercase());
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match text.find(part) {
            Some(at) => text = text.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::{Away, Claim, ShownAs, Why, fits};

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text, expected) in [
            ("Vacation", "vacation", true),
            ("Vacation", "vacations", false),
            ("vacation*", "Vacation in Rome", true),
            ("*vacation*", "My VACATION", true),
            ("*urlaub", "Elternurlaub", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("a*a", "a", false),
            ("*", "", true),
            ("", "", true),
            ("", "x", false),
            ("**x**", "wxy", true),
            ("ÄRZTIN*", "ärztin: Zahn", true),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn an_event_counts_by_what_it_is_shown_as_or_is_called() {
        let claim = |shown_as, summary: &str, category: &str| Claim {
            shown_as,
            summary: Some(summary.to_owned()),
            categories: vec![category.to_owned()],
            ..Claim::default()
        };
        let by_default = Away::default();
        let busy = Away { shown_as: Some(ShownAs::Busy), ..Away::default() };
        let named = Away {
            shown_as: None,
            categories: vec!["Leave".into()],
            summaries: vec!["*sick*".into()],
            emails: Vec::new(),
        };
        for (away, claim, expected) in [
            (&by_default, claim(Some(ShownAs::OutOfOffice), "x", ""), Ok(())),
            (&by_default, claim(None, "Out of Office: Rome", ""), Ok(())),
            (&by_default, claim(None, "x", ""), Err(Why::NotAway)),
            (&by_default, claim(Some(ShownAs::Free), "Out of office", ""), Err(Why::Transparent)),
            (&busy, claim(None, "x", ""), Ok(())),
            (&busy, claim(Some(ShownAs::Tentative), "x", ""), Err(Why::NotAway)),
            (&busy, claim(Some(ShownAs::WorkingElsewhere), "x", ""), Err(Why::NotAway)),
            (&named, claim(Some(ShownAs::OutOfOffice), "x", ""), Err(Why::NotAway)),
            (&named, claim(Some(ShownAs::Tentative), "x", "LEAVE"), Ok(())),
            (&named, claim(Some(ShownAs::WorkingElsewhere), "Home sick", ""), Ok(())),
        ] {
            assert_eq!(away.judge(&claim), expected, "{away:?} {claim:?}");
            assert_eq!(away.judge(&Claim { is_cancelled: true, ..claim.clone() }), Err(Why::Cancelled));
            assert!(away.judge(&Claim { is_declined: true, ..claim }).is_err());
        }
    }

    #[test]
    fn what_one_declined_oneself_does_not_count() {
        let away = |emails: &[&str]| Away {
            shown_as: Some(ShownAs::Busy),
            emails: emails.iter().map(|email| (*email).to_owned()).collect(),
            ..Away::default()
        };
        let claim = |by: &[&str]| Claim {
            declined_by: by.iter().map(|email| (*email).to_owned()).collect(),
            ..Claim::default()
        };
        for (emails, by, expected) in [
            (&["anna@example.org"][..], &["mailto:anna@example.org"][..], Err(Why::Declined)),
            (&["MAILTO: Anna@Example.org "], &["Mailto:anna@EXAMPLE.org"], Err(Why::Declined)),
            (&["a@x.org", "anna@example.org"], &["bo@x.org", "anna@example.org"], Err(Why::Declined)),
            (&["anna@example.org"], &["mailto:joanna@example.org"], Ok(())),
            (&["anna@example.org"], &[], Ok(())),
            (&[], &["mailto:anna@example.org"], Ok(())),
        ] {
            assert_eq!(away(emails).judge(&claim(by)), expected, "{emails:?} {by:?}");
        }
    }
}
