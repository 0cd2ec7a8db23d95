//! Channels, compiled: their office hours, the agents with access, and the targets of their rules.

use std::sync::Arc;

use super::Roster;
use super::handle::{AgentSlot, SetRef};
use super::named_sets::{NamedSets, Names};
use crate::availability::calendar::Calendar;
use crate::availability::compile::Compiler;
#[cfg(feature = "routing")]
use crate::availability::working_time;
use crate::availability::working_time::Piece;
use crate::model::{Access, AgentCondition, Channel, Id, Inbox, Rule, Target};
#[cfg(feature = "routing")]
use crate::time::Duration;
use crate::time::Instant;

/// The index of a channel kind in the roster.
pub(crate) type KindIndex = usize;

/// A channel, with data compiled from its entry.
#[derive(Debug, Clone)]
pub(crate) struct CompiledChannel {
    pub inbox: Id,
    pub entry: Arc<Channel>,
    pub kind: KindIndex,
    pub office: Arc<Calendar>,
    /// The agents with access to the inbox.
    pub access: SetRef,
    /// The targets of its rules, step by step.
    pub targets: Vec<StepTarget>,
    /// `true` if a rule begins with a bot, which is always available.
    pub begins_with_bot: bool,
}

impl CompiledChannel {
    /// Returns the piece of open or closed time around an instant, by the office hours.
    pub fn piece_at(&self, at: Instant) -> Piece {
        let stretch = self.office.stretch_at(at);
        Piece { open: stretch.hours.is_open(), start: stretch.start, end: stretch.end }
    }

    /// Returns the instant at which that much time of the office hours has passed since an instant; `MAX` if there is not
    /// that much.
    #[cfg(feature = "routing")]
    pub fn office_time_after(&self, from: Instant, time: Duration) -> Instant {
        // Once the deadline has passed, the command is taken back, whatever the answer.
        let reached = working_time::after(|at| self.piece_at(at), |_| Ok(()), from, time);
        reached.ok().flatten().unwrap_or(Instant::MAX)
    }

    /// Returns the end of the longest wait in its queue, of a conversation that is counted from an instant.
    #[cfg(feature = "routing")]
    pub fn longest_wait(&self, from: Instant) -> Option<Instant> {
        // A limit that was built in Rust may end in the queue, where the conversation is already.
        let limit = self.entry.waiting_limit.as_ref().filter(|limit| limit.otherwise != crate::model::Otherwise::Queue);
        let longest = limit?.longest?;
        Some(from.saturating_add(longest.millis()))
    }
}

/// The target of a step.
#[derive(Debug, Clone)]
pub(crate) enum StepTarget {
    /// The same agents for every conversation; `listed` are the agents named by id, in their order.
    Fixed {
        set: SetRef,
        listed: Vec<AgentSlot>,
    },
    ContactOwner,
    LastAgent,
    Bot(Id),
}

/// Compiles channels.
pub(super) struct ChannelCompiler<'a> {
    pub roster: &'a Roster,
    pub sets: &'a mut NamedSets,
    pub calendars: &'a mut Compiler,
}

impl ChannelCompiler<'_> {
    pub fn access(&mut self, inbox: &Inbox) -> SetRef {
        match &inbox.access {
            Access::Everyone => SetRef::EVERYONE,
            Access::Only { teams, agents, .. } => self.named(agents, teams, true, &[]),
        }
    }

    pub fn channel(&mut self, inbox: &Inbox, channel: &Channel, access: SetRef) -> CompiledChannel {
        let Roster { time_zone, holidays, .. } = self.roster;
        let office = self.calendars.office(inbox, channel, time_zone, holidays);
        let steps = channel.rules.iter().flat_map(|rule| &rule.steps);
        let targets = steps.map(|step| self.target(&step.assign_to, access)).collect();
        let is_bot = |rule: &Rule| matches!(rule.steps.first().map(|step| &step.assign_to), Some(Target::Bot(_)));
        CompiledChannel {
            inbox: inbox.id.clone(),
            entry: Arc::new(channel.clone()),
            kind: self.roster.kinds.iter().position(|kind| *kind == channel.kind).unwrap_or_default(),
            office,
            access,
            targets,
            begins_with_bot: channel.rules.iter().any(is_bot),
        }
    }

    fn target(&mut self, target: &Target, access: SetRef) -> StepTarget {
        match target {
            Target::Named { agents, teams, extra, conditions } => StepTarget::Fixed {
                set: self.named(agents, teams, *extra, conditions),
                listed: agents.iter().filter_map(|agent| self.roster.slot(agent)).collect(),
            },
            Target::Everyone => StepTarget::Fixed { set: access, listed: Vec::new() },
            Target::ContactOwner => StepTarget::ContactOwner,
            Target::LastAgent => StepTarget::LastAgent,
            Target::Bot(name) => StepTarget::Bot(name.clone()),
        }
    }

    fn named(&mut self, agents: &[Id], teams: &[Id], extra: bool, conditions: &[AgentCondition]) -> SetRef {
        let roster = self.roster;
        let (agents, teams, conditions) = (agents.to_vec(), teams.to_vec(), conditions.to_vec());
        let names = Names { agents, teams, extra, conditions };
        self.sets.named(names, |agent| roster.slot(agent), |slot| Some(&*roster.member(slot)?.entry))
    }
}
