//! Comparisons that decided between agents whom a strategy finds equal: their further skills, and the order in which they were given
//! conversations.

use super::chosen::{Choice, compared, few};
use super::words::moment;
use crate::routing::Considered;

impl Choice<'_> {
    /// Describes what decided between equals: the skills beyond those asked, where the step compares them, and then `last`.
    pub(super) fn tie(&self, equal: &[&Considered], last: impl Fn(&Self, &[&Considered]) -> String) -> String {
        match self.skills_clause(equal) {
            None => last(self, equal),
            Some((clause, level)) if level.is_empty() => clause,
            Some((clause, level)) => format!("{clause}, and {}", last(self, &level)),
        }
    }

    /// Describes who has more skills beyond those asked, and returns those who have as many; `None` if all have as many.
    pub(super) fn skills_clause<'c>(&self, equal: &[&'c Considered]) -> Option<(String, Vec<&'c Considered>)> {
        let own = self.chosen.extra_skills?;
        let (level, more): (Vec<&Considered>, Vec<&Considered>) =
            equal.iter().copied().partition(|it| it.extra_skills == self.chosen.extra_skills);
        if more.is_empty() {
            return None;
        }
        let more = compared(&more, |it| it.extra_skills.unwrap_or_default().to_string());
        let skills = if own == 1 { "skill" } else { "skills" };
        let clause = match level.as_slice() {
            [] => format!("has the fewest skills beyond those asked, {own} ({more})"),
            level => format!("has {own} {skills} beyond those asked ({more}), like {}", few(level)),
        };
        Some((clause, level))
    }

    /// Describes how the order in which they were last given or offered a conversation decided between equals.
    pub(super) fn recency(&self, equal: &[&Considered]) -> String {
        let Some(mine) = self.chosen.last_assigned else { return self.never_before(equal) };
        if equal.iter().all(|it| it.last_assigned == Some(mine)) {
            let (at, others) = (moment(mine, self.at, self.zone), few(equal));
            return format!(
                "was given or offered something at {at}, like {others}, and their order at that moment decided"
            );
        }
        let is_latest = equal.iter().all(|it| it.last_assigned <= Some(mine));
        let then = if is_latest { ", just before" } else { ", just after" };
        let tell = |it: &Considered| match it.last_assigned {
            Some(last) if last == mine => format!("{}{then}", moment(last, self.at, self.zone)),
            Some(last) => moment(last, self.at, self.zone),
            None => "never".to_owned(),
        };
        let (at, others) = (moment(mine, self.at, self.zone), compared(equal, tell));
        match is_latest {
            true => format!("was given or offered something most recently, {at} ({others}), which this step prefers"),
            false => format!("was given or offered something longest ago, {at} ({others})"),
        }
    }

    /// Describes the choice of an agent who was never given or offered a conversation.
    fn never_before(&self, equal: &[&Considered]) -> String {
        let (never, others): (Vec<&Considered>, Vec<&Considered>) =
            equal.iter().copied().partition(|it| it.last_assigned.is_none());
        let others =
            compared(&others, |it| it.last_assigned.map_or_else(String::new, |at| moment(at, self.at, self.zone)));
        match (never.as_slice(), others.as_str()) {
            ([], others) => format!("was never given or offered anything before ({others})"),
            ([_], "") => "is listed first, as neither had been given or offered anything yet".to_owned(),
            (_, "") => "is listed first, as none of them had been given or offered anything yet".to_owned(),
            (never, others) => {
                format!(
                    "was never given or offered anything before, like {}, and is listed first ({others})",
                    few(never)
                )
            }
        }
    }
}
