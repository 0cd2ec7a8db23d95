//! Taking over what differs in another document.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::agent_set::AgentSet;
use super::difference::reorder;
use super::handle::AgentSlot;
use super::{Roster, SetRef};
use crate::model::{Difference, Id, all_kinds};

impl Roster {
    /// Takes over the hours of the desk and its holidays, and compiles all schedules anew.
    pub fn take_hours(&mut self, difference: &Difference) {
        self.take_entries(difference);
        let everyone = self.set(SetRef::EVERYONE).clone();
        self.compile_hours(&everyone);
    }

    /// Takes over all that differs but agents and inboxes, and compiles all agents and channels anew.
    pub fn take_parts(&mut self, difference: &Difference) {
        self.take_entries(difference);
        let known = Arc::make_mut(&mut self.known);
        for team in &difference.teams {
            known.teams.insert(team.id.clone());
            self.teams.insert(team.id.clone(), Arc::new(team.clone()));
        }
        if let Some(time_zone) = &difference.time_zone {
            self.time_zone = time_zone.clone();
        }
        if let Some(kinds) = &difference.kinds {
            (self.kinds, self.named_kinds) = (all_kinds(kinds), kinds.clone());
            Arc::make_mut(&mut self.known).kinds = self.kinds.iter().cloned().collect();
        }
        if let Some(statuses) = &difference.statuses {
            self.statuses.clone_from(statuses);
        }
        if let Some(settings) = &difference.settings {
            self.settings = settings.clone();
        }
        reorder(&mut self.teams, &difference.order.teams);
        let everyone = self.set(SetRef::EVERYONE).clone();
        for slot in everyone.iter() {
            let is_assignable = self.member(slot).is_some_and(|member| self.is_assignable(&member.entry));
            self.assignable.set(slot, is_assignable);
            self.compile_again(slot);
        }
        self.compile_channels();
    }

    /// Puts the inboxes in an order.
    pub fn reorder_inboxes(&mut self, order: &[Id]) {
        reorder(&mut self.inboxes, order);
    }

    /// Returns the new slot of every agent, by its present one, for an order of the agents; those that are not named come
    /// after them, in the order that they have.
    pub fn moves_to(&self, order: &[Id]) -> Vec<AgentSlot> {
        let named: Vec<AgentSlot> = order.iter().filter_map(|id| self.slot(id)).collect();
        let is_named: AgentSet = named.iter().copied().collect();
        let others = AgentSlot::all(self.members.len()).filter(|slot| !is_named.contains(*slot));
        inverse(&named.into_iter().chain(others).collect::<Vec<_>>())
    }

    /// Gives every agent another slot, and compiles all channels anew.
    pub fn move_agents(&mut self, to: impl Fn(AgentSlot) -> AgentSlot) {
        let mut members = vec![None; self.members.len()];
        for (slot, member) in (0..).map(AgentSlot::of).zip(std::mem::take(&mut self.members)) {
            members.get_mut(to(slot).index()).into_iter().for_each(|place| *place = member.clone());
        }
        self.members = members;
        self.slots.values_mut().for_each(|slot| *slot = to(*slot));
        self.assignable = self.assignable.iter().map(to).collect();
        (self.substituted, self.sets) = Default::default();
        for (slot, member) in (0..).map(AgentSlot::of).zip(&self.members) {
            if let Some(member) = member {
                self.substituted.seat(slot, None, Some(&member.entry));
                self.sets.seat(slot, None, Some(&member.entry));
            }
        }
        self.compile_channels();
    }

    /// Takes over what nothing is compiled from: the filters of the table, and the keys that begin with `x-`, of which null
    /// takes one out.
    pub fn take_notes(&mut self, difference: &Difference) {
        if let Some(filters) = &difference.table_filters {
            self.table_filters.clone_from(filters);
        }
        for (key, value) in &difference.extensions {
            match value {
                serde_json::Value::Null => self.extensions.remove(key),
                value => self.extensions.insert(key.clone(), value.clone()),
            };
        }
    }

    fn take_entries(&mut self, difference: &Difference) {
        for holiday in &difference.holidays {
            match self.holidays.iter_mut().find(|known| known.id == holiday.id) {
                Some(known) => *known = holiday.clone(),
                None => self.holidays.push(holiday.clone()),
            }
        }
        if !difference.order.holidays.is_empty() {
            let place: FxHashMap<&Id, usize> = difference.order.holidays.iter().zip(0..).collect();
            self.holidays.sort_by_key(|holiday| place.get(&holiday.id).copied().unwrap_or(usize::MAX));
        }
        if let Some(hours) = &difference.working_hours {
            self.working_hours = hours.clone();
        }
        self.take_notes(difference);
    }
}

/// Returns the moves that take back moves.
pub(crate) fn inverse(moves: &[AgentSlot]) -> Vec<AgentSlot> {
    let mut back = moves.to_vec();
    for (from, to) in (0..).map(AgentSlot::of).zip(moves) {
        back.get_mut(to.index()).into_iter().for_each(|place| *place = from);
    }
    back
}
