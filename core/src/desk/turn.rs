//! One command's turn: what is due, then the command itself, then the queue.

use std::sync::Arc;

use super::agenda::Due;
use super::command::Command;
use super::conversation::{Phase, QueueKey, Ref};
use super::event::{Event, NoticeKind, Setting, VERSION, What};
use super::state::Core;
use crate::availability::{State, Status};
use crate::model::Id;
use crate::order::{Map, Set};
use crate::problem::{Code, Problem};
use crate::routing::{Considered, Failure, Slot};
use crate::time::Instant;

/// How a conversation comes to be routed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Coming {
    /// By its rule, from where that stands, or from the start.
    ByRule,
    /// Back to who held it, if they are eligible, else by its rule.
    BackTo(Slot),
    /// From a bot, to the people, at whatever hour.
    FromBot,
}

/// A command's turn at the desk.
pub(super) struct Turn<'a> {
    pub core: &'a mut Core,
    pub events: Vec<Event>,
    /// The id of the command and the agent who acts, while what happens is its doing.
    id: Option<Id>,
    pub by: Option<Id>,
    /// Conversations to be looked at in the next queue pass, whoever is free.
    pub pending: Map<QueueKey, Coming>,
    /// Conversations that a script gave another place in the queue just now.
    pub replaced: Vec<(Ref, Coming)>,
    /// What the script wrote down whose decision is told next.
    pub trace: Vec<String>,
    /// Waiting conversations that have just entered a step.
    pub entered: Set<Ref>,
    /// Conversations that lie unassigned, which was told before, and are routed once more.
    pub lying: Set<Ref>,
    /// Whether the embedder may call time, so that all has to be taken back.
    pub watched: bool,
    /// That the embedder's time was up, if it was.
    pub late: Option<Box<Failure>>,
    /// Whether to note who was considered.
    pub explaining: bool,
}

impl<'a> Turn<'a> {
    pub fn new(core: &'a mut Core, explaining: bool) -> Self {
        Turn {
            core,
            events: Vec::new(),
            id: None,
            by: None,
            pending: Map::new(),
            replaced: Vec::new(),
            trace: Vec::new(),
            entered: Set::new(),
            lying: Set::new(),
            watched: false,
            late: None,
            explaining,
        }
    }

    /// Carries a command out, or refuses it and leaves the desk as it was.
    pub fn take(mut self, command: &Command) -> Vec<Event> {
        self.run(command);
        self.events
    }

    /// Carries a command out, and takes everything back when the embedder's time for it is up.
    pub fn take_within(mut self, command: &Command) -> Result<Vec<Event>, Problem> {
        self.watched = true;
        // A change of the document is not written down step by step.
        let before = command.action.changes_document().then(|| Box::new(self.core.clone()));
        self.run(command);
        match (self.late, before) {
            (None, _) => {
                self.core.journal.close();
                return Ok(self.events);
            }
            (Some(_), Some(before)) => *self.core = *before,
            (Some(_), None) => self.core.roll_back(),
        }
        Err(Problem::new(Code::TimeIsUp, "the time for the command was up, so nothing has happened"))
    }

    fn run(&mut self, command: &Command) {
        if let Some(clock) = self.core.clock.filter(|clock| command.at < *clock) {
            let refusal = Problem::new(Code::TimeGoesBack, format!("the desk is at {clock} already"));
            self.events = vec![self.refusal(command, refusal)];
            return;
        }
        if let Err(problem) = self.core.check_leap(command.at) {
            self.events = vec![self.refusal(command, problem)];
            return;
        }
        // Only what is due has to be taken back: a command that is refused has changed nothing itself.
        if self.watched || self.core.agenda.first().is_some_and(|(due, _)| due <= command.at) {
            self.core.journal.open();
        }
        if self.core.clock.is_none() {
            self.core.begin(command.at);
        }
        self.run_due(command.at);
        self.id.clone_from(&command.id);
        self.by.clone_from(&command.by);
        match self.perform(command) {
            Ok(()) => {
                if !self.watched {
                    self.core.journal.close();
                }
                self.end_overdue_waits(command.at);
                self.serve_queue(command.at);
                if self.core.clock.is_none() {
                    self.emit(command.at, What::Started);
                }
            }
            // What is late is taken back by whoever watches the time.
            Err(_) if self.late.is_some() => {}
            Err(refusal) => {
                self.core.roll_back();
                self.events = vec![self.refusal(command, refusal)];
            }
        }
    }

    fn refusal(&self, command: &Command, refusal: Problem) -> Event {
        let (conversation, agent) = command.action.subjects();
        Event {
            version: VERSION,
            seq: self.core.seq + 1,
            at: command.at,
            what: What::Refused {
                code: refusal.code,
                message: refusal.message,
                conversation: conversation.cloned(),
                agent: agent.cloned(),
            },
            id: command.id.clone(),
            by: command.by.clone(),
            considered: None,
            trace: Vec::new(),
        }
    }

    /// Makes an event happen.
    pub fn emit(&mut self, at: Instant, what: What) {
        let considered = if self.explaining { self.why_nobody(&what, at) } else { None };
        self.emit_considered(at, what, considered);
    }

    pub fn emit_considered(&mut self, at: Instant, what: What, considered: Option<Vec<Considered>>) {
        self.happen(at, what, self.by.clone(), considered);
    }

    fn happen(&mut self, at: Instant, what: What, by: Option<Id>, considered: Option<Vec<Considered>>) {
        let trace = if self.explaining { std::mem::take(&mut self.trace) } else { Vec::new() };
        let (seq, id) = (self.core.seq + 1, self.id.clone());
        let event = Event { version: VERSION, seq, at, what, id, by, considered, trace };
        debug_assert_eq!(self.core.check_event(&event), Ok(()), "an event of this desk fits it: {event:?}");
        let applied = self.core.apply(&event);
        debug_assert_eq!(applied, Ok(()), "an event of this desk applies to it: {event:?}");
        self.events.push(event);
    }

    // ---- what is due

    /// Applies all that falls due up to and including an instant.
    fn run_due(&mut self, until: Instant) {
        while let Some((at, _)) = self.core.agenda.first().filter(|(at, _)| *at <= until) {
            while let Some((_, due)) = self.core.agenda.first().filter(|(next, _)| *next == at) {
                self.fall_due(at, due);
            }
            self.serve_queue(at);
        }
    }

    fn fall_due(&mut self, at: Instant, due: Due) {
        match due {
            Due::Status(slot) => self.announce_turn(slot, at),
            Due::Snooze(reference) => self.wake(reference, at),
            Due::WrapUp(reference) => self.end_wrap_up(reference, at),
            Due::Offer(reference) => self.expire_offer(reference, at),
            Due::Wait(reference) => self.end_wait(reference, at),
        }
    }

    /// Tells the status of an agent as it is at an instant, by the schedule or by the end of a manual status.
    pub fn announce_turn(&mut self, slot: Slot, at: Instant) {
        if let Some((agent, status)) = self.core.roster.agent_id(slot).zip(self.core.status(slot, at)) {
            let by = self.by.clone().or_else(|| status.by.clone());
            self.happen(at, status_changed(agent, status, None), by, None);
        }
    }

    fn wake(&mut self, reference: Ref, at: Instant) {
        if let Some(conversation) = self.id_of(reference) {
            self.emit(at, What::Reopened { conversation, woke: true });
            self.bring_back(reference);
        }
    }

    fn end_wrap_up(&mut self, reference: Ref, at: Instant) {
        let wrapping = self.core.conversation(reference).map(|it| &it.phase);
        let Some(Phase::Closed { wrapping: Some((slot, _)) }) = wrapping else { return };
        let agent = self.core.roster.agent_id(*slot);
        if let (Some(conversation), Some(agent)) = (self.id_of(reference), agent) {
            self.emit(at, What::WrapUpEnded { conversation, agent });
        }
    }

    fn expire_offer(&mut self, reference: Ref, at: Instant) {
        let Some((slot, agent)) = self.offered_to(reference) else { return };
        let Some(conversation) = self.id_of(reference) else { return };
        let missed_before = self.core.person(slot).map_or(0, |person| person.missed);
        self.emit(at, What::OfferExpired { conversation, agent });
        self.look_after_offer(reference);
        // Who is away already is not set away for longer.
        if self.core.is_one_too_many(missed_before) && self.core.board.available.contains(slot) {
            self.set_away_for_missing(slot, at);
        }
    }

    fn set_away_for_missing(&mut self, slot: Slot, at: Instant) {
        let Some(agent) = self.core.roster.agent_id(slot) else { return };
        let set = Setting { status: State::Away, until: None, missed_offers: true };
        if self.set_status(slot, at, set, None) {
            self.emit(at, What::Notice { agent, notice: NoticeKind::MissedOffers });
            self.withdraw_offers_of(slot, at);
        }
    }

    /// A wait is over: the next step is entered. After the last, the queue pass tries all steps once more.
    fn end_wait(&mut self, reference: Ref, at: Instant) {
        let over = self.core.conversation(reference).is_some_and(|it| it.is_wait_over(at));
        if !over || !self.enter_next_step(reference, at) {
            // Taken off the agenda, as otherwise it would fall due without end.
            self.core.agenda.drop(Some(at), Due::Wait(reference));
        } else {
            self.entered.insert(reference);
        }
        self.look_at(reference);
    }

    /// Ends the waits that were over while an offer was open, after the command that ended the offer.
    fn end_overdue_waits(&mut self, at: Instant) {
        while let Some((due, Due::Wait(reference))) = self.core.agenda.first().filter(|(due, _)| *due <= at) {
            self.end_wait(reference, due);
        }
    }

    // ---- for all who have a turn

    pub fn id_of(&self, reference: Ref) -> Option<Id> {
        self.core.conversation(reference).map(|it| it.id.clone())
    }

    /// The agent to whom a conversation is offered.
    pub fn offered_to(&self, reference: Ref) -> Option<(Slot, Id)> {
        match self.core.conversation(reference)?.phase {
            Phase::Offered { agent, .. } => Some((agent, self.core.roster.agent_id(agent)?)),
            _ => None,
        }
    }

    /// Has a conversation looked at in the next queue pass, in its place.
    pub fn look_at(&mut self, reference: Ref) {
        self.expect(reference, Coming::ByRule);
    }

    /// Has a conversation looked at whose offer ended. A wait that was over before lasted as long as the offer.
    pub fn look_after_offer(&mut self, reference: Ref) {
        self.core.list_overdue_wait(reference);
        self.look_at(reference);
    }

    /// Has a conversation that was closed or asleep looked at in the next queue pass.
    pub fn bring_back(&mut self, reference: Ref) {
        let held = self.core.conversation(reference).and_then(|it| it.last_held);
        self.expect(reference, held.map_or(Coming::ByRule, |(slot, _)| Coming::BackTo(slot)));
    }

    pub fn expect(&mut self, reference: Ref, coming: Coming) {
        if let Some(conversation) = self.core.conversation(reference) {
            let known = self.pending.entry(conversation.key(reference)).or_insert(coming);
            // Where it goes back to, or comes from, is not forgotten over a second reason to look at it.
            *known = (*known).max(coming);
        }
    }

    /// Takes an offer back; the conversation is looked at in the next queue pass.
    pub fn withdraw_offer(&mut self, reference: Ref, at: Instant) {
        if let (Some((_, agent)), Some(conversation)) = (self.offered_to(reference), self.id_of(reference)) {
            self.emit(at, What::OfferWithdrawn { conversation, agent });
            self.look_after_offer(reference);
        }
    }

    /// Takes back all offers of an agent.
    pub fn withdraw_offers_of(&mut self, slot: Slot, at: Instant) {
        for reference in self.occupying(slot, |phase| matches!(phase, Phase::Offered { .. })) {
            self.withdraw_offer(reference, at);
        }
    }

    /// The conversations of an agent whose phase is as asked, in the order of opening.
    pub fn occupying(&self, slot: Slot, phase: impl Fn(&Phase) -> bool) -> Vec<Ref> {
        let all = self.core.person(slot).into_iter().flat_map(|person| &person.occupied_by).copied();
        all.filter(|reference| self.core.conversation(*reference).is_some_and(|it| phase(&it.phase))).collect()
    }

    /// Sets a status, unless the agent's stays as it is; whether it did.
    pub fn set_status(&mut self, slot: Slot, at: Instant, set: Setting, note: Option<String>) -> bool {
        let Some(agent) = self.core.roster.agent_id(slot) else { return false };
        let Some(stretch) = self.core.status_after(slot, at, &set, self.by.as_ref()) else { return false };
        let status = Status { note: note.map(Arc::from), ..Status::of(stretch) };
        self.emit(at, status_changed(agent, status, Some(set)));
        true
    }
}

pub(super) fn status_changed(agent: Id, status: Status, set: Option<Setting>) -> What {
    let Status { state, reason, until, note, .. } = status;
    What::StatusChanged { agent, state, reason, until, note: note.as_deref().map(str::to_owned), set }
}
