//! The desk as a state machine: it takes commands, each with its instant, and gives events; nothing else changes it.

mod ask;
mod command;
mod decide;
mod event;
mod follow;
mod options;
mod personal;
mod snapshot;
mod state;
mod turn;

pub use crate::conversation::View;
pub use crate::model::{Filter, NewDocument};
pub use ask::{
    AgentInboxes, AgentRow, Between, ConversationFilter, ConversationView, May, PlaceInQueue, QueueFilter, Refusal,
    ReplyWindowEnds, StepConsidered, ViewCounts, ViewPage, ViewRequest, ViewSort, Whereabouts,
};
pub use command::{Action, Assignee, Blocked, Changes, Command, CommandType, Configuration, Until};
pub use decide::LEAP_EVENTS;
pub use event::{
    AssignedBecause, ChangeType, ClosedBecause, Decision, Details, Entry, Event, EventKind, EventType, NoticeKind,
    ReachedLimit, Setting, UnassignedBecause,
};
pub use follow::Logged;
pub use options::Options;
pub use personal::{Personal, Separated, Subject, join_snapshot, separate_snapshot};
pub use turn::Turn;

use std::ops::Deref;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde_json::Value;

use self::decide::Decider;
use self::state::DeskState;
use crate::availability::{Availability, Roster};
use crate::model::{Document, Id, check_scripts};
use crate::problem::{Problem, Problems};
use crate::read::{self, Node};
use crate::routing::InstalledExtensions;
use crate::time::{Instant, Zones};

/// A desk: its agents, the conversations they hold, and the queue.
///
/// It has no clock: every command carries its instant, and [`next_wakeup`](Desk::next_wakeup) returns when to advance it
/// next.
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
///
/// # Memory
/// A desk may live for years. It keeps what its document names, what is open, and of the rest what is remembered:
/// - of a closed conversation its id, its details, who last held it, and when it was opened and closed: at most 100 bytes
///   beyond the id and its own details, which equal ones share. With `forget_closed_after` in the settings it is forgotten that
///   long after its end, as by the command `forget`;
/// - of a conversation until its end the agents who declined it, and the owners who were mailed about it, each once;
/// - of script failures at most 16 marks for each conversation, which then takes up to 500 bytes more, also when it is closed;
/// - of a contact the conversations that are remembered, and the agent who last held one of them;
/// - of an agent the load and the last assignment, the status that was set by hand with the one beneath it, and two counts;
/// - of an agent with a pace the instants of the last conversations that routing gave it, as many as the pace counts;
/// - of a rule the last turn and the weight of each agent, until the rule or the agent is removed.
///
/// Memory of forgotten conversations and removed entries is released soon after: of a removed agent or channel, once more of
/// these are gone than there are, and a thousand; of the tables of ids and contacts, once they are an eighth full. The queue
/// keeps the room that the most waiting conversations took.
///
/// The command `erase` takes the data of a contact out of all that is remembered.
///
/// A copy shares the memory of the desk. Whichever of the two changes a part first copies that part. A snapshot is written,
/// and read, conversation by conversation: beside the text and the desk it takes little.
#[derive(Debug, Clone)]
pub struct Desk {
    state: DeskState,
    /// The number of the last turn; 0 while no log of turns has begun.
    turn: u64,
}

/// The questions about availability, answered for the desk as it is now.
impl Deref for Desk {
    type Target = Availability;

    fn deref(&self) -> &Availability {
        &self.state.availability
    }
}

impl Desk {
    /// Creates the desk that a document describes, before its first command. Commands are read with the bundled time
    /// zones; a [`Reader`](crate::Reader) creates a desk with others.
    pub fn new(document: Document) -> Desk {
        Desk::in_zones(document, Zones::bundled())
    }

    /// Creates the desk that a document describes; its commands may name the zones given.
    pub(crate) fn in_zones(document: Document, zones: Zones) -> Desk {
        Desk::of(DeskState::new(Roster::new(document).in_zones(zones)))
    }

    fn of(state: DeskState) -> Desk {
        Desk { state, turn: 0 }
    }

    /// Creates the desk that a JSON document describes.
    ///
    /// # Errors
    /// All problems of the document, each with path, line and column.
    pub fn from_json(text: &str) -> Result<Desk, Problems> {
        Document::from_json(text).map(Desk::new)
    }

    /// Returns the scripts and strategies of the desk.
    pub(crate) fn installed(&self) -> InstalledExtensions {
        self.state.scripts.as_deref().cloned().unwrap_or_default()
    }

    /// Changes the scripts and strategies of the desk, which have to match its document.
    pub(crate) fn install(&mut self, change: impl FnOnce(&mut InstalledExtensions)) -> Result<(), Problems> {
        let mut installed = self.installed();
        change(&mut installed);
        let (declared, roster) = (installed.declared()?, &self.state.roster);
        check_scripts(roster.inboxes(), Arc::clone(&declared))?;
        self.state.availability.roster_mut().declare_scripts(declared);
        self.state.scripts = Some(Arc::new(installed));
        self.state.too_long = None;
        self.state.openings.forget_quiet();
        Ok(())
    }

    /// Returns the names that steps use and that are not installed, in the order of the steps: of strategies that are not
    /// added yet, or, after a [`restore`](Desk::restore), of all scripts and strategies, because a snapshot contains
    /// none. A step that uses one does what its `on_error` says.
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

    /// Returns the warnings about the scripts of the desk, checked against the names that a document uses.
    pub(crate) fn warnings_of_scripts(&self, document: &Document) -> Vec<Problem> {
        let Some(installed) = &self.state.scripts else { return Vec::new() };
        let named: FxHashSet<&str> = document.script_calls().map(|call| call.script.as_str()).collect();
        installed.warnings(&|name| named.contains(name))
    }

    /// Carries out a command: first everything that is due by its instant, then the command itself, then the queue.
    ///
    /// A command that is not allowed or not possible gives one `refused` and leaves the desk as it was.
    pub fn handle(&mut self, command: &Command) -> Vec<Event> {
        // Only a deadline gives an error.
        self.handle_with(command, &Options::default()).unwrap_or_default()
    }

    /// Carries out a command with [`Options`]: with explanations, or within a deadline.
    ///
    /// # Errors
    /// `time_is_up`, only with a deadline; the desk is as it was before the command. A call of a strategy of the
    /// embedding program is not interrupted; the deadline is checked before and after it.
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
        // A log of turns has begun, so that this turn is missing in it rather than the next one unfit.
        if self.turn > 0 && events.as_ref().is_ok_and(|events| turn::takes_a_number(events)) {
            self.turn = self.next_turn();
        }
        events
    }

    /// Returns the turn that a command would be now, and leaves the desk as it was; [`apply`](Self::apply) applies it. It
    /// costs as much as carrying out the command, regardless of the size of the desk.
    ///
    /// A program that stores turns proposes, stores the turn, and then applies it, so that nothing is carried out that is
    /// not stored. The turn of a command that is refused, or gives no events, has no [number](Turn::turn): there is nothing
    /// to store, and applying it does nothing.
    ///
    /// ```
    /// # use frontdesk::Desk;
    /// # let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]}"#).unwrap();
    /// let command = desk.read_command(r#"{"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "anna",
    ///     "status": "away"}"#).unwrap();
    /// let turn = desk.propose(&command);
    /// assert_eq!(desk.now(), None, "nothing has happened yet");
    /// desk.apply(&turn).unwrap();
    /// ```
    pub fn propose(&mut self, command: &Command) -> Turn {
        // Only a deadline gives an error.
        self.propose_with(command, &Options::default()).unwrap_or_else(|_| self.turn_of(command, Vec::new()))
    }

    /// Returns the turn that a command would be now with [`Options`]: with explanations, or within a deadline.
    ///
    /// # Errors
    /// `time_is_up`.
    pub fn propose_with(&mut self, command: &Command, options: &Options) -> Result<Turn, Problem> {
        let events = self.decide(command, options);
        self.state.roll_back();
        events.map(|events| self.turn_of(command, events))
    }

    fn turn_of(&self, command: &Command, events: Vec<Event>) -> Turn {
        Turn::decided(self.next_turn(), command, events)
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
    /// The problems of a command that cannot be read; the desk is then as it was.
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

    /// Reads a document for this desk from JSON text, to be taken over by a `configure`. What it leaves out may be named in
    /// it as if it were there.
    ///
    /// # Errors
    /// All problems of the document, each with path, line and column.
    ///
    /// ```
    /// use frontdesk::{Command, Desk, desk::Action};
    /// # use frontdesk::time::Instant;
    ///
    /// let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]}"#)?;
    /// let new = desk.read_new_document(r#"{"version": 1, "time_zone": "UTC", "teams": [{"id": "support"}],
    ///     "agents": [{"id": "anna", "team": "support"}]}"#)?;
    /// let configure = Action::Configure { configuration: Box::new(new.into()) };
    /// let events = desk.handle(&Command::new(Instant::parse("2026-11-20T09:00:00Z")?, configure));
    /// assert!(events[0].to_json().ends_with(r#""change":"configure","entry":{"teams":[{"id":"support"}],"agents":[{"id":"anna","active":true,"team":"support"}]}}"#));
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn read_new_document(&self, text: &str) -> Result<NewDocument, Problems> {
        Ok(read::from_text(text, |_| self.known(), NewDocument::read)?)
    }

    /// Reads a command from a JSON value.
    ///
    /// # Errors
    /// All problems of the command.
    pub fn command_from_value(&self, value: Value) -> Result<Command, Problems> {
        Command::from_value(value, self.known())
    }

    /// Advances the desk to an instant. The first command of a desk begins its time, and gives `started` if it gives no
    /// other event.
    ///
    /// If more than [`LEAP_EVENTS`] events fall due on the way, it stops at the last instant whose events are all within
    /// that limit. [`is_due`](Self::is_due) is then `true`, and the desk has to be advanced again.
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

    /// Returns the next instant at which something falls due, or at which an agent may take a waiting conversation again: its
    /// decline has lapsed, or the agent's pace leaves room. `None` if there is none, and before the first command, which may be
    /// an [`advance`](Self::advance) to the present. After an instant that gave nothing, the next one is returned.
    pub fn next_wakeup(&self) -> Option<Instant> {
        self.state.clock?;
        self.state.next_due()
    }

    /// Returns `true` if something falls due by an instant and has not happened yet, because the desk was not advanced
    /// that far, or because it was too much for one [`advance`](Self::advance).
    pub fn is_due(&self, at: Instant) -> bool {
        self.next_wakeup().is_some_and(|due| due <= at)
    }

    /// Returns the instant of the last event.
    pub fn now(&self) -> Option<Instant> {
        self.state.clock
    }
}

impl Event {
    /// Reads an event from JSON. Unknown keys are ignored.
    ///
    /// # Errors
    /// `invalid_json` with its position, or `unsupported_version`.
    pub fn from_json(text: &str) -> Result<Event, Problem> {
        read::written(text, "an event", event::VERSION, Event::read).map(|(event, _)| event)
    }

    /// Reads an event as part of something else.
    pub(crate) fn read_by(r: &mut read::Reader<'_>, node: &Node) -> Option<Event> {
        r.written(node, "an event", event::VERSION, Event::read)
    }

    /// Returns the event as one line of canonical JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}
