//! Details met lately, so that conversations with equal details share them.

use std::borrow::Cow;
use std::sync::{Arc, Weak};

use crate::model::Details;
use crate::shared::hash_of;

/// The number of details that are kept, each at the place that its hash names.
const KEPT: usize = 1 << 10;

/// A cache of the details of conversations that are remembered. It only saves memory: a desk is the same whatever it
/// contains.
#[derive(Debug, Clone, Default)]
pub struct RecentDetails(Vec<Weak<Details>>);

impl RecentDetails {
    /// Returns details equal to these: those of an earlier conversation, or else new ones, made of these by `own`.
    pub fn share(&mut self, details: Cow<'_, Details>, own: impl FnOnce(Cow<'_, Details>) -> Details) -> Arc<Details> {
        self.0.resize(KEPT, Weak::new());
        // Of all that often differs; equality is decided by the whole.
        let hash = hash_of(&(&details.inbox, &details.channel, details.contact_id(), details.priority));
        let place = (hash % KEPT as u64) as usize;
        let known = self.0.get(place).and_then(Weak::upgrade).filter(|known| **known == *details);
        if let Some(known) = known {
            return known;
        }
        let shared = Arc::new(own(details));
        if let Some(kept) = self.0.get_mut(place) {
            *kept = Arc::downgrade(&shared);
        }
        shared
    }
}
