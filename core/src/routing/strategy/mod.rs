//! The strategies, which choose one of the eligible agents. All are deterministic.

mod best_skill;
mod fewest_skills;
mod in_order;
mod least_busy;
mod longest_idle;
mod most_capacity;
mod random;
mod round_robin;
mod weighted_round_robin;

use serde_json::Value;

use super::pool::Pool;
use crate::availability::AgentSlot;
use crate::model::Strategy;

/// A strategy that is built in, as its file defines it.
pub(crate) struct BuiltIn {
    /// Returns the eligible agent that it chooses; `None` if no agent is eligible.
    pub choose: fn(&Pool<'_>) -> Option<AgentSlot>,
    /// Returns the value that it compared for an agent, for the explanation.
    pub score: fn(&Pool<'_>, AgentSlot) -> Option<Value>,
    /// `true` if it reads the choices that its rule made before.
    pub reads_ledger: bool,
    /// The weights that its choices change.
    pub weighing: Option<Weighing>,
}

/// Returns the running weights of the eligible agents after one of them is chosen. An agent of weight 0 is not eligible.
pub(crate) type Weighing = fn(&Pool<'_>, AgentSlot) -> Vec<(AgentSlot, i64)>;

impl BuiltIn {
    /// A strategy that compares nothing it could show, and depends on nothing but the agents.
    const fn of(choose: fn(&Pool<'_>) -> Option<AgentSlot>) -> Self {
        BuiltIn { choose, score: |_, _| None, reads_ledger: false, weighing: None }
    }
}

impl Strategy {
    /// Returns its definition.
    pub(crate) fn definition(self) -> &'static BuiltIn {
        match self {
            Strategy::LeastBusy => &least_busy::STRATEGY,
            Strategy::MostCapacity => &most_capacity::STRATEGY,
            Strategy::RoundRobin => &round_robin::STRATEGY,
            Strategy::WeightedRoundRobin => &weighted_round_robin::STRATEGY,
            Strategy::LongestIdle => &longest_idle::STRATEGY,
            Strategy::BestSkill => &best_skill::STRATEGY,
            Strategy::FewestSkills => &fewest_skills::STRATEGY,
            Strategy::InOrder => &in_order::STRATEGY,
            Strategy::Random => &random::STRATEGY,
        }
    }
}
