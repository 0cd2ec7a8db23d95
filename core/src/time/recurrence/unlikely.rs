//! Rules that are valid, but most likely mean another.

use super::Recurrence;
use crate::problem::{Code, Problem};

impl Recurrence {
    /// Returns warnings about a rule alone. The rule is read as all calendars read it.
    pub(crate) fn unlikely(&self) -> Vec<Problem> {
        let upper = self.as_str().to_ascii_uppercase();
        let part = |name: &str| upper.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        let frequency = part("FREQ").unwrap_or_default();
        let numbered = |days: &&str| days.bytes().any(|byte| byte.is_ascii_digit());
        let mut found = Vec::new();
        if let Some(days) = part("BYDAY").filter(numbered)
            && !["MONTHLY", "YEARLY"].contains(&frequency)
        {
            let message =
                format!("the numbers in BYDAY={days} mean nothing with FREQ={frequency}: every such weekday counts");
            found.push((
                message,
                format!("write FREQ=MONTHLY;BYDAY={days} for those of a month, or leave the numbers out"),
            ));
        }
        if let Some(days) = part("BYMONTHDAY").filter(|_| frequency == "WEEKLY") {
            let message = format!("BYMONTHDAY={days} does not go with FREQ=WEEKLY");
            found.push((message, format!("write FREQ=MONTHLY;BYMONTHDAY={days}, or leave BYMONTHDAY out")));
        }
        if part("COUNT").is_some() && part("UNTIL").is_some() {
            let message = "the rule ends twice, by COUNT and by UNTIL: whichever comes first counts".to_owned();
            found.push((message, "keep one of the two".to_owned()));
        }
        let warning =
            |(message, hint): (String, String)| Problem::new(Code::UnlikelyRecurrence, message).with_hint(hint);
        found.into_iter().map(warning).collect()
    }
}
