//! The parameters of a script: the constants at its top, with their defaults.
//!
//! ```rhai
//! /// How much a VIP is worth.
//! const boost = 20;
//!
//! fn score(agent, conversation, desk) { if conversation.attributes.vip { boost } else { 0 } - agent.load }
//! ```
//!
//! `"params": {"boost": 5}` on a step replaces the default. All functions of the script use a parameter by its plain name.

use std::collections::BTreeMap;

use rhai::Dynamic;
use serde_json::Value;

use super::plain::{Constant, Plain};
use super::views::json;
use crate::model::Attributes;

/// The parameters of a call.
#[derive(Debug, Clone, Default)]
pub(super) struct Params(Vec<Param>);

#[derive(Debug, Clone)]
struct Param {
    name: String,
    value: Dynamic,
    /// The value for plain expressions, if it has no elements.
    plain: Option<Constant>,
}

impl Param {
    fn new(name: String, value: Dynamic) -> Self {
        Param { plain: Constant::of(&value), name, value }
    }
}

impl Params {
    pub fn new(constants: Vec<(String, Dynamic)>) -> Self {
        Params(constants.into_iter().map(|(name, value)| Param::new(name, value)).collect())
    }

    pub fn get(&self, name: &str) -> Option<&Dynamic> {
        self.0.iter().find(|param| param.name == name).map(|param| &param.value)
    }

    /// Returns the index of a parameter.
    pub fn index(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|param| param.name == name)
    }

    /// Returns the value of a parameter, if it is plain.
    pub fn plain(&self, index: usize) -> Option<Plain<'_>> {
        self.0.get(index)?.plain.as_ref().map(Constant::plain)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|param| param.name.as_str())
    }

    /// Returns the names and defaults in JSON; the error is the name of a default that JSON cannot express.
    pub fn declared(&self) -> Result<BTreeMap<String, Value>, String> {
        let written = self.0.iter().map(|Param { name, value, .. }| {
            let value = json::from_dynamic(value).ok_or_else(|| name.clone())?;
            Ok((name.clone(), value))
        });
        written.collect::<Result<Vec<_>, _>>().map(|all| all.into_iter().collect())
    }

    /// Returns the parameters with the values of a step. Unknown names and other types were refused when the document was
    /// read.
    #[must_use]
    pub fn set(&self, set: &Attributes) -> Self {
        let replaced = self.0.iter().map(|default| match set.get(&default.name) {
            Some(value) => Param::new(default.name.clone(), fitting(&default.value, json::to_dynamic(value))),
            None => default.clone(),
        });
        Params(replaced.collect())
    }
}

/// Converts a whole number to a float if the default is a float.
fn fitting(default: &Dynamic, value: Dynamic) -> Dynamic {
    match value.as_int() {
        Ok(number) if default.is_float() => Dynamic::from_float(number as f64),
        _ => value,
    }
}
