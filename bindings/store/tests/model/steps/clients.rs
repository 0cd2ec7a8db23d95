//! Clients, who send their commands until they are answered; and time.

use super::{Rules, Step};
use crate::desk::Id;
use crate::state::{Client, Row, State};

impl Rules {
    pub(super) fn clients(&self, state: &State, then: &mut impl FnMut(Step, State)) {
        for command in Id::all().filter(|command| state.clients[command.place()] == Client::Waiting) {
            if self.scenario.is_handed_in(command) && state.pending[command.place()] == Row::Absent {
                let mut next = *state;
                next.pending[command.place()] = Row::Waiting { since: state.log.last() };
                then(Step::HandIn(command), next);
            }
            if let Some(client) = answer(state.pending[command.place()]) {
                let mut next = *state;
                next.clients[command.place()] = client;
                then(Step::ReadAnswer(command), next);
            }
        }
        if state.is_leased() {
            let mut next = *state;
            next.is_lease_lost = false;
            next.workers.iter_mut().for_each(|worker| worker.has_lease = false);
            then(Step::LeaseExpires, next);
        }
    }
}

fn answer(row: Row) -> Option<Client> {
    match row {
        Row::Settled { turn } => Some(Client::Acknowledged { turn }),
        Row::Refused { .. } => Some(Client::Refused),
        Row::Absent | Row::Waiting { .. } => None,
    }
}
