//! The time limit of calls: JavaScript waits while one runs, so only a clock can end it.

use std::cell::Cell;

use frontdesk::Deadline;
use wasm_bindgen::prelude::*;

use crate::thrown;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date)]
    fn now() -> f64;
}

thread_local! {
    /// The end of the time limit in milliseconds since 1970; infinite without one.
    static ENDS: Cell<f64> = const { Cell::new(f64::INFINITY) };
}

/// Sets the end of the time in milliseconds since 1970 for all later calls; returns the previous end.
#[wasm_bindgen]
pub fn deadline(ends: f64) -> f64 {
    ENDS.replace(ends)
}

/// Returns the deadline, if one is set.
pub fn given() -> Option<Deadline> {
    let ends = ENDS.get();
    ends.is_finite().then(|| Deadline::new(move || now() >= ends))
}

/// Runs a call within the deadline, if one is set.
pub fn within<T>(ask: impl FnOnce() -> Result<T, JsValue>) -> Result<T, JsValue> {
    match given() {
        None => ask(),
        Some(deadline) => deadline.ask(ask).map_err(thrown)?,
    }
}
