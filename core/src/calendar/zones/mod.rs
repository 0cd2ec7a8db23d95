//! The zones that calendars name: by their own names, by those of Windows, or by a description of their rules.

mod names;
mod windows;

use std::collections::BTreeMap;

use super::ics::Component;
use crate::problem::{Code, Problem};
use crate::time::instant::shortened;
use crate::time::{Zone, Zones};

/// How many different names are looked up: there are fewer zones.
const MOST_NAMES: usize = 1000;

/// Finds zones, each name once.
pub(crate) struct ZoneFinder<'a> {
    zones: &'a Zones,
    found: BTreeMap<String, Result<Zone, Problem>>,
}

impl<'a> ZoneFinder<'a> {
    pub fn new(zones: &'a Zones) -> ZoneFinder<'a> {
        ZoneFinder { zones, found: BTreeMap::new() }
    }

    /// Takes the zones that a calendar describes itself, in place of those of the calendar before.
    pub fn describe<'c>(&mut self, _components: impl Iterator<Item = &'c Component>) {}

    /// The zone of a name.
    ///
    /// # Errors
    /// `unknown_zone`, with the names nearest to it.
    pub fn find(&mut self, name: &str) -> Result<Zone, Problem> {
        if let Some(known) = self.found.get(name) {
            return known.clone();
        }
        let problem = || Problem::new(Code::UnknownZone, format!("there is no time zone {:?}", shortened(name)));
        if self.found.len() >= MOST_NAMES {
            return Err(problem());
        }
        let found = names::by_name(name, self.zones).ok_or_else(|| problem().suggesting(name, self.zones.names()));
        self.found.insert(name.to_owned(), found.clone());
        found
    }
}
