//! The agents who were not asked, with the reason, in one sentence; those with the same reason are grouped.

use super::busy::Busy;
use super::words::{about, joined, listed, moment, reason, spoken};
use crate::availability::{Reason, Status};
use crate::model::PacePer;
use crate::routing::{Considered, Ineligible, Limit};
use crate::time::{Instant, Zone};

/// The largest group whose members are all named.
const NAMED: usize = 4;
/// The number of members named of a larger group.
const EXAMPLES: usize = 3;
/// The number of groups of one reason from which on they are merged.
const GROUPS: usize = 4;

/// Describes all agents who were considered but could not take a conversation, with the reason, and the number of those outside of
/// the target: `bo (away, outside working hours until Mon 09:00), 3 others whom the step does not reach`. Empty if there are none.
pub fn not_asked(considered: &[Considered], not_in_target: usize, at: Instant, zone: &Zone) -> String {
    let told = Told { at, zone, outside: "whom the step does not reach", is_over: false, busy: &Busy::default() };
    told.not_asked(considered.iter(), not_in_target)
}

/// How the agents who could not take a conversation are told.
pub(super) struct Told<'a> {
    pub at: Instant,
    pub zone: &'a Zone,
    /// The words for those who are outside of the target.
    pub outside: &'a str,
    /// `true` if nobody is asked any more.
    pub is_over: bool,
    pub busy: &'a Busy,
}

impl Told<'_> {
    /// Describes some agents with the reasons, and the number of those outside of the target; those who could take it are left
    /// out.
    pub fn not_asked<'c>(&self, considered: impl Iterator<Item = &'c Considered>, mut not_in_target: usize) -> String {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for (it, why) in considered.filter_map(|it| it.ineligible.as_ref().map(|why| (it, why))) {
            // An event of an earlier version lists them.
            if *why == Ineligible::NotInTarget {
                not_in_target += 1;
                continue;
            }
            let [detail, of_many] = [Verbs::One, Verbs::Many].map(|verbs| self.detail(it, why, verbs));
            match groups.iter_mut().find(|group| group.detail == detail) {
                Some(group) => group.agents.push(&it.agent),
                None => groups.push(Group { reason: why.as_str(), detail, of_many, agents: vec![&it.agent] }),
            }
        }
        let mut parts: Vec<String> = Vec::new();
        let mut reasons: Vec<&str> = Vec::new();
        for group in &groups {
            if !reasons.contains(&group.reason) {
                reasons.push(group.reason);
                let alike: Vec<&Group<'_>> = groups.iter().filter(|it| it.reason == group.reason).collect();
                parts.extend(group_texts(&alike));
            }
        }
        if not_in_target > 0 {
            let whom = match (parts.is_empty(), not_in_target) {
                (true, 1) => "agent",
                (true, _) => "agents",
                (false, 1) => "other",
                (false, _) => "others",
            };
            parts.push(format!("{not_in_target} {whom} {}", self.outside));
        }
        joined(&parts)
    }
}

/// Returns `true` if an agent could not be asked because the agent has been already.
pub(super) fn was_asked(it: &Considered) -> bool {
    matches!(it.ineligible, Some(Ineligible::Declined { .. } | Ineligible::AlreadyOffered))
}

/// The number of a sentence's subjects.
#[derive(Clone, Copy)]
enum Verbs {
    One,
    Many,
}

impl Verbs {
    fn of(self, one: &'static str, many: &'static str) -> &'static str {
        match self {
            Verbs::One => one,
            Verbs::Many => many,
        }
    }
}

/// Agents with exactly the same reason.
struct Group<'a> {
    reason: &'static str,
    /// The text for one agent.
    detail: String,
    /// The same, told of several.
    of_many: String,
    agents: Vec<&'a str>,
}

/// Describes the groups of one reason: a few of them, and the number of the rest.
fn group_texts(groups: &[&Group<'_>]) -> Vec<String> {
    let (shown, rest) = groups.split_at(groups.len().min(GROUPS));
    let text = |group: &&&Group<'_>| match group.agents.as_slice() {
        [agent] => format!("{agent} ({})", group.detail),
        agents => format!("{} ({})", named(agents), group.of_many),
    };
    let mut parts: Vec<String> = shown.iter().map(|group| text(&group)).collect();
    let more: usize = rest.iter().map(|group| group.agents.len()).sum();
    if let Some(group) = rest.first() {
        parts.push(format!("{more} more ({})", spoken(group.reason)));
    }
    parts
}

/// Lists a few agents by name, and the number of the others.
pub(super) fn named(agents: &[&str]) -> String {
    match agents.split_at_checked(EXAMPLES) {
        Some((shown, others)) if agents.len() > NAMED => format!("{} and {} others", joined(shown), others.len()),
        _ => listed(agents),
    }
}

impl Told<'_> {
    fn detail(&self, it: &Considered, why: &Ineligible, verbs: Verbs) -> String {
        let (at, zone) = (self.at, self.zone);
        match why {
            Ineligible::NotInTarget => self.outside.to_owned(),
            Ineligible::Deactivated => "deactivated".to_owned(),
            Ineligible::NoSeat { seat: None } => format!("{} no seat", verbs.of("has", "have")),
            Ineligible::NoSeat { seat: Some(seat) } => format!("the seat {seat} gets no conversations"),
            Ineligible::NoInboxAccess => "no access to the inbox".to_owned(),
            Ineligible::Declined { until: Some(until) } if !self.is_over => {
                format!("did not take it, and may be offered it again at {}", moment(*until, at, zone))
            }
            Ineligible::Declined { .. } => "did not take it".to_owned(),
            Ineligible::AlreadyOffered => format!("{} the offer", verbs.of("has", "have")),
            Ineligible::MissingSkill { skill, level: 0, .. } => {
                format!("{} the skill {skill}", verbs.of("lacks", "lack"))
            }
            Ineligible::MissingSkill { skill, level, asked } => format!("{skill} at level {level}, {asked} is asked"),
            Ineligible::Away { status } => away(status, at, zone),
            Ineligible::NotTakingKind { kind, status } => not_taking(kind, status, verbs, at, zone),
            Ineligible::EndingSoon { ends } => {
                format!("{} soon, at {}", verbs.of("leaves", "leave"), moment(*ends, at, zone))
            }
            Ineligible::AtCapacity { limit } => self.full(it, limit, verbs),
            Ineligible::AtPace { at_most, per, until } => at_pace(*at_most, *per, *until, verbs, at, zone),
            Ineligible::ZeroWeight => format!("{} the weight 0", verbs.of("has", "have")),
            Ineligible::RejectedByScript { because: Some(because), .. } => because.clone(),
            Ineligible::RejectedByScript { script: Some(script), .. } => format!("the script {script} refused"),
            Ineligible::RejectedByScript { strategy, .. } => {
                format!("the strategy {} refused", strategy.as_deref().unwrap_or_default())
            }
        }
    }

    fn full(&self, it: &Considered, limit: &Limit, verbs: Verbs) -> String {
        match limit {
            Limit::Total { limit, weight } => {
                let included = self.busy.included(&it.agent).map(|what| format!(", {what} included"));
                taken(it.load, *limit, &included.unwrap_or_default(), *weight, verbs)
            }
            Limit::Kind { kind, kind_load, limit, weight } => {
                taken(*kind_load, *limit, &format!(" in {kind}"), *weight, verbs)
            }
            Limit::Inbox { inbox, inbox_load, limit, weight } => {
                taken(*inbox_load, *limit, &format!(" from {inbox}"), *weight, verbs)
            }
            Limit::Alone { alone } => {
                let article = if alone.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
                format!("busy, and nothing else goes with {article} {alone}")
            }
        }
    }
}

fn away(status: &Status, at: Instant, zone: &Zone) -> String {
    let own = status.status.as_ref().map(|own| format!("{own}, ")).unwrap_or_default();
    let why = match (status.reason, &status.by) {
        (Reason::SetAway, _) => "set away".to_owned(),
        (Reason::SetAwayByOther, by) => reason(Reason::SetAwayByOther, None, by.as_ref()),
        (Reason::TemporarilyAway, None) => "away for a while".to_owned(),
        (Reason::TemporarilyAway, Some(by)) => format!("set away for a while by {by}"),
        (why, _) => format!("away, {}", reason(why, None, None)),
    };
    let note = status.note.as_ref().map(|note| format!(" \u{201c}{note}\u{201d}")).unwrap_or_default();
    let until = status.until.map(|until| format!(" until {}", moment(until, at, zone))).unwrap_or_default();
    format!("{own}{why}{note}{until}")
}

/// Describes a status that is not for a kind.
fn not_taking(kind: &str, status: &Status, verbs: Verbs, at: Instant, zone: &Zone) -> String {
    let own = status.status.as_deref().unwrap_or_default();
    let until = status.until.map(|until| format!(" until {}", moment(until, at, zone))).unwrap_or_default();
    format!("{} no {kind}, {own}{until}", verbs.of("takes", "take"))
}

/// Describes a pace that is reached: how many were given in which time, and when there is room again.
fn at_pace(at_most: u32, per: PacePer, until: Option<Instant>, verbs: Verbs, at: Instant, zone: &Zone) -> String {
    let when = match per {
        PacePer::Day => "today".to_owned(),
        PacePer::Time(time) => format!("in the last {}", span(&about(time.millis()))),
    };
    let again = match until {
        Some(until) => format!("can be given more from {}", moment(until, at, zone)),
        None => "open offers included".to_owned(),
    };
    format!("{} given {at_most} {when}, the limit; {again}", verbs.of("was", "were"))
}

/// Returns a length of time as it follows "in the last": `hour` for `1 h`.
fn span(length: &str) -> &str {
    match length {
        "1 min" => "minute",
        "1 h" => "hour",
        "1 day" => "day",
        length => length,
    }
}

/// Describes how much of a limit is taken; if there is room left, this conversation needs more.
fn taken(load: u64, limit: u32, of: &str, weight: u32, verbs: Verbs) -> String {
    match u64::from(limit).saturating_sub(load) {
        0 => format!("full, {load} of {limit}{of}"),
        free => {
            let has = verbs.of("has", "have");
            format!("{has} room for {free} of {limit}{of}, and this one takes {weight}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::not_asked;
    use crate::model::{Id, PacePer};
    use crate::routing::{Considered, Ineligible, Limit};
    use crate::time::{Duration, Instant, Zone};

    fn told(considered: &[Considered]) -> String {
        told_beside(considered, 0)
    }

    fn told_beside(considered: &[Considered], not_in_target: usize) -> String {
        not_asked(considered, not_in_target, Instant::parse("2026-11-20T09:00:00Z").unwrap(), &Zone::utc())
    }

    fn out(agent: &str, load: u64, why: Ineligible) -> Considered {
        Considered {
            agent: Id::from(agent),
            load,
            last_assigned: None,
            score: None,
            extra_skills: None,
            substitute_for: None,
            ineligible: Some(why),
        }
    }

    #[test]
    fn those_with_the_same_reason_are_told_together() {
        let full = || Ineligible::AtCapacity { limit: Limit::Total { limit: 2, weight: 1 } };
        let considered =
            [out("anna", 2, full()), out("cy", 2, full()), out("dee", 0, Ineligible::Declined { until: None })];
        let expected = "anna and cy (full, 2 of 2), dee (did not take it), 2 others whom the step does not reach";
        assert_eq!(told_beside(&considered, 2), expected);
        // An event of an earlier version lists those whom the step does not reach.
        let [bo, eve] = ["bo", "eve"].map(|agent| out(agent, 0, Ineligible::NotInTarget));
        let [anna, cy, dee] = considered;
        assert_eq!(told(&[anna, bo, cy, dee, eve]), expected);
    }

    #[test]
    fn many_are_counted() {
        let names: Vec<String> = (0..9).map(|n| format!("a{n}")).collect();
        let considered: Vec<Considered> =
            names.iter().map(|name| out(name, 0, Ineligible::Declined { until: None })).collect();
        assert_eq!(told(&considered), "a0, a1, a2 and 6 others (did not take it)");
        let lacking = |level| Ineligible::MissingSkill { skill: Id::from("sv"), level, asked: 9 };
        let considered: Vec<Considered> = (0..7).map(|n| out(&format!("a{n}"), 0, lacking(n + 1))).collect();
        assert!(
            told(&considered).ends_with("a3 (sv at level 4, 9 is asked), 3 more (missing skill)"),
            "{}",
            told(&considered)
        );
    }

    #[test]
    fn several_are_told_in_the_plural() {
        let ends = Instant::parse("2026-11-20T09:30:00Z").unwrap();
        let hour = PacePer::Time(Duration::parse("1h").unwrap());
        let at_pace = Ineligible::AtPace { at_most: 2, per: hour, until: Some(ends) };
        let alone = |kind| Ineligible::AtCapacity { limit: Limit::Alone { alone: Id::from(kind) } };
        let narrow = Ineligible::AtCapacity { limit: Limit::Total { limit: 4, weight: 2 } };
        for (why, of_one, of_two) in [
            (Ineligible::NoSeat { seat: None }, "has no seat", "have no seat"),
            (Ineligible::AlreadyOffered, "has the offer", "have the offer"),
            (
                Ineligible::MissingSkill { skill: Id::from("sv"), level: 0, asked: 1 },
                "lacks the skill sv",
                "lack the skill sv",
            ),
            (Ineligible::EndingSoon { ends }, "leaves soon, at 09:30", "leave soon, at 09:30"),
            (Ineligible::ZeroWeight, "has the weight 0", "have the weight 0"),
            (
                at_pace,
                "was given 2 in the last hour, the limit; can be given more from 09:30",
                "were given 2 in the last hour, the limit; can be given more from 09:30",
            ),
            (narrow, "has room for 1 of 4, and this one takes 2", "have room for 1 of 4, and this one takes 2"),
            (alone("call"), "busy, and nothing else goes with a call", "busy, and nothing else goes with a call"),
            (alone("email"), "busy, and nothing else goes with an email", "busy, and nothing else goes with an email"),
        ] {
            assert_eq!(told(&[out("anna", 3, why.clone())]), format!("anna ({of_one})"));
            assert_eq!(told(&[out("anna", 3, why.clone()), out("bo", 3, why)]), format!("anna and bo ({of_two})"));
        }
    }

    #[test]
    fn nobody_is_nothing() {
        assert_eq!(told(&[]), "");
        assert_eq!(told_beside(&[], 1), "1 agent whom the step does not reach");
        assert_eq!(told_beside(&[], 2), "2 agents whom the step does not reach");
    }
}
