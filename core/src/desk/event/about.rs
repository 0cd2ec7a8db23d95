//! The conversation and the agent that an event is about.

use super::EventKind;
use crate::model::Id;

impl EventKind {
    /// Returns the conversation that the event is about.
    pub fn conversation(&self) -> Option<&Id> {
        match self {
            EventKind::Opened { conversation, .. }
            | EventKind::Updated { conversation, .. }
            | EventKind::MessageNoted { conversation, .. }
            | EventKind::Sent { conversation, .. }
            | EventKind::Filtered { conversation, .. }
            | EventKind::Unfiltered { conversation, .. }
            | EventKind::Trashed { conversation, .. }
            | EventKind::Restored { conversation, .. }
            | EventKind::Hidden { conversation, .. }
            | EventKind::Unhidden { conversation, .. }
            | EventKind::Offered { conversation, .. }
            | EventKind::Assigned { conversation, .. }
            | EventKind::Unassigned { conversation, .. }
            | EventKind::Kept { conversation, .. }
            | EventKind::Queued { conversation, .. }
            | EventKind::StepEntered { conversation, .. }
            | EventKind::OfferExpired { conversation, .. }
            | EventKind::OfferDeclined { conversation, .. }
            | EventKind::OfferWithdrawn { conversation, .. }
            | EventKind::SentToVoicemail { conversation, .. }
            | EventKind::OwnerNotified { conversation, .. }
            | EventKind::HandedToBot { conversation, .. }
            | EventKind::Closed { conversation, .. }
            | EventKind::WrapUpEnded { conversation, .. }
            | EventKind::Forgotten { conversation }
            | EventKind::Reopened { conversation, .. }
            | EventKind::Snoozed { conversation, .. }
            | EventKind::Prioritized { conversation, .. }
            | EventKind::ScriptFailed { conversation, .. } => Some(conversation),
            EventKind::Refused { conversation, .. } => conversation.as_ref(),
            EventKind::Started
            | EventKind::StatusChanged { .. }
            | EventKind::Notice { .. }
            | EventKind::Erased { .. }
            | EventKind::Blocked { .. }
            | EventKind::Unblocked { .. }
            | EventKind::DeskChanged { .. } => None,
        }
    }

    /// Returns `true` if the event decides who gets a conversation, or that nobody does.
    pub fn decides(&self) -> bool {
        match self {
            EventKind::Offered { .. }
            | EventKind::Assigned { .. }
            | EventKind::Unassigned { .. }
            | EventKind::Queued { .. }
            | EventKind::SentToVoicemail { .. }
            | EventKind::OwnerNotified { .. }
            | EventKind::HandedToBot { .. } => true,
            EventKind::Started
            | EventKind::StatusChanged { .. }
            | EventKind::Notice { .. }
            | EventKind::Opened { .. }
            | EventKind::Updated { .. }
            | EventKind::MessageNoted { .. }
            | EventKind::Sent { .. }
            | EventKind::Filtered { .. }
            | EventKind::Unfiltered { .. }
            | EventKind::Trashed { .. }
            | EventKind::Restored { .. }
            | EventKind::Hidden { .. }
            | EventKind::Unhidden { .. }
            | EventKind::Blocked { .. }
            | EventKind::Unblocked { .. }
            | EventKind::StepEntered { .. }
            | EventKind::OfferExpired { .. }
            | EventKind::OfferDeclined { .. }
            | EventKind::OfferWithdrawn { .. }
            | EventKind::Kept { .. }
            | EventKind::Closed { .. }
            | EventKind::WrapUpEnded { .. }
            | EventKind::Forgotten { .. }
            | EventKind::Erased { .. }
            | EventKind::Reopened { .. }
            | EventKind::Snoozed { .. }
            | EventKind::DeskChanged { .. }
            | EventKind::Prioritized { .. }
            | EventKind::ScriptFailed { .. }
            | EventKind::Refused { .. } => false,
        }
    }

    /// Returns the agent that the event is about.
    pub fn agent(&self) -> Option<&Id> {
        match self {
            EventKind::StatusChanged { agent, .. }
            | EventKind::Notice { agent, .. }
            | EventKind::Offered { agent, .. }
            | EventKind::OfferExpired { agent, .. }
            | EventKind::OfferDeclined { agent, .. }
            | EventKind::OfferWithdrawn { agent, .. }
            | EventKind::OwnerNotified { agent, .. }
            | EventKind::Kept { agent, .. }
            | EventKind::WrapUpEnded { agent, .. } => Some(agent),
            EventKind::Assigned { agent, .. }
            | EventKind::Filtered { agent, .. }
            | EventKind::Trashed { agent, .. }
            | EventKind::Unassigned { agent, .. }
            | EventKind::Closed { agent, .. }
            | EventKind::Snoozed { agent, .. }
            | EventKind::DeskChanged { agent, .. }
            | EventKind::Refused { agent, .. } => agent.as_ref(),
            EventKind::Started
            | EventKind::Opened { .. }
            | EventKind::MessageNoted { .. }
            | EventKind::Sent { .. }
            | EventKind::Unfiltered { .. }
            | EventKind::Restored { .. }
            | EventKind::Hidden { .. }
            | EventKind::Unhidden { .. }
            | EventKind::Blocked { .. }
            | EventKind::Unblocked { .. }
            | EventKind::Forgotten { .. }
            | EventKind::Erased { .. }
            | EventKind::Updated { .. }
            | EventKind::Queued { .. }
            | EventKind::StepEntered { .. }
            | EventKind::SentToVoicemail { .. }
            | EventKind::HandedToBot { .. }
            | EventKind::Reopened { .. }
            | EventKind::Prioritized { .. }
            | EventKind::ScriptFailed { .. } => None,
        }
    }
}
