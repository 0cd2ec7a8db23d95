//! The status of an agent, and when it changes.

use super::check_range;
use crate::availability::unknown::unknown_agent;
use crate::availability::{AgentSlot, Availability, Period, Presence, Reason, State, Status};
use crate::deadline::{self, NowAndThen};
use crate::model::{Agent, Id};
use crate::problem::{Code, Problem};
use crate::time::{Instant, Span, Zone};

/// The largest number of periods in one schedule.
const MOST_PERIODS: usize = 1_000_000;

impl Availability {
    /// The availability of an agent at an instant: state, reason, since and until.
    ///
    /// A manual status is taken as it is known now; for instants before it was set, the schedule answers.
    ///
    /// # Errors
    /// `unknown_agent`.
    ///
    /// ```
    /// use frontdesk::{Desk, Reason, time::Instant};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "America/Vancouver", "agents": [{"id": "ann",
    ///     "working_hours": [{"days": ["mon"], "start": "09:00", "end": "17:00"}]}]}"#).unwrap();
    /// // Vancouver stays at UTC-7 from November 2026 on.
    /// let status = desk.status("ann", Instant::parse("2026-11-23T16:00:00Z")?)?;
    /// assert_eq!(status.reason, Reason::WorkingHours);
    /// assert_eq!(status.until.unwrap().to_string(), "2026-11-24T00:00:00.000Z");
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn status(&self, agent: &str, at: Instant) -> Result<Status, Problem> {
        let slot = self.slot(agent)?;
        self.status_of(slot, at).ok_or_else(|| unknown_agent(agent))
    }

    /// Returns the slot of an agent, valid while the agent exists; for bindings, where passing a name is slow.
    #[doc(hidden)]
    pub fn slot_of(&self, agent: &str) -> Option<u32> {
        self.roster.slot(agent).map(|slot| slot.index() as u32)
    }

    /// The status of the agent in a slot of this desk; none once it is gone.
    #[doc(hidden)]
    pub fn status_in(&self, slot: u32, at: Instant) -> Option<Status> {
        self.status_of(AgentSlot::of(slot as usize), at)
    }

    /// The agents of the desk with their zone, in document order.
    pub fn agents(&self) -> impl Iterator<Item = &Agent> {
        self.roster.members().map(|(_, member)| &*member.entry)
    }

    /// The zone of the desk: that of agents, inboxes and stories for which nothing else is said.
    pub fn time_zone(&self) -> &Zone {
        &self.roster.time_zone
    }

    /// Returns the zone of an agent.
    ///
    /// # Errors
    /// `unknown_agent`.
    pub fn zone_of(&self, agent: &str) -> Result<&Zone, Problem> {
        let slot = self.slot(agent)?;
        Ok(self.roster.member(slot).map_or(&self.roster.time_zone, |member| &member.zone))
    }

    /// The next instant at which an agent's state or reason changes; none when nothing is in sight until 2200.
    ///
    /// # Errors
    /// `unknown_agent`.
    pub fn next_change(&self, agent: &str, at: Instant) -> Result<Option<Instant>, Problem> {
        let presence = self.presence_of(agent)?;
        let end = presence.stretch_at(at).end;
        Ok((end < Instant::MAX).then_some(end))
    }

    /// The first instant from `at` on at which an agent is available; none when that is not in sight.
    ///
    /// # Errors
    /// `unknown_agent`.
    pub fn next_available(&self, agent: &str, at: Instant) -> Result<Option<Instant>, Problem> {
        let next = self.presence_of(agent)?.next_with(State::Available, at);
        Ok((next < Instant::MAX).then_some(next))
    }

    /// An agent's states and reasons over a range, clipped to it: they tile it without gap or overlap.
    ///
    /// # Errors
    /// `unknown_agent`; `invalid_value` when the range ends before it starts; `too_many_occurrences` for more than 100,000
    /// occurrences of repeated absences in it, or for more than 1,000,000 periods.
    pub fn schedule(&self, agent: &str, range: Span) -> Result<Vec<Period>, Problem> {
        let presence = self.presence_of(agent)?;
        check_range(range)?;
        presence.schedule.check(range)?;
        let mut periods = Vec::new();
        let (mut at, mut watch) = (range.start, NowAndThen::default());
        while at < range.end {
            if watch.is_up() {
                return Err(deadline::time_is_up());
            }
            if periods.len() == MOST_PERIODS {
                let message = format!(
                    "the schedule changes more than {MOST_PERIODS} times from {} to {}",
                    range.start, range.end
                );
                return Err(Problem::new(Code::TooManyOccurrences, message).with_hint("ask about a shorter range"));
            }
            let stretch = presence.stretch_at(at);
            let span = Span::new(at, stretch.end.min(range.end));
            periods.push(Period { span, state: stretch.reason.state(), reason: stretch.reason });
            at = span.end;
        }
        Ok(periods)
    }

    /// The ids of all teams, in the order of the document.
    pub fn teams(&self) -> impl Iterator<Item = &Id> {
        self.roster.teams().map(|team| &team.id)
    }

    pub(crate) fn slot(&self, agent: &str) -> Result<AgentSlot, Problem> {
        self.roster.slot(agent).ok_or_else(|| {
            let known = self.roster.members().map(|(_, member)| member.entry.id.as_str());
            unknown_agent(agent).suggesting(agent, known)
        })
    }

    pub(super) fn presence_of(&self, agent: &str) -> Result<Presence<'_>, Problem> {
        let slot = self.slot(agent)?;
        self.presence(slot).ok_or_else(|| unknown_agent(agent))
    }

    /// The status of an agent.
    pub(crate) fn status_of(&self, slot: AgentSlot, at: Instant) -> Option<Status> {
        let presence = self.presence(slot)?;
        let stretch = presence.stretch_at(at);
        let mut status = Status::of(stretch);
        if let Some(manual) = presence.manual_at(at) {
            status.status.clone_from(&manual.status);
            status.by.clone_from(&manual.by);
            status.note.clone_from(&manual.note);
        } else if stretch.reason == Reason::OutOfOffice {
            status.note = presence.schedule.note_at(at);
        }
        Some(status)
    }
}
