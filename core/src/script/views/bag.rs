//! The views of attributes and skills, which are looked up by name.

use std::sync::Arc;

use rhai::Dynamic;

use super::agent::AgentView;
use super::json::to_charged;
use super::texts;
use crate::model::{Agent, Attributes, Details, Skills};
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge_texts};
use crate::script::shape::{of, of_and};

/// The owner of attributes or skills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::script) enum Owner {
    Agent,
    Conversation,
    Contact,
}

impl Owner {
    /// Returns the attributes, given the agent that a call is about and the details of the conversation.
    pub fn attributes<'d>(self, agent: Option<&'d Agent>, details: &'d Details) -> Option<&'d Attributes> {
        match self {
            Owner::Agent => agent.map(|agent| &agent.attributes),
            Owner::Conversation => Some(&details.attributes),
            Owner::Contact => details.contact.as_ref().map(|contact| &contact.attributes),
        }
    }

    /// Returns the skills in the same way.
    pub fn skills<'d>(self, agent: Option<&'d Agent>, details: &'d Details) -> Option<&'d Skills> {
        match self {
            Owner::Agent => agent.map(|agent| &agent.skills),
            Owner::Conversation => Some(&details.skills),
            Owner::Contact => None,
        }
    }
}

/// Returns the level of a skill; 0 without it.
pub(in crate::script) fn level(skills: Option<&Skills>, name: &str) -> i64 {
    skills.and_then(|all| all.get(name)).map_or(0, |level| i64::from(*level))
}

/// An owner, and the data about it.
#[derive(Debug, Clone)]
pub(super) enum BagOf {
    Agent(AgentView),
    Conversation(Arc<Details>),
    Contact(Arc<Details>),
}

impl BagOf {
    fn parts(&self) -> (Owner, Option<&Agent>, &Details) {
        match self {
            BagOf::Agent(agent) => (Owner::Agent, agent.row().ok().map(|row| &*row.entry), &agent.scene.about.details),
            BagOf::Conversation(details) => (Owner::Conversation, None, details),
            BagOf::Contact(details) => (Owner::Contact, None, details),
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct AttributesView(pub BagOf);

#[derive(Debug, Clone)]
pub(super) struct SkillsView(pub BagOf);

impl AttributesView {
    fn all(&self) -> Option<&Attributes> {
        let (owner, agent, details) = self.0.parts();
        owner.attributes(agent, details)
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
        let (owner, agent, details) = self.0.parts();
        owner.skills(agent, details)
    }

    /// Returns all entries as a map.
    pub fn to_map(&self) -> Fallible<Dynamic> {
        let all = self.all().into_iter().flatten();
        let level = |level: &u8| Dynamic::from_int(i64::from(*level));
        let entries = all.map(|(name, it)| Ok((name.as_str().into(), entry(name, || Ok(level(it)))?)));
        entries.collect::<Fallible<Vec<_>>>().map(|entries| Dynamic::from_map(entries.into_iter().collect()))
    }

    fn level(&self, name: &str) -> i64 {
        level(self.all(), name)
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
