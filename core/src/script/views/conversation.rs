//! The views of the conversation that is decided, and of its contact.

use std::sync::Arc;

use rhai::{Array, Dynamic, Map};

use super::agent::AgentView;
use super::bag::{AttributesView, BagOf, SkillsView};
use super::channel::{ChannelView, InboxView};
use super::moment::seconds;
use super::{TimeView, or_unit, text};
use crate::model::Contact;
use crate::routing::extension::{About, Held};
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge, charge_rows};
use crate::script::plain::{Plain, ViewAbout};
use crate::script::shape::of_and;
use crate::time::Instant;

#[derive(Debug, Clone)]
pub(in crate::script) struct ConversationView(pub Arc<About>);

#[derive(Debug, Clone)]
pub(super) struct ContactView(pub Arc<About>);

impl ContactView {
    fn with(&self, agent: &str) -> Fallible<Option<&Held>> {
        charge_rows(self.0.history.len())?;
        Ok(self.0.history.iter().find(|held| held.agent == *agent))
    }

    fn times_with(&self, agent: &str) -> Fallible<i64> {
        Ok(self.with(agent)?.map_or(0, |held| i64::from(held.conversations)))
    }

    fn last_with(&self, agent: &str) -> Fallible<Dynamic> {
        Ok(or_unit(self.with(agent)?.map(|held| moment(&self.0, held.last))))
    }
}

impl ViewAbout for ConversationView {
    fn about(&self) -> &About {
        &self.0
    }
}

impl ViewAbout for ContactView {
    fn about(&self) -> &About {
        &self.0
    }
}

fn contact(about: &About) -> Option<&Contact> {
    about.details.contact.as_ref()
}

fn moment(about: &About, at: Instant) -> Dynamic {
    Dynamic::from(TimeView { at, zone: about.zone.clone() })
}

type It = ConversationView;

pub(super) fn register(api: &mut Api) {
    api.engine.register_type_with_name::<ConversationView>("conversation");
    api.engine.register_type_with_name::<ContactView>("contact");
    api.plain::<It>("conversation", "id: text", |it| Plain::Text(&it.conversation));
    api.value("conversation", "inbox: inbox", |it: &It| Ok(Dynamic::from(InboxView(Arc::clone(&it.0)))));
    api.value("conversation", "channel: channel", |it: &It| Ok(Dynamic::from(ChannelView(Arc::clone(&it.0)))));
    api.plain::<It>("conversation", "kind: text", |it| Plain::Text(&it.channel.kind));
    api.plain::<It>("conversation", "priority: int", |it| Plain::whole(it.details.priority));
    api.value("conversation", "skills: skills", |it: &It| {
        Ok(Dynamic::from(SkillsView(BagOf::Conversation(Arc::clone(&it.0.details)))))
    });
    api.value("conversation", "attributes: attributes", |it: &It| {
        Ok(Dynamic::from(AttributesView(BagOf::Conversation(Arc::clone(&it.0.details)))))
    });
    api.value("conversation", "contact: contact", |it: &It| Ok(Dynamic::from(ContactView(Arc::clone(&it.0)))));
    api.plain::<It>("conversation", "opened_at: time", |it| Plain::Time(it.opened_at));
    api.plain::<It>("conversation", "waiting: int", |it| Plain::whole(seconds(it.at, it.queued_from)));
    api.plain::<It>("conversation", "rule: text or ()", |it| Plain::text_or_nothing(it.rule.as_deref()));
    api.plain::<It>("conversation", "step: int", |it| Plain::count(it.step));
    register_contact(api);
}

fn register_contact(api: &mut Api) {
    type It = ContactView;
    api.plain::<It>("contact", "id: text or ()", |it| {
        Plain::text_or_nothing(contact(it).and_then(|it| it.id.as_deref()))
    });
    api.plain::<It>("contact", "known: bool", |it| Plain::Truth(contact(it).is_some_and(|it| it.known)));
    api.plain::<It>("contact", "owner: text or ()", |it| {
        Plain::text_or_nothing(contact(it).and_then(|it| it.owner.as_deref()))
    });
    api.value("contact", "attributes: attributes", |it: &It| {
        Ok(Dynamic::from(AttributesView(BagOf::Contact(Arc::clone(&it.0.details)))))
    });
    api.plain::<It>("contact", "last_agent: text or ()", |it| Plain::text_or_nothing(it.last_agent.as_deref()));
    api.value("contact", "history: list of maps", |it: &It| {
        charge(it.0.history.len() as u64 * 4)?;
        let entries = it.0.history.iter().map(|held| {
            let mut map = Map::new();
            map.insert("agent".into(), text(&held.agent)?);
            map.insert("conversations".into(), Dynamic::from_int(i64::from(held.conversations)));
            map.insert("last".into(), moment(&it.0, held.last));
            Ok(Dynamic::from_map(map))
        });
        entries.collect::<Fallible<Array>>().map(Dynamic::from_array)
    });
    api.function(
        "contact",
        "times_with(agent: agent or text) -> int",
        of_and(|it: &mut It, agent: AgentView| it.times_with(&agent.row()?.entry.id)),
    );
    api.hidden("times_with", of_and(|it: &mut It, agent: &str| it.times_with(agent)));
    api.function(
        "contact",
        "last_with(agent: agent or text) -> time or ()",
        of_and(|it: &mut It, agent: AgentView| it.last_with(&agent.row()?.entry.id)),
    );
    api.hidden("last_with", of_and(|it: &mut It, agent: &str| it.last_with(agent)));
}
