//! Who is available at an instant, among very many, asked again and again.

use std::sync::Mutex;

use rustc_hash::FxHashMap;

use crate::availability::{AgentSet, Roster, State};
use crate::desk::state::DeskState;
use crate::model::Id;
use crate::time::{Instant, Span};

/// Those who are available at an instant.
#[derive(Debug, Clone)]
pub struct Available<'a> {
    pub(super) roster: &'a Roster,
    pub(super) set: AgentSet,
}

impl<'a> Available<'a> {
    /// Their ids, in document order.
    pub fn iter(&self) -> impl Iterator<Item = &'a Id> + '_ {
        let roster = self.roster;
        self.set.iter().filter_map(move |slot| roster.member(slot).map(|member| &member.entry.id))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.set.len()
    }

    /// Whether nobody is available.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Whether an agent is among them.
    pub fn contains(&self, agent: &str) -> bool {
        self.roster.slot(agent).is_some_and(|slot| self.set.contains(slot))
    }
}

/// The last answer, and the span for which it holds; of no meaning but speed.
#[derive(Debug, Default)]
pub struct Memo(Mutex<Option<Answer>>);

#[derive(Debug)]
struct Answer {
    /// The number of the last event: what a command changes makes the answer another.
    seq: u64,
    holds: Span,
    available: AgentSet,
}

impl Clone for Memo {
    fn clone(&self) -> Self {
        Memo::default()
    }
}

impl Memo {
    pub fn available(&self, state: &DeskState, at: Instant) -> AgentSet {
        // A poisoned lock holds an answer all the same: it is replaced whole.
        let mut memo = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(answer) = memo.as_ref().filter(|answer| answer.seq == state.seq && answer.holds.contains(at)) {
            return answer.available.clone();
        }
        let (available, holds) = state.available(at);
        *memo = Some(Answer { seq: state.seq, holds, available: available.clone() });
        available
    }
}

impl DeskState {
    /// Those who are available at an instant, and a span around it in which nothing about that changes.
    fn available(&self, at: Instant) -> (AgentSet, Span) {
        let mut holds = Span::new(Instant::MIN, Instant::MAX);
        let mut available = AgentSet::default();
        // Those whose schedule alone decides share the answer of their calendar and absences.
        let mut answers = FxHashMap::default();
        for (slot, member) in self.roster.members() {
            let Some(presence) = self.presence(slot) else { continue };
            let plain = if presence.is_plain() { member.schedule.shared_key() } else { None };
            let known = plain.and_then(|key| answers.get(&key).copied());
            let open = known.unwrap_or_else(|| {
                let stretch = presence.stretch_at(at);
                holds = holds.intersection(&Span::new(stretch.start, stretch.end));
                stretch.reason.state() == State::Available
            });
            if let Some(key) = plain.filter(|_| known.is_none()) {
                answers.insert(key, open);
            }
            if open {
                available.insert(slot);
            }
        }
        (available, holds)
    }
}
