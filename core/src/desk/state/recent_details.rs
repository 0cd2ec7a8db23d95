//! Details met lately, so that conversations with equal details share them.

use std::borrow::Cow;
use std::sync::{Arc, Weak};

use crate::model::Details;
use crate::shared::hash_of;

/// The least number of details that are kept, each at the place that its hash names.
const KEPT: usize = 1 << 10;

/// The number of details that are kept for each channel: so many that those of two channels seldom have the same place.
const KEPT_BY_CHANNEL: usize = 4;

/// A cache of the details of conversations that are remembered. It only saves memory: a desk is the same whatever it
/// contains.
#[derive(Debug, Default)]
pub struct RecentDetails(Vec<Weak<Details>>);

/// A copy begins with none: copying them would take longer than to meet them again.
impl Clone for RecentDetails {
    fn clone(&self) -> Self {
        RecentDetails::default()
    }
}

impl RecentDetails {
    /// Returns details equal to these: those of an earlier conversation, or else new ones, made of these by `own`. The desk has
    /// so many channels.
    pub fn share(
        &mut self,
        details: Cow<'_, Details>,
        channels: usize,
        own: impl FnOnce(Cow<'_, Details>) -> Details,
    ) -> Arc<Details> {
        let kept = KEPT.max(KEPT_BY_CHANNEL * channels);
        self.0.resize(kept, Weak::new());
        // Of all that often differs; equality is decided by the whole.
        let hash = hash_of(&(&details.inbox, &details.channel, details.contact_id(), details.priority));
        let place = (hash % kept as u64) as usize;
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
