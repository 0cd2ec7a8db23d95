//! Handles: the places of agents and channels in the lists of a desk. A handle is given to another only after
//! nothing refers to it, and an absent one takes no more room than one.

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name(::std::num::NonZeroU32);

        impl $name {
            /// The handle of the entry at an index of its list.
            // INVARIANT: no list of a desk has 2^32 - 1 entries: it has those of the document, and of removed ones at most as
            // many again and a thousand.
            pub(crate) const fn of(index: usize) -> Self {
                $name(::std::num::NonZeroU32::MIN.saturating_add(index as u32))
            }

            /// The index of its entry.
            pub(crate) const fn index(self) -> usize {
                self.0.get() as usize - 1
            }

            /// The handles of a list of that length, in order.
            #[allow(dead_code, reason = "not every kind of list is gone through")]
            pub(crate) fn all(length: usize) -> impl Iterator<Item = Self> {
                (0..length).map(Self::of)
            }
        }
    };
}

handle! {
    /// An agent; earlier in the document is lower.
    AgentSlot
}

handle! {
    /// A channel.
    ChannelSlot
}

/// A set of agents that the document names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SetRef(pub(super) u32);

impl SetRef {
    /// All agents of the desk.
    pub const EVERYONE: SetRef = SetRef(u32::MAX);
}

pub(crate) use handle;
