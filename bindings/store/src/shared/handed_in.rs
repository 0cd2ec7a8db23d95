//! Handing commands in, and waiting for their answers.

use std::thread::sleep;
use std::time::{Duration, Instant};

use frontdesk::{Code, Event, Problem, Problems, Turn};
use serde_json::Value;

use super::{Answer, Served, SharedDesk};
use crate::log::{HandedIn, Log};
use crate::problem::{check_id, is_retry, removed_command, unread_answer};
use crate::request::Request;

/// The longest time between two looks at commands that another worker decides.
const PATIENCE: Duration = Duration::from_millis(50);

impl SharedDesk {
    /// Hands a command in, to be decided by whoever serves the desk next; a second time does nothing. It is there once the
    /// caller's transaction commits. It is read first, so that whoever hands it in learns what is wrong with it.
    ///
    /// # Errors
    /// `missing_key` for a command without an id, by which its answer is found; all problems of the command; `clock_ahead`.
    pub fn hand_in(&mut self, log: &mut impl Log, request: &Request) -> Result<(), Problems> {
        self.hand_in_all(log, std::slice::from_ref(request))
    }

    /// Hands commands in together, in one statement: all of them, or none if one cannot be read.
    ///
    /// # Errors
    /// As [`hand_in`](Self::hand_in), with the problems of the first that has some.
    pub fn hand_in_all(&mut self, log: &mut impl Log, requests: &[Request]) -> Result<(), Problems> {
        let at = self.stamp(log)?;
        let mut commands = Vec::new();
        for request in requests {
            let id = id_of(request)?;
            request.at(at, &self.state.desk)?;
            commands.push((id, request.to_json()));
        }
        let commands: Vec<(&str, &str)> = commands.iter().map(|(id, text)| (*id, text.as_str())).collect();
        Ok(log.hand_in(&self.name, &commands, at.millis())?)
    }

    /// Returns the answer to a command that was handed in; `None` if it is not decided yet, or was not handed in.
    ///
    /// # Errors
    /// `compacted` if its turn was removed.
    pub fn answer(&mut self, log: &mut impl Log, command_id: &str) -> Result<Option<Answer>, Problems> {
        Ok(self.answers(log, &[command_id])?.pop().flatten())
    }

    /// Returns the answers to commands that were handed in, one for each; `None` for those that are not decided yet, or were not
    /// handed in.
    ///
    /// # Errors
    /// `compacted` if the turn of one was removed.
    pub fn answers(&mut self, log: &mut impl Log, command_ids: &[&str]) -> Result<Vec<Option<Answer>>, Problems> {
        let handed_in = log.handed_in(&self.name, command_ids)?;
        let numbers: Vec<u64> = handed_in.iter().filter_map(|it| it.turn).collect();
        let turns = self.turns(log, &numbers)?;
        let answer = |id: &&str| match handed_in.iter().find(|it| it.command_id == *id) {
            Some(HandedIn { turn: Some(turn), .. }) => answer_of(&turns, id, *turn).map(Some),
            Some(HandedIn { refused: Some(refused), .. }) => read_refused(&self.name, id, refused).map(Some),
            _ => Ok(None),
        };
        command_ids.iter().map(answer).collect()
    }

    fn turns(&self, log: &mut impl Log, numbers: &[u64]) -> Result<Vec<Turn>, Problems> {
        let stored = log.turns(&self.name, numbers)?;
        Ok(stored.iter().map(|it| it.turn_alone(&self.name, &self.reader)).collect::<Result<_, _>>()?)
    }

    /// Waits for the answer to a command that was handed in, and serves the desk meanwhile if nobody else does. Called outside
    /// of a transaction, which might not see the answer. Returns `None` after the time given.
    ///
    /// # Errors
    /// Those of [`answer`](Self::answer) and [`serve`](Self::serve).
    pub fn wait_for(
        &mut self,
        log: &mut impl Log,
        command_id: &str,
        timeout: Duration,
    ) -> Result<Option<Answer>, Problems> {
        Ok(self.wait_for_all(log, &[command_id], timeout)?.pop().flatten())
    }

    /// Waits for the answers to commands that were handed in, as [`wait_for`](Self::wait_for) for one. Returns one for each, and
    /// `None` for those that are not decided after the time given.
    ///
    /// # Errors
    /// Those of [`answers`](Self::answers) and [`serve`](Self::serve).
    pub fn wait_for_all(
        &mut self,
        log: &mut impl Log,
        command_ids: &[&str],
        timeout: Duration,
    ) -> Result<Vec<Option<Answer>>, Problems> {
        let (start, mut pause) = (Instant::now(), Duration::from_millis(1));
        let mut answers = vec![None; command_ids.len()];
        loop {
            let is_last = start.elapsed() >= timeout;
            self.fill_in(log, command_ids, &mut answers)?;
            if is_last || answers.iter().all(Option::is_some) {
                return Ok(answers);
            }
            match self.serve(log) {
                Ok(Served::Decided(decided)) if decided > 0 => {
                    pause = Duration::from_millis(1);
                    continue;
                }
                Ok(_) => {}
                // Outside of a transaction there is nothing to roll back.
                Err(problems) if is_retry(&problems) => {}
                Err(problems) => return Err(problems),
            }
            sleep(pause.min(timeout.saturating_sub(start.elapsed())));
            pause = (pause * 2).min(PATIENCE);
        }
    }

    /// Fills the answers in that are there by now.
    fn fill_in(&mut self, log: &mut impl Log, ids: &[&str], answers: &mut [Option<Answer>]) -> Result<(), Problems> {
        let missing: Vec<usize> = (0..ids.len()).filter(|place| answers[*place].is_none()).collect();
        let wanted: Vec<&str> = missing.iter().map(|place| ids[*place]).collect();
        for (place, answer) in missing.into_iter().zip(self.answers(log, &wanted)?) {
            answers[place] = answer;
        }
        Ok(())
    }
}

fn id_of(request: &Request) -> Result<&str, Problem> {
    let Some(id) = request.id() else {
        let problem = Problem::new(Code::MissingKey, "a command that is handed in needs an id");
        return Err(problem.at_path("$.id").with_hint("give it one that no other command has, such as a UUID"));
    };
    check_id("an id", id).map_err(|problem| problem.at_path("$.id"))?;
    Ok(id)
}

/// Returns the answer to a command that gave a turn.
fn answer_of(turns: &[Turn], id: &str, number: u64) -> Result<Answer, Problems> {
    let turn = turns.iter().find(|turn| turn.turn() == Some(number)).ok_or_else(|| removed_command(id, number))?;
    Ok(Answer { is_repeated: true, ..Answer::new(turn) })
}

/// Reads the answer to a command that gave no turn.
fn read_refused(desk: &str, id: &str, text: &str) -> Result<Answer, Problems> {
    let unread = |why: &dyn std::fmt::Display| unread_answer(desk, id, &why.to_string());
    let value: Value = serde_json::from_str(text).map_err(|error| unread(&error))?;
    let events = value.get("events").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let events = events.iter().map(|event| Event::from_json(&event.to_string())).collect::<Result<_, _>>();
    Ok(Answer { turn: None, events: events.map_err(|problem: Problem| unread(&problem))?, is_repeated: true })
}
