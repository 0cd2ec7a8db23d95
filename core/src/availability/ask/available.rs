//! The agents available at an instant, cached for repeated questions on large desks.

use std::sync::Mutex;

use rustc_hash::FxHashMap;

use super::Scope;
use crate::availability::{AgentSet, Availability, Roster, State};
use crate::model::Id;
use crate::problem::Problem;
use crate::time::{Instant, Span};

/// The agents who are available at an instant.
#[derive(Debug, Clone)]
pub struct Available<'a> {
    roster: &'a Roster,
    set: AgentSet,
}

impl<'a> Available<'a> {
    /// Returns the ids in document order.
    pub fn iter(&self) -> impl Iterator<Item = &'a Id> + '_ {
        let roster = self.roster;
        self.set.iter().filter_map(move |slot| roster.member(slot).map(|member| &member.entry.id))
    }

    /// Returns the number of agents.
    pub fn count(&self) -> usize {
        self.set.len()
    }

    /// Returns `true` if nobody is available.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Returns `true` if an agent is among them.
    pub fn contains(&self, agent: &str) -> bool {
        self.roster.slot(agent).is_some_and(|slot| self.set.contains(slot))
    }
}

/// A cache of the last answer, with the span for which it holds.
#[derive(Debug, Default)]
pub struct Memo(Mutex<Option<Answer>>);

#[derive(Debug)]
struct Answer {
    /// The number of changes of the state at the time of the answer; a later change may change the answer.
    changes: u64,
    holds: Span,
    available: AgentSet,
}

impl Clone for Memo {
    fn clone(&self) -> Self {
        Memo::default()
    }
}

impl Memo {
    fn available(&self, availability: &Availability, at: Instant) -> AgentSet {
        // An answer behind a poisoned lock is still whole, because answers are replaced as a whole.
        let mut memo = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(answer) =
            memo.as_ref().filter(|answer| answer.changes == availability.changes && answer.holds.contains(at))
        {
            return answer.available.clone();
        }
        let (available, holds) = availability.available_at(at);
        *memo = Some(Answer { changes: availability.changes, holds, available: available.clone() });
        available
    }
}

impl Availability {
    /// Returns the agents who are available at an instant, in document order.
    ///
    /// # Errors
    /// `unknown_team` or `unknown_inbox`.
    ///
    /// ```
    /// use frontdesk::{Desk, Scope, time::Instant};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"},
    ///     {"id": "bo", "active": false}]}"#).unwrap();
    /// let available = desk.available(&Scope::Everyone, Instant::parse("2026-11-20T09:00:00Z")?)?;
    /// assert_eq!(available.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["anna"]);
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn available(&self, scope: &Scope, at: Instant) -> Result<Available<'_>, Problem> {
        let mut set = self.memo.available(self, at);
        if *scope != Scope::Everyone {
            set.keep(&self.scope(scope)?.into_iter().collect());
        }
        Ok(Available { roster: &self.roster, set })
    }

    /// Returns the agents available at an instant, and a span around it during which they stay the same.
    fn available_at(&self, at: Instant) -> (AgentSet, Span) {
        let mut holds = Span::new(Instant::MIN, Instant::MAX);
        let mut available = AgentSet::default();
        // Agents whose status is that of their schedule share the answer of its calendar and absences.
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
