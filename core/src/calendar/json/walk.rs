//! Access to foreign JSON: reads the keys that are needed and ignores all others.

use crate::calendar::moment::{self, When, Written};
use crate::calendar::notes::{Notes, Origin};
use crate::calendar::zones::ZoneFinder;
use crate::problem::{Code, Problem, shortened};
use crate::read::{Node, Segment};
use crate::time::Zone;

/// A value with its place in the text.
#[derive(Clone)]
pub(super) struct Place<'n> {
    pub node: &'n Node<'n>,
    pub path: Vec<Segment>,
}

impl<'n> Place<'n> {
    pub fn root(node: &'n Node) -> Place<'n> {
        Place { node, path: Vec::new() }
    }

    /// Returns the value of a key, unless it is null.
    pub fn get(&self, key: &str) -> Option<Place<'n>> {
        let node = self.node.get(key).filter(|node| !matches!(node, Node::Null))?;
        Some(self.below(Segment::nth(key, 0), node))
    }

    /// Returns the elements of a list.
    pub fn elements(&self) -> impl Iterator<Item = Place<'n>> + '_ {
        self.node.elements().iter().enumerate().map(|(index, node)| self.below(Segment::Index(index), node))
    }

    /// Returns the elements of the list under a key.
    pub fn list(&self, key: &str) -> Vec<Place<'n>> {
        self.get(key).map(|list| list.elements().collect()).unwrap_or_default()
    }

    fn below(&self, segment: Segment, node: &'n Node) -> Place<'n> {
        Place { node, path: self.path.iter().cloned().chain([segment]).collect() }
    }

    /// Returns the text under a key.
    pub fn text(&self, key: &str) -> Option<&'n str> {
        self.node.get(key)?.text()
    }

    /// Returns the id under a key: a text that is not blank, trimmed.
    pub fn id(&self, key: &str) -> Option<&'n str> {
        self.text(key).map(str::trim).filter(|id| !id.is_empty())
    }

    /// Returns `true` if the text under a key is `text`; upper and lower case are the same.
    pub fn is(&self, key: &str, text: &str) -> bool {
        self.text(key).is_some_and(|its| its.eq_ignore_ascii_case(text))
    }

    /// Returns `true` if the value of a key is `true`.
    pub fn is_true(&self, key: &str) -> bool {
        matches!(self.node.get(key), Some(Node::Bool(true)))
    }

    /// Returns the whole number under a key.
    pub fn number(&self, key: &str) -> Option<i64> {
        match self.node.get(key)? {
            Node::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    pub fn origin(&self) -> Origin {
        Origin::Json(self.path.clone())
    }

    /// Returns a problem with this value.
    pub fn problem(&self, code: Code, message: impl Into<String>) -> Wrong {
        Wrong::at(self, Problem::new(code, message))
    }

    /// Returns the problem of a missing key.
    pub fn missing(&self, key: &str) -> Wrong {
        self.problem(Code::MissingKey, format!("the key {key:?} is missing"))
    }
}

/// A problem with its place.
pub(super) struct Wrong(pub Origin, pub Box<Problem>);

impl Wrong {
    /// Returns a problem with the place of a value.
    pub fn at(place: &Place<'_>, problem: Problem) -> Wrong {
        Wrong(place.origin(), Box::new(problem))
    }

    /// Adds the problem to the notes, as one of a part that is left out.
    pub fn passed_over(mut self, notes: &mut Notes) {
        self.1.message.push_str("; it is passed over");
        notes.problem(self.0, *self.1);
    }
}

/// Reads the times of an object.
pub(super) struct Times<'f, 'z> {
    pub finder: &'f mut ZoneFinder<'z>,
}

impl Times<'_, '_> {
    /// Returns the zone under a key, `None` if the key is absent.
    pub fn zone(&mut self, place: &Place<'_>, key: &str) -> Result<Option<Zone>, Wrong> {
        let Some(named) = place.get(key) else { return Ok(None) };
        match named.node.text().map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => self.finder.find(name).map(Some).map_err(|problem| Wrong::at(&named, problem)),
            None => Ok(None),
        }
    }

    /// Reads the time under a key: with an offset as UTC, without one on the wall clock of the zone.
    pub fn time(&self, place: &Place<'_>, key: &str, zone: Option<&Zone>) -> Result<When, Wrong> {
        let time = place.get(key).ok_or_else(|| place.missing(key))?;
        let text = time.node.text().unwrap_or_default();
        match moment::read(text) {
            Some(Written::Date(date)) => Ok(When::Date(date)),
            Some(Written::Utc(utc)) => Ok(When::Wall(utc, Some(Zone::utc()))),
            Some(Written::Local(local)) => Ok(When::Wall(local, zone.cloned())),
            None => Err(time.problem(Code::InvalidTime, format!("{:?} is not a date or time", shortened(text)))),
        }
    }
}

/// Converts a time to the wall clock of a zone.
pub(super) fn shown_in(when: When, zone: &Zone, home: &Zone) -> When {
    match when {
        When::Wall(..) => When::Wall(when.in_zone(zone, home), Some(zone.clone())),
        date => date,
    }
}
