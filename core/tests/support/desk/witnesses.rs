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
    /// A desk that proposes the turns, and applies them.
    following: Desk,
}

impl Witnesses {
    pub fn of(desk: &Desk) -> Self {
        Witnesses { desk: desk.clone(), stepping: desk.clone(), rebuilt: desk.clone(), following: desk.clone() }
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
        let turn = self.following.propose(command);
        assert_eq!(turn.events(), plain, "a desk that follows decides alike");
        self.following.apply(&turn).expect("a turn that was proposed applies");
        let counted = format!(r#""turn":{},"#, self.following.turn());
        let followed = self.following.snapshot().replacen(&counted, "", 1);
        assert_eq!(followed, self.desk.snapshot(), "the turns rebuild the desk");
        for rebuilt in [&self.following].into_iter().chain(self.settled()) {
            assert_eq!(rebuilt.clone().advance(command.at), Vec::new(), "a rebuilt desk tells nothing again");
        }
        events
    }

    /// Returns the desk that gets only the events, unless it has scripts: it may ask these again about agents who changed, because
    /// events do not say where their command ends.
    fn settled(&self) -> Option<&Desk> {
        let document = serde_json::to_string(&self.rebuilt.document()).expect("a document is JSON");
        let asks_scripts = document.contains(r#""script""#);
        (!asks_scripts).then_some(&self.rebuilt)
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
