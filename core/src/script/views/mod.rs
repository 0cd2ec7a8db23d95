//! Read-only views of the desk at one instant.

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
use super::budget::{Fallible, charge_bytes, charge_texts};
use crate::routing::extension::About;

pub(super) use agent::AgentView;
pub(super) use agents::AgentsView;
pub(super) use bag::{Owner, level};
pub(super) use conversation::ConversationView;
pub(super) use desk::DeskView;
pub(super) use moment::{TimeView, seconds};

/// Makes a view of a conversation or of its surroundings.
type MakeView = fn(Arc<About>) -> Dynamic;

/// The names that a condition may use, and the views that they refer to.
pub(super) const NAMES: [(&str, MakeView); 5] = [
    ("conversation", |about| Dynamic::from(ConversationView(about))),
    ("contact", |about| Dynamic::from(conversation::ContactView(about))),
    ("channel", |about| Dynamic::from(channel::ChannelView(about))),
    ("inbox", |about| Dynamic::from(channel::InboxView(about))),
    ("now", |about| Dynamic::from(TimeView::of(&about))),
];

/// Returns the view that a name refers to.
pub(super) fn named(name: &str, about: &Arc<About>) -> Option<Dynamic> {
    let (_, make) = NAMES.iter().find(|(known, _)| *known == name)?;
    Some(make(Arc::clone(about)))
}

/// Returns the name that scripts use for the type of a view; `None` for other values.
pub(super) fn name_of_type(value: &Dynamic) -> Option<&'static str> {
    let names = [
        ("agent", value.is::<AgentView>()),
        ("agents", value.is::<AgentsView>()),
        ("attributes", value.is::<bag::AttributesView>()),
        ("channel", value.is::<channel::ChannelView>()),
        ("contact", value.is::<conversation::ContactView>()),
        ("conversation", value.is::<ConversationView>()),
        ("desk", value.is::<DeskView>()),
        ("inbox", value.is::<channel::InboxView>()),
        ("skills", value.is::<bag::SkillsView>()),
        ("time", value.is::<TimeView>()),
    ];
    names.into_iter().find(|(_, it_is)| *it_is).map(|(name, _)| name)
}

/// Returns the text of a view that has one: an id or an instant.
pub(super) fn as_text(value: &Dynamic) -> Option<String> {
    fn of<T: Clone + 'static>(value: &Dynamic, text: impl FnOnce(&T) -> Option<String>) -> Option<String> {
        value.read_lock::<T>().and_then(|view| text(&view))
    }
    of(value, |it: &AgentView| Some(it.row().ok()?.entry.id.to_string()))
        .or_else(|| of(value, |it: &TimeView| Some(it.at.to_string())))
        .or_else(|| of(value, |it: &ConversationView| Some(it.0.conversation.to_string())))
        .or_else(|| of(value, |it: &channel::ChannelView| Some(it.0.channel.id.to_string())))
        .or_else(|| of(value, |it: &channel::InboxView| Some(it.0.details.inbox.to_string())))
        .or_else(|| of(value, |it: &conversation::ContactView| Some(it.0.details.contact_id()?.to_string())))
}

/// Returns the elements of a view as a list or map, counted; `None` if it has none.
pub(super) fn elements(value: &Dynamic) -> Fallible<Option<Dynamic>> {
    if let Some(agents) = value.read_lock::<AgentsView>() {
        return agents.ids().map(Some);
    }
    if let Some(attributes) = value.read_lock::<bag::AttributesView>() {
        return attributes.to_map().map(Some);
    }
    value.read_lock::<bag::SkillsView>().map(|skills| skills.to_map()).transpose()
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

/// Returns a value that may be absent, as `()`.
fn or_unit<V: Into<Dynamic>>(value: Option<V>) -> Dynamic {
    value.map_or(Dynamic::UNIT, Into::into)
}

/// Returns a text as a value, counted by its length.
fn text(text: &str) -> Fallible<Dynamic> {
    charge_bytes(text.len())?;
    Ok(Dynamic::from(text.to_owned()))
}

/// Returns a list of texts, counted before it is created.
fn texts<'t>(all: impl Iterator<Item = &'t str> + Clone) -> Fallible<Dynamic> {
    charge_texts(all.clone())?;
    Ok(Dynamic::from_array(all.map(|text| Dynamic::from(text.to_owned())).collect()))
}
