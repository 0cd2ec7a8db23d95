//! The command `configure`: parts of the document are replaced, or the desk takes over what differs in a whole one.

use crate::desk::command::Configuration;
use crate::desk::decide::Decider;
use crate::desk::decide::perform::Done;
use crate::desk::event::{ChangeType, EventKind};
use crate::desk::state::{Change, ConversationRef, DeskState, Resolved};
use crate::model::{Difference, Gone, Id, OwnStatus};
use crate::time::Instant;

impl Decider<'_> {
    /// Carries out what differs: first all that is new or other, as one event, then the removals, as those commands do. The
    /// kinds and statuses of what is removed are there until then.
    pub fn configure(&mut self, configuration: &Configuration, at: Instant) -> Done {
        let (mut difference, gone) = self.state.difference_to(configuration);
        self.state.check_unused_by(&difference, &gone, at)?;
        self.permit_change_of_rules(&difference, &gone)?;
        let last = self.state.keep_words_of_gone(&mut difference, &gone, at);
        self.take_over(&difference, at)?;
        self.remove_gone(&gone, at)?;
        self.take_over(&last, at)?;
        self.requeue_due(at);
        self.forget_overdue(at);
        Ok(())
    }

    fn take_over(&mut self, difference: &Difference, at: Instant) -> Done {
        if difference.is_empty() {
            return Ok(());
        }
        let (entry, read) = self.state.entry_of_difference(difference)?;
        let concerned = self.state.concerned_by(&read);
        let reach = self.state.reach_of_teams(&concerned);
        let rerouted = self.state.waiting_under_old_parts(&read);
        let kind = EventKind::DeskChanged {
            change: ChangeType::Configure,
            agent: None,
            team: None,
            inbox: None,
            holiday: None,
            entry: Some(entry),
        };
        self.emit(at, Resolved::of_change(Change::Configure(Box::new(read))), kind);
        self.announce_all_turns(at);
        rerouted.into_iter().for_each(|reference| self.look_at(reference));
        self.take_back_out_of_reach(&concerned, &reach, at);
        self.look_at_forsaken(&concerned, at);
        Ok(())
    }

    fn remove_gone(&mut self, gone: &Gone, at: Instant) -> Done {
        gone.holidays.iter().try_for_each(|holiday| self.remove_holiday(holiday, at))?;
        gone.inboxes.iter().try_for_each(|inbox| self.unless_stopped(|it| it.remove_inbox(inbox, at)))?;
        gone.agents.iter().try_for_each(|agent| self.unless_stopped(|it| it.remove_agent(agent, at)))?;
        gone.teams.iter().try_for_each(|team| self.unless_stopped(|it| it.remove_team(team, at)))
    }

    /// Carries out a part of the command, unless all of it will be rolled back.
    fn unless_stopped(&mut self, part: impl FnOnce(&mut Self) -> Done) -> Done {
        if self.is_stopped() { Ok(()) } else { part(self) }
    }

    /// Checks that the actor may change the rules that differ.
    fn permit_change_of_rules(&self, difference: &Difference, gone: &Gone) -> Done {
        let Some(by) = &self.by else { return Ok(()) };
        let changed = difference.inboxes.iter().map(|inbox| (&inbox.id, Some(inbox)));
        let mut changed = changed.chain(gone.inboxes.iter().map(|id| (id, None)));
        changed.try_for_each(|(id, entry)| self.state.permit_rules_of(by, id, entry))
    }
}

impl DeskState {
    fn difference_to(&self, configuration: &Configuration) -> (Difference, Gone) {
        match &configuration.document {
            Some(document) => self.roster.difference(document),
            None => {
                let Configuration { time_zone, working_hours, kinds, statuses, table_filters, settings, document: _ } =
                    configuration.clone();
                let wanted = Difference {
                    time_zone,
                    working_hours,
                    kinds,
                    statuses,
                    table_filters,
                    settings,
                    ..Difference::default()
                };
                (self.roster.differing_parts(wanted), Gone::default())
            }
        }
    }

    /// Adds to the new kinds and statuses those of entries which are gone. Returns the difference that takes them out at last.
    fn keep_words_of_gone(&self, difference: &mut Difference, gone: &Gone, at: Instant) -> Difference {
        let mut last = Difference::default();
        let kept_statuses = self.statuses_of_gone(difference.statuses.as_deref(), gone, at);
        let kept_kinds = self.kinds_of_gone(difference.kinds.as_deref(), gone, &kept_statuses);
        if let Some(new) = difference.statuses.clone().filter(|_| !kept_statuses.is_empty()) {
            let others = new.iter().filter(|own| kept_statuses.iter().all(|kept| kept.id != own.id)).cloned();
            let statuses = Some(others.chain(kept_statuses.iter().cloned()).collect());
            let with_kept = self.roster.differing_parts(Difference { statuses, ..Difference::default() });
            (difference.statuses, last.statuses) = (with_kept.statuses, Some(new));
        }
        if let Some(new) = difference.kinds.clone().filter(|_| !kept_kinds.is_empty()) {
            let kinds = Some(new.iter().cloned().chain(kept_kinds).collect());
            let with_kept = self.roster.differing_parts(Difference { kinds, ..Difference::default() });
            (difference.kinds, last.kinds) = (with_kept.kinds, Some(new));
        }
        last
    }

    /// Returns the statuses that agents have who are gone, and that are not among the new ones as they are.
    fn statuses_of_gone(&self, new: Option<&[OwnStatus]>, gone: &Gone, at: Instant) -> Vec<OwnStatus> {
        let Some(new) = new else { return Vec::new() };
        let stays = |own: &OwnStatus| new.iter().any(|new| new.id == own.id && new.state == own.state);
        let is_had = |own: &OwnStatus| gone.agents.iter().any(|agent| self.has_status(agent, &own.id, at));
        self.roster.own_statuses().iter().filter(|own| !stays(own) && is_had(own)).cloned().collect()
    }

    /// Returns the kinds of entries that are gone, and of statuses, which are not among the new ones.
    fn kinds_of_gone(&self, new: Option<&[Id]>, gone: &Gone, statuses: &[OwnStatus]) -> Vec<Id> {
        let Some(new) = new else { return Vec::new() };
        let is_of_status = |kind: &Id| statuses.iter().any(|own| own.kinds.iter().flatten().any(|it| it == kind));
        let is_kept = |kind: &&Id| !new.contains(*kind) && (self.have_kind(gone, kind) || is_of_status(kind));
        self.roster.named_kinds().iter().filter(is_kept).cloned().collect()
    }

    /// Returns `true` if an entry that is gone has a channel of a kind, or a limit for it.
    fn have_kind(&self, gone: &Gone, kind: &Id) -> bool {
        let mut inboxes = gone.inboxes.iter().filter_map(|id| self.roster.inbox(id));
        let mut agents = gone.agents.iter().filter_map(|id| self.roster.member(self.roster.slot(id)?));
        inboxes.any(|inbox| inbox.channels.iter().any(|channel| channel.kind == *kind))
            || agents.any(|member| member.entry.capacity.iter().any(|capacity| capacity.names(kind)))
    }

    /// Returns the conversations whose holder, team or step a difference may concern.
    fn concerned_by(&self, difference: &Difference) -> Vec<ConversationRef> {
        if difference.is_of_schedules() { Vec::new() } else { self.open() }
    }
}
