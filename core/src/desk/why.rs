//! Why nobody has a conversation yet: who is considered for it now, step by step.

use serde::Serialize;

use super::Desk;
use super::conversation::Ref;
use super::event::Decision;
use super::state::Core;
use crate::model::Id;
use crate::problem::{Code, Problem};
use crate::routing::Considered;
use crate::time::Instant;

/// A step that may take a conversation, and how every agent fares there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepConsidered {
    /// Rule, step and strategy.
    #[serde(flatten)]
    pub decision: Decision,
    /// Every agent, in document order.
    pub considered: Vec<Considered>,
}

impl Desk {
    /// Who is considered for a conversation now, at each of the steps it has reached. None for one that is not routed.
    ///
    /// # Errors
    /// `unknown_conversation`.
    pub fn why(&self, conversation: &str) -> Result<Vec<StepConsidered>, Problem> {
        let core = &self.core;
        let reference = core.find(conversation).ok_or_else(|| {
            Problem::new(Code::UnknownConversation, format!("there is no conversation {conversation:?}"))
        })?;
        Ok(core.clock.map(|at| core.consider_steps(reference, at)).unwrap_or_default())
    }
}

impl Core {
    /// How everyone fares at each of the steps that a conversation has reached.
    pub fn consider_steps(&self, reference: Ref, at: Instant) -> Vec<StepConsidered> {
        let Some((rule, route)) = self.route_of(reference) else { return Vec::new() };
        let steps = (route.from..=route.reached).filter_map(|index| {
            let strategy = self.step(reference, route.rule, index)?.strategy;
            let pool = self.pool(reference, route.rule, index, at)?;
            let decision = Decision { rule: rule.clone(), step: index + 1, strategy: Id::from(strategy.as_str()) };
            Some(StepConsidered { decision, considered: pool.consider(strategy, |slot| self.status(slot, at)) })
        });
        steps.collect()
    }
}
