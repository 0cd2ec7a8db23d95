//! The view of the desk at the instant of the decision.

use std::sync::{Arc, OnceLock};

use rhai::Dynamic;

use super::agents::AgentsView;
use crate::availability::State;
use crate::routing::extension::{About, Row, Scene};
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge_rows};
use crate::script::plain::{Plain, ViewAbout};

/// The desk. Copies share the lists of agents, so that a script that is called for each of many agents pays for them once.
#[derive(Debug, Clone)]
pub(in crate::script) struct DeskView {
    scene: Arc<Scene>,
    lists: Arc<Lists>,
}

/// Lists of agents, created at their first use.
#[derive(Debug, Default)]
struct Lists {
    everyone: OnceLock<Arc<[usize]>>,
    available: OnceLock<Arc<[usize]>>,
}

impl DeskView {
    pub fn of(scene: &Arc<Scene>) -> Self {
        DeskView { scene: Arc::clone(scene), lists: Arc::default() }
    }

    fn everyone(&self) -> Fallible<AgentsView> {
        self.those(&self.lists.everyone, |_| true)
    }

    fn available(&self) -> Fallible<AgentsView> {
        self.those(&self.lists.available, |row| row.stretch.reason.state() == State::Available)
    }

    fn those(&self, list: &OnceLock<Arc<[usize]>>, are: impl Fn(&Row) -> bool) -> Fallible<AgentsView> {
        let rows = match list.get() {
            Some(rows) => rows,
            None => {
                charge_rows(self.scene.rows.len())?;
                let rows = self.scene.rows.iter().enumerate().filter(|(_, row)| are(row));
                list.get_or_init(|| rows.map(|(index, _)| index).collect())
            }
        };
        Ok(AgentsView { scene: Arc::clone(&self.scene), rows: Arc::clone(rows) })
    }
}

impl ViewAbout for DeskView {
    fn about(&self) -> &About {
        &self.scene.about
    }
}

pub(super) fn register(api: &mut Api) {
    type It = DeskView;
    api.engine.register_type_with_name::<DeskView>("desk");
    api.plain::<It>("desk", "now: time", |it| Plain::Time(it.at));
    api.plain::<It>("desk", "queue_length: int", |it| Plain::count(it.queue));
    api.value("desk", "agents: agents", |it: &It| it.everyone().map(Dynamic::from));
    api.value("desk", "available: agents", |it: &It| it.available().map(Dynamic::from));
}
