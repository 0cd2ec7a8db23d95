//! The zones that calendars name: by their names, by those of Windows, or by a description.

mod described;
mod names;
mod windows;

use self::described::Described;
use self::names::Named;
use super::ics::Component;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::problem::{Code, Problem, shortened};
use crate::time::{Zone, Zones};

/// The largest number of different names that are looked up; there are fewer zones.
const MOST_NAMES: usize = 1000;
/// The largest number of descriptions that are compared with all zones.
const MOST_DESCRIBED: usize = 100;
/// The years of events for which descriptions are compared.
const SEEN: RangeInclusive<i32> = 1970..=2190;

/// Finds zones by name; looks up each name once.
pub(crate) struct ZoneFinder<'a> {
    zones: &'a Zones,
    home: &'a Zone,
    named: BTreeMap<String, Result<Named, Problem>>,
    described: BTreeMap<String, Described>,
    /// The described zones that were looked up.
    recognised: BTreeMap<String, Option<Zone>>,
    comparisons: usize,
    years: RangeInclusive<i32>,
}

impl<'a> ZoneFinder<'a> {
    /// Creates a finder; of several zones that fit, `home` is preferred.
    pub fn new(zones: &'a Zones, home: &'a Zone) -> ZoneFinder<'a> {
        ZoneFinder {
            zones,
            home,
            named: BTreeMap::new(),
            described: BTreeMap::new(),
            recognised: BTreeMap::new(),
            comparisons: 0,
            years: 2000..=2000,
        }
    }

    /// Takes the zones that a calendar describes, and forgets those of the calendar before.
    pub fn describe(&mut self, calendar: &Component) {
        let zone = |it: &Component| Some((it.value("TZID")?.trim_matches('"').to_owned(), Described::read(it)?));
        self.described = calendar.children("VTIMEZONE").filter_map(zone).collect();
        self.recognised.clear();
        let years = calendar.children.iter().filter(|it| it.name != "VTIMEZONE").filter_map(|it| it.value("DTSTART"));
        // A mistyped year far away is no reason to compare all the years up to it.
        let years = years.filter_map(|value| value.get(..4)?.parse::<i32>().ok()).filter(|year| SEEN.contains(year));
        let span = years.fold(None, |span, year| {
            let (first, last) = span.unwrap_or((year, year));
            Some((year.min(first), year.max(last)))
        });
        self.years = span.map_or(2000..=2000, |(first, last)| first..=last);
    }

    /// Returns the zone of a name: one of the tz database, or, if the calendar describes another, one of the calendar's own.
    ///
    /// # Errors
    /// `unknown_zone`, with the names nearest to it.
    pub fn find(&mut self, name: &str) -> Result<Zone, Problem> {
        let named = self.by_name(name);
        if let Ok(Named::Surely(zone)) = named {
            return Ok(zone);
        }
        if let Some(known) = self.recognised.get(name) {
            return known.clone().map_or_else(|| named.map(Named::zone), Ok);
        }
        let Some(described) = self.described.get(name) else { return named.map(Named::zone) };
        self.comparisons += 1;
        let compares = self.comparisons <= MOST_DESCRIBED;
        let probable = named.as_ref().ok().cloned().map(Named::zone);
        let zone = probable
            .filter(|zone| described.agrees(zone, &self.years))
            .or_else(|| described.zone(self.zones, self.home, &self.years).filter(|_| compares))
            .or_else(|| described.own_zone(name, &self.years));
        self.recognised.insert(name.to_owned(), zone.clone());
        zone.map_or_else(|| named.map(Named::zone).map_err(|_| undescribed(name)), Ok)
    }

    fn by_name(&mut self, name: &str) -> Result<Named, Problem> {
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

fn undescribed(name: &str) -> Problem {
    let message = format!("what the calendar describes as the time zone {:?} is not understood", shortened(name));
    Problem::new(Code::UnknownZone, message)
}

/// Finds the zones of the tz database nearest to a calendar's own zones.
pub(crate) struct Nearest<'a> {
    zones: &'a Zones,
    home: &'a Zone,
    known: Vec<(Zone, i32, Zone)>,
}

impl<'a> Nearest<'a> {
    pub fn new(zones: &'a Zones, home: &'a Zone) -> Nearest<'a> {
        Nearest { zones, home, known: Vec::new() }
    }

    /// Returns the zone nearest to another in a year; many calendars describe their zones for one year only.
    pub fn to(&mut self, zone: &Zone, year: i32) -> Zone {
        let is_known = |(known, from, _): &&(Zone, i32, Zone)| known == zone && *from == year;
        if let Some((_, _, nearest)) = self.known.iter().find(is_known) {
            return nearest.clone();
        }
        let nearest = described::nearest(zone, self.zones, self.home, &(year..=year));
        let nearest = nearest.unwrap_or_else(|| self.home.clone());
        if self.known.len() < MOST_DESCRIBED {
            self.known.push((zone.clone(), year, nearest.clone()));
        }
        nearest
    }
}
