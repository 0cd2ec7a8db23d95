//! Who gets a conversation: rules, eligibility, strategies, and the decision with its trace.

mod agent_set;
mod channel;
mod eligibility;
pub(crate) mod extension;
mod handle;
mod installed;
mod ledger;
mod matching;
mod min_index;
mod pool;
mod roster;
mod share;
mod standings;
mod strategy;

pub use eligibility::{Considered, Ineligible, IneligibleReason, Limit};
pub use extension::Failure;

pub(crate) use agent_set::AgentSet;
pub(crate) use channel::{CompiledChannel, PlanStep, PlanTarget};
pub(crate) use handle::{AgentSlot, ChannelSlot, ConversationRef};
pub(crate) use installed::{Extension, InstalledExtensions, unknown};
pub(crate) use ledger::Ledger;
pub(crate) use matching::{Facts, Failures, Matched, matching_rule, passes_value};
pub(crate) use pool::{Asked, Candidates, Departures, Pool};
pub(crate) use roster::{Member, Roster};
pub(crate) use standings::{Standing, Standings};
pub(crate) use strategy::choose;
pub(crate) use strategy::random::hash;
pub(crate) use strategy::weighted_round_robin::weights_after;
