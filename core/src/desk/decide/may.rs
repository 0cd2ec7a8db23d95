//! Asking whether a command is allowed: it is decided as by `handle`, stopped before the queue, and rolled back.

use crate::conversation::windows;
use crate::deadline::time_is_up;
use crate::desk::ask::{May, Refusal, ReplyWindowEnds};
use crate::desk::command::{Action, Assignee, Command};
use crate::desk::decide::Decider;
use crate::desk::event::{Event, EventKind};
use crate::model::{Id, MessageFrom};
use crate::problem::Problem;
use crate::time::Instant;

impl Decider<'_> {
    /// Returns whether a command is allowed, and leaves the desk as it was.
    ///
    /// # Errors
    /// `time_is_up`.
    pub fn may(mut self, command: &Command) -> Result<May, Problem> {
        if self.state.is_time_up() {
            return Err(time_is_up());
        }
        let too_long = self.state.too_long;
        self.state.open_journal();
        let mut may = May::default();
        if self.reach(command) {
            // Before the command, which may change what is told.
            self.tell_about(command, &mut may);
            if let Err(refusal) = self.attempt(command) {
                self.events = vec![self.refusal(command, refusal, self.allowed_from)];
            }
        }
        let events = self.end(command);
        self.state.roll_back();
        self.state.too_long = too_long;
        may.refusal = events?.into_iter().find_map(refusal_of);
        Ok(may)
    }

    /// Notes what an answer tells beside whether the command is allowed.
    fn tell_about(&self, command: &Command, may: &mut May) {
        match &command.action {
            Action::Reply { conversation, .. }
            | Action::Message {
                conversation,
                from: MessageFrom::Agent | MessageFrom::Bot | MessageFrom::Automated,
                ..
            } => may.reply_window = self.reply_window_ends(conversation),
            Action::Assign { to: Assignee::Agent(agent), or_substitute: true, .. } => {
                may.agent = self.stand_in_for(agent);
                may.substitute_for = may.agent.as_ref().map(|_| agent.clone());
            }
            _ => {}
        }
    }

    /// Returns the agent who stands in for another now.
    fn stand_in_for(&self, agent: &Id) -> Option<Id> {
        let slot = self.state.roster.slot(agent)?;
        self.state.roster.agent_id(self.state.stand_in(slot)?)
    }

    /// Returns when the windows for replies of a conversation close, if its channel has some.
    fn reply_window_ends(&self, conversation: &Id) -> Option<ReplyWindowEnds> {
        let reference = self.state.find(conversation)?;
        let it = self.state.conversation(reference)?;
        let window = self.state.channel_of(reference)?.entry.reply_window.as_ref()?;
        let ends = |from| {
            let closes_at = windows::closes_at(Some(window), from, it.visitor_wrote_at);
            // A window that never opened counts as closed since the conversation was opened.
            Some(closes_at.max(it.opened_at)).filter(|at| *at < Instant::MAX)
        };
        Some(ReplyWindowEnds { automated: ends(MessageFrom::Automated), person: ends(MessageFrom::Agent) })
    }
}

/// Returns the refusal that an event tells.
fn refusal_of(event: Event) -> Option<Refusal> {
    match event.kind {
        EventKind::Refused { code, message, until, .. } => Some(Refusal { code, message, until }),
        _ => None,
    }
}
