//! Sentences about messages, and about what leaves the inbox: sent, spam, trash.

use super::details::ARRIVED;
use super::tell::by_whom;
use super::{Place, Story};
use crate::conversation::FilteredBecause;
use crate::desk::{Event, EventKind};
use crate::model::{Id, MessageFrom};
use crate::time::Instant;

impl Story {
    /// Tells of a message. That of an agent who takes the conversation by it is told with that.
    pub(super) fn tell_message(&mut self, event: &Event, from: MessageFrom) {
        let text = match (from, &event.by) {
            (MessageFrom::Visitor, _) => "The contact wrote.".to_owned(),
            (MessageFrom::Agent, Some(by)) => wrote(by),
            (MessageFrom::Agent, None) => "Somebody wrote to the contact.".to_owned(),
            (MessageFrom::Bot, _) => "The bot wrote to the contact.".to_owned(),
            (MessageFrom::Automated, _) => "The contact got an automated message.".to_owned(),
        };
        self.say(event.at, text);
    }

    /// Takes back that an agent wrote, before a sentence that says so, too.
    pub(super) fn take_back_message(&mut self, at: Instant, agent: &Id) {
        self.lines.pop_if(|line| line.at == at && line.text == wrote(agent));
    }

    /// Tells where a conversation went that left the inbox, or came back to it.
    pub(super) fn tell_moved(&mut self, event: &Event) {
        let by = by_whom(event);
        let (text, place) = match &event.kind {
            EventKind::Sent { .. } => (self.sent_text(event), Place::Aside),
            EventKind::Filtered { agent, reason, matched, .. } => {
                (spam_text(*reason, matched.as_ref(), agent.as_ref(), &by), Place::Aside)
            }
            EventKind::Unfiltered { .. } => (format!("It was taken out of the spam{by}."), Place::Between),
            EventKind::Trashed { agent, until, .. } => {
                let held = agent.as_ref().map(|agent| format!("; {agent} held it")).unwrap_or_default();
                let until = until.map(|until| format!(" until {}", self.moment(until, event.at))).unwrap_or_default();
                (format!("It was put into the trash{by}, where it is kept{until}{held}."), Place::Aside)
            }
            _ => (format!("It was restored from the trash{by}."), Place::Between),
        };
        self.say(event.at, text);
        self.place = place;
    }

    /// Describes a conversation that an agent began, in place of its arrival.
    fn sent_text(&mut self, event: &Event) -> String {
        self.lines.pop_if(|line| line.at == event.at && line.text.starts_with(ARRIVED));
        let place = self.details.as_ref().map(|it| format!(" in {} by {}", it.inbox, it.channel)).unwrap_or_default();
        let who = event.by.as_ref().map_or("Somebody".to_owned(), Id::to_string);
        format!("{who} wrote first,{place}; it waits for an answer of the contact.")
    }

    /// Tells that a conversation was closed by itself.
    pub(super) fn tell_idle_bot(&mut self, at: Instant) {
        let bot = match &self.place {
            Place::WithBot { bot } => format!("the bot {bot}"),
            _ => "the bot".to_owned(),
        };
        self.say(at, format!("The contact did not write to {bot} any more, so it was closed."));
        self.place = Place::Nowhere;
    }
}

fn wrote(agent: &Id) -> String {
    format!("{agent} wrote to the contact.")
}

fn spam_text(reason: FilteredBecause, matched: Option<&Id>, holder: Option<&Id>, by: &str) -> String {
    let held = holder.map(|agent| format!("; {agent} held it")).unwrap_or_default();
    // An address may have been erased.
    let matched = matched.map_or("its sender", Id::as_str);
    match reason {
        FilteredBecause::ByHand => format!("It was marked as spam{by}{held}."),
        FilteredBecause::BlockedSender => format!("It went into the spam, as {matched} is blocked{by}{held}."),
        FilteredBecause::RoleAddress => {
            format!("It went into the spam, as {matched}@ is the address of a role, not of a person.")
        }
    }
}
