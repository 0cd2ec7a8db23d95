//! Absences as events.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::stream::Stream;
use crate::calendar::ics::{OURS, rule};
use crate::calendar::instances;
use crate::calendar::moment::{self, When, Written};
use crate::calendar::series::INSTANCE;
use crate::calendar::uid::{Uids, as_written};
use crate::model::{Absence, AbsenceTimes, Occasion};
use crate::time::written::basic_moment;
use crate::time::{Instant, Span, Zone};

/// The summary of an absence without a note.
const OUT_OF_OFFICE: &str = "Out of office";

/// Writes the absences of an agent.
pub(super) struct Events<'a> {
    pub agent: &'a str,
    pub zone: &'a Zone,
    pub at: Instant,
}

/// An absence with its id, and the absence of which it is an instance.
struct Entry<'a> {
    absence: &'a Absence,
    uid: String,
    instead_of: Option<Occasion>,
}

impl Events<'_> {
    pub fn write(&self, absences: &[Absence], stream: &mut Stream) {
        let shown: Vec<Cow<'_, Absence>> = absences.iter().filter_map(|absence| self.shown(absence)).collect();
        let entries = self.entries(&shown);
        let mut masters: BTreeMap<&str, &Absence> = BTreeMap::new();
        let mut moved: BTreeMap<&str, BTreeSet<Occasion>> = BTreeMap::new();
        for entry in &entries {
            match entry.instead_of {
                Some(occasion) => {
                    moved.entry(&entry.uid).or_default().insert(occasion);
                }
                None => {
                    masters.insert(&entry.uid, entry.absence);
                }
            }
        }
        let none = BTreeSet::new();
        for entry in &entries {
            let moved = moved.get(entry.uid.as_str()).filter(|_| entry.instead_of.is_none()).unwrap_or(&none);
            let master = masters.get(entry.uid.as_str()).copied().unwrap_or(entry.absence);
            stream.component("VEVENT", |stream| self.event(entry, master, moved, stream));
        }
    }

    /// Returns the zones that the absences name.
    pub fn zones(&self, absences: &[Absence]) -> BTreeMap<String, Zone> {
        let moments = absences.iter().filter(|it| matches!(it.times, AbsenceTimes::Moments { .. }));
        let zones = moments.map(|absence| absence.time_zone.as_ref().unwrap_or(self.zone));
        zones.map(|zone| (zone.name().to_owned(), zone.clone())).collect()
    }

    /// Returns the absence that calendars show. They show the start of a series even if its rule passes over it; so an
    /// absence whose rule has no instance becomes its additional dates, or nothing.
    fn shown<'a>(&self, absence: &'a Absence) -> Option<Cow<'a, Absence>> {
        if absence.repeat.is_none() || !instances::never_comes(absence, self.zone) {
            return Some(Cow::Borrowed(absence));
        }
        let is_left = |occasion: &&Occasion| {
            !absence.except.contains(occasion) && !absence.except.contains(&Occasion::Date(date_of(occasion)))
        };
        let mut also: Vec<Occasion> = absence.also.iter().filter(is_left).copied().collect();
        also.sort_unstable();
        let first = also.first().copied()?;
        also.remove(0);
        let start = match first {
            Occasion::Date(date) => date.and_time(instances::start(absence).time()),
            Occasion::Moment(time) => time,
        };
        let times = instances::moved_to(&absence.times, start);
        Some(Cow::Owned(Absence { times, repeat: None, except: Vec::new(), also, ..absence.clone() }))
    }

    /// Gives every absence a unique id; instances share the id of their series.
    fn entries<'a>(&self, absences: &'a [Cow<'a, Absence>]) -> Vec<Entry<'a>> {
        let mut uids = Uids::of(self.agent);
        let mut taken = BTreeSet::new();
        let mut entry = |absence: &'a Absence| {
            let own = uids.of_absence(absence);
            let instead_of = absence.uid.as_ref().and_then(|_| instance(absence));
            let mut uid = own.clone();
            let mut number = 1;
            while !taken.insert((uid.clone(), instead_of)) {
                uid = format!("{own}.{number}");
                number += 1;
            }
            Entry { absence, uid, instead_of }
        };
        absences.iter().map(|absence| entry(absence.as_ref())).collect()
    }

    fn event(&self, entry: &Entry<'_>, master: &Absence, moved: &BTreeSet<Occasion>, stream: &mut Stream) {
        let Entry { absence, uid, instead_of } = entry;
        let zone = absence.time_zone.as_ref().unwrap_or(self.zone);
        stream.text("UID", uid);
        stream.instant("DTSTAMP", self.at);
        if let Some(sequence) = absence.sequence {
            stream.line("SEQUENCE", &sequence.to_string());
        }
        match instead_of {
            Some(Occasion::Date(date)) => stream.dates("RECURRENCE-ID", &[*date]),
            Some(Occasion::Moment(time)) => {
                stream.moment("RECURRENCE-ID", *time, master.time_zone.as_ref().unwrap_or(self.zone));
            }
            None => {}
        }
        let aligned = instances::aligned(absence, self.zone);
        let start = times(&aligned, zone, stream);
        if let Some(repeat) = &absence.repeat {
            stream.line("RRULE", &rule::for_calendars(repeat.as_str(), &start));
        }
        self.exceptions(absence, zone, moved, stream);
        occasions("RDATE", &absence.also, zone, stream);
        match &absence.note {
            Some(note) if note.trim() == note && !note.is_empty() => stream.text("SUMMARY", note),
            Some(note) => stream.text("SUMMARY;X-FRONTDESK-EXACT=TRUE", note),
            None => stream.text("SUMMARY;X-FRONTDESK-DEFAULT=TRUE", OUT_OF_OFFICE),
        }
        stream.line("TRANSP", "OPAQUE");
        stream.line("X-MICROSOFT-CDO-BUSYSTATUS", "OOF");
        if aligned != absence.times {
            let original = basic_moment(instances::start(absence));
            stream.line(&format!("{OURS}START"), &original);
        }
        ours(entry, &start, stream);
    }

    /// Writes the exceptions, except for instances that another event replaces.
    fn exceptions(&self, absence: &Absence, zone: &Zone, moved: &BTreeSet<Occasion>, stream: &mut Stream) {
        let left: Vec<Occasion> = absence.except.iter().filter(|it| !moved.contains(it)).copied().collect();
        if matches!(absence.times, AbsenceTimes::Days { .. }) {
            return occasions("EXDATE", &left, zone, stream);
        }
        let is_date = |occasion: &Occasion| matches!(occasion, Occasion::Date(_));
        // In their order, which reading has to return.
        for group in left.chunk_by(|a, b| is_date(a) == is_date(b)) {
            if group.first().is_some_and(is_date) {
                let dates = group.iter().map(date_of);
                let times: Vec<NaiveDateTime> = dates.flat_map(|date| starts_on(absence, date, zone)).collect();
                stream.moments("EXDATE;X-FRONTDESK-DATE=TRUE", &times, zone);
            } else {
                occasions("EXDATE", group, zone, stream);
            }
        }
    }
}

/// Returns the instance of a series that an absence replaces.
fn instance(absence: &Absence) -> Option<Occasion> {
    match moment::read(absence.extensions.get(INSTANCE)?.as_str()?)? {
        Written::Date(date) => Some(Occasion::Date(date)),
        Written::Local(time) => Some(Occasion::Moment(time)),
        Written::Utc(_) => None,
    }
}

fn times(times: &AbsenceTimes, zone: &Zone, stream: &mut Stream) -> When {
    match *times {
        AbsenceTimes::Moments { start, end } => {
            stream.moment("DTSTART", start, zone);
            stream.moment("DTEND", end, zone);
            When::Wall(start, Some(zone.clone()))
        }
        AbsenceTimes::Days { first_day, last_day } => {
            stream.dates("DTSTART", &[first_day]);
            stream.dates("DTEND", &[last_day + TimeDelta::days(1)]);
            When::Date(first_day)
        }
    }
}

fn occasions(name: &str, occasions: &[Occasion], zone: &Zone, stream: &mut Stream) {
    let dates: Vec<NaiveDate> = occasions.iter().filter(|it| matches!(it, Occasion::Date(_))).map(date_of).collect();
    let moments: Vec<NaiveDateTime> = occasions.iter().filter_map(moment_of).collect();
    if !dates.is_empty() {
        stream.dates(name, &dates);
    }
    if !moments.is_empty() {
        stream.moments(name, &moments, zone);
    }
}

fn date_of(occasion: &Occasion) -> NaiveDate {
    match occasion {
        Occasion::Date(date) => *date,
        Occasion::Moment(time) => time.date(),
    }
}

fn moment_of(occasion: &Occasion) -> Option<NaiveDateTime> {
    match occasion {
        Occasion::Moment(time) => Some(*time),
        Occasion::Date(_) => None,
    }
}

/// Returns the starts of the instances on a date; if there is none, the usual time of day.
fn starts_on(absence: &Absence, date: NaiveDate, zone: &Zone) -> Vec<NaiveDateTime> {
    const MOST: usize = 100;
    let start = instances::start(absence);
    let midnight = date.and_time(NaiveTime::MIN);
    let day = Span::new(midnight, midnight + TimeDelta::days(1));
    let by_rule = instances::by_rule(absence, zone, day);
    let also = absence.also.iter().filter_map(moment_of).filter(|time| time.date() == date);
    let itself = [start].into_iter().filter(|start| absence.repeat.is_none() && start.date() == date);
    let all: BTreeSet<NaiveDateTime> = by_rule.into_iter().flatten().chain(also).chain(itself).collect();
    match all.is_empty() {
        true => vec![date.and_time(start.time())],
        false => all.into_iter().take(MOST).collect(),
    }
}

/// Writes the properties that only our reader knows. Without them, only the original form is lost.
fn ours(entry: &Entry<'_>, start: &When, stream: &mut Stream) {
    let Entry { absence, uid, instead_of } = entry;
    let property = |name: &str| format!("{OURS}{name}");
    match (start, &absence.time_zone) {
        (When::Wall(..), None) => stream.text(&property("TIME-ZONE"), ""),
        (When::Date(_), Some(zone)) => stream.text(&property("TIME-ZONE"), zone.name()),
        _ => {}
    }
    if let Some(own) = absence.uid.as_ref().filter(|own| as_written(own) != *uid) {
        stream.text(&property("UID"), own);
    }
    if let Some(repeat) = absence.repeat.as_ref().filter(|it| rule::for_calendars(it.as_str(), start) != it.as_str()) {
        stream.text(&property("REPEAT"), repeat.as_str());
    }
    let mut keys = absence.extensions.clone();
    if instead_of.is_some() {
        keys.remove(INSTANCE);
    }
    if !keys.is_empty() {
        stream.text(&property("KEYS"), &serde_json::to_string(&keys).unwrap_or_default());
    }
}
