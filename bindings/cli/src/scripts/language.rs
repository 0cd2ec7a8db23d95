//! The functions of tests, in addition to the script API.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, PoisonError};

use frontdesk::script::Scripts;
use frontdesk::script::testing::rhai::{Dynamic, Engine, EvalAltResult, ImmutableString, Map};
use frontdesk::script::testing::{from_dynamic, language, to_dynamic};
use serde_json::Value;

use super::asserts;
use super::bench::Bench;
use super::decided;

type Fallible<T> = Result<T, Box<EvalAltResult>>;

/// The data that the functions of a test file use.
#[derive(Clone)]
pub struct Setting {
    pub scripts: Scripts,
    /// The default script of a desk.
    pub script: String,
    /// The failures of scripts during a test, each once.
    pub failures: Arc<Mutex<BTreeSet<String>>>,
    /// The number of assertions made.
    pub claims: Arc<AtomicUsize>,
}

/// A desk in a test; copies refer to the same desk.
#[derive(Clone)]
struct DeskHandle(Arc<Mutex<Bench>>, Arc<Mutex<BTreeSet<String>>>);

/// Returns the engine for a test file.
pub fn engine(setting: Setting, text: Arc<str>) -> Engine {
    let mut engine = language();
    engine
        .set_max_call_levels(32)
        .set_max_expr_depths(64, 64)
        .set_max_functions(1_000)
        .set_max_variables(256)
        .set_fail_on_invalid_map_property(true);
    asserts::register(&mut engine, text, Arc::clone(&setting.claims));
    describe(&mut engine);
    engine.register_type_with_name::<DeskHandle>("desk");
    engine.register_fn("desk", move |described: Map| -> Fallible<DeskHandle> {
        let bench = Bench::of(json(described.into())?, &setting.scripts, &setting.script)?;
        Ok(DeskHandle(Arc::new(Mutex::new(bench)), Arc::clone(&setting.failures)))
    });
    work(&mut engine);
    ask(&mut engine);
    engine
}

/// Registers the functions that describe agents and conversations.
fn describe(engine: &mut Engine) {
    let agent = |id: &str, mut entry: Map| {
        entry.insert("id".into(), id.to_owned().into());
        entry
    };
    engine.register_fn("agent", move |id: &str| agent(id, Map::new()));
    engine.register_fn("agent", move |id: &str, entry: Map| agent(id, entry));
    engine.register_fn("conversation", Map::new);
    engine.register_fn("conversation", |details: Map| details);
}

/// Registers the functions that change a desk.
fn work(engine: &mut Engine) {
    engine.register_fn("at", |it: &mut DeskHandle, at: &str| it.with(|bench| bench.at(at)));
    engine.register_fn("advance", |it: &mut DeskHandle, duration: &str| it.with(|bench| bench.advance(duration)));
    engine.register_fn("open", |it: &mut DeskHandle| it.open(Map::new()));
    engine.register_fn("open", |it: &mut DeskHandle, details: Map| it.open(details));
    engine.register_fn("close", |it: &mut DeskHandle, id: &str| it.with(|bench| bench.close(id)));
    engine.register_fn("away", |it: &mut DeskHandle, agent: &str| it.with(|bench| bench.status(agent, "away", None)));
    engine.register_fn("away", |it: &mut DeskHandle, agent: &str, duration: &str| {
        it.with(|bench| bench.status(agent, "away", Some(duration)))
    });
    engine.register_fn("available", |it: &mut DeskHandle, agent: &str| {
        it.with(|bench| bench.status(agent, "available", None))
    });
    engine.register_fn("served", |it: &mut DeskHandle, agent: &str, contact: &str| {
        it.with(|bench| bench.served(agent, contact))
    });
    engine.register_fn("spread", |it: &mut DeskHandle, count: i64| it.spread(count, Map::new()));
    engine.register_fn("spread", |it: &mut DeskHandle, count: i64, details: Map| it.spread(count, details));
    engine.register_fn("command", |it: &mut DeskHandle, command: Map| -> Fallible<Dynamic> {
        let command = json(command.into())?;
        let events = it.with(|bench| bench.command(command))?;
        it.heed(decided::failures(&events));
        Ok(to_dynamic(&serde_json::to_value(events).unwrap_or_default()))
    });
}

/// Registers the functions that ask a desk, and change nothing.
fn ask(engine: &mut Engine) {
    engine.register_fn("would", |it: &mut DeskHandle| it.copy().open(Map::new()));
    engine.register_fn("would", |it: &mut DeskHandle, details: Map| it.copy().open(details));
    engine.register_fn("score", |it: &mut DeskHandle, agent: &str| it.score(agent, Map::new()));
    engine.register_fn("score", |it: &mut DeskHandle, agent: &str, details: Map| it.score(agent, details));
    engine.register_fn("holder", |it: &mut DeskHandle, id: &str| {
        it.with(|bench| Ok(bench.holder(id).map_or(Dynamic::UNIT, |agent| agent.to_string().into())))
    });
    engine.register_fn("waiting", |it: &mut DeskHandle| {
        it.with(|bench| Ok(bench.waiting().iter().map(|id| Dynamic::from(id.to_string())).collect::<Vec<_>>()))
    });
    engine
        .register_get("now", |it: &mut DeskHandle| it.with(|bench| Ok(ImmutableString::from(bench.now().to_string()))));
}

impl DeskHandle {
    fn with<T>(&self, act: impl FnOnce(&mut Bench) -> Result<T, String>) -> Fallible<T> {
        Ok(act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))?)
    }

    /// Returns an independent copy of the desk.
    fn copy(&self) -> DeskHandle {
        let bench = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        DeskHandle(Arc::new(Mutex::new(bench)), Arc::clone(&self.1))
    }

    fn heed(&self, failures: Vec<String>) {
        self.1.lock().unwrap_or_else(PoisonError::into_inner).extend(failures);
    }

    fn decide(&self, details: Map) -> Fallible<Value> {
        let details = json(details.into())?;
        let (id, events) = self.with(|bench| bench.open(details))?;
        self.heed(decided::failures(&events));
        Ok(decided::outcome(&id, &events))
    }

    fn open(&self, details: Map) -> Fallible<Dynamic> {
        self.decide(details).map(|decided| to_dynamic(&decided))
    }

    /// Returns the score that the script gives an agent for a conversation that would arrive now; `()` if the agent is
    /// refused or away.
    fn score(&self, agent: &str, details: Map) -> Fallible<Dynamic> {
        let decided = self.copy().decide(details)?;
        if let Some(message) = decided["failure"]["message"].as_str() {
            return Err(format!("the script failed: {message}").into());
        }
        Ok(decided["scores"].get(agent).map_or(Dynamic::UNIT, to_dynamic))
    }

    fn spread(&self, count: i64, details: Map) -> Fallible<Dynamic> {
        let details = json(details.into())?;
        let got = self.with(|bench| bench.spread(count, &details))?;
        Ok(to_dynamic(&serde_json::to_value(got).unwrap_or_default()))
    }
}

fn json(value: Dynamic) -> Fallible<Value> {
    from_dynamic(&value).ok_or_else(|| format!("no document can hold a value like {value}").into())
}
