//! The assertions of tests, and their reports on failure: the expression as written, and its values.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use frontdesk::script::testing::rhai::{
    Array, Dynamic, Engine, EvalAltResult, EvalContext, Expr, Expression, ImmutableString, Map, NativeCallContext,
    Position,
};
use frontdesk::script::testing::same;

use super::text::{arguments, call_before};

type Fallible<T> = Result<T, Box<EvalAltResult>>;

/// A failed assertion.
#[derive(Debug, Clone)]
pub struct Broken {
    /// The assertion as written: `assert_eq(got.agent, "anna")`.
    pub claim: String,
    /// The parts of the expression as written, each with its value.
    pub values: Vec<(String, String)>,
    /// The message of the test.
    pub note: Option<String>,
    /// The line and column.
    pub place: (usize, usize),
}

/// The comparisons whose two sides are reported.
const COMPARISONS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

/// Registers the assertions, and counts the calls.
pub fn register(engine: &mut Engine, text: Arc<str>, claims: Arc<AtomicUsize>) {
    for (name, equal) in [("assert_eq", true), ("assert_ne", false)] {
        let (source, made) = (Arc::clone(&text), Arc::clone(&claims));
        engine.register_fn(name, move |context: NativeCallContext, a: Dynamic, b: Dynamic| {
            made.fetch_add(1, Ordering::Relaxed);
            compared(&source, name, context.call_position(), equal, [a, b], None)
        });
        let (source, made) = (Arc::clone(&text), Arc::clone(&claims));
        engine.register_fn(name, move |context: NativeCallContext, a: Dynamic, b: Dynamic, note: ImmutableString| {
            made.fetch_add(1, Ordering::Relaxed);
            compared(&source, name, context.call_position(), equal, [a, b], Some(note.to_string()))
        });
    }
    let source = Arc::clone(&text);
    let holds = move |context: &mut EvalContext<'_, '_, '_, '_, '_, '_>, inputs: &[Expression<'_>]| {
        let Some(claim) = inputs.first() else { return Ok(Dynamic::UNIT) };
        claims.fetch_add(1, Ordering::Relaxed);
        assert(&source, context, claim)
    };
    let registered = engine.register_custom_syntax(["assert", "(", "$expr$", ")"], false, holds);
    debug_assert!(registered.is_ok(), "the syntax is fixed");
}

/// `assert(claim)`: reports both sides of a comparison.
fn assert(
    source: &str,
    context: &mut EvalContext<'_, '_, '_, '_, '_, '_>,
    claim: &Expression<'_>,
) -> Fallible<Dynamic> {
    let sides = sides(claim, context)?;
    let (held, values) = match &sides {
        Some((operator, [left, right])) => {
            (compare(context, operator, left, right)?, vec![left.clone(), right.clone()])
        }
        None => (context.eval_expression_tree(claim)?, Vec::new()),
    };
    match held.as_bool() {
        Ok(true) => return Ok(Dynamic::UNIT),
        Ok(false) => {}
        Err(_) => return Err(format!("assert is about true or false, not {}", shown(&held)).into()),
    }
    let place = claim.start_position();
    let written = call_before(source, "assert", place);
    let claim = written.as_ref().map(|call| call.text.clone()).unwrap_or_default();
    let operator = sides.map(|(operator, _)| operator).unwrap_or_default();
    let names = written.map(|call| call.sides(&operator)).unwrap_or_default();
    Err(broken(claim.0, names, &values, None, claim.1))
}

/// Returns the operator and the values of both sides of a comparison.
fn sides(
    claim: &Expression<'_>,
    context: &mut EvalContext<'_, '_, '_, '_, '_, '_>,
) -> Fallible<Option<(String, [Dynamic; 2])>> {
    let Expr::FnCall(call, _) = &**claim else { return Ok(None) };
    let ([left, right], true) = (call.args.as_slice(), COMPARISONS.contains(&call.name.as_str())) else {
        return Ok(None);
    };
    let left = context.eval_expression_tree(&Expression::from(left))?;
    let right = context.eval_expression_tree(&Expression::from(right))?;
    Ok(Some((call.name.to_string(), [left, right])))
}

fn compare(
    context: &mut EvalContext<'_, '_, '_, '_, '_, '_>,
    operator: &str,
    left: &Dynamic,
    right: &Dynamic,
) -> Fallible<Dynamic> {
    match operator {
        "==" => same(left, right).map(Dynamic::from_bool),
        "!=" => same(left, right).map(|same| Dynamic::from_bool(!same)),
        _ => context.call_native_fn(operator, (left.clone(), right.clone())),
    }
}

/// `assert_eq(left, right)` and `assert_ne(left, right)`.
fn compared(
    source: &str,
    name: &str,
    position: Position,
    equal: bool,
    sides: [Dynamic; 2],
    note: Option<String>,
) -> Fallible<()> {
    if same(&sides[0], &sides[1])? == equal {
        return Ok(());
    }
    let written = arguments(source, name, position);
    let claim = written.as_ref().map(|call| call.text.clone()).unwrap_or_default();
    let names = written.map(|call| call.arguments).unwrap_or_default();
    Err(broken(claim.0, names, &sides, note, claim.1))
}

fn broken(
    claim: String,
    names: Vec<String>,
    values: &[Dynamic],
    note: Option<String>,
    place: (usize, usize),
) -> Box<EvalAltResult> {
    let named = |index: usize| names.get(index).cloned().unwrap_or_default();
    let values = values.iter().enumerate().map(|(index, value)| (named(index), shown(value))).collect();
    let broken = Broken { claim, values, note, place };
    EvalAltResult::ErrorRuntime(Dynamic::from(broken), Position::NONE).into()
}

/// Returns a value as a script writes it.
pub fn shown(value: &Dynamic) -> String {
    if value.is_unit() {
        return "()".to_owned();
    }
    if let Some(text) = value.read_lock::<ImmutableString>() {
        return format!("{:?}", text.as_str());
    }
    if let Some(list) = value.read_lock::<Array>() {
        return format!("[{}]", list.iter().map(shown).collect::<Vec<_>>().join(", "));
    }
    if let Some(map) = value.read_lock::<Map>() {
        let entries = map.iter().map(|(key, value)| format!("{}: {}", key_shown(key), shown(value)));
        return format!("#{{{}}}", entries.collect::<Vec<_>>().join(", "));
    }
    value.to_string()
}

fn key_shown(key: &str) -> String {
    let is_name =
        key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !key.starts_with(|c: char| c.is_ascii_digit());
    if is_name { key.to_owned() } else { format!("{key:?}") }
}
