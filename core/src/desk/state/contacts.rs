//! The conversations that are remembered of each contact.

use crate::desk::state::ConversationRef;
use crate::model::Id;
use crate::shared::SharedMap;

/// The conversations of contacts with an id. A contact without a remembered conversation is not in it.
#[derive(Debug, Clone, Default)]
pub struct Contacts(SharedMap<Vec<ConversationRef>>);

impl Contacts {
    /// Returns the conversations of a contact, in the order of opening.
    pub fn conversations(&self, contact: &Id) -> &[ConversationRef] {
        self.0.get(contact).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn add(&mut self, contact: Option<&Id>, reference: ConversationRef) {
        let Some(contact) = contact else { return };
        match self.0.get_mut(contact) {
            Some(theirs) => {
                if let Err(place) = theirs.binary_search(&reference) {
                    theirs.insert(place, reference);
                }
            }
            None => {
                self.0.insert(contact, vec![reference]);
            }
        }
    }

    pub fn remove(&mut self, contact: Option<&Id>, reference: ConversationRef) {
        let Some(contact) = contact else { return };
        let Some(theirs) = self.0.get_mut(contact) else { return };
        if let Ok(place) = theirs.binary_search(&reference) {
            theirs.remove(place);
        }
        if theirs.is_empty() {
            self.0.remove(contact);
        }
    }
}
