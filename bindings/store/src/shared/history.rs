//! The past of a desk, from its log.

use frontdesk::desk::{Action, NewDocument};
use frontdesk::time::Instant;
use frontdesk::{Command, Desk, Event, Options, Problems, Reader, Turn};

use super::SharedDesk;
use super::state::{AT_ONCE, State};
use crate::digest::Digest;
use crate::log::Log;
use crate::problem::{compacted, unknown_desk};

/// A turn, and what the same command gives under another document or other scripts.
#[derive(Debug, Clone, PartialEq)]
pub struct DecidedAgain {
    /// The turn of the log.
    pub turn: Turn,
    /// The turn that its command gives now; without a number if it is refused, or gives nothing.
    pub again: Result<Turn, Problems>,
}

impl SharedDesk {
    /// Returns the desk as it was after a turn.
    ///
    /// # Errors
    /// `compacted` for a turn before those that the log has.
    pub fn at_turn(&mut self, log: &mut impl Log, turn: u64) -> Result<Desk, Problems> {
        Ok(State::load(log, &self.name, &self.reader, turn)?.desk)
    }

    /// Returns the desk as it was at an instant: after the last turn up to it.
    ///
    /// # Errors
    /// `compacted` for an instant before the turns that the log has.
    pub fn at(&mut self, log: &mut impl Log, at: Instant) -> Result<Desk, Problems> {
        let last = log.last_turn_at(&self.name, at.millis())?;
        let turn = last.ok_or_else(|| compacted(&self.name, self.turn()))?;
        self.at_turn(log, turn)
    }

    /// Returns a turn of the log.
    ///
    /// # Errors
    /// `compacted` for a turn before those that the log has, `unknown_desk` for one after.
    pub fn turn_of(&self, log: &mut impl Log, turn: u64) -> Result<Turn, Problems> {
        let (before, turn) = (turn.max(1) - 1, turn.max(1));
        let read = log.read(&self.name, before, 1)?;
        let Some(stored) = read.iter().find(|stored| stored.turn == turn) else {
            let first = read.first().filter(|first| first.turn > turn);
            return Err(first.map_or_else(|| unknown_desk(&self.name), |it| compacted(&self.name, it.turn)).into());
        };
        let digest = read.first().filter(|own| own.turn == before).map(|own| own.digest);
        Ok(match digest.or((turn == 1).then_some(Digest::START)) {
            Some(digest) => stored.read(&self.name, digest, &self.reader)?,
            // The first that was not removed.
            None => stored.turn_alone(&self.name, &self.reader)?,
        })
    }

    /// Returns all events of the log about a conversation, of which a [`Story`](frontdesk::story::Story) is told. The turns are
    /// found by an index; no other one is read.
    ///
    /// # Errors
    /// `damaged_log`.
    pub fn events_about(&mut self, log: &mut impl Log, conversation: &str) -> Result<Vec<Event>, Problems> {
        let (mut events, mut from) = (Vec::new(), 0);
        loop {
            let turns = log.about(&self.name, conversation, from, AT_ONCE)?;
            for stored in &turns {
                let turn = stored.turn_alone(&self.name, &self.reader)?;
                let about = turn.events().iter().filter(|event| is_about(event, conversation));
                events.extend(about.cloned());
                from = stored.turn + 1;
            }
            if turns.len() < AT_ONCE {
                return Ok(events);
            }
        }
    }

    /// Returns a past turn with explanations: who was considered, and why each was not chosen. Its command is decided again on
    /// the desk as it was before.
    ///
    /// # Errors
    /// `compacted` for a turn whose desk cannot be rebuilt any more.
    pub fn why(&mut self, log: &mut impl Log, turn: u64) -> Result<Turn, Problems> {
        let stored = self.turn_of(log, turn)?;
        let mut desk = self.at_turn(log, turn.saturating_sub(1))?;
        match stored.command_json() {
            Some(text) => {
                let command = desk.read_command(&text)?;
                Ok(desk.propose_with(&command, &Options::default().explain(true))?)
            }
            None => Ok(stored),
        }
    }

    /// Decides a stretch of the log again, with other scripts or zones, and another document if one is given: each command at
    /// its own instant, on a desk of its own. Nothing is written.
    ///
    /// # Errors
    /// `compacted`; the problems of scripts that do not match the document.
    pub fn decide_again(
        &mut self,
        log: &mut impl Log,
        turns: std::ops::RangeInclusive<u64>,
        reader: &Reader,
        document: Option<NewDocument>,
    ) -> Result<Vec<DecidedAgain>, Problems> {
        let before = State::load(log, &self.name, &self.reader, turns.start().saturating_sub(1))?;
        let mut desk = reader.restore(&before.desk.snapshot())?;
        if let Some(document) = document {
            let at = desk.now().unwrap_or(Instant::MIN);
            desk.handle(&Command::new(at, Action::Configure { configuration: Box::new(document.into()) }));
        }
        let mut decided = Vec::new();
        for number in turns {
            let turn = self.turn_of(log, number)?;
            let again = again(&mut desk, &turn);
            decided.push(DecidedAgain { turn, again });
        }
        Ok(decided)
    }
}

/// Carries a command of the log out on another desk.
fn again(desk: &mut Desk, turn: &Turn) -> Result<Turn, Problems> {
    let command = desk.read_command(&turn.command_json().unwrap_or_default())?;
    let again = desk.propose(&command);
    desk.apply(&again)?;
    Ok(again)
}

fn is_about(event: &Event, conversation: &str) -> bool {
    event.kind.conversation().is_some_and(|id| id.as_str() == conversation)
}
