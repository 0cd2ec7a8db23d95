//! `frontdesk log URL`: the turns of a log, a line each.

use std::time::Duration;

use frontdesk::Problems;
use frontdesk::time::{Zone, Zones};
use frontdesk_store::Log;
use serde::Deserialize;

use super::args::Show;
use super::line::line;
use super::place::{AT_ONCE, Place};
use crate::database::{self, Access, AnyLog, Database};
use crate::deadline;
use crate::failure::Failure;
use crate::show::{print, print_raw, title};

/// The time between two looks for further turns.
const POLL: Duration = Duration::from_millis(250);

/// The smallest width of numbers.
const DIGITS: usize = 4;

/// Shows the turns from a number on, and those that follow if that is asked for.
pub fn show(options: &Show, zones: &Zones) -> Result<(), Failure> {
    let mut database = Database::open(&options.url, Access::Read)?;
    let name = database.desk_name()?;
    let (first, last, zone) = database.reading(|log| bounds(log, &name, zones))?;
    let mut place = Place::at(name, options.from.max(first), database::reader(None, zones)?);
    if !options.json {
        print(&(title(&format!("Log of {}", place.name()), &format!("times of {zone}")) + "\n"))?;
        print(&missing(options.from, first, last))?;
    }
    let digits = last.to_string().len().max(DIGITS);
    loop {
        let (count, read) = database.reading(|log| Ok(place.read(log)))?;
        let lines = read.iter().map(|(_, turn)| match options.json {
            true => turn.to_json() + "\n",
            false => line(turn, digits, &zone),
        });
        let page: String = lines.collect();
        if options.json {
            print_raw(&page)?
        } else {
            print(&page)?
        }
        // Those before a damaged one were shown.
        let count = database.told(count)?;
        deadline::check()?;
        match (count < AT_ONCE, options.follow) {
            (true, true) => std::thread::sleep(POLL),
            (true, false) => return Ok(()),
            (false, _) => {}
        }
    }
}

/// Says that turns were removed, or are not there yet.
fn missing(from: u64, first: u64, last: u64) -> String {
    if first > from.max(1) {
        return format!("The turns before {first} were removed by `frontdesk log compact`.\n");
    }
    if from > last {
        return format!("There is no turn {from} yet; the last one is {last}.\n");
    }
    String::new()
}

/// Returns the numbers of the first and the last turn, and the zone of the desk: that of its newest snapshot, or of its first turn. A
/// desk is not loaded for it, as that of a damaged log cannot be.
fn bounds(log: &mut AnyLog<'_>, name: &str, zones: &Zones) -> Result<(u64, u64, Zone), Problems> {
    let last = log.head(name)?.map_or(0, |head| head.last_turn);
    let first = log.read(name, 0, 1)?.into_iter().next();
    let number = first.as_ref().map_or(1, |first| first.turn);
    let snapshot = log.snapshot(name, u64::MAX)?.map(|snapshot| snapshot.body);
    let texts = [snapshot, first.and_then(|first| first.body)];
    let zone = texts.iter().flatten().find_map(|text| zones.get(&Zoned::name(text)?).ok());
    Ok((number, last, zone.unwrap_or_else(Zone::utc)))
}

/// A text with a document that has a zone.
#[derive(Deserialize)]
struct Zoned {
    document: Document,
}

#[derive(Deserialize)]
struct Document {
    time_zone: String,
}

impl Zoned {
    fn name(text: &str) -> Option<String> {
        serde_json::from_str(text).ok().map(|zoned: Zoned| zoned.document.time_zone)
    }
}
