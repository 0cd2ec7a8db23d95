//! The desk as a machine: commands with their instant go in, events come out, and nothing else changes it.

mod ask;
mod command;
mod decide;
mod event;
mod options;
mod snapshot;
mod state;

pub use ask::{AgentRow, ConversationFilter, ConversationView, Filter, StepConsidered, Whereabouts};
pub use command::{Action, Assignee, Changes, Command, CommandType, Until};
pub use decide::LEAP_EVENTS;
pub use event::{
    AssignedBecause, ChangeType, Decision, Details, Entry, Event, EventKind, EventType, NoticeKind, Setting,
    UnassignedBecause,
};
pub use options::Options;

use std::ops::Deref;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde_json::Value;

use self::decide::Decider;
use self::state::DeskState;
use crate::availability::{Availability, Roster};
use crate::model::{Document, Id, check_scripts};
use crate::problem::{Code, Problem, Problems};
use crate::read::{self, Node};
use crate::routing::InstalledExtensions;
use crate::time::{Instant, Zones};

/// A desk: who works there, what they hold, and what waits.
///
/// It has no clock: every command brings its instant, and [`next_wakeup`](Desk::next_wakeup) says when to come back.
///
/// ```
/// use frontdesk::Desk;
///
/// let mut desk = Desk::from_json(r#"{
///     "version": 1, "time_zone": "Europe/Stockholm",
///     "agents": [{"id": "anna"}],
///     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
///         "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]
/// }"#).unwrap();
/// let events = desk.handle_json(
///     r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#,
/// ).unwrap();
/// assert!(events[1].to_json().starts_with(
///     r#"{"version":1,"seq":2,"at":"2026-11-20T09:00:00.000Z","type":"assigned","conversation":"c1","agent":"anna""#
/// ));
/// ```
#[derive(Debug, Clone)]
pub struct Desk {
    state: DeskState,
}

/// What can be asked about availability, of the desk as it is now.
impl Deref for Desk {
    type Target = Availability;

    fn deref(&self) -> &Availability {
        &self.state.availability
    }
}

impl Desk {
    /// The desk that a document describes, before its first command. What commands bring is read with the bundled zones; a
    /// [`Reader`](crate::Reader) makes a desk with others.
    pub fn new(document: Document) -> Desk {
        Desk::in_zones(document, Zones::bundled())
    }

    /// The desk that a document describes, which may name these zones from now on.
    pub(crate) fn in_zones(document: Document, zones: Zones) -> Desk {
        Desk::of(DeskState::new(Roster::new(document).in_zones(zones)))
    }

    fn of(state: DeskState) -> Desk {
        Desk { state }
    }

    /// The desk that a JSON document describes.
    ///
    /// # Errors
    /// All problems of the document, each with path, line and column.
    pub fn from_json(text: &str) -> Result<Desk, Problems> {
        Document::from_json(text).map(Desk::new)
    }

    /// The scripts and strategies of the desk.
    pub(crate) fn installed(&self) -> InstalledExtensions {
        self.state.scripts.as_deref().cloned().unwrap_or_default()
    }

    /// Gives the desk other scripts or strategies, which its document has to agree with.
    pub(crate) fn install(&mut self, change: impl FnOnce(&mut InstalledExtensions)) -> Result<(), Problems> {
        let mut installed = self.installed();
        change(&mut installed);
        let (declared, roster) = (installed.declared()?, &self.state.roster);
        check_scripts(roster.inboxes(), Arc::clone(&declared))?;
        self.state.availability.roster_mut().declare_scripts(declared);
        self.state.scripts = Some(Arc::new(installed));
        self.state.too_long = None;
        Ok(())
    }

    /// The names that steps ask for and nobody answers to, in their order: of strategies that are still to come, or of all
    /// scripts and strategies after a [`restore`](Desk::restore), for a snapshot holds none. A step that asks for one does
    /// what its `on_error` says.
    pub fn missing_strategies(&self) -> Vec<Id> {
        let document = self.state.roster.document();
        let mut missing: Vec<Id> = Vec::new();
        for call in document.script_calls() {
            let answers = self.state.scripts.as_ref().is_some_and(|installed| installed.knows(&call.script));
            if !answers && !missing.contains(&call.script) {
                missing.push(call.script.clone());
            }
        }
        missing
    }

    /// What the scripts that the desk was given say but cannot mean, beside its document.
    pub(crate) fn warnings_of_scripts(&self, document: &Document) -> Vec<Problem> {
        let Some(installed) = &self.state.scripts else { return Vec::new() };
        let named: FxHashSet<&str> = document.script_calls().map(|call| call.script.as_str()).collect();
        installed.warnings(&|name| named.contains(name))
    }

    /// Carries a command out: first all that is due by then, then the command, then the queue.
    ///
    /// A command that is not allowed or not possible gives one `refused` and leaves the desk as it was.
    pub fn handle(&mut self, command: &Command) -> Vec<Event> {
        // Only a deadline gives an error.
        self.handle_with(command, &Options::default()).unwrap_or_default()
    }

    /// Carries a command out with [`Options`]: explained, or within a deadline.
    ///
    /// # Errors
    /// `time_is_up`, within a deadline alone; the desk is as it was before the command. Nothing interrupts the call of a
    /// strategy of the embedder's own; the deadline is looked at before and after it.
    ///
    /// ```
    /// # use frontdesk::{Deadline, Desk, Options};
    /// # let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC"}"#).unwrap();
    /// let command = desk.read_command(r#"{"type": "advance", "at": "2026-11-20T09:00:00Z"}"#).unwrap();
    /// let start = std::time::Instant::now();
    /// let deadline = Deadline::new(move || start.elapsed().as_secs() > 5);
    /// let events = desk.handle_with(&command, &Options::default().deadline(deadline)).unwrap();
    /// assert_eq!(events.len(), 1, "the desk has started");
    /// ```
    pub fn handle_with(&mut self, command: &Command, options: &Options) -> Result<Vec<Event>, Problem> {
        let events = self.decide(command, options);
        self.state.journal.close();
        events
    }

    /// Gives the events that a command would give now, and leaves the desk as it was: [`apply`](Self::apply) takes them. It
    /// costs what carrying the command out costs, whatever the desk holds.
    ///
    /// ```
    /// # use frontdesk::Desk;
    /// # let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]}"#).unwrap();
    /// let command = desk.read_command(r#"{"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "anna",
    ///     "status": "away"}"#).unwrap();
    /// let proposed = desk.propose(&command);
    /// assert_eq!(desk.now(), None, "nothing has happened yet");
    /// proposed.iter().try_for_each(|event| desk.apply(event)).unwrap();
    /// ```
    pub fn propose(&mut self, command: &Command) -> Vec<Event> {
        // Only a deadline gives an error.
        self.propose_with(command, &Options::default()).unwrap_or_default()
    }

    /// Gives the events that a command would give now with [`Options`]: explained, or within a deadline.
    ///
    /// # Errors
    /// `time_is_up`.
    pub fn propose_with(&mut self, command: &Command, options: &Options) -> Result<Vec<Event>, Problem> {
        let events = self.decide(command, options);
        self.state.roll_back();
        events
    }

    fn decide(&mut self, command: &Command, options: &Options) -> Result<Vec<Event>, Problem> {
        self.state.deadline.clone_from(&options.deadline);
        let events = Decider::new(&mut self.state, options.explain).decide(command);
        self.state.deadline = None;
        events
    }

    /// Reads a command from JSON text and carries it out.
    ///
    /// # Errors
    /// The problems of a command that cannot be read; it changes nothing then.
    pub fn handle_json(&mut self, text: &str) -> Result<Vec<Event>, Problems> {
        let command = self.read_command(text)?;
        Ok(self.handle(&command))
    }

    /// Reads a command from JSON text; entries in it may refer to what the desk has now.
    ///
    /// # Errors
    /// All problems of the command.
    pub fn read_command(&self, text: &str) -> Result<Command, Problems> {
        Command::from_json(text, self.known())
    }

    /// Reads a command from a JSON value.
    ///
    /// # Errors
    /// All problems of the command.
    pub fn command_from_value(&self, value: Value) -> Result<Command, Problems> {
        Command::from_value(value, self.known())
    }

    /// Lets time pass. The first command of a desk begins its time; where that is nothing but this, it gives `started`.
    ///
    /// Where more than [`LEAP_EVENTS`] events fall due on the way, it stops at the last whole instant within them, and
    /// [`is_due`](Self::is_due) tells so: advance again.
    ///
    /// ```
    /// # use frontdesk::{Desk, time::Instant};
    /// # let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC"}"#).unwrap();
    /// # let at = Instant::parse("2026-11-20T09:00:00Z").unwrap();
    /// let mut events = desk.advance(at);
    /// while desk.is_due(at) {
    ///     events.extend(desk.advance(at));
    /// }
    /// ```
    pub fn advance(&mut self, at: Instant) -> Vec<Event> {
        self.handle(&Command::new(at, Action::Advance))
    }

    /// Applies an event that this desk gave before. From the document and its events, in order, a desk is rebuilt exactly.
    ///
    /// The event is checked whole before anything changes: that it is the next, and that what it speaks of is as it has to
    /// be for it. What was decided is not decided again.
    ///
    /// # Errors
    /// `invalid_value` for an event that is not the next of this desk's, or that contradicts what the desk knows, and
    /// `out_of_range` for a number that no desk keeps; each with the path of the key. The desk is as it was then.
    pub fn apply(&mut self, event: &Event) -> Result<(), Problem> {
        if let EventKind::Refused { .. } = event.kind {
            return Ok(());
        }
        self.state.check_event(event)?;
        let on = self.state.resolve(event)?;
        if self.state.clock.is_none() {
            self.state.begin(event.at);
        }
        self.state.catch_up(event.at);
        let told = on.agent.filter(|_| matches!(event.kind, EventKind::StatusChanged { .. }));
        self.state.apply(event, on)?;
        self.state.refresh_stale(event.at);
        // What a log says of a schedule may be by another tz database: from now on the desk's own counts.
        told.into_iter().for_each(|slot| self.state.refresh(slot, event.at));
        Ok(())
    }

    /// A desk from its document and all its events, in order: exactly what it was.
    ///
    /// # Errors
    /// As [`apply`](Self::apply) for the first event that is not of this desk, and as [`check_complete`](Self::check_complete)
    /// after the last.
    ///
    /// ```
    /// # use frontdesk::{Desk, Document, Event};
    /// let text = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}], "inboxes": [{"id": "main",
    ///     "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}"#;
    /// let mut desk = Desk::from_json(text).unwrap();
    /// let log = desk.handle_json(r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main",
    ///     "channel": "chat"}"#).unwrap();
    /// let document = Document::from_json(text).unwrap();
    /// assert_eq!(Desk::rebuild(document.clone(), &log).unwrap().snapshot(), desk.snapshot());
    /// // `opened` alone is half of what the command gave.
    /// assert!(Desk::rebuild(document, &log[..1]).is_err());
    /// ```
    pub fn rebuild<'a>(document: Document, events: impl IntoIterator<Item = &'a Event>) -> Result<Desk, Problem> {
        let mut desk = Desk::new(document);
        events.into_iter().try_for_each(|event| desk.apply(event))?;
        desk.check_complete()?;
        Ok(desk)
    }

    /// Whether the events that were applied end where a command did: of every conversation it was told what became of it.
    ///
    /// The next command routes what is on its way all the same, so that nothing is lost.
    ///
    /// # Errors
    /// `invalid_value` for a log that ends within the events of a command.
    pub fn check_complete(&self) -> Result<(), Problem> {
        let first = self.state.unsettled.iter().next().and_then(|reference| self.state.conversation(*reference));
        let Some(it) = first else { return Ok(()) };
        let message = format!("the events end with number {}, before what became of {:?}", self.state.seq, it.id);
        Err(Problem::new(Code::InvalidValue, message)
            .with_hint("apply all events of the last command, or none of them"))
    }

    /// The next instant at which something falls due; none before the first command, which may be an
    /// [`advance`](Self::advance) to the present.
    pub fn next_wakeup(&self) -> Option<Instant> {
        self.state.clock?;
        self.state.agenda.first().map(|(at, _)| at)
    }

    /// Whether something has fallen due by an instant that the desk has not been told of, or that was too much for one
    /// [`advance`](Self::advance).
    pub fn is_due(&self, at: Instant) -> bool {
        self.next_wakeup().is_some_and(|due| due <= at)
    }

    /// The instant of the last event.
    pub fn now(&self) -> Option<Instant> {
        self.state.clock
    }
}

impl Event {
    /// Reads an event from JSON. Keys that are not known are passed over.
    ///
    /// # Errors
    /// `invalid_json` with its place, or `unsupported_version`.
    pub fn from_json(text: &str) -> Result<Event, Problem> {
        read::written(text, "an event", event::VERSION, Event::read).map(|(event, _)| event)
    }

    /// Reads an event as part of something else.
    pub(crate) fn read_by(r: &mut read::Reader<'_>, node: &Node) -> Option<Event> {
        r.written(node, "an event", event::VERSION, Event::read)
    }

    /// The event as one line of canonical JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
