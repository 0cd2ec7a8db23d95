//! The subjects of a contact on a desk.

use super::Subject;
use crate::desk::Desk;
use crate::model::Id;

impl Desk {
    /// Returns the subjects whose values are erased with a contact: the contact, and each of its conversations that the desk
    /// remembers. A conversation has values of its own from before it named the contact, and from commands that name the
    /// conversation alone, such as `block`.
    ///
    /// The command `erase` takes the same values out of the desk. Values of turns after it are not concerned.
    ///
    /// ```
    /// use frontdesk::{Desk, desk::Subject};
    ///
    /// let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC",
    ///     "inboxes": [{"id": "main", "channels": [{"id": "mail", "kind": "email"}]}]}"#)?;
    /// desk.handle_json(r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main",
    ///     "channel": "mail", "contact": {"id": "p1"}}"#)?;
    /// assert_eq!(desk.subjects_of("p1"), [Subject::Contact("p1".into()), Subject::Conversation("c1".into())]);
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn subjects_of(&self, contact: &str) -> Vec<Subject> {
        let contact = Id::from(contact);
        let references = self.state.contacts.conversations(&contact).iter();
        let conversations = references.filter_map(|reference| self.state.conversation(*reference));
        let conversations = conversations.map(|it| Subject::Conversation(it.id.clone())).collect::<Vec<_>>();
        std::iter::once(Subject::Contact(contact)).chain(conversations).collect()
    }
}
