//! The agents who last held a conversation of a contact.

use crate::availability::AgentSlot;
use crate::desk::state::journal::Undo;
use crate::desk::state::{Conversation, ConversationRef, DeskState};
use crate::model::Id;

impl DeskState {
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
}
