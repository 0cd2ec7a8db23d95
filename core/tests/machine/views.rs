//! Views beside a plain filter over all conversations, after every command; and their pages while conversations move.

use std::collections::{BTreeMap, BTreeSet};

use frontdesk::desk::{ConversationView, EventKind, View, ViewRequest, ViewSort, Whereabouts};
use frontdesk::time::Instant;
use frontdesk::{Agent, Desk, Document, Event, Id, MessageFrom};
use proptest::prelude::*;
use serde_json::Value;

use crate::model::generate::{self, scenario::Scenario};
use crate::properties::{config, desk, handle, has_access};

/// The agents who replied to each conversation since it was opened or last reopened, as events tell.
#[derive(Default)]
struct Replies {
    by: BTreeMap<Id, BTreeSet<Id>>,
    /// The conversations that are neither closed, nor sent, nor in the spam or the trash.
    open: BTreeSet<Id>,
    /// Those that an agent snoozed.
    snoozed: BTreeMap<Id, Id>,
}

impl Replies {
    fn hear(&mut self, event: &Event) {
        let Some(conversation) = event.kind.conversation() else { return };
        match &event.kind {
            EventKind::Opened { .. }
            | EventKind::Reopened { woke: false, .. }
            | EventKind::Unfiltered { .. }
            | EventKind::Restored { .. } => {
                self.by.remove(conversation);
                self.open.insert(conversation.clone());
            }
            EventKind::Closed { .. }
            | EventKind::Sent { .. }
            | EventKind::Filtered { .. }
            | EventKind::Trashed { .. }
            | EventKind::Forgotten { .. } => {
                self.by.remove(conversation);
                self.open.remove(conversation);
            }
            EventKind::Snoozed { agent: Some(agent), .. } => {
                self.snoozed.insert(conversation.clone(), agent.clone());
            }
            EventKind::Snoozed { agent: None, .. } => {
                self.snoozed.remove(conversation);
            }
            EventKind::MessageNoted { from: MessageFrom::Visitor, .. } => {
                self.open.insert(conversation.clone());
            }
            EventKind::MessageNoted { from: MessageFrom::Agent, .. } if self.open.contains(conversation) => {
                self.by.entry(conversation.clone()).or_default().extend(event.by.clone());
            }
            _ => {}
        }
    }

    /// Forgets agents who were removed: one of the same id who comes later is another.
    fn keep(&mut self, document: &Document) {
        let is_there = |agent: &Id| document.agents.iter().any(|it| it.id == *agent);
        self.by.values_mut().for_each(|agents| agents.retain(is_there));
        self.snoozed.retain(|_, agent| is_there(agent));
    }
}

/// All that a plain filter needs.
struct World {
    document: Document,
    all: Vec<ConversationView>,
    replies: BTreeMap<Id, BTreeSet<Id>>,
    snoozed: BTreeMap<Id, Id>,
}

impl World {
    fn of(desk: &Desk, replies: &mut Replies) -> World {
        let document = desk.document();
        replies.keep(&document);
        let Replies { by, snoozed, .. } = &*replies;
        World { document, all: desk.conversations().collect(), replies: by.clone(), snoozed: snoozed.clone() }
    }

    fn agent(&self, id: &Id) -> &Agent {
        self.document.agents.iter().find(|agent| agent.id == *id).expect("the agent is there")
    }

    fn sees(&self, by: Option<&Id>, it: &ConversationView) -> bool {
        by.is_none_or(|by| {
            let agent = self.agent(by);
            agent.sees_every_inbox() || has_access(agent, &self.document, &it.details.inbox)
        })
    }

    fn kind_of(&self, it: &ConversationView) -> Option<&str> {
        let inbox = self.document.inboxes.iter().find(|inbox| inbox.id == it.details.inbox)?;
        let channel = inbox.channels.iter().find(|channel| channel.id == it.details.channel)?;
        Some(&channel.kind)
    }

    fn is_in(&self, view: View, by: Option<&Id>, it: &ConversationView) -> bool {
        use Whereabouts::{
            Assigned, Closed, Offered, Queued, Sent, Snoozed, Spam, Trash, Unassigned, Voicemail, WithBot, WithTeam,
        };
        let is_open = !matches!(it.state, Closed | Sent | Spam | Trash);
        let held_by = match it.state {
            Assigned => it.agent.as_ref(),
            Snoozed => self.snoozed.get(&it.conversation),
            _ => None,
        };
        let of_kind = |kind: &str| is_open && self.kind_of(it) == Some(kind);
        match view {
            View::Unassigned => match it.state {
                Queued | Offered | Unassigned | Voicemail => true,
                Snoozed => held_by.is_none(),
                Assigned | WithTeam | WithBot | Closed | Sent | Spam | Trash => false,
                _ => panic!("a state that this test does not know"),
            },
            View::Mine => by.is_some_and(|by| match held_by {
                Some(holder) => holder == by,
                None => is_open && self.replies.get(&it.conversation).is_some_and(|replied| replied.contains(by)),
            }),
            View::AllOpen => is_open,
            View::Bots => it.state == WithBot,
            View::Chat => of_kind("chat"),
            View::Email => of_kind("email"),
            View::Messenger => of_kind("messenger"),
            View::Forms => of_kind("form"),
            View::Calls => of_kind("call"),
            View::AllClosed => it.state == Closed,
            View::Sent => it.state == Sent,
            View::Spam => it.state == Spam,
            View::Trash => it.state == Trash,
            _ => panic!("a view that this test does not know"),
        }
    }

    /// Returns the conversations of a view in its order, by a loop over all.
    fn expected(&self, view: Option<View>, by: Option<&Id>, sort: ViewSort, queue: &[Id]) -> Vec<Id> {
        let mut found: Vec<&ConversationView> = self.all.iter().collect();
        match sort {
            ViewSort::Oldest => {}
            ViewSort::Newest => found.reverse(),
            ViewSort::LastMessageOldest => found.sort_by_key(|it| it.last_message_at),
            ViewSort::LastMessageNewest => {
                found.sort_by_key(|it| it.last_message_at);
                found.reverse();
            }
            ViewSort::Queue => {
                let place = |it: &ConversationView| queue.iter().position(|id| *id == it.conversation);
                found.retain(|it| place(it).is_some());
                found.sort_by_key(|it| place(it));
            }
            _ => panic!("an order that this test does not know"),
        }
        found.retain(|it| view.is_none_or(|view| self.is_in(view, by, it)) && self.sees(by, it));
        found.into_iter().map(|it| it.conversation.clone()).collect()
    }
}

fn ids(page: &[ConversationView]) -> Vec<Id> {
    page.iter().map(|it| it.conversation.clone()).collect()
}

/// Returns all conversations of a request, page by page.
fn all_pages(desk: &Desk, request: &ViewRequest) -> Vec<Id> {
    let mut request = request.clone();
    let mut found = Vec::new();
    loop {
        let page = desk.view(&request).expect("a request without problems");
        assert!(page.conversations.len() <= request.limit && page.examined >= page.conversations.len());
        found.extend(ids(&page.conversations));
        match page.next {
            Some(next) => request.after = Some(next),
            None => return found,
        }
    }
}

/// A view, who looks, and its order: others for each number.
fn drawn(number: usize, document: &Document) -> ViewRequest {
    let by = document.agents.iter().map(|agent| Some(agent.id.clone())).chain([None]);
    let by = by.cycle().nth(number).flatten();
    let views: Vec<Option<View>> = View::ALL.iter().map(|view| Some(*view)).chain([None]).collect();
    let view = views[number % views.len()].filter(|view| *view != View::Mine || by.is_some());
    let sort = ViewSort::ALL[(number / 3) % ViewSort::ALL.len()];
    ViewRequest { view, by, sort, limit: 1 + number % 3, ..ViewRequest::default() }
}

fn check_all(desk: &Desk, replies: &mut Replies, number: usize) -> Result<(), TestCaseError> {
    let world = World::of(desk, replies);
    let everyone = world.document.agents.iter().map(|agent| Some(agent.id.clone())).chain([None]);
    for by in everyone {
        let counts = desk.view_counts(by.as_deref(), None).expect("the agent is there");
        for view in View::ALL.iter().filter(|view| **view != View::Mine || by.is_some()) {
            let expected = world.expected(Some(*view), by.as_ref(), ViewSort::Oldest, &[]);
            prop_assert_eq!(counts.get(*view), Some(expected.len()), "{} of {:?}", view, by);
        }
        for inbox in world.document.inboxes.iter().map(|inbox| &inbox.id) {
            let Ok(counts) = desk.view_counts(by.as_deref(), Some(inbox)) else { continue };
            let open = world.expected(Some(View::AllOpen), by.as_ref(), ViewSort::Oldest, &[]);
            let is_here = |it: &&ConversationView| it.details.inbox == *inbox && open.contains(&it.conversation);
            prop_assert_eq!(counts.get(View::AllOpen), Some(world.all.iter().filter(is_here).count()));
        }
    }
    let request = drawn(number, &world.document);
    let expected = world.expected(request.view, request.by.as_ref(), request.sort, &desk.queue());
    prop_assert_eq!(all_pages(desk, &request), expected, "{:?}", request);
    Ok(())
}

fn commands(scenario: &Scenario) -> Vec<Value> {
    scenario.commands()
}

proptest! {
    #![proptest_config(config())]

    /// Each conversation is in the views that it should be in, and in no other; counts are lengths; pages are the whole.
    #[test]
    fn views_are_what_a_plain_filter_finds(scenario in generate::scenario()) {
        let mut desk = desk(&scenario);
        let mut replies = Replies::default();
        for (number, command) in commands(&scenario).iter().enumerate() {
            for event in handle(&mut desk, command).unwrap_or_default() {
                replies.hear(&event);
            }
            check_all(&desk, &mut replies, number)?;
        }
        // A restored desk shows the same.
        let restored = Desk::restore(&desk.snapshot()).expect("a snapshot of a desk");
        for number in 0..30 {
            check_all(&restored, &mut replies, number)?;
        }
    }

    /// Pages turned while commands come: nothing twice, and nothing left out that stays.
    #[test]
    fn pages_neither_skip_nor_repeat(scenario in generate::scenario(), turned in 0..30_usize, first in 0..1_000_usize) {
        let mut desk = desk(&scenario);
        let mut replies = Replies::default();
        let mut commands = commands(&scenario).into_iter();
        for command in commands.by_ref().take(turned) {
            handle(&mut desk, &command).unwrap_or_default().iter().for_each(|event| replies.hear(event));
        }
        let request = drawn(first, &desk.document());
        prop_assume!(request.sort != ViewSort::Queue);
        let mut request = ViewRequest { limit: 1, ..request };
        let by_message = matches!(request.sort, ViewSort::LastMessageNewest | ViewSort::LastMessageOldest);
        let began = desk.now().unwrap_or(Instant::MIN);
        let world = World::of(&desk, &mut replies);
        let mut staying = world.expected(request.view, request.by.as_ref(), request.sort, &[]);
        let mut written: BTreeSet<Id> = BTreeSet::new();
        let mut found = Vec::new();
        loop {
            let Ok(page) = desk.view(&request) else { return Ok(()) };
            found.extend(ids(&page.conversations));
            let Some(next) = page.next else { break };
            // A page of another desk that follows.
            request.after = Some(next);
            let command = commands.next();
            let events = command.and_then(|command| handle(&mut desk, &command)).unwrap_or_default();
            for event in events {
                replies.hear(&event);
                if let EventKind::MessageNoted { conversation, .. } = &event.kind {
                    // At the instant of the first page, it may come again.
                    prop_assume!(!by_message || event.at > began);
                    written.insert(conversation.clone());
                }
            }
            let world = World::of(&desk, &mut replies);
            if request.by.as_ref().is_some_and(|by| world.document.agents.iter().all(|agent| agent.id != *by)) {
                return Ok(());
            }
            let now = world.expected(request.view, request.by.as_ref(), ViewSort::Oldest, &[]);
            staying.retain(|id| now.contains(id) && !(by_message && written.contains(id)));
        }
        let once: BTreeSet<&Id> = found.iter().collect();
        prop_assert_eq!(once.len(), found.len(), "{:?} are not all different", found);
        let missed: Vec<&Id> = staying.iter().filter(|id| !once.contains(id)).collect();
        prop_assert!(missed.is_empty(), "{:?} misses {:?} of {:?}", request, missed, found);
    }
}
