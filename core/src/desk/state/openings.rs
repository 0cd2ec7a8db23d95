//! Openings: the instants from which on an agent may take a conversation again, because a decline of it has lapsed, or the
//! agent's pace leaves room.
//!
//! An opening gives no event. At its instant the queue is served, and whoever finds an agent then is assigned. It follows from
//! the state, and stays listed when its instant is over. The instant up to which time has passed is kept beside the state, so
//! that an `advance` without events leaves no trace in it.

use crate::availability::AgentSlot;
use crate::desk::state::{ConversationRef, DeskState};
use crate::shared::SharedSet;
use crate::time::Instant;

/// A chance for a waiting conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opening {
    /// A decline of the conversation lapses.
    Decline(ConversationRef),
    /// The pace of the agent leaves room again.
    Pace(AgentSlot),
}

/// All openings, earliest first.
#[derive(Debug, Clone, Default)]
pub struct Openings {
    listed: SharedSet<(Instant, Opening)>,
    /// The state in which nothing happens up to an instant; it only saves time.
    quiet: Option<Quiet>,
}

/// A state in which nothing happens up to an instant.
#[derive(Debug, Clone, Copy)]
struct Quiet {
    /// The number of its last event.
    seq: u64,
    until: Instant,
}

impl Openings {
    pub fn add(&mut self, at: Instant, opening: Opening) {
        self.listed.insert((at, opening));
    }

    pub fn drop(&mut self, at: Instant, opening: Opening) {
        self.listed.remove(&(at, opening));
    }

    /// Drops all that are listed.
    pub fn clear(&mut self) {
        self.listed = SharedSet::default();
    }

    /// Forgets up to which instant nothing happens: other scripts may decide otherwise.
    pub fn forget_quiet(&mut self) {
        self.quiet = None;
    }

    /// Returns the openings at an instant.
    pub fn at(&self, at: Instant) -> Vec<Opening> {
        let first = self.listed.first_past(|(known, _)| *known < at).copied();
        let next = |(known, opening): &(Instant, Opening)| self.listed.next_after(&(*known, *opening)).copied();
        let all = std::iter::successors(first, next).take_while(|(known, _)| *known == at);
        all.map(|(_, opening)| opening).collect()
    }
}

impl DeskState {
    /// Returns the instant of the next opening that was not served yet.
    pub fn next_opening(&self) -> Option<Instant> {
        let Openings { listed, quiet } = &self.openings;
        if listed.is_empty() || self.queue.len() == 0 {
            return None;
        }
        let quiet = quiet.filter(|quiet| quiet.seq == self.seq).map(|quiet| quiet.until);
        let over = self.now().max(quiet);
        listed.first_past(|(at, _)| over.is_some_and(|over| *at <= over)).map(|(at, _)| *at)
    }

    /// Returns the next instant at which something falls due, or an opening is served.
    pub fn next_due(&self) -> Option<Instant> {
        self.agenda.first().map(|(at, _)| at).into_iter().chain(self.next_opening()).min()
    }

    /// Notes that nothing happens up to an instant.
    pub fn note_quiet(&mut self, until: Instant) {
        if !self.openings.listed.is_empty() {
            self.openings.quiet = Some(Quiet { seq: self.seq, until });
        }
    }

    /// Returns the instant up to which time has passed: that of the last event, or of a later command without events.
    pub fn now(&self) -> Option<Instant> {
        self.clock.max(self.advanced_to)
    }
}
