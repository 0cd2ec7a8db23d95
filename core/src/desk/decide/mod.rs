//! Carrying out one command: what is due, then the command itself, then the queue.

mod consult;
mod lookups;
mod perform;
mod permission;
mod pools;
mod reshape;
mod serve;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::availability::{AgentSlot, State, Status};
use crate::deadline::time_is_up;
use crate::desk::command::{Action, Command};
use crate::desk::event::{Event, EventKind, NoticeKind, Setting, VERSION};
use crate::desk::state::{ConversationRef, DeskState, Due, Phase, QueueKey, Resolved, Route, TooLong};
use crate::model::Id;
use crate::problem::{Code, Problem};
use crate::routing::Considered;
use crate::time::Instant;

/// The way in which a conversation comes to be routed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArrivalKind {
    /// By its rule, from the step it has reached, or from the start.
    ByRule,
    /// Back to the agent who held it, if eligible, else by its rule.
    BackTo(AgentSlot),
    /// From a bot to agents, also after hours.
    FromBot,
}

/// The largest number of events that fall due in one leap in time: an `advance` stops at the last instant whose events
/// are all within it, and any other command that would go further is refused with `leap_too_long`. The events of one
/// instant are never split.
pub const LEAP_EVENTS: usize = 100_000;

/// The state while one command is carried out.
pub struct Decider<'a> {
    pub state: &'a mut DeskState,
    pub events: Vec<Event>,
    /// The id of the command and the acting agent; `None` for events that fell due before the command.
    id: Option<Id>,
    pub by: Option<Id>,
    /// Conversations to look at in the next queue pass, regardless of which agents changed.
    pub pending: BTreeMap<QueueKey, ArrivalKind>,
    /// Conversations that a script has just moved to another place in the queue.
    pub replaced: Vec<(ConversationRef, ArrivalKind)>,
    /// The log of the script whose decision the next event contains.
    pub trace: Vec<String>,
    /// Waiting conversations that have just entered a step.
    pub entered: BTreeSet<ConversationRef>,
    /// Conversations that are unassigned and routed again; if they stay unassigned, no second event is emitted.
    pub lying: BTreeSet<ConversationRef>,
    /// The routes of conversations that are not in the queue yet; the event of the outcome records them.
    pub routes: FxHashMap<ConversationRef, Route>,
    /// Conversations whose wait ended before their offer did.
    overdue: BTreeSet<ConversationRef>,
    /// The last conversation whose wait ended at the current instant without a step to enter.
    passed: Option<ConversationRef>,
    /// The problem of an event that does not fit the desk: everything is rolled back.
    broken: Option<Problem>,
    /// `true` if the command has a deadline, after which everything is rolled back.
    pub watched: bool,
    /// `true` if the deadline has passed.
    pub late: bool,
    /// `true` if [`LEAP_EVENTS`] limits the events, as it does after the first instant of a leap.
    bounded: bool,
    /// `true` if events list the agents considered.
    pub explaining: bool,
}

impl DeskState {
    /// Returns what is known about a leap from the current state to an instant, if it is too long.
    fn known_too_long(&self, at: Instant) -> Option<TooLong> {
        self.too_long.filter(|known| known.seq == self.seq && known.from <= at)
    }
}

impl<'a> Decider<'a> {
    pub fn new(state: &'a mut DeskState, explaining: bool) -> Self {
        let watched = state.deadline.is_some();
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
            routes: FxHashMap::default(),
            overdue: BTreeSet::new(),
            passed: None,
            broken: None,
            watched,
            late: false,
            bounded: false,
            explaining,
        }
    }

    /// Carries out a command, or refuses it and leaves the desk as it was. The journal then contains all changes, to be
    /// kept or rolled back.
    ///
    /// # Errors
    /// `time_is_up`; the desk is as it was.
    pub fn decide(mut self, command: &Command) -> Result<Vec<Event>, Problem> {
        if self.state.is_time_up() {
            return Err(time_is_up());
        }
        self.state.begin_turn();
        self.run(command);
        self.end(command)
    }

    /// Rolls back a command that was cut short, and returns the events.
    fn end(mut self, command: &Command) -> Result<Vec<Event>, Problem> {
        self.state.allowance = None;
        if let Some(problem) = self.broken.take() {
            self.state.roll_back();
            self.events = vec![self.refusal(command, problem, None)];
        }
        if self.late {
            self.state.roll_back();
            return Err(time_is_up());
        }
        Ok(self.events)
    }

    fn run(&mut self, command: &Command) {
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
        if self.state.clock.is_none() {
            self.state.begin(command.at);
        }
        // A log that ended within the events of a command left conversations without an outcome; they must not be lost.
        for reference in self.state.unsettled.clone() {
            self.look_after_offer(reference);
        }
        if let Some(now) = self.state.clock.filter(|_| !self.overdue.is_empty()) {
            self.pass_instant(now);
        }
        match self.run_due(command.at) {
            // `end` rolls back what was cut short.
            None if self.is_cut_short() => {}
            None => self.carry_out(command),
            Some(_) if is_advance => {}
            Some(leap) => {
                self.state.roll_back();
                let too_long = TooLong { seq: self.state.seq, ..leap };
                self.state.too_long = Some(too_long);
                self.events = vec![self.refuse_leap(command, too_long)];
            }
        }
    }

    /// Carries out the command itself, after everything that was due by its instant.
    fn carry_out(&mut self, command: &Command) {
        self.id.clone_from(&command.id);
        self.by.clone_from(&command.by);
        self.state.renew_allowance();
        match self.perform(command) {
            Ok(()) => {
                self.end_overdue_waits(command.at);
                self.serve_queue(command.at);
                if !self.is_cut_short() && !self.state.unsettled.is_empty() {
                    self.broken = Some(broken("a conversation was left on its way"));
                }
                if self.state.clock.is_none() {
                    self.emit(command.at, Resolved::default(), EventKind::Started);
                }
            }
            // `end` rolls back what was cut short.
            Err(_) if self.is_cut_short() => {}
            Err(refusal) => {
                self.state.roll_back();
                self.events = vec![self.refusal(command, refusal, None)];
            }
        }
    }

    /// Returns `true` if the deadline has passed or an event did not fit, so that everything is rolled back.
    fn is_cut_short(&self) -> bool {
        self.late || self.broken.is_some()
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
            kind: EventKind::Refused {
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

    /// Applies an event with its resolved handles, and adds it to the events.
    pub fn emit(&mut self, at: Instant, on: Resolved, kind: EventKind) {
        let considered = if self.explaining { self.why_nobody(&kind, at) } else { None };
        self.emit_considered(at, on, kind, considered);
    }

    pub fn emit_considered(&mut self, at: Instant, on: Resolved, kind: EventKind, considered: Option<Vec<Considered>>) {
        self.happen(at, on, kind, self.by.clone(), considered);
    }

    fn happen(
        &mut self,
        at: Instant,
        on: Resolved,
        kind: EventKind,
        by: Option<Id>,
        considered: Option<Vec<Considered>>,
    ) {
        if self.broken.is_some() {
            return;
        }
        if let Some(reference) = on.conversation.filter(|_| kind.decides()) {
            self.routes.remove(&reference);
        }
        let trace = if self.explaining { std::mem::take(&mut self.trace) } else { Vec::new() };
        let (seq, id) = (self.state.seq + 1, self.id.clone());
        let event = Event { version: VERSION, seq, at, kind, id, by, considered, trace };
        match self.check(&event).and_then(|()| self.state.apply(&event, on)) {
            Ok(()) => {
                self.state.refresh_stale(at);
                self.events.push(event);
            }
            Err(problem) => self.broken = Some(broken(&problem.message)),
        }
    }

    /// Checks an event like one from outside, only in debug builds because of the cost.
    fn check(&self, event: &Event) -> Result<(), Problem> {
        if cfg!(debug_assertions) { self.state.check_event(event) } else { Ok(()) }
    }

    // ---- what is due

    /// Applies everything that falls due up to and including an instant. If that is too much for one leap, applies as
    /// much as fits, and returns how far that is.
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
        self.passed = None;
        while let Some(due) = self.next_due(at) {
            if self.is_stopped() {
                return;
            }
            self.fall_due(at, due);
        }
        self.serve_queue(at);
    }

    /// Returns what falls due next at an instant, in the order of [`Due`].
    fn next_due(&self, at: Instant) -> Option<Due> {
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
    fn is_too_much(&self) -> bool {
        self.bounded && self.events.len() > LEAP_EVENTS
    }

    /// Returns `true` if the command has to stop, because its changes will be rolled back. Long loops check this
    /// regularly.
    pub fn is_stopped(&mut self) -> bool {
        self.late = self.late || (self.watched && self.state.is_time_up());
        self.is_cut_short() || self.is_too_much()
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

    /// Emits the status of an agent at an instant, after a turn of the schedule or the end of a manual status.
    pub fn announce_turn(&mut self, slot: AgentSlot, at: Instant) {
        if let Some((agent, status)) = self.state.roster.agent_id(slot).zip(self.state.status_of(slot, at)) {
            let by = self.by.clone().or_else(|| status.by.clone());
            self.happen(at, Resolved::of_agent(slot), status_changed(agent, status, None), by, None);
        }
    }

    fn wake(&mut self, reference: ConversationRef, at: Instant) {
        if let Some(conversation) = self.id_of(reference) {
            self.emit(at, Resolved::of(reference), EventKind::Reopened { conversation, woke: true });
            self.bring_back(reference);
        }
    }

    fn end_wrap_up(&mut self, reference: ConversationRef, at: Instant) {
        let wrapping = self.state.conversation(reference).map(|it| &it.phase);
        let Some(Phase::Closed { wrapping: Some((slot, _)) }) = wrapping else { return };
        let agent = self.state.roster.agent_id(*slot);
        let on = Resolved::of(reference).agent(*slot);
        if let (Some(conversation), Some(agent)) = (self.id_of(reference), agent) {
            self.emit(at, on, EventKind::WrapUpEnded { conversation, agent });
        }
    }

    fn expire_offer(&mut self, reference: ConversationRef, at: Instant) {
        let Some((slot, agent)) = self.offered_to(reference) else { return };
        let Some(conversation) = self.id_of(reference) else { return };
        let missed_before = self.state.person(slot).map_or(0, |person| person.missed);
        self.emit(at, Resolved::of(reference).agent(slot), EventKind::OfferExpired { conversation, agent });
        self.look_after_offer(reference);
        // An agent who is away already is not set away for longer.
        if self.state.is_one_too_many(missed_before) && self.state.standings.available.contains(slot) {
            self.set_away_for_missing(slot, at);
        }
    }

    fn set_away_for_missing(&mut self, slot: AgentSlot, at: Instant) {
        let Some(agent) = self.state.roster.agent_id(slot) else { return };
        let set = Setting { status: State::Away, until: None, missed_offers: true, reason: None };
        if self.set_status(slot, at, set, None) {
            self.emit(at, Resolved::of_agent(slot), EventKind::Notice { agent, notice: NoticeKind::MissedOffers });
            self.withdraw_offers_of(slot, at);
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
    fn end_overdue_waits(&mut self, at: Instant) {
        while let Some(reference) = self.overdue.first().copied() {
            self.end_wait(reference, at);
        }
    }

    // ---- shared

    /// Returns the rule and the route of a conversation, in the queue or on its way there.
    pub fn route_of(&self, reference: ConversationRef) -> Option<(Id, Route)> {
        match self.routes.get(&reference) {
            Some(route) => Some((self.state.rule_id(reference, route.rule)?, *route)),
            None => self.state.route_of(reference),
        }
    }

    pub fn id_of(&self, reference: ConversationRef) -> Option<Id> {
        self.state.conversation(reference).map(|it| it.id.clone())
    }

    /// Returns the agent to whom a conversation is offered.
    pub fn offered_to(&self, reference: ConversationRef) -> Option<(AgentSlot, Id)> {
        match self.state.conversation(reference)?.phase {
            Phase::Offered { agent, .. } => Some((agent, self.state.roster.agent_id(agent)?)),
            _ => None,
        }
    }

    /// Schedules a conversation for the next queue pass, in its place.
    pub fn look_at(&mut self, reference: ConversationRef) {
        self.expect(reference, ArrivalKind::ByRule);
    }

    /// Schedules a conversation whose offer ended for the next queue pass. A wait that ran out before lasts as long as
    /// the offer.
    pub fn look_after_offer(&mut self, reference: ConversationRef) {
        let conversation = self.state.conversation(reference).filter(|it| it.phase == Phase::Unassigned);
        if self.state.clock.zip(conversation).is_some_and(|(now, it)| it.is_wait_over(now)) {
            self.overdue.insert(reference);
        }
        self.look_at(reference);
    }

    /// Schedules a conversation that was closed or snoozed for the next queue pass.
    pub fn bring_back(&mut self, reference: ConversationRef) {
        let held = self.state.conversation(reference).and_then(|it| it.last_held);
        self.expect(reference, held.map_or(ArrivalKind::ByRule, |(slot, _)| ArrivalKind::BackTo(slot)));
    }

    pub fn expect(&mut self, reference: ConversationRef, coming: ArrivalKind) {
        if let Some(conversation) = self.state.conversation(reference) {
            let known = self.pending.entry(conversation.key(reference)).or_insert(coming);
            // A second reason to look at it does not replace where it goes back to or comes from.
            *known = (*known).max(coming);
        }
    }

    /// Withdraws an offer; the conversation is looked at in the next queue pass.
    pub fn withdraw_offer(&mut self, reference: ConversationRef, at: Instant) {
        if let (Some((slot, agent)), Some(conversation)) = (self.offered_to(reference), self.id_of(reference)) {
            self.emit(at, Resolved::of(reference).agent(slot), EventKind::OfferWithdrawn { conversation, agent });
            self.look_after_offer(reference);
        }
    }

    /// Withdraws all offers of an agent.
    pub fn withdraw_offers_of(&mut self, slot: AgentSlot, at: Instant) {
        for reference in self.occupying(slot, |phase| matches!(phase, Phase::Offered { .. })) {
            self.withdraw_offer(reference, at);
        }
    }

    /// Returns the conversations of an agent whose phase matches, in the order of opening.
    pub fn occupying(&self, slot: AgentSlot, phase: impl Fn(&Phase) -> bool) -> Vec<ConversationRef> {
        let all = self.state.person(slot).into_iter().flat_map(|person| &person.occupied_by).copied();
        all.filter(|reference| self.state.conversation(*reference).is_some_and(|it| phase(&it.phase))).collect()
    }

    /// Sets the status of an agent, unless it stays as it is. Returns `true` if it was set.
    pub fn set_status(&mut self, slot: AgentSlot, at: Instant, set: Setting, note: Option<String>) -> bool {
        let Some(agent) = self.state.roster.agent_id(slot) else { return false };
        let Some((set, stretch)) = self.state.status_after(slot, at, set, self.by.as_ref()) else { return false };
        let status = Status { note: note.map(Arc::from), ..Status::of(stretch) };
        self.emit(at, Resolved::of_agent(slot), status_changed(agent, status, Some(set)));
        true
    }
}

pub fn status_changed(agent: Id, status: Status, set: Option<Setting>) -> EventKind {
    let Status { state, reason, until, note, .. } = status;
    EventKind::StatusChanged { agent, state, reason, until, note: note.as_deref().map(str::to_owned), set }
}

/// The problem of a desk that contradicts itself.
fn broken(why: &str) -> Problem {
    Problem::new(Code::InternalError, format!("the desk contradicts itself, so that nothing was changed: {why}"))
        .with_hint("report it with the document, the last snapshot and the command")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Desk;

    const DESK: &str = r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}], "inboxes": [{"id": "main",
        "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}"#;

    /// A command that breaks the desk after its first events: as a fault of the library would.
    #[test]
    fn a_broken_invariant_is_an_internal_error_that_changes_nothing() {
        let mut desk = Desk::from_json(DESK).unwrap();
        let open = r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#;
        desk.handle_json(open).unwrap();
        let command = desk.read_command(&open.replace("c1", "c2")).unwrap();
        let before = desk.snapshot();
        let mut decider = Decider::new(&mut desk.state, false);
        decider.state.begin_turn();
        decider.run(&command);
        assert_eq!(decider.events.len(), 2, "opened and assigned");
        // It says nothing about which conversation.
        let agent = Some(Id::from("anna"));
        decider.emit(
            command.at,
            Resolved::default(),
            EventKind::Closed { conversation: "c1".into(), agent, until: None },
        );
        let events = decider.end(&command).unwrap();
        let [Event { kind: EventKind::Refused { code, message, .. }, .. }] = &events[..] else { panic!("{events:?}") };
        assert_eq!(*code, Code::InternalError);
        assert_eq!(
            message,
            "the desk contradicts itself, so that nothing was changed: this event is not of this desk: it does not say what it is about"
        );
        assert_eq!(desk.snapshot(), before);
        assert_eq!(desk.handle(&command).len(), 2, "it goes on");
    }
}
