//! Snapshots: a whole desk written as JSON and restored. A restored desk continues as if it had never stopped.

mod check;
mod restored;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize, Serializer};

use super::Desk;
use super::event::{Decision, Details, UnassignedBecause, VERSION};
use crate::availability::{AgentSlot, ByHand, ChannelSlot, Manual, Reason, Written};
use crate::conversation::FilteredBecause;
use crate::desk::state::{
    Conversation, Decline, DeskState, ForTeam, HiddenMessage, Offer, Person, Phase, Progress, Requeue, Route,
};
use crate::model::Id;
use crate::problem::Problems;
use crate::read::Known;
use crate::routing::extension::GivenPriority;
use crate::routing::{Ledger, StepRef};
use crate::time::Instant;

/// The whole state of a desk. Agents are written by id, so that a snapshot does not depend on what was removed before.
///
/// The document is written as a part of it, and read separately, because it is read with its own ids.
#[derive(Serialize, Deserialize)]
struct Snapshot<D, A> {
    version: u8,
    document: D,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Instant>,
    seq: u64,
    /// The number of the last turn; absent while no log of turns has begun.
    #[serde(default, skip_serializing_if = "is_none_yet")]
    turn: u64,
    /// The instant at which `forget_closed_after` last changed; absent if it never did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    forgets_from: Option<Instant>,
    /// The number of conversations that were ever opened; absent if all are remembered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    opened: Option<u64>,
    #[serde(default)]
    agents: A,
    /// The senders that commands blocked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<BlockState>,
    #[serde(default)]
    conversations: Vec<ConversationState<'static>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rules: Vec<RuleState>,
}

fn is_none_yet(turn: &u64) -> bool {
    *turn == 0
}

/// A snapshot as it is read back; of the document, only its presence.
type Restored = Snapshot<IgnoredAny, Vec<AgentState>>;

/// The agents of a desk, written one after the other.
struct AgentStates<'a>(&'a DeskState);

impl Serialize for AgentStates<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let AgentStates(state) = self;
        serializer.collect_seq(state.roster.members().filter_map(|(slot, _)| state.agent_state(slot)))
    }
}

#[derive(Serialize, Deserialize)]
struct AgentState {
    agent: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    manual: Option<ManualState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed_at: Option<Instant>,
    returns: u64,
    missed: u32,
    last_assigned: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_assigned_at: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idle_since: Option<Instant>,
    /// The instants at which routing gave the agent conversations, as far as its pace counts them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    given: Vec<Instant>,
}

/// A blocked sender, in an inbox or in all.
#[derive(Serialize, Deserialize)]
struct BlockState {
    sender: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inbox: Option<Id>,
}

#[derive(Serialize, Deserialize)]
struct ManualState {
    reason: Reason,
    set_at: Instant,
    from: Instant,
    until: Instant,
    #[serde(skip_serializing_if = "Option::is_none")]
    then: Option<Box<ManualState>>,
    /// The status of the document, if it is one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct ConversationState<'a> {
    conversation: Id,
    /// The number of conversations that were opened before it; absent if the one before it here is the last of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<u64>,
    details: Cow<'a, Details>,
    opened_at: Instant,
    /// Absent, as is the order, once it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queued_from: Option<Instant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    order: Option<u64>,
    phase: PhaseState,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    unsettled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<RouteState>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    for_team: Option<ForTeamState>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    declined: Vec<DeclineState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_held: Option<(Id, u64)>,
    /// The agent who last held it, and was removed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    former_holder: Option<Id>,
    /// The instant at which it was closed, or its wrap-up ended, or it left the inbox otherwise; absent until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended_at: Option<Instant>,
    /// The instant of the last message; absent if it is that of the opening.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_message_at: Option<Instant>,
    /// The instant of the contact's last message; absent if it is that of the opening, and if the contact never wrote. One that is
    /// sent, or was when it went into the trash, always has it if the contact wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    visitor_wrote_at: Option<Instant>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    hidden: Vec<HiddenState>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notified: Vec<Id>,
    /// The agents who replied since it was opened or last reopened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    repliers: Vec<Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<i64>,
    /// The instant at which a script is asked for its place again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    again_at: Option<Instant>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    requeue: Option<RequeueState>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    limited: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    failures: Vec<u64>,
}

/// The team among whose members a conversation is distributed, and the rule whose last strategy chooses.
#[derive(Serialize, Deserialize)]
struct ForTeamState {
    team: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<Id>,
}

/// When a conversation is given back by its holder, who left, and why.
#[derive(Serialize, Deserialize)]
struct RequeueState {
    at: Instant,
    reason: UnassignedBecause,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PhaseState {
    Waiting,
    Offered {
        agent: Id,
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Instant>,
        #[serde(skip_serializing_if = "Option::is_none")]
        decision: Option<Decision>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        substitute_for: Option<Id>,
        /// The offers after the first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<OfferState>,
    },
    Held {
        agent: Id,
    },
    WithTeam {
        team: Id,
    },
    WithBot {
        bot: Id,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        closes_at: Option<Instant>,
    },
    Unassigned,
    Voicemail,
    Snoozed {
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Instant>,
        /// The agent who held it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agent: Option<Id>,
    },
    Closed,
    WrappedUp {
        agent: Id,
        until: Instant,
    },
    Sent,
    Filtered {
        reason: FilteredBecause,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        matched: Option<Id>,
    },
    Trashed {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Instant>,
        was: Box<PhaseState>,
    },
}

/// A hidden message, and the agent who hid it.
#[derive(Serialize, Deserialize)]
struct HiddenState {
    message: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Id>,
}

/// A decline: the agent, the number of its returns, and the instant, which snapshots of before do not have.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum DeclineState {
    At(Id, u64, Instant),
    Before(Id, u64),
}

impl DeclineState {
    fn of(agent: Id, decline: &Decline) -> Self {
        match decline.at {
            Some(at) => DeclineState::At(agent, decline.returns, at),
            None => DeclineState::Before(agent, decline.returns),
        }
    }

    fn agent(&self) -> &Id {
        match self {
            DeclineState::At(agent, ..) | DeclineState::Before(agent, _) => agent,
        }
    }

    /// Returns the decline of an agent.
    fn by(&self, agent: AgentSlot) -> Decline {
        match self {
            DeclineState::At(_, returns, at) => Decline { agent, returns: *returns, at: Some(*at) },
            DeclineState::Before(_, returns) => Decline { agent, returns: *returns, at: None },
        }
    }
}

#[derive(Serialize, Deserialize)]
struct OfferState {
    agent: Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<Decision>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    substitute_for: Option<Id>,
}

impl PhaseState {
    fn of_offers(mut offers: impl Iterator<Item = OfferState>) -> Self {
        match offers.next() {
            Some(OfferState { agent, until, decision, substitute_for }) => {
                PhaseState::Offered { agent, until, decision, substitute_for, also: offers.collect() }
            }
            None => PhaseState::Unassigned,
        }
    }

    /// Returns `true` if it has no place in the queue: it is closed, sent, or in the spam or the trash.
    fn is_over(&self) -> bool {
        matches!(self, PhaseState::Closed | PhaseState::Sent | PhaseState::Filtered { .. } | PhaseState::Trashed { .. })
    }

    /// Returns `true` if it is neither closed, nor sent, nor in the spam or the trash.
    fn is_open(&self) -> bool {
        !self.is_over() && !matches!(self, PhaseState::WrappedUp { .. })
    }

    /// Returns the word that the phase is written as.
    fn word(&self) -> &'static str {
        match self {
            PhaseState::Waiting => "waiting",
            PhaseState::Offered { .. } => "offered",
            PhaseState::Held { .. } => "held",
            PhaseState::WithTeam { .. } => "with_team",
            PhaseState::WithBot { .. } => "with_bot",
            PhaseState::Unassigned => "unassigned",
            PhaseState::Voicemail => "voicemail",
            PhaseState::Snoozed { .. } => "snoozed",
            PhaseState::Closed => "closed",
            PhaseState::WrappedUp { .. } => "wrapped_up",
            PhaseState::Sent => "sent",
            PhaseState::Filtered { .. } => "filtered",
            PhaseState::Trashed { .. } => "trashed",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct RouteState {
    rule: Id,
    from: usize,
    reached: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_until: Option<Instant>,
    done: bool,
}

#[derive(Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct RuleState {
    inbox: Id,
    channel: Id,
    rule: Id,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    turns: BTreeMap<Id, u64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    weights: BTreeMap<Id, i64>,
}

impl HiddenState {
    fn of(HiddenMessage { message, by }: &HiddenMessage) -> Self {
        HiddenState { message: message.clone(), by: by.clone() }
    }

    fn hidden(self) -> HiddenMessage {
        HiddenMessage { message: self.message, by: self.by }
    }
}

/// Returns `true` if the contact of a conversation never wrote.
fn is_unanswered(phase: &Phase) -> bool {
    match phase {
        Phase::Sent => true,
        Phase::Trashed { was, .. } => is_unanswered(was),
        _ => false,
    }
}

impl ManualState {
    fn of(manual: &Manual) -> Self {
        ManualState {
            reason: manual.reason,
            set_at: manual.set_at,
            from: manual.from,
            until: manual.until,
            then: manual.then.as_deref().map(|then| Box::new(Self::of(then))),
            status: manual.status.clone(),
            by: manual.by.clone(),
            note: manual.note.as_deref().map(str::to_owned),
        }
    }

    fn status(self) -> Manual {
        Manual {
            reason: self.reason,
            set_at: self.set_at,
            from: self.from,
            until: self.until,
            then: self.then.map(|then| Box::new(then.status())),
            status: self.status,
            by: self.by,
            note: self.note.map(Arc::from),
        }
    }
}

impl Desk {
    /// Returns the whole desk as JSON: the same bytes for the same desk.
    pub fn snapshot(&self) -> String {
        // Nothing that a desk contains fails to be written.
        self.state.written(self.turn).ok().and_then(|text| String::from_utf8(text).ok()).unwrap_or_default()
    }

    /// Restores a desk from its snapshot, whose document may refer to what is in `known`.
    pub(crate) fn restore_naming(snapshot: &str, known: Known) -> Result<Desk, Problems> {
        restored::restore(snapshot, known)
    }
}

impl DeskState {
    /// Returns the snapshot. Its entries are written one after the other, because together they take several times its size.
    fn written(&self, turn: u64) -> serde_json::Result<Vec<u8>> {
        let mut text = serde_json::to_vec(&self.without_conversations(turn))?;
        text.truncate(text.len().saturating_sub("]}".len()));
        // Moving it takes what it has room for, too.
        text.shrink_to_fit();
        text.reserve_exact(self.length_of_rest());
        let mut next = 0;
        for (index, (reference, conversation)) in self.conversations.entries().enumerate() {
            text.extend((index > 0).then_some(b','));
            let number = Some(reference.index()).filter(|number| *number != next);
            serde_json::to_writer(&mut text, &ConversationState { number, ..self.conversation_state(conversation) })?;
            next = reference.index() + 1;
        }
        text.push(b']');
        let rules = self.rule_states();
        if !rules.is_empty() {
            text.extend(b",\"rules\":");
            serde_json::to_writer(&mut text, &rules)?;
        }
        text.push(b'}');
        Ok(text)
    }

    /// Returns about how long all conversations are, by some of them, and a little more. A text that doubles as it grows takes
    /// three times its size.
    fn length_of_rest(&self) -> usize {
        const ASKED: usize = 256;
        let step = self.conversations.reference_count() / ASKED + 1;
        let some = self.conversations.references().step_by(step).filter_map(|reference| self.conversation(reference));
        let written = some.filter_map(|it| serde_json::to_vec(&self.conversation_state(it)).ok());
        let length = written.map(|text| text.len() + 1).sum::<usize>() * step;
        length + length / 16 + 4_096
    }

    /// Returns what is written before the conversations, whose list is last and empty.
    fn without_conversations(&self, turn: u64) -> Snapshot<Written<'_>, AgentStates<'_>> {
        Snapshot {
            version: VERSION,
            document: Written(&self.roster),
            at: self.clock,
            seq: self.seq,
            turn,
            forgets_from: self.forgets_from,
            opened: self.conversations.is_any_forgotten().then(|| self.conversations.next().index()),
            agents: AgentStates(self),
            blocks: self.block_states(),
            conversations: Vec::new(),
            rules: Vec::new(),
        }
    }

    fn block_states(&self) -> Vec<BlockState> {
        let blocks = self.blocks.iter();
        blocks.map(|(sender, inbox)| BlockState { sender: sender.as_id().clone(), inbox: inbox.cloned() }).collect()
    }

    fn rule_states(&self) -> Vec<RuleState> {
        let mut rules: Vec<RuleState> = self
            .ledgers
            .iter()
            .filter_map(|((channel, rule), ledger)| self.rule_state(*channel, rule, ledger))
            .collect();
        rules.sort_unstable();
        rules
    }

    fn agent_state(&self, slot: AgentSlot) -> Option<AgentState> {
        let (person, standing) = self.person(slot).zip(self.standings.standing(slot))?;
        let by_hand = self.by_hand(slot)?;
        Some(AgentState {
            agent: self.roster.agent_id(slot)?,
            manual: by_hand.manual.as_ref().map(ManualState::of),
            changed_at: by_hand.changed_at,
            returns: person.returns,
            missed: person.missed,
            last_assigned: standing.last_assigned,
            last_assigned_at: standing.last_assigned_at,
            idle_since: standing.idle_since,
            given: self.given.get(&slot).cloned().unwrap_or_default(),
        })
    }

    fn conversation_state<'a>(&self, conversation: &'a Conversation) -> ConversationState<'a> {
        let route = conversation.route.as_ref().and_then(|route| {
            let rule = self.rules.rule(conversation.channel?, route.rule)?.id.clone();
            let (from, reached) = (route.from.index(), route.reached.index());
            Some(RouteState { rule, from, reached, wait_until: route.wait_until, done: route.done })
        });
        // A conversation that is neither open nor wrapped up has no place in the queue.
        let has_place = conversation.is_open() || !conversation.occupies().is_empty() || conversation.unsettled;
        let named = |decline: &Decline| Some(DeclineState::of(self.roster.agent_id(decline.agent)?, decline));
        ConversationState {
            conversation: conversation.id.clone(),
            number: None,
            details: Cow::Borrowed(&conversation.details),
            opened_at: conversation.opened_at,
            queued_from: has_place.then_some(conversation.queued_from),
            order: has_place.then_some(conversation.order),
            phase: self.phase_state(&conversation.phase),
            unsettled: conversation.unsettled,
            route,
            for_team: conversation.for_team.as_deref().map(|ForTeam { team, rule }| {
                let (team, rule) = (team.clone(), rule.clone());
                ForTeamState { team, rule }
            }),
            declined: conversation.declined.iter().filter_map(named).collect(),
            last_held: conversation.last_held().and_then(|(slot, order)| Some((self.roster.agent_id(slot)?, order))),
            former_holder: conversation.former_holder().cloned(),
            ended_at: (!conversation.is_open()).then_some(conversation.ended_at),
            last_message_at: Some(conversation.last_message_at).filter(|at| *at != conversation.opened_at),
            visitor_wrote_at: conversation
                .visitor_wrote_at
                .filter(|at| *at != conversation.opened_at || is_unanswered(&conversation.phase)),
            hidden: conversation.hidden().iter().map(HiddenState::of).collect(),
            notified: conversation.notified.iter().filter_map(|slot| self.roster.agent_id(*slot)).collect(),
            repliers: conversation.repliers.iter().filter_map(|slot| self.roster.agent_id(*slot)).collect(),
            place: conversation.given.priority,
            again_at: conversation.given.again_at,
            requeue: conversation.requeue.map(|Requeue { at, reason }| RequeueState { at, reason }),
            limited: conversation.limited,
            failures: conversation.failures.to_vec(),
        }
    }

    fn phase_state(&self, phase: &Phase) -> PhaseState {
        let agent = |slot: &AgentSlot| self.roster.agent_id(*slot);
        match phase {
            Phase::Waiting => PhaseState::Waiting,
            Phase::Offered { offers } => {
                let offers = offers.iter().filter_map(|Offer { agent: slot, until, decision, substitute_for }| {
                    let (decision, substitute_for) = (decision.clone(), substitute_for.clone());
                    Some(OfferState { agent: agent(slot)?, until: *until, decision, substitute_for })
                });
                PhaseState::of_offers(offers)
            }
            Phase::Held { agent: slot } => {
                agent(slot).map_or(PhaseState::Unassigned, |agent| PhaseState::Held { agent })
            }
            Phase::WithTeam { team } => PhaseState::WithTeam { team: team.clone() },
            Phase::WithBot { bot, closes_at } => PhaseState::WithBot { bot: bot.clone(), closes_at: *closes_at },
            Phase::Unassigned => PhaseState::Unassigned,
            Phase::Voicemail => PhaseState::Voicemail,
            Phase::Snoozed { until, agent: by } => {
                PhaseState::Snoozed { until: *until, agent: by.as_ref().and_then(agent) }
            }
            Phase::Closed { wrapping: Some((slot, until)) } => {
                agent(slot).map_or(PhaseState::Closed, |agent| PhaseState::WrappedUp { agent, until: *until })
            }
            Phase::Closed { wrapping: None } => PhaseState::Closed,
            Phase::Sent => PhaseState::Sent,
            Phase::Filtered { reason, matched } => PhaseState::Filtered { reason: *reason, matched: matched.clone() },
            Phase::Trashed { until, was } => {
                PhaseState::Trashed { until: *until, was: Box::new(self.phase_state(was)) }
            }
        }
    }

    fn rule_state(&self, channel: ChannelSlot, rule: &Id, ledger: &Ledger) -> Option<RuleState> {
        let channel = self.roster.channel(channel)?;
        Some(RuleState {
            inbox: channel.inbox.clone(),
            channel: channel.entry.id.clone(),
            rule: rule.clone(),
            turns: ledger.turns_had().filter_map(|(slot, turn)| Some((self.roster.agent_id(slot)?, turn))).collect(),
            weights: ledger
                .weights
                .iter()
                .filter_map(|(slot, weight)| Some((self.roster.agent_id(*slot)?, *weight)))
                .collect(),
        })
    }

    /// Finds the agent who last held a conversation of each contact.
    fn restore_last_agents(&mut self) {
        for reference in self.conversations.references() {
            let contact = self.conversation(reference).and_then(|it| it.details.contact_id());
            // Each contact once: with the first of its conversations.
            let contact = contact.filter(|contact| self.contacts.conversations(contact).first() == Some(&reference));
            if let Some((contact, slot)) = contact.and_then(|it| Some((it.clone(), self.latest_holder(it)?))) {
                self.set_last_agent(&contact, Some(slot));
            }
        }
    }

    fn restore_agent(&mut self, state: AgentState) {
        let Some(slot) = self.roster.slot(&state.agent) else { return };
        let manual = state.manual.map(ManualState::status);
        self.availability.set_by_hand(slot, ByHand { manual, changed_at: state.changed_at });
        if !state.given.is_empty() {
            self.given.insert(slot, state.given);
        }
        if let Some(person) = self.people.get_mut(slot.index()) {
            let AgentState { returns, missed, .. } = state;
            *person = Person { returns, missed, ..Person::default() };
        }
        self.edit_standing(slot, |standing| {
            standing.last_assigned = state.last_assigned;
            standing.last_assigned_at = state.last_assigned_at;
            standing.idle_since = state.idle_since;
        });
    }

    fn restore_rule(&mut self, state: RuleState) {
        let Some(channel) = self.roster.channel_slot(&state.inbox, &state.channel) else { return };
        let mut ledger = Ledger::default();
        for (agent, turn) in &state.turns {
            self.roster.slot(agent).into_iter().for_each(|slot| ledger.note_turn(slot, *turn));
        }
        for (agent, weight) in &state.weights {
            ledger.weights.extend(self.roster.slot(agent).map(|slot| (slot, *weight)));
        }
        self.ledgers.insert((channel, state.rule), ledger);
    }

    fn conversation_from(&mut self, state: ConversationState<'_>) -> Conversation {
        let details = self.share(state.details);
        let slot = |agent: &Id| self.roster.slot(agent);
        let channel = self.roster.channel_slot(&details.inbox, &details.channel);
        let route = state.route.and_then(|route| {
            let RouteState { rule, from, reached, wait_until, done } = route;
            let rule = self.rules.rule_ref(channel?, &rule)?;
            Some(Route { rule, from: StepRef::of(from), reached: StepRef::of(reached), wait_until, done })
        });
        let progress = Progress {
            queued_from: state.queued_from.unwrap_or(state.opened_at),
            order: state.order.unwrap_or_default(),
            phase: self.phase_from(state.phase),
            unsettled: state.unsettled,
            route,
            for_team: state.for_team.map(|ForTeamState { team, rule }| Arc::new(ForTeam { team, rule })),
            declined: state.declined.iter().filter_map(|decline| Some(decline.by(slot(decline.agent())?))).collect(),
            notified: state.notified.iter().filter_map(slot).collect(),
            repliers: state.repliers.iter().filter_map(slot).collect(),
            given: GivenPriority { priority: state.place, again_at: state.again_at },
            requeue: state.requeue.map(|RequeueState { at, reason }| Requeue { at, reason }),
            limited: state.limited,
            failures: state.failures.into_iter().collect(),
        };
        let has_written = !is_unanswered(&progress.phase);
        let mut conversation =
            Conversation::with_progress(state.conversation, details, channel, state.opened_at, progress);
        if let Some((slot, order)) = state.last_held.and_then(|(agent, order)| Some((slot(&agent)?, order))) {
            conversation.note_holder(slot, order);
        }
        conversation.set_former_holder(state.former_holder);
        conversation.last_message_at = state.last_message_at.unwrap_or(state.opened_at);
        conversation.visitor_wrote_at = state.visitor_wrote_at.or(has_written.then_some(state.opened_at));
        conversation.set_hidden(state.hidden.into_iter().map(HiddenState::hidden).collect());
        conversation.ended_at = state.ended_at.or(self.clock).unwrap_or(state.opened_at);
        conversation.release_if_over();
        conversation
    }

    fn phase_from(&self, state: PhaseState) -> Phase {
        let slot = |agent: &Id| self.roster.slot(agent);
        match state {
            PhaseState::Waiting => Phase::Waiting,
            PhaseState::Offered { agent, until, decision, substitute_for, also } => {
                let offers = std::iter::once(OfferState { agent, until, decision, substitute_for }).chain(also);
                let offer = |OfferState { agent, until, decision, substitute_for }| {
                    Some(Offer { agent: slot(&agent)?, until, decision, substitute_for })
                };
                Phase::Offered { offers: offers.filter_map(offer).collect() }
            }
            PhaseState::Held { agent } => slot(&agent).map_or(Phase::Unassigned, |agent| Phase::Held { agent }),
            PhaseState::WithTeam { team } => Phase::WithTeam { team },
            PhaseState::WithBot { bot, closes_at } => Phase::WithBot { bot, closes_at },
            PhaseState::Unassigned => Phase::Unassigned,
            PhaseState::Voicemail => Phase::Voicemail,
            PhaseState::Snoozed { until, agent } => Phase::Snoozed { until, agent: agent.as_ref().and_then(slot) },
            PhaseState::Closed => Phase::Closed { wrapping: None },
            PhaseState::WrappedUp { agent, until } => {
                Phase::Closed { wrapping: slot(&agent).map(|agent| (agent, until)) }
            }
            PhaseState::Sent => Phase::Sent,
            PhaseState::Filtered { reason, matched } => Phase::Filtered { reason, matched },
            PhaseState::Trashed { until, was } => Phase::Trashed { until, was: Box::new(self.phase_from(*was)) },
        }
    }
}
