//! The table of all kinds of events.

use super::end_in_sight;
use super::{
    AssignedBecause, ChangeType, ClosedBecause, Decision, Details, Entry, NoticeKind, ReachedLimit, Setting,
    UnassignedBecause,
};
use crate::availability::{Reason, State};
use crate::conversation::FilteredBecause;
use crate::model::{Id, MessageFrom};
use crate::problem::Code;
use crate::read::tagged;
use crate::routing::Failure;
use crate::time::Instant;

tagged! {
    /// The kind of an event with its data, by `type`.
    #[derive(Debug, Clone, PartialEq)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub enum EventKind, tagged by EventType under "type" {
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
            /// The status of the document that the agent has; absent if it is none of these.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            status: Option<Id>,
            /// The note of the status or absence.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(extend("x-personal" = true)))]
            note: Option<String>,
            /// The status that was set; absent if the schedule changed it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            set: Option<Setting>,
            /// The instant at which the conversations that the agent now holds are unassigned and routed again, unless the
            /// agent replies or returns before; absent if the agent keeps them, or holds none.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            requeue_at: Option<Instant>,
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
        /// A message was written. The contact's first answer to a conversation that was sent brings it into the inbox.
        MessageNoted {
            /// The conversation.
            conversation: Id,
            /// The id of the message, if it was told.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            message: Option<Id>,
            /// Who wrote it; an agent is named in `by`.
            from: MessageFrom,
            /// The instant at which the conversation that a bot has is closed by itself, unless the contact writes before;
            /// absent if it is not.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            closes_at: Option<Instant>,
        } = "message_noted",
        /// A conversation that an agent began was sent: nobody holds it, and it is in no inbox until the contact answers.
        Sent {
            /// The conversation.
            conversation: Id,
        } = "sent",
        /// A conversation went into the spam.
        Filtered {
            /// The conversation.
            conversation: Id,
            /// The agent who held it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// The reason.
            reason: FilteredBecause,
            /// The address or domain that is blocked, or the role that the address names; absent if it was marked by hand, and
            /// if the address was erased. Only an address is personal.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(extend("x-personal" = true)))]
            matched: Option<Id>,
        } = "filtered",
        /// A conversation came out of the spam, to be routed.
        Unfiltered {
            /// The conversation.
            conversation: Id,
        } = "unfiltered",
        /// A conversation went into the trash.
        Trashed {
            /// The conversation.
            conversation: Id,
            /// The agent who held it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// The instant at which it is forgotten; absent if it is not.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "trashed",
        /// A conversation came out of the trash, as it was; one that was open is routed.
        Restored {
            /// The conversation.
            conversation: Id,
        } = "restored",
        /// A message was hidden.
        Hidden {
            /// The conversation.
            conversation: Id,
            /// The message.
            message: Id,
        } = "hidden",
        /// A hidden message is shown again.
        Unhidden {
            /// The conversation.
            conversation: Id,
            /// The message.
            message: Id,
        } = "unhidden",
        /// A sender was blocked.
        Blocked {
            /// The address, or the domain such as `@example.net`, as addresses are compared.
            sender: Id,
            /// The inbox in which the sender is blocked; absent for all.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            inbox: Option<Id>,
        } = "blocked",
        /// The block of a sender ended.
        Unblocked {
            /// The address, or the domain.
            sender: Id,
            /// The inbox in which the sender was blocked; absent for all.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            inbox: Option<Id>,
        } = "unblocked",
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
            /// The team among whose members it is distributed; absent if a rule routes it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            team: Option<Id>,
            /// The rule, the step and the strategy.
            decision: Option<Decision> = flatten "strategy",
            /// The agent out of office for whom this one stands in; absent if the step itself names the agent.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            substitute_for: Option<Id>,
            /// The end of the offer.
            until: Option<Instant>,
            /// The instant at which the next step is added, of a step that waits in office hours; null if none is in sight.
            /// Absent for other steps, and if the conversation had reached the step before.
            #[serde(skip_serializing_if = "Option::is_none", serialize_with = "end_in_sight::serialize")]
            #[cfg_attr(feature = "schema", schemars(default, schema_with = "crate::schema::end_in_sight"))]
            wait_until: Option<Instant> => end_in_sight::read,
        } = "offered",
        /// A conversation was assigned to an agent or a team.
        Assigned {
            /// The conversation.
            conversation: Id,
            /// The agent.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            agent: Option<Id>,
            /// The team: to which it was assigned, or, if an agent has it, among whose members it was distributed.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            team: Option<Id>,
            /// The rule, the step and the strategy; absent for an assignment by hand, and for a return to the agent who
            /// held it.
            decision: Option<Decision> = flatten "strategy",
            /// The agent out of office for whom this one stands in; absent if the step, or who assigned it, named the agent.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            substitute_for: Option<Id>,
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
            /// The limit of the channel that was reached; absent if it was none.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            waiting_limit: Option<ReachedLimit>,
        } = "unassigned",
        /// The agent who holds a conversation replied to it after working hours or while out of office, and so keeps it: it
        /// was to be routed again.
        Kept {
            /// The conversation.
            conversation: Id,
            /// The agent.
            agent: Id,
        } = "kept",
        /// A conversation waits: at a step, after all steps for any of them, or for a member of a team.
        Queued {
            /// The conversation.
            conversation: Id,
            /// The rule that routes it; for the members of a team, the one whose last strategy chooses among them.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            rule: Option<Id>,
            /// The step it has reached, from 1; absent if it waits for the members of a team.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
            step: Option<usize>,
            /// The team for whose members it waits; absent if it waits for those whom its rule names.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            team: Option<Id>,
            /// The first step that may take it; absent for the first of all.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
            from_step: Option<usize>,
            /// The instant at which the next step is added; null if none is in sight, as in a channel without any more
            /// office hours. Absent after all steps.
            #[serde(skip_serializing_if = "Option::is_none", serialize_with = "end_in_sight::serialize")]
            #[cfg_attr(feature = "schema", schemars(default, schema_with = "crate::schema::end_in_sight"))]
            until: Option<Instant> => end_in_sight::read,
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
            /// The instant at which the next step is added; null if none is in sight. Absent if there is none to wait for.
            #[serde(skip_serializing_if = "Option::is_none", serialize_with = "end_in_sight::serialize")]
            #[cfg_attr(feature = "schema", schemars(default, schema_with = "crate::schema::end_in_sight"))]
            until: Option<Instant> => end_in_sight::read,
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
            /// The limit of the channel that was reached; absent if it was none.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            waiting_limit: Option<ReachedLimit>,
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
            /// The limit of the channel that was reached; absent if it was none.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            waiting_limit: Option<ReachedLimit>,
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
            /// The limit of the channel that was reached; absent if it was none.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            waiting_limit: Option<ReachedLimit>,
            /// The instant at which it is closed by itself, unless the contact writes before; absent if it is not.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            closes_at: Option<Instant>,
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
            /// The reason, if nobody closed it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            reason: Option<ClosedBecause>,
        } = "closed",
        /// The wrap-up of a closed conversation ended.
        WrapUpEnded {
            /// The conversation.
            conversation: Id,
            /// The agent who wrapped it up.
            agent: Id,
        } = "wrap_up_ended",
        /// A closed conversation was forgotten: the desk knows nothing of it any more, and its id is free.
        Forgotten {
            /// The conversation.
            conversation: Id,
        } = "forgotten",
        /// The data of a contact was taken out of the desk.
        Erased {
            /// The contact.
            contact: Id,
        } = "erased",
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
        /// The document was changed.
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
            /// The holiday of the entry.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            holiday: Option<Id>,
            /// The new entry, or the new list of hours or absences; of a `configure`, the parts of the document that differ,
            /// each as it is from now on. Absent if the entry was removed.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[cfg_attr(feature = "schema", schemars(with = "Option<serde_json::Value>"))]
            entry: Option<Entry>,
        } = "desk_changed",
        /// A script of its rule, or a strategy of the embedder, was asked for the priority of a conversation in the queue.
        Prioritized {
            /// The conversation.
            conversation: Id,
            /// The rule that routes it.
            rule: Id,
            /// The script; absent if it was a strategy.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            script: Option<Id>,
            /// The strategy of the embedder, if it was one.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            strategy: Option<Id>,
            /// The priority from now on, higher goes first; absent if it has that of its own, its channel, its rule and its
            /// steps.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            priority: Option<i64>,
            /// The instant at which it is asked again; absent if it is not.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            again_at: Option<Instant>,
        } = "prioritized",
        /// A script, a strategy of the embedder, or the `when` of a rule, failed. Reported once for the same place in the same text.
        ScriptFailed {
            /// The conversation that was routed.
            conversation: Id,
            /// The rule.
            rule: Id,
            /// The step, from 1; absent for calls before the steps.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            step: Option<usize>,
            /// The failure: its place and its cause.
            failure: Box<Failure> = flatten "hook",
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
