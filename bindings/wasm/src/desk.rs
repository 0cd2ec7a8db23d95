//! A desk, and questions about availability.

#[cfg(not(feature = "full"))]
use frontdesk::Availability as Desk;
#[cfg(feature = "full")]
use frontdesk::Desk;
use frontdesk::time::Span;
use frontdesk::{Id, Problem, Scope, Status};
use wasm_bindgen::prelude::*;

use crate::answer::{self, Numbers};
#[cfg(feature = "full")]
use crate::deadline::within;
use crate::thrown;

/// The largest number of agents with a number; the others are named.
const MOST_NUMBERED: usize = 100_000;

/// A desk. Agents are passed by number if speed counts: passing an id costs more than computing the answer.
#[wasm_bindgen]
pub struct RawDesk {
    pub(crate) desk: Desk,
    agents: Vec<Asked>,
    answer: Box<Numbers>,
}

/// An agent with a number.
struct Asked {
    name: Id,
    /// The last known slot; it differs once the agent was removed and added again.
    slot: u32,
}

impl RawDesk {
    pub(crate) fn of(desk: Desk) -> RawDesk {
        RawDesk { desk, agents: Vec::new(), answer: Box::default() }
    }

    fn status_of(&mut self, agent: u32, at: f64) -> Option<Status> {
        let at = answer::instant(at).ok()?;
        let asked = self.agents.get_mut(agent as usize)?;
        self.desk.status_in(asked.slot, at).or_else(|| {
            asked.slot = self.desk.slot_of(&asked.name)?;
            self.desk.status_in(asked.slot, at)
        })
    }
}

#[wasm_bindgen]
impl RawDesk {
    /// Creates the desk that a document describes.
    ///
    /// # Errors
    /// All problems of the document.
    #[wasm_bindgen(constructor)]
    pub fn new(document: &str) -> Result<RawDesk, JsValue> {
        within(|| Desk::from_json(document).map(RawDesk::of).map_err(thrown))
    }

    /// Answers a question; both are JSON text.
    ///
    /// # Errors
    /// All problems of the question.
    pub fn ask(&self, question: &str) -> Result<String, JsValue> {
        within(|| self.desk.ask_json(question).map_err(thrown))
    }

    /// Returns the ids of all teams, one per line: an id has no control characters.
    pub fn teams(&self) -> String {
        self.desk.teams().map(Id::as_str).collect::<Vec<_>>().join("\n")
    }

    /// Returns the number of an agent, which is valid as long as this desk lives; `None` for an unknown agent. The caller
    /// keeps it.
    pub fn number(&mut self, agent: &str) -> Option<u32> {
        let number = u32::try_from(self.agents.len()).ok().filter(|_| self.agents.len() < MOST_NUMBERED)?;
        let slot = self.desk.slot_of(agent)?;
        self.agents.push(Asked { name: agent.into(), slot });
        Some(number)
    }

    /// Returns the address in memory of the numbers of the last answer.
    pub fn answer(&self) -> usize {
        self.answer.as_ptr() as usize
    }

    /// Writes the status of an agent to the answer: the number of the reason, since, until (NaN if absent). Returns `false`
    /// if the status has more fields, or there is a problem: then ask as text.
    pub fn status(&mut self, agent: u32, at: f64) -> bool {
        match self.status_of(agent, at) {
            Some(Status { reason, since, until, status: None, by: None, note: None, .. }) => {
                *self.answer = [reason as u32 as f64, answer::number(since), answer::number(until)];
                true
            }
            _ => false,
        }
    }

    /// Returns the schedule of an agent as numbers: start and reason of each period, and the end of the range.
    ///
    /// # Errors
    /// Problems of the range.
    pub fn schedule(&self, agent: &str, start: f64, end: f64) -> Result<Vec<f64>, JsValue> {
        let periods = || self.desk.schedule(agent, range(start, end)?);
        let periods = within(|| periods().map_err(thrown))?;
        let pieces = periods.into_iter().map(|it| (it.span.start, it.reason as u32));
        Ok(answer::tiles(pieces, end))
    }

    /// Returns the number of available agents: start and count of each span, and the end of the range.
    ///
    /// # Errors
    /// Problems of the range, or of an unknown id.
    pub fn coverage(&self, scope: u8, id: &str, start: f64, end: f64) -> Result<Vec<f64>, JsValue> {
        let scope = match scope {
            0 => Scope::Everyone,
            1 => Scope::Team(id.into()),
            2 => Scope::TeamWithExtra(id.into()),
            _ => Scope::Inbox(id.into()),
        };
        let spans = || self.desk.coverage(&scope, range(start, end)?);
        let spans = within(|| spans().map_err(thrown))?;
        let pieces = spans.into_iter().map(|it| (it.span.start, it.available));
        Ok(answer::tiles(pieces, end))
    }
}

/// Asks without a deadline: pages that ask about availability alone set none.
#[cfg(not(feature = "full"))]
fn within<T>(ask: impl FnOnce() -> T) -> T {
    ask()
}

fn range(start: f64, end: f64) -> Result<Span, Problem> {
    Ok(Span::new(answer::instant(start)?, answer::end(end)?))
}
