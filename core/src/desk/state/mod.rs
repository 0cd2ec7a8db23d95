//! The state of a desk, and the two ways to change it: one conversation, or one agent. Indices follow by themselves.

mod agenda;
mod apply;
pub mod check;
mod configure;
mod conversation;
mod journal;
mod queue;

pub use self::agenda::Due;
pub use self::apply::failure_mark;
pub use self::conversation::{Conversation, Phase, QueueKey, Route};
pub use self::queue::ClassKey;
pub(crate) use crate::routing::ConversationRef;

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use self::agenda::Agenda;
use self::journal::{Journal, Undo};
use self::queue::{Place, Queue};
use crate::availability::{Manual, Presence, Reason, State, Stretch};
use crate::deadline::Deadline;
use crate::desk::event::{Event, What};
use crate::model::Id;
use crate::routing::extension::Allowance;
use crate::routing::{AgentSet, AgentSlot, ChannelSlot, InstalledExtensions, Ledger, PlanTarget, Roster, Standings};
use crate::time::Instant;

/// What the desk keeps of an agent, beside how it stands on the standings.
#[derive(Debug, Clone)]
pub struct Person {
    pub manual: Option<Manual>,
    /// When a command last changed state or reason.
    pub changed_at: Option<Instant>,
    /// State and reason as last announced, with their end.
    pub stretch: Stretch,
    /// How often the agent turned from away to available.
    pub returns: u32,
    /// Offers that expired in a row.
    pub missed: u32,
    /// What the agent holds, is offered or wraps up.
    pub occupied_by: BTreeSet<ConversationRef>,
}

impl Default for Person {
    fn default() -> Self {
        Person {
            manual: None,
            changed_at: None,
            stretch: Stretch::always(Reason::Deactivated),
            returns: 0,
            missed: 0,
            occupied_by: BTreeSet::new(),
        }
    }
}

/// The memory of a rule is kept by channel and rule id.
pub type LedgerKey = (ChannelSlot, Id);

/// Everything a desk knows.
#[derive(Debug, Clone)]
pub struct DeskState {
    pub roster: Arc<Roster>,
    /// The instant of the last event.
    pub clock: Option<Instant>,
    /// The number of the last event.
    pub seq: u64,
    pub standings: Standings,
    pub people: Vec<Person>,
    pub conversations: Vec<Conversation>,
    pub by_id: FxHashMap<Id, ConversationRef>,
    pub ledgers: FxHashMap<LedgerKey, Ledger>,
    /// Who last held a conversation of a contact.
    pub last_agents: FxHashMap<Id, AgentSlot>,
    pub queue: Queue,
    pub agenda: Agenda,
    /// Who may have become eligible for something since the last queue pass.
    pub dirty: AgentSet,
    /// Waiting conversations that name another agent by their contact since the last queue pass.
    pub redirected: Vec<ConversationRef>,
    /// Conversations of which it is still to be told what became of them: none between commands, but where a log ends within
    /// the events of one.
    pub unsettled: BTreeSet<ConversationRef>,
    pub journal: Journal,
    /// The scripts and strategies that steps may name.
    pub scripts: Option<Arc<InstalledExtensions>>,
    /// The time that the command at hand has.
    pub deadline: Option<Deadline>,
    /// The operations that scripts have together at the instant at hand; none outside of commands.
    pub allowance: Option<Allowance>,
    /// The leap that was last found to be too long; of no meaning but speed.
    pub too_long: Option<TooLong>,
}

/// A leap that is too long from where the desk is.
#[derive(Debug, Clone, Copy)]
pub struct TooLong {
    /// The number of the last event: whatever happens may make it another.
    pub seq: u64,
    /// A command at this instant or later is too far away.
    pub from: Instant,
    /// The last instant that can be reached at once.
    pub advance_to: Instant,
}

impl DeskState {
    pub fn new(roster: Roster) -> Self {
        let mut state = DeskState {
            roster: Arc::new(roster),
            clock: None,
            seq: 0,
            standings: Standings::default(),
            people: Vec::new(),
            conversations: Vec::new(),
            by_id: FxHashMap::default(),
            ledgers: FxHashMap::default(),
            last_agents: FxHashMap::default(),
            queue: Queue::default(),
            agenda: Agenda::default(),
            dirty: AgentSet::default(),
            redirected: Vec::new(),
            unsettled: BTreeSet::new(),
            journal: Journal::default(),
            scripts: None,
            deadline: None,
            too_long: None,
            allowance: None,
        };
        state.make_room();
        state
    }

    /// Makes place for all agents of the roster.
    pub fn make_room(&mut self) {
        self.people.resize_with(self.roster.slot_count(), Person::default);
        self.standings.make_room(self.roster.slot_count(), self.roster.kinds().len());
    }

    // ---- agents

    pub fn person(&self, slot: AgentSlot) -> Option<&Person> {
        self.people.get(slot.index())
    }

    /// Everything that decides an agent's status.
    pub fn presence(&self, slot: AgentSlot) -> Option<Presence<'_>> {
        let member = self.roster.member(slot)?;
        let person = self.person(slot)?;
        Some(Presence {
            schedule: &member.schedule,
            active: member.entry.active,
            manual: person.manual.as_ref(),
            changed_at: person.changed_at,
        })
    }

    pub fn edit_person(&mut self, slot: AgentSlot, change: impl FnOnce(&mut Person)) {
        let Some(person) = self.people.get_mut(slot.index()) else { return };
        self.journal.note(|| Undo::Person(slot, Box::new(person.clone())));
        change(person);
    }

    /// Brings what is announced of an agent, and what follows from it, up to an instant.
    pub fn announce(&mut self, slot: AgentSlot, at: Instant) {
        let Some(presence) = self.presence(slot) else { return };
        let stretch = presence.stretch_at(at);
        let available = stretch.reason.state() == State::Available;
        let away_at = if available { presence.away_at(at) } else { Instant::MAX };
        let Some(person) = self.people.get_mut(slot.index()) else { return };
        self.journal.note(|| Undo::Person(slot, Box::new(person.clone())));
        self.agenda.drop(Some(person.stretch.end), Due::Status(slot));
        self.agenda.add(Some(stretch.end), Due::Status(slot));
        person.stretch = stretch;
        self.standings.available.set(slot, available);
        if available {
            self.dirty.insert(slot);
        }
        self.edit_standing(slot, |standing| standing.away_at.0 = away_at);
    }

    /// Announces those whose schedule turned before an instant without that an event told it, as under another tz database:
    /// nothing falls due before the desk's time.
    pub fn catch_up(&mut self, event: &Event) {
        if let What::Refused { .. } = event.what {
            return;
        }
        let at = event.at;
        while let Some((_, Due::Status(slot))) = self.agenda.first().filter(|(due, _)| *due < at) {
            self.announce(slot, at);
        }
    }

    /// Begins the desk's time: everyone is announced as they are then.
    pub fn begin(&mut self, at: Instant) {
        for slot in AgentSlot::all(self.people.len()) {
            self.announce(slot, at);
        }
        // Nothing waits yet, so nobody has to be looked at.
        self.dirty = AgentSet::default();
    }

    /// Whether the time for the command at hand is up.
    pub fn is_time_up(&self) -> bool {
        self.deadline.as_ref().is_some_and(Deadline::is_up)
    }

    /// Puts something on the agenda, or takes it off, apart from what it is about.
    pub fn reschedule_due(&mut self, at: Instant, due: Due, falls_due: bool) {
        self.journal.note(|| Undo::Due(at, due, !falls_due));
        match falls_due {
            true => self.agenda.add(Some(at), due),
            false => self.agenda.drop(Some(at), due),
        }
    }

    /// Changes how an agent stands on the standings.
    pub fn edit_standing(&mut self, slot: AgentSlot, change: impl FnOnce(&mut crate::routing::Standing)) {
        let DeskState { roster, standings, journal, .. } = self;
        let Some(limits) = roster.limits(slot) else { return };
        if let Some(standing) = standings.standing(slot) {
            journal.note(|| Undo::Standing(slot, Box::new(standing.clone())));
        }
        standings.update(slot, limits, change);
    }

    // ---- conversations

    /// The handles of all conversations, in the order of opening.
    pub fn references(&self) -> impl Iterator<Item = ConversationRef> + use<> {
        ConversationRef::all(self.conversations.len())
    }

    pub fn conversation(&self, reference: ConversationRef) -> Option<&Conversation> {
        self.conversations.get(reference.index())
    }

    pub fn find(&self, id: &str) -> Option<ConversationRef> {
        self.by_id.get(id).copied()
    }

    /// Adds a conversation that occupies nobody yet.
    pub fn add(&mut self, conversation: Conversation) -> ConversationRef {
        let reference = ConversationRef::of(self.conversations.len());
        self.journal.note(|| Undo::Arrival);
        self.by_id.insert(conversation.id.clone(), reference);
        if conversation.unsettled {
            self.unsettled.insert(reference);
        }
        self.conversations.push(conversation);
        reference
    }

    /// Changes a conversation at an instant, and all indices with it.
    pub fn edit(&mut self, reference: ConversationRef, at: Instant, change: impl FnOnce(&mut Conversation)) {
        let Some(conversation) = self.conversations.get(reference.index()) else { return };
        let saved = self.journal.is_open().then(|| Box::new(conversation.clone()));
        let before = self.occupation(reference);
        self.unlist(reference);
        if let Some(conversation) = self.conversations.get_mut(reference.index()) {
            change(conversation);
        }
        self.list(reference);
        let after = self.occupation(reference);
        if before != after {
            self.shift_load(reference, before, after, at);
        }
        // Noted last, so that it is taken back first: its loads move back before the standings are restored.
        if let Some(saved) = saved {
            self.journal.note(|| Undo::Conversation(reference, saved));
        }
    }

    /// Whom a conversation occupies, with its kind and weight.
    fn occupation(&self, reference: ConversationRef) -> Option<Occupation> {
        let conversation = self.conversation(reference)?;
        let agent = conversation.occupies()?;
        let channel = self.roster.channel(conversation.channel?)?;
        Some(Occupation { agent, kind: channel.kind, weight: channel.entry.weight })
    }

    fn shift_load(
        &mut self,
        reference: ConversationRef,
        before: Option<Occupation>,
        after: Option<Occupation>,
        at: Instant,
    ) {
        if let Some(Occupation { agent, kind, weight }) = before {
            self.people.get_mut(agent.index()).into_iter().for_each(|person| {
                person.occupied_by.remove(&reference);
            });
            let stays = after.is_some_and(|after| after.agent == agent);
            self.edit_standing(agent, |standing| {
                standing.hold(kind, weight, -1);
                if standing.items == 0 && !stays {
                    standing.idle_since = Some(at);
                }
            });
            self.dirty.insert(agent);
        }
        if let Some(Occupation { agent, kind, weight }) = after {
            self.people.get_mut(agent.index()).into_iter().for_each(|person| {
                person.occupied_by.insert(reference);
            });
            self.edit_standing(agent, |standing| standing.hold(kind, weight, 1));
        }
    }

    /// Puts a conversation into the queue and the agenda, where it belongs.
    fn list(&mut self, reference: ConversationRef) {
        let Some(conversation) = self.conversations.get(reference.index()) else { return };
        if conversation.unsettled {
            self.unsettled.insert(reference);
        }
        for (at, due) in dues(conversation, reference) {
            self.agenda.add(at, due);
        }
        if let Some(place) = place(&self.roster, &self.last_agents, conversation) {
            self.queue.insert(conversation.key(reference), place);
        }
    }

    /// Has a wait end now that was over before the conversation's offer ended.
    pub fn list_overdue_wait(&mut self, reference: ConversationRef) {
        let on_its_way = |it: &&Conversation| it.phase == Phase::Unassigned;
        let conversation = self.conversation(reference).filter(on_its_way);
        if let Some(now) = self.clock.filter(|now| conversation.is_some_and(|it| it.is_wait_over(*now))) {
            self.reschedule_due(now, Due::Wait(reference), true);
        }
    }

    fn unlist(&mut self, reference: ConversationRef) {
        let Some(conversation) = self.conversations.get(reference.index()) else { return };
        self.unsettled.remove(&reference);
        for (at, due) in dues(conversation, reference) {
            self.agenda.drop(at, due);
        }
        if let Some(place) = place(&self.roster, &self.last_agents, conversation) {
            self.queue.remove(conversation.key(reference), &place);
        }
    }

    /// Notes who last held a conversation of a contact.
    pub fn note_last_agent(&mut self, contact: &Id, slot: Option<AgentSlot>) {
        if self.last_agents.get(contact).copied() == slot {
            return;
        }
        // Those that ask for the last agent stand elsewhere in the queue then.
        let waiting: Vec<ConversationRef> = self.queue.of_contact(contact).iter().map(|key| key.conversation).collect();
        waiting.iter().for_each(|reference| self.unlist(*reference));
        let before = match slot {
            Some(slot) => self.last_agents.insert(contact.clone(), slot),
            None => self.last_agents.remove(contact),
        };
        self.journal.note(|| Undo::LastAgent(contact.clone(), before));
        waiting.iter().for_each(|reference| self.list(*reference));
        self.redirected.extend(waiting);
    }

    /// Finds out who last held a conversation of a contact.
    pub fn find_last_agent(&mut self, contact: &Id) {
        let of_contact = self.conversations.iter().filter(|it| it.details.contact_id() == Some(contact));
        let last = of_contact.filter_map(|it| it.last_held).max_by_key(|(_, order)| *order);
        self.note_last_agent(contact, last.map(|(slot, _)| slot));
    }

    /// Finds out who last held a conversation of each contact.
    pub fn find_last_agents(&mut self) {
        let mut held: Vec<(u64, &Id, AgentSlot)> = self
            .conversations
            .iter()
            .filter_map(|it| it.last_held.and_then(|(slot, order)| Some((order, it.details.contact_id()?, slot))))
            .collect();
        held.sort_unstable();
        self.last_agents = held.into_iter().map(|(_, contact, slot)| (contact.clone(), slot)).collect();
    }

    /// Makes all indices anew, after a change of the roster that they depend on.
    pub fn reindex(&mut self) {
        self.queue = Queue::default();
        self.agenda = Agenda::default();
        for slot in AgentSlot::all(self.people.len()) {
            self.edit_standing(slot, |standing| {
                (standing.load, standing.items) = (0, 0);
                standing.by_kind.clear();
            });
        }
        for (slot, person) in (0..).map(AgentSlot::of).zip(&mut self.people) {
            person.occupied_by.clear();
            if self.roster.member(slot).is_some() {
                self.agenda.add(Some(person.stretch.end), Due::Status(slot));
            }
        }
        for reference in ConversationRef::all(self.conversations.len()) {
            self.list(reference);
            self.list_overdue_wait(reference);
            if let Some(Occupation { agent, kind, weight }) = self.occupation(reference) {
                self.people.get_mut(agent.index()).into_iter().for_each(|person| {
                    person.occupied_by.insert(reference);
                });
                self.edit_standing(agent, |standing| standing.hold(kind, weight, 1));
            }
        }
    }

    pub fn edit_ledger(&mut self, key: LedgerKey, change: impl FnOnce(&mut Ledger)) {
        self.journal.note(|| Undo::Ledger(key.clone(), self.ledgers.get(&key).cloned()));
        change(self.ledgers.entry(key).or_default());
    }
}

/// Whom a conversation occupies, and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Occupation {
    agent: AgentSlot,
    kind: usize,
    weight: u32,
}

/// What falls due for a conversation.
fn dues(conversation: &Conversation, reference: ConversationRef) -> impl Iterator<Item = (Option<Instant>, Due)> {
    let waiting = || conversation.route.as_ref().and_then(|route| route.wait_until);
    let due = match &conversation.phase {
        Phase::Waiting => Some((waiting(), Due::Wait(reference))),
        Phase::Offered { until, .. } => Some((*until, Due::Offer(reference))),
        Phase::Snoozed { until } => Some((*until, Due::Snooze(reference))),
        Phase::Closed { wrapping } => Some((wrapping.map(|(_, until)| until), Due::WrapUp(reference))),
        Phase::Held { .. } | Phase::WithTeam { .. } | Phase::WithBot { .. } | Phase::Unassigned | Phase::Voicemail => {
            None
        }
    };
    due.into_iter()
}

/// Where a conversation stands in the queue, if it waits there.
fn place<'a>(
    roster: &Roster,
    last_agents: &FxHashMap<Id, AgentSlot>,
    conversation: &'a Conversation,
) -> Option<Place<'a>> {
    if conversation.phase != Phase::Waiting {
        return None;
    }
    let route = conversation.route.as_ref()?;
    let channel_slot = conversation.channel?;
    let steps = &roster.channel(channel_slot)?.rules.get(route.rule)?.steps;
    let contact = conversation.details.contact.as_ref();
    let mut place = Place {
        class: ClassKey::new(channel_slot, route, &conversation.details.skills),
        personal: Vec::new(),
        contact: None,
    };
    for step in steps.iter().take(route.reached + 1).skip(route.from) {
        match step.target {
            PlanTarget::ContactOwner => {
                let owner = contact.filter(|contact| contact.known).and_then(|contact| contact.owner.as_ref());
                place.personal.extend(owner.and_then(|owner| roster.slot(owner)));
            }
            PlanTarget::LastAgent => {
                place.contact = contact.and_then(|contact| contact.id.as_ref());
                place.personal.extend(place.contact.and_then(|contact| last_agents.get(contact)));
            }
            PlanTarget::Fixed { .. } | PlanTarget::Bot(_) => {}
        }
    }
    Some(place)
}
