//! Messages of a conversation. The desk keeps no texts: it is told who wrote, when, and the id of the message.

use crate::problem::vocabulary;

vocabulary! {
    /// Who wrote a message.
    #[non_exhaustive]
    pub enum MessageFrom {
        /// The contact.
        Visitor = "visitor",
        /// An agent.
        Agent = "agent",
        /// A bot.
        Bot = "bot",
        /// A program, such as one that sends notices.
        Automated = "automated",
    }
}
