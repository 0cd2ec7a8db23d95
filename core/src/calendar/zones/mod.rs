//! The zones that calendars name: by their own names, by those of Windows, or by a description of their rules.

mod described;
mod names;
mod windows;

use self::described::Described;
use super::ics::Component;
use crate::order::Map;
use crate::problem::{Code, Problem};
use crate::time::instant::shortened;
use crate::time::{Zone, Zones};

/// How many different names are looked up: there are fewer zones.
const MOST_NAMES: usize = 1000;
/// How many descriptions are compared with all zones.
const MOST_DESCRIBED: usize = 100;

/// Finds zones, each name once.
pub(crate) struct ZoneFinder<'a> {
    zones: &'a Zones,
    home: &'a Zone,
    named: Map<String, Result<Zone, Problem>>,
    described: Map<String, Described>,
    /// Those of the described that were asked for.
    recognised: Map<String, Option<Zone>>,
    comparisons: usize,
    years: (i32, i32),
}

impl<'a> ZoneFinder<'a> {
    /// Among some zones; where several do, that of `home` is meant.
    pub fn new(zones: &'a Zones, home: &'a Zone) -> ZoneFinder<'a> {
        ZoneFinder {
            zones,
            home,
            named: Map::new(),
            described: Map::new(),
            recognised: Map::new(),
            comparisons: 0,
            years: (2000, 2000),
        }
    }

    /// Takes the zones that a calendar describes itself, in place of those of the calendar before.
    pub fn describe(&mut self, calendar: &Component) {
        let zone = |it: &Component| Some((it.value("TZID")?.trim_matches('"').to_owned(), Described::read(it)?));
        self.described = calendar.children("VTIMEZONE").filter_map(zone).collect();
        self.recognised.clear();
        let years = calendar.children.iter().filter(|it| it.name != "VTIMEZONE").filter_map(|it| it.value("DTSTART"));
        let years = years.filter_map(|value| value.get(..4)?.parse::<i32>().ok());
        let span = years.fold(None, |span, year| {
            let (first, last) = span.unwrap_or((year, year));
            Some((year.min(first), year.max(last)))
        });
        self.years = span.unwrap_or((2000, 2000));
    }

    /// The zone of a name.
    ///
    /// # Errors
    /// `unknown_zone`, with the names nearest to it.
    pub fn find(&mut self, name: &str) -> Result<Zone, Problem> {
        let named = self.by_name(name);
        let Some(described) = self.described.get(name).filter(|_| named.is_err()) else { return named };
        if let Some(known) = self.recognised.get(name) {
            return known.clone().map_or(named, Ok);
        }
        self.comparisons += 1;
        let zone = match self.comparisons <= MOST_DESCRIBED {
            true => described.zone(self.zones, self.home, self.years.0..=self.years.1),
            false => None,
        };
        self.recognised.insert(name.to_owned(), zone.clone());
        zone.ok_or_else(|| {
            let message = format!("the rules described for the time zone {:?} are those of no zone", shortened(name));
            Problem::new(Code::UnknownZone, message)
        })
    }

    fn by_name(&mut self, name: &str) -> Result<Zone, Problem> {
        if let Some(known) = self.named.get(name) {
            return known.clone();
        }
        let problem = || Problem::new(Code::UnknownZone, format!("there is no time zone {:?}", shortened(name)));
        if self.named.len() >= MOST_NAMES {
            return Err(problem());
        }
        let found = names::by_name(name, self.zones).ok_or_else(|| problem().suggesting(name, self.zones.names()));
        self.named.insert(name.to_owned(), found.clone());
        found
    }
}
