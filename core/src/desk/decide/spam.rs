//! Spam: senders that are filtered or blocked, and conversations that are marked.

use crate::conversation::FilteredBecause;
use crate::conversation::senders::{sender_of, why_filtered};
use crate::desk::command::Blocked;
use crate::desk::decide::Decider;
use crate::desk::decide::perform::Done;
use crate::desk::event::EventKind;
use crate::desk::state::{ConversationRef, DeskState, Phase, Resolved};
use crate::model::{Address, Details, Id, address_fault};
use crate::problem::{Code, Problem, shortened};
use crate::time::Instant;

impl Decider<'_> {
    pub fn mark_spam(&mut self, conversation: &Id, at: Instant) -> Done {
        let (reference, found) = self.find(conversation)?;
        if !matches!(found.phase, Phase::Closed { .. }) {
            self.find_open(conversation)?;
        }
        self.filter(reference, FilteredBecause::ByHand, None, at);
        Ok(())
    }

    /// Moves a conversation into the spam, and takes it from whoever has it.
    pub fn filter(&mut self, reference: ConversationRef, reason: FilteredBecause, matched: Option<Id>, at: Instant) {
        let agent = self.clear_out(reference, at);
        if let Some(conversation) = self.id_of(reference) {
            self.emit(at, Resolved::of(reference), EventKind::Filtered { conversation, agent, reason, matched });
        }
    }

    /// Takes back the offers of a conversation and ends its wrap-up, before it leaves the inbox. Returns the agent who holds it.
    pub fn clear_out(&mut self, reference: ConversationRef, at: Instant) -> Option<Id> {
        self.withdraw_offers(reference, at);
        self.end_wrap_up(reference, at);
        let holder = self.state.conversation(reference)?.holder()?;
        self.state.roster.agent_id(holder)
    }

    pub fn not_spam(&mut self, conversation: &Id, at: Instant) -> Done {
        let (reference, found) = self.find(conversation)?;
        match &found.phase {
            Phase::Filtered { .. } => {}
            Phase::Trashed { .. } => return Err(self.not_open(conversation, &found.phase)),
            _ => {
                let message = format!("the conversation {:?} is not in the spam", shortened(conversation));
                return Err(Problem::new(Code::NotInSpam, message));
            }
        }
        self.check_channel(&found.details.clone())?;
        self.emit(at, Resolved::of(reference), EventKind::Unfiltered { conversation: conversation.clone() });
        self.arrive(reference);
        Ok(())
    }

    pub fn block(&mut self, subject: &Blocked, at: Instant) -> Done {
        match subject {
            Blocked::Sender { sender, inbox } => {
                let sender = self.check_block(sender, inbox.as_ref())?;
                self.set_blocked(&sender, inbox.as_ref(), at);
                Ok(())
            }
            Blocked::Conversation(conversation) => self.block_sender_of(conversation, at),
        }
    }

    fn block_sender_of(&mut self, conversation: &Id, at: Instant) -> Done {
        let (reference, found) = self.find(conversation)?;
        let (details, stays) = (
            found.details.clone(),
            matches!(found.phase, Phase::Sent | Phase::Filtered { .. } | Phase::Trashed { .. }),
        );
        let sender = self.state.sender_of(&details).ok_or_else(|| {
            let conversation = shortened(conversation);
            let instead = if stays { "block the sender by the address" } else { "mark it as spam" };
            let message = format!("the sender of the conversation {conversation:?} is not known; {instead} instead");
            Problem::new(Code::UnknownSender, message)
        })?;
        let inbox = &details.inbox;
        self.check_not_allowed(&sender, Some(inbox))?;
        self.set_blocked(&sender, Some(inbox), at);
        if !stays {
            let matched = Some(sender.as_id().clone());
            self.filter(reference, FilteredBecause::BlockedSender, matched, at);
        }
        Ok(())
    }

    pub fn unblock(&mut self, sender: &Id, inbox: Option<&Id>, at: Instant) -> Done {
        let address = self.check_address(sender, inbox)?;
        if !self.state.blocks.contains(&address, inbox) {
            let place = inbox.map_or("in all inboxes".to_owned(), |inbox| format!("in the inbox {}", shortened(inbox)));
            let message = format!(
                "no command blocked {} {place}; what the document blocks is taken out of its \"filters\"",
                shortened(sender)
            );
            return Err(Problem::new(Code::NotBlocked, message));
        }
        let (sender, inbox) = (address.as_id().clone(), inbox.cloned());
        self.emit(at, Resolved::default(), EventKind::Unblocked { sender, inbox });
        Ok(())
    }

    fn set_blocked(&mut self, sender: &Address, inbox: Option<&Id>, at: Instant) {
        if !self.state.blocks.contains(sender, inbox) {
            let (sender, inbox) = (sender.as_id().clone(), inbox.cloned());
            self.emit(at, Resolved::default(), EventKind::Blocked { sender, inbox });
        }
    }

    fn check_address(&self, sender: &Id, inbox: Option<&Id>) -> Result<Address, Problem> {
        if let Some(inbox) = inbox {
            self.state.inbox(inbox)?;
        }
        match address_fault(sender) {
            Some(problem) => Err(problem),
            None => Ok(Address::of(sender)),
        }
    }

    fn check_block(&self, sender: &Id, inbox: Option<&Id>) -> Result<Address, Problem> {
        let sender = self.check_address(sender, inbox)?;
        self.check_not_allowed(&sender, inbox)?;
        Ok(sender)
    }

    /// Checks that an inbox does not let a sender in by its filters: a block there would do nothing.
    fn check_not_allowed(&self, sender: &Address, inbox: Option<&Id>) -> Done {
        let filters = inbox.and_then(|inbox| self.state.roster.inbox(inbox)).and_then(|inbox| inbox.filters.as_ref());
        let Some(entry) = filters.and_then(|filters| filters.allow.find(sender)) else { return Ok(()) };
        let (sender, entry) = (shortened(sender.as_id()), shortened(entry));
        let message = format!("the inbox lets {sender} in; take {entry} out of the \"allow\" of its filters first");
        Err(Problem::new(Code::SenderAllowed, message))
    }
}

impl DeskState {
    /// Returns the sender of a conversation with these details.
    fn sender_of(&self, details: &Details) -> Option<Address> {
        let channel = self.roster.channel(self.roster.channel_slot(&details.inbox, &details.channel)?)?;
        sender_of(details, &channel.entry)
    }

    /// Returns the reason why a conversation with these details goes into the spam on its arrival.
    pub fn why_filtered(&self, details: &Details) -> Option<(FilteredBecause, Id)> {
        let sender = self.sender_of(details)?;
        let filters = self.roster.inbox(&details.inbox)?.filters.as_ref();
        why_filtered(filters, |sender| self.blocks.find(sender, &details.inbox), &sender)
    }
}
