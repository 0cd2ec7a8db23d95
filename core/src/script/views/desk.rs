//! The desk at the instant of the decision.

use std::sync::Arc;

use rhai::Dynamic;

use super::TimeView;
use super::agents::AgentsView;
use crate::availability::State;
use crate::routing::plugin::Scene;
use crate::script::api::Api;

#[derive(Debug, Clone)]
pub(in crate::script) struct DeskView(pub Arc<Scene>);

pub(super) fn register(api: &mut Api) {
    type It = DeskView;
    api.engine.register_type_with_name::<DeskView>("desk");
    api.value("desk", "now: time", "The instant of the decision, in the zone of the inbox.", |it: &It| {
        Ok(Dynamic::from(TimeView::of(&it.0.about)))
    });
    api.value("desk", "queue_length: int", "How many conversations wait.", |it: &It| Ok(it.0.about.queue as i64));
    api.value("desk", "agents: agents", "All agents, in document order.", |it: &It| {
        Ok(Dynamic::from(AgentsView::those(&it.0, |_| true)))
    });
    api.value("desk", "available: agents", "Those who are available, in document order.", |it: &It| {
        Ok(Dynamic::from(AgentsView::those(&it.0, |row| row.stretch.reason.state() == State::Available)))
    });
}
