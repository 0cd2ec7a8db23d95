//! Taking back what fell due, when the command that came with it is refused.

use crate::desk::state::{Conversation, ConversationRef, DeskState, Due, LedgerKey, Person};
use crate::model::Id;
use crate::routing::{AgentSlot, Ledger, Standing};
use crate::time::Instant;

/// How something was before it was changed.
#[derive(Debug, Clone)]
pub enum Undo {
    Conversation(ConversationRef, Box<Conversation>),
    Person(AgentSlot, Box<Person>),
    Standing(AgentSlot, Box<Standing>),
    Ledger(LedgerKey, Option<Ledger>),
    LastAgent(Id, Option<AgentSlot>),
    Clock(Option<Instant>, u64),
    /// Something was on the agenda, or was not.
    Due(Instant, Due, bool),
    /// A conversation arrived, the last one so far.
    Arrival,
}

/// The changes since the journal was opened; nothing is written down while it is closed.
#[derive(Debug, Clone, Default)]
pub struct Journal(Option<Vec<Undo>>);

impl Journal {
    pub fn open(&mut self) {
        self.0 = Some(Vec::new());
    }

    /// Ends the writing, keeping all changes.
    pub fn close(&mut self) {
        self.0 = None;
    }

    /// How much has been written down.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, Vec::len)
    }

    pub fn is_open(&self) -> bool {
        self.0.is_some()
    }

    pub fn note(&mut self, undo: impl FnOnce() -> Undo) {
        if let Some(changes) = &mut self.0 {
            changes.push(undo());
        }
    }
}

impl DeskState {
    /// Takes back everything since the journal was opened, and closes it.
    pub fn roll_back(&mut self) {
        self.roll_back_to(0);
        self.journal.close();
    }

    /// Takes back everything since so much had been written down; what is changed from then on is written down again.
    pub fn roll_back_to(&mut self, kept: usize) {
        let Some(mut changes) = self.journal.0.take() else { return };
        let undone = changes.split_off(kept.min(changes.len()));
        for undo in undone.into_iter().rev() {
            match undo {
                Undo::Conversation(reference, before) => {
                    let at = self.clock.unwrap_or(Instant::MIN);
                    self.edit(reference, at, |conversation| *conversation = *before);
                }
                Undo::Person(slot, before) => self.restore_person(slot, *before),
                Undo::Standing(slot, before) => self.edit_standing(slot, |standing| *standing = *before),
                Undo::Ledger(key, Some(before)) => {
                    self.ledgers.insert(key, before);
                }
                Undo::Ledger(key, None) => {
                    self.ledgers.remove(&key);
                }
                Undo::LastAgent(contact, before) => self.note_last_agent(&contact, before),
                Undo::Arrival => {
                    // Whatever became of it is taken back already, so it stands in no index but this.
                    let arrived = self.conversations.pop();
                    self.unsettled.remove(&(ConversationRef::of(self.conversations.len())));
                    if let Some(arrived) = arrived {
                        self.by_id.remove(&arrived.id);
                    }
                }
                Undo::Clock(clock, seq) => (self.clock, self.seq) = (clock, seq),
                Undo::Due(at, due, true) => self.agenda.add(Some(at), due),
                Undo::Due(at, due, false) => self.agenda.drop(Some(at), due),
            }
        }
        self.journal.0 = Some(changes);
        self.dirty = Default::default();
        self.redirected = Vec::new();
    }

    fn restore_person(&mut self, slot: AgentSlot, before: Person) {
        let Some(person) = self.people.get_mut(slot.index()) else { return };
        self.agenda.drop(Some(person.stretch.end), Due::Status(slot));
        self.agenda.add(Some(before.stretch.end), Due::Status(slot));
        let available = before.stretch.reason.state() == crate::availability::State::Available;
        self.standings.available.set(slot, available);
        // What occupies the agent follows the conversations.
        *person = Person { occupied_by: std::mem::take(&mut person.occupied_by), ..before };
    }
}
