//! Changes of agents' statuses, by hand and by the schedule, as events.

use std::sync::Arc;

use crate::availability::{AgentSlot, Reason, State, Status};
use crate::desk::command::Until;
use crate::desk::decide::Decider;
use crate::desk::decide::perform::{Done, later_than};
use crate::desk::event::{EventKind, NoticeKind, Setting, UnassignedBecause};
use crate::desk::state::Resolved;
use crate::model::{Id, OnAway, StatusName};
use crate::problem::{Code, Problem, shortened};
use crate::time::Instant;

impl Decider<'_> {
    /// Emits the status of an agent at an instant, after a turn of the schedule or the end of a manual status. An absence that
    /// begins withdraws the agent's offers.
    pub fn announce_turn(&mut self, slot: AgentSlot, at: Instant) {
        if let Some((agent, status)) = self.state.roster.agent_id(slot).zip(self.state.status_of(slot, at)) {
            let by = self.by.clone().or_else(|| status.by.clone());
            let requeue_at = self.state.requeue_at(slot, status.reason, at);
            let is_absent = status.reason == Reason::OutOfOffice;
            let kind = status_changed(agent, status, None, requeue_at);
            self.happen(at, Resolved::of_agent(slot), kind, by, None);
            if is_absent {
                self.withdraw_offers_of(slot, at);
            }
        }
    }

    /// Carries out a `set_status`.
    pub fn set_status_by_hand(
        &mut self,
        agent: &Id,
        status: &StatusName,
        until: Option<Until>,
        note: Option<String>,
        at: Instant,
    ) -> Done {
        let slot = self.slot(agent)?;
        let state = self.state.state_of(status)?;
        if state == State::Available && until.is_some() {
            return Err(no_end(status));
        }
        let until = until.map(|until| later_than(at, until)).transpose()?;
        let set = Setting { status: status.clone(), until, missed_offers: false, reason: None };
        let is_set = self.set_status(slot, at, set, note);
        if state == State::Available {
            return Ok(());
        }
        let by_other = self.by.as_ref().is_some_and(|by| by != agent);
        if by_other && is_set {
            let agent = agent.clone();
            self.emit(at, Resolved::of_agent(slot), EventKind::Notice { agent, notice: NoticeKind::SetAwayByOther });
        }
        self.withdraw_offers_of(slot, at);
        if !by_other && self.state.roster.settings.on_away == OnAway::Requeue {
            self.take_away(slot, UnassignedBecause::AgentAway, at);
        }
        Ok(())
    }

    /// Unassigns all conversations that an agent holds, to be routed again.
    fn take_away(&mut self, slot: AgentSlot, reason: UnassignedBecause, at: Instant) {
        let Some(agent) = self.state.roster.agent_id(slot) else { return };
        for reference in self.state.held_by(slot) {
            self.unassign(reference, Some(agent.clone()), reason, true, at);
        }
    }

    /// Sets the status of an agent, unless it stays as it is. Returns `true` if it was set.
    pub fn set_status(&mut self, slot: AgentSlot, at: Instant, set: Setting, note: Option<String>) -> bool {
        let Some(agent) = self.state.roster.agent_id(slot) else { return false };
        let Some((set, stretch)) = self.state.status_after(slot, at, set, self.by.as_ref()) else { return false };
        let own = set.status.own().filter(|_| stretch.reason.is_set_by_hand()).cloned();
        let status = Status { status: own, note: note.map(Arc::from), ..Status::of(stretch) };
        self.emit(at, Resolved::of_agent(slot), status_changed(agent, status, Some(set), None));
        true
    }
}

fn status_changed(agent: Id, status: Status, set: Option<Setting>, requeue_at: Option<Instant>) -> EventKind {
    let Status { state, reason, until, status, note, .. } = status;
    let note = note.as_deref().map(str::to_owned);
    EventKind::StatusChanged { agent, state, reason, until, status, note, set, requeue_at }
}

/// Returns the problem of an end for a status that is not away.
fn no_end(status: &StatusName) -> Problem {
    let message = format!("{status} is no away: only an away can be for a while", status = shortened(status.as_str()));
    Problem::new(Code::Conflict, message).with_hint("an available holds until the next end of working hours by itself")
}
