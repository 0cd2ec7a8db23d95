//! Warnings of scripts and conditions: code that compiles but cannot be meant.

use super::Scripts;
use super::members::{self, type_called};
use super::set::Script;
use crate::problem::{Code, Problem};

/// Returns the warnings of a condition. Their place is that of its text, which is one value of its document.
pub(crate) fn of_when(text: &str) -> Vec<Problem> {
    let Ok(condition) = super::when::read(text) else { return Vec::new() };
    let (unknown, gives) = members::of_condition(&condition);
    let mut warnings: Vec<Problem> = unknown
        .into_iter()
        .map(|it| {
            let place = it.place.position().map_or_else(String::new, |column| format!(" (at its character {column})"));
            Problem { message: it.problem.message + &place, ..it.problem }
        })
        .collect();
    if let Some(gives) = gives.filter(|gives| *gives != "bool") {
        let message =
            format!("this gives {} and never true or false, so the rule is for no conversation", type_called(gives));
        warnings.push(
            Problem::new(Code::NotACondition, message)
                .with_hint("compare it with something, as in contact.attributes.spend > 10000"),
        );
    }
    warnings
}

impl Scripts {
    /// Returns the warnings of the scripts, each with the file as its `path`, line and column.
    pub fn warnings(&self) -> Vec<Problem> {
        self.scripts.values().flat_map(|script| unknown_members(script)).collect()
    }

    /// Returns warnings for the scripts that no step names.
    pub(super) fn unused(&self, is_named: &dyn Fn(&str) -> bool) -> Vec<Problem> {
        let idle = self.scripts.values().filter(|script| script.hooks.any() && !is_named(&script.name));
        idle.map(|script| {
            let message = format!("no step names the script {:?}", script.name);
            Problem::new(Code::Unused, message)
                .at_path(script.file.as_str())
                .with_hint("name it as \"strategy\": {\"script\": …} in a step, or take the file out")
        })
        .collect()
    }
}

/// Returns warnings for the unknown members that a script uses.
fn unknown_members(script: &Script) -> Vec<Problem> {
    let unknown = script.with_functions(members::of_script).unwrap_or_default();
    let placed = unknown.into_iter().map(|it| {
        let problem = it.problem.at_path(script.file.as_str());
        match (it.place.line(), it.place.position()) {
            (Some(line), column) => problem.at_position(line, column.unwrap_or(1)),
            _ => problem,
        }
    });
    placed.collect()
}
