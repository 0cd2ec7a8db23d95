//! `log`: writes lines into the trace of the decision.

use rhai::Dynamic;

use super::text::to_text;
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge, with_running};
use crate::script::shape::one;

/// The largest number of lines kept, and of characters in a line.
const LINES: usize = 100;
const LONGEST: usize = 200;
/// The cost of a line, in operations.
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
    api.function("everywhere", "log(what: any)", one(log));
}
