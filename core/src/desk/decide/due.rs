//! Events that fall due up to an instant: turns of the schedule, snoozes, wrap-ups, offers and waits; the limit on one leap.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::desk::decide::Decider;
use crate::desk::event::{ClosedBecause, EventKind};
use crate::desk::state::{ConversationRef, Due, Opening, Phase, Resolved, TooLong};
use crate::time::Instant;

/// The largest number of events that fall due in one leap in time: an `advance` stops at the last instant whose events
/// are all within it, and any other command that would go further is refused with `leap_too_long`. The events of one
/// instant are never split, except those that forget: of these, one leap gives that many at most.
pub const LEAP_EVENTS: usize = 100_000;

impl Decider<'_> {
    /// Applies everything that falls due up to and including an instant. If that is too much for one leap, applies as
    /// much as fits, and returns how far that is.
    pub fn run_due(&mut self, until: Instant) -> Option<TooLong> {
        let mut whole: Option<Instant> = None;
        let stopped = loop {
            let due = self.state.next_due().filter(|at| *at <= until);
            let Some(at) = due.filter(|_| !self.is_stopped()) else { break None };
            let (changes, events) = (self.state.journal.len(), self.events.len());
            self.bounded = whole.is_some();
            self.pass_instant(at);
            if let Some(advance_to) = whole.filter(|_| self.is_too_much()) {
                self.undo_instant(changes, events);
                self.state.advanced_to = Some(advance_to);
                break Some(TooLong { seq: self.state.seq, from: at, advance_to });
            }
            let is_left = matches!(self.state.agenda.first(), Some((next, Due::Forget(_))) if next == at);
            if is_left && !self.is_stopped() {
                break Some(TooLong { seq: self.state.seq, from: at, advance_to: at });
            }
            whole = Some(at);
        };
        self.bounded = false;
        stopped
    }

    /// Applies all that falls due at an instant, and serves the queue.
    pub fn pass_instant(&mut self, at: Instant) {
        self.state.advanced_to = self.state.advanced_to.max(Some(at));
        self.state.renew_allowance();
        self.passed = None;
        let before = self.events.len();
        while let Some(due) = self.next_due(at) {
            if self.is_stopped() {
                return;
            }
            if matches!(due, Due::Forget(_)) && self.events.len() - before >= LEAP_EVENTS {
                break;
            }
            self.fall_due(at, due);
        }
        self.serve_openings(at);
        self.serve_queue(at);
    }

    /// Schedules the conversations that have an opening at an instant for the next queue pass.
    fn serve_openings(&mut self, at: Instant) {
        for opening in self.state.openings.at(at) {
            match opening {
                Opening::Decline(reference) => self.look_at(reference),
                Opening::Pace(slot) => self.state.dirty.insert(slot),
            }
        }
    }

    /// Forgets what is overdue by a new setting: at most [`LEAP_EVENTS`] at once, for it may be all that was ever closed; the
    /// rest falls due at the same instant.
    pub fn forget_overdue(&mut self, at: Instant) {
        for _ in 0..LEAP_EVENTS {
            let Some(Due::Forget(reference)) = self.next_due(at).filter(|_| !self.is_stopped()) else { return };
            self.forget(reference, at);
        }
    }

    /// Returns what falls due next at an instant, in the order of [`Due`].
    pub fn next_due(&self, at: Instant) -> Option<Due> {
        let first = self.state.agenda.next_at(at, None);
        // A wait without a step to enter stays in the agenda until the queue is served.
        let listed = match (first, self.passed) {
            (Some(Due::Wait(_)), Some(passed)) => self.state.agenda.next_at(at, Some(Due::Wait(passed))),
            _ => first,
        };
        listed.into_iter().chain(self.overdue.first().map(|reference| Due::Wait(*reference))).min()
    }

    /// Rolls back an instant that gave too many events.
    fn undo_instant(&mut self, changes: usize, events: usize) {
        self.state.roll_back_to(changes);
        self.events.truncate(events);
        (self.pending, self.replaced, self.entered) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
        (self.lying, self.overdue, self.routes) = (BTreeSet::new(), BTreeSet::new(), FxHashMap::default());
        self.trace = Vec::new();
    }

    /// Returns `true` if a leap has given more events than allowed.
    pub fn is_too_much(&self) -> bool {
        self.bounded && self.events.len() > LEAP_EVENTS
    }

    fn fall_due(&mut self, at: Instant, due: Due) {
        match due {
            Due::Status(slot) => self.announce_turn(slot, at),
            Due::Requeue(reference) => self.requeue(reference, at),
            Due::Snooze(reference) => self.wake(reference, at),
            Due::WrapUp(reference) => self.end_wrap_up(reference, at),
            Due::Offer(reference, slot) => self.expire_offer(reference, slot, at),
            Due::Wait(reference) => self.end_wait(reference, at),
            Due::Limit(reference) => self.reach_limit(reference, at),
            Due::Priority(reference) => self.ask_priority_again(reference, at),
            Due::IdleBot(reference) => self.close_idle_bot(reference, at),
            Due::Forget(reference) => self.forget(reference, at),
        }
    }

    /// Wakes a snoozed conversation.
    pub fn wake(&mut self, reference: ConversationRef, at: Instant) {
        if let Some(conversation) = self.id_of(reference) {
            self.emit(at, Resolved::of(reference), EventKind::Reopened { conversation, woke: true });
            self.bring_back(reference);
        }
    }

    /// Ends the wrap-up of a conversation, if somebody wraps it up.
    pub fn end_wrap_up(&mut self, reference: ConversationRef, at: Instant) {
        let wrapping = self.state.conversation(reference).map(|it| &it.phase);
        let Some(Phase::Closed { wrapping: Some((slot, _)) }) = wrapping else { return };
        let agent = self.state.roster.agent_id(*slot);
        let on = Resolved::of(reference).agent(*slot);
        if let (Some(conversation), Some(agent)) = (self.id_of(reference), agent) {
            self.emit(at, on, EventKind::WrapUpEnded { conversation, agent });
        }
    }

    /// Closes a conversation that a bot has, and whose contact does not write any more.
    fn close_idle_bot(&mut self, reference: ConversationRef, at: Instant) {
        if let Some(conversation) = self.id_of(reference) {
            let (agent, until, reason) = (None, None, Some(ClosedBecause::BotIdle));
            self.emit(at, Resolved::of(reference), EventKind::Closed { conversation, agent, until, reason });
        }
    }

    /// Forgets a conversation that is over.
    pub fn forget(&mut self, reference: ConversationRef, at: Instant) {
        if let Some(conversation) = self.id_of(reference) {
            self.emit(at, Resolved::of(reference), EventKind::Forgotten { conversation });
        }
    }

    /// Ends a wait by entering the next step. After the last step, the queue pass tries all steps once more.
    fn end_wait(&mut self, reference: ConversationRef, at: Instant) {
        self.overdue.remove(&reference);
        let over = self.state.conversation(reference).is_some_and(|it| it.is_wait_over(at));
        if over && self.enter_next_step(reference, at) {
            self.entered.insert(reference);
        } else {
            self.passed = self.passed.max(Some(reference));
        }
        self.look_at(reference);
    }

    /// Ends the waits that ran out while an offer was open, after the command that ended the offer.
    pub fn end_overdue_waits(&mut self, at: Instant) {
        while let Some(reference) = self.overdue.first().copied() {
            self.end_wait(reference, at);
        }
    }
}
