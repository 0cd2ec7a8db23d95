//! The views of attributes and skills, which are looked up by name.

use std::sync::Arc;

use rhai::Dynamic;

use super::agent::AgentView;
use super::json::to_charged;
use super::texts;
use crate::model::{Attributes, Details, Skills};
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge_texts};
use crate::script::shape::{of, of_and};

/// The owner.
#[derive(Debug, Clone)]
pub(super) enum BagOf {
    Agent(AgentView),
    Conversation(Arc<Details>),
    Contact(Arc<Details>),
}

#[derive(Debug, Clone)]
pub(super) struct AttributesView(pub BagOf);

#[derive(Debug, Clone)]
pub(super) struct SkillsView(pub BagOf);

impl AttributesView {
    fn all(&self) -> Option<&Attributes> {
        match &self.0 {
            BagOf::Agent(agent) => Some(&agent.row().ok()?.entry.attributes),
            BagOf::Conversation(details) => Some(&details.attributes),
            BagOf::Contact(details) => details.contact.as_ref().map(|contact| &contact.attributes),
        }
    }

    /// Returns all entries as a map.
    pub fn to_map(&self) -> Fallible<Dynamic> {
        let all = self.all().into_iter().flatten();
        let entries = all.map(|(name, value)| Ok((name.as_str().into(), entry(name, || to_charged(value))?)));
        entries.collect::<Fallible<Vec<_>>>().map(|entries| Dynamic::from_map(entries.into_iter().collect()))
    }

    fn get(&self, name: &str) -> Fallible<Dynamic> {
        self.all().and_then(|all| all.get(name)).map_or(Ok(Dynamic::UNIT), to_charged)
    }
}

impl SkillsView {
    fn all(&self) -> Option<&Skills> {
        match &self.0 {
            BagOf::Agent(agent) => Some(&agent.row().ok()?.entry.skills),
            BagOf::Conversation(details) => Some(&details.skills),
            BagOf::Contact(_) => None,
        }
    }

    /// Returns all entries as a map.
    pub fn to_map(&self) -> Fallible<Dynamic> {
        let all = self.all().into_iter().flatten();
        let level = |level: &u8| Dynamic::from_int(i64::from(*level));
        let entries = all.map(|(name, it)| Ok((name.as_str().into(), entry(name, || Ok(level(it)))?)));
        entries.collect::<Fallible<Vec<_>>>().map(|entries| Dynamic::from_map(entries.into_iter().collect()))
    }

    fn level(&self, name: &str) -> i64 {
        self.all().and_then(|all| all.get(name)).map_or(0, |level| i64::from(*level))
    }
}

/// Returns the value of a new map entry, counted with its name.
fn entry(name: &str, value: impl FnOnce() -> Fallible<Dynamic>) -> Fallible<Dynamic> {
    charge_texts(std::iter::once(name))?;
    value()
}

pub(super) fn register(api: &mut Api) {
    api.engine.register_type_with_name::<AttributesView>("attributes");
    api.engine.register_type_with_name::<SkillsView>("skills");
    api.engine.register_indexer_get(of_and(|it: &mut AttributesView, name: &str| it.get(name)));
    api.engine.register_indexer_get(of_and(|it: &mut SkillsView, name: &str| it.level(name)));
    api.function("attributes", "get(name: text) -> any", of_and(|it: &mut AttributesView, name: &str| it.get(name)));
    api.function(
        "attributes",
        "names() -> list of text",
        of(|it: &mut AttributesView| texts(it.all().into_iter().flatten().map(|(name, _)| name.as_str()))),
    );
    api.function(
        "attributes",
        "contains(name: text) -> bool",
        of_and(|it: &mut AttributesView, name: &str| it.all().is_some_and(|all| all.contains_key(name))),
    );
    api.function("skills", "level(name: text) -> int", of_and(|it: &mut SkillsView, name: &str| it.level(name)));
    api.function(
        "skills",
        "names() -> list of text",
        of(|it: &mut SkillsView| texts(it.all().into_iter().flatten().map(|(name, _)| name.as_str()))),
    );
    api.function(
        "skills",
        "contains(name: text) -> bool",
        of_and(|it: &mut SkillsView, name: &str| it.level(name) > 0),
    );
}
