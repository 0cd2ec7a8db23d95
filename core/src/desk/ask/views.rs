//! Views: their pages and their counts.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::availability::{AgentSlot, unknown::no_access};
use crate::conversation::View;
use crate::conversation::views::{Shelf, VIEWS};
use crate::deadline;
use crate::desk::Desk;
use crate::desk::ask::cursor::Cursor;
use crate::desk::ask::{ConversationFilter, ConversationView, Whereabouts};
use crate::desk::state::{Conversation, ConversationRef, DeskState, InboxViews, List, Part, QueueKey};
use crate::model::Id;
use crate::problem::{Code, Problem, vocabulary};
use crate::time::Instant;

vocabulary! {
    /// The order of a view.
    #[non_exhaustive]
    pub enum ViewSort {
        /// The oldest first: in the order of opening.
        Oldest = "oldest",
        /// The newest first.
        Newest = "newest",
        /// The one with the newest last message first.
        LastMessageNewest = "last_message_newest",
        /// The one with the oldest last message first.
        LastMessageOldest = "last_message_oldest",
        /// As the queue is: only those that wait, in the order in which they are served.
        Queue = "queue",
    }
}

/// A question for a page of a view.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewRequest {
    /// The standard view; `None` for any conversation that the filter lets pass.
    pub view: Option<View>,
    /// The agent who looks, who is shown the inboxes that they see. The embedding program, which `None` means, is shown
    /// every inbox, also those that were removed; so is an agent who sees every inbox.
    pub by: Option<Id>,
    /// The filter that the conversations also have to match.
    pub filter: ConversationFilter,
    /// The order.
    pub sort: ViewSort,
    /// The largest number of conversations on the page, from 1 to 1,000.
    pub limit: usize,
    /// The [`next`](ViewPage::next) of the page before; `None` for the first page.
    pub after: Option<String>,
}

impl Default for ViewRequest {
    /// The newest 50 of all conversations.
    fn default() -> Self {
        let filter = ConversationFilter::default();
        ViewRequest { view: None, by: None, filter, sort: ViewSort::Newest, limit: 50, after: None }
    }
}

/// A page of a view.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ViewPage {
    /// The conversations, in the order that was asked for.
    pub conversations: Vec<ConversationView>,
    /// The cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The number of conversations that were looked at, which is the cost of the filter: those of the page, and those between
    /// that the filter, or a view as the queue is, left out.
    pub examined: usize,
}

/// The number of conversations in each standard view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewCounts {
    counts: [usize; VIEWS],
    has_mine: bool,
}

impl ViewCounts {
    /// Returns the number of conversations in a view; `None` for `mine` if no agent looks.
    pub fn get(&self, view: View) -> Option<usize> {
        self.iter().find(|(known, _)| *known == view).map(|(_, count)| count)
    }

    /// Returns the views with the number of conversations in each.
    pub fn iter(&self) -> impl Iterator<Item = (View, usize)> {
        let all = View::ALL.iter().copied().zip(self.counts);
        all.filter(|(view, _)| *view != View::Mine || self.has_mine)
    }

    fn add(&mut self, of_inbox: &InboxViews) {
        self.counts.iter_mut().zip(of_inbox.counts()).for_each(|(sum, count)| *sum += count);
    }
}

impl Serialize for ViewCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.iter().try_for_each(|(view, count)| map.serialize_entry(&view, &count))?;
        map.end()
    }
}

/// Who looks at the inboxes.
#[derive(Debug, Clone, Copy)]
enum Viewer {
    /// The embedding program, which sees all.
    Program,
    /// An agent who sees all.
    Everywhere(AgentSlot),
    /// An agent who sees the inboxes that they have access to.
    Within(AgentSlot),
}

impl Viewer {
    fn agent(self) -> Option<AgentSlot> {
        match self {
            Viewer::Program => None,
            Viewer::Everywhere(slot) | Viewer::Within(slot) => Some(slot),
        }
    }
}

/// The conversations that a request is about, before the order and the filter.
struct Shown<'a> {
    viewer: Viewer,
    request: &'a ViewRequest,
}

impl Desk {
    /// Returns a page of a view: the conversations of a standard view, or of all, that the agent sees and that match a
    /// filter.
    ///
    /// The [`next`](ViewPage::next) of a page asks for the one behind it, on this desk, on a copy, and on one that was
    /// restored or follows the same turns. While conversations come, change and go between two pages:
    ///
    /// - sorted `oldest` or `newest`, no conversation comes on two pages, and each that is in the view all the time comes on
    ///   one;
    /// - sorted by the last message, none comes on two pages either, but for one that gets a message in the very instant of the
    ///   first page; and each that is in the view all the time and gets no message comes on one. Those that get a message after
    ///   that instant stand at the beginning of a new `last_message_newest`; a filter of `last_message` from it finds them alone;
    /// - sorted as the `queue`, each that waits all the time, and whose place nothing but the passing of time changes, comes on
    ///   one page: the order is that of the instant of the first.
    ///
    /// A page costs by its length, by what the filter leaves out ([`examined`](ViewPage::examined)), and by the number of
    /// inboxes, whatever the desk contains. Of the filter, `inbox` and `contact` are looked up, as is the `state`, or of open
    /// conversations either the state or the `kind`; the other fields are compared. With a `contact`, all conversations of
    /// theirs are looked at, and as the `queue`, all that wait are compared with the view.
    ///
    /// # Errors
    /// `unknown_agent`, `unknown_team`, `unknown_inbox`, `unknown_channel` or `unknown_reference` for a name that neither the
    /// document nor a conversation has; `no_inbox_access` for an inbox that the agent does not see; `actor_required` for
    /// `mine` without an agent; `out_of_range` for the limit; `invalid_value` for a cursor that is not of this order.
    ///
    /// ```
    /// use frontdesk::{Desk, desk::{ViewSort, View, ViewRequest}};
    ///
    /// let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}],
    ///     "inboxes": [{"id": "main", "channels": [{"id": "mail", "kind": "email"}]}]}"#)?;
    /// for id in ["c1", "c2", "c3"] {
    ///     desk.handle_json(&format!(r#"{{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "{id}",
    ///         "inbox": "main", "channel": "mail"}}"#))?;
    /// }
    /// let first = ViewRequest { view: Some(View::Email), sort: ViewSort::Oldest, limit: 2, ..ViewRequest::default() };
    /// let page = desk.view(&first)?;
    /// assert_eq!(page.conversations.len(), 2);
    /// let page = desk.view(&ViewRequest { after: page.next, ..first })?;
    /// assert_eq!((page.conversations[0].conversation.as_str(), page.next), ("c3", None));
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn view(&self, request: &ViewRequest) -> Result<ViewPage, Problem> {
        let viewer = self.state.viewer(request.by.as_deref())?;
        self.check_view(request, viewer)?;
        let after = request.after.as_deref().map(str::parse).transpose()?;
        if after.is_some_and(|after: Cursor| after.sort() != request.sort) {
            let message = format!("the cursor is not of a view sorted {}", request.sort);
            let problem = Problem::new(Code::InvalidValue, message);
            return Err(problem.with_hint("keep the order of the page before, or leave the cursor out"));
        }
        Ok(self.page(&Shown { viewer, request }, after))
    }

    /// Returns the number of conversations in each standard view: of an inbox, or of all that the agent sees. The embedding
    /// program, without an agent, is told no `mine`.
    ///
    /// # Errors
    /// `unknown_agent` or `unknown_inbox`; `no_inbox_access` for an inbox that the agent does not see.
    ///
    /// ```
    /// use frontdesk::{Desk, desk::View};
    ///
    /// let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}],
    ///     "inboxes": [{"id": "main", "channels": [{"id": "mail", "kind": "email"}]}]}"#)?;
    /// desk.handle_json(r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main",
    ///     "channel": "mail"}"#)?;
    /// let counts = desk.view_counts(Some("anna"), None)?;
    /// assert_eq!((counts.get(View::Unassigned), counts.get(View::Mine)), (Some(1), Some(0)));
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn view_counts(&self, by: Option<&str>, inbox: Option<&str>) -> Result<ViewCounts, Problem> {
        let state = &self.state;
        let viewer = state.viewer(by)?;
        if let Some(inbox) = inbox {
            state.check_seen(viewer, inbox)?;
        }
        let mut counts = ViewCounts { counts: [0; VIEWS], has_mine: viewer.agent().is_some() };
        match inbox {
            Some(inbox) => state.views.inbox(inbox).into_iter().for_each(|it| counts.add(it)),
            None => state.seen(viewer).for_each(|(_, it)| counts.add(it)),
        }
        if let Some(slot) = viewer.agent() {
            let of_inbox = |(id, _): &(&Id, &List)| inbox.is_none_or(|inbox| **id == *inbox) && state.sees(viewer, id);
            let mine = state.views.mine(slot).filter(of_inbox).map(|(_, list)| list.len()).sum();
            let all = View::ALL.iter().zip(&mut counts.counts);
            all.filter(|(view, _)| **view == View::Mine).for_each(|(_, count)| *count = mine);
        }
        Ok(counts)
    }

    fn check_view(&self, request: &ViewRequest, viewer: Viewer) -> Result<(), Problem> {
        const MOST: usize = 1_000;
        if !(1..=MOST).contains(&request.limit) {
            return Err(Problem::new(Code::OutOfRange, format!("{} is not from 1 to {MOST}", request.limit)));
        }
        if request.view == Some(View::Mine) && viewer.agent().is_none() {
            let problem = Problem::new(Code::ActorRequired, "the view \"mine\" needs a \"by\": the agent whose it is");
            return Err(problem);
        }
        self.check_filter(&request.filter)?;
        request.filter.inbox.as_ref().map_or(Ok(()), |inbox| self.state.check_seen(viewer, inbox))
    }

    fn page(&self, shown: &Shown<'_>, after: Option<Cursor>) -> ViewPage {
        let ViewRequest { filter, limit, .. } = shown.request;
        let (mut found, mut next, mut last, mut examined) = (Vec::new(), None, None, 0);
        for (reference, cursor) in self.state.in_order(shown, after) {
            if found.len() == *limit {
                next = last.map(|cursor: Cursor| cursor.to_string());
                break;
            }
            if deadline::is_up() {
                break;
            }
            examined += 1;
            last = Some(cursor);
            let is_wanted = |it: &&Conversation| self.state.is_wanted(shown, it) && self.state.passes(filter, it);
            found.extend(self.state.conversation(reference).filter(is_wanted));
        }
        ViewPage { conversations: found.into_iter().map(|it| self.row(it)).collect(), next, examined }
    }
}

impl DeskState {
    fn viewer(&self, by: Option<&str>) -> Result<Viewer, Problem> {
        let Some(by) = by else { return Ok(Viewer::Program) };
        let slot = self.slot(by)?;
        let sees_all = self.roster.member(slot).is_some_and(|member| member.entry.sees_every_inbox());
        Ok(if sees_all { Viewer::Everywhere(slot) } else { Viewer::Within(slot) })
    }

    /// Returns the inboxes that a viewer sees, with their conversations.
    fn seen(&self, viewer: Viewer) -> impl Iterator<Item = (&Id, &InboxViews)> {
        self.views.inboxes().filter(move |(inbox, views)| match viewer {
            Viewer::Program | Viewer::Everywhere(_) => true,
            Viewer::Within(slot) => self.has_access(slot, inbox, views),
        })
    }

    /// Returns `true` if an agent has access to an inbox with conversations.
    fn has_access(&self, slot: AgentSlot, inbox: &Id, views: &InboxViews) -> bool {
        match views.channel.and_then(|channel| self.roster.channel(channel)) {
            Some(channel) => self.roster.access(channel).contains(slot),
            None => self.sees(Viewer::Within(slot), inbox),
        }
    }

    /// Returns `true` if a viewer sees the conversations of an inbox.
    fn sees(&self, viewer: Viewer, inbox: &str) -> bool {
        match viewer {
            Viewer::Program | Viewer::Everywhere(_) => true,
            Viewer::Within(slot) => {
                self.roster.inbox(inbox).is_some_and(|inbox| self.roster.with_access(inbox).contains(slot))
            }
        }
    }

    /// Checks that an inbox exists, or has conversations still, and that a viewer sees it.
    fn check_seen(&self, viewer: Viewer, inbox: &str) -> Result<(), Problem> {
        if self.views.inbox(inbox).is_none() {
            self.inbox(inbox)?;
        }
        match viewer.agent().and_then(|slot| self.roster.agent_id(slot)) {
            Some(agent) if !self.sees(viewer, inbox) => Err(no_access(&agent, inbox)),
            _ => Ok(()),
        }
    }

    /// Returns the conversations of a request in its order, and some others, from behind a cursor on, each with its own.
    fn in_order<'a>(
        &'a self,
        shown: &'a Shown<'a>,
        after: Option<Cursor>,
    ) -> Box<dyn Iterator<Item = (ConversationRef, Cursor)> + 'a> {
        let sort = shown.request.sort;
        if sort == ViewSort::Queue {
            return Box::new(self.in_queue(shown, after));
        }
        match &shown.request.filter.contact {
            Some(contact) => {
                let theirs = self.contacts.conversations(contact).iter().copied();
                let list: List =
                    theirs.filter_map(|reference| Some((reference, self.conversation(reference)?))).collect();
                let found: Vec<_> = self.of_lists(vec![&list], sort, after).collect();
                Box::new(found.into_iter())
            }
            None => self.of_lists(self.lists(shown), sort, after),
        }
    }

    /// Returns the lists whose conversations a request is about, before its filter.
    fn lists<'a>(&'a self, shown: &Shown<'_>) -> Vec<&'a List> {
        let Shown { viewer, request: ViewRequest { view, filter, .. } } = shown;
        let is_seen =
            |inbox: &Id| filter.inbox.as_ref().is_none_or(|wanted| wanted == inbox) && self.sees(*viewer, inbox);
        if *view == Some(View::Mine) {
            let mine = viewer.agent().into_iter().flat_map(|slot| self.views.mine(slot));
            return mine.filter(|(inbox, _)| is_seen(inbox)).map(|(_, list)| list).collect();
        }
        let inboxes: Vec<&InboxViews> = match &filter.inbox {
            Some(inbox) => self.views.inbox(inbox).filter(|_| is_seen(inbox)).into_iter().collect(),
            None => self.seen(*viewer).map(|(_, views)| views).collect(),
        };
        let parts = self.parts(*view, filter);
        let mut lists = Vec::new();
        for views in inboxes {
            parts.iter().for_each(|part| views.each_list_of(*part, |list| lists.push(list)));
        }
        lists
    }

    /// Returns the parts of each inbox that contain what a view shows and a filter takes, and as little else as there is a list
    /// for.
    fn parts(&self, view: Option<View>, filter: &ConversationFilter) -> Vec<Part> {
        let is_shown = |shelf: &Shelf| view.is_none_or(|view| view.shows_shelf(*shelf));
        let is_taken = |shelf: &Shelf| states_of(*shelf).any(|state| filter.takes(state));
        let mut shelves: Vec<Shelf> = Shelf::ALL.into_iter().filter(is_shown).filter(is_taken).collect();
        let mut parts = Vec::new();
        let kind = view.and_then(View::kind);
        // A view with conversations that somebody has shows all open ones, whatever the filter takes of them.
        if shelves.contains(&Shelf::Taken) || (kind.is_some() && !shelves.is_empty()) {
            shelves.retain(|shelf| !shelf.is_open());
            parts.extend(match kind.or(filter.kind.as_deref()) {
                Some(kind) => self.roster.kinds().iter().position(|it| *it == *kind).map(Part::OpenOf),
                None => Some(Part::Open),
            });
        }
        parts.extend(shelves.into_iter().map(Part::On));
        parts
    }

    /// Returns `true` if a conversation, in the order of a request, is one that it is about, before its filter.
    fn is_wanted(&self, shown: &Shown<'_>, conversation: &Conversation) -> bool {
        let ViewRequest { sort, filter, .. } = shown.request;
        // Lists of views contain no other.
        let of_lists = *sort != ViewSort::Queue && filter.contact.is_none();
        of_lists || self.is_shown(shown, conversation)
    }

    fn is_shown(&self, shown: &Shown<'_>, conversation: &Conversation) -> bool {
        let is_in_view = match (shown.request.view, shown.viewer.agent()) {
            (None, _) => true,
            (Some(View::Mine), agent) => agent.is_some_and(|agent| conversation.belongs_to().contains(&agent)),
            (Some(view), _) => conversation.is_in(view, &self.roster),
        };
        is_in_view && self.sees(shown.viewer, &conversation.details.inbox)
    }

    /// Returns the conversations of lists in an order.
    fn of_lists<'a>(
        &'a self,
        lists: Vec<&'a List>,
        sort: ViewSort,
        after: Option<Cursor>,
    ) -> Box<dyn Iterator<Item = (ConversationRef, Cursor)> + 'a> {
        match (sort, after) {
            (ViewSort::LastMessageNewest, after) => {
                let before = match after {
                    Some(Cursor::LastMessageNewest(at, it)) => (at, it),
                    _ => (Instant::MAX, ConversationRef::of(0)),
                };
                let lists =
                    lists.into_iter().map(move |list| list.by_message.iter_before(before).copied().map(Reverse));
                let merged = Merged::of(lists);
                Box::new(merged.map(|Reverse((at, it))| (it, Cursor::LastMessageNewest(at, it))))
            }
            (ViewSort::LastMessageOldest, after) => {
                let (behind, until) = match after {
                    Some(Cursor::LastMessageOldest(at, it, until)) => (Some((at, it)), until),
                    _ => (None, self.now().unwrap_or(Instant::MIN)),
                };
                let is_before = move |key: &(Instant, ConversationRef)| behind.is_some_and(|behind| *key <= behind);
                let lists = lists.into_iter().map(move |list| list.by_message.iter_past(is_before).copied());
                let merged = Merged::of(lists).take_while(move |(at, _)| *at <= until);
                Box::new(merged.map(move |(at, it)| (it, Cursor::LastMessageOldest(at, it, until))))
            }
            (ViewSort::Newest, after) => {
                let before = match after {
                    Some(Cursor::Newest(it)) => it,
                    _ => self.conversations.next(),
                };
                let lists =
                    lists.into_iter().map(move |list| list.by_opening.iter_before(before).copied().map(Reverse));
                Box::new(Merged::of(lists).map(|Reverse(it)| (it, Cursor::Newest(it))))
            }
            (ViewSort::Oldest | ViewSort::Queue, after) => {
                let behind = match after {
                    Some(Cursor::Oldest(it)) => Some(it),
                    _ => None,
                };
                let is_before = move |it: &ConversationRef| behind.is_some_and(|behind| *it <= behind);
                let lists = lists.into_iter().map(move |list| list.by_opening.iter_past(is_before).copied());
                Box::new(Merged::of(lists).map(|it| (it, Cursor::Oldest(it))))
            }
        }
    }

    /// Returns the waiting conversations in the order in which they are served at the instant of the first page.
    fn in_queue<'a>(
        &'a self,
        shown: &'a Shown<'a>,
        after: Option<Cursor>,
    ) -> impl Iterator<Item = (ConversationRef, Cursor)> + 'a {
        let (behind, at) = match after {
            Some(Cursor::Queue(key, at)) => (Some(key), at),
            _ => (None, self.now().unwrap_or(Instant::MIN)),
        };
        let classes = self.queue.by_class().filter(|(class, _)| {
            let channel = self.roster.channel(class.channel);
            channel.is_some_and(|channel| self.sees(shown.viewer, &channel.inbox))
        });
        let raised = classes.map(move |(class, places)| {
            let is_before = move |key: &QueueKey| behind.is_some_and(|behind| self.raised(class, *key, at) <= behind);
            places.iter_past(is_before).map(move |key| self.raised(class, *key, at))
        });
        Merged::of(raised).map(move |key| (key.conversation, Cursor::Queue(key, at)))
    }
}

/// Several sequences as one, all in ascending order.
struct Merged<K, I> {
    heads: BinaryHeap<Reverse<(K, usize)>>,
    rest: Vec<I>,
}

impl<K: Ord + Copy, I: Iterator<Item = K>> Merged<K, I> {
    fn of(sequences: impl IntoIterator<Item = I>) -> Self {
        let mut rest: Vec<I> = sequences.into_iter().collect();
        let heads = rest.iter_mut().enumerate().filter_map(|(index, it)| Some(Reverse((it.next()?, index)))).collect();
        Merged { heads, rest }
    }
}

impl<K: Ord + Copy, I: Iterator<Item = K>> Iterator for Merged<K, I> {
    type Item = K;

    fn next(&mut self) -> Option<K> {
        let mut head = self.heads.peek_mut()?;
        let Reverse((key, index)) = *head;
        match self.rest.get_mut(index).and_then(Iterator::next) {
            Some(next) => *head = Reverse((next, index)),
            None => {
                std::collections::binary_heap::PeekMut::pop(head);
            }
        }
        Some(key)
    }
}

/// Returns the states of the conversations of a shelf.
fn states_of(shelf: Shelf) -> impl Iterator<Item = Whereabouts> {
    let states: &[Whereabouts] = match shelf {
        Shelf::Unassigned => &[
            Whereabouts::Queued,
            Whereabouts::Offered,
            Whereabouts::Unassigned,
            Whereabouts::Voicemail,
            Whereabouts::Snoozed,
        ],
        Shelf::WithBot => &[Whereabouts::WithBot],
        Shelf::Taken => &[Whereabouts::Assigned, Whereabouts::WithTeam, Whereabouts::Snoozed],
        Shelf::Closed => &[Whereabouts::Closed],
        Shelf::Sent => &[Whereabouts::Sent],
        Shelf::Spam => &[Whereabouts::Spam],
        Shelf::Trash => &[Whereabouts::Trash],
    };
    states.iter().copied()
}
