//! Substitutes: the agents who stand in for others.

use rustc_hash::FxHashMap;

use super::Roster;
use super::agent_set::AgentSet;
use super::handle::AgentSlot;
use crate::model::{Agent, Id};

static NOBODY: AgentSet = AgentSet::NOBODY;

/// The agents who have a substitute.
#[derive(Debug, Clone, Default)]
pub(super) struct Substituted {
    all: AgentSet,
    by_substitute: FxHashMap<Id, AgentSet>,
}

impl Substituted {
    /// Puts an agent where the new entry belongs, and takes it out where the entry before belonged.
    pub fn seat(&mut self, slot: AgentSlot, before: Option<&Agent>, after: Option<&Agent>) {
        let substitute_of = |agent: Option<&Agent>| agent.and_then(|agent| agent.substitute.clone());
        let (before, after) = (substitute_of(before), substitute_of(after));
        if before == after {
            return;
        }
        if let Some(theirs) = before.as_ref().and_then(|before| self.by_substitute.get_mut(before)) {
            theirs.remove(slot);
        }
        if let Some(before) = before.filter(|before| self.of(before).is_empty()) {
            self.by_substitute.remove(&before);
        }
        self.all.set(slot, after.is_some());
        if let Some(after) = after {
            self.by_substitute.entry(after).or_default().insert(slot);
        }
    }

    /// Returns the agents whose substitute an agent is.
    pub fn of(&self, substitute: &Id) -> &AgentSet {
        self.by_substitute.get(substitute).unwrap_or(&NOBODY)
    }
}

impl Roster {
    /// Returns the agents who have a substitute.
    pub fn substituted(&self) -> &AgentSet {
        &self.substituted.all
    }

    /// Returns the agents whose substitute an agent is.
    pub fn substituted_by(&self, slot: AgentSlot) -> &AgentSet {
        self.member(slot).map_or(&NOBODY, |member| self.substituted.of(&member.entry.id))
    }

    /// Returns the substitute of an agent, theirs, and so on. Where they are a circle, it ends after everyone in it was
    /// returned at least once.
    pub fn substitutes(&self, slot: AgentSlot) -> impl Iterator<Item = AgentSlot> {
        let next = |slot: AgentSlot| self.slot(self.member(slot)?.entry.substitute.as_ref()?);
        // A circle is found by Brent's algorithm: it comes back to an agent who was marked after 1, 2, 4 … substitutes.
        let (mut last, mut marked, mut since, mut marks_after) = (slot, slot, 0, 1);
        std::iter::from_fn(move || {
            last = next(last).filter(|next| *next != marked)?;
            since += 1;
            if since == marks_after {
                (marked, since, marks_after) = (last, 0, marks_after * 2);
            }
            Some(last)
        })
    }
}
