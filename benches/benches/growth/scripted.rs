//! Steps with a script, beside Rhai as it comes.

use std::sync::Arc;

use frontdesk::script::Scripts;
use frontdesk::{Desk, Document, StatusName};
use frontdesk_benches::{friday, open, set_status};
use rhai::{CallFnOptions, Dynamic, Engine, Scope};
use serde_json::{Value, json};

use crate::Sizes;
use crate::decisions::Visits;
use crate::measure::{middle, timed};
use crate::report::{Goal, Row, micros, nanos, times};

/// An expression.
const LOAD: &str = "fn score(agent, conversation, desk) { 10 - agent.load }";
/// Statements, for which Rhai runs.
const LOOP: &str = "fn score(agent, conversation, desk) { let score = 10; score -= agent.load; score }";

pub fn rows(sizes: &Sizes) -> Vec<Row> {
    let mut rows = scoring();
    rows.push(freed(sizes));
    rows.push(refused(sizes));
    rows
}

fn scripted(agents: Vec<Value>, script: &str) -> Desk {
    let step = json!({"assign_to": "everyone", "strategy": {"script": "s"}});
    let channel = json!({"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [step]}]});
    let document =
        json!({"version": 1, "time_zone": "UTC", "agents": agents, "inboxes": [{"id": "main", "channels": [channel]}]});
    let mut desk = Desk::new(Document::from_value(document).expect("a document without problems"));
    desk.set_scripts(Scripts::from_sources([("s", script)]).expect("a script without problems")).expect("it is there");
    desk
}

fn agents(count: usize, more: &Value) -> Vec<Value> {
    let agent = |index: usize| {
        let mut agent = more.clone();
        agent["id"] = json!(format!("agent-{index}"));
        agent
    };
    (0..count).map(agent).collect()
}

/// A script that scores 100 agents for a conversation.
fn scoring() -> Vec<Row> {
    let visit = |script| {
        let mut visits = Visits::of(scripted(agents(100, &json!({})), script));
        visits.arrivals(1_001, |id| open(id, friday()))
    };
    let (expression, statements) = (visit(LOAD), visit(LOOP));
    let plain = plain(LOOP);
    let one = |work: &str, figure, goal| Row::one(work, "agents", 100, figure, goal);
    vec![
        one("open, scored by an expression", nanos(expression), micros(10.0)),
        one("open, scored by statements", nanos(statements), Goal::None),
        one("plain Rhai: the same calls, no guard", nanos(plain), Goal::None),
        one("scored by statements beside plain Rhai", times(statements / plain), Goal::AtMost(1.2)),
    ]
}

/// An agent as someone would write it who embeds Rhai.
#[derive(Clone)]
struct Plain(Arc<i64>);

/// The time of scoring 100 agents by Rhai with everything it comes with.
fn plain(script: &str) -> f64 {
    let mut engine = Engine::new();
    engine.register_get("load", |agent: &mut Plain| *agent.0);
    let script = engine.compile(script).expect("a script without problems");
    let all: Vec<Dynamic> = (0..100).map(|load| Dynamic::from(Plain(Arc::new(load)))).collect();
    let score = |agent: &Dynamic| {
        let args = (agent.clone(), Dynamic::UNIT, Dynamic::UNIT);
        let options = CallFnOptions::new().eval_ast(false);
        let score: Result<Dynamic, _> = engine.call_fn_with_options(options, &mut Scope::new(), &script, "score", args);
        score.ok().and_then(|score| score.as_int().ok())
    };
    middle((0..1_001).map(|_| timed(|| all.iter().map(score).max()).1))
}

/// One of many agents is free again while conversations wait for a script.
fn freed(sizes: &Sizes) -> Row {
    let mut row = Row::new("a freed agent, a scripted step", "waiting");
    for waiting in [100, 10_000, 100_000].map(|size| sizes.of(size)) {
        let mut desk = scripted(agents(20, &json!({"capacity": 1})), LOAD);
        (0..waiting + 20).for_each(|id| drop(desk.handle(&open(id, friday()))));
        assert_eq!(desk.waiting(), waiting);
        let each = (0..101).map(|id| {
            let close = frontdesk_benches::close(id, friday());
            // Those who hold the first 20 are followed by those who get the next.
            let (events, nanos) = timed(|| desk.handle(&close));
            assert_eq!(events.len(), if id < waiting { 2 } else { 1 }, "{events:?}");
            nanos
        });
        row.add(waiting, nanos(middle(each)), micros(50.0));
    }
    row
}

/// A script that refuses 20 free agents: one more conversation comes while others wait.
fn refused(sizes: &Sizes) -> Row {
    let mut row = Row::new("20 free agents refused by a script", "waiting");
    for waiting in [100, 10_000].map(|size| sizes.of(size)) {
        let refusing = "fn score(agent, conversation, desk) { if agent.load > 100 { 1 } else { () } }";
        let mut desk = scripted(agents(20, &json!({})), refusing);
        (0..waiting).for_each(|id| drop(desk.handle(&open(id, friday()))));
        assert_eq!(desk.waiting(), waiting);
        let returns = (0..51).map(|_| {
            desk.handle(&set_status(0, StatusName::Away, friday()));
            timed(|| desk.handle(&set_status(0, StatusName::Available, friday()))).1
        });
        row.add(waiting, nanos(middle(returns)), micros(500.0));
    }
    row
}
