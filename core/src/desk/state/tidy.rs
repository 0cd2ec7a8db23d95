//! Tidying up between commands: what was removed gives back its place, so that a desk of years takes no more memory than
//! what it names and remembers.

use crate::availability::AgentSlot;
use crate::desk::state::DeskState;
use crate::model::Id;
use crate::routing::Ledger;

impl DeskState {
    /// Releases the places of removed agents and channels, once they are many. The journal must be closed: what it contains
    /// refers to places.
    pub fn tidy(&mut self) {
        if std::mem::take(&mut self.has_gaps) && self.roster.has_many_gaps() {
            self.close_channel_gaps();
            self.close_agent_gaps();
            self.reindex();
        }
    }

    fn close_agent_gaps(&mut self) {
        let moves = self.roster.moves_over_gaps();
        let to = |slot: AgentSlot| moves.get(slot.index()).copied().unwrap_or(slot);
        (self.dirty, self.stale) = (self.dirty.iter().map(to).collect(), self.stale.iter().map(to).collect());
        self.move_agents(&moves);
        self.availability.roster_mut().release_places();
        self.make_room();
    }

    /// Renumbers the channels; the rules are left to [`close_agent_gaps`](Self::close_agent_gaps).
    fn close_channel_gaps(&mut self) {
        let ledgers = std::mem::take(&mut self.ledgers).into_iter();
        let named: Vec<(Id, Id, Id, Ledger)> = ledgers
            .filter_map(|((channel, rule), ledger)| {
                let channel = self.roster.channel(channel)?;
                Some((channel.inbox.clone(), channel.entry.id.clone(), rule, ledger))
            })
            .collect();
        let changed = std::mem::take(&mut self.changed_channels).into_iter();
        let changed: Vec<(Id, Id)> = changed
            .filter_map(|channel| self.roster.channel(channel))
            .map(|channel| (channel.inbox.clone(), channel.entry.id.clone()))
            .collect();
        self.availability.roster_mut().renumber_channels();
        let roster = &self.availability.roster;
        self.ledgers = named
            .into_iter()
            .filter_map(|(inbox, channel, rule, ledger)| Some(((roster.channel_slot(&inbox, &channel)?, rule), ledger)))
            .collect();
        self.changed_channels =
            changed.iter().filter_map(|(inbox, channel)| roster.channel_slot(inbox, channel)).collect();
        self.conversations.each_mut(|it| it.channel = roster.channel_slot(&it.details.inbox, &it.details.channel));
    }
}
