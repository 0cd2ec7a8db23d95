//! The choice among eligible agents.

use std::cmp::Reverse;

use super::Model;
use super::conversation::Conversation;
use super::document::{Agent, Step, Tie};
use super::eligibility::asked_skills;
use super::load::is_less;

/// The state of an agent in a rule.
#[derive(Debug, Clone)]
pub struct Memory {
    pub rule: RuleKey,
    pub agent: String,
    /// The last turn of the agent, as the order number of the assignment.
    pub turn: Option<u64>,
    /// The running weight of the rotation.
    pub weight: i64,
}

/// Inbox, channel and id of a rule.
pub type RuleKey = (String, String, String);

impl Model {
    /// Returns the chosen agent; `eligible` is in listed order and not empty.
    pub fn choose(&mut self, step: &Step, rule: &RuleKey, conversation: usize, eligible: Vec<String>) -> String {
        let listed_first = eligible[0].clone();
        let mut by_document = eligible;
        by_document.sort_by_key(|id| self.document.agents.iter().position(|agent| agent.id == *id));
        let conversation = &self.conversations[conversation];
        if step.strategy == "weighted_round_robin" {
            let agents = by_document.iter().filter_map(|id| self.document.agent(id));
            let by_skills: Vec<i64> = agents.map(|agent| tied_skills(step, conversation, agent)).collect();
            return self.rotate(rule, &by_document, &by_skills);
        }
        let agents: Vec<&Agent> = by_document.iter().filter_map(|id| self.document.agent(id)).collect();
        let tied = |agent: &Agent| tied_skills(step, conversation, agent);
        // `min_by_key` returns the first of equal agents, so that the order of the document decides last.
        let chosen = match step.strategy.as_str() {
            "least_busy" => agents.into_iter().min_by_key(|agent| self.busyness(step, agent, tied(agent))),
            "most_capacity" => Some(self.with_most_room(&agents, conversation, tied)),
            "round_robin" => agents.into_iter().min_by_key(|agent| (self.turn(rule, &agent.id), tied(agent))),
            "longest_idle" => agents.into_iter().min_by_key(|agent| self.idleness(agent, tied(agent))),
            "best_skill" => agents.into_iter().min_by_key(|agent| {
                let sum = skill_sum(step, conversation, agent);
                (Reverse(sum), tied(agent), self.busyness(step, agent, 0))
            }),
            "fewest_skills" => agents
                .into_iter()
                .min_by_key(|agent| (extra_skills(step, conversation, agent), self.busyness(step, agent, 0))),
            "in_order" => self.document.agent(&listed_first),
            "random" => Some(agents[self.draw(&conversation.id, agents.len())]),
            other => panic!("unknown strategy {other}"),
        };
        chosen.expect("someone is eligible").id.clone()
    }

    /// The load, then the skills that break a tie, then the last assignment; `tie` may reverse the latter.
    fn busyness(&self, step: &Step, agent: &Agent, tied: i64) -> (i64, i64, i64) {
        // An agent without an assignment has 0, and is first.
        let recency = self.agent_state(&agent.id).last_assigned.map_or(0, |order| order as i64);
        (self.load_of(&agent.id), tied, if step.tie == Tie::MostRecent { -recency } else { recency })
    }

    fn with_most_room<'a>(
        &self,
        agents: &[&'a Agent],
        conversation: &Conversation,
        tied: impl Fn(&Agent) -> i64,
    ) -> &'a Agent {
        let (kind, inbox) = (self.weigh(conversation).kind, &conversation.details.inbox);
        let tie = |agent: &Agent| (tied(agent), self.agent_state(&agent.id).last_assigned);
        let mut best = agents[0];
        for &agent in &agents[1..] {
            let (share, best_share) = (self.share_free(agent, &kind, inbox), self.share_free(best, &kind, inbox));
            let is_as_free = !is_less(share, best_share);
            if is_less(best_share, share) || (is_as_free && tie(agent) < tie(best)) {
                best = agent;
            }
        }
        best
    }

    /// Agents that hold nothing are first, by the instant since which they are idle; those that never held anything before all.
    fn idleness(&self, agent: &Agent, tied: i64) -> (bool, Option<i64>, i64, Option<u64>) {
        let state = self.agent_state(&agent.id);
        let is_busy = !self.held_by(&agent.id).is_empty();
        (is_busy, if is_busy { None } else { state.idle_since }, tied, state.last_assigned)
    }

    fn turn(&self, rule: &RuleKey, agent: &str) -> Option<u64> {
        self.memories.iter().find(|memory| memory.rule == *rule && memory.agent == agent)?.turn
    }

    /// Smooth weighted round robin, with the algorithm of nginx; of equal weights, the one with the fewest tied skills.
    fn rotate(&mut self, rule: &RuleKey, eligible: &[String], tied: &[i64]) -> String {
        let weight = |model: &Model, id: &str| model.document.agent(id).map_or(0, |agent| agent.weight);
        let mut total = 0;
        let mut best: Option<(i64, i64, &String)> = None;
        for (id, tied) in eligible.iter().zip(tied) {
            let own = weight(self, id);
            total += own;
            let memory = self.memory(rule, id);
            memory.weight += own;
            if best.is_none_or(|(most, fewest, _)| (memory.weight, -tied) > (most, -fewest)) {
                best = Some((memory.weight, *tied, id));
            }
        }
        let (_, _, chosen) = best.expect("someone is eligible");
        self.memory(rule, chosen).weight -= total;
        chosen.clone()
    }

    /// Returns the running weights of some agents.
    pub fn weights(&mut self, rule: &RuleKey, agents: &[String]) -> serde_json::Value {
        agents.iter().map(|id| (id.clone(), serde_json::Value::from(self.memory(rule, id).weight))).collect()
    }

    pub fn memory(&mut self, rule: &RuleKey, agent: &str) -> &mut Memory {
        let found = self.memories.iter().position(|memory| memory.rule == *rule && memory.agent == agent);
        let index = found.unwrap_or_else(|| {
            self.memories.push(Memory { rule: rule.clone(), agent: agent.to_owned(), turn: None, weight: 0 });
            self.memories.len() - 1
        });
        &mut self.memories[index]
    }

    /// Hashes by FNV-1a from a seeded basis, with the final steps of SplitMix64, and scales down to `count`.
    fn draw(&self, conversation: &str, count: usize) -> usize {
        let mut hash = 0xcbf2_9ce4_8422_2325 ^ self.document.settings.seed;
        for byte in conversation.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^= hash >> 31;
        ((u128::from(hash) * count as u128) >> 64) as usize
    }
}

fn skill_sum(step: &Step, conversation: &Conversation, agent: &Agent) -> i64 {
    let asked = asked_skills(step, conversation);
    asked.keys().filter_map(|skill| agent.skills.get(skill)).sum()
}

/// The number of skills of an agent that nobody asked for.
fn extra_skills(step: &Step, conversation: &Conversation, agent: &Agent) -> i64 {
    let asked = asked_skills(step, conversation);
    agent.skills.keys().filter(|skill| !asked.contains_key(*skill)).count() as i64
}

/// The same where the step breaks ties by it.
fn tied_skills(step: &Step, conversation: &Conversation, agent: &Agent) -> i64 {
    if step.tie == Tie::FewestSkills { extra_skills(step, conversation, agent) } else { 0 }
}
