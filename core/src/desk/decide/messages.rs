//! Messages: who wrote, what that wakes, and when a reply may still be sent.

use crate::conversation::windows;
use crate::desk::decide::Decider;
use crate::desk::decide::perform::Done;
use crate::desk::event::EventKind;
use crate::desk::state::check::MOST_HIDDEN;
use crate::desk::state::check::check_id;
use crate::desk::state::{ConversationRef, Phase, Resolved};
use crate::model::{Id, MessageFrom};
use crate::problem::{Code, Problem, shortened};
use crate::time::Instant;

impl Decider<'_> {
    /// Notes a message. One of the contact wakes, reopens or brings in a conversation.
    pub fn message(&mut self, conversation: &Id, message: Option<&Id>, from: MessageFrom, at: Instant) -> Done {
        message.map_or(Ok(()), check_id)?;
        let (reference, found) = self.find(conversation)?;
        let phase = found.phase.clone();
        match from {
            MessageFrom::Visitor => self.visitor_writes(reference, &phase, message, at),
            MessageFrom::Agent if self.by.is_none() => {
                Err(Problem::new(Code::ActorRequired, "a message of an agent needs a \"by\": the agent who wrote"))
            }
            MessageFrom::Agent | MessageFrom::Bot | MessageFrom::Automated => {
                self.check_window(reference, from, at)?;
                self.note_message(reference, message, from, at);
                Ok(())
            }
        }
    }

    fn visitor_writes(&mut self, reference: ConversationRef, phase: &Phase, message: Option<&Id>, at: Instant) -> Done {
        if matches!(phase, Phase::Closed { .. }) && !self.state.reopens_on_message(reference) {
            let conversation = self.id_of(reference).unwrap_or_else(|| Id::from(""));
            let conversation = shortened(&conversation);
            let message =
                format!("the conversation {conversation:?} is closed, and messages do not reopen those of its channel");
            return Err(Problem::new(Code::ConversationClosed, message));
        }
        let comes_in = matches!(phase, Phase::Closed { .. } | Phase::Snoozed { .. } | Phase::Sent);
        if comes_in {
            let details = self.state.conversation(reference).map(|it| it.details.clone());
            details.map_or(Ok(()), |details| self.check_channel(&details))?;
        }
        self.note_message(reference, message, MessageFrom::Visitor, at);
        match phase {
            Phase::Sent => self.arrive(reference),
            Phase::Snoozed { .. } => self.wake(reference, at),
            Phase::Closed { .. } => self.reopen_now(reference, at),
            _ => {}
        }
        Ok(())
    }

    /// Routes a conversation as one that has just arrived.
    pub fn arrive(&mut self, reference: ConversationRef) {
        self.arriving.insert(reference);
        self.look_at(reference);
    }

    /// Emits that a message was written.
    pub fn note_message(&mut self, reference: ConversationRef, message: Option<&Id>, from: MessageFrom, at: Instant) {
        let Some(conversation) = self.id_of(reference) else { return };
        let with_bot = self.state.conversation(reference).is_some_and(|it| matches!(it.phase, Phase::WithBot { .. }));
        let closes_at =
            if with_bot && from == MessageFrom::Visitor { self.closes_idle_bots_at(reference, at) } else { None };
        let message = message.cloned();
        self.emit(at, Resolved::of(reference), EventKind::MessageNoted { conversation, message, from, closes_at });
    }

    /// Returns the instant at which a bot's conversation is closed by itself, if the contact does not write again.
    pub fn closes_idle_bots_at(&self, reference: ConversationRef, at: Instant) -> Option<Instant> {
        let closes = self.state.channel_of(reference)?.entry.close_idle_bots;
        let closes_at = at.saturating_add(self.state.roster.settings.bot_inactivity_millis());
        (closes && closes_at < Instant::MAX).then_some(closes_at)
    }

    /// Checks that a channel still sends what somebody writes to the contact.
    pub fn check_window(&self, reference: ConversationRef, from: MessageFrom, at: Instant) -> Done {
        let Some(it) = self.state.conversation(reference) else { return Ok(()) };
        let channel = self.state.channel_of(reference);
        let window = channel.and_then(|channel| channel.entry.reply_window.as_ref());
        let closes_at = windows::closes_at(window, from, it.visitor_wrote_at);
        if at < closes_at {
            return Ok(());
        }
        let channel = shortened(&it.details.channel);
        let message = match it.visitor_wrote_at {
            Some(_) => format!(
                "the reply window of the channel {channel} closed at {closes_at}, counted from the contact's last message; it opens again when the contact writes"
            ),
            None => format!("the channel {channel} sends replies only after the contact has written"),
        };
        Err(Problem::new(Code::WindowClosed, message))
    }

    // ---- hidden messages

    pub fn hide(&mut self, conversation: &Id, message: &Id, at: Instant) -> Done {
        check_id(message)?;
        let (reference, found) = self.find(conversation)?;
        if found.hidden().iter().any(|it| it.message == *message) {
            return Ok(());
        }
        if found.hidden().len() >= MOST_HIDDEN {
            let message =
                format!("{MOST_HIDDEN} messages of the conversation are hidden already, the most there may be");
            return Err(Problem::new(Code::OutOfRange, message));
        }
        let (conversation, message) = (conversation.clone(), message.clone());
        self.emit(at, Resolved::of(reference), EventKind::Hidden { conversation, message });
        Ok(())
    }

    pub fn unhide(&mut self, conversation: &Id, message: &Id, at: Instant) -> Done {
        let (reference, found) = self.find(conversation)?;
        if found.hidden().iter().all(|it| it.message != *message) {
            let message = format!("the message {:?} is not hidden", shortened(message));
            return Err(Problem::new(Code::NotHidden, message));
        }
        let (conversation, message) = (conversation.clone(), message.clone());
        self.emit(at, Resolved::of(reference), EventKind::Unhidden { conversation, message });
        Ok(())
    }
}
