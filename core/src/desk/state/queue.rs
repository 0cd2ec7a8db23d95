//! The queue: one order for the whole desk, stored by classes of conversations that the same agents can take.

use std::sync::Arc;

use crate::availability::{AgentSlot, ChannelSlot};
use crate::desk::state::{ConversationRef, ForTeam, QueueKey, Route};
use crate::model::{Id, Skills};
use crate::routing::{RuleRef, StepRef};

use rustc_hash::FxHashMap;

use crate::shared::SharedSet;

/// The properties that decide which agents can take a waiting conversation, apart from its contact and declines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassKey {
    pub channel: ChannelSlot,
    pub asked: Asked,
    /// The priority without what the rule adds with time, if it adds something.
    pub raised_from: Option<i64>,
    pub skills: Skills,
}

/// Those who are asked to take a waiting conversation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// Those whom steps of a rule name.
    Steps { rule: RuleRef, from: StepRef, reached: StepRef },
    /// The members of a team.
    Team(Arc<ForTeam>),
}

impl ClassKey {
    /// Returns a place in the queue as it is kept in the class: what is added with time is left out.
    pub fn kept(&self, key: QueueKey) -> QueueKey {
        self.raised_from.map_or(key, |base| key.with_priority(base))
    }

    /// Returns the steps that may take the conversations, each with its rule.
    pub fn steps(&self) -> impl Iterator<Item = (RuleRef, StepRef)> + Clone + use<> {
        let steps = match self.asked {
            Asked::Steps { rule, from, reached } => Some((rule, from, reached)),
            Asked::Team(_) => None,
        };
        steps.into_iter().flat_map(|(rule, from, reached)| from.through(reached).map(move |step| (rule, step)))
    }

    /// Returns the step that the conversations have reached, with its rule.
    pub fn reached(&self) -> Option<(RuleRef, StepRef)> {
        match self.asked {
            Asked::Steps { rule, reached, .. } => Some((rule, reached)),
            Asked::Team(_) => None,
        }
    }
}

impl Asked {
    /// Returns those who are asked by a route.
    pub fn by(route: &Route) -> Asked {
        Asked::Steps { rule: route.rule, from: route.from, reached: route.reached }
    }
}

/// Those whom the steps of a class name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// Everyone, or more agents by their ids than are worth a place each.
    Everyone,
    /// The members of a team, of whom it may name only some.
    Team(Id),
    Agent(Id),
}

/// The conversations of a class.
#[derive(Debug, Clone)]
struct Class {
    waiting: SharedSet<QueueKey>,
    /// In order, each once.
    named: Vec<Named>,
}

/// The waiting conversations.
#[derive(Debug, Clone, Default)]
pub struct Queue {
    classes: FxHashMap<Arc<ClassKey>, Class>,
    /// The classes by those whom they name, so that an agent who changes finds the few that matter among many.
    by_named: FxHashMap<Named, Vec<Arc<ClassKey>>>,
    /// The conversations that name an agent by their contact: its owner or last agent.
    personal: FxHashMap<AgentSlot, SharedSet<QueueKey>>,
    /// The conversations that ask for the last agent of a contact.
    by_contact: FxHashMap<Id, SharedSet<QueueKey>>,
    /// The conversations that ask for the owner of a contact where no agent has that id.
    by_stranger: FxHashMap<Id, SharedSet<QueueKey>>,
    /// The number of conversations by channel.
    by_channel: FxHashMap<ChannelSlot, usize>,
    len: usize,
}

/// The place of a waiting conversation in the queue.
pub struct Place<'a> {
    pub key: QueueKey,
    pub class: ClassKey,
    /// The agents it names by its contact.
    pub personal: Vec<AgentSlot>,
    /// Its contact, if a step asks for the last agent.
    pub contact: Option<&'a Id>,
    /// The owner of its contact, if a step asks for it and no agent has that id.
    pub stranger: Option<&'a Id>,
}

impl Queue {
    /// Adds a conversation; `named` gives those whom the steps of its class name, if it is the first.
    pub fn insert(&mut self, place: Place<'_>, named: impl FnOnce(&ClassKey) -> Vec<Named>) {
        let key = place.key;
        let channel = place.class.channel;
        let is_new = match self.classes.get_mut(&place.class) {
            Some(class) => class.waiting.insert(key),
            None => {
                self.add_class(Arc::new(place.class), key, named);
                true
            }
        };
        if is_new {
            self.len += 1;
            *self.by_channel.entry(channel).or_default() += 1;
        }
        for slot in place.personal {
            self.personal.entry(slot).or_default().insert(key);
        }
        if let Some(contact) = place.contact {
            self.by_contact.entry(contact.clone()).or_default().insert(key);
        }
        if let Some(stranger) = place.stranger {
            self.by_stranger.entry(stranger.clone()).or_default().insert(key);
        }
    }

    pub fn remove(&mut self, place: &Place<'_>) {
        let key = place.key;
        if let Some(class) = self.classes.get_mut(&place.class)
            && class.waiting.remove(&key)
        {
            if class.waiting.is_empty() {
                self.remove_class(&place.class);
            }
            self.len -= 1;
            self.count_out(place.class.channel);
        }
        for slot in &place.personal {
            take_out(&mut self.personal, slot, key);
        }
        if let Some(contact) = place.contact {
            take_out(&mut self.by_contact, contact, key);
        }
        if let Some(stranger) = place.stranger {
            take_out(&mut self.by_stranger, stranger, key);
        }
    }

    fn add_class(&mut self, class: Arc<ClassKey>, first: QueueKey, named: impl FnOnce(&ClassKey) -> Vec<Named>) {
        let named = named(&class);
        for of in &named {
            let classes = self.by_named.entry(of.clone()).or_default();
            if let Err(place) = classes.binary_search(&class) {
                classes.insert(place, Arc::clone(&class));
            }
        }
        let mut waiting = SharedSet::default();
        waiting.insert(first);
        self.classes.insert(class, Class { waiting, named });
    }

    fn remove_class(&mut self, class: &ClassKey) {
        let named = self.classes.remove(class).map(|class| class.named);
        for of in named.iter().flatten() {
            let Some(classes) = self.by_named.get_mut(of) else { continue };
            if let Ok(place) = classes.binary_search_by(|known| (**known).cmp(class)) {
                classes.remove(place);
            }
            if classes.is_empty() {
                self.by_named.remove(of);
            }
        }
    }

    /// Returns the number of waiting conversations.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns the number of conversations that wait in a channel.
    pub fn len_of(&self, channel: ChannelSlot) -> usize {
        self.by_channel.get(&channel).copied().unwrap_or_default()
    }

    fn count_out(&mut self, channel: ChannelSlot) {
        let Some(count) = self.by_channel.get_mut(&channel) else { return };
        *count = count.saturating_sub(1);
        if *count == 0 {
            self.by_channel.remove(&channel);
        }
    }

    /// Returns the conversations of a class, each by its place in it.
    pub fn places_of(&self, class: &ClassKey) -> impl Iterator<Item = QueueKey> + '_ {
        self.waiting_in(class).copied()
    }

    fn waiting_in<'a>(&'a self, class: &ClassKey) -> impl Iterator<Item = &'a QueueKey> + use<'a> {
        self.classes.get(class).into_iter().flat_map(|class| class.waiting.iter())
    }

    /// Returns the conversations of each class, by their places in it.
    pub fn by_class(&self) -> impl Iterator<Item = (&ClassKey, &SharedSet<QueueKey>)> {
        self.classes.iter().map(|(key, class)| (&**key, &class.waiting))
    }

    /// Returns the conversations of a class.
    pub fn of_class(&self, class: &ClassKey) -> impl Iterator<Item = ConversationRef> + '_ {
        self.waiting_in(class).map(|key| key.conversation)
    }

    /// Returns all classes, each with its first conversation.
    pub fn classes(&self) -> impl Iterator<Item = (&ClassKey, QueueKey)> {
        self.by_class().filter_map(|(class, waiting)| Some((class, *waiting.first()?)))
    }

    /// Returns the classes that name any of some, which are in order, each once and with its first conversation.
    pub fn naming_any(&self, any: &[Named]) -> impl Iterator<Item = (&ClassKey, QueueKey)> {
        let is_among = |named: &&Named| any.binary_search(named).is_ok();
        let naming = move |named| {
            let classes = self.by_named.get(named).into_iter().flatten();
            let found = classes.filter_map(|key| Some((key, self.classes.get(key)?)));
            // One that names several of them is found with the first.
            found.filter(move |(_, class)| class.named.iter().find(is_among) == Some(named))
        };
        any.iter().flat_map(naming).filter_map(|(key, class)| Some((&**key, *class.waiting.first()?)))
    }

    /// Returns the first conversation of a class behind a place, each as it is kept there.
    pub fn next_of(&self, class: &ClassKey, behind: QueueKey) -> Option<QueueKey> {
        self.classes.get(class)?.waiting.next_after(&class.kept(behind)).copied()
    }

    /// Returns the conversations that name an agent by their contact.
    pub fn personal(&self, slot: AgentSlot) -> impl Iterator<Item = ConversationRef> + '_ {
        self.personal.get(&slot).into_iter().flat_map(SharedSet::iter).map(|key| key.conversation)
    }

    /// Returns the conversations that ask for the last agent of a contact.
    pub fn of_contact(&self, contact: &Id) -> Vec<QueueKey> {
        self.by_contact.get(contact).into_iter().flat_map(SharedSet::iter).copied().collect()
    }

    /// Returns the conversations that ask for the owner of a contact whose id no agent has.
    pub fn of_stranger(&self, owner: &Id) -> Vec<ConversationRef> {
        self.by_stranger.get(owner).into_iter().flat_map(SharedSet::iter).map(|key| key.conversation).collect()
    }

    /// Returns all conversations with their classes, in no order.
    pub fn all(&self) -> impl Iterator<Item = (&ClassKey, &QueueKey)> {
        self.by_class().flat_map(|(class, waiting)| waiting.iter().map(move |key| (class, key)))
    }
}

/// Removes a key from one of the sets, and the set if it is then empty.
fn take_out<K: std::hash::Hash + Ord>(sets: &mut FxHashMap<K, SharedSet<QueueKey>>, of: &K, key: QueueKey) {
    let Some(set) = sets.get_mut(of) else { return };
    set.remove(&key);
    if set.is_empty() {
        sets.remove(of);
    }
}
