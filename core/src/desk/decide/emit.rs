//! Emitting events: each is applied to the state as it is emitted.

use crate::desk::decide::Decider;
use crate::desk::decide::run::broken;
use crate::desk::event::{Event, EventKind, VERSION};
use crate::desk::state::Resolved;
use crate::desk::state::check::{LAST_EVENT, no_more_events};
use crate::model::Id;
use crate::problem::Problem;
use crate::routing::Explanation;
use crate::time::Instant;

impl Decider<'_> {
    /// Applies an event with its resolved handles, and adds it to the events.
    pub fn emit(&mut self, at: Instant, on: Resolved, kind: EventKind) {
        let explanation = if self.explaining { self.why_nobody(&kind, at) } else { None };
        self.emit_explained(at, on, kind, explanation);
    }

    pub fn emit_explained(&mut self, at: Instant, on: Resolved, kind: EventKind, explanation: Option<Explanation>) {
        self.happen(at, on, kind, self.by.clone(), explanation);
    }

    pub fn happen(
        &mut self,
        at: Instant,
        on: Resolved,
        kind: EventKind,
        by: Option<Id>,
        explanation: Option<Explanation>,
    ) {
        if self.broken.is_some() {
            return;
        }
        if self.state.seq >= LAST_EVENT {
            self.broken = Some(no_more_events());
            return;
        }
        if let Some(reference) = on.conversation.filter(|_| kind.decides()) {
            self.routes.remove(&reference);
        }
        let trace = if self.explaining { std::mem::take(&mut self.trace) } else { Vec::new() };
        let (seq, id) = (self.state.seq + 1, self.id.clone());
        let (considered, not_in_target) = explanation.map_or((None, 0), |it| (Some(it.considered), it.not_in_target));
        let event = Event { version: VERSION, seq, at, kind, id, by, considered, not_in_target, trace };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, Turn};
    use crate::problem::Code;

    const DESK: &str = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}], "inboxes": [{"id": "main",
        "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}"#;

    /// A desk that has had all events but a few, each in a turn of its own.
    fn old_desk(left: u64) -> Desk {
        let mut desk = Desk::from_json(DESK).unwrap();
        desk.advance(Instant::parse("2026-11-20T09:00:00Z").unwrap());
        (desk.state.seq, desk.turn) = (LAST_EVENT - left, LAST_EVENT + 1 - left);
        desk
    }

    /// A command with more events than have a number is refused, and leaves the desk as it was; one with fewer is not.
    #[test]
    fn no_event_has_a_number_that_is_not_exact() {
        let mut desk = old_desk(3);
        let open = r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#;
        assert_eq!(desk.handle_json(open).unwrap().len(), 2);
        let before = desk.snapshot();
        for _ in 0..2 {
            let events = desk.handle_json(&open.replace("c1", "c2")).unwrap();
            let [Event { seq, kind: EventKind::Refused { code, message, .. }, .. }] = &events[..] else {
                panic!("{events:?}")
            };
            assert_eq!((*code, *seq), (Code::OutOfRange, LAST_EVENT));
            assert_eq!(
                message,
                "the desk had 9007199254740991 events and cannot number more; begin a new one with its document"
            );
            assert_eq!(desk.snapshot(), before);
        }
    }

    /// The last turn has a number that is read again.
    #[test]
    fn no_turn_has_a_number_that_is_not_exact() {
        let mut desk = old_desk(1);
        let away = r#"{"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "anna", "status": "away"}"#;
        let away = desk.read_command(away).unwrap();
        let turn = desk.propose(&away);
        assert_eq!((turn.turn(), turn.events()[0].seq), (Some(LAST_EVENT + 1), LAST_EVENT));
        assert_eq!(Turn::from_json(&turn.to_json()), Ok(turn.clone()));
        desk.apply(&turn).unwrap();
        assert_eq!(desk.propose(&away).turn(), None);
    }

    /// Nor is one of a log applied.
    #[test]
    fn no_event_is_applied_after_the_last() {
        let mut desk = old_desk(0);
        let opened = format!(
            r#"{{"version": 1, "seq": {}, "at": "2026-11-20T09:00:00Z", "type": "opened", "conversation": "c1",
                "inbox": "main", "channel": "chat"}}"#,
            LAST_EVENT + 1
        );
        let problem = desk.apply(&Event::from_json(&opened).unwrap()).unwrap_err();
        assert_eq!((problem.code, problem.path.as_str()), (Code::InvalidValue, "$.seq"));
    }
}
