//! Reads documents, desks and snapshots with the zones, scripts and strategies that they may name.

#[cfg(feature = "routing")]
mod desk;

use crate::availability::Availability;
use crate::model::Document;
use crate::problem::Problems;
#[cfg(not(feature = "routing"))]
use crate::read::Known;
use crate::read::Node;
#[cfg(feature = "routing")]
use crate::routing::InstalledExtensions;
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
    pub(crate) zones: Zones,
    #[cfg(feature = "routing")]
    pub(crate) installed: InstalledExtensions,
}

impl Reader {
    /// Creates a reader with the bundled zones, and neither scripts nor strategies.
    pub fn new() -> Reader {
        Reader::default()
    }

    /// Sets the zones that documents may name.
    #[must_use]
    pub fn zones(mut self, zones: Zones) -> Reader {
        self.zones = zones;
        self
    }

    /// Reads a desk document from JSON text.
    ///
    /// # Errors
    /// As [`Document::from_json`]. Where scripts or strategies are given, also `unknown_script`, `unknown_parameter` or
    /// `wrong_type` for what its steps ask of them, and `duplicate_id` where a name is both a script's and a strategy's.
    pub fn document(&self, text: &str) -> Result<Document, Problems> {
        Document::from_text(text, self.known()?)
    }

    /// Reads a desk document from JSON text, to be asked about availability alone.
    ///
    /// # Errors
    /// As [`document`](Self::document).
    pub fn availability(&self, text: &str) -> Result<Availability, Problems> {
        Ok(Availability::new(self.document(text)?))
    }

    /// The zones that may be named.
    #[cfg(not(feature = "routing"))]
    fn known(&self) -> Result<Known, Problems> {
        Ok(Known { zones: self.zones.clone(), ..Known::default() })
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
