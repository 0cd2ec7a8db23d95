//! Availability: schedules, statuses, coverage, and the view of visitors.

mod absent;
mod calendar;
mod compile;
pub(crate) mod coverage;
mod draw;
mod flatten;
mod manual;
mod published;
mod recurring;
mod roster;
mod schedule;
mod search;
mod status;
mod visitor;
pub(crate) mod working_time;

pub use coverage::{Coverage, CoverageStep, Staffed, StaffedStep};
pub use published::{Published, PublishedChannel, Told, VisitorChange};
pub use status::{Period, Reason, State, Status};
pub use visitor::{Shown, Visitor, VisitorState, VisitorView};

pub(crate) use compile::is_member;
pub(crate) use draw::hash;
pub(crate) use manual::{Manual, Presence};
pub(crate) use roster::handle::handle;
pub(crate) use roster::{
    AgentSet, AgentSlot, BITS, ChannelSlot, CompiledChannel, KindIndex, Member, Roster, SetRef, StepTarget, bits_of,
    word_of,
};
pub(crate) use schedule::Schedule;
pub(crate) use status::Stretch;
pub(crate) use visitor::Scene;
pub(crate) use working_time::Piece;
