//! The view of an agent.

use std::sync::Arc;

use rhai::{Dynamic, ImmutableString};

use super::bag::{AttributesView, BagOf, SkillsView};
use super::{TimeView, or_unit, text, text_or_unit, texts};
use crate::model::{Agent, Id};
use crate::routing::extension::{Row, Scene};
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge_rows};
use crate::script::shape::{of_and, two};
use crate::time::Instant;

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

    fn moment(&self, at: Option<Instant>) -> Dynamic {
        or_unit(at.map(|at| Dynamic::from(TimeView { at, zone: self.scene.about.zone.clone() })))
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
    api.value("agent", "id: text", |it: &It| text(&it.row()?.entry.id));
    api.value("agent", "name: text or ()", |it: &It| text_or_unit(it.row()?.entry.name.as_deref()));
    api.value("agent", "substitute: text or ()", |it: &It| text_or_unit(it.row()?.entry.substitute.as_deref()));
    api.value("agent", "team: text or ()", |it: &It| text_or_unit(it.row()?.entry.team.as_deref()));
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
    api.value("agent", "status: text", |it: &It| Ok(it.row()?.stretch.reason.state().as_str().to_owned()));
    api.value("agent", "reason: text", |it: &It| Ok(it.row()?.stretch.reason.as_str().to_owned()));
    api.value("agent", "own_status: text or ()", |it: &It| {
        Ok(or_unit(it.row()?.own_status.as_deref().map(|id| Dynamic::from(ImmutableString::from(id)))))
    });
    register_numbers(api);
    register_moments(api);
    api.hidden("==", of_and(|a: &mut It, b: It| same(a, &b)));
    api.hidden("!=", of_and(|a: &mut It, b: It| !same(a, &b)));
    api.hidden("==", of_and(|a: &mut It, id: &str| has_id(a, id)));
    api.hidden("!=", of_and(|a: &mut It, id: &str| !has_id(a, id)));
    api.hidden("==", two(|id: ImmutableString, a: It| has_id(&a, &id)));
    api.hidden("!=", two(|id: ImmutableString, a: It| !has_id(&a, &id)));
}

fn number(number: Option<u32>) -> Dynamic {
    or_unit(number.map(|number| Dynamic::from_int(i64::from(number))))
}

fn register_numbers(api: &mut Api) {
    api.value("agent", "load: int", |it: &It| Ok(i64::try_from(it.row()?.load).unwrap_or(i64::MAX)));
    api.value("agent", "holding: int", |it: &It| Ok(i64::from(it.row()?.holding)));
    api.value("agent", "capacity: int or ()", |it: &It| Ok(number(it.row()?.capacity)));
    api.value("agent", "room: int or ()", |it: &It| Ok(number(it.row()?.room)));
}

fn register_moments(api: &mut Api) {
    api.value("agent", "last_assigned: time or ()", |it: &It| Ok(it.moment(it.row()?.last_assigned)));
    api.value("agent", "last_idle: time or ()", |it: &It| Ok(it.moment(it.row()?.idle_since)));
    api.value("agent", "working_until: time or ()", |it: &It| Ok(it.moment(it.row()?.working_until)));
    api.value("agent", "since: time or ()", |it: &It| {
        Ok(it.moment(Some(it.row()?.stretch.start).filter(|at| *at > Instant::MIN)))
    });
}
