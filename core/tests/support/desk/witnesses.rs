//! Invariants of the desk, checked in every story.

use frontdesk::desk::EventKind;
use frontdesk::{Command, Desk, Event, Options};

/// A desk, and others that have to be equal to it after every command.
pub struct Witnesses {
    /// A desk that gets all commands.
    desk: Desk,
    /// A desk that gets no refused command, and advances in small steps.
    stepping: Desk,
    /// A desk that gets only the events.
    rebuilt: Desk,
}

impl Witnesses {
    pub fn of(desk: &Desk) -> Self {
        Witnesses { desk: desk.clone(), stepping: desk.clone(), rebuilt: desk.clone() }
    }

    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Runs a command on all of them; returns the events, with the agents considered.
    #[track_caller]
    pub fn take(&mut self, command: &Command) -> Vec<Event> {
        let before = self.desk.snapshot();
        let copy = self.desk.clone();
        let events = self.desk.handle_with(command, &Options::default().explain(true)).unwrap();
        let plain = |event: &Event| Event { considered: None, not_in_target: 0, trace: Vec::new(), ..event.clone() };
        let plain: Vec<Event> = events.iter().map(plain).collect();

        assert_eq!(copy.snapshot(), before, "what happens to a desk leaves its copies alone");

        let mut restored = self.desk.reader().restore(&before).expect("a snapshot restores");
        assert_eq!(restored.snapshot(), before, "restoring changes nothing");
        assert_eq!(restored.handle(command), plain, "a restored desk goes on alike");

        if let Some(EventKind::Refused { .. }) = events.first().map(|event| &event.kind) {
            assert_eq!(events.len(), 1, "a refused command gives one event: {events:?}");
            assert_eq!(self.desk.snapshot(), before, "a refused command leaves the desk as it was");
            return events;
        }
        assert!(!events.iter().any(|event| matches!(event.kind, EventKind::Refused { .. })), "{events:?}");
        assert_eq!(self.step(command), plain, "one leap and many steps give the same events");
        assert_eq!(self.stepping.snapshot(), self.desk.snapshot(), "one leap and many steps lead to the same desk");
        for event in &plain {
            self.rebuilt.apply(event).expect("an event of the desk applies");
        }
        assert_eq!(self.rebuilt.snapshot(), self.desk.snapshot(), "the events rebuild the desk");
        assert_eq!(self.rebuilt.clone().advance(command.at), Vec::new(), "a rebuilt desk tells nothing again");
        events
    }

    /// Runs the same command after stopping at every wake-up on the way.
    fn step(&mut self, command: &Command) -> Vec<Event> {
        let mut events = Vec::new();
        let mut last = None;
        while let Some(wakeup) = self.stepping.next_wakeup().filter(|wakeup| *wakeup <= command.at) {
            assert!(last < Some(wakeup), "{wakeup} stays the next wake-up");
            last = Some(wakeup);
            events.extend(self.stepping.advance(wakeup));
        }
        events.extend(self.stepping.handle(command));
        events
    }
}
