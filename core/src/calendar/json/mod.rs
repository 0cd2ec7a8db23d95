//! The JSON of calendar APIs: pages of events, or lists of events.

mod google;
mod graph;
mod walk;

use self::walk::{Place, Times};
use super::ReadOptions;
use super::event::{Event, left_out};
use super::notes::{Notes, Origin};
use super::zones::ZoneFinder;
use crate::problem::{Code, Problem};
use crate::read;
use std::collections::BTreeMap;

/// The size in bytes of the largest text that is read.
const MOST_BYTES: usize = super::ics::MOST_BYTES;

/// The keys under which a page holds its events, in Google and in Microsoft Graph.
const PAGES: [&str; 2] = ["items", "value"];
/// The keys under which a page refers to the next one.
const NEXT_PAGES: [&str; 2] = ["nextPageToken", "@odata.nextLink"];
/// Keys that only events of Microsoft Graph have.
const OF_GRAPH: [&str; 5] = ["showAs", "isAllDay", "iCalUId", "seriesMasterId", "isCancelled"];

/// Reads the events of a text.
pub(crate) fn events(text: &[u8], options: &ReadOptions, notes: &mut Notes) -> Vec<Event> {
    if text.len() > MOST_BYTES {
        let message = format!("the calendar is larger than {} MiB", MOST_BYTES / 1024 / 1024);
        notes.broken(Origin::Line(1), Problem::new(Code::OutOfRange, message));
        return Vec::new();
    }
    let Ok(text) = std::str::from_utf8(text) else {
        notes.broken(Origin::Line(1), Problem::new(Code::InvalidJson, "this is not UTF-8 text"));
        return Vec::new();
    };
    let root = match read::any(text) {
        Ok(root) => root,
        Err(problem) => {
            let line = problem.position.map_or(1, |position| position.line);
            notes.broken(Origin::Line(line), problem);
            return Vec::new();
        }
    };
    let mut entries = Vec::new();
    let root = Place::root(&root);
    collect(&root, None, &mut entries, notes);
    let mut finder = ZoneFinder::new(&options.zones, &options.zone);
    let mut times = Times { finder: &mut finder };
    let uids = uids(&entries);
    let mut events = Vec::new();
    for entry in entries {
        let (read, uid): (fn(&mut Reading<'_, '_, '_>) -> _, _) =
            match OF_GRAPH.iter().any(|key| entry.event.get(key).is_some()) {
                true => (graph::read, graph::uid(&entry.event, &uids)),
                false => (google::read, google::uid(&entry.event, &uids)),
            };
        let mut reading = Reading { entry: &entry, uid, times: &mut times, options, notes };
        match read(&mut reading) {
            Ok(found) => events.extend(found),
            Err(walk::Wrong(origin, problem)) => {
                let uid = reading.uid.take();
                notes.unread.extend(uid);
                notes.problem(origin, left_out(*problem));
            }
        }
    }
    events
}

/// An event, and the zone of its calendar.
struct Entry<'n> {
    event: Place<'n>,
    zone: Option<Place<'n>>,
}

/// An event that is being read.
struct Reading<'a, 'f, 'z> {
    entry: &'a Entry<'a>,
    uid: Option<String>,
    times: &'a mut Times<'f, 'z>,
    options: &'a ReadOptions,
    notes: &'a mut Notes,
}

/// Collects the events of a page, a list of pages, or a list of events. Only the last page shows whether there is one more.
fn collect<'n>(place: &Place<'n>, zone: Option<&Place<'n>>, entries: &mut Vec<Entry<'n>>, notes: &mut Notes) {
    if matches!(place.node, read::Node::List(_)) {
        let mut more = None;
        for element in place.elements() {
            if is_page(&element) {
                more = next_page(&element);
                collect_page(&element, entries, notes);
            } else {
                entries.push(Entry { event: element, zone: zone.cloned() });
            }
        }
        note_next_page(more, notes);
    } else if is_page(place) {
        collect_page(place, entries, notes);
        note_next_page(next_page(place), notes);
    } else if matches!(place.node, read::Node::Object(_)) && place.get("start").is_some() {
        entries.push(Entry { event: place.clone(), zone: None });
    } else {
        let message =
            "this is not a calendar: it has neither \"items\", as Google has, nor \"value\", as Microsoft has";
        notes.broken(place.origin(), Problem::new(Code::InvalidCalendar, message));
    }
}

fn is_page(place: &Place<'_>) -> bool {
    PAGES.iter().any(|key| matches!(place.node.get(key), Some(read::Node::List(_))))
}

fn collect_page<'n>(page: &Place<'n>, entries: &mut Vec<Entry<'n>>, notes: &mut Notes) {
    let zone = page.get("timeZone");
    notes.name = notes.name.take().or(page.text("summary").map(str::to_owned));
    for list in PAGES.iter().filter_map(|key| page.get(key)) {
        for event in list.elements() {
            // Microsoft Graph returns the exceptions of a series inside its master if asked to.
            let exceptions = event.list("exceptionOccurrences");
            let all = [event].into_iter().chain(exceptions);
            entries.extend(all.map(|event| Entry { event, zone: zone.clone() }));
        }
    }
}

fn next_page<'n>(page: &Place<'n>) -> Option<Place<'n>> {
    NEXT_PAGES.iter().find_map(|key| page.get(key))
}

fn note_next_page(next: Option<Place<'_>>, notes: &mut Notes) {
    if let Some(next) = next {
        let problem = Problem::new(Code::InvalidCalendar, "the calendar has further pages, which are not here")
            .with_hint("get them all, and give them as one list of pages");
        notes.broken(next.origin(), problem);
    }
}

/// The ids in the calendar, by the ids that the API uses when one event refers to another.
type Uids = BTreeMap<String, String>;

fn uids(entries: &[Entry<'_>]) -> Uids {
    let uid = |entry: &Entry<'_>| {
        let uid = ["iCalUID", "uid", "iCalUId"].iter().find_map(|key| entry.event.id(key));
        Some((entry.event.id("id")?.to_owned(), uid?.to_owned()))
    };
    entries.iter().filter_map(uid).collect()
}
