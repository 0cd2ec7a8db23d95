//! The lists that views and their counts are read from, kept with each change of a conversation.
//!
//! Each conversation lies in one cell of its inbox: that of its shelf and, while it is open, of the kind of its channel. A view
//! is some of the cells. An open conversation is also in the list of each agent to whom it belongs. One whose outcome no event has
//! given yet is in none.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::availability::{AgentSlot, ChannelSlot, KindIndex, Roster};
use crate::conversation::views::{Shelf, VIEWS, View};
use crate::desk::state::{Conversation, ConversationRef, Phase};
use crate::model::Id;
use crate::shared::SharedSet;
use crate::time::Instant;

/// The conversations of a desk, by inbox and by agent.
#[derive(Debug, Clone, Default)]
pub struct Views {
    inboxes: FxHashMap<Id, InboxViews>,
    mine: FxHashMap<AgentSlot, Mine>,
}

/// The conversations of an inbox.
#[derive(Debug, Clone, Default)]
pub struct InboxViews {
    /// In no order. One that has become empty stays: there are as many as shelves and kinds.
    cells: Vec<(Cell, List)>,
    /// The number of conversations in each view, in the order of [`View::ALL`].
    counts: [usize; VIEWS],
    /// A channel of the inbox; `None` if there is none of which it has conversations.
    pub channel: Option<ChannelSlot>,
}

/// The conversations of an agent, by inbox. The only list stays when it has become empty, for the next conversation.
#[derive(Debug, Clone, Default)]
struct Mine(SmallVec<[(Id, List); 1]>);

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

/// Where a conversation is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    inbox: Id,
    channel: Option<ChannelSlot>,
    cell: Cell,
    agents: SmallVec<[AgentSlot; 2]>,
    last_message_at: Instant,
}

impl Listing {
    /// Returns where a conversation is to be listed; `None` for one on its way.
    pub fn of(conversation: &Conversation, roster: &Roster) -> Option<Listing> {
        (!conversation.unsettled).then(|| Listing {
            inbox: conversation.details.inbox.clone(),
            channel: conversation.channel,
            cell: Cell::of(conversation, roster),
            agents: SmallVec::from_slice(conversation.belongs_to()),
            last_message_at: conversation.last_message_at,
        })
    }

    /// Returns `true` if two differ in nothing but the last message.
    fn is_beside(&self, other: &Listing) -> bool {
        let Listing { inbox, channel, cell, agents, last_message_at: _ } = self;
        *inbox == other.inbox && *channel == other.channel && *cell == other.cell && *agents == other.agents
    }
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

    fn move_message(&mut self, reference: ConversationRef, from: Instant, to: Instant) {
        self.by_message.remove(&(from, reference));
        self.by_message.insert((to, reference));
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
        self.cells.iter().filter(|(_, list)| list.len > 0)
    }

    fn is_empty(&self) -> bool {
        self.cells().next().is_none()
    }

    fn list_of(&mut self, cell: Cell) -> Option<&mut List> {
        self.cells.iter_mut().find(|(known, _)| *known == cell).map(|(_, list)| list)
    }

    /// Changes the counts of the views that show a cell.
    fn each_count(&mut self, cell: Cell, roster: &Roster, change: impl Fn(&mut usize)) {
        let views = View::ALL.iter().zip(&mut self.counts);
        views.filter(|(view, _)| cell.is_in(**view, roster)).for_each(|(_, count)| change(count));
    }
}

impl Mine {
    /// Returns the list of an inbox, made where there is none.
    fn list_of(&mut self, inbox: &Id) -> Option<&mut List> {
        let place = self.0.iter().position(|(known, _)| known == inbox).unwrap_or_else(|| {
            match self.0.first_mut().filter(|(_, list)| list.len == 0) {
                Some((unused, _)) => {
                    unused.clone_from(inbox);
                    0
                }
                None => {
                    self.0.push((inbox.clone(), List::default()));
                    self.0.len() - 1
                }
            }
        });
        self.0.get_mut(place).map(|(_, list)| list)
    }

    /// Removes empty lists, but for the only one.
    fn tidy(&mut self) {
        if self.0.len() > 1 {
            self.0.retain(|(_, list)| list.len > 0);
        }
    }
}

impl Views {
    /// Moves a conversation from where it was listed to where it is to be.
    pub fn relist(
        &mut self,
        reference: ConversationRef,
        before: Option<&Listing>,
        after: Option<&Listing>,
        roster: &Roster,
    ) {
        if before == after {
            return;
        }
        match before.zip(after) {
            Some((before, after)) if before.is_beside(after) => {
                self.move_message(reference, before, after.last_message_at);
            }
            _ => {
                before.into_iter().for_each(|listing| self.remove(reference, listing, roster));
                after.into_iter().for_each(|listing| self.insert(reference, listing, roster));
            }
        }
    }

    pub fn insert(&mut self, reference: ConversationRef, listing: &Listing, roster: &Roster) {
        let Listing { inbox, channel, cell, agents, last_message_at } = listing;
        if !self.inboxes.contains_key(inbox) {
            self.inboxes.insert(inbox.clone(), InboxViews::default());
        }
        let Some(views) = self.inboxes.get_mut(inbox) else { return };
        views.channel = channel.or(views.channel);
        if views.list_of(*cell).is_none() {
            views.cells.push((*cell, List::default()));
        }
        if views.list_of(*cell).is_some_and(|list| list.insert(reference, *last_message_at)) {
            views.each_count(*cell, roster, |count| *count += 1);
        }
        for slot in agents {
            if let Some(list) = self.mine.entry(*slot).or_default().list_of(inbox) {
                list.insert(reference, *last_message_at);
            }
        }
    }

    pub fn remove(&mut self, reference: ConversationRef, listing: &Listing, roster: &Roster) {
        let Listing { inbox, channel: _, cell, agents, last_message_at } = listing;
        if let Some(views) = self.inboxes.get_mut(inbox)
            && views.list_of(*cell).is_some_and(|list| list.remove(reference, *last_message_at))
        {
            views.each_count(*cell, roster, |count| *count -= 1);
            // An inbox that is gone leaves with its last conversation.
            if views.is_empty() && roster.inbox(inbox).is_none() {
                self.inboxes.remove(inbox);
            }
        }
        for slot in agents {
            let Some(mine) = self.mine.get_mut(slot) else { continue };
            mine.list_of(inbox).into_iter().for_each(|list| {
                list.remove(reference, *last_message_at);
            });
            mine.tidy();
        }
    }

    fn move_message(&mut self, reference: ConversationRef, listing: &Listing, to: Instant) {
        let Listing { inbox, channel: _, cell, agents, last_message_at } = listing;
        let of_inbox = self.inboxes.get_mut(inbox).and_then(|views| views.list_of(*cell));
        of_inbox.into_iter().for_each(|list| list.move_message(reference, *last_message_at, to));
        for slot in agents {
            let list = self.mine.get_mut(slot).and_then(|mine| mine.list_of(inbox));
            list.into_iter().for_each(|list| list.move_message(reference, *last_message_at, to));
        }
    }

    /// Returns the conversations of an inbox, if it ever had any.
    pub fn inbox(&self, inbox: &str) -> Option<&InboxViews> {
        self.inboxes.get(inbox)
    }

    /// Returns the inboxes that ever had conversations, in no order, also those that were removed and have some still.
    pub fn inboxes(&self) -> impl Iterator<Item = (&Id, &InboxViews)> {
        self.inboxes.iter()
    }

    /// Returns the conversations of an agent, by inbox.
    pub fn mine(&self, slot: AgentSlot) -> impl Iterator<Item = (&Id, &List)> {
        let all = self.mine.get(&slot).into_iter().flat_map(|mine| &mine.0);
        all.filter(|(_, list)| list.len > 0).map(|(inbox, list)| (inbox, list))
    }
}
