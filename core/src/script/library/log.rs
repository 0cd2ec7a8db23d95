//! `log`: what a script writes down, for the trace of its decision.

use rhai::Dynamic;

use super::text::to_text;
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge, with_running};
use crate::script::shape::one;

/// More lines than these are not kept, nor longer ones.
const LINES: usize = 100;
const LONGEST: usize = 200;
/// What a line costs.
const LINE: u64 = 10;

fn log(what: Dynamic) -> Fallible<()> {
    charge(LINE)?;
    let line: String = to_text(&what)?.chars().take(LONGEST).collect();
    with_running(|running| {
        if running.log.len() < LINES {
            let line = running.agent().map_or_else(|| line.clone(), |agent| format!("{agent}: {line}"));
            running.log.push(line);
        }
    });
    Ok(())
}

pub(super) fn register(api: &mut Api) {
    api.function(
        "everywhere",
        "log(what: any)",
        "Writes a line into the trace of the decision; at most 100 lines of 200 characters are kept.",
        one(log),
    );
}
