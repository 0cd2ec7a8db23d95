//! The lists that views and their counts are read from, kept with each change of a conversation.
//!
//! An open conversation is in the list of the kind of its channel in its inbox, and in that of each agent to whom it belongs. One
//! that an agent or a team has is in no other; any other, open or over, is also in the list of its shelf. One whose outcome no
//! event has given yet is in none.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::availability::{AgentSlot, ChannelSlot, KindIndex, Roster};
use crate::conversation::views::{SHELVES, Shelf, VIEWS, View};
use crate::desk::state::{Conversation, ConversationRef, Phase};
use crate::model::Id;
use crate::shared::{SharedList, SharedSet};
use crate::time::Instant;

/// The conversations of a desk, by inbox and by agent.
#[derive(Debug, Clone, Default)]
pub struct Views {
    inboxes: FxHashMap<Id, InboxViews>,
    /// By slot.
    mine: SharedList<Mine>,
}

/// The conversations of an inbox.
#[derive(Debug, Clone, Default)]
pub struct InboxViews {
    /// Those of each shelf, in the order of [`Shelf::ALL`]; the list of `Taken` stays empty.
    shelves: [List; SHELVES],
    /// The open ones of each kind of channel, in no order. A list that has become empty stays: there are as many as kinds.
    open: Vec<(Option<KindIndex>, List)>,
    /// The number of conversations in each view, in the order of [`View::ALL`].
    counts: [usize; VIEWS],
    /// A channel of the inbox; `None` if there is none of which it has conversations.
    pub channel: Option<ChannelSlot>,
}

/// The conversations of an agent, by inbox. The only list stays when it has become empty, for the next conversation.
#[derive(Debug, Clone, Default)]
struct Mine(SmallVec<[(Id, List); 1]>);

/// A part of an inbox.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// The conversations on a shelf other than `Taken`.
    On(Shelf),
    /// All open ones.
    Open,
    /// The open ones of a kind of channel.
    OpenOf(KindIndex),
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
    shelf: Shelf,
    /// The kind of the channel, of an open conversation that has one still.
    kind: Option<KindIndex>,
    agents: SmallVec<[AgentSlot; 2]>,
    last_message_at: Instant,
}

impl Listing {
    /// Returns where a conversation is to be listed; `None` for one on its way.
    pub fn of(conversation: &Conversation, roster: &Roster) -> Option<Listing> {
        (!conversation.unsettled).then(|| Listing {
            inbox: conversation.details.inbox.clone(),
            channel: conversation.channel,
            shelf: conversation.shelf(),
            kind: conversation.open_kind(roster),
            agents: SmallVec::from_slice(conversation.belongs_to()),
            last_message_at: conversation.last_message_at,
        })
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

    fn insert(&mut self, reference: ConversationRef, last_message_at: Instant) {
        self.len += usize::from(self.by_opening.insert(reference));
        self.by_message.insert((last_message_at, reference));
    }

    fn remove(&mut self, reference: ConversationRef, last_message_at: Instant) {
        self.len -= usize::from(self.by_opening.remove(&reference));
        self.by_message.remove(&(last_message_at, reference));
    }

    fn move_message(&mut self, reference: ConversationRef, from: Instant, to: Instant) {
        self.by_message.remove(&(from, reference));
        self.by_message.insert((to, reference));
    }
}

impl Conversation {
    /// Returns `true` if a view shows it to anyone who sees its inbox.
    pub fn is_in(&self, view: View, roster: &Roster) -> bool {
        let kind = self.open_kind(roster).and_then(|kind| roster.kinds().get(kind));
        view.shows(self.shelf(), kind.map(Id::as_str))
    }

    /// Returns the kind of its channel while it is open.
    fn open_kind(&self, roster: &Roster) -> Option<KindIndex> {
        let channel = self.channel.filter(|_| self.shelf().is_open())?;
        Some(roster.channel(channel)?.kind)
    }

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

    /// Visits the lists of a part of the inbox.
    pub fn each_list_of<'a>(&'a self, part: Part, mut visit: impl FnMut(&'a List)) {
        let mut visit = |list: &'a List| {
            if list.len > 0 {
                visit(list)
            }
        };
        match part {
            Part::On(shelf) => self.shelves.get(shelf as usize).into_iter().for_each(visit),
            Part::Open => self.open.iter().for_each(|(_, list)| visit(list)),
            Part::OpenOf(kind) => {
                self.open.iter().filter(|(of, _)| *of == Some(kind)).for_each(|(_, list)| visit(list))
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.shelves.iter().chain(self.open.iter().map(|(_, list)| list)).all(|list| list.len == 0)
    }

    /// Visits the lists that contain the conversations of a shelf and a kind.
    fn each_list(&mut self, shelf: Shelf, kind: Option<KindIndex>, mut visit: impl FnMut(&mut List)) {
        if shelf != Shelf::Taken {
            self.shelves.get_mut(shelf as usize).into_iter().for_each(&mut visit);
        }
        if !shelf.is_open() {
            return;
        }
        match self.open.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, list)) => visit(list),
            None => {
                let mut list = List::default();
                visit(&mut list);
                self.open.push((kind, list));
            }
        }
    }

    /// Changes the counts of the views that show a shelf and a kind.
    fn each_count(&mut self, shelf: Shelf, kind: Option<KindIndex>, roster: &Roster, change: impl Fn(&mut usize)) {
        let kind = kind.and_then(|kind| roster.kinds().get(kind)).map(Id::as_str);
        let views = View::ALL.iter().zip(&mut self.counts);
        views.filter(|(view, _)| view.shows(shelf, kind)).for_each(|(_, count)| change(count));
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
    /// Makes room for a number of agents.
    pub fn make_room(&mut self, agents: usize) {
        self.mine.resize(agents);
    }

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
        before.into_iter().for_each(|listing| self.remove(reference, listing, roster));
        after.into_iter().for_each(|listing| self.insert(reference, listing, roster));
    }

    pub fn insert(&mut self, reference: ConversationRef, listing: &Listing, roster: &Roster) {
        let Listing { inbox, channel, shelf, kind, agents, last_message_at } = listing;
        if !self.inboxes.contains_key(inbox) {
            self.inboxes.insert(inbox.clone(), InboxViews::default());
        }
        let Some(views) = self.inboxes.get_mut(inbox) else { return };
        views.channel = channel.or(views.channel);
        views.each_list(*shelf, *kind, |list| list.insert(reference, *last_message_at));
        views.each_count(*shelf, *kind, roster, |count| *count += 1);
        for slot in agents {
            let Some(mine) = self.mine.get_mut(slot.index()) else { continue };
            mine.list_of(inbox).into_iter().for_each(|list| list.insert(reference, *last_message_at));
        }
    }

    pub fn remove(&mut self, reference: ConversationRef, listing: &Listing, roster: &Roster) {
        let Listing { inbox, channel: _, shelf, kind, agents, last_message_at } = listing;
        let Some(views) = self.inboxes.get_mut(inbox) else { return };
        views.each_list(*shelf, *kind, |list| list.remove(reference, *last_message_at));
        views.each_count(*shelf, *kind, roster, |count| *count -= 1);
        // An inbox that is gone leaves with its last conversation.
        if roster.inbox(inbox).is_none() {
            self.tidy(inbox);
        }
        for slot in agents {
            let Some(mine) = self.mine.get_mut(slot.index()) else { continue };
            mine.list_of(inbox).into_iter().for_each(|list| list.remove(reference, *last_message_at));
            mine.tidy();
        }
    }

    /// Drops an inbox that has no conversations.
    pub fn tidy(&mut self, inbox: &Id) {
        if self.inboxes.get(inbox).is_some_and(InboxViews::is_empty) {
            self.inboxes.remove(inbox);
        }
    }

    /// Moves a conversation to the place of its next last message, before it is noted.
    pub fn move_message(&mut self, reference: ConversationRef, it: &Conversation, to: Instant, roster: &Roster) {
        let (inbox, from) = (&it.details.inbox, it.last_message_at);
        let Some(views) = self.inboxes.get_mut(inbox).filter(|_| !it.unsettled) else { return };
        views.each_list(it.shelf(), it.open_kind(roster), |list| list.move_message(reference, from, to));
        for slot in it.belongs_to() {
            let list = self.mine.get_mut(slot.index()).and_then(|mine| mine.list_of(inbox));
            list.into_iter().for_each(|list| list.move_message(reference, from, to));
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
        let all = self.mine.get(slot.index()).into_iter().flat_map(|mine| &mine.0);
        all.filter(|(_, list)| list.len > 0).map(|(inbox, list)| (inbox, list))
    }
}
