//! Emitting events: each is applied to the state as it is emitted.

use crate::desk::decide::Decider;
use crate::desk::decide::run::broken;
use crate::desk::event::{Event, EventKind, VERSION};
use crate::desk::state::Resolved;
use crate::model::Id;
use crate::problem::Problem;
use crate::routing::Considered;
use crate::time::Instant;

impl Decider<'_> {
    /// Applies an event with its resolved handles, and adds it to the events.
    pub fn emit(&mut self, at: Instant, on: Resolved, kind: EventKind) {
        let considered = if self.explaining { self.why_nobody(&kind, at) } else { None };
        self.emit_considered(at, on, kind, considered);
    }

    pub fn emit_considered(&mut self, at: Instant, on: Resolved, kind: EventKind, considered: Option<Vec<Considered>>) {
        self.happen(at, on, kind, self.by.clone(), considered);
    }

    pub fn happen(
        &mut self,
        at: Instant,
        on: Resolved,
        kind: EventKind,
        by: Option<Id>,
        considered: Option<Vec<Considered>>,
    ) {
        if self.broken.is_some() {
            return;
        }
        if let Some(reference) = on.conversation.filter(|_| kind.decides()) {
            self.routes.remove(&reference);
        }
        let trace = if self.explaining { std::mem::take(&mut self.trace) } else { Vec::new() };
        let (seq, id) = (self.state.seq + 1, self.id.clone());
        let event = Event { version: VERSION, seq, at, kind, id, by, considered, trace };
        match self.check(&event).and_then(|()| self.state.apply(&event, on)) {
            Ok(()) => {
                self.state.refresh_stale(at);
                self.events.push(event);
            }
            Err(problem) => self.broken = Some(broken(&problem.message)),
        }
    }

    /// Checks an event like one from outside, only in debug builds because of the cost.
    fn check(&self, event: &Event) -> Result<(), Problem> {
        if cfg!(debug_assertions) { self.state.check_event(event).map(drop) } else { Ok(()) }
    }
}
