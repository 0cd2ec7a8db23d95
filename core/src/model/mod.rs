//! The data given by the embedder: agents, teams, inboxes, channels, conversations.

mod absence;
#[cfg(feature = "routing")]
mod address;
mod agent;
mod agent_condition;
mod attributes;
mod condition;
mod conversation;
#[cfg(feature = "routing")]
mod difference;
mod document;
mod hours;
mod inbox;
mod leaving;
mod message;
#[cfg(feature = "routing")]
mod new_document;
mod own_status;
mod pace;
mod priority;
mod reply_window;
mod rule;
mod script;
mod seen;
mod sender;
mod settings;
mod table_filter;
mod text;
mod travel;
mod visitor;
mod wait;
mod waiting_limit;

#[cfg(feature = "calendar")]
pub(crate) use absence::too_many_together;
pub use absence::{Absence, AbsenceTimes, Occasion};
#[cfg(feature = "routing")]
pub(crate) use address::Address;
pub use agent::{Agent, Capacity, Permission};
pub use agent_condition::{AgentCondition, AgentField};
pub use attributes::{Attributes, Extensions, Skills};
pub(crate) use condition::Operator;
#[cfg(feature = "routing")]
pub(crate) use condition::read_tests;
pub use condition::{Condition, Field, Test};
pub use conversation::{Contact, Details};
#[cfg(feature = "routing")]
pub(crate) use difference::{Difference, Gone, Order};
pub use document::{Document, Holiday, Team};
pub use hours::{DateHours, Interval, TimeOfDay, Weekday, WeeklyHours};
pub use inbox::{Access, Channel, Inbox};
pub use leaving::OnLeaving;
pub use message::MessageFrom;
#[cfg(feature = "routing")]
pub use new_document::NewDocument;
pub use own_status::{OwnStatus, State, StatusName};
#[cfg(feature = "routing")]
pub(crate) use pace::MOST_GIVEN;
pub use pace::{Pace, PacePer};
pub use priority::RaisePriority;
pub use reply_window::ReplyWindow;
pub use rule::{Otherwise, Rule, SkipIf, Step, Strategy, Target, Tie};
pub use script::{Chooser, OnError, ScriptCall};
pub use sender::{AddressList, ROLES, RoleAddresses, SenderFilters};
#[cfg(feature = "routing")]
pub(crate) use sender::{address_fault, read_address};
pub use settings::{Entitlements, OnAway, OnRemoved, Settings};
pub use table_filter::{Filter, TableFilter};
pub use text::{Language, LocalizedText};
pub use travel::Travel;
pub use visitor::{Faces, Instead, VisitorAvailability, VisitorSettings};
pub use wait::Wait;
pub use waiting_limit::WaitingLimit;

pub(crate) use crate::read::DeclaredScripts;
pub use crate::read::Id;

pub(crate) use agent::WEIGHT;
pub(crate) use attributes::canonical;
pub(crate) use conversation::{read_attributes, read_contact, read_skills};
#[cfg(feature = "schema")]
pub(crate) use document::SCHEMA;
pub(crate) use document::{all_kinds, check_scripts};
#[cfg(feature = "schema")]
pub(crate) use inbox::AccessWord;
pub(crate) use inbox::KINDS;
#[cfg(feature = "schema")]
pub(crate) use leaving::OnLeavingWord;
#[cfg(any(feature = "script", feature = "schema"))]
pub(crate) use rule::OtherwiseWord;
#[cfg(feature = "schema")]
pub(crate) use rule::TargetWord;
#[cfg(feature = "routing")]
pub(crate) use seen::Seen;
#[cfg(feature = "schema")]
pub(crate) use visitor::FacesWord;
