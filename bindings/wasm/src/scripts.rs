//! Routing scripts.

use frontdesk::script::Scripts;
use frontdesk::{Code, Problem, Reader};
use wasm_bindgen::prelude::*;

use crate::desk::RawDesk;
use crate::thrown;

#[wasm_bindgen]
impl RawDesk {
    /// Creates the desk that a document describes, with the scripts that its steps name: a list of file names and texts.
    ///
    /// # Errors
    /// All problems of the scripts, or of the document.
    pub fn with_scripts(document: &str, sources: &str) -> Result<RawDesk, JsValue> {
        Reader::new().scripts(read(sources)?).desk(document).map(RawDesk::of).map_err(thrown)
    }

    /// Replaces the scripts of the desk.
    ///
    /// # Errors
    /// All problems of the scripts, or of the desk's use of them; the desk keeps the old ones.
    pub fn set_scripts(&mut self, sources: &str) -> Result<(), JsValue> {
        self.desk.set_scripts(read(sources)?).map_err(thrown)
    }
}

/// Returns the warnings of a document and its scripts; with lines and columns if a person wrote the text of the document.
///
/// # Errors
/// All problems of the scripts, or of the document.
#[wasm_bindgen]
pub fn warnings(document: &str, sources: &str, is_written: bool) -> Result<String, JsValue> {
    let reader = match read(sources)? {
        scripts if scripts.names().next().is_none() => Reader::new(),
        scripts => Reader::new().scripts(scripts),
    };
    let desk = reader.desk(document).map_err(thrown)?;
    let warnings = if is_written { desk.warnings_in(document) } else { desk.warnings() };
    serde_json::to_string(&warnings).map_err(|error| thrown(Problem::new(Code::InvalidJson, error.to_string())))
}

fn read(sources: &str) -> Result<Scripts, JsValue> {
    let sources: Vec<(String, String)> = serde_json::from_str(sources).map_err(|error| {
        thrown(Problem::new(Code::InvalidJson, format!("scripts are texts by file names: {error}")))
    })?;
    Scripts::from_sources(sources).map_err(thrown)
}
