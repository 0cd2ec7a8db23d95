//! Conditions on the agents of a target as plain data: `where`.

use serde::Serializer;
use serde::ser::SerializeMap;
use serde_json::Value;

use super::agent::Agent;
use super::condition::{Test, Tested, read_test};
use super::seen::Seen;
use crate::problem::{Code, Problem, shortened};
use crate::read::{Id, Node, Reader};

/// An entry of `where`: a field of an agent and its test.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AgentCondition {
    /// A field has to pass a test.
    Field(AgentField, Test),
    /// A key that begins with `x-`, and its value; it has no effect.
    Extension(String, Value),
}

impl AgentCondition {
    /// Returns `true` if an agent meets the condition.
    pub fn holds(&self, agent: &Agent) -> bool {
        match self {
            AgentCondition::Field(field, test) => test.passes(&field.of(agent)),
            AgentCondition::Extension(..) => true,
        }
    }

    /// Removes the id of a removed team. A test for equality with this id alone then fails for every agent.
    pub(super) fn forget_team(&mut self, id: &Id) {
        if let AgentCondition::Field(AgentField::Team, test) = self {
            test.forget(id);
        }
    }
}

/// A field of an agent that a condition tests.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AgentField {
    /// The id of the main team.
    Team,
    /// The level of a skill.
    Skill(Id),
    /// An attribute.
    Attribute(String),
}

const TEAM: &str = "team";
const SKILLS: &str = "skills.";
const ATTRIBUTES: &str = "attributes.";

impl AgentField {
    fn parse(path: &str) -> Option<AgentField> {
        let named = |prefix| path.strip_prefix(prefix).filter(|name| !name.is_empty());
        if path == TEAM {
            return Some(AgentField::Team);
        }
        if let Some(name) = named(SKILLS) {
            return Some(AgentField::Skill(name.into()));
        }
        named(ATTRIBUTES).map(|name| AgentField::Attribute(name.to_owned()))
    }

    /// Returns the spelling in a document.
    pub fn path(&self) -> String {
        match self {
            AgentField::Team => TEAM.to_owned(),
            AgentField::Skill(name) => format!("{SKILLS}{name}"),
            AgentField::Attribute(name) => format!("{ATTRIBUTES}{name}"),
        }
    }

    fn of<'a>(&self, agent: &'a Agent) -> Seen<'a> {
        match self {
            AgentField::Team => agent.team.as_ref().map_or(Seen::Absent, |team| Seen::Text(team.as_str())),
            AgentField::Skill(name) => {
                agent.skills.get(name).map_or(Seen::Absent, |level| Seen::Number((*level).into()))
            }
            AgentField::Attribute(name) => Seen::of(agent.attributes.get(name)),
        }
    }
}

impl Tested for AgentField {
    fn read_literal(&self, r: &mut Reader<'_>, node: &Node) -> Option<Value> {
        match self {
            AgentField::Team => r.team(node).map(|id| id.as_str().into()),
            AgentField::Skill(_) => r.number(node).map(|_| node.into()),
            AgentField::Attribute(_) => r.value(node),
        }
    }
}

pub(super) fn read_where(r: &mut Reader<'_>, node: &Node) -> Option<Vec<AgentCondition>> {
    r.map(node, |r, path, node| match AgentField::parse(path) {
        Some(field) => {
            let test = read_test(r, &field, node)?;
            Some(AgentCondition::Field(field, test))
        }
        None if path.starts_with("x-") => Some(AgentCondition::Extension(path.to_owned(), r.value(node)?)),
        None => {
            let message = format!("{:?} is nothing that where can look at", shortened(path));
            let mut problem = r.suggesting(Problem::new(Code::UnknownKey, message), path, [TEAM, SKILLS, ATTRIBUTES]);
            problem.hint.get_or_insert_with(|| "there are team, skills.NAME and attributes.NAME".into());
            r.report_key(problem);
            None
        }
    })
}

pub(crate) fn write_where<S: Serializer>(conditions: &[AgentCondition], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(conditions.len()))?;
    for condition in conditions {
        match condition {
            AgentCondition::Field(field, test) => map.serialize_entry(&field.path(), test)?,
            AgentCondition::Extension(key, value) => map.serialize_entry(key, value)?,
        }
    }
    map.end()
}
