//! The log of a shared desk: following it, its past, and what it keeps.

use pyo3::prelude::*;

use super::SharedDesk;
use crate::desk::keep::Kept;
use crate::events::Events;
use crate::moment::{At, Spoken};
use crate::problem::About;
use crate::turn::Turn;

#[pymethods]
impl SharedDesk {
    /// Applies the turns that are in the log and not in the desk yet. Returns by how many turns the desk is another one than before:
    /// 0 if the log has nothing new.
    fn follow(&self, py: Python<'_>) -> PyResult<u64> {
        self.with_log(py, |desk, log| desk.follow(log))
    }

    /// A copy of the desk as it is in the log now.
    #[pyo3(signature = () -> "Any")]
    fn _desk(&self, py: Python<'_>) -> PyResult<Kept> {
        let desk = self.with_log(py, |desk, log| desk.desk(log).cloned())?;
        Ok(Kept::new(desk, None))
    }

    /// The desk as it was after a turn.
    #[pyo3(signature = (turn: "int") -> "Any")]
    fn _at_turn(&self, py: Python<'_>, turn: u64) -> PyResult<Kept> {
        Ok(Kept::new(self.with_log(py, |desk, log| desk.at_turn(log, turn))?, None))
    }

    /// The desk as it was at an instant.
    #[pyo3(signature = (at: "At") -> "Any")]
    fn _at(&self, py: Python<'_>, at: &Bound<'_, PyAny>) -> PyResult<Kept> {
        let at = At::given(at, About::Question, "$.at")?.instant;
        Ok(Kept::new(self.with_log(py, |desk, log| desk.at(log, at))?, None))
    }

    /// A turn of the log.
    fn turn_of(&self, py: Python<'_>, turn: u64) -> PyResult<Turn> {
        let (turn, zone) =
            self.with_log(py, |desk, log| Ok((desk.turn_of(log, turn)?, desk.known().time_zone().clone())))?;
        Ok(Turn::given(turn, Spoken { home: Some(zone), ..Spoken::default() }))
    }

    /// A past turn, decided again with explanations.
    fn why(&self, py: Python<'_>, turn: u64) -> PyResult<Turn> {
        let (turn, zone) =
            self.with_log(py, |desk, log| Ok((desk.why(log, turn)?, desk.known().time_zone().clone())))?;
        Ok(Turn::given(turn, Spoken { home: Some(zone), ..Spoken::default() }))
    }

    /// All events of the log about a conversation.
    fn events_about(&self, py: Python<'_>, conversation: &str) -> PyResult<Events> {
        let (events, zone) = self
            .with_log(py, |desk, log| Ok((desk.events_about(log, conversation)?, desk.known().time_zone().clone())))?;
        Ok(Events::given(events, Spoken { home: Some(zone), ..Spoken::default() }))
    }

    /// Adds a snapshot of the desk to the log; returns its turn.
    fn put_snapshot(&self, py: Python<'_>) -> PyResult<u64> {
        self.with_log(py, |desk, log| desk.put_snapshot(log))
    }

    /// Checks the whole log; returns its first and last turn, and the number of snapshots.
    fn verify(&self, py: Python<'_>) -> PyResult<(u64, u64, usize)> {
        let found = self.with_log(py, |desk, log| desk.verify(log))?;
        Ok((found.first, found.last, found.snapshots))
    }

    /// Removes turns before the newest snapshot up to an instant; returns how many.
    #[pyo3(signature = (before: "At"))]
    fn compact(&self, py: Python<'_>, before: &Bound<'_, PyAny>) -> PyResult<u64> {
        let before = At::given(before, About::Question, "$.before")?.instant;
        self.with_log(py, |desk, log| desk.compact(log, before))
    }

    /// Erases the data of a contact, in the desk and in the log.
    fn erase(&self, py: Python<'_>, contact: &str) -> PyResult<Events> {
        let events = self.events_of(py, |desk, log| desk.erase(log, contact).map(Some))?;
        Ok(events.unwrap_or_else(|| Events::given(Vec::new(), Spoken::default())))
    }
}
