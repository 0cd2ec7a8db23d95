//! The figures of a run: outcomes of conversations, the share of each agent, and the fairness of rules.

use std::collections::{BTreeMap, HashMap};

use frontdesk::desk::{Decision, EventKind};
use frontdesk::time::Instant;
use frontdesk::{Access, Agent, Document, Event, Id, Inbox, MessageFrom, Rule, Target};

/// Counts events.
#[derive(Debug, Default)]
pub struct Summary {
    conversations: HashMap<Id, Conversation>,
    agents: HashMap<Id, Tally>,
    rules: BTreeMap<RuleName, HashMap<Id, u64>>,
    /// The instants of the first and the last event.
    span: Option<(Instant, Instant)>,
    refused: u64,
}

/// A rule by its inbox, its channel and its id.
pub type RuleName = (Id, Id, Id);

#[derive(Debug)]
struct Conversation {
    /// The instant from which it waits: it was opened then, or came in from the spam, the trash or an outbound mail.
    arrived: Instant,
    inbox: Id,
    channel: Id,
    /// The time until an agent got it, in milliseconds.
    waited: Option<i64>,
    place: Place,
}

/// The place of a conversation.
#[derive(Debug)]
enum Place {
    Held(Id),
    Offered,
    Waiting,
    Unassigned,
    WithTeam,
    WithBot,
    Voicemail,
    Snoozed,
    Closed,
    Sent,
    Spam,
    /// With the place to which it is restored.
    Trash(Box<Place>),
    Deleted,
}

/// The conversations of an agent.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The number of conversations given to the agent, by rules or by people.
    pub got: u64,
    /// The most conversations held at the same time.
    pub peak: u64,
    /// The number of conversations held at the end.
    pub holds: u64,
    /// Offers that were not accepted in time.
    pub missed: u64,
}

/// The waits of conversations that were not served at once, in milliseconds.
#[derive(Debug, PartialEq, Eq)]
pub struct Waits {
    /// The number of conversations.
    pub count: usize,
    /// The median, in milliseconds.
    pub median: i64,
    /// The 95th percentile.
    pub percentile_95: i64,
    /// The maximum, in milliseconds.
    pub longest: i64,
}

/// The distribution of a rule's conversations among the agents it names.
#[derive(Debug)]
pub struct Share<'a> {
    /// The rule.
    pub rule: &'a RuleName,
    /// The conversations by agent, most first; agents it names without any are included.
    pub counts: Vec<(&'a Id, u64)>,
}

impl Summary {
    /// Returns the summary of a desk on which nothing has happened yet.
    pub fn of(document: &Document) -> Summary {
        let active = document.agents.iter().filter(|agent| agent.active);
        let agents = active.map(|agent| (agent.id.clone(), Tally::default())).collect();
        let mut summary = Summary { agents, ..Summary::default() };
        for inbox in &document.inboxes {
            for (channel, rule) in inbox.channels.iter().flat_map(|it| it.rules.iter().map(move |rule| (it, rule))) {
                let name = (inbox.id.clone(), channel.id.clone(), rule.id.clone());
                let counts = named_by(rule, inbox, document).map(|agent| (agent, 0)).collect();
                summary.rules.insert(name, counts);
            }
        }
        summary
    }

    /// Counts an event.
    pub fn count(&mut self, event: &Event) {
        if matches!(event.kind, EventKind::Refused { .. }) {
            self.refused += 1;
            return;
        }
        let first = self.span.map_or(event.at, |(first, _)| first);
        self.span = Some((first, event.at));
        if let Some((conversation, place)) = event.kind.conversation().zip(place_after(&event.kind)) {
            self.put(conversation, place);
        }
        self.move_by_trash(&event.kind);
        self.note_arrival(event);
        if let EventKind::Opened { conversation, details, .. } = &event.kind {
            let (inbox, channel) = (details.inbox.clone(), details.channel.clone());
            let new = Conversation { arrived: event.at, inbox, channel, waited: None, place: Place::Unassigned };
            self.conversations.insert(conversation.clone(), new);
        }
        if let EventKind::Updated { conversation, details, .. } = &event.kind
            && let Some(it) = self.conversations.get_mut(conversation)
        {
            (it.inbox, it.channel) = (details.inbox.clone(), details.channel.clone());
        }
        if let EventKind::Assigned { conversation, agent: Some(agent), decision, .. } = &event.kind {
            self.give(conversation, agent, decision.as_ref(), event.at);
        }
        if let EventKind::OfferExpired { agent, .. } = &event.kind {
            self.tally(agent).missed += 1;
        }
    }

    /// Moves a conversation into the trash, or out of it.
    fn move_by_trash(&mut self, kind: &EventKind) {
        let Some(conversation) = kind.conversation() else { return };
        let Some(it) = self.conversations.get_mut(conversation) else { return };
        let next = match (kind, &mut it.place) {
            (EventKind::Trashed { .. }, Place::Closed) => Place::Trash(Box::new(Place::Closed)),
            (EventKind::Trashed { .. }, Place::Sent) => Place::Trash(Box::new(Place::Sent)),
            (EventKind::Trashed { .. }, Place::Spam) => Place::Trash(Box::new(Place::Spam)),
            (EventKind::Trashed { .. }, _) => Place::Trash(Box::new(Place::Unassigned)),
            (EventKind::Restored { .. }, Place::Trash(was)) => std::mem::replace(&mut **was, Place::Unassigned),
            (EventKind::Forgotten { .. }, Place::Trash(_)) => Place::Deleted,
            _ => return,
        };
        self.put(conversation, next);
    }

    /// Notes when a conversation comes into the inbox: nobody waits in the spam, in the trash or for an answer.
    fn note_arrival(&mut self, event: &Event) {
        let Some(it) = event.kind.conversation().and_then(|id| self.conversations.get_mut(id)) else { return };
        let is_message = matches!(event.kind, EventKind::MessageNoted { from: MessageFrom::Visitor, .. });
        let comes_out = matches!(event.kind, EventKind::Unfiltered { .. } | EventKind::Restored { .. });
        if comes_out || (is_message && matches!(it.place, Place::Sent)) {
            it.arrived = event.at;
        }
    }

    fn give(&mut self, conversation: &Id, agent: &Id, decision: Option<&Decision>, at: Instant) {
        self.put(conversation, Place::Held(agent.clone()));
        let tally = self.tally(agent);
        tally.got += 1;
        tally.holds += 1;
        tally.peak = tally.peak.max(tally.holds);
        let Some(it) = self.conversations.get_mut(conversation) else { return };
        it.waited.get_or_insert(at.millis_since(it.arrived));
        if let Some(rule) = decision.and_then(|decision| decision.rule.clone()) {
            let name = (it.inbox.clone(), it.channel.clone(), rule);
            *self.rules.entry(name).or_default().entry(agent.clone()).or_default() += 1;
        }
    }

    /// Sets the place of a conversation, and takes it from its holder.
    fn put(&mut self, conversation: &Id, place: Place) {
        let Some(it) = self.conversations.get_mut(conversation) else { return };
        if let Place::Held(holder) = std::mem::replace(&mut it.place, place) {
            let tally = self.tally(&holder);
            tally.holds = tally.holds.saturating_sub(1);
        }
    }

    fn tally(&mut self, agent: &Id) -> &mut Tally {
        self.agents.entry(agent.clone()).or_default()
    }

    /// The instants of the first and the last event.
    pub fn span(&self) -> Option<(Instant, Instant)> {
        self.span
    }

    /// Returns the number of refused commands.
    pub fn refused(&self) -> u64 {
        self.refused
    }

    /// Returns the number of conversations that arrived.
    pub fn conversations(&self) -> usize {
        self.conversations.len()
    }

    /// Returns the number of conversations that an agent got at the instant they arrived.
    pub fn at_once(&self) -> usize {
        self.conversations.values().filter(|it| it.waited == Some(0)).count()
    }

    /// Returns the number of conversations that no agent ever got.
    pub fn never(&self) -> usize {
        self.conversations.values().filter(|it| it.waited.is_none()).count()
    }

    /// Returns the waits of the other conversations.
    pub fn waits(&self) -> Option<Waits> {
        let mut waits: Vec<i64> = self.conversations.values().filter_map(|it| it.waited).filter(|it| *it > 0).collect();
        waits.sort_unstable();
        let rank = |percent: usize| waits.get((waits.len() * percent).div_ceil(100).saturating_sub(1)).copied();
        Some(Waits { count: waits.len(), median: rank(50)?, percentile_95: rank(95)?, longest: rank(100)? })
    }

    /// Returns a percentile of the waits, in milliseconds; conversations served at once count as 0.
    pub fn wait(&self, percent: usize) -> Option<i64> {
        let mut waits: Vec<i64> = self.conversations.values().filter_map(|it| it.waited).collect();
        waits.sort_unstable();
        waits.get((waits.len() * percent).div_ceil(100).saturating_sub(1)).copied()
    }

    /// Returns the number of conversations at each place at the end.
    pub fn places(&self) -> Vec<(usize, &'static str)> {
        let mut places = BTreeMap::new();
        for it in self.conversations.values() {
            *places.entry(it.place.in_words()).or_default() += 1;
        }
        places.into_iter().map(|((_, place), count)| (count, place)).collect()
    }

    /// Returns the conversations of each agent, most first.
    pub fn agents(&self) -> Vec<(&Id, Tally)> {
        let mut agents: Vec<(&Id, Tally)> = self.agents.iter().map(|(id, tally)| (id, *tally)).collect();
        agents.sort_by(|(a, x), (b, y)| y.got.cmp(&x.got).then_with(|| a.cmp(b)));
        agents
    }

    /// Returns the distribution of each rule that names two or more agents, the busiest rule first.
    pub fn shares(&self) -> Vec<Share<'_>> {
        let shares = self.rules.iter().map(|(rule, counts)| {
            let mut counts: Vec<(&Id, u64)> = counts.iter().map(|(id, count)| (id, *count)).collect();
            counts.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
            Share { rule, counts }
        });
        let mut shares: Vec<Share<'_>> = shares.filter(|it| it.given() > 0 && it.counts.len() > 1).collect();
        shares.sort_by_key(|it| std::cmp::Reverse(it.given()));
        shares
    }
}

impl Share<'_> {
    /// Returns the number of conversations that the rule assigned.
    pub fn given(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// Returns Jain's index: 1 if all agents got the same number, 1/n if one of n got everything.
    pub fn evenness(&self) -> f64 {
        evenness(self.counts.iter().map(|(_, count)| *count))
    }
}

/// Returns Jain's index of counts: 1 if all are the same, 1/n if one of n has everything.
pub fn evenness(counts: impl ExactSizeIterator<Item = u64> + Clone) -> f64 {
    let sum = counts.clone().sum::<u64>() as f64;
    let squares: f64 = counts.clone().map(|count| (count as f64).powi(2)).sum();
    if squares == 0.0 { 1.0 } else { sum * sum / (counts.len() as f64 * squares) }
}

impl Place {
    /// Returns the place in words, and its rank: places that need attention come first.
    fn in_words(&self) -> (u8, &'static str) {
        match self {
            Place::Waiting => (0, "waiting"),
            Place::Unassigned => (1, "unassigned"),
            Place::Voicemail => (2, "in voicemail"),
            Place::WithTeam => (3, "given to a team"),
            Place::Offered => (4, "offered"),
            Place::WithBot => (5, "with a bot"),
            Place::Held(_) => (6, "with agents"),
            Place::Snoozed => (7, "asleep"),
            Place::Sent => (8, "sent, without an answer"),
            Place::Spam => (9, "in the spam"),
            Place::Trash(_) => (10, "in the trash"),
            Place::Closed => (11, "closed"),
            Place::Deleted => (12, "deleted from the trash"),
        }
    }
}

/// Returns the place of a conversation after an event that leaves it without an agent.
fn place_after(kind: &EventKind) -> Option<Place> {
    match kind {
        EventKind::Offered { .. } => Some(Place::Offered),
        EventKind::Assigned { .. } => Some(Place::WithTeam),
        EventKind::Queued { .. } => Some(Place::Waiting),
        EventKind::SentToVoicemail { .. } => Some(Place::Voicemail),
        EventKind::HandedToBot { .. } => Some(Place::WithBot),
        EventKind::Unassigned { .. } | EventKind::OwnerNotified { .. } | EventKind::Reopened { .. } => {
            Some(Place::Unassigned)
        }
        EventKind::Snoozed { .. } => Some(Place::Snoozed),
        EventKind::Closed { .. } => Some(Place::Closed),
        EventKind::Sent { .. } => Some(Place::Sent),
        EventKind::Filtered { .. } => Some(Place::Spam),
        // In `move_by_trash`.
        EventKind::Trashed { .. } | EventKind::Restored { .. } | EventKind::Forgotten { .. } => None,
        EventKind::Started
        | EventKind::StatusChanged { .. }
        | EventKind::Notice { .. }
        | EventKind::Opened { .. }
        | EventKind::Kept { .. }
        | EventKind::Updated { .. }
        | EventKind::StepEntered { .. }
        | EventKind::OfferExpired { .. }
        | EventKind::OfferDeclined { .. }
        | EventKind::OfferWithdrawn { .. }
        | EventKind::WrapUpEnded { .. }
        | EventKind::Erased { .. }
        | EventKind::MessageNoted { .. }
        | EventKind::Unfiltered { .. }
        | EventKind::Hidden { .. }
        | EventKind::Unhidden { .. }
        | EventKind::Blocked { .. }
        | EventKind::Unblocked { .. }
        | EventKind::DeskChanged { .. }
        | EventKind::Prioritized { .. }
        | EventKind::ScriptFailed { .. }
        | EventKind::Refused { .. }
        | _ => None,
    }
}

/// Returns the active agents that the steps of a rule name, except through the contact of a conversation.
fn named_by<'a>(rule: &'a Rule, inbox: &'a Inbox, document: &'a Document) -> impl Iterator<Item = Id> + 'a {
    let named = |agent: &Agent| rule.steps.iter().any(|step| is_named(agent, &step.assign_to, inbox));
    document.agents.iter().filter(move |agent| agent.active && named(agent)).map(|agent| agent.id.clone())
}

fn is_named(agent: &Agent, target: &Target, inbox: &Inbox) -> bool {
    let main = |teams: &[Id]| agent.team.as_ref().is_some_and(|team| teams.contains(team));
    let extra = |teams: &[Id]| agent.extra_teams.iter().any(|team| teams.contains(team));
    match (target, &inbox.access) {
        (Target::Named { agents, teams, extra: with_extra, conditions }, _) => {
            let named = agents.contains(&agent.id) || main(teams) || (*with_extra && extra(teams));
            named && conditions.iter().all(|condition| condition.holds(agent))
        }
        (Target::Everyone, Access::Everyone) => true,
        (Target::Everyone, Access::Only { teams, agents, .. }) => {
            agents.contains(&agent.id) || main(teams) || extra(teams)
        }
        (Target::ContactOwner | Target::LastAgent | Target::Bot(_) | _, _) => false,
    }
}

#[cfg(test)]
mod tests;
