//! Strategies of your own, in the language that embeds frontdesk: beside those that are built in, and beside scripts.
//!
//! A step names one as it names a script, `"strategy": {"script": "mine", "params": {"boost": 20}}`, and says with `on_error`
//! what happens when it fails. The desk gives it a [`Question`]: who may be chosen, the conversation, and the desk at this
//! instant, all read-only, the same that scripts see. It answers with a [`Choice`].
//!
//! ```
//! use frontdesk::strategies::{Choice, Failed, Question, Strategies};
//! use frontdesk::{Desk, Document, time::Zones};
//!
//! fn mentor_first(question: &Question) -> Result<Choice, Failed> {
//!     let mentor = question.candidates().find(|agent| agent.attributes().contains_key("mentor"));
//!     Ok(mentor.map_or(Choice::Nobody, |agent| Choice::Agent(agent.id().clone())))
//! }
//!
//! let strategies = Strategies::new().with("mentor_first", mentor_first);
//! let text = r#"{
//!     "version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}, {"id": "bo", "attributes": {"mentor": true}}],
//!     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [
//!         {"assign_to": "everyone", "strategy": {"script": "mentor_first"}, "on_error": "least_busy"}]}]}]}]
//! }"#;
//! let mut desk = Desk::new(Document::from_json_with_strategies(text, &Zones::bundled(), &strategies)?);
//! desk.set_strategies(strategies)?;
//! let events = desk.handle_json(
//!     r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#,
//! )?;
//! assert!(events[1].to_json().contains(r#""agent":"bo","rule":"all","step":1,"strategy":"script:mentor_first""#));
//! # Ok::<(), frontdesk::Problems>(())
//! ```
//!
//! # What is promised
//!
//! - It is asked when a script would be, and only where somebody is eligible: it chooses among those who passed every check.
//! - **A failure never loses a conversation.** What it gives back as an error, an answer that makes no sense, and a name that
//!   nobody answers to are each a `script_failed`, told once for the same place; the step does what `on_error` says. So is a
//!   panic, where panics unwind.
//! - Events alone rebuild a desk: no strategy is asked for that.
//!
//! And what is asked of it: to decide by what it is shown alone. A strategy that looks at a clock or draws lots makes a desk
//! whose events cannot be had again from its commands. It has no budget, either: a command takes as long as it does. Under
//! [`handle_with`](Desk::handle_with) the time is looked at before and after each call, and not during one.
//!
//! **A snapshot holds no strategies**, as it holds no scripts. A restored desk is [given them again](Desk::restore_with_strategies);
//! until then [`missing_strategies`](Desk::missing_strategies) names them, and their steps do what `on_error` says.

mod install;
mod set;
mod views;

pub use crate::routing::extension::Held;
pub use set::{Choice, Failed, OwnStrategy, Strategies};
pub use views::{AgentView, ConversationView, DeskView, Question};

#[cfg(doc)]
use crate::desk::Desk;
