//! The lists that views and their counts are read from, kept with each change of a conversation.
//!
//! Each conversation lies in one cell of its inbox: that of its shelf and, while it is open, of the kind of its channel. A view
//! is some of the cells. An open conversation is also in the list of each agent whose it is.

use rustc_hash::FxHashMap;

use crate::availability::{AgentSlot, KindIndex, Roster};
use crate::conversation::views::{Shelf, VIEWS, View};
use crate::desk::state::{Conversation, ConversationRef, Phase};
use crate::model::Id;
use crate::shared::SharedSet;
use crate::time::Instant;

/// The conversations of a desk, by inbox and by agent.
#[derive(Debug, Clone, Default)]
pub struct Views {
    inboxes: FxHashMap<Id, InboxViews>,
    mine: FxHashMap<AgentSlot, FxHashMap<Id, List>>,
}

/// The conversations of an inbox.
#[derive(Debug, Clone, Default)]
pub struct InboxViews {
    /// In no order; none is empty.
    cells: Vec<(Cell, List)>,
    /// The number of conversations in each view, in the order of [`View::ALL`].
    counts: [usize; VIEWS],
}

/// A part of an inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub shelf: Shelf,
    /// The kind of the channel, of open conversations.
    pub kind: Option<KindIndex>,
}

/// Some conversations, in the order of their opening and of their last messages.
#[derive(Debug, Clone, Default)]
pub struct List {
    pub by_opening: SharedSet<ConversationRef>,
    pub by_message: SharedSet<(Instant, ConversationRef)>,
    len: usize,
}

impl<'a> FromIterator<(ConversationRef, &'a Conversation)> for List {
    fn from_iter<I: IntoIterator<Item = (ConversationRef, &'a Conversation)>>(conversations: I) -> Self {
        let mut list = List::default();
        for (reference, conversation) in conversations {
            list.insert(reference, conversation.last_message_at);
        }
        list
    }
}

impl List {
    pub fn len(&self) -> usize {
        self.len
    }

    fn insert(&mut self, reference: ConversationRef, last_message_at: Instant) -> bool {
        let is_new = self.by_opening.insert(reference);
        self.by_message.insert((last_message_at, reference));
        self.len += usize::from(is_new);
        is_new
    }

    fn remove(&mut self, reference: ConversationRef, last_message_at: Instant) -> bool {
        let was_there = self.by_opening.remove(&reference);
        self.by_message.remove(&(last_message_at, reference));
        self.len -= usize::from(was_there);
        was_there
    }
}

impl Cell {
    /// Returns the cell in which a conversation lies.
    pub fn of(conversation: &Conversation, roster: &Roster) -> Cell {
        let shelf = conversation.shelf();
        let channel = conversation.channel.filter(|_| shelf.is_open()).and_then(|slot| roster.channel(slot));
        Cell { shelf, kind: channel.map(|channel| channel.kind) }
    }

    /// Returns `true` if a view shows its conversations.
    pub fn is_in(self, view: View, roster: &Roster) -> bool {
        let kind = self.kind.and_then(|kind| roster.kinds().get(kind));
        view.shows(self.shelf, kind.map(Id::as_str))
    }
}

impl Conversation {
    /// Returns the shelf on which it lies.
    fn shelf(&self) -> Shelf {
        match &self.phase {
            Phase::Waiting | Phase::Offered { .. } | Phase::Unassigned | Phase::Voicemail => Shelf::Unassigned,
            Phase::Snoozed { agent: None, .. } => Shelf::Unassigned,
            Phase::WithBot { .. } => Shelf::WithBot,
            Phase::Held { .. } | Phase::WithTeam { .. } | Phase::Snoozed { agent: Some(_), .. } => Shelf::Taken,
            Phase::Closed { .. } => Shelf::Closed,
            Phase::Sent => Shelf::Sent,
            Phase::Filtered { .. } => Shelf::Spam,
            Phase::Trashed { .. } => Shelf::Trash,
        }
    }
}

impl InboxViews {
    /// Returns the number of conversations in a view other than `mine`.
    pub fn counts(&self) -> &[usize; VIEWS] {
        &self.counts
    }

    /// Returns the cells that are not empty, with their conversations.
    pub fn cells(&self) -> impl Iterator<Item = &(Cell, List)> {
        self.cells.iter()
    }

    fn insert(&mut self, cell: Cell, reference: ConversationRef, last_message_at: Instant, roster: &Roster) {
        let place = self.cells.iter().position(|(known, _)| *known == cell);
        let place = place.unwrap_or_else(|| {
            self.cells.push((cell, List::default()));
            self.cells.len() - 1
        });
        let Some((_, list)) = self.cells.get_mut(place) else { return };
        if list.insert(reference, last_message_at) {
            self.each_count(cell, roster, |count| *count += 1);
        }
    }

    fn remove(&mut self, cell: Cell, reference: ConversationRef, last_message_at: Instant, roster: &Roster) {
        let Some(place) = self.cells.iter().position(|(known, _)| *known == cell) else { return };
        let Some((_, list)) = self.cells.get_mut(place) else { return };
        if !list.remove(reference, last_message_at) {
            return;
        }
        if list.len == 0 {
            self.cells.swap_remove(place);
        }
        self.each_count(cell, roster, |count| *count -= 1);
    }

    /// Changes the counts of the views that show a cell.
    fn each_count(&mut self, cell: Cell, roster: &Roster, change: impl Fn(&mut usize)) {
        let views = View::ALL.iter().zip(&mut self.counts);
        views.filter(|(view, _)| cell.is_in(**view, roster)).for_each(|(_, count)| change(count));
    }
}

impl Views {
    pub fn insert(&mut self, reference: ConversationRef, conversation: &Conversation, roster: &Roster) {
        let (inbox, last_message_at) = (&conversation.details.inbox, conversation.last_message_at);
        let cell = Cell::of(conversation, roster);
        entry(&mut self.inboxes, inbox).insert(cell, reference, last_message_at, roster);
        for slot in conversation.owners() {
            entry(self.mine.entry(*slot).or_default(), inbox).insert(reference, last_message_at);
        }
    }

    pub fn remove(&mut self, reference: ConversationRef, conversation: &Conversation, roster: &Roster) {
        let (inbox, last_message_at) = (&conversation.details.inbox, conversation.last_message_at);
        if let Some(views) = self.inboxes.get_mut(inbox) {
            views.remove(Cell::of(conversation, roster), reference, last_message_at, roster);
            if views.cells.is_empty() {
                self.inboxes.remove(inbox);
            }
        }
        for slot in conversation.owners() {
            self.remove_mine(*slot, inbox, reference, last_message_at);
        }
    }

    fn remove_mine(&mut self, slot: AgentSlot, inbox: &Id, reference: ConversationRef, last_message_at: Instant) {
        let Some(mine) = self.mine.get_mut(&slot) else { return };
        let Some(list) = mine.get_mut(inbox) else { return };
        list.remove(reference, last_message_at);
        if list.len == 0 {
            mine.remove(inbox);
        }
        if mine.is_empty() {
            self.mine.remove(&slot);
        }
    }

    /// Returns the conversations of an inbox, if it has any.
    pub fn inbox(&self, inbox: &str) -> Option<&InboxViews> {
        self.inboxes.get(inbox)
    }

    /// Returns the inboxes that have conversations, in no order, also those that were removed since.
    pub fn inboxes(&self) -> impl Iterator<Item = (&Id, &InboxViews)> {
        self.inboxes.iter()
    }

    /// Returns the conversations of an agent, by inbox.
    pub fn mine(&self, slot: AgentSlot) -> impl Iterator<Item = (&Id, &List)> {
        self.mine.get(&slot).into_iter().flatten()
    }
}

/// Returns the value of an id, made where there is none; most times there is one, and the id is not copied.
fn entry<'a, V: Default>(map: &'a mut FxHashMap<Id, V>, id: &Id) -> &'a mut V {
    if !map.contains_key(id) {
        map.insert(id.clone(), V::default());
    }
    map.entry(id.clone()).or_default()
}
