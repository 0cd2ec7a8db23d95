//! Following a log: turns that were stored are applied, and events of logs from before there were turns. Nothing is
//! decided again.

use std::borrow::Borrow;

use super::Desk;
use super::event::{Event, EventKind};
use super::turn::{self, Turn};
use crate::availability::AgentSet;
use crate::model::Document;
use crate::problem::{Code, Problem};
use crate::read::Node;
use crate::time::Instant;

/// A part of a log that a desk applies: a turn, or an event of a log from before there were turns.
#[derive(Debug, Clone, Copy)]
pub enum Logged<'a> {
    /// A turn.
    Turn(&'a Turn),
    /// An event.
    Event(&'a Event),
}

impl<'a> From<&'a Turn> for Logged<'a> {
    fn from(turn: &'a Turn) -> Self {
        Logged::Turn(turn)
    }
}

impl<'a> From<&'a Event> for Logged<'a> {
    fn from(event: &'a Event) -> Self {
        Logged::Event(event)
    }
}

impl Desk {
    /// Returns the number of the last turn; 0 while no log of turns has begun.
    ///
    /// A log begins with the first turn that is applied. From then on [`handle`](Self::handle) counts as well: the number
    /// that it takes is missing in the log. The document that a desk has when its log begins is turn 1, whether it was
    /// applied or not, and the first command gives turn 2. So a desk of a log of events, or of a snapshot without a number,
    /// begins its log of turns where it is.
    pub fn turn(&self) -> u64 {
        self.turn
    }

    /// Returns the number that the next turn takes.
    pub(super) fn next_turn(&self) -> u64 {
        turn::after(self.turn)
    }

    /// Applies a turn, whole or not at all; or one event of a log from before there were turns. Nothing is decided again:
    /// no schedule, script or strategy is asked, so that a desk of another version, tz database or set of scripts follows
    /// exactly.
    ///
    /// A turn has to be the next one. The first turn changes nothing: its document has to be that of the desk. A turn
    /// without a number, of a command that was refused or gave nothing, changes nothing either.
    ///
    /// An event is not counted as a turn, and does not say whether more of its command follow;
    /// [`check_complete`](Self::check_complete) does, at the end of a log of events. Behind events, the next command therefore
    /// asks scripts again about agents who changed in the log; behind a turn it does not.
    ///
    /// # Errors
    /// `invalid_value` for a turn or event that is not the next of this desk, or that contradicts its state, `conflict`
    /// for a first turn with another document, and `out_of_range` for a number outside of the range that a desk stores;
    /// each with the path of the key. The desk is then as it was.
    pub fn apply<'a>(&mut self, logged: impl Into<Logged<'a>>) -> Result<(), Problem> {
        match logged.into() {
            Logged::Turn(turn) => self.apply_turn(turn),
            Logged::Event(event) => {
                self.state.tidy();
                self.apply_event(event).map(|_| ())
            }
        }
    }

    fn apply_turn(&mut self, turn: &Turn) -> Result<(), Problem> {
        let Some(number) = turn.turn() else { return Ok(()) };
        self.check_number(number)?;
        if let Some(document) = turn.document() {
            self.check_document(document)?;
        }
        self.state.begin_turn();
        let followed = self.follow(turn);
        match followed {
            Ok(()) => self.state.journal.close(),
            Err(_) => self.state.roll_back(),
        }
        followed
    }

    /// Applies the events of the next turn. If one does not fit, those before it stay applied.
    fn follow(&mut self, turn: &Turn) -> Result<(), Problem> {
        let mut differing = AgentSet::default();
        for (index, event) in turn.events().iter().enumerate() {
            let differs = self.apply_event(event).map_err(|problem| under(&format!("events[{index}]"), problem))?;
            differing.extend_with(&differs);
        }
        self.check_complete().map_err(half)?;
        // A turn ends with its queue served: only agents whose own schedules differ from the log's are looked at again.
        (self.state.dirty, self.state.redirected) = (differing, Vec::new());
        self.state.changed_channels.clear();
        self.turn = turn.turn().unwrap_or(self.turn);
        Ok(())
    }

    fn check_number(&self, number: u64) -> Result<(), Problem> {
        let next = self.next_turn();
        if number == next || (number == 1 && self.turn == 0) {
            return Ok(());
        }
        let wrong = |message: String| Problem::new(Code::InvalidValue, message).at_path("$.turn");
        Err(if number < next {
            wrong(format!("turn {number} is applied already, and the next one is {next}"))
                .with_hint("apply each turn once, in the order of the numbers")
        } else {
            wrong(format!("the next turn is {next}, and this is {number}"))
                .with_hint(format!("apply the turns from {next} on first"))
        })
    }

    /// Checks that the document of a log is that of this desk.
    fn check_document(&self, document: &Document) -> Result<(), Problem> {
        // Earlier versions wrote the outcome of every rule, also of one that had none.
        let (logged, own) = (Node::of(&document.clone().with_outcomes()), Node::of(&self.document().with_outcomes()));
        let Some(path) = turn::first_difference(&logged, &own) else { return Ok(()) };
        let message = "the document that the log begins with is not that of this desk";
        let problem = Problem::new(Code::Conflict, message).at_path(path).with_hint(
            "rebuild the desk from its turns alone, and change it by commands; or begin a new log with the new document",
        );
        Err(under("document", problem))
    }

    /// Applies one event. Returns the agents whose own schedules say something else than the log: it may follow those of
    /// another tz database.
    fn apply_event(&mut self, event: &Event) -> Result<AgentSet, Problem> {
        if let EventKind::Refused { .. } = event.kind {
            return Ok(AgentSet::default());
        }
        let conversation = self.state.check_event(event)?;
        let on = self.state.resolve(event, conversation)?;
        if self.state.clock.is_none() {
            self.state.begin(event.at);
        }
        let mut differing = self.catch_up(event.at);
        let told = on.agent.filter(|_| matches!(event.kind, EventKind::StatusChanged { .. }));
        self.state.apply(event, on)?;
        self.state.refresh_stale(event.at);
        // From here on the desk's own schedule counts.
        if let Some(slot) = told {
            if self.state.turned(slot, event.at) {
                differing.insert(slot);
            }
            self.state.refresh(slot, event.at);
        }
        Ok(differing)
    }

    /// Lets the own schedules of agents turn up to an instant, where the log tells no turn of theirs; returns those who
    /// became available.
    fn catch_up(&mut self, at: Instant) -> AgentSet {
        let before = std::mem::take(&mut self.state.dirty);
        self.state.catch_up(at);
        let turned = std::mem::replace(&mut self.state.dirty, before);
        self.state.dirty.extend_with(&turned);
        turned
    }

    /// Rebuilds a desk from its turns, with the zones that `make` gives it.
    pub(crate) fn follow_all<T: Borrow<Turn>>(
        turns: impl IntoIterator<Item = T>,
        make: impl FnOnce(Document) -> Desk,
    ) -> Result<Desk, Problem> {
        let mut turns = turns.into_iter().enumerate();
        let first = turns.next().map(|(_, turn)| turn);
        let document = first.as_ref().and_then(|turn| turn.borrow().document()).ok_or_else(no_first)?;
        let mut desk = make(document.clone());
        desk.turn = 1;
        for (index, turn) in turns {
            let turn = turn.borrow();
            let Some(number) = turn.turn() else { continue };
            desk.state.tidy();
            // Nothing of a desk that does not fit is kept, so that no journal is needed.
            let followed = desk.check_number(number).and_then(|()| desk.follow(turn));
            followed.map_err(|problem| within(&format!("[{index}]"), problem))?;
        }
        Ok(desk)
    }

    /// Checks that the applied events end where the events of a command did: every conversation has its outcome.
    ///
    /// The next command also routes conversations without an outcome, so that none is lost.
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
}

/// Returns the problem of a log that does not begin with its document.
fn no_first() -> Problem {
    Problem::new(Code::InvalidValue, "the log does not begin with turn 1, which holds the document")
        .at_path("$[0].turn")
        .with_hint("rebuild from all turns, or restore a snapshot and apply the turns after it")
}

/// Turns the problem of events that end too early into that of their turn.
fn half(problem: Problem) -> Problem {
    under("events", problem).with_hint("apply the turn as it was stored, with all its events")
}

fn under(key: &str, problem: Problem) -> Problem {
    within(&format!(".{key}"), problem)
}

/// Puts a part of a path before that of a problem.
fn within(part: &str, problem: Problem) -> Problem {
    let path = format!("${part}{}", problem.path.trim_start_matches('$'));
    problem.at_path(path)
}
