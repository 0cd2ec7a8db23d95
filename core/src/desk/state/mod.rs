//! The state of a desk. Only events change it, through `apply`; the indices are updated with it.

mod agenda;
mod apply;
pub mod check;
mod configure;
mod contacts;
mod conversation;
mod conversations;
mod journal;
mod queue;
mod recent_details;
mod resolve;
mod status;

pub use self::agenda::Due;
pub use self::apply::failure_mark;
pub use self::configure::{Change, in_use};
pub(crate) use self::conversation::ConversationRef;
pub use self::conversation::{Conversation, Offer, Phase, Progress, QueueKey, Route};
pub use self::conversations::Conversations;
pub use self::queue::ClassKey;
pub use self::resolve::Resolved;

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use self::agenda::Agenda;
use self::contacts::Contacts;
use self::journal::{Journal, Undo};
use self::queue::{Place, Queue};
use self::recent_details::RecentDetails;
use crate::availability::{AgentSet, AgentSlot, Availability, ByHand, ChannelSlot, Roster, State, StepTarget, Stretch};
use crate::deadline::Deadline;
use crate::model::{Details, Id};
use crate::routing::extension::{Allowance, check_when};
use crate::routing::{InstalledExtensions, Ledger, RuleBook, Standing, Standings};
use crate::shared::SharedMap;
use crate::time::{Duration, Instant};

/// The state of an agent, apart from its standing.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// The state and reason as last announced, with their end; `None` for a new agent.
    pub announced: Option<Stretch>,
    /// The instant at which the agent turns away; computed on demand.
    pub away_at: OnceLock<Instant>,
    /// The number of times that the agent turned from away to available.
    // INVARIANT: each was an event of its own, of which there are fewer than 2^53.
    pub returns: u64,
    /// The number of offers that expired in a row.
    pub missed: u32,
    /// The conversations that the agent holds, is offered or wraps up.
    pub occupied_by: BTreeSet<ConversationRef>,
}

impl Person {
    /// Returns the state as last announced.
    pub fn state(&self) -> State {
        self.announced.map_or(State::Away, |stretch| stretch.reason.state())
    }

    /// Returns a copy without what is derived from conversations.
    fn without_load(&self) -> Person {
        Person { away_at: self.away_at.clone(), occupied_by: BTreeSet::new(), ..*self }
    }
}

/// The key of the ledger of a rule: its channel and its id.
pub type LedgerKey = (ChannelSlot, Id);

/// The whole state of a desk.
#[derive(Debug, Clone)]
pub struct DeskState {
    pub availability: Availability,
    pub rules: Arc<RuleBook>,
    /// The instant of the last event.
    pub clock: Option<Instant>,
    /// The number of the last event.
    pub seq: u64,
    pub standings: Standings,
    pub people: Vec<Person>,
    pub conversations: Conversations,
    pub contacts: Contacts,
    recent_details: RecentDetails,
    pub ledgers: FxHashMap<LedgerKey, Ledger>,
    /// The conversations that are with a team.
    pub with_teams: FxHashMap<Id, BTreeSet<ConversationRef>>,
    pub queue: Queue,
    pub agenda: Agenda,
    /// The instant at which `forget_closed_after` last changed: nothing is forgotten before it; `None` if it never did.
    pub forgets_from: Option<Instant>,
    /// The agents who may have become eligible for a conversation since the last queue pass.
    pub dirty: AgentSet,
    /// The agents whose schedule a change of the document replaced, until their status is refreshed.
    pub stale: AgentSet,
    /// Waiting conversations that name another agent by their contact since the last queue pass.
    pub redirected: Vec<ConversationRef>,
    /// Conversations whose outcome no event has given yet: none between commands, unless a log ends within the events of
    /// one.
    pub unsettled: BTreeSet<ConversationRef>,
    pub journal: Journal,
    /// The scripts and strategies that steps may name.
    pub scripts: Option<Arc<InstalledExtensions>>,
    /// The deadline of the current command.
    pub deadline: Option<Deadline>,
    /// The operations that all scripts together have at the current instant; `None` outside of commands.
    pub allowance: Option<Allowance>,
    /// The leap that was last found to be too long; a cache that only saves time.
    pub too_long: Option<TooLong>,
}

/// A leap that is too long from where the desk is.
#[derive(Debug, Clone, Copy)]
pub struct TooLong {
    /// The number of the last event; after another event the leap has to be computed again.
    pub seq: u64,
    /// A command at this instant or later is too far away.
    pub from: Instant,
    /// The last instant that can be reached at once.
    pub advance_to: Instant,
}

impl Deref for DeskState {
    type Target = Availability;

    fn deref(&self) -> &Availability {
        &self.availability
    }
}

impl DeskState {
    pub fn new(roster: Roster) -> Self {
        let roster = roster.with_check(check_when);
        let mut state = DeskState {
            rules: Arc::new(RuleBook::new(&roster)),
            availability: Availability::of(roster),
            clock: None,
            seq: 0,
            standings: Standings::default(),
            people: Vec::new(),
            conversations: Conversations::default(),
            contacts: Contacts::default(),
            recent_details: RecentDetails::default(),
            ledgers: FxHashMap::default(),
            with_teams: FxHashMap::default(),
            queue: Queue::default(),
            agenda: Agenda::default(),
            forgets_from: None,
            dirty: AgentSet::default(),
            stale: AgentSet::default(),
            redirected: Vec::new(),
            unsettled: BTreeSet::new(),
            journal: Journal::default(),
            scripts: None,
            deadline: None,
            too_long: None,
            allowance: None,
        };
        state.make_room();
        AgentSlot::all(state.people.len()).for_each(|slot| state.edit_standing(slot, |_| {}));
        state
    }

    /// Makes room for all agents of the roster.
    pub fn make_room(&mut self) {
        self.availability.make_room();
        self.people.resize_with(self.roster.slot_count(), Person::default);
        self.standings.make_room(self.roster.slot_count(), self.roster.kinds().len());
    }

    // ---- agents

    pub fn person(&self, slot: AgentSlot) -> Option<&Person> {
        self.people.get(slot.index())
    }

    pub fn edit_person(&mut self, slot: AgentSlot, change: impl FnOnce(&mut Person)) {
        let Some(person) = self.people.get_mut(slot.index()) else { return };
        self.journal.note(|| Undo::Person(slot, Box::new(person.without_load())));
        change(person);
    }

    /// Changes the part of an agent's status that was set by hand.
    pub fn edit_by_hand(&mut self, slot: AgentSlot, change: impl FnOnce(&mut ByHand)) {
        let Some(before) = self.by_hand(slot) else { return };
        let mut after = before.clone();
        self.journal.note(|| Undo::ByHand(slot, Box::new(after.clone())));
        change(&mut after);
        self.availability.set_by_hand(slot, after);
    }

    /// Returns `true` if the deadline of the current command has passed.
    pub fn is_time_up(&self) -> bool {
        self.deadline.as_ref().is_some_and(Deadline::is_up)
    }

    /// Notes the order number and the instant of an agent's last assignment.
    pub fn note_chosen(&mut self, slot: AgentSlot, order: u64, at: Option<Instant>) {
        if let Some(before) = self.standings.standing(slot) {
            self.journal.note(|| Undo::Chosen(slot, before.last_assigned, before.last_assigned_at));
        }
        self.edit_standing(slot, |standing| (standing.last_assigned, standing.last_assigned_at) = (order, at));
    }

    /// Changes the standing of an agent, which follows from conversations and events.
    pub fn edit_standing(&mut self, slot: AgentSlot, change: impl FnOnce(&mut Standing)) {
        if let Some(limits) = self.rules.limits(slot) {
            self.standings.update(slot, limits, change);
        }
    }

    // ---- conversations

    pub fn conversation(&self, reference: ConversationRef) -> Option<&Conversation> {
        self.conversations.get(reference)
    }

    pub fn find(&self, id: &str) -> Option<ConversationRef> {
        self.conversations.find(id)
    }

    /// Returns details to keep, which share what equal ones, or the roster, have already.
    pub fn share(&mut self, details: &Details) -> Arc<Details> {
        let roster = &self.availability.roster;
        self.recent_details.share(details, |details| {
            let slot = roster.channel_slot(&details.inbox, &details.channel);
            let (inbox, channel) = match slot.and_then(|slot| roster.channel(slot)) {
                Some(channel) => (&channel.inbox, &channel.entry.id),
                None => (&details.inbox, &details.channel),
            };
            Details { inbox: inbox.clone(), channel: channel.clone(), ..details.clone() }
        })
    }

    /// Adds a conversation that occupies nobody yet.
    pub fn add(&mut self, conversation: Conversation) -> ConversationRef {
        self.journal.note(|| Undo::Arrival);
        let (is_unsettled, details) = (conversation.unsettled, Arc::clone(&conversation.details));
        let reference = self.conversations.push(conversation);
        self.contacts.add(details.contact_id(), reference);
        if is_unsettled {
            self.unsettled.insert(reference);
        }
        reference
    }

    /// Changes a conversation at an instant, and all indices with it.
    pub fn edit(&mut self, reference: ConversationRef, at: Instant, change: impl FnOnce(&mut Conversation)) {
        let Some(conversation) = self.conversations.get(reference) else { return };
        let undo = self.journal.undo_of(reference, conversation);
        let before = self.occupation(reference);
        self.unlist(reference);
        if let Some(conversation) = self.conversations.get_mut(reference) {
            change(conversation);
            conversation.release_if_over();
        }
        self.list(reference);
        let after = self.occupation(reference);
        if before != after {
            self.shift_load(reference, &before, &after, at);
        }
        // Noted last, so that it is undone first: its load moves back before the standings are restored.
        if let Some(undo) = undo {
            self.journal.note(|| undo);
        }
    }

    /// Changes a conversation, and leaves the indices to [`reindex`](Self::reindex).
    pub fn amend(&mut self, reference: ConversationRef, change: impl FnOnce(&mut Conversation)) {
        if let Some(conversation) = self.conversations.get_mut(reference) {
            self.journal.note(|| Undo::Conversation(reference, conversation.clone()));
            change(conversation);
            conversation.release_if_over();
        }
    }

    /// Returns the agents whom a conversation occupies, with its kind and weight.
    fn occupation(&self, reference: ConversationRef) -> Occupation {
        let Some(it) = self.conversation(reference) else { return Occupation::default() };
        let agents: SmallVec<[AgentSlot; 1]> = it.occupies().collect();
        let channel = it.channel.filter(|_| !agents.is_empty()).and_then(|slot| self.roster.channel(slot));
        let Some(channel) = channel else { return Occupation::default() };
        Occupation { agents, kind: channel.kind, weight: channel.entry.weight }
    }

    fn shift_load(&mut self, reference: ConversationRef, before: &Occupation, after: &Occupation, at: Instant) {
        for agent in before.agents.iter().chain(&after.agents).copied() {
            if let Some(standing) = self.standings.standing(agent) {
                // Undoing the load would set the agent idle since then.
                self.journal.note(|| Undo::Idle(agent, standing.idle_since));
            }
        }
        for agent in before.agents.iter().copied() {
            self.people.get_mut(agent.index()).into_iter().for_each(|person| {
                person.occupied_by.remove(&reference);
            });
            let stays = after.agents.contains(&agent);
            self.edit_standing(agent, |standing| {
                standing.hold(before.kind, before.weight, -1);
                if standing.items == 0 && !stays {
                    standing.idle_since = Some(at);
                }
            });
            self.dirty.insert(agent);
        }
        self.occupy(reference, after);
    }

    /// Adds a conversation to the load of the agents whom it occupies.
    fn occupy(&mut self, reference: ConversationRef, occupation: &Occupation) {
        for agent in occupation.agents.iter().copied() {
            self.people.get_mut(agent.index()).into_iter().for_each(|person| {
                person.occupied_by.insert(reference);
            });
            self.edit_standing(agent, |standing| standing.hold(occupation.kind, occupation.weight, 1));
        }
    }

    /// Adds a conversation to the queue, the agenda and the other indices, as its phase requires.
    fn list(&mut self, reference: ConversationRef) {
        let Some(conversation) = self.conversations.get(reference) else { return };
        if conversation.unsettled {
            self.unsettled.insert(reference);
        }
        if let Phase::WithTeam { team } = &conversation.phase {
            self.with_teams.entry(team.clone()).or_default().insert(reference);
        }
        for (at, due) in dues(conversation, reference, self.forgetting()) {
            self.agenda.add(at, due);
        }
        if let Some(place) = place(&self.roster, &self.rules, &self.last_agents, conversation) {
            self.queue.insert(conversation.key(reference), place);
        }
    }

    fn unlist(&mut self, reference: ConversationRef) {
        let Some(conversation) = self.conversations.get(reference) else { return };
        self.unsettled.remove(&reference);
        if let Phase::WithTeam { team } = &conversation.phase
            && let Some(with_team) = self.with_teams.get_mut(team)
        {
            with_team.remove(&reference);
            if with_team.is_empty() {
                self.with_teams.remove(team);
            }
        }
        for (at, due) in dues(conversation, reference, self.forgetting()) {
            self.agenda.drop(at, due);
        }
        if let Some(place) = place(&self.roster, &self.rules, &self.last_agents, conversation) {
            self.queue.remove(conversation.key(reference), &place);
        }
    }

    fn forgetting(&self) -> Forgetting {
        Forgetting { after: self.roster.settings.forget_closed_after, from: self.forgets_from.unwrap_or(Instant::MIN) }
    }

    /// Notes the agent who last held a conversation of a contact.
    pub fn note_last_agent(&mut self, contact: &Id, slot: Option<AgentSlot>) {
        if self.last_agents.get(contact).copied() == slot {
            return;
        }
        // Conversations that ask for the last agent then have another place in the queue.
        let waiting: Vec<ConversationRef> = self.queue.of_contact(contact).iter().map(|key| key.conversation).collect();
        waiting.iter().for_each(|reference| self.unlist(*reference));
        self.set_last_agent(contact, slot);
        waiting.iter().for_each(|reference| self.list(*reference));
        self.redirected.extend(waiting);
    }

    /// Returns the conversations of a contact, in the order of opening.
    pub fn of_contact(&self, contact: &Id) -> impl DoubleEndedIterator<Item = &Conversation> {
        self.contacts.conversations(contact).iter().filter_map(|reference| self.conversation(*reference))
    }

    /// Returns the agent who last held a conversation of a contact.
    pub fn latest_holder(&self, contact: &Id) -> Option<AgentSlot> {
        let held = self.of_contact(contact).filter_map(Conversation::last_held);
        held.max_by_key(|(_, order)| *order).map(|(slot, _)| slot)
    }

    /// Returns `true` if a conversation of a contact was assigned after the event of that number.
    pub fn is_held_after(&self, contact: &Id, order: u64) -> bool {
        let held = self.of_contact(contact).rev().filter_map(Conversation::last_held);
        held.map(|(_, later)| later).any(|later| later > order)
    }

    /// Sets the agent who last held a conversation of a contact, and leaves the queue to [`reindex`](Self::reindex).
    pub fn set_last_agent(&mut self, contact: &Id, slot: Option<AgentSlot>) {
        let before = match slot {
            Some(slot) => self.availability.last_agents.insert(contact, slot),
            None => self.availability.last_agents.remove(contact),
        };
        self.journal.note(|| Undo::LastAgent(contact.clone(), before));
    }

    /// Notes that a conversation is of another contact.
    pub fn move_contact(&mut self, reference: ConversationRef, before: Option<&Id>, after: Option<&Id>) {
        self.journal.note(|| Undo::Contact(reference, before.cloned(), after.cloned()));
        self.contacts.remove(before, reference);
        self.contacts.add(after, reference);
    }

    /// Rebuilds all indices, after a change of the roster that they depend on.
    pub fn reindex(&mut self) {
        self.queue = Queue::default();
        self.with_teams = FxHashMap::default();
        self.agenda = Agenda::default();
        self.unsettled = BTreeSet::new();
        self.standings.restart();
        self.make_room();
        for (slot, person) in (0..).map(AgentSlot::of).zip(&mut self.people) {
            person.occupied_by.clear();
            if self.availability.roster.member(slot).is_some() {
                self.agenda.add(person.announced.map(|stretch| stretch.end), Due::Status(slot));
                self.standings.available.set(slot, person.state() == State::Available);
            }
        }
        for slot in AgentSlot::all(self.people.len()) {
            self.edit_standing(slot, |_| {});
        }
        for reference in self.conversations.references() {
            self.list(reference);
            self.occupy(reference, &self.occupation(reference));
        }
    }

    /// Notes the turn of an agent at a rule, and the weights after it.
    pub fn note_turn(&mut self, key: LedgerKey, slot: AgentSlot, order: u64, weights: Vec<(AgentSlot, i64)>) {
        if !self.ledgers.contains_key(&key) {
            self.journal.note(|| Undo::NewLedger(key.clone()));
        }
        let ledger = self.ledgers.entry(key.clone()).or_default();
        if !weights.is_empty() {
            self.journal.note(|| Undo::Weights(key.clone(), ledger.weights_of(weights.iter().map(|(slot, _)| *slot))));
            ledger.weights.extend(weights);
        }
        self.journal.note(|| Undo::Turn(key, slot, ledger.turns().get(slot)));
        ledger.note_turn(slot, order);
    }

    /// Removes an agent from all ledgers.
    pub fn forget_turns(&mut self, slot: AgentSlot) {
        for (key, ledger) in self.ledgers.iter_mut().filter(|(_, ledger)| ledger.remembers(slot)) {
            self.journal.note(|| Undo::Weights(key.clone(), ledger.weights_of([slot])));
            self.journal.note(|| Undo::Turn(key.clone(), slot, ledger.turns().get(slot)));
            ledger.forget(slot);
        }
    }
}

/// The agents whom a conversation occupies, and how much.
#[derive(Debug, Default, PartialEq, Eq)]
struct Occupation {
    agents: SmallVec<[AgentSlot; 1]>,
    kind: usize,
    weight: u32,
}

/// When closed conversations are forgotten: how long after their end, and from which instant on.
#[derive(Debug, Clone, Copy)]
struct Forgetting {
    after: Option<Duration>,
    from: Instant,
}

impl Forgetting {
    /// Returns the instant at which a conversation that ended at an instant is forgotten; `None` if it never is.
    fn at(self, ended_at: Instant) -> Option<Instant> {
        Some(ended_at.saturating_add(self.after?.millis()).max(self.from))
    }
}

/// Returns what falls due for a conversation, with its instant.
fn dues(
    conversation: &Conversation,
    reference: ConversationRef,
    forgetting: Forgetting,
) -> impl Iterator<Item = (Option<Instant>, Due)> {
    let waiting = || conversation.route.as_ref().and_then(|route| route.wait_until);
    let due = match &conversation.phase {
        Phase::Waiting => Some((waiting(), Due::Wait(reference))),
        Phase::Snoozed { until } => Some((*until, Due::Snooze(reference))),
        Phase::Closed { wrapping: Some((_, until)) } => Some((Some(*until), Due::WrapUp(reference))),
        Phase::Closed { wrapping: None } => Some((forgetting.at(conversation.ended_at), Due::Forget(reference))),
        Phase::Held { .. }
        | Phase::Offered { .. }
        | Phase::WithTeam { .. }
        | Phase::WithBot { .. }
        | Phase::Unassigned
        | Phase::Voicemail => None,
    };
    let offers = conversation.offers().iter().map(move |offer| (offer.until, Due::Offer(reference, offer.agent)));
    due.into_iter().chain(offers)
}

/// Returns the place of a conversation in the queue, if it waits there.
fn place<'a>(
    roster: &Roster,
    rules: &RuleBook,
    last_agents: &SharedMap<AgentSlot>,
    conversation: &'a Conversation,
) -> Option<Place<'a>> {
    if conversation.phase != Phase::Waiting {
        return None;
    }
    let route = conversation.route.as_ref()?;
    let channel_slot = conversation.channel?;
    let plan = rules.rule(channel_slot, route.rule)?;
    let contact = conversation.details.contact.as_ref();
    let mut place = Place {
        class: ClassKey::new(channel_slot, route, &conversation.details.skills),
        personal: Vec::new(),
        contact: None,
        stranger: None,
    };
    for step in route.from.through(route.reached).filter_map(|step| plan.step(step)) {
        match step.target {
            StepTarget::ContactOwner => {
                let owner = contact.filter(|contact| contact.known).and_then(|contact| contact.owner.as_ref());
                let slot = owner.and_then(|owner| roster.slot(owner));
                place.personal.extend(slot);
                place.stranger = owner.filter(|_| slot.is_none());
            }
            StepTarget::LastAgent => {
                place.contact = contact.and_then(|contact| contact.id.as_ref());
                place.personal.extend(place.contact.and_then(|contact| last_agents.get(contact)));
            }
            StepTarget::Fixed { .. } | StepTarget::Bot(_) => {}
        }
    }
    Some(place)
}
