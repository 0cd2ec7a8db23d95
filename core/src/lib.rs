//! frontdesk answers two questions for any program that has people answering conversations: **who is available?** and
//! **who gets this conversation, and why?**
//!
//! ```
//! use frontdesk::{Desk, time::Instant};
//!
//! let desk = Desk::from_json(r#"{"version": 1, "time_zone": "Europe/Stockholm", "agents": [{"id": "anna",
//!     "working_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"}]}]}"#)?;
//! let status = desk.status("anna", Instant::parse("2026-11-20T17:30:00Z")?)?;
//! assert_eq!(status.reason.as_str(), "outside_working_hours");
//! assert_eq!(status.until.unwrap().to_string(), "2026-11-23T08:00:00.000Z");
//! # Ok::<(), frontdesk::Problems>(())
//! ```
//!
//! Three things are all there is to learn:
//!
//! - A [`Document`] describes a desk: agents with their hours and absences, teams, inboxes with channels and rules. It is
//!   read from JSON, strictly, and [every problem](Problems) of it is reported at once, with its path, line and column.
//! - A [`Desk`] is made of it, and is an [`Availability`] that can be asked, at any instant: [`status`](Availability::status), [`schedule`](Availability::schedule),
//!   [`available`](Availability::available), [`coverage`](Availability::coverage), [`working_time`](Availability::working_time),
//!   [`visitor`](Availability::visitor), [`publish`](Availability::publish) and more.
//! - A desk takes [commands](Command) with their instant and gives [events](Event): [`Desk::handle`]. Nothing else
//!   changes it. [`Desk::next_wakeup`] says when something falls due, and [`Desk::advance`] lets time pass.
//!   [`story`] turns the events of one conversation into plain sentences. Where what is built in does not choose as you
//!   would, a step may ask a strategy of your own: [`strategies`].
//!
//! There is no clock, no randomness and no I/O in here: the program that embeds it brings the time and stores what it wants
//! to keep, either a [snapshot](Desk::snapshot) or its [turns](Turn), which [rebuild](Desk::rebuild) the desk exactly.
//!
//! Instants are UTC in milliseconds, from 2000 up to 2200. Zones follow the newest tz database, which is built in; see
//! [`time`] for what that means at a change of the clocks.
//!
//! # Features
//!
//! All are off by default, but for `routing`.
//!
//! - `routing`: rules say who gets a conversation: [`Desk`], commands and events. Without it there is [`Availability`] alone,
//!   for programs that ask who is available: the form of rules is checked, whichever scripts they name, and nobody is chosen.
//! - `recurrence`: absences that repeat, by the rules of RFC 5545. Without it, a document that has one gets the problem
//!   `unsupported_feature`.
//! - `calendar`: absences, working hours and holidays from iCalendar files, Google and Microsoft, and back; brings
//!   `recurrence` with it.
//! - `script`: conditions and routing scripts in Rhai; see the module `script`. With `routing` and without it, a document
//!   that has one gets the problem `unsupported_feature`.
//! - `schema`: JSON Schemas of the desk document, of commands and of events; brings `routing` with it.
//! - `chrono-tz`: `chrono_tz::Tz` is accepted wherever a zone is named.
//! - `zoneinfo`: zones are read from the files of a zoneinfo folder that is named explicitly.
//!
//! For `wasm32-unknown-unknown`, the core is built without a single import, also with `recurrence`, `calendar` and `script`.

#![forbid(unsafe_code)]
#![cfg_attr(
    not(feature = "routing"),
    allow(dead_code, unused_imports, reason = "availability alone leaves unused what decisions need of it")
)]

mod availability;
#[cfg(feature = "calendar")]
pub mod calendar;
#[cfg(feature = "routing")]
mod conversation;
mod deadline;
#[cfg(feature = "routing")]
pub mod desk;
mod model;
#[cfg(test)]
mod order;
mod problem;
pub mod questions;
mod read;
mod reader;
#[cfg(feature = "routing")]
mod routing;
pub mod schema;
#[cfg(feature = "script")]
pub mod script;
mod shared;
#[cfg(feature = "routing")]
pub mod story;
#[cfg(feature = "routing")]
pub mod strategies;
pub mod time;
#[cfg(feature = "routing")]
mod warnings;

pub use availability::{
    Availability, Available, Coverage, CoverageStep, HoursOf, Period, Published, PublishedChannel, Reason, Scope,
    Shown, Staffed, StaffedStep, State, Status, Visitor, VisitorChange, VisitorState, VisitorTexts, VisitorView,
    WorkingDays, WorkingTime,
};
#[cfg(feature = "routing")]
pub use conversation::FilteredBecause;
pub use deadline::Deadline;
#[cfg(feature = "routing")]
pub use desk::{Command, Desk, Event, LEAP_EVENTS, Options, Turn};
pub use model::{
    Absence, AbsenceTimes, Access, AddressList, Agent, AgentCondition, AgentField, Attributes, Capacity, Channel,
    Chooser, Condition, Contact, DateHours, Details, Document, Entitlements, Extensions, Faces, Field, Holiday, Id,
    Inbox, Instead, Interval, Language, LocalizedText, MessageFrom, Occasion, OnAway, OnError, OnLeaving, OnRemoved,
    Otherwise, OwnStatus, Pace, PacePer, Permission, ROLES, RaisePriority, ReplyWindow, RoleAddresses, Rule,
    ScriptCall, SenderFilters, Settings, Skills, SkipIf, StatusName, Step, Strategy, TableFilter, Target, Team, Test,
    Tie, TimeOfDay, Travel, VisitorAvailability, VisitorSettings, Wait, WaitingLimit, Weekday, WeeklyHours,
};
pub use problem::{Code, Position, Problem, Problems, Severity};
pub use reader::Reader;
#[cfg(feature = "routing")]
pub use routing::{Considered, Failure, Ineligible, IneligibleReason, Limit};

/// The examples of the README.
#[cfg(all(doctest, feature = "routing"))]
#[doc = include_str!("../README.md")]
struct Readme;
