//! Availability: schedules, statuses, coverage, and the view of visitors.

mod absent;
mod ask;
mod calendar;
mod compile;
mod coverage;
mod draw;
mod flatten;
mod manual;
mod published;
mod recurring;
mod roster;
mod schedule;
mod search;
mod status;
mod travel;
pub(crate) mod unknown;
mod visitor;
mod working_days;
mod working_time;

pub use ask::{Available, HoursOf, Scope};
pub use coverage::{Coverage, CoverageStep, Staffed, StaffedStep};
pub use published::{Published, PublishedChannel, VisitorChange, VisitorTexts};
pub use status::{Period, Reason, State, Status};
pub use visitor::{Shown, Visitor, VisitorState, VisitorView};
pub use working_days::{WorkingDays, WorkingTime};

pub(crate) use ask::MOST_DAYS;
#[cfg(feature = "routing")]
pub(crate) use calendar::Rules;
pub(crate) use compile::is_member;
pub(crate) use draw::hash;
pub(crate) use manual::{Manual, Presence};
pub(crate) use roster::handle::handle;
pub(crate) use roster::{
    AgentSet, AgentSlot, BITS, ChannelSlot, CompiledChannel, KindIndex, Member, Members, Roster, SetRef, StepTarget,
    bits_of, word_of,
};
#[cfg(feature = "routing")]
pub(crate) use roster::{MOST_IN_TURN, Written, inverse};
pub(crate) use status::Stretch;

use std::sync::Arc;

use self::ask::Memo;
use crate::model::Document;
use crate::problem::Problems;
use crate::read::Known;
use crate::shared::{SharedMap, resize};
use crate::time::Instant;

/// The agents, teams and inboxes of a document, for questions about availability.
///
/// A desk answers the same questions, with the statuses set by its commands.
///
/// ```
/// use frontdesk::{Availability, State, time::Instant};
///
/// let availability = Availability::from_json(r#"{"version": 1, "time_zone": "Europe/Stockholm", "agents": [{"id": "anna",
///     "working_hours": [{"days": ["fri"], "start": "09:00", "end": "17:00"}]}]}"#)?;
/// let friday = Instant::parse("2026-11-20T10:00:00Z")?;
/// assert_eq!(availability.status("anna", friday)?.state, State::Available);
/// # Ok::<(), frontdesk::Problems>(())
/// ```
#[derive(Debug, Clone)]
pub struct Availability {
    pub(crate) roster: Arc<Roster>,
    /// By slot.
    by_hand: Vec<ByHand>,
    /// The agent who last held a conversation of a contact, by contact.
    pub(crate) last_agents: SharedMap<AgentSlot>,
    /// The number of changes so far; of no meaning but to know an answer that may be another by now.
    changes: u64,
    memo: Memo,
}

/// The part of an agent's status that was set by hand.
#[derive(Debug, Clone, Default)]
pub(crate) struct ByHand {
    pub manual: Option<Manual>,
    /// The instant at which a command last changed state or reason.
    pub changed_at: Option<Instant>,
}

impl Availability {
    /// The availability that a document describes, in the bundled zones.
    pub fn new(document: Document) -> Availability {
        Availability::of(Roster::new(document))
    }

    /// The availability that a JSON document describes.
    ///
    /// # Errors
    /// All problems of the document, each with path, line and column.
    pub fn from_json(text: &str) -> Result<Availability, Problems> {
        Document::from_json(text).map(Availability::new)
    }

    pub(crate) fn of(roster: Roster) -> Self {
        let mut availability = Availability {
            roster: Arc::new(roster),
            by_hand: Vec::new(),
            last_agents: SharedMap::default(),
            changes: 0,
            memo: Memo::default(),
        };
        availability.make_room();
        availability
    }

    /// The document as it is now.
    pub fn document(&self) -> Document {
        self.roster.document()
    }

    /// Returns the names that a text about this desk may refer to.
    pub(crate) fn known(&self) -> &Known {
        self.roster.known()
    }

    /// Returns the data that decides an agent's status.
    pub(crate) fn presence(&self, slot: AgentSlot) -> Option<Presence<'_>> {
        let member = self.roster.member(slot)?;
        let by_hand = self.by_hand(slot)?;
        Some(Presence {
            schedule: &member.schedule,
            active: member.entry.active,
            manual: by_hand.manual.as_ref(),
            changed_at: by_hand.changed_at,
            statuses: self.roster.own_statuses(),
        })
    }

    pub(crate) fn by_hand(&self, slot: AgentSlot) -> Option<&ByHand> {
        self.by_hand.get(slot.index())
    }

    // ---- changing

    /// The number of changes so far.
    #[cfg(feature = "routing")]
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    pub(crate) fn set_by_hand(&mut self, slot: AgentSlot, by_hand: ByHand) {
        self.changes += 1;
        if let Some(place) = self.by_hand.get_mut(slot.index()) {
            *place = by_hand;
        }
    }

    /// Changes the roster.
    pub(crate) fn roster_mut(&mut self) -> &mut Roster {
        self.changes += 1;
        Arc::make_mut(&mut self.roster)
    }

    /// Gives every agent another slot.
    #[cfg(feature = "routing")]
    pub(crate) fn move_agents(&mut self, to: impl Fn(AgentSlot) -> AgentSlot) {
        self.roster_mut().move_agents(&to);
        let before = std::mem::take(&mut self.by_hand);
        self.make_room();
        for (slot, by_hand) in (0..).map(AgentSlot::of).zip(before) {
            self.set_by_hand(to(slot), by_hand);
        }
        self.last_agents.values_mut().for_each(|slot| *slot = to(*slot));
    }

    /// Restores an earlier roster.
    pub(crate) fn restore_roster(&mut self, roster: Arc<Roster>) {
        self.changes += 1;
        self.roster = roster;
        self.make_room();
    }

    /// Makes room for all agents of the roster.
    pub(crate) fn make_room(&mut self) {
        resize(&mut self.by_hand, self.roster.slot_count());
    }
}
