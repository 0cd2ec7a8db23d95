//! The command `configure`: parts of the document are replaced, or the desk takes over what differs in a whole one.

use crate::desk::command::Configuration;
use crate::desk::decide::Decider;
use crate::desk::decide::perform::Done;
use crate::desk::event::{ChangeType, EventKind};
use crate::desk::state::{Change, ConversationRef, DeskState, Resolved};
use crate::model::{Difference, Gone};
use crate::time::Instant;

impl Decider<'_> {
    /// Carries out what differs: first all that is new or other, as one event, then the removals, as those commands do.
    pub fn configure(&mut self, configuration: &Configuration, at: Instant) -> Done {
        let (difference, gone) = self.state.difference_to(configuration);
        self.state.check_unused_by(&difference, &gone)?;
        self.permit_change_of_rules(&difference, &gone)?;
        if !difference.is_empty() {
            self.take_over(&difference, at)?;
        }
        self.remove_gone(&gone, at)?;
        self.forget_overdue(at);
        Ok(())
    }

    fn take_over(&mut self, difference: &Difference, at: Instant) -> Done {
        let (entry, read) = self.state.entry_of_difference(difference)?;
        let concerned = self.state.concerned_by(&read);
        let reach = self.state.reach_of_teams(&concerned);
        let rerouted = self.state.waiting_under_old_rules(&read.inboxes);
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
                let Configuration { time_zone, working_hours, kinds, settings, document: _ } = configuration.clone();
                let wanted = Difference { time_zone, working_hours, kinds, settings, ..Difference::default() };
                (self.roster.differing_parts(wanted), Gone::default())
            }
        }
    }

    /// Returns the conversations whose holder, team or step a difference may concern.
    fn concerned_by(&self, difference: &Difference) -> Vec<ConversationRef> {
        if difference.is_of_schedules() { Vec::new() } else { self.all(|it| it.is_open()) }
    }
}
