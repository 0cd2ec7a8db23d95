//! The core for JavaScript: text in and text out, and numbers if speed counts. It decides nothing.
//!
//! It is built twice: with the feature `full` for the entry `frontdesk`, and without for `frontdesk/preview`. The JavaScript
//! in `ts` is the public interface; nothing else calls the functions here.

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

/// Returns the names of all reasons, one per line, in the order of their numbers.
#[wasm_bindgen]
pub fn reasons() -> String {
    Reason::ALL.iter().map(|reason| reason.as_str()).collect::<Vec<_>>().join("\n")
}

/// Reads a document and returns it as canonical JSON text.
///
/// # Errors
/// All problems of the document.
#[cfg(feature = "full")]
#[wasm_bindgen]
pub fn check(document: &str) -> Result<String, JsValue> {
    let document = frontdesk::Document::from_json(document).map_err(thrown)?;
    serde_json::to_string(&document).map_err(|error| thrown(Problem::new(Code::InvalidJson, error.to_string())))
}

/// Reads a document and returns the first turn of its desk.
///
/// # Errors
/// All problems of the document.
#[cfg(feature = "full")]
#[wasm_bindgen]
pub fn first_turn(document: &str) -> Result<String, JsValue> {
    frontdesk::Document::from_json(document).map(|document| frontdesk::Turn::first(document).to_json()).map_err(thrown)
}

/// Reads an instant; returns milliseconds since 1970.
///
/// # Errors
/// The problem of the text.
#[wasm_bindgen]
pub fn instant(text: &str) -> Result<f64, JsValue> {
    // 2200-01-01 is accepted as the end of a range; other uses refuse it themselves.
    frontdesk::time::Instant::parse_end(text).map(|at| at.millis() as f64).map_err(thrown)
}
