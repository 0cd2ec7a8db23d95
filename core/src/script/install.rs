//! Adding scripts to documents and desks.

use std::sync::Arc;

use super::Scripts;
use crate::desk::Desk;
use crate::problem::Problems;
use crate::reader::Reader;
use crate::routing::Extension;

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
    /// Replaces the scripts of the desk, from the next question on. Conversations that wait are not decided again because of
    /// this.
    ///
    /// # Errors
    /// `unknown_script`, `unknown_parameter` or `wrong_type` if the current document does not fit the scripts, `duplicate_id`
    /// if a strategy has the name of a script; the desk then keeps its scripts.
    pub fn set_scripts(&mut self, scripts: Scripts) -> Result<(), Problems> {
        self.install(|installed| installed.scripts = Some(scripts.extension()))
    }
}
