//! Rolling back the changes of a command that is refused, proposed, or cut short.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::availability::{AgentSet, AgentSlot, ByHand, ChannelSlot, Roster};
use crate::desk::state::{Conversation, ConversationRef, DeskState, Due, LedgerKey, Person, Phase};
use crate::model::{Address, Agent, Id, Inbox, Team};
use crate::routing::{Ledger, RuleBook};
use crate::time::Instant;

/// The state of something before it was changed.
#[derive(Debug)]
pub enum Undo {
    Conversation(ConversationRef, Conversation),
    /// A conversation that arrived since the journal was opened was changed.
    Fresh(ConversationRef),
    /// The instants of the last message of a conversation, and of the contact's.
    Messages(ConversationRef, Instant, Option<Instant>),
    Person(AgentSlot, Box<Person>),
    /// The part of an agent's status that was set by hand.
    ByHand(AgentSlot, Box<ByHand>),
    /// The order number and the instant of an agent's last assignment.
    Chosen(AgentSlot, u64, Option<Instant>),
    /// The instant since which an agent held nothing.
    Idle(AgentSlot, Option<Instant>),
    /// A rule was removed, and with it its ledger.
    Ledger(LedgerKey, Ledger),
    /// A rule had no ledger.
    NewLedger(LedgerKey),
    /// The order number of an agent's last turn at a rule.
    Turn(LedgerKey, AgentSlot, u64),
    /// The running weights of agents at a rule; `None` for an agent without one.
    Weights(LedgerKey, Vec<(AgentSlot, Option<i64>)>),
    LastAgent(Id, Option<AgentSlot>),
    /// The contact of a conversation, before and after.
    Contact(ConversationRef, Option<Id>, Option<Id>),
    Clock(Option<Instant>, u64),
    /// Routing gave an agent with a pace a conversation; those given first were then forgotten.
    Given(AgentSlot, Vec<Instant>),
    /// An agent was removed, and with it what routing gave it.
    GivenGone(AgentSlot, Vec<Instant>),
    /// A conversation was forgotten.
    Forgotten(ConversationRef, Conversation),
    /// A conversation arrived, the last one so far.
    Arrival,
    /// The agents, the conversations that name another agent, and the channels to look at in the next queue pass.
    Expected(AgentSet, Vec<ConversationRef>, BTreeSet<ChannelSlot>),
    /// An agent had another entry.
    Entry(Arc<Agent>),
    /// An agent was added.
    NewAgent(Arc<Agent>),
    /// A team had another entry, or was added.
    Team(Id, Option<Arc<Team>>),
    /// An inbox had another entry, or was added.
    Inbox(Id, Option<Arc<Inbox>>),
    /// Conversations were taken out of the indices, until they were [`Listed`](Undo::Listed) again.
    Unlisted(Arc<[ConversationRef]>),
    /// Conversations were put back into the indices.
    Listed(Arc<[ConversationRef]>),
    /// The document was another, but nothing that rules and indices depend on.
    RosterAlone(Arc<Roster>),
    /// All indices were rebuilt, and are to be again.
    Indices,
    /// The agents had other slots.
    Order(Vec<AgentSlot>),
    /// A sender was blocked in an inbox or in all, or was not.
    Blocked(Address, Option<Id>, bool),
    /// Closed conversations were forgotten from another instant on.
    ForgetsFrom(Option<Instant>),
    /// The document was another, and its rules with it: all indices are rebuilt from that one.
    Roster(Arc<Roster>, Arc<RuleBook>),
}

/// The changes since the journal was opened; nothing is recorded while it is closed.
#[derive(Debug, Default)]
pub struct Journal {
    changes: Vec<Undo>,
    is_open: bool,
    /// The first conversation that arrived since it was opened: these are removed, not restored.
    fresh: Option<ConversationRef>,
}

/// A copy is made between commands, when the journal is closed.
impl Clone for Journal {
    fn clone(&self) -> Self {
        Journal::default()
    }
}

impl Journal {
    /// The capacity that is kept: a longer journal releases its memory.
    const KEPT: usize = 1_024;

    fn open(&mut self, next: ConversationRef) {
        (self.is_open, self.fresh) = (true, Some(next));
    }

    /// Returns how to undo a change of a conversation that is now as given; `None` while the journal is closed.
    pub fn undo_of(&self, reference: ConversationRef, now: &Conversation) -> Option<Undo> {
        let is_fresh = self.fresh.is_some_and(|first| reference >= first);
        let undo = || if is_fresh { Undo::Fresh(reference) } else { Undo::Conversation(reference, now.clone()) };
        self.is_open.then(undo)
    }

    /// Closes the journal, and keeps all changes.
    pub fn close(&mut self) {
        self.is_open = false;
        self.changes.clear();
        self.changes.shrink_to(Self::KEPT);
    }

    /// Returns the number of recorded changes.
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    pub fn note(&mut self, undo: impl FnOnce() -> Undo) {
        if self.is_open {
            self.changes.push(undo());
        }
    }
}

impl DeskState {
    /// Tidies up, and opens the journal.
    pub fn begin_turn(&mut self) {
        self.tidy();
        self.open_journal();
    }

    /// Opens the journal.
    pub fn open_journal(&mut self) {
        self.advanced_before = self.advanced_to;
        self.journal.open(self.conversations.next());
        if !self.dirty.is_empty() || !self.redirected.is_empty() || !self.changed_channels.is_empty() {
            let channels = self.changed_channels.clone();
            self.journal.note(|| Undo::Expected(self.dirty.clone(), self.redirected.clone(), channels));
        }
    }

    /// Rolls back everything since the journal was opened, and closes it. A closed one is left as it is.
    pub fn roll_back(&mut self) {
        if !self.journal.is_open {
            return;
        }
        self.roll_back_to(0);
        self.advanced_to = self.advanced_before;
        self.journal.close();
    }

    /// Rolls back to a number of recorded changes; later changes are recorded again.
    pub fn roll_back_to(&mut self, kept: usize) {
        let undone = self.journal.changes.split_off(kept.min(self.journal.len()));
        self.journal.is_open = false;
        let any = |is: fn(&Undo) -> bool| undone.iter().any(is);
        // Indices of another document cannot be updated one by one: what followed its change is taken back before it.
        let anew = any(|undo| matches!(undo, Undo::Indices | Undo::Roster(..) | Undo::Order(..)))
            || (any(|undo| matches!(undo, Undo::RosterAlone(_))) && any(|undo| matches!(undo, Undo::Inbox(..))));
        let mut apart = anew;
        // It is recorded first, so that it is undone last.
        let was_expected = matches!(undone.first(), Some(Undo::Expected(..)));
        for undo in undone.into_iter().rev() {
            match undo {
                Undo::Listed(conversations) if !anew => {
                    self.unlist_all(&conversations);
                    apart = true;
                }
                Undo::Unlisted(conversations) if !anew => {
                    self.list_all(&conversations);
                    apart = false;
                }
                undo => self.take_back(undo, apart),
            }
        }
        self.stale = AgentSet::default();
        if !was_expected {
            (self.dirty, self.redirected) = (AgentSet::default(), Vec::new());
            self.changed_channels.clear();
        }
        if anew {
            self.make_room();
            self.reindex();
        }
        self.journal.is_open = true;
    }

    /// Undoes one change. Of what is `apart`, the indices are left to [`reindex`](Self::reindex) or
    /// [`list_all`](Self::list_all).
    fn take_back(&mut self, undo: Undo, apart: bool) {
        match undo {
            Undo::Conversation(reference, before) if apart => self.amend(reference, |it| *it = before),
            Undo::Conversation(reference, before) => {
                let at = self.clock.unwrap_or(Instant::MIN);
                self.edit(reference, at, |conversation| *conversation = before);
            }
            // Its load is removed before the standings are restored.
            Undo::Fresh(reference) if !apart => {
                let at = self.clock.unwrap_or(Instant::MIN);
                self.edit(reference, at, |it| (it.phase, it.route, it.unsettled) = (Phase::Unassigned, None, true));
            }
            Undo::Fresh(_) => {}
            Undo::Messages(reference, last, of_visitor) => self.set_messages(reference, last, of_visitor),
            Undo::Person(slot, before) => self.restore_person(slot, *before),
            Undo::ByHand(slot, before) => self.availability.set_by_hand(slot, *before),
            Undo::Chosen(slot, order, at) => self.note_chosen(slot, order, at),
            Undo::Idle(slot, since) => self.edit_standing(slot, |standing| standing.idle_since = since),
            Undo::Ledger(key, before) => {
                self.ledgers.insert(key, before);
            }
            Undo::NewLedger(key) => {
                self.ledgers.remove(&key);
            }
            Undo::Turn(key, slot, before) => {
                self.ledgers.get_mut(&key).into_iter().for_each(|ledger| ledger.note_turn(slot, before));
            }
            Undo::Weights(key, before) => {
                self.ledgers.get_mut(&key).into_iter().for_each(|ledger| ledger.restore_weights(&before));
            }
            Undo::Contact(reference, before, after) => {
                self.contacts.remove(after.as_ref(), reference);
                self.contacts.add(before.as_ref(), reference);
            }
            Undo::Forgotten(reference, before) => {
                self.contacts.add(before.details.contact_id(), reference);
                self.conversations.put(reference, before);
                if !apart {
                    self.list(reference);
                    self.show(reference);
                }
            }
            Undo::LastAgent(contact, Some(before)) if apart => {
                self.availability.last_agents.insert(&contact, before);
            }
            Undo::LastAgent(contact, None) if apart => {
                self.availability.last_agents.remove(&contact);
            }
            Undo::LastAgent(contact, before) => self.note_last_agent(&contact, before),
            Undo::Arrival => {
                // All later changes of it are undone already, so it is in no other index.
                let arrived = self.conversations.pop();
                let reference = self.conversations.next();
                self.unsettled.remove(&reference);
                self.contacts.remove(arrived.as_ref().and_then(|it| it.details.contact_id()), reference);
            }
            Undo::Clock(clock, seq) => (self.clock, self.seq) = (clock, seq),
            Undo::Given(slot, dropped) => self.take_back_given(slot, dropped),
            Undo::GivenGone(slot, given) => {
                self.given.insert(slot, given);
                self.renew_pace(slot);
            }
            Undo::Expected(dirty, redirected, channels) => {
                (self.dirty, self.redirected, self.changed_channels) = (dirty, redirected, channels);
            }
            Undo::Listed(_) | Undo::Unlisted(_) | Undo::Indices => {}
            Undo::Entry(before) => {
                let slot = self.roster.slot(&before.id);
                slot.into_iter().for_each(|slot| self.replace_agent(slot, Arc::clone(&before)));
            }
            Undo::NewAgent(agent) => self.take_back_agent(&agent),
            Undo::Team(_, Some(before)) => self.availability.roster_mut().put_team(before),
            Undo::Team(id, None) => self.availability.roster_mut().drop_team(&id),
            Undo::Inbox(_, Some(before)) => self.replace_inbox(before),
            Undo::Inbox(id, None) => {
                self.availability.roster_mut().drop_inbox(&id);
                Arc::make_mut(&mut self.rules).compile_inbox(&self.availability.roster, &id);
            }
            Undo::RosterAlone(roster) => {
                self.availability.restore_roster(roster);
                // Inboxes that were put back before were compiled by the roster of then, whose sets had other references.
                if apart {
                    Arc::make_mut(&mut self.rules).compile_channels(&self.availability.roster);
                }
            }
            Undo::Order(back) => self.move_agents(&back),
            Undo::Blocked(sender, inbox, was_blocked) => self.blocks.set(&sender, inbox, was_blocked),
            Undo::ForgetsFrom(before) => self.forgets_from = before,
            Undo::Roster(roster, rules) => {
                self.availability.restore_roster(roster);
                self.rules = rules;
            }
        }
    }

    fn restore_person(&mut self, slot: AgentSlot, before: Person) {
        let Some(person) = self.people.get_mut(slot.index()) else { return };
        self.agenda.drop(person.announced.map(|stretch| stretch.end), Due::Status(slot));
        self.agenda.add(before.announced.map(|stretch| stretch.end), Due::Status(slot));
        // The conversations that occupy the agent are taken back one by one, and their list with them.
        *person = Person { occupied_by: std::mem::take(&mut person.occupied_by), ..before };
        self.show_available(slot);
    }
}
