//! The gaps that removed agents and channels leave, so that the places of a desk follow what its document names, and not what
//! it ever named.

use super::Roster;
use super::handle::AgentSlot;
use crate::model::Id;

impl Roster {
    /// Returns `true` if there are so many gaps that closing them is worth the while. Debug builds close each, to test it.
    pub fn has_many_gaps(&self) -> bool {
        const FEW: usize = 1_000;
        let (agents, channels) = (self.slots.len(), self.channels().count());
        let gaps = self.members.len() - agents + self.channels.len() - channels;
        gaps > if cfg!(debug_assertions) { 0 } else { agents + channels + FEW }
    }

    /// Returns the slots, by the present ones, that leave no gap between agents; they keep their order.
    pub fn moves_over_gaps(&self) -> Vec<AgentSlot> {
        let everyone: Vec<Id> = self.members().map(|(_, member)| member.entry.id.clone()).collect();
        self.moves_to(&everyone)
    }

    /// Releases the places behind the last agent.
    pub fn release_places(&mut self) {
        let used = self.members.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        self.members.truncate(used);
        self.members.shrink_to_fit();
    }

    /// Compiles all channels anew, in slots without a gap.
    pub fn renumber_channels(&mut self) {
        (self.channels, self.channel_slots) = Default::default();
        self.compile_channels();
    }
}
