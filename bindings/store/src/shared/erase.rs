//! Erasing personal data, and removing what is no longer wanted.

use frontdesk::Problems;
use frontdesk::desk::Action;

use super::{Answer, SharedDesk};
use crate::log::Log;
use crate::request::Request;

impl SharedDesk {
    /// Erases the data of a contact: the command `erase`, and everything that the log and its snapshots have of the contact. The
    /// log stays whole and its digests true; earlier turns lack the data from now on.
    ///
    /// # Errors
    /// Those of [`handle`](Self::handle).
    pub fn erase(&mut self, log: &mut impl Log, contact: &str) -> Result<Answer, Problems> {
        log.transaction(|log| {
            let answer = self.handle(log, &Request::new(Action::Erase { contact: contact.into() }))?;
            if let Some(turn) = answer.turn() {
                // Data of a conversation from before its contact was named is kept under the conversation.
                for subject in self.state.desk.subjects_of(contact) {
                    log.erase(&self.name, &subject.to_string(), turn)?;
                }
            }
            Ok(answer)
        })
    }

    /// Removes the turns before the newest snapshot up to an instant, with all that belongs to them; returns how many. The past
    /// before that snapshot cannot be asked for any more.
    ///
    /// # Errors
    /// Those of the log.
    pub fn compact(&mut self, log: &mut impl Log, before: frontdesk::time::Instant) -> Result<u64, Problems> {
        let Some(last) = log.last_turn_at(&self.name, before.millis())? else { return Ok(0) };
        let Some(state) = super::snapshots::newest(log, &self.name, &self.reader, last)? else { return Ok(0) };
        Ok(log.transaction(|log| {
            log.forget_decided(&self.name, before.millis())?;
            log.compact(&self.name, state.turn())
        })?)
    }
}
