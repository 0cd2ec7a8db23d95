//! Rules about conversations: which senders are filtered, when a reply may be sent, when a bot is done, and what views show.
//!
//! Plain functions of the document and of what is told; a desk keeps the phases that follow from them.

pub(crate) mod bots;
pub(crate) mod senders;
pub(crate) mod views;
pub(crate) mod windows;

pub use senders::FilteredBecause;
pub use views::View;
