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

/// Returns the sentence on why a strategy chose an agent, in terms of what it compares. `turns_in` says among whose turns a
/// rotation counts: "this rule".
pub(super) fn why_chosen(
    strategy: &str,
    agent: &str,
    considered: &[Considered],
    turns_in: &str,
    at: Instant,
    zone: &Zone,
) -> String {
    let eligible = || considered.iter().filter(|it| it.ineligible.is_none());
    let Some(chosen) = eligible().find(|it| it.agent == agent) else { return String::new() };
    let others: Vec<&Considered> = eligible().filter(|it| it.agent != agent).collect();
    if others.is_empty() {
        return format!("{agent} was the only one who could take it");
    }
    let choice = Choice { agent, chosen, others, turns_in, at, zone };
    match Strategy::find(strategy) {
        Some(Strategy::LeastBusy) => choice.by_load(&choice.others),
        Some(Strategy::MostCapacity) => choice.most_capacity(),
        Some(Strategy::RoundRobin) => choice.round_robin(),
        Some(Strategy::WeightedRoundRobin) => choice.weighted_round_robin(),
        Some(Strategy::LongestIdle) => choice.longest_idle(),
        Some(Strategy::BestSkill) => choice.best_skill(),
        Some(Strategy::FewestSkills) => choice.fewest_skills(),
        Some(Strategy::InOrder) => choice.in_order(),
        Some(Strategy::Random) => format!("the draw among {} fell on {agent}", choice.others.len() + 1),
        None if strategy.starts_with("script:") || strategy.starts_with("strategy:") => choice.by_score(),
        None => format!("chosen among {}", choice.others.len() + 1),
    }
}

pub(super) struct Choice<'a> {
    pub(super) agent: &'a str,
    pub(super) chosen: &'a Considered,
    others: Vec<&'a Considered>,
    turns_in: &'a str,
    pub(super) at: Instant,
    pub(super) zone: &'a Zone,
}

impl Choice<'_> {
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
        let lead = format!("{} had the largest share free, {}", self.agent, room(self.chosen));
        self.lead_or_tie(lead, fraction, room, Self::by_recency)
    }

    fn in_order(&self) -> String {
        let (agent, others) = (self.agent, names(&self.others));
        match &self.chosen.substitute_for {
            Some(absent) => {
                format!("{absent} comes first in the order of the rule, before {others}, and {agent} stands in")
            }
            None => format!("{agent} comes first in the order of the rule, before {others}"),
        }
    }

    fn round_robin(&self) -> String {
        let (agent, turns_in) = (self.agent, self.turns_in);
        let turn = |it: &Considered| it.score.as_ref().and_then(Value::as_u64).unwrap_or_default();
        if turn(self.chosen) > 0 {
            return format!("{agent}'s last turn in {turns_in} is longer ago than that of {}", names(&self.others));
        }
        let (equal, _) = self.parted_by(turn);
        match equal.as_slice() {
            [] => format!("only {agent} has had no turn in {turns_in} yet"),
            equal => {
                let decided = self.tie(equal, |_, _| "is listed first".to_owned());
                format!("{agent} has had no turn in {turns_in} yet, like {}, and {decided}", names(equal))
            }
        }
    }

    fn weighted_round_robin(&self) -> String {
        let agent = self.agent;
        let (equal, later) = self.parted_by(|it| it.score.clone());
        let before = if later.is_empty() { String::new() } else { format!(", before {}", names(&later)) };
        match equal.as_slice() {
            [] => format!("it was {agent}'s turn in the weighted rotation{before}"),
            equal => {
                let decided = self.tie(equal, |_, _| "is listed first".to_owned());
                format!("{agent} was due in the weighted rotation{before}, like {}, and {decided}", names(equal))
            }
        }
    }

    fn longest_idle(&self) -> String {
        let (agent, at, zone) = (self.agent, self.at, self.zone);
        if self.chosen.load > 0 {
            return format!("all were busy, and {}", self.by_recency(&self.others));
        }
        let tell = |it: &Considered| match idle_since(it) {
            Some(since) => format!("idle since {}", moment(since, at, zone)),
            None if it.load == 0 => "held nothing yet".to_owned(),
            None => "busy".to_owned(),
        };
        let lead = match idle_since(self.chosen) {
            Some(since) => format!("{agent} had nothing to do for the longest time, since {}", moment(since, at, zone)),
            None => format!("{agent} has held nothing yet"),
        };
        self.lead_or_tie(lead, |it| (it.load > 0, idle_since(it)), tell, Self::by_recency)
    }

    fn best_skill(&self) -> String {
        let lead =
            format!("{} has the highest levels in what is asked, {} in sum", self.agent, score_text(self.chosen));
        self.lead_or_tie(
            lead,
            |it| it.score.clone(),
            score_text,
            |choice, equal| match choice.skills_clause(equal) {
                None => choice.by_load(equal),
                Some((clause, level)) if level.is_empty() => format!("{} {clause}", choice.agent),
                Some((clause, level)) => format!("{} {clause}; {}", choice.agent, choice.by_load(&level)),
            },
        )
    }

    fn fewest_skills(&self) -> String {
        let lead = format!("{} has the fewest skills beyond those asked, {}", self.agent, score_text(self.chosen));
        self.lead_or_tie(lead, |it| it.score.clone(), score_text, Self::by_load)
    }

    /// Returns the others whose key equals that of the chosen agent, and the rest.
    fn parted_by<K: PartialEq>(&self, key: impl Fn(&Considered) -> K) -> (Vec<&Considered>, Vec<&Considered>) {
        self.others.iter().copied().partition(|it| key(it) == key(self.chosen))
    }

    /// Describes the lead over all others, or what decided between those with an equal key.
    fn lead_or_tie<K: PartialEq>(
        &self,
        lead: String,
        key: impl Fn(&Considered) -> K,
        tell: impl Fn(&Considered) -> String,
        tie: impl Fn(&Self, &[&Considered]) -> String,
    ) -> String {
        let (equal, rest) = self.parted_by(key);
        let lead = format!("{lead}{}", in_brackets(&rest, tell));
        match equal.as_slice() {
            [] => lead,
            equal => format!("{lead}, level with {}; {}", few(equal), tie(self, equal)),
        }
    }

    /// Describes how the load decided, and what did between those with an equal load.
    fn by_load(&self, among: &[&Considered]) -> String {
        let (agent, load) = (self.agent, self.chosen.load);
        let (equal, rest): (Vec<&Considered>, Vec<&Considered>) = among.iter().copied().partition(|it| it.load == load);
        let rest = in_brackets(&rest, |it| it.load.to_string());
        match equal.as_slice() {
            [] => format!("{agent} had the lowest load, {load}{rest}"),
            equal => {
                let decided = self.tie(equal, Self::recency);
                format!("{agent} had the load {load}{rest}, like {}, and {decided}", few(equal))
            }
        }
    }

    fn by_recency(&self, among: &[&Considered]) -> String {
        format!("{} {}", self.agent, self.tie(among, Self::recency))
    }
}

/// Returns what is told of some agents in brackets, after a blank; empty if there are none.
fn in_brackets(others: &[&Considered], tell: impl Fn(&Considered) -> String) -> String {
    if others.is_empty() { String::new() } else { format!(" ({})", compared(others, tell)) }
}

pub(super) fn compared(others: &[&Considered], tell: impl Fn(&Considered) -> String) -> String {
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
pub(super) fn few(of: &[&Considered]) -> String {
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

/// Describes how much of the limit is free. An agent without a limit has the share `1/1`.
fn room(it: &Considered) -> String {
    match score_text(it) {
        all if all == "1/1" => "all of it".to_owned(),
        part => part.split_once('/').map(|(free, limit)| format!("{free} of {limit}")).unwrap_or(part),
    }
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
mod tests;
