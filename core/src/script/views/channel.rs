//! The views of the channel and inbox of a conversation.

use std::sync::Arc;

use rhai::{Dynamic, ImmutableString};

use super::text;
use crate::routing::extension::About;
use crate::script::api::Api;
use crate::script::shape::{of_and, two};

#[derive(Debug, Clone)]
pub(super) struct ChannelView(pub Arc<About>);

#[derive(Debug, Clone)]
pub(super) struct InboxView(pub Arc<About>);

pub(super) fn register(api: &mut Api) {
    api.engine.register_type_with_name::<ChannelView>("channel").register_type_with_name::<InboxView>("inbox");
    api.value("channel", "id: text", |it: &ChannelView| text(&it.0.channel.id));
    api.value("channel", "kind: text", |it: &ChannelView| text(&it.0.channel.kind));
    api.value("channel", "weight: int", |it: &ChannelView| Ok(Dynamic::from_int(i64::from(it.0.channel.weight))));
    api.value("channel", "waiting: int", |it: &ChannelView| Ok(Dynamic::from_int(it.0.channel_queue as i64)));
    api.value("inbox", "id: text", |it: &InboxView| text(&it.0.details.inbox));
    api.value("inbox", "time_zone: text", |it: &InboxView| Ok(it.0.zone.name().to_owned()));
    api.hidden("==", of_and(|it: &mut ChannelView, id: &str| it.0.channel.id == *id));
    api.hidden("!=", of_and(|it: &mut ChannelView, id: &str| it.0.channel.id != *id));
    api.hidden("==", two(|id: ImmutableString, it: ChannelView| it.0.channel.id == *id.as_str()));
    api.hidden("==", of_and(|it: &mut InboxView, id: &str| it.0.details.inbox == *id));
    api.hidden("!=", of_and(|it: &mut InboxView, id: &str| it.0.details.inbox != *id));
    api.hidden("==", two(|id: ImmutableString, it: InboxView| it.0.details.inbox == *id.as_str()));
}
