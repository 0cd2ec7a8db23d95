//! Substitutes: the agents who stand in for others.

use rustc_hash::FxHashMap;

use super::Roster;
use super::agent_set::AgentSet;
use super::handle::AgentSlot;
use crate::model::{Agent, Id};

/// The largest number of substitutes, each of the one before, who are asked in turn: a document whose agents are one long
/// chain costs no more than others.
pub(crate) const MOST_IN_TURN: usize = 10;

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

    /// Returns the substitute of an agent, theirs, and so on, up to [`MOST_IN_TURN`]. Where they are a circle, it comes round.
    pub fn substitutes(&self, slot: AgentSlot) -> impl Iterator<Item = AgentSlot> {
        let next = |slot: &AgentSlot| self.slot(self.member(*slot)?.entry.substitute.as_ref()?);
        std::iter::successors(next(&slot), next).take(MOST_IN_TURN)
    }
}
