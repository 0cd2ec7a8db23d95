//! What a desk gives back: everything that happened, in order.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::availability::{Reason, State};
pub use crate::model::Details;
use crate::model::Id;
use crate::problem::{Code, vocabulary};
use crate::read::{Node, Wrong, tagged};
use crate::routing::{Considered, Failure};
use crate::time::Instant;

/// The version of the format of events and snapshots.
pub(crate) const VERSION: u8 = 1;

/// An event of a desk. Applying all events in order rebuilds the desk.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// The version of the format, 1.
    #[cfg_attr(feature = "schema", schemars(extend("const" = 1)))]
    pub version: u8,
    /// The number, from 1. A `refused` is not a part of the log: it has the number that the next event takes.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub seq: u64,
    /// The instant of the event; for one that fell due, the instant at which it did.
    pub at: Instant,
    /// The kind of the event with its data.
    #[serde(flatten)]
    pub what: What,
    /// The id of the command that caused it, if it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The agent whose command caused it, the queue after the command included. Events that fell due before the command
    /// have none, but a `status_changed` that fell due names the agent who set the status that holds from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
    /// The agents considered, with the reasons against them, if the command asked for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub considered: Option<Vec<Considered>>,
    /// The log of the script that decided, if the command asked for it.
    #[serde(skip_deserializing, skip_serializing_if = "Vec::is_empty")]
    pub trace: Vec<String>,
}

impl Event {
    /// Reads an event of this version.
    pub(super) fn read(node: &Node) -> Result<Event, Wrong> {
        Ok(Event {
            version: node.field("version")?,
            seq: node.field("seq")?,
            at: node.field("at")?,
            what: What::read(node)?,
            id: node.field("id")?,
            by: node.field("by")?,
            considered: node.each("considered", Considered::read)?,
            trace: Vec::new(),
        })
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Event::read(&Node::deserialize(deserializer)?).map_err(Wrong::error)
    }
}

tagged! {
    /// The kind of an event with its data, by `type`.
    #[derive(Debug, Clone, PartialEq)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub enum What, told by EventType under "type" {
        /// The desk started: its first command was `advance`, or changed nothing else.
        Started = "started",
        /// The state or reason of an agent changed, or a status was set.
        StatusChanged {
            /// The agent.
            agent: Id,
            /// The state: available or away.
            state: State,
            /// The reason.
            reason: Reason,
            /// The end of the status, as far as is known.
            until: Option<Instant>,
            /// The note of the status or absence.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            note: Option<String>,
            /// The status that was set; absent if the schedule changed it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            set: Option<Setting>,
        } = "status_changed",
        /// An agent is to be notified.
        Notice {
            /// The agent.
            agent: Id,
            /// The reason for the notice.
            notice: NoticeKind,
        } = "notice",
        /// A conversation arrived.
        Opened {
            /// The conversation.
            conversation: Id,
            /// The data of the conversation.
            details: Details = flatten "inbox",
        } = "opened",
        /// Data of a conversation was replaced; the event has all of it.
        Updated {
            /// The conversation.
            conversation: Id,
            /// The data of the conversation.
            details: Details = flatten "inbox",
            /// `true` if it keeps its rule, its step and the wait there, or stays unassigned. Absent if it is routed from
            /// the start, and if it is not routed: held, with a team or a bot, snoozed, or gone to voicemail.
            #[serde(default, skip_serializing_if = "std::ops::Not::not")]
            goes_on: bool,
        } = "updated",
        /// A conversation is offered to an agent, who may accept it.
        Offered {
            /// The conversation.
            conversation: Id,
            /// The agent.
            agent: Id,
            /// The rule, the step and the strategy.
            decision: Option<Decision> = flatten "rule",
            /// The end of the offer.
            until: Option<Instant>,
        } = "offered",
        /// A conversation was assigned to an agent or a team.
        Assigned {
            /// The conversation.
            conversation: Id,
            /// The agent.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// The team, if it was not assigned to an agent.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            team: Option<Id>,
            /// The rule, the step and the strategy; absent for an assignment by hand, and for a return to the agent who
            /// held it.
            decision: Option<Decision> = flatten "rule",
            /// The reason, if no rule decided.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            reason: Option<AssignedBecause>,
        } = "assigned",
        /// A conversation became unassigned.
        Unassigned {
            /// The conversation.
            conversation: Id,
            /// The agent who held it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// The rule that left it unassigned.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            rule: Option<Id>,
            /// The reason.
            reason: UnassignedBecause,
        } = "unassigned",
        /// A conversation waits: at a step, or after all steps for any of them.
        Queued {
            /// The conversation.
            conversation: Id,
            /// The rule that routes it.
            rule: Id,
            /// The step it has reached, from 1.
            #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
            step: usize,
            /// The first step that may take it; absent for the first of all.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
            from_step: Option<usize>,
            /// The instant at which the next step is added; absent after all steps.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "queued",
        /// A waiting conversation reached its next step.
        StepEntered {
            /// The conversation.
            conversation: Id,
            /// The rule that routes it.
            rule: Id,
            /// The step it has reached, from 1.
            #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
            step: usize,
            /// The instant at which the next step is added; absent if there is none to wait for.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "step_entered",
        /// An offer was not accepted in time.
        OfferExpired {
            /// The conversation.
            conversation: Id,
            /// The agent who had the offer.
            agent: Id,
        } = "offer_expired",
        /// An agent declined an offer.
        OfferDeclined {
            /// The conversation.
            conversation: Id,
            /// The agent who had the offer.
            agent: Id,
        } = "offer_declined",
        /// An offer was taken back.
        OfferWithdrawn {
            /// The conversation.
            conversation: Id,
            /// The agent who had the offer.
            agent: Id,
        } = "offer_withdrawn",
        /// The contact hears a message.
        SentToVoicemail {
            /// The conversation.
            conversation: Id,
            /// The message.
            voicemail: Id,
            /// The rule that sent it there; absent outside office hours.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            rule: Option<Id>,
        } = "sent_to_voicemail",
        /// The contact's owner is to be mailed.
        OwnerNotified {
            /// The conversation.
            conversation: Id,
            /// The owner.
            agent: Id,
            /// The rule that asked for it; absent outside office hours.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            rule: Option<Id>,
        } = "owner_notified",
        /// A bot takes a conversation.
        HandedToBot {
            /// The conversation.
            conversation: Id,
            /// The bot.
            bot: Id,
            /// The rule that assigned the bot; absent outside office hours.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            rule: Option<Id>,
            /// The step, from 1; absent after all steps.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
            step: Option<usize>,
        } = "handed_to_bot",
        /// A conversation was closed.
        Closed {
            /// The conversation.
            conversation: Id,
            /// The agent who held it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// The end of the wrap-up; absent without one.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "closed",
        /// The wrap-up of a closed conversation ended.
        WrapUpEnded {
            /// The conversation.
            conversation: Id,
            /// The agent who wrapped it up.
            agent: Id,
        } = "wrap_up_ended",
        /// A closed or snoozed conversation was reopened.
        Reopened {
            /// The conversation.
            conversation: Id,
            /// `true` if a snooze reached its end, so that the conversation keeps its place in the queue.
            #[serde(default, skip_serializing_if = "std::ops::Not::not")]
            woke: bool,
        } = "reopened",
        /// A conversation was snoozed.
        Snoozed {
            /// The conversation.
            conversation: Id,
            /// The agent who held it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// The end of the snooze; absent if it lasts until the conversation is reopened.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "snoozed",
        /// Agents, teams, inboxes, hours or absences were changed.
        DeskChanged {
            /// The type of the command that changed them.
            change: ChangeType,
            /// The agent of the entry.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// The team or the inbox of the entry.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            team: Option<Id>,
            /// The team or the inbox of the entry.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            inbox: Option<Id>,
            /// The new entry, or the new list of hours or absences; absent if the entry was removed.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(with = "Option<serde_json::Value>"))]
            entry: Option<Entry>,
        } = "desk_changed",
        /// A script of its rule set the priority of a conversation in the queue.
        Prioritized {
            /// The conversation.
            conversation: Id,
            /// The rule that routes it.
            rule: Id,
            /// The script.
            script: Id,
            /// The priority from now on; higher goes first.
            priority: i64,
        } = "prioritized",
        /// A script, or the `when` of a rule, failed. Reported once for the same place in the same text.
        ScriptFailed {
            /// The conversation that was routed.
            conversation: Id,
            /// The rule.
            rule: Id,
            /// The step, from 1; absent for calls before the steps.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            step: Option<usize>,
            /// The failure: its place and its cause.
            failure: Failure = flatten "hook",
            /// The fallback of the step.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            on_error: Option<Id>,
        } = "script_failed",
        /// A command was not permitted or not possible; nothing changed.
        Refused {
            /// The code of the reason.
            code: Code,
            /// The reason in a sentence.
            message: String,
            /// The conversation that the command named.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            conversation: Option<Id>,
            /// The agent that the command named.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// The instant at which the command would be possible, if waiting helps; of a leap that is too long, the
            /// instant to advance to.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "refused",
    }
}

/// An agent, a team or an inbox as in a document, or a list of hours or absences: JSON, with its keys in the order of a
/// written document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Entry(pub(super) Node);

impl Entry {
    /// Creates the entry of a part of the document.
    pub(super) fn of(part: &impl Serialize) -> Entry {
        Entry(Node::of(part))
    }

    /// Returns the entry as canonical JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The rule, the step and the strategy by which an agent was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decision {
    /// The rule.
    pub rule: Id,
    /// The step, from 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub step: usize,
    /// The strategy, or `script:NAME`.
    pub strategy: Id,
    /// The running weights of `weighted_round_robin` after its choice, of each agent it chose among; absent for other
    /// strategies.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, i64>"))]
    pub weights: BTreeMap<Id, i64>,
}

/// A status set by hand, or by the desk after missed offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Setting {
    /// The state: available or away.
    pub status: State,
    /// The end of an away for a while; of a deactivated agent, the end of the status that was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// `true` if the desk set it, because offers were missed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub missed_offers: bool,
    /// The reason that applies to a deactivated agent after activation; absent if the schedule applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

vocabulary! {
    /// The commands that change the document.
    #[non_exhaustive]
    pub enum ChangeType {
        /// The working hours of an agent.
        SetWorkingHours = "set_working_hours",
        /// The hours of an agent on certain dates.
        SetDateHours = "set_date_hours",
        /// The absences of an agent.
        SetOutOfOffice = "set_out_of_office",
        /// A new or replaced agent.
        PutAgent = "put_agent",
        /// A new or replaced team.
        PutTeam = "put_team",
        /// A new or replaced inbox.
        PutInbox = "put_inbox",
        /// A removed agent.
        RemoveAgent = "remove_agent",
        /// A removed team.
        RemoveTeam = "remove_team",
        /// A removed inbox.
        RemoveInbox = "remove_inbox",
    }
}

vocabulary! {
    /// The reason for a notice.
    #[non_exhaustive]
    pub enum NoticeKind {
        /// Another agent set the agent away.
        SetAwayByOther = "set_away_by_other",
        /// The agent is away because offers were missed.
        MissedOffers = "missed_offers",
    }
}

vocabulary! {
    /// The reason for an assignment without a rule.
    #[non_exhaustive]
    pub enum AssignedBecause {
        /// It was assigned by hand.
        ByHand = "by_hand",
        /// The agent replied to it.
        Replied = "replied",
        /// The agent held it before it was closed or snoozed.
        HeldBefore = "held_before",
    }
}

vocabulary! {
    /// The reason why a conversation is unassigned.
    #[non_exhaustive]
    pub enum UnassignedBecause {
        /// No rule of the channel applies to it.
        NoRule = "no_rule",
        /// The rule leaves it unassigned after its last step.
        Otherwise = "otherwise",
        /// It was released by hand.
        Released = "released",
        /// The agent who held it set their own status to away.
        AgentAway = "agent_away",
        /// The agent who held it, or the team it was assigned to, was removed.
        Removed = "removed",
        /// The agent who held it, or everyone in the team it was assigned to, lost access to its inbox.
        NoInboxAccess = "no_inbox_access",
    }
}

impl What {
    /// Returns the conversation that the event is about.
    pub fn conversation(&self) -> Option<&Id> {
        match self {
            What::Opened { conversation, .. }
            | What::Updated { conversation, .. }
            | What::Offered { conversation, .. }
            | What::Assigned { conversation, .. }
            | What::Unassigned { conversation, .. }
            | What::Queued { conversation, .. }
            | What::StepEntered { conversation, .. }
            | What::OfferExpired { conversation, .. }
            | What::OfferDeclined { conversation, .. }
            | What::OfferWithdrawn { conversation, .. }
            | What::SentToVoicemail { conversation, .. }
            | What::OwnerNotified { conversation, .. }
            | What::HandedToBot { conversation, .. }
            | What::Closed { conversation, .. }
            | What::WrapUpEnded { conversation, .. }
            | What::Reopened { conversation, .. }
            | What::Snoozed { conversation, .. }
            | What::Prioritized { conversation, .. }
            | What::ScriptFailed { conversation, .. } => Some(conversation),
            What::Refused { conversation, .. } => conversation.as_ref(),
            What::Started | What::StatusChanged { .. } | What::Notice { .. } | What::DeskChanged { .. } => None,
        }
    }

    /// Returns `true` if the event decides who gets a conversation, or that nobody does.
    pub fn decides(&self) -> bool {
        match self {
            What::Offered { .. }
            | What::Assigned { .. }
            | What::Unassigned { .. }
            | What::Queued { .. }
            | What::SentToVoicemail { .. }
            | What::OwnerNotified { .. }
            | What::HandedToBot { .. } => true,
            What::Started
            | What::StatusChanged { .. }
            | What::Notice { .. }
            | What::Opened { .. }
            | What::Updated { .. }
            | What::StepEntered { .. }
            | What::OfferExpired { .. }
            | What::OfferDeclined { .. }
            | What::OfferWithdrawn { .. }
            | What::Closed { .. }
            | What::WrapUpEnded { .. }
            | What::Reopened { .. }
            | What::Snoozed { .. }
            | What::DeskChanged { .. }
            | What::Prioritized { .. }
            | What::ScriptFailed { .. }
            | What::Refused { .. } => false,
        }
    }

    /// Returns the agent that the event is about.
    pub fn agent(&self) -> Option<&Id> {
        match self {
            What::StatusChanged { agent, .. }
            | What::Notice { agent, .. }
            | What::Offered { agent, .. }
            | What::OfferExpired { agent, .. }
            | What::OfferDeclined { agent, .. }
            | What::OfferWithdrawn { agent, .. }
            | What::OwnerNotified { agent, .. }
            | What::WrapUpEnded { agent, .. } => Some(agent),
            What::Assigned { agent, .. }
            | What::Unassigned { agent, .. }
            | What::Closed { agent, .. }
            | What::Snoozed { agent, .. }
            | What::DeskChanged { agent, .. }
            | What::Refused { agent, .. } => agent.as_ref(),
            What::Started
            | What::Opened { .. }
            | What::Updated { .. }
            | What::Queued { .. }
            | What::StepEntered { .. }
            | What::SentToVoicemail { .. }
            | What::HandedToBot { .. }
            | What::Reopened { .. }
            | What::Prioritized { .. }
            | What::ScriptFailed { .. } => None,
        }
    }
}
