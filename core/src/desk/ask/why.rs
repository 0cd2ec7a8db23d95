//! Why nobody has a conversation yet: who is considered for it now, step by step.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::desk::Desk;
use crate::desk::event::Decision;
use crate::desk::state::{ConversationRef, DeskState, Route};
use crate::model::Id;
use crate::problem::{Code, Problem, shortened};
use crate::routing::{Considered, Failure};
use crate::time::Instant;

/// A step that may take a conversation, and how every agent fares there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepConsidered {
    /// Rule, step and strategy.
    #[serde(flatten)]
    pub decision: Decision,
    /// Every agent, in document order.
    pub considered: Vec<Considered>,
    /// How the script of the step failed, if it did: then its `on_error` counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<Box<Failure>>,
    /// What the script of the step wrote down.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trace: Vec<String>,
}

impl Desk {
    /// Who is considered for a conversation now, at each of the steps it has reached. None for one that is not routed.
    ///
    /// # Errors
    /// `unknown_conversation`.
    pub fn why(&self, conversation: &str) -> Result<Vec<StepConsidered>, Problem> {
        let state = &self.state;
        let reference = state.find(conversation).ok_or_else(|| {
            Problem::new(
                Code::UnknownConversation,
                format!("there is no conversation {conversation:?}", conversation = shortened(conversation)),
            )
        })?;
        let now = state.clock.zip(state.route_of(reference));
        Ok(now.map(|(at, (rule, route))| state.consider_steps(reference, &rule, route, at)).unwrap_or_default())
    }
}

impl DeskState {
    /// How everyone fares at each of the steps that a conversation has reached.
    pub fn consider_steps(
        &self,
        reference: ConversationRef,
        rule: &Id,
        route: Route,
        at: Instant,
    ) -> Vec<StepConsidered> {
        let steps = (route.from..=route.reached).filter_map(|index| {
            let considered = self.consider_step(reference, route.rule, index, at)?;
            let (by, considered, failed, trace) = considered;
            let decision = Decision { rule: rule.clone(), step: index + 1, strategy: by, weights: BTreeMap::new() };
            Some(StepConsidered { decision, considered, failed, trace })
        });
        steps.collect()
    }
}
