//! Who gets a conversation: rules, eligibility, strategies, and the decision with its trace.

mod board;
mod column;
mod eligibility;
mod lane;
mod ledger;
mod matching;
mod plugged;
pub(crate) mod plugin;
mod pool;
mod roster;
mod set;
mod share;
mod strategy;

pub use eligibility::{Considered, Ineligible, Limit};
pub use plugin::Failure;

pub(crate) use board::{Board, Standing};
pub(crate) use lane::{Lane, LaneSlot, PlanStep, PlanTarget};
pub(crate) use ledger::Ledger;
pub(crate) use matching::{Facts, Failures, Matched, matching_rule, passes_value};
pub(crate) use plugged::{Guest, Plugged, unknown};
pub(crate) use pool::{Asked, Candidates, Pool};
pub(crate) use roster::{Member, Roster};
pub(crate) use set::{AgentSet, Slot};
pub(crate) use strategy::choose;
pub(crate) use strategy::random::hash;
pub(crate) use strategy::weighted_round_robin::after_choice as after_weighted_choice;
