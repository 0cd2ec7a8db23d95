//! The functions of a reader that need routing.

use std::borrow::Borrow;

use super::Reader;
use crate::desk::{Desk, Turn};
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

    /// Reads a turn from JSON text; keys that are not known are passed over. The document of a first turn may name any
    /// scripts and strategies.
    ///
    /// # Errors
    /// As [`Turn::from_json`].
    pub fn turn(&self, text: &str) -> Result<Turn, Problems> {
        Turn::from_text(text, self.known()?)
    }

    /// Reads a turn from a text without its personal values, and these, as [`Turn::join`] does; as [`turn`](Self::turn) reads
    /// one that has them.
    ///
    /// # Errors
    /// As [`Turn::join`].
    ///
    /// ```
    /// use frontdesk::{Document, Reader, Turn};
    ///
    /// let first = Turn::first(Document::from_json(r#"{"version": 1, "time_zone": "UTC"}"#)?);
    /// assert_eq!(Reader::new().join(&first.separate().text, [])?, first);
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn join<'v>(&self, text: &'v str, values: impl IntoIterator<Item = &'v str>) -> Result<Turn, Problems> {
        Turn::from_separated(text, values, self.known()?)
    }

    /// Rebuilds a desk from all its turns, in order, and gives it the scripts and strategies of this reader. Applying the
    /// turns asks none of them.
    ///
    /// # Errors
    /// As [`Desk::rebuild`], and as [`equip`](Self::equip) for the document that the desk then has.
    pub fn rebuild<T: Borrow<Turn>>(&self, turns: impl IntoIterator<Item = T>) -> Result<Desk, Problems> {
        let mut desk = Desk::follow_all(turns, |document| Desk::in_zones(document, self.zones.clone()))?;
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

    /// Rebuilds a desk from all its turns, in order, exactly as it was: the first one holds its document. A
    /// [`Reader`] rebuilds a desk with zones, scripts and strategies.
    ///
    /// # Errors
    /// The problem of the first turn that is missing, or that does not fit, with its index in the path.
    ///
    /// ```
    /// # use frontdesk::{Desk, Turn};
    /// let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}], "inboxes": [{"id": "main",
    ///     "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}]}"#)?;
    /// let first = Turn::first(desk.document());
    /// let command = desk.read_command(r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1",
    ///     "inbox": "main", "channel": "chat"}"#)?;
    /// let turn = desk.propose(&command);
    /// desk.apply(&turn)?;
    /// let stored = [first.to_json(), turn.to_json()];
    ///
    /// let turns = stored.iter().map(|line| Turn::from_json(line)).collect::<Result<Vec<Turn>, _>>()?;
    /// assert_eq!(Desk::rebuild(&turns)?.snapshot(), desk.snapshot());
    /// assert_eq!(Desk::rebuild(&turns[1..]).unwrap_err()[0].path, "$[0].turn");
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn rebuild<T: Borrow<Turn>>(turns: impl IntoIterator<Item = T>) -> Result<Desk, Problems> {
        Reader::new().rebuild(turns)
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

impl Turn {
    /// Reads a turn from JSON text. Keys that are not known are passed over; a [`Reader`] reads turns with other zones.
    ///
    /// It is checked as a whole, apart from the desk that it is of: that all its events are there, in their order, and
    /// those of its command.
    ///
    /// # Errors
    /// `invalid_json` for text that is cut short or not a turn, or `unsupported_version`; all problems of a document in it;
    /// else all that contradicts itself, `invalid_value`, `conflict` or `out_of_range`. Each with its path, line and column.
    ///
    /// ```
    /// use frontdesk::Turn;
    ///
    /// let text = r#"{"version":1,"turn":2,"at":"2026-11-20T09:00:00.000Z","command":{"type":"advance","at":"2026-11-20T09:00:00.000Z"},"events":[{"version":1,"seq":1,"at":"2026-11-20T09:00:00.000Z","type":"started"}]}"#;
    /// assert_eq!(Turn::from_json(text)?.to_json(), text);
    /// assert!(Turn::from_json(&text[..text.len() - 1]).is_err());
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn from_json(text: &str) -> Result<Turn, Problems> {
        Reader::new().turn(text)
    }

    /// Reads a turn from the text that [`separate`](Turn::separate) gave, with its personal values put back. Each item of
    /// `values` is an object as in [`Personal::values`](crate::desk::Personal::values). A [`Reader`] reads turns with other
    /// zones.
    ///
    /// A reference whose value is not among them is left out with its key: the value was erased, and the turn is read and
    /// applied without it. A text without a reference is read as by [`from_json`](Self::from_json).
    ///
    /// # Errors
    /// As `from_json`. Also `invalid_json` for values that are not an object, and `invalid_value` for values whose keys are
    /// not numbers or whose numbers are there twice, and for a reference that is not a number, or not in the order of the
    /// text.
    ///
    /// ```
    /// use frontdesk::{Document, Turn};
    ///
    /// let first = Turn::first(Document::from_json(r#"{"version": 1, "time_zone": "UTC",
    ///     "agents": [{"id": "anna", "name": "Anna Berg"}]}"#)?);
    /// let separated = first.separate();
    /// let values = separated.personal.iter().map(|personal| personal.values.as_str());
    /// assert_eq!(Turn::join(&separated.text, values)?, first);
    ///
    /// let without = Turn::join(&separated.text, [])?;
    /// assert_eq!(without.document().unwrap().agents[0].name, None);
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn join<'v>(text: &'v str, values: impl IntoIterator<Item = &'v str>) -> Result<Turn, Problems> {
        Reader::new().join(text, values)
    }
}
