//! Deciding a command and appending its turn.

use frontdesk::desk::Action;
use frontdesk::time::Instant;
use frontdesk::{Code, Problem, Problems, Turn};

use super::{Answer, SharedDesk, too_busy};
use crate::entry::Entry;
use crate::log::{Appended, Log};
use crate::problem::{removed_command, retry_transaction};
use crate::request::Request;

/// How often a command is decided again because another worker appended first.
const ATTEMPTS: usize = 100;

impl SharedDesk {
    /// Carries out a command: follows, decides, and appends the turn in the caller's transaction.
    ///
    /// A command whose id is in the log already is not decided again; the answer is the turn that it gave. A refused one is not
    /// in the log, and is decided again.
    ///
    /// # Errors
    /// All problems of the command; `compacted` if it was carried out in a turn that was removed; `retry_transaction` if another
    /// worker appended first and the transaction does not see it;
    /// `clock_ahead`.
    pub fn handle(&mut self, log: &mut impl Log, request: &Request) -> Result<Answer, Problems> {
        self.decide(log, request.id(), |desk, at| request.at(at, &desk.state.desk))
    }

    /// Lets the time of the desk pass up to now: everything that is due happens.
    ///
    /// # Errors
    /// Those of [`handle`](Self::handle).
    pub fn advance(&mut self, log: &mut impl Log) -> Result<Vec<Answer>, Problems> {
        let mut answers = Vec::new();
        loop {
            let advance = |_: &SharedDesk, at| Ok(frontdesk::Command::new(at, Action::Advance));
            let answer = self.decide(log, None, advance)?;
            let is_over = answer.turn.is_none();
            answers.push(answer);
            if is_over || !self.is_due(log)? {
                return Ok(answers);
            }
        }
    }

    /// Returns `true` if something is due now: the desk has to be advanced.
    ///
    /// # Errors
    /// `clock_ahead`.
    pub fn is_due(&mut self, log: &mut impl Log) -> Result<bool, Problem> {
        let at = self.clock.stamp(self.state.desk.now(), log)?;
        Ok(self.state.desk.is_due(at))
    }

    /// Returns the instant of a command that is decided now.
    pub(super) fn stamp(&mut self, log: &mut impl Log) -> Result<Instant, Problem> {
        self.clock.stamp(self.state.desk.now(), log)
    }

    fn decide(
        &mut self,
        log: &mut impl Log,
        id: Option<&str>,
        command: impl Fn(&SharedDesk, Instant) -> Result<frontdesk::Command, Problems>,
    ) -> Result<Answer, Problems> {
        let mut had_conflict = false;
        for _ in 0..ATTEMPTS {
            if self.meets_others {
                log.hold(&self.name, self.state.turn())?;
            }
            let followed = self.follow(log)?;
            if had_conflict {
                if let Some(answer) = self.repeated(log, id)? {
                    return Ok(answer);
                }
                if followed == 0 {
                    return Err(retry_transaction().into());
                }
            }
            let at = self.stamp(log)?;
            let turn = match command(self, at).and_then(|it| Ok(self.state.desk.propose_with(&it, &self.options)?)) {
                Ok(turn) if turn.turn().is_some() => turn,
                // A repeated command may not be possible a second time.
                other => return self.repeated(log, id)?.map_or_else(|| other.map(|turn| Answer::new(&turn)), Ok),
            };
            let appended = self.append(log, &turn)?;
            self.meets_others = appended == Appended::Conflict || (self.meets_others && followed > 0);
            if appended == Appended::Done {
                return Ok(Answer::new(&turn));
            }
            had_conflict = true;
        }
        Err(too_busy().into())
    }

    /// Returns the answer to a command whose id is in the log.
    fn repeated(&self, log: &mut impl Log, id: Option<&str>) -> Result<Option<Answer>, Problems> {
        let Some(id) = id else { return Ok(None) };
        let found = log.find(&self.name, id)?;
        found.map(|turn| self.answer_of(log, id, turn)).transpose()
    }

    /// Returns the answer to a command that was decided before.
    ///
    /// # Errors
    /// `compacted` for one whose turn was removed.
    pub(super) fn answer_of(&self, log: &mut impl Log, id: &str, turn: u64) -> Result<Answer, Problems> {
        let is_removed = |problems: Problems| match problems.first() {
            Some(problem) if problem.code == Code::Compacted => removed_command(id, turn).into(),
            _ => problems,
        };
        let events = self.turn_of(log, turn).map_err(is_removed)?.events().to_vec();
        Ok(Answer { turn: Some(turn), events, is_repeated: true })
    }

    /// Appends a turn, and applies it; one without a number is done already.
    fn append(&mut self, log: &mut impl Log, turn: &Turn) -> Result<Appended, Problems> {
        if turn.turn().is_none() {
            return Ok(Appended::Done);
        }
        let mut next = self.state.clone();
        let Some(entry) = next.take(turn)? else { return Ok(Appended::Done) };
        let appended = log.append(&self.name, &[entry])?;
        if appended == Appended::Done {
            self.keep_certain();
            self.state = next;
        }
        Ok(appended)
    }
}

impl super::state::State {
    /// Applies a turn that was proposed on this desk; returns its entry.
    pub fn take(&mut self, turn: &Turn) -> Result<Option<Entry>, Problem> {
        self.desk.apply(turn)?;
        let wakes_at = self.desk.next_wakeup().map(Instant::millis);
        let entry = Entry::of(turn, self.digest, wakes_at);
        self.digest = entry.as_ref().map_or(self.digest, |entry| entry.digest);
        Ok(entry)
    }
}
