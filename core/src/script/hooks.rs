//! The hooks of a script, found among its functions.

use rhai::AST;

use super::functions::Function;
use super::set::Source;
use crate::problem::{Code, Problem, Word};
use crate::routing::extension::{HookName, Hooks};

/// A hook that scripts can define.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hook {
    /// The name.
    pub name: &'static str,
    /// The parameters.
    pub params: &'static [&'static str],
}

/// All hooks.
pub(super) const HOOKS: [Hook; 5] = [
    Hook { name: HookName::Eligible.as_str(), params: &["agent", "conversation", "desk"] },
    Hook { name: HookName::Score.as_str(), params: &["agent", "conversation", "desk"] },
    Hook { name: HookName::Pick.as_str(), params: &["candidates", "conversation", "desk"] },
    Hook { name: HookName::Priority.as_str(), params: &["conversation", "desk"] },
    Hook { name: HookName::Fallback.as_str(), params: &["conversation", "desk"] },
];

/// The prefix of functions that are tests.
pub(super) const TEST: &str = "test_";

/// Finds the hooks of a script.
pub(super) fn find(source: &Source<'_>, ast: &AST, problems: &mut Vec<Problem>) -> Hooks {
    let mut hooks = Hooks {
        sees_everyone: source.mentions(&["available", "agents"]),
        is_counted: true,
        sees_history: source.mentions(&["history", "times_with", "last_with"]),
        ..Hooks::default()
    };
    let before = problems.len();
    let mut functions: Vec<_> = ast.iter_functions().collect();
    // Rhai returns them in no order.
    functions.sort_by(|a, b| (a.name, a.params.len()).cmp(&(b.name, b.params.len())));
    for function in &functions {
        match HOOKS.iter().find(|hook| hook.name == function.name) {
            Some(hook) if function.params.len() != hook.params.len() => {
                problems.push(wrong_arity(source, hook, function.params.len()))
            }
            Some(hook) if function.access == rhai::FnAccess::Private => {
                problems.push(source.problem_at_function(
                    hook.name,
                    Code::InvalidScript,
                    format!("{} is private, so it cannot be called", hook.name),
                ));
            }
            Some(hook) => HookName::find(hook.name).into_iter().for_each(|hook| *hooks.flag(hook) = true),
            None => problems.extend(misnamed(source, function.name, &function.params)),
        }
    }
    // Those who declined a conversation are not among its candidates, so that `pick` may choose differently.
    hooks.ignores_conversation = !hooks.pick && ignores_conversation(source, ast);
    let tests = functions.iter().any(|function| function.name.starts_with(TEST));
    if !hooks.any() && !tests && problems.len() == before {
        let names: Vec<&str> = HOOKS.iter().map(|hook| hook.name).collect();
        let message = format!("the script defines none of {}", names.join(", "));
        problems.push(
            source
                .problem(Code::InvalidScript, message)
                .with_hint("begin with fn score(agent, conversation, desk) { 0 }"),
        );
    }
    hooks
}

/// Returns `true` if neither `eligible` nor `score` reads its conversation, or numbers that are random for each conversation.
///
/// Functions that they call may have a conversation as a variable of the same name; then this is `false`, although nothing may
/// have been passed on.
fn ignores_conversation(source: &Source<'_>, ast: &AST) -> bool {
    let choosing = |name: &str| [HookName::Eligible, HookName::Score].iter().any(|hook| hook.as_str() == name);
    let elsewhere =
        |name: &str| name.starts_with(TEST) || HOOKS.iter().any(|hook| hook.name == name && !choosing(name));
    let names: Vec<String> =
        Function::all(ast).filter(|it| choosing(&it.name)).filter_map(|it| it.params.into_iter().nth(1)).collect();
    let reads = |function: &Function| names.iter().any(|name| function.reads(name));
    source.times_named("random") == 0 && !Function::all(ast).any(|it| !elsewhere(&it.name) && reads(&it))
}

fn wrong_arity(source: &Source<'_>, hook: &Hook, found: usize) -> Problem {
    let Hook { name, params, .. } = hook;
    let message = format!("{name} takes {} parameters, not {found}", params.len());
    source
        .problem_at_function(name, Code::InvalidScript, message)
        .with_hint(format!("write fn {name}({})", params.join(", ")))
}

/// Returns the problem of a function that looks like a hook but is not: by its name, or by its parameters if nothing calls
/// it.
fn misnamed(source: &Source<'_>, name: &str, params: &[&str]) -> Option<Problem> {
    if name.starts_with(TEST) || name.starts_with("anon$") {
        return None;
    }
    let message = format!("there is no hook {name:?}");
    let problem = source
        .problem_at_function(name, Code::UnknownHook, message)
        .suggesting(name, HOOKS.iter().map(|hook| hook.name));
    if problem.hint.is_some() && source.times_named(name) == 1 {
        return Some(problem);
    }
    let like_a_hook = HOOKS.iter().any(|hook| hook.params == params);
    (like_a_hook && source.times_named(name) == 1).then(|| {
        let names: Vec<&str> = HOOKS.iter().map(|hook| hook.name).collect();
        problem.with_hint(format!("the hooks are {}", names.join(", ")))
    })
}
