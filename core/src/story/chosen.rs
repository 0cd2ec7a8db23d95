//! The reason why an agent was chosen among the eligible, in one sentence.

use serde_json::Value;

use super::considered::named;
use super::words::moment;
use crate::model::Strategy;
use crate::problem::Word;
use crate::routing::Considered;
use crate::time::{Instant, Zone};

/// The largest number of others who are compared by name.
const COMPARED: usize = 3;

/// Returns the sentence on why a strategy chose an agent, in terms of what it compares.
pub(super) fn why_chosen(strategy: &str, agent: &str, considered: &[Considered], at: Instant, zone: &Zone) -> String {
    let eligible = || considered.iter().filter(|it| it.ineligible.is_none());
    let Some(chosen) = eligible().find(|it| it.agent == agent) else { return String::new() };
    let others: Vec<&Considered> = eligible().filter(|it| it.agent != agent).collect();
    if others.is_empty() {
        return format!("{agent} was the only one who could take it");
    }
    let choice = Choice { agent, chosen, others, at, zone };
    match Strategy::find(strategy) {
        Some(Strategy::LeastBusy) => choice.least_busy(),
        Some(Strategy::MostCapacity) => choice.most_capacity(),
        Some(Strategy::RoundRobin) => choice.round_robin(),
        Some(Strategy::WeightedRoundRobin) => choice.weighted_round_robin(),
        Some(Strategy::LongestIdle) => choice.longest_idle(),
        Some(Strategy::BestSkill) => choice.best_skill(),
        Some(Strategy::FewestSkills) => choice.fewest_skills(),
        Some(Strategy::InOrder) => {
            format!("{agent} comes first in the order of the rule, before {}", names(&choice.others))
        }
        Some(Strategy::Random) => format!("the draw among {} fell on {agent}", choice.others.len() + 1),
        None if strategy.starts_with("script:") || strategy.starts_with("strategy:") => choice.by_score(),
        None => format!("chosen among {}", choice.others.len() + 1),
    }
}

struct Choice<'a> {
    agent: &'a str,
    chosen: &'a Considered,
    others: Vec<&'a Considered>,
    at: Instant,
    zone: &'a Zone,
}

impl Choice<'_> {
    fn least_busy(&self) -> String {
        self.by_load(&self.others)
    }

    /// Describes the score of the script or strategy, or its pick.
    fn by_score(&self) -> String {
        let score = |it: &Considered| it.score.as_ref().map(Value::to_string);
        let Some(own) = score(self.chosen) else { return format!("picked among {}", self.others.len() + 1) };
        let others = self.others.iter().take(COMPARED).filter_map(|it| Some(format!("{} {}", it.agent, score(it)?)));
        let others: Vec<String> = std::iter::once(format!("{} {own}", self.agent)).chain(others).collect();
        let more = self.others.len().saturating_sub(COMPARED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("it scored {}{more}", others.join(", "))
    }

    fn most_capacity(&self) -> String {
        let equal = self.equal_by(fraction);
        let lead = format!("{} had the most room left, {}", self.agent, room(self.chosen));
        self.lead_or_tie(lead, &equal, room, Self::by_recency)
    }

    fn round_robin(&self) -> String {
        let agent = self.agent;
        let turn = |it: &Considered| it.score.as_ref().and_then(Value::as_u64).unwrap_or_default();
        if turn(self.chosen) > 0 {
            return format!("{agent}'s last turn in this rule is longer ago than that of {}", names(&self.others));
        }
        match self.equal_by(turn).as_slice() {
            [] => format!("only {agent} has had no turn in this rule yet"),
            equal => {
                let decided = self.tie(equal, |_, _| "comes first in the document".to_owned());
                format!("{agent} has had no turn in this rule yet, like {}, and {decided}", names(equal))
            }
        }
    }

    fn weighted_round_robin(&self) -> String {
        let equal = self.equal_by(|it| it.score.clone());
        let lead = format!("{} stood highest in the weighted rotation, {}", self.agent, score_text(self.chosen));
        self.lead_or_tie(lead, &equal, score_text, |choice, equal| {
            let decided = choice.tie(equal, |_, _| "comes first in the document".to_owned());
            format!("{} {decided}", choice.agent)
        })
    }

    fn longest_idle(&self) -> String {
        let (agent, at, zone) = (self.agent, self.at, self.zone);
        if self.chosen.load > 0 {
            return format!("all were busy, and {}", self.by_recency(&self.others));
        }
        let tell = |it: &Considered| match idle_since(it) {
            Some(since) => format!("since {}", moment(since, at, zone)),
            None if it.load == 0 => "held nothing yet".to_owned(),
            None => format!("holds {}", it.load),
        };
        let equal = self.equal_by(|it| (it.load > 0, idle_since(it)));
        let lead = match idle_since(self.chosen) {
            Some(_) => format!("{agent} had nothing to do for the longest time, {}", tell(self.chosen)),
            None => format!("{agent} has held nothing yet"),
        };
        self.lead_or_tie(lead, &equal, tell, Self::by_recency)
    }

    fn best_skill(&self) -> String {
        let equal = self.equal_by(|it| it.score.clone());
        let lead =
            format!("{} has the highest levels in what is asked, {} in sum", self.agent, score_text(self.chosen));
        self.lead_or_tie(lead, &equal, score_text, |choice, equal| match choice.fewest_of(equal) {
            Some(decided) => format!("{} {decided}", choice.agent),
            None => choice.by_load(&choice.level_in_skills(equal)),
        })
    }

    fn fewest_skills(&self) -> String {
        let equal = self.equal_by(|it| it.score.clone());
        let lead = format!("{} has the fewest skills beyond those asked, {}", self.agent, score_text(self.chosen));
        self.lead_or_tie(lead, &equal, score_text, Self::by_load)
    }

    /// Returns the others whose key equals that of the chosen agent.
    fn equal_by<K: PartialEq>(&self, key: impl Fn(&Considered) -> K) -> Vec<&Considered> {
        self.others.iter().copied().filter(|it| key(it) == key(self.chosen)).collect()
    }

    /// Describes the lead over all others, or what decided between those with an equal key.
    fn lead_or_tie(
        &self,
        lead: String,
        equal: &[&Considered],
        tell: impl Fn(&Considered) -> String,
        tie: impl Fn(&Self, &[&Considered]) -> String,
    ) -> String {
        match equal {
            [] => format!("{lead} ({})", compared(&self.others, tell)),
            equal => format!("{lead}, level with {}; {}", few(equal), tie(self, equal)),
        }
    }

    fn by_load(&self, among: &[&Considered]) -> String {
        let (agent, load) = (self.agent, self.chosen.load);
        let equal: Vec<&Considered> = among.iter().copied().filter(|it| it.load == load).collect();
        match equal.as_slice() {
            [] => format!("{agent} held least, {load} ({})", compared(among, |it| it.load.to_string())),
            equal => {
                format!("{agent} held {load}, as little as {}, and {}", few(equal), self.tie(equal, Self::recency))
            }
        }
    }

    fn by_recency(&self, among: &[&Considered]) -> String {
        format!("{} {}", self.agent, self.tie(among, Self::recency))
    }

    /// Describes what decided between equals: the skills beyond those asked, where the step compares them, or else `last`.
    fn tie(&self, equal: &[&Considered], last: impl Fn(&Self, &[&Considered]) -> String) -> String {
        self.fewest_of(equal).unwrap_or_else(|| last(self, &self.level_in_skills(equal)))
    }

    /// Describes that the agent has fewer skills beyond those asked than any of some others; `None` if that did not decide.
    fn fewest_of(&self, others: &[&Considered]) -> Option<String> {
        let own = self.chosen.extra_skills?;
        let tell = |it: &Considered| it.extra_skills.unwrap_or_default().to_string();
        let decides = self.level_in_skills(others).is_empty();
        decides.then(|| format!("has the fewest skills beyond those asked, {own} ({})", compared(others, tell)))
    }

    /// Returns those of some others who have as many skills beyond those asked.
    fn level_in_skills<'a>(&self, others: &[&'a Considered]) -> Vec<&'a Considered> {
        others.iter().copied().filter(|it| it.extra_skills == self.chosen.extra_skills).collect()
    }

    /// Describes how the order of assignments decided between equals.
    fn recency(&self, equal: &[&Considered]) -> String {
        let never: Vec<&Considered> = equal.iter().copied().filter(|it| it.last_assigned.is_none()).collect();
        let tell = |it: &Considered| match it.last_assigned {
            Some(last) => moment(last, self.at, self.zone),
            None => "never".to_owned(),
        };
        match self.chosen.last_assigned {
            None if never.is_empty() => format!("was never assigned anything before ({})", compared(equal, tell)),
            None => {
                let nobody = if never.len() == 1 { "neither" } else { "none of them" };
                format!("comes first in the document, as {nobody} had been given anything yet")
            }
            mine => {
                let latest = equal.iter().all(|it| it.last_assigned < mine);
                let which = if latest { "most recently" } else { "least recently" };
                format!("was assigned {which}, {} ({})", tell(self.chosen), compared(equal, tell))
            }
        }
    }
}

fn compared(others: &[&Considered], tell: impl Fn(&Considered) -> String) -> String {
    let shown: Vec<String> = others.iter().take(COMPARED).map(|it| format!("{} {}", it.agent, tell(it))).collect();
    match others.len().saturating_sub(COMPARED) {
        0 => shown.join(", "),
        1 => format!("{} and 1 other", shown.join(", ")),
        others => format!("{} and {others} others", shown.join(", ")),
    }
}

fn names(of: &[&Considered]) -> String {
    named(&of.iter().map(|it| it.agent.as_str()).collect::<Vec<_>>())
}

/// Returns the names of up to two agents, or else their number, if a later sentence tells them apart.
fn few(of: &[&Considered]) -> String {
    match of.len() {
        0..=2 => names(of),
        count => format!("{count} others"),
    }
}

fn score_text(it: &Considered) -> String {
    match &it.score {
        Some(Value::String(text)) => text.clone(),
        Some(score) => score.to_string(),
        None => "nothing".to_owned(),
    }
}

/// Describes how much of the limit is free.
fn room(it: &Considered) -> String {
    let score = score_text(it);
    score.split_once('/').map(|(free, limit)| format!("{free} of {limit} free")).unwrap_or(score)
}

/// Returns the instant since which an agent has held nothing.
fn idle_since(it: &Considered) -> Option<Instant> {
    Instant::parse(it.score.as_ref()?.as_str()?).ok()
}

/// Returns a share such as `3/5` in lowest terms: `1/2` equals `2/4`.
fn fraction(it: &Considered) -> Option<(u64, u64)> {
    let (free, limit) = it.score.as_ref()?.as_str()?.split_once('/')?;
    let (free, limit): (u64, u64) = (free.parse().ok()?, limit.parse().ok()?);
    let divisor = gcd(free, limit).max(1);
    Some((free / divisor, limit / divisor))
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::why_chosen;
    use crate::model::Id;
    use crate::routing::{Considered, Ineligible};
    use crate::time::{Instant, Zone};

    fn agent(name: &str, load: u64, last: Option<&str>, score: Value) -> Considered {
        let last_assigned = last.map(|clock| Instant::parse(&format!("2026-11-20T{clock}:00Z")).unwrap());
        let score = Some(score).filter(|score| !score.is_null());
        Considered {
            agent: Id::from(name),
            load,
            last_assigned,
            score,
            extra_skills: None,
            substitute_for: None,
            ineligible: None,
        }
    }

    fn with_skills(extra: u32, of: Considered) -> Considered {
        Considered { extra_skills: Some(extra), ..of }
    }

    fn why(strategy: &str, considered: &[Considered]) -> String {
        why_chosen(strategy, "anna", considered, Instant::parse("2026-11-20T12:00:00Z").unwrap(), &Zone::utc())
    }

    #[test]
    fn each_strategy_tells_what_it_looks_at() {
        let none = Value::Null;
        let (early, late) = ("2026-11-20T08:00:00.000Z", "2026-11-20T09:00:00.000Z");
        for (strategy, anna, bo, told) in [
            (
                "least_busy",
                agent("anna", 1, None, none.clone()),
                agent("bo", 2, None, none.clone()),
                "anna held least, 1 (bo 2)",
            ),
            (
                "least_busy",
                agent("anna", 1, Some("08:00"), none.clone()),
                agent("bo", 1, Some("09:00"), none.clone()),
                "anna held 1, as little as bo, and was assigned least recently, 08:00 (bo 09:00)",
            ),
            (
                "least_busy",
                agent("anna", 1, Some("09:00"), none.clone()),
                agent("bo", 1, Some("08:00"), none.clone()),
                "anna held 1, as little as bo, and was assigned most recently, 09:00 (bo 08:00)",
            ),
            (
                "least_busy",
                agent("anna", 0, None, none.clone()),
                agent("bo", 0, Some("08:00"), none.clone()),
                "anna held 0, as little as bo, and was never assigned anything before (bo 08:00)",
            ),
            (
                "least_busy",
                agent("anna", 0, None, none.clone()),
                agent("bo", 0, None, none.clone()),
                "anna held 0, as little as bo, and comes first in the document, as neither had been given anything yet",
            ),
            (
                "most_capacity",
                agent("anna", 2, None, json!("3/5")),
                agent("bo", 1, None, json!("1/2")),
                "anna had the most room left, 3 of 5 free (bo 1 of 2 free)",
            ),
            (
                "most_capacity",
                agent("anna", 2, None, json!("2/4")),
                agent("bo", 1, Some("08:00"), json!("1/2")),
                "anna had the most room left, 2 of 4 free, level with bo; anna was never assigned anything before (bo 08:00)",
            ),
            (
                "round_robin",
                agent("anna", 2, None, json!(3)),
                agent("bo", 1, None, json!(4)),
                "anna's last turn in this rule is longer ago than that of bo",
            ),
            (
                "round_robin",
                agent("anna", 2, None, json!(0)),
                agent("bo", 1, None, json!(4)),
                "only anna has had no turn in this rule yet",
            ),
            (
                "round_robin",
                agent("anna", 2, None, json!(0)),
                agent("bo", 1, None, json!(0)),
                "anna has had no turn in this rule yet, like bo, and comes first in the document",
            ),
            (
                "weighted_round_robin",
                agent("anna", 2, None, json!(5)),
                agent("bo", 1, None, json!(1)),
                "anna stood highest in the weighted rotation, 5 (bo 1)",
            ),
            (
                "longest_idle",
                agent("anna", 0, None, json!(early)),
                agent("bo", 0, None, json!(late)),
                "anna had nothing to do for the longest time, since 08:00 (bo since 09:00)",
            ),
            (
                "longest_idle",
                agent("anna", 0, None, none.clone()),
                agent("bo", 2, None, none.clone()),
                "anna has held nothing yet (bo holds 2)",
            ),
            (
                "longest_idle",
                agent("anna", 3, Some("08:00"), none.clone()),
                agent("bo", 2, Some("09:00"), none.clone()),
                "all were busy, and anna was assigned least recently, 08:00 (bo 09:00)",
            ),
            (
                "best_skill",
                agent("anna", 3, None, json!(8)),
                agent("bo", 2, None, json!(5)),
                "anna has the highest levels in what is asked, 8 in sum (bo 5)",
            ),
            (
                "best_skill",
                agent("anna", 1, None, json!(8)),
                agent("bo", 2, None, json!(8)),
                "anna has the highest levels in what is asked, 8 in sum, level with bo; anna held least, 1 (bo 2)",
            ),
            (
                "fewest_skills",
                agent("anna", 3, None, json!(0)),
                agent("bo", 2, None, json!(2)),
                "anna has the fewest skills beyond those asked, 0 (bo 2)",
            ),
            (
                "least_busy",
                with_skills(1, agent("anna", 1, None, none.clone())),
                with_skills(2, agent("bo", 1, None, none.clone())),
                "anna held 1, as little as bo, and has the fewest skills beyond those asked, 1 (bo 2)",
            ),
            (
                "round_robin",
                with_skills(1, agent("anna", 1, None, json!(0))),
                with_skills(2, agent("bo", 1, None, json!(0))),
                "anna has had no turn in this rule yet, like bo, and has the fewest skills beyond those asked, 1 (bo 2)",
            ),
            (
                "best_skill",
                with_skills(1, agent("anna", 3, None, json!(8))),
                with_skills(1, agent("bo", 4, None, json!(8))),
                "anna has the highest levels in what is asked, 8 in sum, level with bo; anna held least, 3 (bo 4)",
            ),
            (
                "in_order",
                agent("anna", 3, None, none.clone()),
                agent("bo", 2, None, none.clone()),
                "anna comes first in the order of the rule, before bo",
            ),
            (
                "random",
                agent("anna", 3, None, none.clone()),
                agent("bo", 2, None, none.clone()),
                "the draw among 2 fell on anna",
            ),
        ] {
            assert_eq!(why(strategy, &[bo, anna]), told, "{strategy}");
        }
    }

    #[test]
    fn of_many_rivals_a_few_are_named() {
        let rivals = |count: u32, load| {
            let others = (1..=count).map(move |n| agent(&format!("a{n}"), load, Some("08:00"), Value::Null));
            others.chain([agent("anna", 1, Some("07:00"), Value::Null)]).collect::<Vec<_>>()
        };
        for (strategy, considered, told) in [
            (
                "least_busy",
                rivals(11, 1),
                "anna held 1, as little as 11 others, and was assigned least recently, 07:00 \
                 (a1 08:00, a2 08:00, a3 08:00 and 8 others)",
            ),
            ("least_busy", rivals(4, 2), "anna held least, 1 (a1 2, a2 2, a3 2 and 1 other)"),
            ("in_order", rivals(4, 2), "anna comes first in the order of the rule, before a1, a2, a3 and a4"),
            ("in_order", rivals(11, 2), "anna comes first in the order of the rule, before a1, a2, a3 and 8 others"),
        ] {
            assert_eq!(why(strategy, &considered), told);
        }
    }

    #[test]
    fn the_ineligible_are_no_rivals() {
        let away =
            Considered { ineligible: Some(Ineligible::Declined { until: None }), ..agent("bo", 0, None, Value::Null) };
        let told = why("least_busy", &[agent("anna", 1, None, Value::Null), away]);
        assert_eq!(told, "anna was the only one who could take it");
    }
}
