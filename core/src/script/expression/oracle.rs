//! Plain expressions beside Rhai, which defines their results.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, LazyLock, Mutex};

use proptest::prelude::*;
use rhai::{Dynamic, Scope};
use serde_json::{Value, json};

use super::{Expression, Sight};
use crate::desk::Desk;
use crate::model::{Document, Id, ScriptCall};
use crate::routing::Extension;
use crate::routing::extension::{
    About, Allowance, Failed, FallBack, GivenPriority, Hooks, Scene, Scripts as Asked, Verdict,
};
use crate::script::budget::{Running, Session, uncounted};
use crate::script::engine::{plain_members, with_runner};
use crate::script::params::Params;
use crate::script::set::Scripts;
use crate::script::views::TimeView;
use crate::script::when;
use crate::time::Instant;

/// Keeps the scene about which it is asked.
#[derive(Debug, Default)]
struct Witness(Mutex<Option<Arc<Scene>>>);

impl Asked for Witness {
    fn hooks(&self, _: &str) -> Option<Hooks> {
        Some(Hooks { score: true, ..Hooks::default() })
    }

    fn choose(&self, _: &ScriptCall, scene: &Arc<Scene>) -> Verdict {
        *self.0.lock().unwrap() = Some(Arc::clone(scene));
        Verdict { chosen: Ok(None), scores: Vec::new(), rejected: Vec::new(), log: Vec::new() }
    }

    fn priority(&self, _: &ScriptCall, _: &Arc<Scene>) -> Failed<GivenPriority> {
        Ok(GivenPriority::NONE)
    }

    fn fall_back(&self, _: &ScriptCall, _: &Arc<Scene>) -> Failed<FallBack> {
        Ok(FallBack::GoOn)
    }
}

/// The scene of a desk with three agents.
static SCENE: LazyLock<Scene> = LazyLock::new(|| {
    let document = json!({
        "version": 1, "time_zone": "Europe/Stockholm",
        "agents": [{"id": "anna", "name": "Anna", "skills": {"sv": 3}}, {"id": "bo"}, {"id": "cy", "team": "vip"}],
        "teams": [{"id": "vip"}],
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
            {"id": "all", "steps": [{"assign_to": "everyone", "strategy": {"script": "s"}}]}]}]}]
    });
    let scripts = Scripts::from_sources([("s", "fn score(agent, conversation, desk) { 0 }")]).unwrap();
    let witness = Arc::new(Witness::default());
    let mut desk = Desk::new(Document::from_value(document).unwrap());
    let asked = Arc::clone(&witness) as Arc<dyn Asked>;
    desk.install(|installed| installed.scripts = Some(Extension { asked, declared: scripts.declared() })).unwrap();
    desk.handle_json(
        r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat",
            "contact": {"id": "x"}, "skills": {}}"#,
    )
    .unwrap();
    let scene = witness.0.lock().unwrap().take().unwrap();
    Arc::unwrap_or_clone(scene)
});

/// The attributes that expressions name.
const ATTRIBUTES: [&str; 4] = ["a", "b", "c", "absent"];

/// The parameters that expressions name.
const CONSTANTS: &str = "const p_whole = 3; const p_float = 2.5; const p_text = \"a\"; const p_truth = true; const p_none = (); const p_list = [1];\n";
const PARAMETERS: [&str; 6] = ["p_whole", "p_float", "p_text", "p_truth", "p_none", "p_list"];

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (-3_i64..4).prop_map(Value::from),
        2 => prop::sample::select(&[i64::MIN, i64::MAX, 1 << 53, -(1 << 62)][..]).prop_map(Value::from),
        3 => prop::sample::select(&[0.0, -0.0, 1.0, 1.5, 1e-300, 1e300, 3.000_000_000_000_000_4][..]).prop_map(Value::from),
        1 => Just(json!(u64::MAX)),
        2 => any::<bool>().prop_map(Value::from),
        2 => prop::sample::select(&["", "a", "b", "ab"][..]).prop_map(Value::from),
        1 => (0_usize..1_000).prop_map(|length| Value::from("a".repeat(length))),
        1 => Just(Value::Null),
        1 => Just(json!([1, "a"])),
        1 => Just(json!({"a": 1})),
    ]
}

fn attributes() -> impl Strategy<Value = BTreeMap<String, Value>> {
    prop::collection::btree_map(prop::sample::select(&["a", "b", "c"][..]).prop_map(str::to_owned), value(), 0..4)
}

/// The same scene with other data.
fn scene() -> impl Strategy<Value = Scene> {
    let numbers = prop::collection::vec((any::<u8>(), prop::option::of(0_u32..4), -3_i64..4), 3);
    let bags = prop::collection::vec(attributes(), 5);
    (numbers, bags, any::<bool>(), any::<i64>()).prop_map(|(numbers, bags, known, priority)| {
        let mut scene = SCENE.clone();
        for ((row, (load, capacity, hour)), bag) in scene.rows.iter_mut().zip(numbers).zip(&bags) {
            (row.load, row.holding, row.capacity, row.room) = (load.into(), load.into(), capacity, capacity);
            row.last_assigned = (hour > 0).then(|| Instant::from_millis(1_795_000_000_000 + hour * 3_600_000).unwrap());
            row.own_status = (hour > 1).then(|| Id::from("x".repeat(100 * usize::from(load > 99) + 1)));
            Arc::make_mut(&mut row.entry).attributes.clone_from(bag);
        }
        let about = Arc::make_mut(&mut scene.about);
        let details = Arc::make_mut(&mut about.details);
        (details.priority, details.attributes) = (priority, bags[3].clone());
        details.contact = details.contact.take().filter(|_| priority != 0);
        if let Some(contact) = &mut details.contact {
            (contact.known, contact.attributes) = (known, bags[4].clone());
        }
        scene
    })
}

/// The names by which a hook or a condition reaches the members of a type.
fn roots(of: &str, is_condition: bool) -> &'static [&'static str] {
    match (of, is_condition) {
        ("agent", false) => &["agent"],
        ("conversation", _) => &["conversation"],
        ("contact", false) => &["conversation.contact"],
        ("contact", true) => &["conversation.contact", "contact"],
        ("channel", false) => &["conversation.channel"],
        ("channel", true) => &["conversation.channel", "channel"],
        ("inbox", false) => &["conversation.inbox"],
        ("inbox", true) => &["conversation.inbox", "inbox"],
        ("desk", false) => &["desk"],
        ("time", false) => &["desk.now", "conversation.opened_at", "agent.last_assigned"],
        ("time", true) => &["now", "conversation.opened_at"],
        _ => &[],
    }
}

/// The members that an expression can read, each as it is written.
fn members(is_condition: bool) -> Vec<String> {
    let mut members = Vec::new();
    for known in plain_members() {
        let paths = roots(known.member.of, is_condition).iter();
        members.extend(paths.map(|root| format!("{root}.{}", known.member.name())));
    }
    for of in ["agent", "conversation", "contact"] {
        for root in roots(of, is_condition) {
            members.extend(ATTRIBUTES.map(|name| format!("{root}.attributes.{name}")));
        }
    }
    let with_skills = ["agent", "conversation"].iter().flat_map(|of| roots(of, is_condition));
    members.extend(with_skills.flat_map(|root| ["sv", "none"].map(|name| format!("{root}.skills.{name}"))));
    members.extend(is_condition.then(|| "now".to_owned()));
    members.extend(["conversation.nothing", "conversation.contact", "conversation.attributes"].map(str::to_owned));
    members
}

fn expression(is_condition: bool) -> impl Strategy<Value = String> {
    const LITERALS: [&str; 14] = [
        "0",
        "1",
        "2",
        "-1",
        "9223372036854775807",
        "0.0",
        "1.0",
        "2.5",
        "1e300",
        "true",
        "false",
        "()",
        "\"a\"",
        "\"\"",
    ];
    const OPERATORS: [&str; 14] = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "??"];
    let names = if is_condition { Vec::new() } else { PARAMETERS.map(str::to_owned).to_vec() };
    let names = if names.is_empty() { vec!["1".to_owned()] } else { names };
    let leaf = prop_oneof![
        4 => prop::sample::select(&LITERALS[..]).prop_map(str::to_owned),
        6 => prop::sample::select(members(is_condition)),
        1 => prop::sample::select(names),
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        let two = (inner.clone(), prop::sample::select(&OPERATORS[..]), inner.clone());
        let three = (inner.clone(), inner.clone(), inner.clone());
        prop_oneof![
            8 => two.prop_map(|(a, operator, b)| format!("({a}) {operator} ({b})")),
            2 => (inner.clone(), 0_i64..3).prop_map(|(a, least)| format!("({a}) > {least}")),
            1 => inner.clone().prop_map(|a| format!("!({a})")),
            1 => inner.clone().prop_map(|a| format!("-({a})")),
            2 => three.prop_map(|(a, b, c)| format!("(if {a} {{ {b} }} else {{ {c} }})")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("(if {a} == {b} {{ {a} }})")),
            1 => inner.prop_map(|a| format!("[{a}].len()")),
        ]
    })
}

/// The body of a hook: any expression, or one that most often gives what the hook may give.
fn body() -> impl Strategy<Value = String> {
    let compared = (expression(false), expression(false), 0_i64..3).prop_map(|(a, b, number)| {
        format!("if ({a}) == ({b}) {{ {number} == agent.load }} else {{ {number}.5 < agent.load }}")
    });
    let chosen = (expression(false), expression(false))
        .prop_map(|(a, b)| format!("if ({a}) < ({b}) {{ agent.load }} else {{ agent.capacity }}"));
    prop_oneof![expression(false), compared, chosen]
}

/// Returns a value with its type, exactly.
fn written(value: &Dynamic) -> String {
    if let Some(time) = value.read_lock::<TimeView>() {
        return format!("time {:?} {}", time.at, time.zone.name());
    }
    match value.as_float() {
        Ok(number) if !number.is_nan() => format!("float {:x}", number.to_bits()),
        _ => format!("{} {value:?}", value.type_name()),
    }
}

/// The operations of which none are reserved for a question, so that the allowance tells how many were used.
const OPERATIONS: u64 = 199;

/// Returns the value that Rhai gives a condition, and the operations that it counts.
fn by_rhai(text: &str, about: &Arc<About>) -> (Failed<Dynamic>, u64) {
    let ast = when::read(text).unwrap();
    let (about, allowance) = (Some(Arc::clone(about)), Some(about.allowance.clone()));
    let before = allowance.as_ref().map_or(0, Allowance::left);
    let running = Running { about, allowance: allowance.clone(), ..Running::default() };
    let mut session = Session::begin(running, OPERATIONS, 0);
    let answer = session.call(|| with_runner(|runner| runner.eval_ast_with_scope::<Dynamic>(&mut Scope::new(), &ast)));
    let answer = session.answered(answer);
    session.end();
    (answer, before - allowance.as_ref().map_or(0, Allowance::left))
}

/// Returns the value of a condition as a plain expression, and the operations spent.
fn plainly(text: &str, about: &About) -> Option<(String, u64)> {
    let compiled = Expression::of_condition(&when::read(text).ok()?)?;
    let sight = Sight { about, row: None, params: &Params::default() };
    let (value, spent) = compiled.evaluate(&sight, OPERATIONS)?;
    Some((written(&uncounted(|| value.charged(&about.zone)).unwrap()), spent))
}

/// Returns a set of one script, and the same set for Rhai alone.
fn twins(text: &str) -> Option<[Scripts; 2]> {
    let read = || Scripts::from_sources([("s", text)]).ok();
    Some([read()?, read()?.without_plain_hooks()])
}

/// Returns the verdict of a script about a scene, and the operations left of those that all share.
fn decided(scripts: Scripts, scene: &Scene, operations: u64, together: u64) -> (Verdict, u64) {
    let mut scene = scene.clone();
    Arc::make_mut(&mut scene.about).allowance = Allowance::of(together);
    let (call, scene) =
        (ScriptCall { script: Id::from("s"), params: BTreeMap::new(), extensions: BTreeMap::new() }, Arc::new(scene));
    let verdict = scripts.with_operations(operations).choose(&call, &scene);
    (verdict, scene.about.allowance.left())
}

fn config(cases: u32) -> ProptestConfig {
    let usual = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { usual } else { ProptestConfig { cases, ..usual } }
}

proptest! {
    #![proptest_config(config(1_500))]

    #[test]
    fn a_condition_has_the_value_and_the_cost_that_rhai_gives_it(text in expression(true), scene in scene()) {
        let mut scene = scene;
        Arc::make_mut(&mut scene.about).allowance = Allowance::of(1_000_000);
        if let Some((value, spent)) = plainly(&text, &scene.about) {
            let (answer, used) = by_rhai(&text, &scene.about);
            prop_assert_eq!((value, spent), (written(&answer.map_err(|it| TestCaseError::fail(it.message))?), used));
        }
    }

    #[test]
    fn a_script_decides_as_by_rhai_alone(
        (eligible, score) in (body(), body()),
        is_choosy in any::<bool>(),
        scene in scene(),
        operations in prop_oneof![2 => 1_u64..60, 1 => Just(OPERATIONS), 1 => Just(100_000)],
        together in prop_oneof![1 => 0_u64..300, 1 => Just(2_000_000)],
    ) {
        let mut text = format!("{CONSTANTS}fn score(agent, conversation, desk) {{ {score} }}\n");
        if is_choosy {
            write!(text, "fn eligible(agent, conversation, desk) {{ {eligible} }}").unwrap();
        }
        let Some([plain, by_rhai]) = twins(&text) else { return Ok(()) };
        let expected = decided(by_rhai, &scene, operations, together);
        prop_assert_eq!(decided(plain, &scene, operations, together), expected, "{}", text);
    }
}

/// The conditions, with their values; `None` for those that are left to Rhai.
#[rustfmt::skip]
const CASES: &[(&str, Option<&str>)] = &[
    ("1 + 2 * 3", Some("i64 7")),
    ("7 / 2 == 3 && 7 % 2 == 1", Some("bool true")),
    ("1 + 1.0", Some("float 4000000000000000")),
    ("0.0 / 0.0 == 0.0", Some("bool true")),
    ("1 == 1.0000000000000002", Some("bool true")),
    ("1 == \"1\" || () < 1 || true > 0", Some("bool false")),
    ("() != \"\" && () == ()", Some("bool true")),
    ("\"a\" < \"b\"", Some("bool true")),
    ("!(1 < 2)", Some("bool false")),
    ("-conversation.step", Some("i64 -1")),
    ("contact.id", Some("string \"x\"")),
    ("contact.attributes.absent == ()", Some("bool true")),
    ("contact.attributes.absent ?? 5", Some("i64 5")),
    ("conversation.skills.sv", Some("i64 0")),
    ("now.hour", Some("i64 10")),
    ("now.weekday == \"fri\"", Some("bool true")),
    ("conversation.opened_at.day + now.month", Some("i64 31")),
    ("now - conversation.opened_at", Some("i64 0")),
    ("now >= conversation.opened_at", Some("bool true")),
    ("now == 1", Some("bool false")),
    ("if now.hour < 12 { \"morning\" } else if now.hour < 18 { \"day\" } else { \"night\" }", Some("string \"morning\"")),
    ("if false { 1 }", Some("() ()")),
    // Failures, whose words and places are those of Rhai.
    ("1 / 0", None),
    ("9223372036854775807 + 1", None),
    ("1 && true", None),
    ("1 + ()", None),
    ("contact.name", None),
    // Texts, lists and times that are made, and functions.
    ("\"a\" + 1", None),
    ("now + 60", None),
    ("now.date", None),
    ("abs(1)", None),
    ("[1].len()", None),
    ("`${1}`", None),
    ("contact.attributes[\"a\"]", None),
    ("contact?.attributes.a", None),
    ("1 in [1]", None),
    ("inbox == \"main\"", None),
];

#[test]
fn plain_expressions_are_evaluated_without_rhai() {
    for (text, expected) in CASES {
        let value = plainly(text, &SCENE.about);
        assert_eq!(value.as_ref().map(|(value, _)| &**value), *expected, "{text}");
        if let Some((value, spent)) = value {
            let (answer, used) = by_rhai(text, &SCENE.about);
            assert_eq!((value, spent), (written(&answer.unwrap()), used), "{text}");
        }
    }
}

#[test]
fn names_mean_what_they_mean_in_rhai() {
    // A parameter of a hook hides one of the script, and may have any name.
    for text in [
        "const desk = 5; fn score(a, b, c) { desk - a.load }",
        "const a = 5; fn score(a, b, c) { a.load }",
        "const x = 5; fn eligible(x, y, z) { z.queue_length <= y.priority } fn score(x, y, z) { x.load }",
        "const x = [1]; fn score(a, b, c) { if x == 1 { 1 } else { 2 } }",
    ] {
        let [plain, by_rhai] = twins(text).unwrap();
        assert_eq!(decided(plain, &SCENE, 1_000, 9_000), decided(by_rhai, &SCENE, 1_000, 9_000), "{text}");
    }
}

#[test]
fn a_long_sum_does_not_use_the_stack_up() {
    let sum = |terms: usize| vec!["1"; terms].join(" + ");
    assert_eq!(plainly(&sum(20), &SCENE.about).map(|(value, _)| value).as_deref(), Some("i64 20"));
    assert_eq!(plainly(&sum(2_000), &SCENE.about), None);
}

#[test]
fn an_expression_is_left_to_rhai_where_its_budget_ends() {
    let text = "now.hour + now.minute";
    let (_, spent) = plainly(text, &SCENE.about).unwrap();
    let compiled = Expression::of_condition(&when::read(text).unwrap()).unwrap();
    let sight = Sight { about: &SCENE.about, row: None, params: &Params::default() };
    assert!(compiled.evaluate(&sight, spent).is_none());
    assert!(compiled.evaluate(&sight, spent + 1).is_some());
}
