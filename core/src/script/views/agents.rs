//! The view of a list of agents, in document order unless sorted. Shared, never copied.

use std::cmp::Ordering;
use std::sync::Arc;

use rhai::{Array, Dynamic, FnPtr, NativeCallContext};

use super::agent::AgentView;
use super::{or_unit, texts};
use crate::routing::extension::Scene;
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge, charge_element, charge_rows};
use crate::script::library::value::{order, truth};
use crate::script::shape::{asking, of, of_and};
use crate::script::sort::sort_alike;

/// Some agents of a scene.
#[derive(Debug, Clone)]
pub(in crate::script) struct AgentsView {
    pub scene: Arc<Scene>,
    pub rows: Arc<[usize]>,
}

impl AgentsView {
    pub fn new(scene: &Arc<Scene>, rows: impl IntoIterator<Item = usize>) -> Self {
        AgentsView { scene: Arc::clone(scene), rows: rows.into_iter().collect() }
    }

    fn view(&self, row: usize) -> AgentView {
        AgentView { scene: Arc::clone(&self.scene), row }
    }

    /// Returns the ids of all, as a list.
    pub fn ids(&self) -> Fallible<Dynamic> {
        texts(self.rows.iter().filter_map(|row| self.scene.rows.get(*row)).map(|row| row.entry.id.as_str()))
    }

    fn at(&self, index: i64) -> Option<AgentView> {
        let len = self.rows.len() as i64;
        let index = if index < 0 { len.checked_add(index)? } else { index };
        self.rows.get(usize::try_from(index).ok()?).map(|row| self.view(*row))
    }

    fn named(&self, id: &str) -> Fallible<Option<AgentView>> {
        charge_rows(self.rows.len())?;
        let mut rows = self.rows.iter();
        let found = rows.find(|row| self.scene.rows.get(**row).is_some_and(|row| row.entry.id == *id));
        Ok(found.map(|row| self.view(*row)))
    }

    /// Calls a function of the script with one agent; the call itself costs as well.
    fn ask(&self, ctx: &NativeCallContext<'_>, function: &FnPtr, row: usize) -> Fallible<Dynamic> {
        charge(1)?;
        function.call_raw(ctx, None, [Dynamic::from(self.view(row))])
    }

    fn filter(&self, ctx: &NativeCallContext<'_>, function: &FnPtr) -> Fallible<AgentsView> {
        let mut kept = Vec::new();
        for row in self.rows.iter() {
            if truth(&self.ask(ctx, function, *row)?)? {
                kept.push(*row);
            }
        }
        Ok(AgentsView::new(&self.scene, kept))
    }

    fn find(&self, ctx: &NativeCallContext<'_>, function: &FnPtr, wanted: bool) -> Fallible<Option<AgentView>> {
        for row in self.rows.iter() {
            if truth(&self.ask(ctx, function, *row)?)? == wanted {
                return Ok(Some(self.view(*row)));
            }
        }
        Ok(None)
    }

    /// Returns each agent with the function's result.
    fn keyed(&self, ctx: &NativeCallContext<'_>, function: &FnPtr) -> Fallible<Vec<(usize, Dynamic)>> {
        let keys = self.rows.iter().map(|row| Ok((*row, self.ask(ctx, function, *row)?)));
        keys.collect()
    }

    /// Returns the first agent with the smallest or greatest key, ignoring those with the key `()`.
    fn best(&self, ctx: &NativeCallContext<'_>, function: &FnPtr, wanted: Ordering) -> Fallible<Option<AgentView>> {
        let mut best: Option<(usize, Dynamic)> = None;
        for (row, key) in self.keyed(ctx, function)? {
            if key.is_unit() {
                continue;
            }
            let better = match &best {
                Some((_, known)) => order(&key, known)? == wanted,
                // A single key is compared with itself, so that a key without an order is reported.
                None => order(&key, &key).map(|_| true)?,
            };
            if better {
                best = Some((row, key));
            }
        }
        Ok(best.map(|(row, _)| self.view(row)))
    }

    fn sorted_by(&self, ctx: &NativeCallContext<'_>, function: &FnPtr) -> Fallible<AgentsView> {
        let mut keyed = self.keyed(ctx, function)?;
        let mut failed = None;
        sort_alike(&mut keyed, |(_, a), (_, b)| {
            if failed.is_some() {
                return Ordering::Equal;
            }
            order(a, b).unwrap_or_else(|error| {
                failed = Some(error);
                Ordering::Equal
            })
        });
        failed.map_or(Ok(()), Err)?;
        Ok(AgentsView::new(&self.scene, keyed.into_iter().map(|(row, _)| row)))
    }

    fn map(&self, ctx: &NativeCallContext<'_>, function: &FnPtr) -> Fallible<Array> {
        let mut made = Array::with_capacity(self.rows.len());
        for row in self.rows.iter() {
            let value = self.ask(ctx, function, *row)?;
            charge_element(&value)?;
            made.push(value);
        }
        Ok(made)
    }
}

impl IntoIterator for AgentsView {
    type Item = AgentView;
    type IntoIter = Box<dyn Iterator<Item = AgentView>>;

    fn into_iter(self) -> Self::IntoIter {
        let rows = Arc::clone(&self.rows);
        Box::new((0..rows.len()).filter_map(move |index| rows.get(index).map(|row| self.view(*row))))
    }
}

fn view(agent: Option<AgentView>) -> Dynamic {
    or_unit(agent.map(Dynamic::from))
}

type It = AgentsView;
type Ctx<'a> = NativeCallContext<'a>;

pub(super) fn register(api: &mut Api) {
    api.engine.register_type_with_name::<AgentsView>("agents");
    api.engine.register_iterator::<AgentsView>();
    api.engine.register_indexer_get(of_and(|it: &mut It, index: i64| -> Fallible<AgentView> {
        it.at(index).ok_or_else(|| format!("there is no agent {index} among {}", it.rows.len()).into())
    }));
    api.function("agents", "len() -> int", of(|it: &mut It| it.rows.len() as i64));
    api.engine.register_get("len", of(|it: &mut It| it.rows.len() as i64));
    api.function("agents", "is_empty() -> bool", of(|it: &mut It| it.rows.is_empty()));
    api.function("agents", "first() -> agent or ()", of(|it: &mut It| view(it.at(0))));
    api.function("agents", "last() -> agent or ()", of(|it: &mut It| view(it.at(-1))));
    api.function("agents", "named(id: text) -> agent or ()", of_and(|it: &mut It, id: &str| it.named(id).map(view)));
    api.hidden("named", of_and(|_: &mut It, _: ()| ()));
    api.function(
        "agents",
        "contains(agent: agent or text) -> bool",
        of_and(|it: &mut It, agent: AgentView| Fallible::Ok(it.named(&agent.row()?.entry.id)?.is_some())),
    );
    api.hidden("contains", of_and(|it: &mut It, id: &str| it.named(id).map(|agent| agent.is_some())));
    api.function(
        "agents",
        "filter(|agent| bool) -> agents",
        asking(|ctx: Ctx<'_>, it: &mut It, function: FnPtr| it.filter(&ctx, &function)),
    );
    api.function(
        "agents",
        "find(|agent| bool) -> agent or ()",
        asking(|ctx: Ctx<'_>, it: &mut It, function: FnPtr| it.find(&ctx, &function, true).map(view)),
    );
    api.function(
        "agents",
        "some(|agent| bool) -> bool",
        asking(|ctx: Ctx<'_>, it: &mut It, function: FnPtr| {
            it.find(&ctx, &function, true).map(|found| found.is_some())
        }),
    );
    api.function(
        "agents",
        "all(|agent| bool) -> bool",
        asking(|ctx: Ctx<'_>, it: &mut It, function: FnPtr| {
            it.find(&ctx, &function, false).map(|found| found.is_none())
        }),
    );
    api.function(
        "agents",
        "count(|agent| bool) -> int",
        asking(|ctx: Ctx<'_>, it: &mut It, function: FnPtr| {
            it.filter(&ctx, &function).map(|kept| kept.rows.len() as i64)
        }),
    );
    api.function(
        "agents",
        "min_by(|agent| number or text) -> agent or ()",
        asking(|ctx: Ctx<'_>, it: &mut It, function: FnPtr| it.best(&ctx, &function, Ordering::Less).map(view)),
    );
    api.function(
        "agents",
        "max_by(|agent| number or text) -> agent or ()",
        asking(|ctx: Ctx<'_>, it: &mut It, function: FnPtr| it.best(&ctx, &function, Ordering::Greater).map(view)),
    );
    api.function(
        "agents",
        "sorted_by(|agent| number or text) -> agents",
        asking(|ctx: Ctx<'_>, it: &mut It, function: FnPtr| it.sorted_by(&ctx, &function)),
    );
    api.function(
        "agents",
        "map(|agent| any) -> list",
        asking(|ctx: Ctx<'_>, it: &mut It, function: FnPtr| it.map(&ctx, &function)),
    );
}
