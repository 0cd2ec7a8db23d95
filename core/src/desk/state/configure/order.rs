//! Another order of the agents: the slot of an agent is its place in the document, which decides the last tie.

use std::sync::Arc;

use crate::availability::{AgentSlot, inverse};
use crate::desk::state::DeskState;
use crate::desk::state::journal::Undo;
use crate::model::Id;
use crate::routing::RuleBook;

impl DeskState {
    /// Puts the agents in an order; those that are not named come after them, in the order that they have.
    pub(super) fn reorder_agents(&mut self, order: &[Id]) {
        let moves = self.roster.moves_to(order);
        self.move_agents(&moves);
        self.journal.note(|| Undo::Order(inverse(&moves)));
        self.reindex();
    }

    /// Gives every agent another slot, by the present one; the indices are left to [`reindex`](Self::reindex).
    pub(in crate::desk::state) fn move_agents(&mut self, moves: &[AgentSlot]) {
        let to = |slot: AgentSlot| moves.get(slot.index()).copied().unwrap_or(slot);
        self.availability.move_agents(to);
        self.rules = Arc::new(RuleBook::new(&self.availability.roster));
        self.people = moved(std::mem::take(&mut self.people), to);
        self.standings.move_agents(to);
        self.given = std::mem::take(&mut self.given).into_iter().map(|(slot, given)| (to(slot), given)).collect();
        self.conversations.each_mut(|it| it.move_agents(to));
        self.ledgers.values_mut().for_each(|ledger| ledger.move_agents(to));
    }
}

/// Puts the elements of a list of agents into other slots.
fn moved<T: Default>(list: Vec<T>, to: impl Fn(AgentSlot) -> AgentSlot) -> Vec<T> {
    let mut moved: Vec<T> = list.iter().map(|_| T::default()).collect();
    for (slot, element) in (0..).map(AgentSlot::of).zip(list) {
        if let Some(place) = moved.get_mut(to(slot).index()) {
            *place = element;
        }
    }
    moved
}
