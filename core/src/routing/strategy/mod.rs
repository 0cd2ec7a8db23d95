//! The strategies, which choose one of the eligible agents. All are deterministic.

mod best_skill;
mod in_order;
mod least_busy;
mod longest_idle;
mod most_capacity;
pub(crate) mod random;
mod round_robin;
pub(crate) mod weighted_round_robin;

use serde_json::Value;

use super::pool::Pool;
use crate::availability::AgentSlot;
use crate::model::Strategy;

/// Returns the eligible agent that a strategy chooses; `None` if no agent is eligible.
pub(crate) fn choose(strategy: Strategy, pool: &Pool<'_>) -> Option<AgentSlot> {
    match strategy {
        Strategy::LeastBusy => least_busy::choose(pool),
        Strategy::MostCapacity => most_capacity::choose(pool),
        Strategy::RoundRobin => round_robin::choose(pool),
        Strategy::WeightedRoundRobin => weighted_round_robin::choose(pool),
        Strategy::LongestIdle => longest_idle::choose(pool),
        Strategy::BestSkill => best_skill::choose(pool),
        Strategy::InOrder => in_order::choose(pool),
        Strategy::Random => random::choose(pool),
    }
}

/// Returns the value that a strategy compared for an agent, for the explanation.
pub(crate) fn score(strategy: Strategy, pool: &Pool<'_>, slot: AgentSlot) -> Option<Value> {
    match strategy {
        Strategy::MostCapacity => Some(most_capacity::score(pool, slot)),
        Strategy::RoundRobin => Some(round_robin::score(pool, slot)),
        Strategy::WeightedRoundRobin => Some(weighted_round_robin::score(pool, slot)),
        Strategy::LongestIdle => longest_idle::score(pool, slot),
        Strategy::BestSkill => Some(best_skill::score(pool, slot)),
        Strategy::LeastBusy | Strategy::InOrder | Strategy::Random => None,
    }
}
