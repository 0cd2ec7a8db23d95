//! The explanation of why nobody has a conversation yet: the agents considered for it now, step by step.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::desk::Desk;
use crate::desk::decide::Among;
use crate::desk::event::Decision;
use crate::desk::state::{ConversationRef, DeskState, Route};
use crate::model::Id;
use crate::problem::{Code, Problem, shortened};
use crate::routing::{Considered, Failure};
use crate::time::Instant;

/// A step that may take a conversation, or a team in which it is distributed, with the result for every agent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepConsidered {
    /// The team in which it is distributed; absent if the rule routes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The rule, the step and the strategy.
    #[serde(flatten)]
    pub decision: Decision,
    /// Every agent, in document order.
    pub considered: Vec<Considered>,
    /// The failure of the script of the step, if there was one: its `on_error` then applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<Box<Failure>>,
    /// The log of the script of the step.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trace: Vec<String>,
}

impl Desk {
    /// Returns the agents considered for a conversation now, at each of the steps it has reached. The list is empty for a
    /// conversation that is not routed.
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
        let Some(at) = state.now() else { return Ok(Vec::new()) };
        if let Some(in_team) = state.consider_team(reference, at) {
            return Ok(vec![in_team]);
        }
        let route = state.route_of(reference);
        Ok(route.map(|(rule, route)| state.consider_steps(reference, &rule, route, at)).unwrap_or_default())
    }
}

impl DeskState {
    /// Returns the result for every agent, for a conversation that is distributed in a team.
    fn consider_team(&self, reference: ConversationRef, at: Instant) -> Option<StepConsidered> {
        let for_team = self.conversation(reference)?.for_team.as_ref()?;
        let (by, considered, failed, trace) = self.consider(reference, Among::Team, at)?;
        let decision = Decision { rule: None, step: None, strategy: by, weights: BTreeMap::new() };
        Some(StepConsidered { team: Some(for_team.team.clone()), decision, considered, failed, trace })
    }

    /// Returns the result for every agent at each of the steps that a conversation has reached.
    pub fn consider_steps(
        &self,
        reference: ConversationRef,
        rule: &Id,
        route: Route,
        at: Instant,
    ) -> Vec<StepConsidered> {
        let steps = route.from.through(route.reached).filter_map(|step| {
            let (by, considered, failed, trace) = self.consider(reference, Among::Step(route.rule, step), at)?;
            let (rule, step) = (Some(rule.clone()), Some(step.number()));
            let decision = Decision { rule, step, strategy: by, weights: BTreeMap::new() };
            Some(StepConsidered { team: None, decision, considered, failed, trace })
        });
        steps.collect()
    }
}
