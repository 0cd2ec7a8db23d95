//! The view of an agent.

use std::sync::Arc;

use rhai::{Dynamic, ImmutableString};

use super::bag::{AttributesView, BagOf, SkillsView};
use super::texts;
use crate::model::{Agent, Id};
use crate::routing::extension::{Row, Scene};
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge_rows};
use crate::script::plain::{Get, Plain, Read, View};
use crate::script::shape::{of_and, two};
use crate::time::{Instant, Zone};

/// An agent of a scene.
#[derive(Debug, Clone)]
pub(in crate::script) struct AgentView {
    pub scene: Arc<Scene>,
    /// The index of its row.
    pub row: usize,
}

impl AgentView {
    /// Returns the row, which every view has.
    pub fn row(&self) -> Fallible<&Row> {
        self.scene.rows.get(self.row).ok_or_else(|| "this agent is of another decision".into())
    }
}

impl View for AgentView {
    type Data = Row;

    fn data(&self) -> Fallible<&Row> {
        self.row()
    }

    fn zone(&self) -> &Zone {
        &self.scene.about.zone
    }

    fn read(get: Get<Row>) -> Read {
        Read::Agent(get)
    }
}

/// Returns the main team of an agent, then the extra ones.
fn teams(entry: &Agent) -> impl Iterator<Item = &Id> + Clone {
    entry.team.iter().chain(&entry.extra_teams)
}

/// Returns `true` if two views are of the same agent.
fn same(a: &AgentView, b: &AgentView) -> bool {
    let id = |it: &AgentView| it.scene.rows.get(it.row).map(|row| row.entry.id.clone());
    id(a) == id(b)
}

fn has_id(agent: &AgentView, id: &str) -> bool {
    agent.scene.rows.get(agent.row).is_some_and(|row| row.entry.id == *id)
}

type It = AgentView;

pub(super) fn register(api: &mut Api) {
    api.engine.register_type_with_name::<AgentView>("agent");
    api.plain::<It>("agent", "id: text", |it| Plain::Text(&it.entry.id));
    api.plain::<It>("agent", "name: text or ()", |it| Plain::text_or_nothing(it.entry.name.as_deref()));
    api.plain::<It>("agent", "substitute: text or ()", |it| Plain::text_or_nothing(it.entry.substitute.as_deref()));
    api.plain::<It>("agent", "team: text or ()", |it| Plain::text_or_nothing(it.entry.team.as_deref()));
    api.value("agent", "teams: list of text", |it: &It| texts(teams(&it.row()?.entry).map(Id::as_str)));
    api.function(
        "agent",
        "is_in(team: text) -> bool",
        of_and(|it: &mut It, team: &str| {
            let entry = &it.row()?.entry;
            charge_rows(entry.extra_teams.len())?;
            Fallible::Ok(teams(entry).any(|known| *known == *team))
        }),
    );
    api.value("agent", "skills: skills", |it: &It| Ok(Dynamic::from(SkillsView(BagOf::Agent(it.clone())))));
    api.value("agent", "attributes: attributes", |it: &It| Ok(Dynamic::from(AttributesView(BagOf::Agent(it.clone())))));
    api.plain::<It>("agent", "status: text", |it| Plain::Text(it.stretch.reason.state().as_str()));
    api.plain::<It>("agent", "reason: text", |it| Plain::Text(it.stretch.reason.as_str()));
    api.plain::<It>("agent", "own_status: text or ()", |it| Plain::text_or_nothing(it.own_status.as_deref()));
    register_numbers(api);
    register_moments(api);
    api.hidden("==", of_and(|a: &mut It, b: It| same(a, &b)));
    api.hidden("!=", of_and(|a: &mut It, b: It| !same(a, &b)));
    api.hidden("==", of_and(|a: &mut It, id: &str| has_id(a, id)));
    api.hidden("!=", of_and(|a: &mut It, id: &str| !has_id(a, id)));
    api.hidden("==", two(|id: ImmutableString, a: It| has_id(&a, &id)));
    api.hidden("!=", two(|id: ImmutableString, a: It| !has_id(&a, &id)));
}

fn register_numbers(api: &mut Api) {
    api.plain::<It>("agent", "load: int", |it| Plain::count(it.load));
    api.plain::<It>("agent", "holding: int", |it| Plain::whole(it.holding));
    api.plain::<It>("agent", "capacity: int or ()", |it| Plain::or_nothing(it.capacity, Plain::whole));
    api.plain::<It>("agent", "room: int or ()", |it| Plain::or_nothing(it.room, Plain::whole));
}

fn register_moments(api: &mut Api) {
    api.plain::<It>("agent", "last_assigned: time or ()", |it| Plain::time_or_nothing(it.last_assigned));
    api.plain::<It>("agent", "last_idle: time or ()", |it| Plain::time_or_nothing(it.idle_since));
    api.plain::<It>("agent", "working_until: time or ()", |it| Plain::time_or_nothing(it.working_until));
    api.plain::<It>("agent", "since: time or ()", |it| {
        Plain::time_or_nothing(Some(it.stretch.start).filter(|at| *at > Instant::MIN))
    });
}
