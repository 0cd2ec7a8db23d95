//! Questions to a desk about conversations. They change nothing, and may be asked from many threads at once; but `may`, which
//! changes the desk and takes it back.

mod conversations;
mod cursor;
mod filter;
mod inboxes;
mod may;
mod queue;
mod table;
mod views;
mod why;

pub use self::conversations::{ConversationView, Whereabouts};
pub use self::filter::{Between, ConversationFilter};
pub use self::inboxes::AgentInboxes;
pub use self::may::{May, Refusal, ReplyWindowEnds};
pub use self::queue::{PlaceInQueue, QueueFilter};
pub use self::table::AgentRow;
pub use self::views::{ViewCounts, ViewPage, ViewRequest, ViewSort};
pub use self::why::StepConsidered;

use crate::availability::State;
use crate::desk::Desk;
use crate::desk::state::{Conversation, ConversationRef, DeskState, Phase};
use crate::model::{Absence, Id};
use crate::problem::{Code, Problem, shortened};
use crate::time::Instant;

impl Desk {
    /// Checks that the seat of an agent allows absences, if the entitlement `out_of_office` ties them to seats; absences
    /// that the agent has already do not count. It is meant for programs that write a document instead of giving
    /// commands.
    ///
    /// # Errors
    /// `unknown_agent`; `not_permitted`.
    pub fn check_absences(&self, agent: &str, absences: &[Absence]) -> Result<(), Problem> {
        self.state.slot(agent)?;
        self.state.permit_absences(&Id::from(agent), absences)
    }

    /// Returns the state in which an agent is shown in a conversation: available in one that the agent holds, else the
    /// agent's own state.
    ///
    /// # Errors
    /// `unknown_agent` or `unknown_conversation`.
    pub fn shown_in(&self, conversation: &str, agent: &str, at: Instant) -> Result<State, Problem> {
        let slot = self.state.slot(agent)?;
        let found = self.state.find(conversation).and_then(|reference| self.state.conversation(reference));
        let message = || {
            Problem::new(
                Code::UnknownConversation,
                format!("there is no conversation {conversation:?}", conversation = shortened(conversation)),
            )
        };
        if found.ok_or_else(message)?.phase == (Phase::Held { agent: slot }) {
            return Ok(State::Available);
        }
        Ok(self.status(agent, at)?.state)
    }
}

impl DeskState {
    /// Returns the conversations that match `wanted`, in the order of opening.
    pub fn all(&self, wanted: impl Fn(&Conversation) -> bool) -> Vec<ConversationRef> {
        let found = self.conversations.entries().filter(|(_, conversation)| wanted(conversation));
        found.map(|(reference, _)| reference).collect()
    }
}
