//! Warnings of scripts and conditions: what compiles but cannot be meant.

use super::Scripts;
use crate::problem::{Code, Problem};

/// The warnings of a condition. Their place is that of the text, which stands as one value in its document.
pub(crate) fn of_when(_text: &str) -> Vec<Problem> {
    Vec::new()
}

impl Scripts {
    /// What the scripts say but cannot mean: each with the file as its `path`, line and column.
    pub fn warnings(&self) -> Vec<Problem> {
        Vec::new()
    }

    /// The scripts that no step asks for.
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
