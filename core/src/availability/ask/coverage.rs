//! The number of available agents over a range, and their ids.

use rustc_hash::FxHashMap;

use super::{Scope, check_range};
use crate::availability::coverage::{self, MOST_CHANGES};
use crate::availability::{AgentSlot, Availability, Coverage, CoverageStep, Presence, Staffed, StaffedStep};
use crate::model::Id;
use crate::problem::{Code, Problem};
use crate::time::{Duration, Span};

/// The largest number of agents in all spans or steps of one answer together.
const MOST_NAMES: usize = 1_000_000;

fn too_many_names() -> Problem {
    Problem::new(Code::OutOfRange, "an answer names at most 1,000,000 agents in all")
        .with_hint("ask for a shorter range, for a team, or for numbers alone")
}

fn check_steps(range: Span, step: Duration) -> Result<(), Problem> {
    const MOST_STEPS: i64 = 1_000_000;
    if step.millis() == 0 || range.millis() / step.millis() > MOST_STEPS {
        return Err(Problem::new(Code::OutOfRange, "a range has at most 1,000,000 steps, each longer than 0s"));
    }
    Ok(())
}

impl Availability {
    /// Returns the number of available agents over a range, as exact spans that tile it.
    ///
    /// # Errors
    /// `unknown_team` or `unknown_inbox`; `invalid_value` if the range ends before it starts; `too_many_occurrences` for
    /// more than 100,000 occurrences of one agent's repeated absences in it, or for more than 4,000,000 changes in all, where
    /// agents with the same schedule count once.
    pub fn coverage(&self, scope: &Scope, range: Span) -> Result<Vec<Coverage>, Problem> {
        self.coverage_within(scope, range, &mut { MOST_CHANGES })
    }

    /// Returns the number of available agents over a range, in steps of a length.
    ///
    /// # Errors
    /// As [`coverage`](Self::coverage); `out_of_range` for a step of no length, or for more than 1,000,000 steps.
    pub fn coverage_steps(&self, scope: &Scope, range: Span, step: Duration) -> Result<Vec<CoverageStep>, Problem> {
        check_steps(range, step)?;
        Ok(coverage::steps(&self.coverage(scope, range)?, range, step))
    }

    /// Returns the available agents over a range, as exact spans that tile it: a new one begins at each change.
    ///
    /// # Errors
    /// As [`coverage`](Self::coverage); `out_of_range` if the spans contain more than 1,000,000 agents in all.
    ///
    /// ```
    /// use frontdesk::{Desk, Scope, time::{Instant, Span}};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"},
    ///     {"id": "bo", "working_hours": [{"days": ["fri"], "start": "12:00", "end": "17:00"}]}]}"#).unwrap();
    /// let day = Span::new(Instant::parse("2026-11-20T09:00:00Z")?, Instant::parse("2026-11-20T14:00:00Z")?);
    /// let who: Vec<usize> = desk.staffing(&Scope::Everyone, day)?.iter().map(|it| it.agents.len()).collect();
    /// assert_eq!(who, [1, 2]);
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn staffing(&self, scope: &Scope, range: Span) -> Result<Vec<Staffed>, Problem> {
        let (slots, spans) = self.staffed(scope, range)?;
        let named = |(span, places): (Span, Vec<usize>)| Staffed { span, agents: self.named(&slots, &places) };
        Ok(spans.into_iter().map(named).collect())
    }

    /// Returns the agents available at the start of each step of a range, with steps of a length.
    ///
    /// # Errors
    /// As [`coverage_steps`](Self::coverage_steps) and [`staffing`](Self::staffing).
    pub fn staffing_steps(&self, scope: &Scope, range: Span, step: Duration) -> Result<Vec<StaffedStep>, Problem> {
        check_steps(range, step)?;
        let (slots, spans) = self.staffed(scope, range)?;
        let steps = coverage::staffed_steps(&spans, range, step, MOST_NAMES).ok_or_else(too_many_names)?;
        let named = |(step, places): (CoverageStep, Vec<usize>)| StaffedStep {
            span: step.span,
            agents: self.named(&slots, &places),
            least: step.least,
        };
        Ok(steps.into_iter().map(named).collect())
    }

    /// Returns the agents of a scope, and the spans of a range with the indices of the available ones among them.
    #[expect(clippy::type_complexity, reason = "agents and spans belong together, and go no further than here")]
    fn staffed(&self, scope: &Scope, range: Span) -> Result<(Vec<AgentSlot>, Vec<(Span, Vec<usize>)>), Problem> {
        check_range(range)?;
        let slots = self.scope(scope)?;
        let agents: Vec<_> = slots.iter().filter_map(|slot| self.presence(*slot)).collect();
        agents.iter().try_for_each(|presence| presence.schedule.check(range))?;
        let spans = coverage::staffed_spans(agents.into_iter(), range, MOST_NAMES).ok_or_else(too_many_names)?;
        Ok((slots, spans))
    }

    /// Returns the number of each team's main members available over a range.
    ///
    /// # Errors
    /// As [`coverage`](Self::coverage).
    pub fn coverage_by_team(&self, range: Span) -> Result<Vec<(Id, Vec<Coverage>)>, Problem> {
        let mut room = MOST_CHANGES;
        let of = |team: &Id| Ok((team.clone(), self.coverage_within(&Scope::Team(team.clone()), range, &mut room)?));
        self.teams().map(of).collect()
    }

    /// Returns the ids of the agents at some indices of a list.
    fn named(&self, slots: &[AgentSlot], places: &[usize]) -> Vec<Id> {
        places.iter().filter_map(|place| self.roster.agent_id(*slots.get(*place)?)).collect()
    }

    /// Returns the number of available agents of a scope over a range; `room` is the number of further changes allowed.
    fn coverage_within(&self, scope: &Scope, range: Span, room: &mut usize) -> Result<Vec<Coverage>, Problem> {
        check_range(range)?;
        // Agents whose status is that of the same schedule change together.
        let mut known: FxHashMap<_, usize> = FxHashMap::default();
        let mut agents: Vec<(Presence<'_>, u32)> = Vec::new();
        for presence in self.scope(scope)?.into_iter().filter_map(|slot| self.presence(slot)) {
            let key = if presence.is_plain() { presence.schedule.shared_key() } else { None };
            let place = key.map_or(agents.len(), |key| *known.entry(key).or_insert(agents.len()));
            match agents.get_mut(place) {
                Some((_, count)) => *count += 1,
                None => {
                    presence.schedule.check(range)?;
                    agents.push((presence, 1));
                }
            }
        }
        coverage::spans(&agents, range, room)
    }
}
