//! Running one command: its refusal, or what is due, then the command itself, then the queue; and the roll-back.

use crate::deadline::time_is_up;
use crate::desk::command::{Action, Command};
use crate::desk::decide::perform::Done;
use crate::desk::decide::{Decider, LEAP_EVENTS};
use crate::desk::event::{Event, EventKind, VERSION};
use crate::desk::state::{DeskState, Resolved, TooLong};
use crate::problem::{Code, Problem};
use crate::time::Instant;

impl Decider<'_> {
    /// Carries out a command, or refuses it and leaves the desk as it was. The journal then contains all changes, to be
    /// kept or rolled back.
    ///
    /// # Errors
    /// `time_is_up`; the desk is as it was.
    pub fn decide(mut self, command: &Command) -> Result<Vec<Event>, Problem> {
        if self.state.is_time_up() {
            return Err(time_is_up());
        }
        self.state.begin_turn();
        self.run(command);
        let events = self.end(command)?;
        if events.is_empty() {
            self.state.note_quiet(command.at);
        }
        Ok(events)
    }

    fn run(&mut self, command: &Command) {
        if self.reach(command) {
            self.carry_out(command);
        }
    }

    /// Applies everything that is due by the instant of a command. Returns `true` if the command itself comes next: it is
    /// not refused for its instant, nor cut short.
    pub fn reach(&mut self, command: &Command) -> bool {
        if let Some(refusal) = self.refuse_instant(command) {
            self.events = vec![refusal];
            return false;
        }
        if self.state.clock.is_none() {
            self.state.begin(command.at);
        }
        self.settle();
        match self.run_due(command.at) {
            // `end` rolls back what was cut short.
            None => !self.is_cut_short(),
            Some(_) if matches!(command.action, Action::Advance) => false,
            Some(leap) => {
                self.state.roll_back();
                let too_long = TooLong { seq: self.state.seq, ..leap };
                self.state.too_long = Some(too_long);
                self.events = vec![self.refuse_leap(command, too_long)];
                false
            }
        }
    }

    /// Returns the refusal of a command whose instant is before the clock, or known to be too far ahead of it.
    fn refuse_instant(&self, command: &Command) -> Option<Event> {
        if let Some(clock) = self.state.clock.filter(|clock| command.at < *clock) {
            let refusal = Problem::new(Code::TimeGoesBack, format!("the desk is at {clock} already"));
            return Some(self.refusal(command, refusal, None));
        }
        let too_long = self.state.known_too_long(command.at)?;
        (!matches!(command.action, Action::Advance)).then(|| self.refuse_leap(command, too_long))
    }

    /// Schedules the conversations left without an outcome by a log that ended within the events of a command, so that
    /// they are not lost.
    fn settle(&mut self) {
        for reference in self.state.unsettled.clone() {
            self.look_after_offer(reference);
        }
        if let Some(now) = self.state.clock.filter(|_| !self.overdue.is_empty()) {
            self.pass_instant(now);
        }
    }

    /// Carries out the command itself, after everything that was due by its instant.
    fn carry_out(&mut self, command: &Command) {
        match self.attempt(command) {
            Ok(()) => {
                self.requeue_due(command.at);
                self.end_overdue_waits(command.at);
                self.serve_queue(command.at);
                if !self.is_cut_short() && !self.state.unsettled.is_empty() {
                    self.broken = Some(broken("a conversation was left on its way"));
                }
                if self.state.clock.is_none() {
                    self.emit(command.at, Resolved::default(), EventKind::Started);
                }
            }
            // `end` rolls back what was cut short.
            Err(_) if self.is_cut_short() => {}
            Err(refusal) => {
                self.state.roll_back();
                self.events = vec![self.refusal(command, refusal, self.allowed_from)];
            }
        }
    }

    /// Permits and performs the command itself, without the queue; or refuses it.
    pub fn attempt(&mut self, command: &Command) -> Done {
        self.id.clone_from(&command.id);
        self.by.clone_from(&command.by);
        self.state.advanced_to = Some(command.at);
        self.state.renew_allowance();
        self.perform(command)
    }

    /// Rolls back a command that was cut short, and returns the events.
    pub fn end(&mut self, command: &Command) -> Result<Vec<Event>, Problem> {
        self.state.allowance = None;
        if let Some(problem) = self.broken.take() {
            self.state.roll_back();
            self.events = vec![self.refusal(command, problem, None)];
        }
        if self.late {
            self.state.roll_back();
            return Err(time_is_up());
        }
        Ok(std::mem::take(&mut self.events))
    }

    /// Returns `true` if the command has to stop, because its changes will be rolled back. Long loops check this
    /// regularly.
    pub fn is_stopped(&mut self) -> bool {
        self.late = self.late || (self.watched && self.state.is_time_up());
        self.is_cut_short() || self.is_too_much()
    }

    /// Returns `true` if the deadline has passed or an event did not fit, so that everything is rolled back.
    pub fn is_cut_short(&self) -> bool {
        self.late || self.broken.is_some()
    }

    fn refuse_leap(&self, command: &Command, too_long: TooLong) -> Event {
        let TooLong { advance_to, .. } = too_long;
        let message = format!("more than {LEAP_EVENTS} events fall due before it; advance to {advance_to} first");
        self.refusal(command, Problem::new(Code::LeapTooLong, message), Some(advance_to))
    }

    pub fn refusal(&self, command: &Command, refusal: Problem, until: Option<Instant>) -> Event {
        let (conversation, agent) = command.action.subjects();
        Event {
            version: VERSION,
            seq: self.state.seq + 1,
            at: command.at,
            kind: EventKind::Refused {
                code: refusal.code,
                message: refusal.message,
                conversation: conversation.cloned(),
                agent: agent.cloned(),
                until,
            },
            id: command.id.clone(),
            by: command.by.clone(),
            considered: None,
            not_in_target: 0,
            trace: Vec::new(),
        }
    }
}

impl DeskState {
    /// Returns what is known about a leap from the current state to an instant, if it is too long.
    fn known_too_long(&self, at: Instant) -> Option<TooLong> {
        self.too_long.filter(|known| known.seq == self.seq && known.from <= at)
    }
}

/// The problem of a desk that contradicts itself.
pub fn broken(why: &str) -> Problem {
    Problem::new(Code::InternalError, format!("the desk contradicts itself, so that nothing was changed: {why}"))
        .with_hint("report it with the document, the last snapshot and the command")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Desk;
    use crate::model::Id;

    const DESK: &str = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}], "inboxes": [{"id": "main",
        "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}"#;

    /// A command that breaks the desk after its first events: as a fault of the library would.
    #[test]
    fn a_broken_invariant_is_an_internal_error_that_changes_nothing() {
        let mut desk = Desk::from_json(DESK).unwrap();
        let open = r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#;
        desk.handle_json(open).unwrap();
        let command = desk.read_command(&open.replace("c1", "c2")).unwrap();
        let before = desk.snapshot();
        let mut decider = Decider::new(&mut desk.state, false);
        decider.state.begin_turn();
        decider.run(&command);
        assert_eq!(decider.events.len(), 2, "opened and assigned");
        // It says nothing about which conversation.
        let agent = Some(Id::from("anna"));
        decider.emit(
            command.at,
            Resolved::default(),
            EventKind::Closed { conversation: "c1".into(), agent, until: None, reason: None },
        );
        let events = decider.end(&command).unwrap();
        let [Event { kind: EventKind::Refused { code, message, .. }, .. }] = &events[..] else { panic!("{events:?}") };
        assert_eq!(*code, Code::InternalError);
        assert_eq!(
            message,
            "the desk contradicts itself, so that nothing was changed: this event is not of this desk: it does not say what it is about"
        );
        assert_eq!(desk.snapshot(), before);
        assert_eq!(desk.handle(&command).len(), 2, "it goes on");
    }
}
