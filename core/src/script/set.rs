//! A set of scripts, loaded as a whole: a problem in one script refuses the set.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rhai::{AST, Dynamic, ParseError, ParseErrorType, Scope};
use serde_json::Value;

use super::api::Member;
use super::budget::{OPERATIONS, Running, Session};
use super::engine::{MOST_SOURCE, compiler, members, with_runner};
use super::expression::PlainHooks;
use super::failure;
use super::hooks::{self, HOOKS, Hook};
use super::inside::around;
use super::params::Params;
use super::spare::Spares;
use super::words::plain;
use crate::availability::hash;
use crate::model::{DeclaredScripts, Id, ScriptCall};
use crate::problem::{Code, Problem, Problems, Word};
use crate::routing::extension::{Allowance, HookName, Hooks};

/// The largest number of scripts in a set.
const MOST_SCRIPTS: usize = 1_000;

/// Routing scripts by name: immutable, cheap to clone, and shared by any number of desks and threads.
///
/// ```
/// use frontdesk::{Reader, script::Scripts};
///
/// let scripts = Scripts::from_sources([("quiet_first.rhai", "fn score(agent, conversation, desk) { -agent.load }")]).unwrap();
/// let mut desk = Reader::new().scripts(scripts).desk(r#"{
///     "version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}, {"id": "bo"}],
///     "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
///         {"id": "all", "steps": [{"assign_to": "everyone", "strategy": {"script": "quiet_first"}}]}]}]}]
/// }"#).unwrap();
/// let events = desk.handle_json(
///     r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#,
/// ).unwrap();
/// assert!(events[1].to_json().contains(r#""strategy":"script:quiet_first""#));
/// ```
#[derive(Debug, Clone)]
pub struct Scripts {
    pub(super) scripts: Arc<BTreeMap<Id, Arc<Script>>>,
    declared: Arc<DeclaredScripts>,
    pub(super) operations: u64,
    pub(super) operations_together: u64,
}

impl Default for Scripts {
    fn default() -> Self {
        Scripts {
            scripts: Arc::default(),
            declared: Arc::default(),
            operations: OPERATIONS,
            operations_together: Allowance::USUAL,
        }
    }
}

/// A compiled script.
#[derive(Debug)]
pub(super) struct Script {
    pub name: Id,
    pub file: Id,
    /// A hash of its text.
    pub version: Id,
    text: Box<str>,
    /// Copies of its functions, with the one statement that runs them.
    copies: Spares<AST>,
    pub hooks: Hooks,
    /// The hooks that choose an agent, if they are plain expressions.
    pub plain: Option<PlainHooks>,
    /// The line and column of each hook.
    pub places: BTreeMap<&'static str, (usize, usize)>,
    pub params: Arc<Params>,
}

impl Script {
    /// Passes a copy of the functions, with the one statement that runs them.
    pub fn with_functions<T>(&self, run: impl FnOnce(&AST) -> T) -> Result<T, Problem> {
        let source = Source { file: &self.file, text: &self.text };
        let functions = self.copies.take().map_or_else(|| functions(&source, &self.params), Ok)?;
        let ran = run(&functions);
        self.copies.put(functions);
        Ok(ran)
    }

    /// Returns the parameters with the values of a step.
    pub fn params_of(&self, call: &ScriptCall) -> Arc<Params> {
        match call.params.is_empty() {
            true => Arc::clone(&self.params),
            false => Arc::new(self.params.set(&call.params)),
        }
    }
}

impl Scripts {
    /// Reads scripts from their texts, each with the name of its file; the name of the script is that of the file, without
    /// folder and `.rhai`.
    ///
    /// # Errors
    /// All problems of all scripts, each with the file as its `path`, line and column: `invalid_script`, `unknown_hook`,
    /// `duplicate_id`. Then nothing is loaded, and a desk keeps its scripts. A script has at most 65,536 bytes, and a set at
    /// most 1,000 scripts.
    ///
    /// ```
    /// use frontdesk::{Code, script::Scripts};
    ///
    /// let problem = &Scripts::from_sources([("a.rhai", "fn scor(agent, conversation, desk) { 1 }")]).unwrap_err()[0];
    /// assert_eq!((problem.code, problem.hint.as_deref()), (Code::UnknownHook, Some("did you mean score?")));
    /// ```
    pub fn from_sources<N: AsRef<str>, T: AsRef<str>>(
        sources: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Scripts, Problems> {
        let (mut scripts, mut declared, mut problems) = (BTreeMap::new(), DeclaredScripts::new(), Vec::new());
        let mut names = BTreeSet::new();
        for (file, text) in sources {
            let source = Source { file: file.as_ref(), text: text.as_ref() };
            if names.len() == MOST_SCRIPTS {
                problems.push(source.problem(Code::InvalidScript, format!("a set has at most {MOST_SCRIPTS} scripts")));
                break;
            }
            let name = source.name();
            if !names.insert(name.clone()) {
                let message = format!("there is a script {name:?} already");
                problems.push(Problem::new(Code::DuplicateId, message).at_path(source.file));
                continue;
            }
            if let Some((script, params)) = read(&source, &mut problems) {
                declared.insert(name.clone(), Some(params));
                scripts.insert(name, Arc::new(script));
            }
        }
        if problems.is_empty() {
            Ok(Scripts { scripts: Arc::new(scripts), declared: Arc::new(declared), ..Scripts::default() })
        } else {
            Err(problems.into())
        }
    }

    /// Returns the scripts with another budget: the number of operations of a hook's call, 100,000 by default.
    ///
    /// All calls for one conversation at one step share as many, plus a hundredth of them for each agent.
    #[must_use]
    pub fn with_operations(self, operations: u64) -> Self {
        Scripts { operations, ..self }
    }

    /// Returns the scripts with another shared budget: the number of operations of all scripts and conditions at one instant
    /// of a command, 2,000,000 by default.
    ///
    /// The budget starts again for every instant that falls due before a command, and for the command itself, so that a leap
    /// in time gives the events of many small steps. When it is spent, further calls fail with `over_budget`, and each step
    /// does as its `on_error` says. Each question has a two-hundredth of a call's budget reserved: a script that wastes
    /// operations does not make a simple one fail. A script that reads `desk.agents` or `desk.available` pays one operation
    /// for every agent of the desk each time it is called.
    #[must_use]
    pub fn with_operations_together(self, operations_together: u64) -> Self {
        Scripts { operations_together, ..self }
    }

    /// Returns the names of the scripts, sorted.
    pub fn names(&self) -> impl Iterator<Item = &Id> {
        self.scripts.keys()
    }

    /// Returns the hooks that a script defines; `None` if there is no such script.
    pub fn hooks_of(&self, script: &str) -> Option<Vec<&'static Hook>> {
        let hooks = self.scripts.get(script)?.hooks;
        let defined = |hook: &&Hook| HookName::find(hook.name).is_some_and(|hook| hooks.has(hook));
        Some(HOOKS.iter().filter(defined).collect())
    }

    /// Returns the parameters of a script with their defaults, `null` for one that takes any value; `None` if there is no
    /// such script.
    pub fn params_of(&self, script: &str) -> Option<&BTreeMap<String, Value>> {
        self.declared.get(script)?.as_ref()
    }

    /// Returns all hooks.
    pub fn all_hooks() -> &'static [Hook] {
        &HOOKS
    }

    /// Returns everything that scripts and conditions can use: members of views and functions, with their types.
    pub fn api() -> &'static [Member] {
        members()
    }

    /// Returns the scripts with Rhai for all hooks.
    #[cfg(test)]
    pub(super) fn without_plain_hooks(mut self) -> Self {
        let all = Arc::get_mut(&mut self.scripts).into_iter().flat_map(BTreeMap::values_mut);
        all.filter_map(Arc::get_mut).for_each(|script| script.plain = None);
        self
    }

    /// Returns the names and parameters that a document may use.
    pub(crate) fn declared(&self) -> Arc<DeclaredScripts> {
        Arc::clone(&self.declared)
    }
}

/// The text of a script.
pub(super) struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
}

impl Source<'_> {
    fn name(&self) -> Id {
        let name = self.file.rsplit(['/', '\\']).next().unwrap_or_default();
        Id::from(name.strip_suffix(".rhai").unwrap_or(name))
    }

    pub fn problem(&self, code: Code, message: impl Into<String>) -> Problem {
        Problem::new(code, message).at_path(self.file)
    }

    /// Returns a problem at the definition of a function.
    pub fn problem_at_function(&self, name: &str, code: Code, message: String) -> Problem {
        let problem = self.problem(code, message);
        match self.place_of_function(name) {
            Some((line, column)) => problem.at_position(line, column),
            None => problem,
        }
    }

    /// Returns a problem at the first place where a word directly follows another.
    fn placed(&self, before: &str, name: &str, message: String) -> Problem {
        let problem = self.problem(Code::InvalidScript, message);
        match self.place_behind(before, name) {
            Some((line, column)) => problem.at_position(line, column),
            None => problem,
        }
    }

    fn place_of_function(&self, name: &str) -> Option<(usize, usize)> {
        self.place_behind("fn", name)
    }

    /// Returns the place where a word directly follows another.
    fn place_behind(&self, before: &str, name: &str) -> Option<(usize, usize)> {
        let follows = |offset: usize| self.text.get(..offset).is_some_and(|text| text.trim_end().ends_with(before));
        let mut words = self.words();
        words.find(|(offset, word)| *word == name && follows(*offset)).map(|(offset, _)| self.position(offset))
    }

    /// Returns `true` if any of these words follows a dot.
    pub fn mentions(&self, words: &[&str]) -> bool {
        let behind_a_point =
            |offset: usize| self.text.get(..offset).is_some_and(|before| before.trim_end().ends_with('.'));
        self.words().any(|(offset, word)| words.contains(&word) && behind_a_point(offset))
    }

    /// Returns the number of times a word occurs in the text.
    pub fn times_named(&self, name: &str) -> usize {
        self.words().filter(|(_, word)| *word == name).count()
    }

    /// Returns all words with their offsets.
    fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let parts = self.text.split(move |c| !is_word(c));
        let start = self.text.as_ptr() as usize;
        parts.filter(|word| !word.is_empty()).map(move |word| (word.as_ptr() as usize - start, word))
    }

    fn position(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }
}

/// Reads one script: its syntax, its parameters, the names it uses, its hooks.
fn read(source: &Source<'_>, problems: &mut Vec<Problem>) -> Option<(Script, BTreeMap<String, Value>)> {
    if source.text.len() > MOST_SOURCE {
        let message = format!("a script has at most {MOST_SOURCE} bytes, this one has {}", source.text.len());
        problems.push(source.problem(Code::InvalidScript, message));
        return None;
    }
    let (params, declared) = read_params(source).map_err(|problem| problems.push(problem)).ok()?;
    let functions = functions(source, &params).map_err(|problem| problems.push(problem)).ok()?;
    let before = problems.len();
    let hooks = hooks::find(source, &functions, problems);
    let plain = PlainHooks::of(&functions, hooks, &params);
    let version = Id::from(format!("{:016x}", hash(0, source.text)));
    let (name, file) = (source.name(), Id::from(source.file));
    let places = HOOKS.iter().filter_map(|hook| Some((hook.name, source.place_of_function(hook.name)?))).collect();
    let (text, copies) = (source.text.into(), Spares::none());
    copies.put(functions);
    let script = Script { name, file, version, text, places, copies, hooks, plain, params: Arc::new(params) };
    (problems.len() == before).then_some((script, declared))
}

/// Compiles the functions of a script whose parameters are known; any other unknown name is a problem.
fn functions(source: &Source<'_>, params: &Params) -> Result<AST, Problem> {
    let mut scope = Scope::new();
    for name in params.names() {
        scope.push_constant(name, Dynamic::UNIT);
    }
    #[cfg_attr(not(feature = "script-testing"), allow(unused_mut))]
    let mut functions = compile(source, &scope, true)?.clone_functions_only();
    #[cfg(feature = "script-testing")]
    functions.set_source(source.file);
    around(&functions).map_err(|error| unreadable(source, &error))
}

/// Reads the constants at the top.
fn read_params(source: &Source<'_>) -> Result<(Params, BTreeMap<String, Value>), Problem> {
    let ast = compile(source, &Scope::new(), false)?;
    let mut scope = Scope::new();
    let run = || with_runner(|runner| runner.eval_ast_with_scope::<Dynamic>(&mut scope, &ast));
    let ran = Session::begin(Running::default(), OPERATIONS, 0).call(run);
    ran.map(drop).map_err(|error| {
        let failure = failure::of(*error);
        let problem = source.problem(Code::InvalidScript, failure.message);
        match (failure.line, failure.column) {
            (Some(line), column) => problem.at_position(line, column.unwrap_or(1)),
            _ => problem,
        }
    })?;
    let mut constants: Vec<(String, Dynamic)> = Vec::new();
    for (name, is_constant, value) in scope.iter() {
        if !is_constant {
            let message = format!("functions do not see the variable {name:?}");
            return Err(source
                .placed("let", name, message)
                .with_hint(format!("write const {name} = …: then it is a parameter")));
        }
        constants.retain(|(known, _)| known != name);
        constants.push((name.to_owned(), value));
    }
    let params = Params::new(constants);
    let declared = params.declared().map_err(|name| {
        let message = format!("no document can write a value like that of the parameter {name:?}");
        source.placed("const", &name, message)
    })?;
    Ok((params, declared))
}

/// Compiles a text; in strict mode every name has to be known.
fn compile(source: &Source<'_>, scope: &Scope<'_>, strict: bool) -> Result<AST, Problem> {
    let compiled = if strict {
        super::engine::strict().compile_with_scope(scope, source.text)
    } else {
        compiler().compile(source.text)
    };
    compiled.map_err(|error| unreadable(source, &error))
}

fn unreadable(source: &Source<'_>, error: &ParseError) -> Problem {
    let problem = source.problem(Code::InvalidScript, plain(&error.err_type().to_string()));
    let problem = match error.err_type() {
        ParseErrorType::VariableUndefined(name) => problem
            .suggesting(name, HOOKS.iter().flat_map(|hook| hook.params.iter().copied()).collect::<BTreeSet<&str>>()),
        _ => problem,
    };
    let place = error.position();
    match (place.line(), place.position()) {
        (Some(line), column) => problem.at_position(line, column.unwrap_or(1)),
        _ => problem,
    }
}
