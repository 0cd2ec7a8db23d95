//! Commands, turns and events.

use frontdesk::desk::Action;
use frontdesk::time::Instant;
use frontdesk::{Command, Desk, Event, Options, Problem, Problems, Turn};
use wasm_bindgen::prelude::*;

use crate::deadline::{given, within};
use crate::desk::RawDesk;
use crate::{answer, thrown};

#[wasm_bindgen]
impl RawDesk {
    /// Returns an independent copy.
    pub fn copy(&self) -> RawDesk {
        RawDesk::of(self.desk.clone())
    }

    /// Runs a command; returns its events, a list.
    ///
    /// # Errors
    /// All problems of the command.
    pub fn handle(&mut self, command: &str) -> Result<String, JsValue> {
        let command = self.desk.read_command(command).map_err(thrown)?;
        self.run(&command, false, Desk::handle_with).map(|events| list(&events))
    }

    /// Runs a command and records who was considered.
    ///
    /// # Errors
    /// All problems of the command.
    pub fn handle_explained(&mut self, command: &str) -> Result<String, JsValue> {
        let command = self.desk.read_command(command).map_err(thrown)?;
        self.run(&command, true, Desk::handle_with).map(|events| list(&events))
    }

    /// Returns the turn that a command would be now; the desk stays as it is.
    ///
    /// # Errors
    /// All problems of the command.
    pub fn propose(&mut self, command: &str, explain: bool) -> Result<String, JsValue> {
        let command = self.desk.read_command(command).map_err(thrown)?;
        self.run(&command, explain, Desk::propose_with).map(|turn| turn.to_json())
    }

    /// Returns whether a command is allowed now; the desk stays as it is.
    ///
    /// # Errors
    /// All problems of the command.
    pub fn may(&mut self, command: &str) -> Result<String, JsValue> {
        let command = self.desk.read_command(command).map_err(thrown)?;
        self.run(&command, false, Desk::may_with).map(|may| serde_json::to_string(&may).unwrap_or_default())
    }

    /// Advances to an instant; returns the events, a list.
    ///
    /// # Errors
    /// `out_of_range`.
    pub fn advance(&mut self, at: f64) -> Result<String, JsValue> {
        let at = answer::instant(at).map_err(thrown)?;
        self.run(&Command::new(at, Action::Advance), false, Desk::handle_with).map(|events| list(&events))
    }

    /// Applies an event of this desk.
    ///
    /// # Errors
    /// The problem of the event.
    pub fn apply(&mut self, event: &str) -> Result<(), JsValue> {
        let event = Event::from_json(event).map_err(thrown)?;
        self.desk.apply(&event).map_err(thrown)
    }

    /// Applies a turn of this desk.
    ///
    /// # Errors
    /// The problems of the turn.
    pub fn apply_turn(&mut self, turn: &str) -> Result<(), JsValue> {
        let turn = Turn::from_json(turn).map_err(thrown)?;
        self.desk.apply(&turn).map_err(thrown)
    }

    /// Checks that the applied events end where a command did.
    ///
    /// # Errors
    /// The problem of a log in which the events of the last command are incomplete.
    pub fn check_complete(&self) -> Result<(), JsValue> {
        self.desk.check_complete().map_err(thrown)
    }

    /// Restores the desk of a snapshot.
    ///
    /// # Errors
    /// The problems of the snapshot.
    pub fn restore(snapshot: &str) -> Result<RawDesk, JsValue> {
        within(|| Desk::restore(snapshot).map(RawDesk::of).map_err(thrown))
    }

    /// Rebuilds the desk of turns.
    ///
    /// # Errors
    /// The problems of a turn, with its index in the path.
    pub fn rebuild(turns: Vec<String>) -> Result<RawDesk, JsValue> {
        within(|| {
            let turns = turns.iter().enumerate().map(|(index, text)| turn_at(index, text));
            let turns = turns.collect::<Result<Vec<Turn>, Problems>>().map_err(thrown)?;
            Desk::rebuild(&turns).map(RawDesk::of).map_err(thrown)
        })
    }

    /// Returns the current document, with single absences in place of those that repeat.
    ///
    /// # Errors
    /// Problems of the range, or of absences with too many occurrences.
    pub fn flatten(&self, start: f64, end: f64) -> Result<String, JsValue> {
        let range = || -> Result<(Instant, Instant), Problem> { Ok((answer::instant(start)?, answer::end(end)?)) };
        let (start, end) = range().map_err(thrown)?;
        let flat = self.desk.document().flatten(start, end).map_err(thrown)?;
        Ok(serde_json::to_string(&flat).unwrap_or_default())
    }
}

/// Reads a turn of a list.
fn turn_at(index: usize, text: &str) -> Result<Turn, Problems> {
    Turn::from_json(text).map_err(|problems| {
        let placed = |problem: Problem| {
            let path = format!("$[{index}]{}", problem.path.trim_start_matches('$'));
            problem.at_path(path)
        };
        problems.into_iter().map(placed).collect::<Vec<Problem>>().into()
    })
}

/// `Desk::handle_with`, which gives events, `Desk::propose_with`, which gives a turn, or `Desk::may_with`.
type Decide<T> = fn(&mut Desk, &Command, &Options) -> Result<T, Problem>;

impl RawDesk {
    /// Decides a command, within the time that is given.
    fn run<T>(&mut self, command: &Command, explain: bool, decide: Decide<T>) -> Result<T, JsValue> {
        let options = Options::default().explain(explain);
        let options = given().map_or(options.clone(), |deadline| options.deadline(deadline));
        decide(&mut self.desk, command, &options).map_err(thrown)
    }
}

fn list(events: &[Event]) -> String {
    serde_json::to_string(events).unwrap_or_default()
}
