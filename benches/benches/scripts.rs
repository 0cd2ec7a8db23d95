//! Scripts and conditions with all their guards on, beside Rhai as it comes.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant as Clock};

use criterion::{Criterion, criterion_group, criterion_main};
use frontdesk::script::Scripts;
use frontdesk::{Command, Desk, Document};
use frontdesk_benches::friday;
use rhai::{AST, CallFnOptions, Dynamic, Engine, Scope};
use serde_json::{Value, json};

const LOAD: &str = "fn score(agent, conversation, desk) { 10 - agent.load }";
const SKILL: &str = "fn score(agent, conversation, desk) { agent.skills.billing * 2 - agent.load }";
const PARAM: &str = "const boost = 20;
    fn score(agent, conversation, desk) {
        let score = -agent.load;
        if conversation.attributes.plan == \"enterprise\" { score += boost; }
        score
    }";

fn agents(count: usize) -> Vec<Value> {
    (0..count).map(|index| json!({"id": format!("agent-{index}"), "skills": {"billing": index % 5 + 1}})).collect()
}

fn document(agents: Vec<Value>, rules: Vec<Value>) -> Value {
    let channel = json!({"id": "chat", "kind": "chat", "rules": rules});
    json!({"version": 1, "time_zone": "UTC", "agents": agents, "inboxes": [{"id": "main", "channels": [channel]}]})
}

/// Creates a desk of agents among whom a script or a strategy chooses.
fn choosing(count: usize, strategy: Value, script: &str) -> Desk {
    let rules = vec![json!({"id": "all", "steps": [{"assign_to": "everyone", "strategy": strategy}]})];
    let document = Document::from_value(document(agents(count), rules)).expect("the document has no problems");
    let scripts = Scripts::from_sources([("s", script)]).expect("the script has no problems");
    let mut desk = Desk::new(document);
    desk.set_scripts(scripts).expect("the script is there");
    desk
}

/// A desk of 100 agents and 20 rules, of which the last is for all.
fn ruled(condition: impl Fn(usize) -> (&'static str, Value)) -> Desk {
    let rules = (0..20).map(|index| {
        let mut rule = json!({"id": format!("rule-{index}"), "steps": [{"assign_to": "everyone"}]});
        if index < 19 {
            let (key, value) = condition(index);
            rule[key] = value;
        }
        rule
    });
    Desk::new(Document::from_value(document(agents(100), rules.collect())).expect("the document has no problems"))
}

/// A conversation comes and goes, so that the next one finds the same desk.
struct Visits {
    desk: Desk,
    next: usize,
}

impl Visits {
    fn of(mut desk: Desk) -> Visits {
        desk.advance(friday());
        Visits { desk, next: 0 }
    }

    fn commands(&mut self) -> (Command, Command) {
        self.next += 1;
        let (at, id) = ("2026-11-20T09:00:00Z", format!("c{}", self.next));
        let open = json!({
            "type": "open", "at": at, "conversation": id, "inbox": "main", "channel": "chat",
            "attributes": {"plan": "enterprise"}, "contact": {"id": "x", "known": true, "attributes": {"spend": 900}}
        });
        let close = json!({"type": "close", "at": at, "conversation": id});
        let read = |json| self.desk.command_from_value(json).expect("the command has no problems");
        (read(open), read(close))
    }

    /// The time that so many arrivals take.
    fn arrivals(&mut self, times: u64) -> Duration {
        let mut taken = Duration::ZERO;
        for _ in 0..times {
            let (open, close) = self.commands();
            let start = Clock::now();
            black_box(self.desk.handle(&open));
            taken += start.elapsed();
            self.desk.handle(&close);
        }
        taken
    }
}

/// An agent as someone would write it who embeds Rhai.
#[derive(Clone)]
struct Plain(Arc<(i64, i64)>);

/// Rhai with everything it comes with, and no guard.
fn plain() -> Engine {
    let mut engine = Engine::new();
    engine.register_get("load", |agent: &mut Plain| agent.0.0);
    engine
}

fn score_all(engine: &Engine, script: &AST, agents: &[Dynamic]) -> i64 {
    let score = |agent: &Dynamic| {
        let args = (agent.clone(), Dynamic::UNIT, Dynamic::UNIT);
        let options = CallFnOptions::new().eval_ast(false);
        let score: Result<Dynamic, _> = engine.call_fn_with_options(options, &mut Scope::new(), script, "score", args);
        score.ok().and_then(|score| score.as_int().ok()).unwrap_or_default()
    };
    agents.iter().map(score).max().unwrap_or_default()
}

fn scoring(c: &mut Criterion) {
    let mut group = c.benchmark_group("a decision among 100 by a script");
    for (name, script) in [("load", LOAD), ("skill and load", SKILL), ("attribute and parameter", PARAM)] {
        let mut visits = Visits::of(choosing(100, json!({"script": "s"}), script));
        group.bench_function(name, |b| b.iter_custom(|times| visits.arrivals(times)));
    }
    let mut visits = Visits::of(choosing(100, json!("least_busy"), LOAD));
    group.bench_function("least_busy, without a script", |b| b.iter_custom(|times| visits.arrivals(times)));
    let engine = plain();
    let script = engine.compile(LOAD).expect("the script has no problems");
    let all: Vec<Dynamic> = (0..100).map(|index| Dynamic::from(Plain(Arc::new((index, 0))))).collect();
    group.bench_function("load, plain Rhai calls without a guard", |b| b.iter(|| score_all(&engine, &script, &all)));
    group.finish();
}

fn conditions(c: &mut Criterion) {
    let mut group = c.benchmark_group("a decision among 100 under 20 rules");
    let matching = |index: usize| ("match", json!({"contact.attributes.spend": {"at_least": 1_000 + index}}));
    let asking = |index: usize| ("when", json!(format!("contact.attributes.spend > {}", 1_000 + index)));
    let mut visits = Visits::of(ruled(matching));
    group.bench_function("each with a match", |b| b.iter_custom(|times| visits.arrivals(times)));
    let mut visits = Visits::of(ruled(asking));
    group.bench_function("each with a when", |b| b.iter_custom(|times| visits.arrivals(times)));
    group.finish();
}

/// Makes as many decisions on each of two threads, each with a desk of its own, with shared scripts: it takes as long as on
/// one thread if they do not wait for each other.
fn threads(c: &mut Criterion) {
    let mut group = c.benchmark_group("decisions by a script on threads");
    let shared = choosing(100, json!({"script": "s"}), SKILL);
    let desk = || {
        let mut desk = choosing(100, json!({"script": "s"}), SKILL);
        shared.reader().equip(&mut desk).expect("the script is there");
        desk
    };
    for count in [1, 2] {
        group.bench_function(format!("{count}"), |b| {
            b.iter_custom(|times| {
                let desks: Vec<Desk> = (0..count).map(|_| desk()).collect();
                let start = Clock::now();
                std::thread::scope(|scope| {
                    for desk in desks {
                        scope.spawn(|| Visits::of(desk).arrivals(times));
                    }
                });
                start.elapsed()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, scoring, conditions, threads);
criterion_main!(benches);
