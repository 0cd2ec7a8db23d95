//! Conversations as the desk stores them.

use std::num::NonZeroU64;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use smallvec::SmallVec;
use thin_vec::ThinVec;

use crate::availability::{AgentSlot, ChannelSlot, Reason};
use crate::conversation::FilteredBecause;
use crate::desk::event::{Decision, Details, UnassignedBecause};
use crate::model::Id;
use crate::routing::extension::GivenPriority;
use crate::routing::{RuleRef, StepRef};
use crate::time::Instant;

/// The handle of a conversation; one opened earlier is lower. It is never given to another, and no desk lives until they
/// run out: 32 bits would last for an hour of a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ConversationRef(NonZeroU64);

impl ConversationRef {
    /// Returns the handle of the conversation that was opened after so many others.
    // INVARIANT: each was opened by an event of its own, of which there are fewer than 2^53.
    pub(crate) const fn of(index: u64) -> Self {
        ConversationRef(NonZeroU64::MIN.saturating_add(index))
    }

    /// Returns the number of conversations that were opened before.
    pub(crate) const fn index(self) -> u64 {
        self.0.get() - 1
    }
}

/// A conversation: what is kept of it for as long as it is remembered, and its progress until it is over.
#[derive(Debug, Clone)]
pub struct Conversation {
    pub id: Id,
    pub details: Arc<Details>,
    pub opened_at: Instant,
    /// Its channel; `None` if that was removed since.
    pub channel: Option<ChannelSlot>,
    /// The agent who last held it.
    last_holder: Option<AgentSlot>,
    /// The number of the event that assigned it to that agent.
    held_by: u64,
    /// The instant at which it was last closed, or its wrap-up ended, or it was sent, or went into the spam or the trash.
    pub ended_at: Instant,
    /// The instant of its last message, by anyone.
    pub last_message_at: Instant,
    /// The instant of the contact's last message; `None` if the contact never wrote.
    pub visitor_wrote_at: Option<Instant>,
    /// `None` if it has nothing of that.
    rare: Option<Arc<Rare>>,
    /// `None` once it is over, which saves memory; see [`release_if_over`](Self::release_if_over).
    progress: Option<Arc<Progress>>,
}

/// The data that few conversations have, for as long as they are remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Rare {
    /// The messages that are hidden.
    hidden: Vec<HiddenMessage>,
    /// The agent who last held it, and was removed since.
    former_holder: Option<Id>,
}

/// The progress of a conversation until it is over: closed, and nobody wraps it up. Few have anything in its lists, so an
/// empty one takes no more than a pointer.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The instant at which it was opened or last reopened, and the number of that event: its place among those of equal
    /// priority.
    pub queued_from: Instant,
    pub order: u64,
    pub phase: Phase,
    /// `true` if its last event left it without an outcome, which a later event of the same command gives.
    pub unsettled: bool,
    /// Its progress in its rule; kept while it is offered or with a bot.
    pub route: Option<Route>,
    /// The team among whose members it is routed instead; kept while it is offered.
    pub for_team: Option<Arc<ForTeam>>,
    /// The declines since it was opened or last reopened, one an agent.
    pub declined: ThinVec<Decline>,
    /// The owners who were mailed since it was opened or last reopened.
    pub notified: ThinVec<AgentSlot>,
    /// The agents who replied since it was opened or last reopened, in the order of their first reply.
    pub repliers: ThinVec<AgentSlot>,
    /// The priority that a script of its rule gave it.
    pub given: GivenPriority,
    /// When its holder, who left, gives it back.
    pub requeue: Option<Requeue>,
    /// `true` if the waiting limit of its channel was reached since it was opened or last reopened; it does not act again.
    pub limited: bool,
    /// The marks of the script failures that were emitted for it.
    pub failures: ThinVec<u64>,
}

/// The instant at which a conversation is given back by its holder, who left, and the reason to give then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requeue {
    pub at: Instant,
    pub reason: UnassignedBecause,
}

impl Requeue {
    /// Returns the reason for which conversations are given back by an agent who is away for a reason; `None` if they are not.
    pub fn reason_of(reason: Reason) -> Option<UnassignedBecause> {
        match reason {
            Reason::OutsideWorkingHours | Reason::Holiday => Some(UnassignedBecause::ShiftEnded),
            Reason::OutOfOffice => Some(UnassignedBecause::OutOfOffice),
            Reason::WorkingHours
            | Reason::AlwaysOn
            | Reason::SetAvailable
            | Reason::SetAway
            | Reason::SetAwayByOther
            | Reason::TemporarilyAway
            | Reason::Deactivated => None,
        }
    }
}

/// A hidden message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenMessage {
    pub message: Id,
    /// The agent who hid it; `None` if the embedding program did.
    pub by: Option<Id>,
}

/// The phase of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// In the queue, by its route.
    Waiting,
    /// Offered to an agent, or to several at once.
    Offered {
        /// In the order in which they were made; never empty.
        offers: Vec<Offer>,
    },
    /// Held by an agent.
    Held { agent: AgentSlot },
    /// Given to a team, held by nobody.
    WithTeam { team: Id },
    /// With a bot; it may be closed by itself at an instant.
    WithBot { bot: Id, closes_at: Option<Instant> },
    /// Held by nobody and not routed.
    Unassigned,
    /// The contact left a message.
    Voicemail,
    /// Snoozed, by whoever held it then.
    Snoozed { until: Option<Instant>, agent: Option<AgentSlot> },
    /// Closed; an agent may still be wrapping it up.
    Closed { wrapping: Option<(AgentSlot, Instant)> },
    /// Sent by an agent; the contact has not answered.
    Sent,
    /// In the spam.
    Filtered { reason: FilteredBecause, matched: Option<Id> },
    /// In the trash; forgotten at an instant.
    Trashed { until: Option<Instant>, was: Box<Phase> },
}

impl Phase {
    /// Returns what a conversation is when it comes out of the trash: open ones are unassigned, to be routed.
    pub fn after_trash(&self) -> Phase {
        match self {
            Phase::Closed { .. } => Phase::Closed { wrapping: None },
            Phase::Sent => Phase::Sent,
            Phase::Filtered { reason, matched } => Phase::Filtered { reason: *reason, matched: matched.clone() },
            Phase::Trashed { was, .. } => (**was).clone(),
            Phase::Waiting
            | Phase::Offered { .. }
            | Phase::Held { .. }
            | Phase::WithTeam { .. }
            | Phase::WithBot { .. }
            | Phase::Unassigned
            | Phase::Voicemail
            | Phase::Snoozed { .. } => Phase::Unassigned,
        }
    }

    /// Takes out the address for which it is in the spam, or was when it went into the trash. Domains and roles name nobody.
    fn erase_address(&mut self) {
        match self {
            Phase::Filtered { reason, matched } => {
                matched.take_if(|matched| reason.is_address(matched));
            }
            Phase::Trashed { was, .. } => was.erase_address(),
            _ => {}
        }
    }

    /// Returns `true` if it is neither closed, nor sent, nor in the spam or the trash.
    pub fn is_open(&self) -> bool {
        match self {
            Phase::Closed { .. } | Phase::Sent | Phase::Filtered { .. } | Phase::Trashed { .. } => false,
            Phase::Waiting
            | Phase::Offered { .. }
            | Phase::Held { .. }
            | Phase::WithTeam { .. }
            | Phase::WithBot { .. }
            | Phase::Unassigned
            | Phase::Voicemail
            | Phase::Snoozed { .. } => true,
        }
    }
}

/// An offer of a conversation to an agent, who may accept or decline it.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    pub agent: AgentSlot,
    pub until: Option<Instant>,
    /// The decision behind it; `None` if it goes back to the agent who held the conversation before.
    pub decision: Option<Decision>,
    /// The agent out of office for whom the agent stands in.
    pub substitute_for: Option<Id>,
}

/// A decline of a conversation, or an offer of it that was missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decline {
    pub agent: AgentSlot,
    /// The number of returns of the agent at the time.
    pub returns: u64,
    /// Its instant; `None` in a snapshot of before it was written.
    pub at: Option<Instant>,
}

/// The progress of a conversation in its rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    pub rule: RuleRef,
    /// The first step that may take it.
    pub from: StepRef,
    /// The step reached.
    pub reached: StepRef,
    /// The instant at which the next step is added.
    pub wait_until: Option<Instant>,
    /// `true` if all steps and the `otherwise` are done, and any step may take it.
    pub done: bool,
}

/// A team among whose members a conversation is routed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ForTeam {
    pub team: Id,
    /// The rule whose last strategy chooses; without one, `least_busy` does.
    pub rule: Option<Id>,
}

impl Deref for Conversation {
    type Target = Progress;

    fn deref(&self) -> &Progress {
        self.progress.as_deref().unwrap_or(&OVER)
    }
}

impl DerefMut for Conversation {
    fn deref_mut(&mut self) -> &mut Progress {
        self.progress_mut()
    }
}

/// The progress of a conversation that is over and had no script failures.
static OVER: Progress = Progress {
    queued_from: Instant::MIN,
    order: 0,
    phase: Phase::Closed { wrapping: None },
    unsettled: false,
    route: None,
    for_team: None,
    declined: ThinVec::new(),
    notified: ThinVec::new(),
    repliers: ThinVec::new(),
    given: GivenPriority::NONE,
    requeue: None,
    limited: false,
    failures: ThinVec::new(),
};

impl Progress {
    /// Returns `true` if nothing will happen to it any more by itself.
    pub fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Closed { wrapping: None }) && !self.unsettled
    }

    /// Returns `true` if it is in the queue.
    pub fn waits(&self) -> bool {
        matches!(self.phase, Phase::Waiting)
    }

    pub fn is_open(&self) -> bool {
        self.phase.is_open()
    }

    /// Returns `true` if it may be forgotten: nobody holds it, wraps it up or is to get it.
    pub fn is_forgettable(&self) -> bool {
        !self.is_open() && self.occupies().is_empty() && !self.unsettled
    }

    /// Returns `true` if it waits, or is offered and may wait again.
    pub fn is_routed(&self) -> bool {
        matches!(self.phase, Phase::Waiting | Phase::Offered { .. })
    }

    /// Returns the agent who holds it.
    pub fn holder(&self) -> Option<AgentSlot> {
        match self.phase {
            Phase::Held { agent } => Some(agent),
            _ => None,
        }
    }

    /// Returns its open offers.
    pub fn offers(&self) -> &[Offer] {
        match &self.phase {
            Phase::Offered { offers } => offers,
            _ => &[],
        }
    }

    /// Returns its offer to an agent.
    pub fn offer_to(&self, slot: AgentSlot) -> Option<&Offer> {
        self.offers().iter().find(|offer| offer.agent == slot)
    }

    /// Puts it into a phase, and ends its routing.
    pub fn settle(&mut self, phase: Phase) {
        if !phase.is_open() {
            self.repliers.clear();
        }
        (self.phase, self.unsettled) = (phase, false);
        self.leave_route();
        self.requeue = None;
    }

    /// Puts it in the place of one that has just arrived, by the event of that number, to be routed.
    pub fn arrive(&mut self, at: Instant, order: u64) {
        self.settle(Phase::Unassigned);
        self.unsettled = true;
        (self.queued_from, self.order) = (at, order);
        self.begin_anew();
    }

    /// Clears what counts from the last opening or reopening.
    pub fn begin_anew(&mut self) {
        self.limited = false;
        self.declined.clear();
        self.notified.clear();
        self.repliers.clear();
    }

    /// Returns the agents to whom it belongs: the one who holds it, or has snoozed it; while there is none, those who replied.
    pub fn belongs_to(&self) -> &[AgentSlot] {
        match &self.phase {
            Phase::Held { agent } | Phase::Snoozed { agent: Some(agent), .. } => std::slice::from_ref(agent),
            phase if phase.is_open() => &self.repliers,
            _ => &[],
        }
    }

    /// Sets the instant at which it is closed, if a bot has it.
    pub fn set_closes_at(&mut self, at: Option<Instant>) {
        if let Phase::WithBot { closes_at, .. } = &mut self.phase {
            *closes_at = at;
        }
    }

    /// Has it come out of the trash as an open one.
    pub fn open_after_trash(&mut self) {
        if let Phase::Trashed { was, .. } = &mut self.phase {
            **was = Phase::Unassigned;
        }
    }

    /// Takes it from its rule, or from the team among whose members it is routed.
    pub fn leave_route(&mut self) {
        (self.route, self.for_team, self.given) = (None, None, GivenPriority::NONE);
    }

    /// Returns the team that has it, or among whose members it is routed.
    pub fn team(&self) -> Option<&Id> {
        match &self.phase {
            Phase::WithTeam { team } => Some(team),
            Phase::Waiting | Phase::Offered { .. } => self.for_team.as_ref().map(|it| &it.team),
            _ => None,
        }
    }

    /// Returns the team that has it or among whose members it is routed, also while it is on its way to them by other rules.
    pub fn team_concerned(&self) -> Option<&Id> {
        self.team().or(self.for_team.as_ref().map(|it| &it.team))
    }

    /// Offers it to one more agent.
    pub fn add_offer(&mut self, offer: Offer) {
        match &mut self.phase {
            Phase::Offered { offers } => offers.push(offer),
            _ => self.phase = Phase::Offered { offers: vec![offer] },
        }
    }

    /// Ends its offer to an agent. After the last it is unassigned, and a later event says what becomes of it.
    pub fn end_offer(&mut self, slot: AgentSlot) {
        if let Phase::Offered { offers } = &mut self.phase {
            offers.retain(|offer| offer.agent != slot);
            if offers.is_empty() {
                (self.phase, self.unsettled) = (Phase::Unassigned, true);
            }
        }
    }

    /// Returns the agents whose load it is part of.
    pub fn occupies(&self) -> SmallVec<[AgentSlot; 1]> {
        match &self.phase {
            Phase::Held { agent } | Phase::Closed { wrapping: Some((agent, _)) } => SmallVec::from_buf([*agent]),
            Phase::Offered { offers } => offers.iter().map(|offer| offer.agent).collect(),
            _ => SmallVec::new(),
        }
    }

    /// Returns `true` if it waits at a step, in the queue or on the way there, and the wait is over.
    pub fn is_wait_over(&self, at: Instant) -> bool {
        let wait_until = self.route.as_ref().and_then(|route| route.wait_until);
        matches!(self.phase, Phase::Waiting | Phase::Unassigned) && wait_until.is_some_and(|until| until <= at)
    }
}

impl Conversation {
    /// Creates a conversation that has just been opened, by the event of that number.
    pub fn opened(
        id: Id,
        details: Arc<Details>,
        channel: Option<ChannelSlot>,
        at: Instant,
        order: u64,
    ) -> Conversation {
        let progress = Progress { queued_from: at, order, phase: Phase::Unassigned, unsettled: true, ..OVER.clone() };
        Conversation::with_progress(id, details, channel, at, progress)
    }

    /// Creates a conversation that was opened at an instant, and has come to its progress since.
    pub fn with_progress(
        id: Id,
        details: Arc<Details>,
        channel: Option<ChannelSlot>,
        opened_at: Instant,
        progress: Progress,
    ) -> Conversation {
        let is_kept = !progress.is_over() || !progress.failures.is_empty();
        Conversation {
            id,
            details,
            opened_at,
            channel,
            last_holder: None,
            held_by: 0,
            ended_at: opened_at,
            last_message_at: opened_at,
            visitor_wrote_at: Some(opened_at),
            rare: None,
            progress: is_kept.then(|| Arc::new(progress)),
        }
    }

    /// Returns its hidden messages, in the order in which they were hidden.
    pub fn hidden(&self) -> &[HiddenMessage] {
        self.rare.as_deref().map(|rare| rare.hidden.as_slice()).unwrap_or_default()
    }

    /// Replaces its hidden messages.
    pub fn set_hidden(&mut self, hidden: Vec<HiddenMessage>) {
        self.edit_rare(|rare| rare.hidden = hidden);
    }

    /// Hides a message.
    pub fn hide(&mut self, message: Id, by: Option<Id>) {
        self.edit_rare(|rare| rare.hidden.push(HiddenMessage { message, by }));
    }

    /// Shows a hidden message again.
    pub fn unhide(&mut self, message: &Id) {
        self.edit_rare(|rare| rare.hidden.retain(|it| it.message != *message));
    }

    /// Returns the agent who last held it, if that agent was removed since.
    pub fn former_holder(&self) -> Option<&Id> {
        self.rare.as_ref()?.former_holder.as_ref()
    }

    /// Notes that an agent who was removed since held it last.
    pub fn set_former_holder(&mut self, former_holder: Option<Id>) {
        self.edit_rare(|rare| rare.former_holder = former_holder);
    }

    fn edit_rare(&mut self, change: impl FnOnce(&mut Rare)) {
        let mut rare = self.rare.as_deref().cloned().unwrap_or_default();
        change(&mut rare);
        self.rare = (rare != Rare::default()).then(|| Arc::new(rare));
    }

    /// Returns the agent who last held it, with the number of the event that assigned it.
    pub fn last_held(&self) -> Option<(AgentSlot, u64)> {
        self.last_holder.map(|slot| (slot, self.held_by))
    }

    /// Notes the agent who holds it, with the number of the event that assigned it.
    pub fn note_holder(&mut self, slot: AgentSlot, order: u64) {
        (self.last_holder, self.held_by) = (Some(slot), order);
        if self.rare.is_some() {
            self.set_former_holder(None);
        }
    }

    /// Returns the progress, to change it.
    pub fn progress_mut(&mut self) -> &mut Progress {
        Arc::make_mut(self.progress.get_or_insert_with(|| Arc::new(OVER.clone())))
    }

    /// Closes it; it is over unless an agent wraps it up.
    pub fn close(&mut self, at: Instant, wrapping: Option<(AgentSlot, Instant)>) {
        self.ended_at = at;
        match wrapping {
            Some(_) => self.settle(Phase::Closed { wrapping }),
            None => self.release(),
        }
    }

    /// Releases the progress if the conversation is over.
    pub fn release_if_over(&mut self) {
        if self.progress.as_deref().is_some_and(Progress::is_over) {
            self.release();
        }
    }

    /// Releases the progress of a conversation that is over; of that, only the marks of its failures are kept.
    fn release(&mut self) {
        let failures = self.failures.clone();
        self.progress = (!failures.is_empty()).then(|| Arc::new(Progress { failures, ..OVER.clone() }));
    }

    /// Returns `true` if its record refers to an agent.
    pub fn remembers(&self, slot: AgentSlot, agent: &Id) -> bool {
        let contact = self.details.contact.as_ref();
        self.declined.iter().any(|decline| decline.agent == slot)
            || self.last_holder == Some(slot)
            || self.notified.contains(&slot)
            || self.repliers.contains(&slot)
            || matches!(self.phase, Phase::Snoozed { agent: Some(agent), .. } if agent == slot)
            || matches!(self.phase, Phase::Closed { wrapping: Some((agent, _)) } if agent == slot)
            || contact.is_some_and(|contact| contact.owner.as_ref() == Some(agent))
    }

    /// Removes an agent from its record; a wrap-up of the agent ends at that instant. Who last held it stays as text.
    pub fn forget(&mut self, slot: AgentSlot, agent: &Id, at: Instant) {
        self.declined.retain(|decline| decline.agent != slot);
        if self.last_holder.take_if(|holder| *holder == slot).is_some() {
            self.set_former_holder(Some(agent.clone()));
        }
        self.notified.retain(|notified| *notified != slot);
        self.repliers.retain(|replier| *replier != slot);
        if let Phase::Snoozed { agent, .. } = &mut self.phase {
            agent.take_if(|agent| *agent == slot);
        }
        if let Phase::Closed { wrapping } = &mut self.phase
            && wrapping.take_if(|(agent, _)| *agent == slot).is_some()
        {
            self.ended_at = at;
        }
        let contact = self.details.contact.as_ref();
        if contact.is_some_and(|contact| contact.owner.as_ref() == Some(agent)) {
            let details = Arc::make_mut(&mut self.details);
            details.contact.iter_mut().for_each(|contact| contact.owner = None);
        }
    }

    /// Takes out the data of the contact, and the addresses; the ids stay.
    pub fn erase_contact(&mut self) {
        Arc::make_mut(&mut self.details).erase_contact();
        if matches!(self.phase, Phase::Filtered { .. } | Phase::Trashed { .. }) {
            self.phase.erase_address();
        }
    }

    /// Gives every agent in its record another slot.
    pub fn move_agents(&mut self, to: impl Fn(AgentSlot) -> AgentSlot) {
        self.last_holder = self.last_holder.map(&to);
        let Some(progress) = &mut self.progress else { return };
        let it = Arc::make_mut(progress);
        it.declined.iter_mut().for_each(|decline| decline.agent = to(decline.agent));
        it.notified.iter_mut().chain(&mut it.repliers).for_each(|slot| *slot = to(*slot));
        match &mut it.phase {
            Phase::Held { agent }
            | Phase::Closed { wrapping: Some((agent, _)) }
            | Phase::Snoozed { agent: Some(agent), .. } => *agent = to(*agent),
            Phase::Offered { offers } => offers.iter_mut().for_each(|offer| offer.agent = to(offer.agent)),
            Phase::Waiting
            | Phase::WithTeam { .. }
            | Phase::WithBot { .. }
            | Phase::Unassigned
            | Phase::Voicemail
            | Phase::Snoozed { agent: None, .. }
            | Phase::Closed { wrapping: None }
            | Phase::Sent
            | Phase::Filtered { .. }
            | Phase::Trashed { .. } => {}
        }
    }

    /// Returns its place in the queue with a priority.
    pub fn key(&self, reference: ConversationRef, priority: i64) -> QueueKey {
        let behind = priority.saturating_neg();
        QueueKey { behind, from: self.queued_from, order: self.order, conversation: reference }
    }
}

/// The place of a conversation in the queue: the smallest is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueueKey {
    /// The priority, negated.
    behind: i64,
    from: Instant,
    order: u64,
    pub conversation: ConversationRef,
}

impl QueueKey {
    /// Returns the place with another priority.
    pub fn with_priority(self, priority: i64) -> QueueKey {
        QueueKey { behind: priority.saturating_neg(), ..self }
    }

    /// Returns the numbers that make it, in the order in which places are compared.
    pub fn numbers(self) -> [i64; 4] {
        let QueueKey { behind, from, order, conversation } = self;
        [behind, from.millis(), order.cast_signed(), conversation.index().cast_signed()]
    }

    /// Returns the place that is made of some numbers.
    pub fn of_numbers([behind, from, order, conversation]: [i64; 4]) -> Option<QueueKey> {
        let (order, conversation) = (u64::try_from(order).ok()?, u64::try_from(conversation).ok()?);
        let conversation = ConversationRef::of(conversation);
        Some(QueueKey { behind, from: Instant::from_millis(from).ok()?, order, conversation })
    }

    /// Returns the instant from which it is counted.
    pub fn from(self) -> Instant {
        self.from
    }
}
