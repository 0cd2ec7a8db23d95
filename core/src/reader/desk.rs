//! The functions of a reader that need routing.

use super::Reader;
use crate::desk::Desk;
use crate::problem::Problems;
use crate::read::Known;
use crate::routing::InstalledExtensions;
use crate::routing::extension::check_when;

impl Reader {
    /// Returns the names that may be used: any scripts and strategies, if neither are given.
    pub(super) fn known(&self) -> Result<Known, Problems> {
        let scripts = if self.installed.is_empty() { None } else { Some(self.installed.declared()?) };
        Ok(Known { zones: self.zones.clone(), scripts, check_when: Some(check_when), ..Known::default() })
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

impl Desk {
    /// A desk from its snapshot. Keys that are not known are passed over. Its steps may name any scripts and strategies;
    /// until it is given them, [`missing_strategies`](Desk::missing_strategies) names them. A [`Reader`] restores a desk with
    /// zones, scripts and strategies.
    ///
    /// It is checked whole before anything is taken from it, so that no text makes a desk that could not have come to be.
    ///
    /// # Errors
    /// `invalid_json` or `unsupported_version`; the problems of the document in it; for what no desk of this document can
    /// know, `out_of_range`, `invalid_value`, `unknown_reference`, `duplicate_id` or `conflict`. Each with its path, line and
    /// column.
    ///
    /// ```
    /// use frontdesk::Desk;
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]}"#).unwrap();
    /// assert_eq!(Desk::restore(&desk.snapshot()).unwrap().snapshot(), desk.snapshot());
    /// ```
    pub fn restore(snapshot: &str) -> Result<Desk, Problems> {
        Reader::new().restore(snapshot)
    }

    /// The reader of this desk, with its zones, scripts and strategies: it restores a desk that goes on alike.
    ///
    /// ```
    /// # use frontdesk::Desk;
    /// # let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC"}"#)?;
    /// let restored = desk.reader().restore(&desk.snapshot())?;
    /// # assert_eq!(restored.snapshot(), desk.snapshot());
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn reader(&self) -> Reader {
        Reader { zones: self.known().zones.clone(), installed: self.installed() }
    }
}
