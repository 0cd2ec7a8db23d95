//! Senders whose conversations are filtered as spam.

use crate::model::{Address, Channel, Details, Id, SenderFilters};
use crate::problem::vocabulary;

vocabulary! {
    /// The reason why a conversation is in the spam.
    #[non_exhaustive]
    pub enum FilteredBecause {
        /// The sender, or the domain, is blocked: by the inbox, or by a command.
        BlockedSender = "blocked_sender",
        /// The address names a role instead of a person.
        RoleAddress = "role_address",
        /// It was marked by hand.
        ByHand = "by_hand",
    }
}

impl FilteredBecause {
    /// Returns `true` if what matched is the address of a sender. Domains and roles name nobody.
    pub(crate) fn is_address(self, matched: &str) -> bool {
        self == FilteredBecause::BlockedSender && !matched.starts_with('@')
    }

    /// Returns `true` if what matched is told, or not, as it has to be. The address of a sender may have been erased.
    pub(crate) fn fits(self, matched: Option<&Id>) -> bool {
        match self {
            FilteredBecause::ByHand => matched.is_none(),
            FilteredBecause::RoleAddress => matched.is_some(),
            FilteredBecause::BlockedSender => true,
        }
    }
}

/// Returns the sender of a conversation: of forwarded mail, who wrote it first, or who forwarded it, as the channel says.
pub(crate) fn sender_of(details: &Details, channel: &Channel) -> Option<Address> {
    let forwarder = details.forwarded_by.as_ref().filter(|_| !channel.original_sender);
    forwarder.or(details.from.as_ref()).map(|text| Address::of(text))
}

/// Returns the reason why a sender is filtered, with the entry of a list, as it is written, or the role. `blocked` returns the entry of those
/// blocked by commands. Who is allowed by the inbox is not filtered.
pub(crate) fn why_filtered(
    filters: Option<&SenderFilters>,
    blocked: impl FnOnce(&Address) -> Option<Address>,
    sender: &Address,
) -> Option<(FilteredBecause, Id)> {
    if filters.is_some_and(|filters| filters.allow.find(sender).is_some()) {
        return None;
    }
    let listed = filters.and_then(|filters| filters.block.find(sender)).cloned();
    if let Some(entry) = listed.or_else(|| Some(blocked(sender)?.as_id().clone())) {
        return Some((FilteredBecause::BlockedSender, entry));
    }
    let role = filters.and_then(|filters| filters.role_addresses.find(sender))?;
    Some((FilteredBecause::RoleAddress, Id::from(role)))
}
