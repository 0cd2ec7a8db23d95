//! The trash: conversations that are out of every other view until they are restored or forgotten.

use crate::desk::decide::Decider;
use crate::desk::decide::perform::Done;
use crate::desk::event::EventKind;
use crate::desk::state::{Phase, Resolved};
use crate::model::Id;
use crate::problem::{Code, Problem, shortened};
use crate::time::Instant;

impl Decider<'_> {
    pub fn trash(&mut self, conversation: &Id, at: Instant) -> Done {
        let (reference, found) = self.find(conversation)?;
        if matches!(found.phase, Phase::Trashed { .. }) {
            return Err(self.not_open(conversation, &found.phase));
        }
        let agent = self.clear_out(reference, at);
        let until = at.saturating_add(self.state.roster.settings.forget_trash_after_millis());
        let until = Some(until).filter(|until| *until < Instant::MAX);
        self.emit(at, Resolved::of(reference), EventKind::Trashed { conversation: conversation.clone(), agent, until });
        Ok(())
    }

    pub fn restore(&mut self, conversation: &Id, at: Instant) -> Done {
        let (reference, found) = self.find(conversation)?;
        if !matches!(found.phase, Phase::Trashed { .. }) {
            let message = format!("the conversation {:?} is not in the trash", shortened(conversation));
            return Err(Problem::new(Code::NotInTrash, message));
        }
        let is_open = found.phase.after_trash().is_open();
        if is_open {
            self.check_channel(&found.details.clone())?;
        }
        self.emit(at, Resolved::of(reference), EventKind::Restored { conversation: conversation.clone() });
        if is_open {
            self.arrive(reference);
        }
        Ok(())
    }
}
