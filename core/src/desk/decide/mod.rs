//! One command's turn: what is due, then the command itself, then the queue.

mod consult;
mod lookups;
mod perform;
mod permission;
mod pools;
mod reshape;
mod serve;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::availability::{State, Status};
use crate::deadline::time_is_up;
use crate::desk::command::{Action, Command};
use crate::desk::event::{Event, NoticeKind, Setting, VERSION, What};
use crate::desk::state::{ConversationRef, DeskState, Due, Phase, QueueKey, TooLong};
use crate::model::Id;
use crate::problem::{Code, Problem};
use crate::routing::{AgentSlot, Considered};
use crate::time::Instant;

/// How a conversation comes to be routed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArrivalKind {
    /// By its rule, from where that stands, or from the start.
    ByRule,
    /// Back to who held it, if they are eligible, else by its rule.
    BackTo(AgentSlot),
    /// From a bot, to the people, at whatever hour.
    FromBot,
}

/// The most events that fall due in one leap in time: an advance stops at the last whole instant within them, and any other
/// command that would leap further is refused, `leap_too_long`. One instant always passes whole.
pub const LEAP_EVENTS: usize = 100_000;

/// A command's turn at the desk.
pub struct Decider<'a> {
    pub state: &'a mut DeskState,
    pub events: Vec<Event>,
    /// The id of the command and the agent who acts, while what happens is its doing.
    id: Option<Id>,
    pub by: Option<Id>,
    /// Conversations to be looked at in the next queue pass, whoever is free.
    pub pending: BTreeMap<QueueKey, ArrivalKind>,
    /// Conversations that a script gave another place in the queue just now.
    pub replaced: Vec<(ConversationRef, ArrivalKind)>,
    /// What the script wrote down whose decision is told next.
    pub trace: Vec<String>,
    /// Waiting conversations that have just entered a step.
    pub entered: BTreeSet<ConversationRef>,
    /// Conversations that lie unassigned, which was told before, and are routed once more.
    pub lying: BTreeSet<ConversationRef>,
    /// Whether the embedder may call time, so that all has to be taken back.
    pub watched: bool,
    /// Whether the embedder's time was up.
    pub late: bool,
    /// Whether there are no more events than may fall due after the first instant of a leap.
    bounded: bool,
    /// Whether to note who was considered.
    pub explaining: bool,
}

impl DeskState {
    /// What is known of a leap from here to an instant, where it is too long.
    fn known_too_long(&self, at: Instant) -> Option<TooLong> {
        self.too_long.filter(|known| known.seq == self.seq && known.from <= at)
    }
}

impl<'a> Decider<'a> {
    pub fn new(state: &'a mut DeskState, explaining: bool) -> Self {
        Decider {
            state,
            events: Vec::new(),
            id: None,
            by: None,
            pending: BTreeMap::new(),
            replaced: Vec::new(),
            trace: Vec::new(),
            entered: BTreeSet::new(),
            lying: BTreeSet::new(),
            watched: false,
            late: false,
            bounded: false,
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
        if self.state.is_time_up() {
            return Err(time_is_up());
        }
        self.watched = true;
        // A change of the document is not written down step by step.
        let before = command.action.changes_document().then(|| Box::new(self.state.clone()));
        self.run(command);
        match before {
            _ if !self.late => {
                self.state.journal.close();
                return Ok(self.events);
            }
            Some(before) => *self.state = *before,
            None => self.state.roll_back(),
        }
        Err(time_is_up())
    }

    fn run(&mut self, command: &Command) {
        self.run_counted(command);
        self.state.allowance = None;
    }

    fn run_counted(&mut self, command: &Command) {
        if let Some(clock) = self.state.clock.filter(|clock| command.at < *clock) {
            let refusal = Problem::new(Code::TimeGoesBack, format!("the desk is at {clock} already"));
            self.events = vec![self.refusal(command, refusal, None)];
            return;
        }
        let is_advance = matches!(command.action, Action::Advance);
        if let Some(too_long) = self.state.known_too_long(command.at).filter(|_| !is_advance) {
            self.events = vec![self.refuse_leap(command, too_long)];
            return;
        }
        // Only what is due has to be taken back: a command that is refused has changed nothing itself.
        let is_due =
            self.state.agenda.first().is_some_and(|(due, _)| due <= command.at) || !self.state.unsettled.is_empty();
        if self.watched || is_due {
            self.state.journal.open();
        }
        if self.state.clock.is_none() {
            self.state.begin(command.at);
        }
        // Nobody loses what a log that ended within a command left on its way.
        for reference in self.state.unsettled.clone() {
            self.look_at(reference);
        }
        match self.run_due(command.at) {
            // What is late is taken back by whoever watches the time.
            None if self.late => {}
            None => self.carry_out(command),
            Some(_) if is_advance => self.keep(),
            Some(leap) => {
                self.state.roll_back();
                let too_long = TooLong { seq: self.state.seq, ..leap };
                self.state.too_long = Some(too_long);
                self.events = vec![self.refuse_leap(command, too_long)];
            }
        }
    }

    /// Does what a command says, once all that was due by then has happened.
    fn carry_out(&mut self, command: &Command) {
        self.id.clone_from(&command.id);
        self.by.clone_from(&command.by);
        self.state.renew_allowance();
        match self.perform(command) {
            Ok(()) => {
                self.keep();
                self.end_overdue_waits(command.at);
                self.serve_queue(command.at);
                let is_told = self.late || self.state.unsettled.is_empty();
                debug_assert!(is_told, "what became of all is told: {:?}", self.events);
                if self.state.clock.is_none() {
                    self.emit(command.at, What::Started);
                }
            }
            // What is late is taken back by whoever watches the time.
            Err(_) if self.late => {}
            Err(refusal) => {
                self.state.roll_back();
                self.events = vec![self.refusal(command, refusal, None)];
            }
        }
    }

    /// From here on nothing is taken back, unless the embedder calls time.
    fn keep(&mut self) {
        if !self.watched {
            self.state.journal.close();
        }
    }

    fn refuse_leap(&self, command: &Command, too_long: TooLong) -> Event {
        let TooLong { advance_to, .. } = too_long;
        let message = format!("more than {LEAP_EVENTS} events fall due before it; advance to {advance_to} first");
        self.refusal(command, Problem::new(Code::LeapTooLong, message), Some(advance_to))
    }

    fn refusal(&self, command: &Command, refusal: Problem, until: Option<Instant>) -> Event {
        let (conversation, agent) = command.action.subjects();
        Event {
            version: VERSION,
            seq: self.state.seq + 1,
            at: command.at,
            what: What::Refused {
                code: refusal.code,
                message: refusal.message,
                conversation: conversation.cloned(),
                agent: agent.cloned(),
                until,
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
        let (seq, id) = (self.state.seq + 1, self.id.clone());
        let event = Event { version: VERSION, seq, at, what, id, by, considered, trace };
        debug_assert_eq!(self.state.check_event(&event), Ok(()), "an event of this desk fits it: {event:?}");
        let applied = self.state.apply(&event);
        debug_assert_eq!(applied, Ok(()), "an event of this desk applies to it: {event:?}");
        self.events.push(event);
    }

    // ---- what is due

    /// Applies all that falls due up to and including an instant, or as much of it as one leap may bring: then, how far that is.
    fn run_due(&mut self, until: Instant) -> Option<TooLong> {
        let mut whole: Option<Instant> = None;
        let stopped = loop {
            let due = self.state.agenda.first().filter(|(at, _)| *at <= until);
            let Some((at, _)) = due.filter(|_| !self.is_stopped()) else { break None };
            let (changes, events) = (self.state.journal.len(), self.events.len());
            self.bounded = whole.is_some();
            self.pass_instant(at);
            if let Some(advance_to) = whole.filter(|_| self.is_too_much()) {
                self.undo_instant(changes, events);
                break Some(TooLong { seq: self.state.seq, from: at, advance_to });
            }
            whole = Some(at);
        };
        self.bounded = false;
        stopped
    }

    /// Applies all that falls due at an instant, and serves the queue.
    fn pass_instant(&mut self, at: Instant) {
        self.state.renew_allowance();
        while let Some((_, due)) = self.state.agenda.first().filter(|(next, _)| *next == at) {
            if self.is_stopped() {
                return;
            }
            self.fall_due(at, due);
        }
        self.serve_queue(at);
    }

    /// Takes an instant back that was not whole.
    fn undo_instant(&mut self, changes: usize, events: usize) {
        self.state.roll_back_to(changes);
        self.events.truncate(events);
        (self.pending, self.replaced, self.entered) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
        self.lying = BTreeSet::new();
        self.trace = Vec::new();
    }

    /// Whether a leap has brought more events than it may.
    fn is_too_much(&self) -> bool {
        self.bounded && self.events.len() > LEAP_EVENTS
    }

    /// Whether there is no use in going on: all this is taken back. Whatever can be long looks here again and again.
    pub fn is_stopped(&mut self) -> bool {
        self.late = self.late || (self.watched && self.state.is_time_up());
        self.late || self.is_too_much()
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
    pub fn announce_turn(&mut self, slot: AgentSlot, at: Instant) {
        if let Some((agent, status)) = self.state.roster.agent_id(slot).zip(self.state.status(slot, at)) {
            let by = self.by.clone().or_else(|| status.by.clone());
            self.happen(at, status_changed(agent, status, None), by, None);
        }
    }

    fn wake(&mut self, reference: ConversationRef, at: Instant) {
        if let Some(conversation) = self.id_of(reference) {
            self.emit(at, What::Reopened { conversation, woke: true });
            self.bring_back(reference);
        }
    }

    fn end_wrap_up(&mut self, reference: ConversationRef, at: Instant) {
        let wrapping = self.state.conversation(reference).map(|it| &it.phase);
        let Some(Phase::Closed { wrapping: Some((slot, _)) }) = wrapping else { return };
        let agent = self.state.roster.agent_id(*slot);
        if let (Some(conversation), Some(agent)) = (self.id_of(reference), agent) {
            self.emit(at, What::WrapUpEnded { conversation, agent });
        }
    }

    fn expire_offer(&mut self, reference: ConversationRef, at: Instant) {
        let Some((slot, agent)) = self.offered_to(reference) else { return };
        let Some(conversation) = self.id_of(reference) else { return };
        let missed_before = self.state.person(slot).map_or(0, |person| person.missed);
        self.emit(at, What::OfferExpired { conversation, agent });
        self.look_after_offer(reference);
        // Who is away already is not set away for longer.
        if self.state.is_one_too_many(missed_before) && self.state.standings.available.contains(slot) {
            self.set_away_for_missing(slot, at);
        }
    }

    fn set_away_for_missing(&mut self, slot: AgentSlot, at: Instant) {
        let Some(agent) = self.state.roster.agent_id(slot) else { return };
        let set = Setting { status: State::Away, until: None, missed_offers: true };
        if self.set_status(slot, at, set, None) {
            self.emit(at, What::Notice { agent, notice: NoticeKind::MissedOffers });
            self.withdraw_offers_of(slot, at);
        }
    }

    /// A wait is over: the next step is entered. After the last, the queue pass tries all steps once more.
    fn end_wait(&mut self, reference: ConversationRef, at: Instant) {
        let over = self.state.conversation(reference).is_some_and(|it| it.is_wait_over(at));
        if !over || !self.enter_next_step(reference, at) {
            // Taken off the agenda, as otherwise it would fall due without end.
            self.state.reschedule_due(at, Due::Wait(reference), false);
        } else {
            self.entered.insert(reference);
        }
        self.look_at(reference);
    }

    /// Ends the waits that were over while an offer was open, after the command that ended the offer.
    fn end_overdue_waits(&mut self, at: Instant) {
        while let Some((due, Due::Wait(reference))) = self.state.agenda.first().filter(|(due, _)| *due <= at) {
            self.end_wait(reference, due);
        }
    }

    // ---- for all who have a turn

    pub fn id_of(&self, reference: ConversationRef) -> Option<Id> {
        self.state.conversation(reference).map(|it| it.id.clone())
    }

    /// The agent to whom a conversation is offered.
    pub fn offered_to(&self, reference: ConversationRef) -> Option<(AgentSlot, Id)> {
        match self.state.conversation(reference)?.phase {
            Phase::Offered { agent, .. } => Some((agent, self.state.roster.agent_id(agent)?)),
            _ => None,
        }
    }

    /// Has a conversation looked at in the next queue pass, in its place.
    pub fn look_at(&mut self, reference: ConversationRef) {
        self.expect(reference, ArrivalKind::ByRule);
    }

    /// Has a conversation looked at whose offer ended. A wait that was over before lasted as long as the offer.
    pub fn look_after_offer(&mut self, reference: ConversationRef) {
        self.state.list_overdue_wait(reference);
        self.look_at(reference);
    }

    /// Has a conversation that was closed or asleep looked at in the next queue pass.
    pub fn bring_back(&mut self, reference: ConversationRef) {
        let held = self.state.conversation(reference).and_then(|it| it.last_held);
        self.expect(reference, held.map_or(ArrivalKind::ByRule, |(slot, _)| ArrivalKind::BackTo(slot)));
    }

    pub fn expect(&mut self, reference: ConversationRef, coming: ArrivalKind) {
        if let Some(conversation) = self.state.conversation(reference) {
            let known = self.pending.entry(conversation.key(reference)).or_insert(coming);
            // Where it goes back to, or comes from, is not forgotten over a second reason to look at it.
            *known = (*known).max(coming);
        }
    }

    /// Takes an offer back; the conversation is looked at in the next queue pass.
    pub fn withdraw_offer(&mut self, reference: ConversationRef, at: Instant) {
        if let (Some((_, agent)), Some(conversation)) = (self.offered_to(reference), self.id_of(reference)) {
            self.emit(at, What::OfferWithdrawn { conversation, agent });
            self.look_after_offer(reference);
        }
    }

    /// Takes back all offers of an agent.
    pub fn withdraw_offers_of(&mut self, slot: AgentSlot, at: Instant) {
        for reference in self.occupying(slot, |phase| matches!(phase, Phase::Offered { .. })) {
            self.withdraw_offer(reference, at);
        }
    }

    /// The conversations of an agent whose phase is as asked, in the order of opening.
    pub fn occupying(&self, slot: AgentSlot, phase: impl Fn(&Phase) -> bool) -> Vec<ConversationRef> {
        let all = self.state.person(slot).into_iter().flat_map(|person| &person.occupied_by).copied();
        all.filter(|reference| self.state.conversation(*reference).is_some_and(|it| phase(&it.phase))).collect()
    }

    /// Sets a status, unless the agent's stays as it is; whether it did.
    pub fn set_status(&mut self, slot: AgentSlot, at: Instant, set: Setting, note: Option<String>) -> bool {
        let Some(agent) = self.state.roster.agent_id(slot) else { return false };
        let Some(stretch) = self.state.status_after(slot, at, &set, self.by.as_ref()) else { return false };
        let status = Status { note: note.map(Arc::from), ..Status::of(stretch) };
        self.emit(at, status_changed(agent, status, Some(set)));
        true
    }
}

pub fn status_changed(agent: Id, status: Status, set: Option<Setting>) -> What {
    let Status { state, reason, until, note, .. } = status;
    What::StatusChanged { agent, state, reason, until, note: note.as_deref().map(str::to_owned), set }
}
