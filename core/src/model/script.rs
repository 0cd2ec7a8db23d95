//! The script settings of a document: the script of a step, its parameters, and the fallback if it fails.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::attributes::{Attributes, Extensions, write_extensions};
use super::rule::Strategy;
use crate::problem::{Code, Problem, shortened, there_are};
use crate::read::{Id, Node, Reader};

/// The strategy or script by which a step chooses among eligible agents.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
#[non_exhaustive]
pub enum Chooser {
    /// A built-in strategy.
    Strategy(Strategy),
    /// A script, or a strategy of the embedder.
    Script(ScriptCall),
}

impl Default for Chooser {
    fn default() -> Self {
        Chooser::Strategy(Strategy::default())
    }
}

impl From<Strategy> for Chooser {
    fn from(strategy: Strategy) -> Self {
        Chooser::Strategy(strategy)
    }
}

impl Chooser {
    /// Returns the built-in strategy, if it is one.
    pub fn built_in(&self) -> Option<Strategy> {
        match self {
            Chooser::Strategy(strategy) => Some(*strategy),
            Chooser::Script(_) => None,
        }
    }

    /// Returns the script, if it is one.
    pub fn script(&self) -> Option<&ScriptCall> {
        match self {
            Chooser::Strategy(_) => None,
            Chooser::Script(call) => Some(call),
        }
    }

    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Chooser> {
        match node {
            Node::Object(_) => ScriptCall::read(r, node).map(Chooser::Script),
            _ => r.word(node).map(Chooser::Strategy),
        }
    }
}

impl Serialize for Chooser {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Chooser::Strategy(strategy) => strategy.serialize(serializer),
            Chooser::Script(call) => call.serialize(serializer),
        }
    }
}

/// A script with its parameters, as a step names it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScriptCall {
    /// The name of the script.
    pub script: Id,
    /// The parameters; absent ones have their defaults.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub params: Attributes,
    /// Keys that begin with `x-`.
    #[cfg_attr(feature = "schema", schemars(flatten))]
    pub extensions: Extensions,
}

impl ScriptCall {
    fn read(r: &mut Reader<'_>, node: &Node) -> Option<ScriptCall> {
        let mut fields = r.object(node)?;
        let script = r.required(&mut fields, "script", read_name);
        let declared = script.as_ref().and_then(|name| r.scripts()?.get(name)?.as_ref());
        let params = r.optional(&mut fields, "params", |r, node| read_params(r, declared, node));
        let extensions = r.finish(fields);
        // A known name is accepted without the feature `script` as well: it may be a strategy of the embedder.
        if r.names_any_script() {
            is_supported(r, "scripts", "build it with the feature \"script\", or give the strategies that are named")?;
        }
        Some(ScriptCall { script: script?, params: params.unwrap_or_default(), extensions })
    }
}

impl Serialize for ScriptCall {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("script", &self.script)?;
        if !self.params.is_empty() {
            map.serialize_entry("params", &self.params)?;
        }
        write_extensions(&mut map, &self.extensions)?;
        map.end()
    }
}

fn read_name(r: &mut Reader<'_>, node: &Node) -> Option<Id> {
    let name = r.id(node)?;
    match r.scripts() {
        Some(known) if !known.contains_key(&name) => {
            let problem = Problem::new(Code::UnknownScript, format!("there is no script {:?}", shortened(&name)));
            let all = || known.keys().map(|known| known.as_str());
            let problem = r.suggesting(problem, &name, all());
            r.report(problem.or_hint(|| there_are(&all().collect::<Vec<_>>())));
            None
        }
        _ => Some(name),
    }
}

fn read_params(r: &mut Reader<'_>, declared: Option<&BTreeMap<String, Value>>, node: &Node) -> Option<Attributes> {
    r.map(node, |r, name, node| Some((name.to_owned(), read_param(r, declared, name, node)?)))
}

/// Reads a parameter. A known script has to declare it, with a default of the same type.
fn read_param(
    r: &mut Reader<'_>,
    declared: Option<&BTreeMap<String, Value>>,
    name: &str,
    node: &Node,
) -> Option<Value> {
    let value = r.value(node)?;
    let Some(declared) = declared else { return Some(value) };
    let Some(default) = declared.get(name) else {
        let message = format!("the script has no parameter {:?}", shortened(name));
        let all = || declared.keys().map(String::as_str);
        let problem = r.suggesting(Problem::new(Code::UnknownParameter, message), name, all());
        r.report_key(problem.or_hint(|| there_are(&all().collect::<Vec<_>>())));
        return None;
    };
    let fits = match (default, &value) {
        (Value::Null, _) => true,
        (Value::Number(default), Value::Number(number)) => default.is_f64() || !number.is_f64(),
        (default, value) => kind(default) == kind(value),
    };
    if !fits {
        let found = if value.is_f64() { "a number with a point" } else { kind(&value) };
        let wanted = if default.is_i64() { "a whole number" } else { kind(default) };
        let default = serde_json::to_string(default).unwrap_or_default();
        return r.fail(Code::WrongType, format!("expected {wanted}, as is the default {default}, found {found}"));
    }
    Some(value)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The fallback if the script of a step fails, exceeds its budget, or returns an unusable value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum OnError {
    /// The step finds nobody.
    #[default]
    SkipStep,
    /// A built-in strategy chooses.
    Strategy(Strategy),
}

const SKIP_STEP: &str = "skip_step";

impl OnError {
    pub(super) fn is_default(&self) -> bool {
        *self == OnError::default()
    }

    /// Returns the spelling in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            OnError::SkipStep => SKIP_STEP,
            OnError::Strategy(strategy) => strategy.as_str(),
        }
    }

    /// Returns all of them with their spelling.
    pub(crate) fn words() -> Vec<(&'static str, OnError)> {
        let strategies = Strategy::ALL.iter().map(|strategy| (strategy.as_str(), OnError::Strategy(*strategy)));
        std::iter::once((SKIP_STEP, OnError::SkipStep)).chain(strategies).collect()
    }

    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<OnError> {
        r.named(node, &Self::words())
    }
}

impl Serialize for OnError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Reads a condition that is a script expression.
pub(super) fn read_when(r: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = r.string(node)?;
    is_supported(r, "script conditions", "build it with the feature \"script\"")?;
    match r.known.check_when.map_or(Ok(()), |check| check(&text)) {
        Ok(()) => Some(text),
        Err(problem) => {
            r.report(problem);
            None
        }
    }
}

/// Reports a script in a build with the feature `routing` and without `script`. Without `routing`, nothing is routed, so no
/// script is needed.
fn is_supported(r: &mut Reader<'_>, what: &str, hint: &str) -> Option<()> {
    if cfg!(any(feature = "script", not(feature = "routing"))) {
        return Some(());
    }
    r.report(Problem::new(Code::UnsupportedFeature, format!("this build does not support {what}")).with_hint(hint));
    None
}
