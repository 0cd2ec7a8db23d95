//! The agents available at an instant, cached for repeated questions on large desks.

use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use super::Scope;
use crate::availability::{AgentSet, AgentSlot, Availability, Roster, State};
use crate::model::Id;
use crate::problem::Problem;
use crate::time::{Instant, Span};

/// The agents who are available at an instant.
#[derive(Debug, Clone)]
pub struct Available<'a> {
    roster: &'a Roster,
    set: Arc<AgentSet>,
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

/// A cache of answers, each with the span for which it holds.
#[derive(Debug, Default)]
pub struct Memo(Mutex<Known>);

impl Clone for Memo {
    fn clone(&self) -> Self {
        Memo::default()
    }
}

/// Answers that hold until the next change of the state, which may change all of them.
#[derive(Debug, Default)]
struct Known {
    /// The number of changes of the state at the time of the answers.
    changes: u64,
    answers: FxHashMap<Scope, Answer>,
    by_schedule: Option<BySchedule>,
}

#[derive(Debug)]
struct Answer {
    holds: Span,
    available: Arc<AgentSet>,
}

impl Memo {
    /// The number of scopes whose answers are kept.
    const MOST: usize = 64;

    fn available(&self, availability: &Availability, scope: &Scope, at: Instant) -> Result<Arc<AgentSet>, Problem> {
        // An answer behind a poisoned lock is still whole, because answers are replaced as a whole.
        let mut known = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if known.changes != availability.changes {
            *known = Known { changes: availability.changes, ..Known::default() };
        }
        if let Some(answer) = known.answers.get(scope).filter(|answer| answer.holds.contains(at)) {
            return Ok(Arc::clone(&answer.available));
        }
        let (available, holds) = match scope {
            Scope::Everyone => {
                let by_schedule = known.by_schedule.get_or_insert_with(|| BySchedule::of(availability));
                availability.available_at(by_schedule.0.iter().map(Vec::as_slice), at)
            }
            _ => {
                let agents = availability.scope(scope)?;
                availability.available_at(agents.iter().map(std::slice::from_ref), at)
            }
        };
        let available = Arc::new(available);
        if known.answers.len() >= Self::MOST {
            known.answers.clear();
        }
        known.answers.insert(scope.clone(), Answer { holds, available: Arc::clone(&available) });
        Ok(available)
    }
}

/// All agents, in groups that are available at the same instants.
#[derive(Debug)]
struct BySchedule(Vec<Vec<AgentSlot>>);

impl BySchedule {
    fn of(availability: &Availability) -> BySchedule {
        let mut groups: Vec<Vec<AgentSlot>> = Vec::new();
        let mut known = FxHashMap::default();
        for (slot, member) in availability.roster.members() {
            // Agents whose status is that of their schedule share the answer of its calendar and absences.
            let is_plain = availability.presence(slot).is_some_and(|presence| presence.is_plain());
            let key = member.schedule.shared_key().filter(|_| is_plain);
            let next = groups.len();
            let index = key.map_or(next, |key| *known.entry(key).or_insert(next));
            match groups.get_mut(index) {
                Some(group) => group.push(slot),
                None => groups.push(vec![slot]),
            }
        }
        BySchedule(groups)
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
        Ok(Available { roster: &self.roster, set: self.memo.available(self, scope, at)? })
    }

    /// Returns the agents available at an instant, of groups that are so at the same instants, and a span around it during which
    /// they stay the same.
    fn available_at<'a>(&self, groups: impl Iterator<Item = &'a [AgentSlot]>, at: Instant) -> (AgentSet, Span) {
        let mut holds = Span::new(Instant::MIN, Instant::MAX);
        let mut available = AgentSet::default();
        for group in groups {
            let Some(presence) = group.first().and_then(|slot| self.presence(*slot)) else { continue };
            let stretch = presence.stretch_at(at);
            holds = holds.intersection(&Span::new(stretch.start, stretch.end));
            if stretch.reason.state() == State::Available {
                group.iter().for_each(|slot| available.insert(*slot));
            }
        }
        (available, holds)
    }
}
