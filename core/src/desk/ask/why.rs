//! The explanation of why nobody has a conversation yet: the agents considered for it now, step by step.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::desk::Desk;
use crate::desk::decide::{Among, StepExplanation};
use crate::desk::event::{Decision, is_zero};
use crate::desk::state::{ConversationRef, DeskState, Route};
use crate::model::Id;
use crate::problem::{Code, Problem, shortened};
use crate::routing::{Considered, Explanation, Failure};
use crate::time::Instant;

/// A step that may take a conversation, or a team in which it is distributed, with the result for every agent of its target.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(transform = crate::schema::chosen_by_nobody))]
pub struct StepConsidered {
    /// The team in which it is distributed; absent if the rule routes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The rule, the step and the strategy.
    #[serde(flatten)]
    pub decision: Decision,
    /// The agents whom the step names, or the members of the team, in document order.
    pub considered: Vec<Considered>,
    /// The number of the desk's other agents.
    #[serde(skip_serializing_if = "is_zero")]
    pub not_in_target: usize,
    /// The failure of the script of the step, if there was one: its `on_error` then applies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<Box<Failure>>,
    /// The log of the script of the step.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub trace: Vec<String>,
}

impl Desk {
    /// Returns the agents considered for a conversation now, at each of the steps it has reached, and the number of the others.
    /// The list is empty for a conversation that is not routed.
    ///
    /// ```
    /// use frontdesk::Desk;
    ///
    /// let mut desk = Desk::from_json(r#"{
    ///     "version": 1, "time_zone": "UTC", "agents": [{"id": "anna", "capacity": 0}, {"id": "bo"}, {"id": "cy"}],
    ///     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
    ///         "rules": [{"id": "vip", "steps": [{"assign_to": {"agents": ["anna"]}}]}]}]}]
    /// }"#).unwrap();
    /// desk.handle_json(
    ///     r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#,
    /// ).unwrap();
    ///
    /// let steps = desk.why("c1").unwrap();
    /// assert_eq!((steps[0].considered[0].agent.as_str(), steps[0].not_in_target), ("anna", 2));
    /// ```
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
        if let Some(in_team) = state.explain_team(reference, at) {
            return Ok(vec![in_team]);
        }
        let route = state.route_of(reference);
        Ok(route.map(|(rule, route)| state.explain_steps(reference, &rule, route, at)).unwrap_or_default())
    }
}

impl DeskState {
    /// Returns the explanation of a conversation that is distributed in a team.
    fn explain_team(&self, reference: ConversationRef, at: Instant) -> Option<StepConsidered> {
        let for_team = self.conversation(reference)?.for_team.as_ref()?;
        let step = self.explain(reference, Among::Team, at)?;
        Some(StepConsidered { team: Some(for_team.team.clone()), ..StepConsidered::of(step) })
    }

    /// Returns the explanation of each of the steps that a conversation has reached.
    fn explain_steps(&self, reference: ConversationRef, rule: &Id, route: Route, at: Instant) -> Vec<StepConsidered> {
        let steps = route.from.through(route.reached).filter_map(|step| {
            let mut explained = StepConsidered::of(self.explain(reference, Among::Step(route.rule, step), at)?);
            explained.decision.rule = Some(rule.clone());
            explained.decision.step = Some(step.number());
            Some(explained)
        });
        steps.collect()
    }
}

impl StepConsidered {
    fn of(step: StepExplanation) -> StepConsidered {
        let StepExplanation { by, explanation, failure, log } = step;
        let Explanation { considered, not_in_target, .. } = explanation;
        let decision = Decision { rule: None, step: None, strategy: by, weights: BTreeMap::new() };
        StepConsidered { team: None, decision, considered, not_in_target, failed: failure, trace: log }
    }
}
