//! Routing scripts and conditions in Rhai, which filter, score or pick over read-only views.
//!
//! A script is a file that defines any of the [hooks](Scripts::all_hooks); the hooks it defines are called. Constants at its
//! top are its parameters. A step names it: `"strategy": {"script": "vip_first", "params": {"boost": 20}}`; `on_error` says
//! what happens if it fails (`skip_step`, or a built-in strategy).
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
//! # Guarantees
//!
//! - **A budget.** A call has 100,000 operations; all calls for a conversation at a step share as many, plus a hundredth for
//!   each agent asked about. Reading a variable and calling a native function cost one operation for each 128 bytes touched,
//!   so memory is bounded too, and a script ends at the same operation on every machine. All calls at one instant of a
//!   command share 2,000,000 operations, and each question has a few hundred reserved.
//! - **Plain expressions are fast.** A condition, and a script whose `eligible` and `score` are each one expression of members,
//!   literals, parameters, `+ - * / %`, comparisons, `&&`, `||`, `!`, `??` and `if`, are evaluated without Rhai. Values, failures
//!   and operations are those of Rhai: where an expression would fail or spend its budget, Rhai evaluates it.
//! - **The same everywhere.** No clock, no input or output, no randomness but [`random`](Scripts::api) from the desk's seed,
//!   and no state that lasts from one call to the next. Floats can only be added, multiplied, divided, rounded and rooted,
//!   which IEEE 754 defines exactly; there is no `**`.
//! - **Read-only views** of this conversation, its contact, the agents, and the desk at this instant. Closures copy the
//!   variables that they capture.
//! - **A failure never loses a conversation.** It is an event, `script_failed`, with file, line, column and calls. The step
//!   then does as `on_error` says, a condition does not hold, and a priority or fallback is as if it had not been given. The
//!   same failure (rule, step, text, place) is reported once for a conversation, and at most 16 different ones are.
//!
//! # When hooks are called
//!
//! `eligible`, `score` and `pick` are called whenever a conversation is decided: on arrival, when it comes back, when a step
//! is added, and when something changes about an agent whom the step names and who passes all other checks. An agent whom a
//! script refused is asked about again then, and not because time passes; the script sees everything as of that instant. A
//! conversation that a script refuses does not stand for others of its kind, so the script is asked about every waiting one,
//! unless it has no `pick`, and its `eligible` and `score` read neither their conversation nor `random`: then it is asked about the
//! first of those that have the same channel, rule, steps and skills, and about the next when something has changed.
//! `priority` is called when a conversation begins a rule, and when it is updated and stays under the rule. `fallback` is
//! called when a conversation has reached the step and found nobody. `when` is evaluated in the order of the rules, for
//! those whose `match` holds. Rebuilding a desk from events calls no script.

mod api;
mod budget;
mod call;
mod choose;
mod engine;
mod expression;
mod failure;
mod functions;
mod hooks;
mod inside;
mod install;
mod library;
mod members;
mod params;
mod plain;
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
