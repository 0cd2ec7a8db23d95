//! The views of the channel and inbox of a conversation.

use std::sync::Arc;

use rhai::ImmutableString;

use crate::routing::extension::About;
use crate::script::api::Api;
use crate::script::plain::{Plain, ViewAbout};
use crate::script::shape::{of_and, two};

#[derive(Debug, Clone)]
pub(super) struct ChannelView(pub Arc<About>);

#[derive(Debug, Clone)]
pub(super) struct InboxView(pub Arc<About>);

impl ViewAbout for ChannelView {
    fn about(&self) -> &About {
        &self.0
    }
}

impl ViewAbout for InboxView {
    fn about(&self) -> &About {
        &self.0
    }
}

pub(super) fn register(api: &mut Api) {
    api.engine.register_type_with_name::<ChannelView>("channel").register_type_with_name::<InboxView>("inbox");
    api.plain::<ChannelView>("channel", "id: text", |it| Plain::Text(&it.channel.id));
    api.plain::<ChannelView>("channel", "kind: text", |it| Plain::Text(&it.channel.kind));
    api.plain::<ChannelView>("channel", "weight: int", |it| Plain::whole(it.channel.weight));
    api.plain::<ChannelView>("channel", "waiting: int", |it| Plain::count(it.channel_queue));
    api.plain::<InboxView>("inbox", "id: text", |it| Plain::Text(&it.details.inbox));
    api.plain::<InboxView>("inbox", "time_zone: text", |it| Plain::Text(it.zone.name()));
    api.hidden("==", of_and(|it: &mut ChannelView, id: &str| it.0.channel.id == *id));
    api.hidden("!=", of_and(|it: &mut ChannelView, id: &str| it.0.channel.id != *id));
    api.hidden("==", two(|id: ImmutableString, it: ChannelView| it.0.channel.id == *id.as_str()));
    api.hidden("==", of_and(|it: &mut InboxView, id: &str| it.0.details.inbox == *id));
    api.hidden("!=", of_and(|it: &mut InboxView, id: &str| it.0.details.inbox != *id));
    api.hidden("==", two(|id: ImmutableString, it: InboxView| it.0.details.inbox == *id.as_str()));
}
