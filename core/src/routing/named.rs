//! The agents whom a step names, for one conversation.

use std::ops::Range;
use std::sync::Arc;

use crate::availability::{AgentSet, AgentSlot, BITS, Members, word_of};

/// The agents whom a step names, and those who stand in for some of them.
#[derive(Debug, Clone)]
pub(crate) struct Named<'a> {
    pub candidates: Candidates<'a>,
    pub stand_ins: Option<Arc<StandIns>>,
}

/// The agents whom a step names.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Candidates<'a> {
    /// A set that is the same for every conversation.
    Set(&'a AgentSet),
    /// The members of a team.
    Team(&'a Members),
    /// One agent, such as the contact's owner.
    One(AgentSlot),
    /// Nobody.
    Nobody,
    /// All agents: there is no target.
    Anyone,
}

/// The agents who stand in for those out of office whom a step names.
#[derive(Debug, Clone, Default)]
pub(crate) struct StandIns {
    /// Each absent agent with the substitute, in the order of the step.
    pairs: Vec<(AgentSlot, AgentSlot)>,
    absent: AgentSet,
    /// The substitutes who meet the conditions of the step.
    present: AgentSet,
}

impl StandIns {
    /// Adds an absent agent and the substitute, who may be chosen if `meets_conditions`.
    pub fn add(&mut self, absent: AgentSlot, substitute: AgentSlot, meets_conditions: bool) {
        self.pairs.push((absent, substitute));
        self.absent.insert(absent);
        if meets_conditions {
            self.present.insert(substitute);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }
}

impl<'a> From<Candidates<'a>> for Named<'a> {
    fn from(candidates: Candidates<'a>) -> Self {
        Named { candidates, stand_ins: None }
    }
}

impl Named<'_> {
    /// Returns `true` if an agent may be chosen: one whom the step names and for whom nobody stands in, or a substitute.
    pub fn contains(&self, slot: AgentSlot) -> bool {
        match &self.stand_ins {
            Some(it) if it.absent.contains(slot) => false,
            Some(it) if it.present.contains(slot) => true,
            _ => self.candidates.contains(slot),
        }
    }

    /// Returns `true` if a substitute stands in for an agent whom the step names.
    pub fn is_absent(&self, slot: AgentSlot) -> bool {
        self.stand_ins.as_ref().is_some_and(|it| it.absent.contains(slot))
    }

    /// Returns the agent in whose place an agent is chosen: the first for whom the agent stands in, unless the step names the
    /// agent as well.
    pub fn stands_in_for(&self, slot: AgentSlot) -> Option<AgentSlot> {
        let stand_ins = self.stand_ins.as_ref().filter(|it| it.present.contains(slot))?;
        let mut pairs = stand_ins.pairs.iter().filter(|_| !self.candidates.contains(slot));
        pairs.find(|(_, substitute)| *substitute == slot).map(|(absent, _)| *absent)
    }

    /// Returns the agents whom a step lists, in their order, each absent one replaced by the substitute.
    pub fn in_place(&self, listed: &[AgentSlot]) -> impl Iterator<Item = AgentSlot> {
        // The pairs are in the same order.
        let mut pairs = self.stand_ins.iter().flat_map(|it| &it.pairs).peekable();
        listed.iter().map(move |slot| pairs.next_if(|(absent, _)| absent == slot).map_or(*slot, |(_, it)| *it))
    }

    /// Returns `true` if a test holds for everyone who may be chosen. It does not if that is anyone at all.
    pub fn all(&self, test: impl Fn(AgentSlot) -> bool) -> bool {
        let is_chosen = |slot: &AgentSlot| !self.is_absent(*slot);
        let substitutes = || self.stand_ins.iter().all(|it| it.present.iter().all(&test));
        let named = || match self.candidates {
            Candidates::Set(set) => set.iter().filter(is_chosen).all(&test),
            Candidates::Team(members) => members.main.iter().chain(members.extra.iter()).all(&test),
            Candidates::One(slot) => Some(slot).filter(is_chosen).into_iter().all(&test),
            Candidates::Nobody => true,
            Candidates::Anyone => false,
        };
        named() && substitutes()
    }

    /// Returns the range of words that contain all who may be chosen.
    pub fn span(&self, access: &AgentSet) -> Range<usize> {
        let named = self.candidates.span(access);
        match &self.stand_ins {
            Some(it) => hull(named, it.present.span()),
            None => named,
        }
    }

    /// Returns those of a word who may be chosen.
    #[inline]
    pub fn word(&self, index: usize) -> u64 {
        let named = self.candidates.word(index);
        match &self.stand_ins {
            Some(it) => (named & !it.absent.word(index)) | it.present.word(index),
            None => named,
        }
    }

    /// Returns those of a word who may be chosen, or may be once they are not absent any more.
    pub fn word_with_absent(&self, index: usize) -> u64 {
        self.candidates.word(index) | self.word(index)
    }
}

/// Returns the smallest range that contains two.
fn hull(one: Range<usize>, other: Range<usize>) -> Range<usize> {
    match (one.is_empty(), other.is_empty()) {
        (true, _) => other,
        (_, true) => one,
        (false, false) => one.start.min(other.start)..one.end.max(other.end),
    }
}

impl Candidates<'_> {
    fn contains(&self, slot: AgentSlot) -> bool {
        match self {
            Candidates::Set(set) => set.contains(slot),
            Candidates::Team(members) => members.main.contains(slot) || members.extra.contains(slot),
            Candidates::One(one) => *one == slot,
            Candidates::Nobody => false,
            Candidates::Anyone => true,
        }
    }

    /// Returns the range of words that contain the candidates.
    fn span(&self, access: &AgentSet) -> Range<usize> {
        match self {
            Candidates::Set(set) => set.span(),
            Candidates::Team(members) => hull(members.main.span(), members.extra.span()),
            Candidates::One(slot) => word_of(*slot)..word_of(*slot) + 1,
            Candidates::Nobody => 0..0,
            Candidates::Anyone => access.span(),
        }
    }

    /// The agents of a word.
    #[inline]
    fn word(&self, index: usize) -> u64 {
        match self {
            Candidates::Set(set) => set.word(index),
            Candidates::Team(members) => members.main.word(index) | members.extra.word(index),
            Candidates::One(slot) if word_of(*slot) == index => 1 << (slot.index() % BITS),
            Candidates::One(_) | Candidates::Nobody => 0,
            Candidates::Anyone => u64::MAX,
        }
    }
}
