//! Adding scripts to documents and desks.

use std::sync::Arc;

use super::Scripts;
use crate::desk::{Desk, Reader};
use crate::model::Document;
use crate::problem::Problems;
use crate::routing::{Extension, InstalledExtensions};
use crate::strategies::Strategies;
use crate::time::Zones;

impl Document {
    /// Reads a desk document from JSON text; its steps may name these scripts and set their parameters.
    ///
    /// # Errors
    /// As [`from_json`](Document::from_json), and `unknown_script`, `unknown_parameter` or `wrong_type` for the scripts of
    /// its steps; each with path, line and column.
    pub fn from_json_with_scripts(text: &str, zones: &Zones, scripts: &Scripts) -> Result<Document, Problems> {
        Document::from_json_naming(text, zones, scripts.declared())
    }

    /// Reads a desk document from JSON text; its steps may name these scripts and these strategies.
    ///
    /// # Errors
    /// As [`from_json_with_scripts`](Document::from_json_with_scripts), and `duplicate_id` for a name that is both a
    /// script's and a strategy's.
    pub fn from_json_with_scripts_and_strategies(
        text: &str,
        zones: &Zones,
        scripts: &Scripts,
        strategies: &Strategies,
    ) -> Result<Document, Problems> {
        let both = InstalledExtensions {
            scripts: Some(scripts.clone().extension()),
            strategies: Some(strategies.clone().extension()),
        };
        Document::from_json_naming(text, zones, both.declared()?)
    }
}

impl Scripts {
    /// Converts the scripts into an extension of routing.
    fn extension(self) -> Extension {
        let declared = self.declared();
        Extension { asked: Arc::new(self), declared }
    }
}

impl Reader {
    /// Sets the scripts that documents may name.
    #[must_use]
    pub fn scripts(mut self, scripts: Scripts) -> Reader {
        self.installed.scripts = Some(scripts.extension());
        self
    }
}

impl Desk {
    /// Creates the desk of a document, with the scripts that its steps name.
    ///
    /// # Errors
    /// `unknown_script`, `unknown_parameter` or `wrong_type`, each with its path.
    pub fn with_scripts(document: Document, scripts: Scripts) -> Result<Desk, Problems> {
        let mut desk = Desk::new(document);
        desk.set_scripts(scripts)?;
        Ok(desk)
    }

    /// Replaces the scripts of the desk, from the next question on. Conversations that wait are not decided again because of
    /// this.
    ///
    /// # Errors
    /// As [`with_scripts`](Desk::with_scripts), for the current document; the desk then keeps its scripts.
    pub fn set_scripts(&mut self, scripts: Scripts) -> Result<(), Problems> {
        self.install(|installed| installed.scripts = Some(scripts.extension()))
    }

    /// Replaces the scripts and strategies of the desk together, for a document that names some of each.
    ///
    /// # Errors
    /// As [`set_scripts`](Desk::set_scripts), and `duplicate_id` for a name that is both a script's and a strategy's.
    pub fn set_scripts_and_strategies(&mut self, scripts: Scripts, strategies: Strategies) -> Result<(), Problems> {
        self.install(|installed| {
            *installed =
                InstalledExtensions { scripts: Some(scripts.extension()), strategies: Some(strategies.extension()) };
        })
    }
}
