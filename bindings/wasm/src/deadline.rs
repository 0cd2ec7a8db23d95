//! The time that JavaScript gives: while it runs, nobody else does, so a clock is all that can end it.

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
    /// When the time is up, in milliseconds since 1970; never, unless one is given.
    static ENDS: Cell<f64> = const { Cell::new(f64::INFINITY) };
}

/// Has all that follows end at a time, in milliseconds since 1970; gives the end that there was before.
#[wasm_bindgen]
pub fn deadline(ends: f64) -> f64 {
    ENDS.replace(ends)
}

/// The deadline that is given.
pub fn given() -> Option<Deadline> {
    let ends = ENDS.get();
    ends.is_finite().then(|| Deadline::new(move || now() >= ends))
}

/// Asks within the time that is given.
pub fn within<T>(ask: impl FnOnce() -> Result<T, JsValue>) -> Result<T, JsValue> {
    match given() {
        None => ask(),
        Some(deadline) => deadline.ask(ask).map_err(thrown)?,
    }
}
