//! Strategies written in the language that embeds frontdesk, beside built-in strategies and scripts.
//!
//! A step names one as it names a script, `"strategy": {"script": "mine", "params": {"boost": 20}}`; `on_error` says what
//! happens if it fails. The desk passes it a [`Question`]: the candidates, the conversation, and the desk at this instant,
//! read-only, with the same data that scripts see. It returns a [`Choice`].
//!
//! ```
//! use frontdesk::strategies::{Choice, Failed, Question, Strategies};
//! use frontdesk::Reader;
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
//! let mut desk = Reader::new().strategies(strategies).desk(text)?;
//! let events = desk.handle_json(
//!     r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#,
//! )?;
//! assert!(events[1].to_json().contains(r#""agent":"bo","rule":"all","step":1,"strategy":"strategy:mentor_first""#));
//! # Ok::<(), frontdesk::Problems>(())
//! ```
//!
//! # Hooks
//!
//! A strategy may have the hooks that scripts have, which [`OwnStrategy::hooks`] names: [`eligible`](OwnStrategy::eligible)
//! refuses candidates, each with a reason; [`priority`](OwnStrategy::priority) gives a conversation its place in the queue;
//! [`fallback`](OwnStrategy::fallback) says what follows when nobody is found. Events call it by its name,
//! `strategy:mentor_first`, and stories do, too.
//!
//! ```
//! use frontdesk::strategies::{Admission, AgentView, Choice, Failed, OwnHooks, OwnStrategy, Question};
//!
//! /// Gives a conversation to whoever speaks its language, people of large accounts first.
//! struct ByLanguage;
//!
//! impl OwnStrategy for ByLanguage {
//!     fn hooks(&self) -> OwnHooks {
//!         OwnHooks { eligible: true, priority: true, ..OwnHooks::default() }
//!     }
//!
//!     fn eligible(&self, question: &Question, agent: AgentView<'_>) -> Result<Admission, Failed> {
//!         let language = question.conversation().attributes().get("language").and_then(|it| it.as_str());
//!         let speaks = language.is_none_or(|language| agent.skill(language) > 0);
//!         Ok(if speaks { Admission::Yes } else { Admission::Because("does not speak the language".to_owned()) })
//!     }
//!
//!     fn priority(&self, question: &Question) -> Result<Option<i64>, Failed> {
//!         let is_large = question.conversation().attributes().contains_key("large_account");
//!         Ok(is_large.then_some(10))
//!     }
//!
//!     fn choose(&self, question: &Question) -> Result<Choice, Failed> {
//!         let first = question.candidates().next();
//!         Ok(first.map_or(Choice::Nobody, |agent| Choice::Because(agent.id().clone(), "speaks it".to_owned())))
//!     }
//! }
//! ```
//!
//! # Guarantees
//!
//! - It is called when a script would be, and only if an agent is eligible: it chooses among those who passed every check.
//! - **A failure never loses a conversation.** An error, an invalid answer, or a name without a strategy is a
//!   `script_failed`, reported once for the same place; the step does as `on_error` says. A panic is handled in the same way
//!   if panics unwind.
//! - Rebuilding a desk from events calls no strategy.
//!
//! In turn, a strategy has to decide by its question alone: if it reads a clock or draws random numbers, its commands no
//! longer lead to the same events. It has no budget, so a command takes as long as it does.
//! [`handle_with`](Desk::handle_with) checks the deadline before and after each call, but not during one.
//!
//! **A snapshot holds no strategies**, and no scripts. A [`Reader`](crate::Reader) restores a desk with them; without them,
//! [`missing_strategies`](Desk::missing_strategies) lists their names, and their steps do as `on_error` says.

mod install;
mod set;
mod views;

pub use crate::routing::extension::{FallBack, Held};
pub use set::{Admission, Choice, Failed, OwnHooks, OwnStrategy, Strategies};
pub use views::{AgentView, ConversationView, DeskView, Question};

#[cfg(doc)]
use crate::desk::Desk;
