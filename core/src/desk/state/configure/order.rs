//! Another order of the agents: the slot of an agent is its place in the document, which decides the last tie.

use std::sync::Arc;

use crate::availability::{AgentSlot, inverse};
use crate::desk::state::DeskState;
use crate::desk::state::journal::Undo;
use crate::model::Id;
use crate::routing::RuleBook;
use crate::shared::SharedList;

impl DeskState {
    /// Puts the agents in an order; those that are not named come after them, in the order that they have.
    pub(super) fn reorder_agents(&mut self, order: &[Id]) {
        let moves = self.roster.moves_to(order);
        self.move_agents(&moves);
        self.journal.note(|| Undo::Order(inverse(&moves)));
        self.index_anew();
    }

    /// Gives every agent another slot, by the present one; the indices are left to [`reindex`](Self::reindex).
    pub(in crate::desk::state) fn move_agents(&mut self, moves: &[AgentSlot]) {
        let to = |slot: AgentSlot| moves.get(slot.index()).copied().unwrap_or(slot);
        self.availability.move_agents(to);
        self.rules = Arc::new(RuleBook::new(&self.availability.roster));
        self.people = moved(&self.people, to);
        self.standings.move_agents(to);
        self.given = std::mem::take(&mut self.given).into_iter().map(|(slot, given)| (to(slot), given)).collect();
        self.conversations.each_mut(|it| it.move_agents(to));
        self.ledgers.values_mut().for_each(|ledger| ledger.move_agents(to));
    }
}

/// Puts the elements of a list of agents into other slots.
fn moved<T: Clone + Default>(list: &SharedList<T>, to: impl Fn(AgentSlot) -> AgentSlot) -> SharedList<T> {
    let mut moved = vec![T::default(); list.len()];
    for (slot, element) in (0..).map(AgentSlot::of).zip(list.iter()) {
        if let Some(place) = moved.get_mut(to(slot).index()) {
            place.clone_from(element);
        }
    }
    moved.into_iter().collect()
}
