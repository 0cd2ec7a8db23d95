//! Refusals by scripts that stand for a class of waiting conversations.
//!
//! A script that does not look at the conversation refuses all of a class as long as nothing changes, so a pass asks it about
//! the first alone. When an event happens, the class is gone on with behind the place that the pass has reached: those before
//! would have been asked before the event, and refused.

use crate::desk::state::{ClassKey, DeskState, QueueKey};
use crate::time::Instant;

/// The refusals of a pass that still stand.
#[derive(Debug, Default)]
pub struct Refusals {
    all: Vec<Refusal>,
    /// The last place in the queue that was looked at.
    reached: Option<QueueKey>,
}

/// The refusal of a conversation, for all of its class up to a place.
#[derive(Debug, Clone, Copy)]
pub struct Refusal {
    /// The index of the class.
    pub class: usize,
    refused: QueueKey,
    until: QueueKey,
}

impl Refusals {
    pub fn note(&mut self, class: usize, refused: QueueKey) {
        self.all.push(Refusal { class, refused, until: refused });
    }

    /// Notes that a place was looked at.
    pub fn reach(&mut self, place: QueueKey) {
        self.reached = self.reached.max(Some(place));
    }

    /// Takes all refusals, because something changed.
    pub fn end(&mut self) -> impl Iterator<Item = Refusal> + use<> {
        let reached = self.reached;
        let all = std::mem::take(&mut self.all).into_iter();
        all.map(move |refusal| Refusal { until: reached.unwrap_or(refusal.refused), ..refusal })
    }
}

impl DeskState {
    /// Returns the place of the first conversation of a class for which a refusal does not stand.
    pub fn next_behind(&self, class: &ClassKey, refusal: Refusal, at: Instant) -> Option<QueueKey> {
        // Places that time raises are in the same order in their class, but not beside others.
        let from = if class.raised_from.is_some() { refusal.refused } else { refusal.until };
        let next = |from: &QueueKey| Some(self.raised(class, self.queue.next_of(class, *from)?, at));
        std::iter::successors(next(&from), next).find(|place| *place > refusal.until)
    }
}
