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

/// Something that happened to a desk. Applying the events, in order, rebuilds it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// The version of the format, 1.
    #[cfg_attr(feature = "schema", schemars(extend("const" = 1)))]
    pub version: u8,
    /// Its number, counting from 1. A `refused` is not a part of the log: it has the number that the next event takes.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub seq: u64,
    /// When it happened; for what fell due, the instant at which it did.
    pub at: Instant,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
    /// The id of the command that caused it, if it had one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The agent whose command caused it: in all that the command did, the queue after it included, and in none of what
    /// fell due before it. A `status_changed` that fell due names who set the status that holds from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
    /// Who was considered and why not, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub considered: Option<Vec<Considered>>,
    /// What the script that decided wrote down, where that was asked for.
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
    /// What happened, by `type`.
    #[derive(Debug, Clone, PartialEq)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub enum What, told by EventType under "type" {
        /// The desk's time begins: its first command was to let time pass, or changed nothing else.
        Started = "started",
        /// The state or reason of an agent changed, or a status was set.
        StatusChanged {
            /// Whose.
            agent: Id,
            /// Available or away.
            state: State,
            /// Why.
            reason: Reason,
            /// Until when, as far as is known.
            until: Option<Instant>,
            /// What was noted with it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            note: Option<String>,
            /// What was set, when it was not the schedule that changed.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            set: Option<Setting>,
        } = "status_changed",
        /// An agent is to be told something.
        Notice {
            /// Whom.
            agent: Id,
            /// What about.
            notice: NoticeKind,
        } = "notice",
        /// A conversation arrived.
        Opened {
            /// Its id.
            conversation: Id,
            /// Everything about it.
            details: Details = flatten "inbox",
        } = "opened",
        /// Something about a conversation was replaced; this is how it is now.
        Updated {
            /// Its id.
            conversation: Id,
            /// Everything about it.
            details: Details = flatten "inbox",
            /// Whether its rule, its step and the wait there stand, or it lies unassigned as before; absent when it is routed
            /// from the start, and for one that is not routed: held, with a team or a bot, asleep, or gone to voicemail.
            #[serde(default, skip_serializing_if = "std::ops::Not::not")]
            goes_on: bool,
        } = "updated",
        /// A conversation is offered to an agent, who may accept it.
        Offered {
            /// Its id.
            conversation: Id,
            /// To whom.
            agent: Id,
            /// By which rule, step and strategy.
            decision: Option<Decision> = flatten "rule",
            /// Until when.
            until: Option<Instant>,
        } = "offered",
        /// A conversation is held by an agent, or given to a team.
        Assigned {
            /// Its id.
            conversation: Id,
            /// To whom.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// Or to which team.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            team: Option<Id>,
            /// By which rule, step and strategy; absent by hand and on the way back to who held it.
            decision: Option<Decision> = flatten "rule",
            /// Why, when no rule decided.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            reason: Option<AssignedBecause>,
        } = "assigned",
        /// A conversation is held by nobody.
        Unassigned {
            /// Its id.
            conversation: Id,
            /// Who held it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// The rule that left it so.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            rule: Option<Id>,
            /// Why.
            reason: UnassignedBecause,
        } = "unassigned",
        /// A conversation waits: at a step, or, after all steps, for any of them.
        Queued {
            /// Its id.
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
            /// When the next step is added; absent after all steps.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "queued",
        /// A waiting conversation reached the next step.
        StepEntered {
            /// Its id.
            conversation: Id,
            /// The rule that routes it.
            rule: Id,
            /// The step it has reached now, from 1.
            #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
            step: usize,
            /// When the next step is added; absent when nothing is waited for.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "step_entered",
        /// An offer was not accepted in time.
        OfferExpired {
            /// The conversation.
            conversation: Id,
            /// Who had the offer.
            agent: Id,
        } = "offer_expired",
        /// An agent declined an offer.
        OfferDeclined {
            /// The conversation.
            conversation: Id,
            /// Who had the offer.
            agent: Id,
        } = "offer_declined",
        /// An offer was taken back.
        OfferWithdrawn {
            /// The conversation.
            conversation: Id,
            /// Who had the offer.
            agent: Id,
        } = "offer_withdrawn",
        /// The contact hears a message.
        SentToVoicemail {
            /// The conversation.
            conversation: Id,
            /// Which message.
            voicemail: Id,
            /// The rule that sent it there; absent after hours.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            rule: Option<Id>,
        } = "sent_to_voicemail",
        /// The contact's owner is to be mailed.
        OwnerNotified {
            /// The conversation.
            conversation: Id,
            /// The owner.
            agent: Id,
            /// The rule that asked for it; absent after hours.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            rule: Option<Id>,
        } = "owner_notified",
        /// A bot takes a conversation.
        HandedToBot {
            /// The conversation.
            conversation: Id,
            /// Which bot.
            bot: Id,
            /// The rule that gave it; absent after hours.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            rule: Option<Id>,
            /// The step, from 1; absent after all steps.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
            step: Option<usize>,
        } = "handed_to_bot",
        /// A conversation is closed.
        Closed {
            /// Its id.
            conversation: Id,
            /// Who held it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// Until when the agent wraps it up; absent when nothing is wrapped up.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "closed",
        /// An agent has finished wrapping up a closed conversation.
        WrapUpEnded {
            /// The conversation.
            conversation: Id,
            /// Who wrapped it up.
            agent: Id,
        } = "wrap_up_ended",
        /// A closed or snoozed conversation is open again.
        Reopened {
            /// Its id.
            conversation: Id,
            /// Whether a snooze ended by itself, so that it keeps its place in the queue.
            #[serde(default, skip_serializing_if = "std::ops::Not::not")]
            woke: bool,
        } = "reopened",
        /// A conversation sleeps.
        Snoozed {
            /// Its id.
            conversation: Id,
            /// Who held it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// Until when; absent: until it is reopened.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "snoozed",
        /// Agents, teams, inboxes, hours or absences changed.
        DeskChanged {
            /// The type of the command that did it.
            change: ChangeType,
            /// Whose entry, under its usual key.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// Whose entry.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            team: Option<Id>,
            /// Whose entry.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            inbox: Option<Id>,
            /// The new entry, or the new list of hours or absences; absent when it was removed.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(with = "Option<serde_json::Value>"))]
            entry: Option<Entry>,
        } = "desk_changed",
        /// A script of its rule gave a conversation its place in the queue.
        Prioritized {
            /// Its id.
            conversation: Id,
            /// The rule that routes it.
            rule: Id,
            /// The script.
            script: Id,
            /// The priority that counts from now on; higher goes first.
            priority: i64,
        } = "prioritized",
        /// A script, or the `when` of a rule, failed. Told once for the same place in the same text.
        ScriptFailed {
            /// The conversation it was asked about.
            conversation: Id,
            /// The rule.
            rule: Id,
            /// The step, from 1; absent for what is asked before the steps.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            step: Option<usize>,
            /// What failed, where, and why.
            failure: Failure = flatten "hook",
            /// What the step did instead.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            on_error: Option<Id>,
        } = "script_failed",
        /// A command was not allowed or not possible; nothing changed.
        Refused {
            /// Why.
            code: Code,
            /// Why, in a sentence.
            message: String,
            /// The conversation it was about.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            conversation: Option<Id>,
            /// The agent it was about.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// When it would be possible, where waiting helps: of a leap that is too long the instant to advance to.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "refused",
    }
}

/// An agent, a team or an inbox as it stands in a document, or a list of hours or absences: JSON, its keys in the order in
/// which a document is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Entry(pub(super) Node);

impl Entry {
    /// The entry of a part of the document.
    pub(super) fn of(part: &impl Serialize) -> Entry {
        Entry(Node::of(part))
    }

    /// The entry as canonical JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// By which rule, step and strategy a conversation was given to someone.
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
    /// Where `weighted_round_robin` chose: the running weight of each agent it chose among, after the choice.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, i64>"))]
    pub weights: BTreeMap<Id, i64>,
}

/// A status that was set by hand, or by the desk itself after missed offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Setting {
    /// Available or away.
    pub status: State,
    /// When an away for a while ends; of a deactivated agent, when what was set ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Whether the desk did it, because offers were missed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub missed_offers: bool,
    /// Of a deactivated agent: the reason that holds once they are active again; absent where the schedule does.
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
        /// A new agent, or another entry of one.
        PutAgent = "put_agent",
        /// A new team, or another entry of one.
        PutTeam = "put_team",
        /// A new inbox, or another entry of one.
        PutInbox = "put_inbox",
        /// An agent less.
        RemoveAgent = "remove_agent",
        /// A team less.
        RemoveTeam = "remove_team",
        /// An inbox less.
        RemoveInbox = "remove_inbox",
    }
}

vocabulary! {
    /// What a notice is about.
    #[non_exhaustive]
    pub enum NoticeKind {
        /// Someone else set the agent away.
        SetAwayByOther = "set_away_by_other",
        /// The agent is away because offers were missed.
        MissedOffers = "missed_offers",
    }
}

vocabulary! {
    /// Why a conversation went to someone without a rule.
    #[non_exhaustive]
    pub enum AssignedBecause {
        /// By hand.
        ByHand = "by_hand",
        /// They replied to it.
        Replied = "replied",
        /// They held it before it was closed or snoozed.
        HeldBefore = "held_before",
    }
}

vocabulary! {
    /// Why a conversation is held by nobody.
    #[non_exhaustive]
    pub enum UnassignedBecause {
        /// No rule of the channel is for it.
        NoRule = "no_rule",
        /// The rule says so after its last step.
        Otherwise = "otherwise",
        /// Released by hand.
        Released = "released",
        /// Who held it set themself away.
        AgentAway = "agent_away",
        /// Who held it, or the team it was given to, was removed.
        Removed = "removed",
        /// Who held it, or everyone of the team it was given to, has no access to its inbox any more.
        NoInboxAccess = "no_inbox_access",
    }
}

impl What {
    /// The conversation it is about.
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

    /// Whether it says who gets a conversation, or that nobody does.
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

    /// The agent it is about.
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
