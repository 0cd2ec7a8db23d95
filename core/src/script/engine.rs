//! The script engine with its guards. The tests have a hostile script for every guard.

use std::sync::LazyLock;

use rhai::{Dynamic, Engine, EvalContext};

use super::api::{Api, Member, Members, PlainMember};
use super::budget::{Fallible, charge_value, tick, with_running};
use super::spare::Spares;
use super::words::caught;
use super::{inside, library, random, views};

/// The largest source text of a script, in bytes.
pub(super) const MOST_SOURCE: usize = 64 * 1024;
/// The longest text literal: the use of a constant is not counted.
const LONGEST_LITERAL: usize = 1_024;
/// The deepest nesting of calls.
const MOST_LEVELS: usize = 16;
/// The longest text that can be created, in bytes.
const LONGEST_TEXT: usize = 64 * 1024;

/// Keywords that scripts have no use for: they reach other code, other files, or results that differ between platforms (`**`
/// of floats).
const DISABLED: [&str; 13] = [
    "eval",
    "import",
    "export",
    "print",
    "debug",
    "this",
    "curry",
    "global",
    "is_shared",
    "is_def_fn",
    "is_def_var",
    "**",
    "**=",
];

/// The engines and their members.
struct Built {
    /// Compiles scripts.
    compiler: Engine,
    /// Compiles scripts whose names are all known.
    strict: Engine,
    members: Members,
}

static BUILT: LazyLock<Built> = LazyLock::new(build);
static RUNNERS: Spares<Box<Engine>> = Spares::none();

/// Passes the engine that runs all scripts; it has functions only.
pub(super) fn with_runner<T>(run: impl FnOnce(&Engine) -> T) -> T {
    #[cfg(feature = "script-testing")]
    if let Some(watched) = super::testing::watched_runner() {
        return run(watched);
    }
    let runner = RUNNERS.take().unwrap_or_else(|| Box::new(calling()));
    let ran = run(&runner);
    RUNNERS.put(runner);
    ran
}

/// Returns `true` while a test runner watches which lines run.
pub(super) fn is_watched() -> bool {
    #[cfg(feature = "script-testing")]
    return super::testing::watched_runner().is_some();
    #[cfg(not(feature = "script-testing"))]
    return false;
}

/// Returns the engine that compiles scripts.
pub(super) fn compiler() -> &'static Engine {
    &BUILT.compiler
}

/// Returns the engine that compiles scripts whose names are all known.
pub(super) fn strict() -> &'static Engine {
    &BUILT.strict
}

/// Returns all members that scripts can use.
pub(super) fn members() -> &'static [Member] {
    &BUILT.members.all
}

/// Returns the members with plain values.
pub(super) fn plain_members() -> &'static [PlainMember] {
    &BUILT.members.plain
}

fn build() -> Built {
    let (mut compiler, members) = hardened();
    let (mut strict, _) = hardened();
    compiler.set_max_string_size(LONGEST_LITERAL);
    strict.set_max_string_size(LONGEST_LITERAL).set_strict_variables(true);
    Built { compiler, strict, members }
}

/// Creates an engine that runs scripts and is called back from them.
pub(super) fn calling() -> Engine {
    let (mut engine, _) = hardened();
    let registered = inside::register(&mut engine);
    debug_assert!(registered.is_ok(), "the word is one that may be added");
    // One level more than scripts have: their functions are called from one level down.
    engine.set_max_call_levels(MOST_LEVELS + 1);
    engine
}

/// Creates an engine with the language of scripts and all guards.
pub(super) fn hardened() -> (Engine, Members) {
    let mut api = Api::of(Engine::new_raw());
    views::register(&mut api);
    library::register(&mut api);
    random::register(&mut api);
    let (mut engine, members) = api.finish();
    limit(&mut engine);
    watch(&mut engine);
    (engine, members)
}

/// Sets all limits: their defaults differ between debug and release.
fn limit(engine: &mut Engine) {
    for word in DISABLED {
        engine.disable_symbol(word);
    }
    engine
        .set_max_call_levels(MOST_LEVELS)
        .set_max_expr_depths(32, 32)
        .set_max_variables(64)
        .set_max_functions(64)
        .set_max_string_size(LONGEST_TEXT)
        .set_max_array_size(10_000)
        .set_max_map_size(1_000)
        // Interned strings are behind a lock, for which threads would wait.
        .set_max_strings_interned(0);
}

#[allow(deprecated, reason = "Rhai marks what it may still change as deprecated")]
fn watch(engine: &mut Engine) {
    engine.on_progress(|_| tick().err().map(Dynamic::from));
    engine.on_var(look_up);
}

/// Runs before every access to a variable: reading copies the value, which is counted by its size.
fn look_up(name: &str, index: usize, mut context: EvalContext<'_, '_, '_, '_, '_, '_>) -> Fallible<Option<Dynamic>> {
    let scope = context.scope();
    let found = if index > 0 {
        scope
            .iter_raw()
            .nth(index - 1)
            .filter(|(known, ..)| *known == name)
            .map(|(.., value)| value)
            .or_else(|| scope.get(name))
    } else {
        scope.get(name)
    };
    let Some(value) = found else { return given(name) };
    charge_value(value)?;
    if let Some(text) = caught(value) {
        return Ok(Some(Dynamic::from(text)));
    }
    if value.is_shared() {
        // A variable captured by a closure is copied: a shared value could contain itself, and would never be freed.
        let own = value.flatten_clone();
        match context.scope_mut().get_mut(name) {
            Some(shared) => *shared = own,
            None => return Ok(Some(own)),
        }
    }
    Ok(None)
}

/// Returns a name that is not a variable of the script: a parameter, or a name of a condition.
fn given(name: &str) -> Fallible<Option<Dynamic>> {
    let found = with_running(|running| {
        let about = running.about.as_ref().and_then(|about| views::named(name, about));
        about.or_else(|| running.params.get(name).cloned())
    });
    let found = found.flatten();
    if let Some(value) = &found {
        charge_value(value)?;
    }
    Ok(found)
}
