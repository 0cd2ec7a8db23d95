//! The explanation of a decision: the agents of its target, each with the result, and the number of the others. It costs as much
//! as the target, whatever the number of agents of the desk.

use super::eligibility::Considered;
use super::pool::Pool;
use crate::availability::{AgentSlot, Status};
use crate::model::{Strategy, Tie};

/// The agents of a target with their results, and the number of the other agents of the desk.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Explanation {
    /// The agents of the target, in document order.
    slots: Vec<AgentSlot>,
    /// The result for each of them.
    pub considered: Vec<Considered>,
    pub not_in_target: usize,
}

impl Explanation {
    /// Returns the result for an agent, to change it; `None` for an agent outside of the target.
    pub fn get_mut(&mut self, slot: AgentSlot) -> Option<&mut Considered> {
        let index = self.slots.binary_search(&slot).ok()?;
        self.considered.get_mut(index)
    }

    /// Returns the explanation of two steps together: each agent with the result at the later step that names it.
    pub fn and_later(self, later: Explanation) -> Explanation {
        let agents = self.slots.len() + self.not_in_target;
        let (mut earlier, mut later) = (self.results().peekable(), later.results().peekable());
        let next = || match (earlier.peek().map(|(slot, _)| *slot), later.peek().map(|(slot, _)| *slot)) {
            (Some(one), Some(other)) if one == other => earlier.next().and(later.next()),
            (Some(one), Some(other)) if one < other => earlier.next(),
            (Some(_), None) => earlier.next(),
            _ => later.next(),
        };
        let (slots, considered): (Vec<AgentSlot>, Vec<Considered>) = std::iter::from_fn(next).unzip();
        Explanation { not_in_target: agents.saturating_sub(slots.len()), slots, considered }
    }

    fn results(self) -> impl Iterator<Item = (AgentSlot, Considered)> {
        self.slots.into_iter().zip(self.considered)
    }
}

impl Pool<'_> {
    /// Returns every agent of the target with the first check that it fails. `status` returns the status of an agent.
    pub fn explain(&self, by: Strategy, status: impl Fn(AgentSlot) -> Option<Status>) -> Explanation {
        let slots: Vec<AgentSlot> = self.target().filter(|slot| self.roster.member(*slot).is_some()).collect();
        let mut considered = Vec::with_capacity(slots.len());
        considered.extend(slots.iter().filter_map(|slot| self.consider(*slot, by, &status)));
        Explanation { not_in_target: self.roster.agent_count().saturating_sub(slots.len()), slots, considered }
    }

    fn consider(
        &self,
        slot: AgentSlot,
        by: Strategy,
        status: impl Fn(AgentSlot) -> Option<Status>,
    ) -> Option<Considered> {
        let ineligible = self.first_failure(slot, status);
        let standing = self.standings.standing(slot);
        let is_tied = ineligible.is_none() && self.tie == Tie::FewestSkills;
        Some(Considered {
            agent: self.roster.agent_id(slot)?,
            load: standing.map_or(0, |standing| standing.load),
            last_assigned: standing.and_then(|standing| standing.last_assigned_at),
            score: if ineligible.is_none() { (by.definition().score)(self, slot) } else { None },
            extra_skills: is_tied.then(|| u32::try_from(self.extra_skills(slot)).unwrap_or(u32::MAX)),
            substitute_for: self.named.stands_in_for(slot).and_then(|absent| self.roster.agent_id(absent)),
            ineligible,
        })
    }
}
