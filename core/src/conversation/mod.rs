//! Rules about conversations: which senders are filtered, when a reply may be sent, and when a bot is done.
//!
//! Plain functions of the document and of what is told; a desk keeps the phases that follow from them.

pub(crate) mod bots;
pub(crate) mod senders;
pub(crate) mod windows;

pub use senders::FilteredBecause;
