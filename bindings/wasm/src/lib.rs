//! frontdesk for JavaScript: text in and text out, and numbers where speed counts. It decides nothing.
//!
//! It is built twice: with the feature `full` for the entry `frontdesk`, and without for `frontdesk/preview`. What the
//! JavaScript in `ts` makes of it is the interface; nothing here is called by anyone else.

mod answer;
#[cfg(feature = "full")]
mod calendars;
#[cfg(feature = "full")]
mod deadline;
mod desk;
#[cfg(feature = "full")]
mod holidays;
#[cfg(feature = "full")]
mod machine;
#[cfg(feature = "full")]
mod scripts;

#[cfg(feature = "full")]
use frontdesk::{Code, Problem};
use frontdesk::{Problems, Reason};
use wasm_bindgen::prelude::*;

pub use desk::RawDesk;

/// Smaller than the standard library's.
#[cfg(all(not(target_feature = "atomics"), target_family = "wasm"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The error of an operation: the problems as JSON text, thrown as a text.
type Thrown = JsValue;

fn thrown(problems: impl Into<Problems>) -> Thrown {
    JsValue::from_str(&serde_json::to_string(&problems.into()).unwrap_or_default())
}

/// The spellings of all reasons, a line each, in the order of their numbers.
#[wasm_bindgen]
pub fn reasons() -> String {
    Reason::ALL.iter().map(|reason| reason.as_str()).collect::<Vec<_>>().join("\n")
}

/// The document that a text is read as, written canonically.
///
/// # Errors
/// All problems of the document.
#[cfg(feature = "full")]
#[wasm_bindgen]
pub fn check(document: &str) -> Result<String, JsValue> {
    let document = frontdesk::Document::from_json(document).map_err(thrown)?;
    serde_json::to_string(&document).map_err(|error| thrown(Problem::new(Code::InvalidJson, error.to_string())))
}

/// An instant in milliseconds since 1970, of text.
///
/// # Errors
/// What is wrong with the text.
#[wasm_bindgen]
pub fn instant(text: &str) -> Result<f64, JsValue> {
    // The end of time is the end that a range may have; what cannot begin there says so itself.
    frontdesk::time::Instant::parse_end(text).map(|at| at.millis() as f64).map_err(thrown)
}
