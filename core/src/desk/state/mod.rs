//! The state of a desk. Only events change it, through `apply`; the indices are updated with it.

mod agenda;
mod apply;
mod blocks;
pub mod check;
mod chunk;
mod configure;
mod contacts;
mod conversation;
mod conversations;
mod indices;
mod journal;
mod last_agents;
mod open;
mod openings;
mod pace;
mod priority;
mod queue;
mod recent_details;
mod resolve;
mod status;
mod substitutes;
mod tidy;
mod views;

pub use self::agenda::Due;
pub use self::apply::failure_mark;
pub use self::blocks::Blocks;
pub use self::configure::{Change, in_use};
pub(crate) use self::conversation::ConversationRef;
pub use self::conversation::{
    Conversation, Decline, ForTeam, HiddenMessage, Offer, Phase, Progress, QueueKey, Requeue, Route,
};
pub use self::conversations::Conversations;
pub use self::openings::Opening;
pub use self::queue::{Asked, ClassKey, Named, Queue};
pub use self::resolve::Resolved;
pub use self::views::{InboxViews, List, Listing, Part, Views};

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use self::agenda::Agenda;
use self::contacts::Contacts;
use self::journal::{Journal, Undo};
use self::openings::Openings;
use self::recent_details::RecentDetails;
use self::substitutes::StandInMemo;
use crate::availability::{AgentSet, AgentSlot, Availability, ByHand, ChannelSlot, Roster, State, Stretch};
use crate::deadline::Deadline;
use crate::model::{Details, Id};
use crate::routing::extension::{Allowance, check_when};
use crate::routing::{InstalledExtensions, Ledger, RuleBook, Standing, Standings};
use crate::shared::SharedList;
use crate::time::Instant;

/// The state of an agent, apart from its standing.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// The state and reason as last announced, with their end; `None` for a new agent.
    pub announced: Option<Stretch>,
    /// The status of the document that was last announced, if it was one of these.
    pub status: Option<Id>,
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
        let Person { announced, returns, missed, .. } = *self;
        let (status, away_at) = (self.status.clone(), self.away_at.clone());
        Person { announced, status, away_at, returns, missed, occupied_by: BTreeSet::new() }
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
    /// The instant of the last command that was carried out, with events or without; none after a restart.
    pub advanced_to: Option<Instant>,
    /// That of the command before the current one.
    advanced_before: Option<Instant>,
    /// The number of the last event.
    pub seq: u64,
    pub standings: Standings,
    pub people: SharedList<Person>,
    pub conversations: Conversations,
    pub contacts: Contacts,
    recent_details: RecentDetails,
    pub ledgers: FxHashMap<LedgerKey, Ledger>,
    /// The instants at which routing gave conversations to agents with a pace, the last of each.
    pub given: FxHashMap<AgentSlot, Vec<Instant>>,
    /// The conversations that are with a team.
    pub with_teams: FxHashMap<Id, BTreeSet<ConversationRef>>,
    /// The senders that commands blocked.
    pub blocks: Blocks,
    pub queue: Queue,
    pub views: Views,
    pub agenda: Agenda,
    pub openings: Openings,
    /// The instant at which `forget_closed_after` last changed: nothing is forgotten before it; `None` if it never did.
    pub forgets_from: Option<Instant>,
    /// The agents who may have become eligible for a conversation since the last queue pass.
    pub dirty: AgentSet,
    /// The agents whose schedule a change of the document replaced, until their status is refreshed.
    pub stale: AgentSet,
    /// Waiting conversations that name another agent by their contact since the last queue pass.
    pub redirected: Vec<ConversationRef>,
    /// The channels of inboxes that changed since the last queue pass: whoever waits there may find an agent now.
    pub changed_channels: BTreeSet<ChannelSlot>,
    /// Conversations whose outcome no event has given yet: none between commands, unless a log ends within the events of
    /// one.
    pub unsettled: BTreeSet<ConversationRef>,
    pub journal: Journal,
    /// `true` if an agent or a channel may have been removed since the last [`tidy`](Self::tidy).
    has_gaps: bool,
    /// The scripts and strategies that steps may name.
    pub scripts: Option<Arc<InstalledExtensions>>,
    /// The deadline of the current command.
    pub deadline: Option<Deadline>,
    /// The operations that all scripts together have at the current instant; `None` outside of commands.
    pub allowance: Option<Allowance>,
    /// The leap that was last found to be too long; a cache that only saves time.
    pub too_long: Option<TooLong>,
    stand_ins: StandInMemo,
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
            advanced_to: None,
            advanced_before: None,
            seq: 0,
            standings: Standings::default(),
            people: SharedList::default(),
            conversations: Conversations::default(),
            contacts: Contacts::default(),
            recent_details: RecentDetails::default(),
            ledgers: FxHashMap::default(),
            given: FxHashMap::default(),
            with_teams: FxHashMap::default(),
            blocks: Blocks::default(),
            queue: Queue::default(),
            views: Views::default(),
            agenda: Agenda::default(),
            openings: Openings::default(),
            forgets_from: None,
            dirty: AgentSet::default(),
            stale: AgentSet::default(),
            redirected: Vec::new(),
            changed_channels: BTreeSet::new(),
            unsettled: BTreeSet::new(),
            journal: Journal::default(),
            has_gaps: false,
            scripts: None,
            deadline: None,
            too_long: None,
            stand_ins: StandInMemo::default(),
            allowance: None,
        };
        state.make_room();
        AgentSlot::all(state.people.len()).for_each(|slot| state.edit_standing(slot, |_| {}));
        state
    }

    /// Makes room for all agents of the roster.
    pub fn make_room(&mut self) {
        self.availability.make_room();
        let agents = self.roster.slot_count();
        self.people.resize(agents);
        self.views.make_room(agents);
        self.standings.make_room(agents, self.roster.kinds().len());
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

    /// Returns the conversations that an agent holds, in the order of opening.
    pub fn held_by(&self, slot: AgentSlot) -> Vec<ConversationRef> {
        let all = self.person(slot).into_iter().flat_map(|person| &person.occupied_by).copied();
        all.filter(|reference| self.conversation(*reference).is_some_and(|it| it.holder() == Some(slot))).collect()
    }

    pub fn find(&self, id: &str) -> Option<ConversationRef> {
        self.conversations.find(id)
    }

    /// Returns details to keep, which share what equal ones, or the roster, have already.
    pub fn share(&mut self, details: Cow<'_, Details>) -> Arc<Details> {
        let roster = &self.availability.roster;
        self.recent_details.share(details, roster.channel_slot_count(), |details| {
            let mut own = details.into_owned();
            let slot = roster.channel_slot(&own.inbox, &own.channel);
            if let Some(channel) = slot.and_then(|slot| roster.channel(slot)) {
                (own.inbox, own.channel) = (channel.inbox.clone(), channel.entry.id.clone());
            }
            own
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
