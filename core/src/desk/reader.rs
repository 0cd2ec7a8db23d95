//! What desks are read with: their zones, and, where they have any, their scripts and strategies.

use super::Desk;
use crate::model::Document;
use crate::problem::Problems;
use crate::read::{Known, Node};
use crate::routing::InstalledExtensions;
use crate::routing::extension::check_when;
use crate::time::Zones;

/// Reads documents, desks and snapshots that may name the same zones, scripts and strategies.
///
/// A desk keeps what it was read with: entries that commands bring are read with the same.
///
/// ```
/// use frontdesk::{Reader, time::Zones};
///
/// let reader = Reader::new().zones(Zones::bundled());
/// let desk = reader.desk(r#"{"version": 1, "time_zone": "Europe/Stockholm", "agents": [{"id": "anna"}]}"#)?;
/// let restored = reader.restore(&desk.snapshot())?;
/// assert_eq!(restored.snapshot(), desk.snapshot());
/// # Ok::<(), frontdesk::Problems>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Reader {
    pub(super) zones: Zones,
    pub(crate) installed: InstalledExtensions,
}

impl Reader {
    /// With the bundled zones, and neither scripts nor strategies.
    pub fn new() -> Reader {
        Reader::default()
    }

    /// With these zones.
    #[must_use]
    pub fn zones(self, zones: Zones) -> Reader {
        Reader { zones, ..self }
    }

    /// What may be named: any scripts and strategies, where neither are given.
    fn known(&self) -> Result<Known, Problems> {
        let scripts = if self.installed.is_empty() { None } else { Some(self.installed.declared()?) };
        Ok(Known { zones: self.zones.clone(), scripts, check_when: Some(check_when), ..Known::default() })
    }

    /// Reads a desk document from JSON text.
    ///
    /// # Errors
    /// As [`Document::from_json`]. Where scripts or strategies are given, also `unknown_script`, `unknown_parameter` or
    /// `wrong_type` for what its steps ask of them, and `duplicate_id` where a name is both a script's and a strategy's.
    pub fn document(&self, text: &str) -> Result<Document, Problems> {
        Document::from_text(text, self.known()?)
    }

    /// Reads a desk document from JSON text, and makes its desk.
    ///
    /// # Errors
    /// As [`document`](Self::document).
    pub fn desk(&self, text: &str) -> Result<Desk, Problems> {
        let mut desk = Desk::in_zones(self.document(text)?, self.zones.clone());
        self.equip(&mut desk)?;
        Ok(desk)
    }

    /// A desk from its snapshot, which holds neither zones nor scripts nor strategies. Where none of the latter are given,
    /// its steps may name any, until it is given them.
    ///
    /// # Errors
    /// As [`Desk::restore`] and [`document`](Self::document).
    pub fn restore(&self, snapshot: &str) -> Result<Desk, Problems> {
        let mut desk = Desk::restore_naming(snapshot, self.known()?)?;
        self.equip(&mut desk)?;
        Ok(desk)
    }

    /// Gives a desk the scripts and strategies of this reader, which count from the next question on. Where it has only
    /// either, the desk keeps the other.
    ///
    /// # Errors
    /// As [`Desk::set_strategies`]; the desk keeps what it had.
    pub fn equip(&self, desk: &mut Desk) -> Result<(), Problems> {
        if self.installed.is_empty() {
            return Ok(());
        }
        desk.install(|installed| {
            let InstalledExtensions { scripts, strategies } = self.installed.clone();
            installed.scripts = scripts.or(installed.scripts.take());
            installed.strategies = strategies.or(installed.strategies.take());
        })
    }
}

impl Document {
    /// Reads a desk document from JSON text.
    ///
    /// # Errors
    /// All problems of the document, in its order, each with path, line and column.
    ///
    /// ```
    /// use frontdesk::{Code, Document};
    ///
    /// let text = r#"{"version": 1, "time_zone": "Europe/Oslo", "agents": [{"id": "a", "team": "x"}]}"#;
    /// let problem = &Document::from_json(text).unwrap_err()[0];
    /// assert_eq!((problem.code, problem.path.as_str()), (Code::UnknownReference, "$.agents[0].team"));
    /// assert_eq!(problem.position.unwrap().column, 75);
    /// ```
    pub fn from_json(text: &str) -> Result<Document, Problems> {
        Reader::new().document(text)
    }

    /// Reads a desk document from a parsed JSON value.
    ///
    /// # Errors
    /// All problems of the document, each with its path.
    pub fn from_value(value: serde_json::Value) -> Result<Document, Problems> {
        Document::from_node(&Node::from(value), Reader::new().known()?)
    }
}
