//! Routing scripts and conditions in Rhai: all, who filter, score or pick over read-only views.
//!
//! A script is a file that defines any of the [hooks](Scripts::all_hooks); what it defines is what is called. Constants at
//! its top are its parameters. A step names it: `"strategy": {"script": "vip_first", "params": {"boost": 20}}`, and says
//! with `on_error` what happens when it fails (`skip_step`, or a strategy that is built in).
//!
//! ```rhai
//! const boost = 20;
//!
//! fn score(agent, conversation, desk) {
//!     let score = -agent.load;
//!     if conversation.contact.attributes.vip == true && agent.is_in("vip") { score += boost; }
//!     score
//! }
//! ```
//!
//! # What is promised
//!
//! - **A budget.** A call has 100,000 operations; all calls for a conversation at a step together have as many, and a
//!   hundredth more for each agent asked about. Reading a variable, and every native function, costs by the bytes
//!   touched, 128 to an operation: so memory is bounded too, and a script ends at the same operation on every machine.
//!   All that is asked at one instant of a command has 2,000,000 operations together, anew for every instant that falls due,
//!   and each question a few hundred that nobody else can spend.
//! - **The same everywhere.** No clock, no chance but [`random`](Scripts::api) from the desk's seed, no input or output,
//!   nothing that lasts from one call to the next. Numbers with a point are only added, multiplied, divided, rounded and
//!   rooted, which IEEE 754 fixes; `**` is not there.
//! - **Views that cannot be changed**, of this conversation, its contact, the agents, the desk at this instant. Closures
//!   take copies of the variables around them.
//! - **A failure never loses a conversation.** It is an event, `script_failed`, with file, line, column and calls; the step
//!   does what `on_error` says, a condition does not hold, a priority or fallback counts as not given. The same failure
//!   (rule, step, text, place) is told once for a conversation, and at most 16 of all of them.
//!
//! # When scripts are asked
//!
//! `eligible`, `score` and `pick` are asked whenever a conversation is looked at: on arrival, when it comes back, when a
//! step is added, and when something about an agent changed whom the step names and who passes all other checks. What a
//! script refused is asked again then, and not by the mere passing of time; everything it sees is as at that instant. A
//! conversation that a script refuses does not stand for others of its kind, so every waiting one is asked about.
//! `priority` is asked when a conversation begins a rule, and when it is updated and goes on under it. `fallback` is asked
//! when a conversation has just reached the step and found nobody. `when` is asked in the order of the rules, for those
//! whose `match` holds. Events alone rebuild a desk: no script is asked for that.

mod api;
mod budget;
mod call;
mod engine;
mod failure;
mod hooks;
mod inside;
mod install;
mod library;
mod members;
mod params;
mod random;
pub mod reference;
mod set;
mod shape;
mod sort;
mod spare;
#[cfg(feature = "script-testing")]
pub mod testing;
mod views;
pub(crate) mod warnings;
mod when;
mod words;

pub use api::Member;
pub use hooks::Hook;
pub use set::Scripts;

pub(crate) use when::{check_when, compile_when};
