//! Checks that nothing is in use that a change of the document takes away.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::availability::ChannelSlot;
use crate::desk::state::DeskState;
use crate::model::{Difference, Gone, Id, OwnStatus, all_kinds};
use crate::problem::{Code, Problem, shortened};
use crate::time::Instant;

impl DeskState {
    /// Checks that nothing is in use at an instant that a difference takes out of the desk.
    ///
    /// # Errors
    /// `in_use`, with all that is.
    pub fn check_unused_by(&self, difference: &Difference, gone: &Gone, at: Instant) -> Result<(), Problem> {
        let used = self.in_use(&self.channels_gone(difference, gone));
        let mut problems: Vec<Problem> = used.iter().map(|(inbox, it)| in_use(inbox, it)).collect();
        if let Some(statuses) = &difference.statuses {
            self.check_statuses(statuses, gone, at, &mut problems);
        }
        if let Some(kinds) = &difference.kinds {
            self.check_kinds(&all_kinds(kinds), difference, gone, &mut problems);
        }
        together(problems)
    }

    /// Returns the channels that a difference takes out of the desk.
    fn channels_gone(&self, difference: &Difference, gone: &Gone) -> FxHashSet<ChannelSlot> {
        let of_gone = gone.inboxes.iter().flat_map(|inbox| self.roster.channels_of(inbox));
        let of_changed = difference.inboxes.iter().flat_map(|inbox| {
            let kept = |id: &Id| inbox.channels.iter().any(|channel| channel.id == *id);
            self.roster.channels_of(&inbox.id).filter(move |(_, channel)| !kept(&channel.entry.id))
        });
        of_gone.chain(of_changed).map(|(slot, _)| slot).collect()
    }

    /// Returns the inboxes of channels that have open conversations, each with one of them.
    fn in_use(&self, channels: &FxHashSet<ChannelSlot>) -> BTreeMap<Id, Id> {
        let open = self.open_in_channels(channels, |_| true);
        let used = open.into_iter().filter_map(|reference| self.conversation(reference));
        used.rev().map(|it| (it.details.inbox.clone(), it.id.clone())).collect()
    }

    /// Reports the agents who have a status that is not there any more, or has another state.
    fn check_statuses(&self, statuses: &[OwnStatus], gone: &Gone, at: Instant, problems: &mut Vec<Problem>) {
        let stays = |own: &OwnStatus| statuses.iter().any(|new| new.id == own.id && new.state == own.state);
        let gone_statuses: Vec<&OwnStatus> = self.roster.own_statuses().iter().filter(|own| !stays(own)).collect();
        if gone_statuses.is_empty() {
            return;
        }
        for agent in self.roster.members().map(|(_, member)| &member.entry.id).filter(|id| !gone.agents.contains(id)) {
            if let Some(own) = gone_statuses.iter().find(|own| self.has_status(agent, &own.id, at)) {
                let (status, agent) = (shortened(&own.id), shortened(agent));
                problems.push(Problem::new(Code::InUse, format!("{agent} has the status {status:?}")));
            }
        }
    }

    /// Returns `true` if an agent has a status of the document at an instant, or gets it back.
    pub fn has_status(&self, agent: &Id, status: &Id, at: Instant) -> bool {
        let by_hand = self.roster.slot(agent).and_then(|slot| self.by_hand(slot));
        let manual = by_hand.and_then(|by_hand| by_hand.manual.as_ref());
        manual.is_some_and(|manual| manual.has_status(status, at))
    }

    /// Reports the channels and limits of kinds that are not there any more.
    fn check_kinds(&self, kinds: &[Id], difference: &Difference, gone: &Gone, problems: &mut Vec<Problem>) {
        let changed = difference.inboxes.iter().map(|inbox| &inbox.id);
        let others: FxHashSet<&Id> = changed.chain(&gone.inboxes).collect();
        for inbox in self.roster.inboxes().filter(|inbox| !others.contains(&inbox.id)) {
            for channel in inbox.channels.iter().filter(|channel| !kinds.contains(&channel.kind)) {
                let (kind, channel, inbox) = (shortened(&channel.kind), shortened(&channel.id), shortened(&inbox.id));
                let message = format!("the kind {kind:?} is that of the channel {channel:?} of the inbox {inbox:?}");
                problems.push(Problem::new(Code::InUse, message));
            }
        }
        let statuses = difference.statuses.as_deref().unwrap_or(self.roster.own_statuses());
        for status in statuses {
            if let Some(kind) = status.kinds.iter().flatten().find(|kind| !kinds.contains(kind)) {
                let (kind, status) = (shortened(kind), shortened(&status.id));
                problems.push(Problem::new(Code::InUse, format!("the kind {kind:?} is one of the status {status:?}")));
            }
        }
        let changed = difference.agents.iter().map(|agent| &agent.id);
        let others: FxHashSet<&Id> = changed.chain(&gone.agents).collect();
        let agents = self.roster.members().map(|(_, member)| &member.entry);
        for agent in agents.filter(|agent| !others.contains(&agent.id)) {
            let capacity = agent.capacity.iter();
            let mut named = capacity.flat_map(|capacity| capacity.per_kind.keys().chain(&capacity.alone));
            if let Some(kind) = named.find(|kind| !kinds.contains(kind)) {
                let (kind, agent) = (shortened(kind), shortened(&agent.id));
                let message = format!("the kind {kind:?} is in the capacity of the agent {agent:?}");
                problems.push(Problem::new(Code::InUse, message));
            }
        }
    }
}

/// Returns the problem of an inbox whose channels are to go, and have open conversations.
pub fn in_use(inbox: &Id, conversation: &Id) -> Problem {
    let (inbox, conversation) = (shortened(inbox), shortened(conversation));
    Problem::new(Code::InUse, format!("{inbox} has open conversations, such as {conversation:?}"))
}

/// Returns one problem that tells all; it has the code of the first.
fn together(problems: Vec<Problem>) -> Result<(), Problem> {
    const TOLD: usize = 10;
    let more = problems.len().saturating_sub(TOLD);
    let mut problems = problems.into_iter();
    let Some(mut first) = problems.next() else { return Ok(()) };
    for problem in problems.take(TOLD - 1) {
        first.message = format!("{}; {}", first.message, problem.message);
    }
    if more > 0 {
        first.message = format!("{}; and {more} more", first.message);
    }
    Err(first)
}
