//! The conversations of inboxes, found by the lists of the views: no search for open ones grows with those that are over.

use crate::conversation::views::Shelf;
use crate::desk::state::views::{InboxViews, Part};
use crate::desk::state::{Conversation, ConversationRef, DeskState};
use crate::model::Id;

impl DeskState {
    /// Returns all open conversations, in the order of opening.
    pub fn open(&self) -> Vec<ConversationRef> {
        self.listed_in(self.views.inboxes().map(|(_, views)| views), &[Part::Open], |it| it.is_open())
    }

    /// Returns the open conversations of an inbox, in the order of opening.
    pub fn open_in(&self, inbox: &Id) -> Vec<ConversationRef> {
        self.listed_in(self.views.inbox(inbox), &[Part::Open], |it| it.is_open() && it.details.inbox == *inbox)
    }

    /// Returns all conversations of an inbox, in the order of opening.
    pub fn all_in(&self, inbox: &Id) -> Vec<ConversationRef> {
        let over = [Shelf::Closed, Shelf::Sent, Shelf::Spam, Shelf::Trash].map(Part::On);
        let parts = [&[Part::Open], &over[..]].concat();
        self.listed_in(self.views.inbox(inbox), &parts, |it| it.details.inbox == *inbox)
    }

    /// Returns the conversations in some parts of inboxes, and those among the ones without an outcome, which no view lists.
    fn listed_in<'a>(
        &'a self,
        inboxes: impl IntoIterator<Item = &'a InboxViews>,
        parts: &[Part],
        without_outcome: impl Fn(&Conversation) -> bool,
    ) -> Vec<ConversationRef> {
        let is_wanted = |it: &ConversationRef| self.conversation(*it).is_some_and(&without_outcome);
        let mut found: Vec<ConversationRef> = self.unsettled.iter().copied().filter(is_wanted).collect();
        for views in inboxes {
            parts.iter().for_each(|part| views.each_list_of(*part, |list| found.extend(list.by_opening.iter())));
        }
        found.sort_unstable();
        found
    }
}
