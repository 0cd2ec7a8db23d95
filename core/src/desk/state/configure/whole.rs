//! Taking over what differs in another document.

use std::sync::Arc;

use crate::desk::event::Entry;
use crate::desk::state::DeskState;
use crate::desk::state::check::misfit;
use crate::desk::state::configure::{first, in_entry};
use crate::desk::state::journal::Undo;
use crate::model::{Difference, Gone, Id, all_kinds};
use crate::problem::Problem;
use crate::read::{self, Known, Node};
use crate::routing::RuleBook;
use crate::time::Instant;

impl DeskState {
    /// Returns the entry of a difference, and the difference read again from it, as
    /// [`entry_of`](Self::entry_of) does.
    pub fn entry_of_difference(&self, difference: &Difference) -> Result<(Entry, Difference), Problem> {
        let entry = Entry::of(difference);
        let read = read::from_node(&entry.0, &self.known_in(&entry.0), Difference::read).map_err(first)?;
        Ok((entry, read))
    }

    /// Reads a difference that was read before, of an event at an instant.
    pub(super) fn read_difference(&self, entry: Option<&Entry>, at: Instant) -> Result<Difference, Problem> {
        let Entry(entry) = entry.ok_or_else(|| misfit("the change has no entry").at_path("$.entry"))?;
        let read = read::from_node_again(entry, &self.known_in(entry), Difference::read);
        let difference = read.map_err(|problems| in_entry(first(problems)))?;
        let unused = self.check_unused_by(&difference, &Gone::default(), at);
        unused.map_err(|problem| misfit(&problem.message).at_path("$.entry"))?;
        Ok(difference)
    }

    /// Takes over what differs. The indices are built anew where they depend on it.
    pub(super) fn configure(&mut self, difference: Difference, at: Instant) {
        if difference.is_of_schedules() {
            self.edit_roster_alone(|roster| roster.take_hours(&difference));
            return self.touch_everyone();
        }
        if difference.is_of_agents_and_inboxes() {
            self.edit_roster_alone(|roster| roster.take_notes(&difference));
        } else {
            self.take_parts(&difference, at);
        }
        let Difference { agents, inboxes, order, .. } = difference;
        agents.into_iter().for_each(|agent| self.put_agent(agent));
        if !inboxes.is_empty() {
            self.put_inboxes(inboxes, at);
        }
        if !order.inboxes.is_empty() {
            self.availability.roster_mut().reorder_inboxes(&order.inboxes);
        }
        if !order.agents.is_empty() {
            self.reorder_agents(&order.agents);
        }
        self.touch_everyone();
    }

    fn take_parts(&mut self, difference: &Difference, at: Instant) {
        self.leave_rules(&self.channels_with_other_outcomes(difference), at);
        let forgot_after = self.roster.settings.forget_closed_after;
        self.edit_roster(|roster| roster.take_parts(difference));
        let forgets_otherwise = self.roster.settings.forget_closed_after != forgot_after;
        if difference.kinds.is_some() {
            self.rules = Arc::new(RuleBook::new(&self.availability.roster));
        }
        if forgets_otherwise {
            let before = self.forgets_from.replace(at);
            self.journal.note(|| Undo::ForgetsFrom(before));
        }
        if forgets_otherwise || difference.kinds.is_some() {
            self.index_anew();
        }
    }

    /// Returns the names that the entry of a difference may refer to: those of the desk, and its own.
    fn known_in(&self, entry: &Node) -> Known {
        let list = |key: &str| entry.get(key).map(Node::elements).unwrap_or_default();
        let ids = |key: &str| list(key).iter().filter_map(|it| it.get("id").and_then(Node::text)).map(Id::from);
        let mut known = self.roster.known().clone();
        known.agents.extend(ids("agents"));
        known.teams.extend(ids("teams"));
        known.inboxes.extend(ids("inboxes"));
        if entry.get("kinds").is_some() {
            let named: Vec<Id> = list("kinds").iter().filter_map(Node::text).map(Id::from).collect();
            known.kinds = all_kinds(&named).into_iter().collect();
        }
        known
    }
}
