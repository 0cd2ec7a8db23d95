//! What scripts see: read-only views of the desk at one instant, with nothing in them that could be changed.

mod agent;
mod agents;
mod bag;
mod channel;
mod conversation;
mod desk;
pub(super) mod json;
mod moment;

use std::sync::Arc;

use rhai::Dynamic;

use super::api::Api;
use crate::routing::plugin::About;

pub(super) use agent::AgentView;
pub(super) use agents::AgentsView;
pub(super) use conversation::ConversationView;
pub(super) use desk::DeskView;
pub(super) use moment::TimeView;

/// The names that a condition may use.
pub(super) const NAMES: [&str; 5] = ["conversation", "contact", "channel", "inbox", "now"];

/// What one of these names stands for.
pub(super) fn named(name: &str, about: &Arc<About>) -> Option<Dynamic> {
    let about = || Arc::clone(about);
    match name {
        "conversation" => Some(Dynamic::from(ConversationView(about()))),
        "contact" => Some(Dynamic::from(conversation::ContactView(about()))),
        "channel" => Some(Dynamic::from(channel::ChannelView(about()))),
        "inbox" => Some(Dynamic::from(channel::InboxView(about()))),
        "now" => Some(Dynamic::from(TimeView::of(&about()))),
        _ => None,
    }
}

pub(super) fn register(api: &mut Api) {
    agent::register(api);
    agents::register(api);
    bag::register(api);
    channel::register(api);
    conversation::register(api);
    desk::register(api);
    moment::register(api);
}

/// A text that may be absent.
fn or_unit<V: Into<Dynamic>>(value: Option<V>) -> Dynamic {
    value.map_or(Dynamic::UNIT, Into::into)
}

/// An id as a text.
fn text(id: &crate::model::Id) -> Dynamic {
    Dynamic::from(id.as_str().to_owned())
}
