//! Senders that commands blocked, in an inbox or in all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::desk::state::DeskState;
use crate::desk::state::journal::Undo;
use crate::model::{Address, Id};

/// The blocked addresses and domains, each with the inboxes in which it is blocked; `None` stands for all. Copies share them.
#[derive(Debug, Clone, Default)]
pub struct Blocks(Arc<BTreeMap<Address, BTreeSet<Option<Id>>>>);

impl Blocks {
    /// Returns `true` if exactly this address or domain is blocked in an inbox, or in all.
    pub fn contains(&self, sender: &Address, inbox: Option<&Id>) -> bool {
        self.0.get(sender).is_some_and(|inboxes| inboxes.contains(&inbox.cloned()))
    }

    /// Returns the entry for a sender in an inbox: the address, or its domain.
    pub fn find(&self, sender: &Address, inbox: &Id) -> Option<Address> {
        let is_blocked = |address: &Address| self.contains(address, Some(inbox)) || self.contains(address, None);
        Some(sender.clone()).filter(is_blocked).or_else(|| sender.domain().filter(is_blocked))
    }

    /// Returns all blocks, in the order of their addresses.
    pub fn iter(&self) -> impl Iterator<Item = (&Address, Option<&Id>)> {
        self.0.iter().flat_map(|(sender, inboxes)| inboxes.iter().map(move |inbox| (sender, inbox.as_ref())))
    }

    pub fn set(&mut self, sender: &Address, inbox: Option<Id>, is_blocked: bool) {
        let all = Arc::make_mut(&mut self.0);
        if is_blocked {
            all.entry(sender.clone()).or_default().insert(inbox);
        } else if let Some(inboxes) = all.get_mut(sender) {
            inboxes.remove(&inbox);
            if inboxes.is_empty() {
                all.remove(sender);
            }
        }
    }
}

impl DeskState {
    /// Blocks a sender, or ends the block.
    pub fn set_blocked(&mut self, sender: &Address, inbox: Option<&Id>, is_blocked: bool) {
        let was_blocked = self.blocks.contains(sender, inbox);
        if was_blocked != is_blocked {
            self.journal.note(|| Undo::Blocked(sender.clone(), inbox.cloned(), was_blocked));
            self.blocks.set(sender, inbox.cloned(), is_blocked);
        }
    }

    /// Ends the blocks of an inbox that is removed.
    pub fn forget_blocks_of(&mut self, inbox: &Id) {
        let theirs: Vec<Address> =
            self.blocks.iter().filter(|(_, of)| *of == Some(inbox)).map(|(sender, _)| sender.clone()).collect();
        theirs.iter().for_each(|sender| self.set_blocked(sender, Some(inbox), false));
    }
}
