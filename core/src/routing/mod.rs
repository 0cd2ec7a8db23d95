//! Choosing an agent for a conversation: rules, eligibility, strategies, and the decision with its trace.

mod eligibility;
mod explanation;
pub(crate) mod extension;
mod installed;
mod ledger;
mod matching;
mod min_index;
mod named;
mod plan;
mod pool;
mod rule_book;
mod share;
mod standings;
mod strategy;

pub use eligibility::{Considered, Ineligible, IneligibleReason, Limit};
pub use extension::Failure;

pub(crate) use explanation::Explanation;
pub(crate) use installed::{Extension, InstalledExtensions, of_strategy, unknown};
pub(crate) use ledger::Ledger;
pub(crate) use matching::{Facts, Failures, Matched, matching_rule};
pub(crate) use named::{Candidates, Named, StandIns};
pub(crate) use plan::{Plan, PlanStep, RuleRef, StepRef};
pub(crate) use pool::{AgentFacts, Asked, Declines, Pool};
pub(crate) use rule_book::RuleBook;
pub(crate) use standings::{AtPace, Standing, Standings};
