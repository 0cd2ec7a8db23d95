//! Changes of agents' statuses, by hand and by the schedule, as events.

use std::sync::Arc;

use crate::availability::{AgentSlot, Reason, Status};
use crate::desk::decide::Decider;
use crate::desk::event::{EventKind, Setting};
use crate::desk::state::Resolved;
use crate::model::Id;
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
