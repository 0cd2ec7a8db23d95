//! The events of one id: the series, its revisions, and the events that replace instances of it.

use chrono::{Datelike, NaiveDateTime};
use std::collections::{BTreeMap, BTreeSet};

use super::INSTANCE;
use super::event::{Unfit, frame, length, times, wholes};
use super::occasion::{as_in, date, dedup, excepted, first, leave_out, text};
use crate::calendar::ReadOptions;
use crate::calendar::event::{Ending, Event, InsteadOf};
use crate::calendar::instances;
use crate::calendar::moment::{self, When};
use crate::calendar::notes::{Notes, Skipped, Why};
use crate::calendar::split::{self, Part};
use crate::calendar::zones::Nearest;
use crate::model::{Absence, AbsenceTimes, Occasion};
use crate::problem::{Code, Problem, shortened};
use crate::time::Zone;

/// The absences of the events with one id.
pub(super) struct Group<'a, 'z> {
    pub options: &'a ReadOptions,
    pub notes: &'a mut Notes,
    pub nearest: &'a mut Nearest<'z>,
    /// The absences, each with the `order` of its event.
    pub found: Vec<(usize, Absence)>,
}

impl Group<'_, '_> {
    pub fn absences(mut self, events: Vec<Event>) -> Vec<(usize, Absence)> {
        let (masters, instead): (Vec<Event>, Vec<Event>) = events.into_iter().partition(|it| it.instead_of.is_none());
        let master = self.latest(masters);
        let instead = self.latest_each(instead, master.as_ref());
        let Some(master) = master else {
            instead.iter().for_each(|event| self.alone(event));
            return self.found;
        };
        let instead = self.not_deleted(instead, &master);
        let Some(wholes) = self.judged(&master) else {
            instead.into_iter().for_each(|event| self.alone(&event.once()));
            return self.found;
        };
        let (later, single): (Vec<_>, Vec<_>) = instead.into_iter().partition(stands_for_all_later);
        let single: Vec<Event> = single.into_iter().map(Event::once).collect();
        let wholes = self.periods(&master, wholes, &single);
        let mut series: Vec<Vec<Part>> = Vec::new();
        for whole in wholes {
            series.push(split::into_series(whole, &master, &later, self.options, self.notes));
        }
        self.replace(&mut series, &single);
        for part in series.into_iter().flatten() {
            self.add(part.absence, &master);
        }
        self.found
    }

    /// Returns the event of the highest revision, the last of several; skips the others.
    fn latest(&mut self, events: Vec<Event>) -> Option<Event> {
        let best =
            (0..).zip(&events).max_by_key(|(place, event)| (event.revision(), *place)).map(|(place, _)| place)?;
        let mut latest = None;
        for (place, event) in (0_usize..).zip(events) {
            if place == best {
                latest = Some(event);
            } else {
                self.skip(&event, Why::Superseded);
            }
        }
        latest
    }

    /// Returns the latest event for each instance.
    fn latest_each(&mut self, events: Vec<Event>, master: Option<&Event>) -> Vec<Event> {
        let zone = master.and_then(|master| master.start.zone()).unwrap_or(&self.options.zone).clone();
        let mut by_instance: BTreeMap<(bool, NaiveDateTime), Vec<Event>> = BTreeMap::new();
        for event in events {
            let InsteadOf { start, and_all_later } = event.instead_of.as_ref().unwrap_or(&NEVER);
            let start = of_series(start, master);
            let key = (*and_all_later, start.in_zone(&zone, &self.options.zone));
            by_instance.entry(key).or_default().push(event);
        }
        by_instance.into_values().filter_map(|events| self.latest(events)).collect()
    }

    /// Skips the events for instances that were deleted afterwards: the series leaves the instance out, and the event is no
    /// later revision than the series.
    fn not_deleted(&mut self, instead: Vec<Event>, master: &Event) -> Vec<Event> {
        if master.except.is_empty() {
            return instead;
        }
        let home = &self.options.zone;
        let frame = frame(master, home);
        let deleted: BTreeSet<Occasion> = master.except.iter().map(|when| excepted(when, &frame, home)).collect();
        let mut kept = Vec::new();
        for mut event in instead {
            let Some(instead_of) = &mut event.instead_of else { continue };
            instead_of.start = of_series(&instead_of.start, Some(master));
            let occasion = as_in(&instead_of.start, &frame, home);
            let is_deleted = deleted.contains(&occasion) || deleted.contains(&Occasion::Date(date(&occasion)));
            if is_deleted && event.revision() <= master.revision() {
                self.skip(&event, Why::Superseded);
            } else {
                kept.push(event);
            }
        }
        kept
    }

    /// Returns the absences of an event that counts as being away, one for each of its rules. The list is empty if only the
    /// periods of its `RDATE` take time.
    fn judged(&mut self, event: &Event) -> Option<Vec<Absence>> {
        if let Err(why) = self.options.away.judge(&event.claim) {
            self.skip(event, why);
            return None;
        }
        match wholes(event, &self.options.zone) {
            Ok((wholes, oddities)) => {
                oddities.into_iter().for_each(|oddity| event.remark("RRULE", oddity, self.notes));
                Some(wholes)
            }
            Err(Unfit::NoTime) if event.also.iter().any(|(_, ending)| *ending != Ending::Unsaid) => Some(Vec::new()),
            Err(Unfit::NoTime) => {
                self.skip(event, Why::NoTime);
                None
            }
            Err(Unfit::Wrong(property, problem)) => {
                event.left_out(property, problem, self.notes);
                None
            }
        }
    }

    /// Adds the absences of an event whose series is missing in the calendar, or is not an absence.
    fn alone(&mut self, event: &Event) {
        let wholes = self.judged(event).map(|wholes| self.periods(event, wholes, &[]));
        for mut absence in wholes.into_iter().flatten() {
            let instance = event.instead_of.as_ref().map(|instead_of| match &instead_of.start {
                When::Date(date) => Occasion::Date(*date),
                start => as_in(start, &absence, &self.options.zone),
            });
            absence.extensions.extend(instance.map(|it| (INSTANCE.to_owned(), text(it))));
            self.add(absence, event);
        }
    }

    /// Replaces instances of a series by events.
    fn replace(&mut self, series: &mut [Vec<Part>], events: &[Event]) {
        let home = &self.options.zone;
        // By the indices of series and part.
        let mut left_out: BTreeMap<(usize, usize), BTreeSet<Occasion>> = BTreeMap::new();
        let mut instances = Vec::new();
        for event in events {
            let Some(InsteadOf { start, .. }) = &event.instead_of else { continue };
            let mut instance = None;
            for (number, parts) in series.iter().enumerate() {
                let place = split::place_of(parts, start, home);
                let Some(part) = parts.get(place) else { continue };
                let occasion = part.shifted(as_in(start, &part.absence, home));
                left_out.entry((number, place)).or_default().insert(occasion);
                instance = instance.or(Some(occasion));
            }
            instances.push((event, instance));
        }
        for ((number, place), occasions) in left_out {
            let Some(part) = series.get_mut(number).and_then(|parts| parts.get_mut(place)) else { continue };
            leave_out(&mut part.absence, occasions);
        }
        for (event, instance) in instances {
            for mut absence in self.judged(event).into_iter().flatten() {
                let instance = instance.or_else(|| Some(as_in(&event.instead_of.as_ref()?.start, &absence, home)));
                absence.extensions.extend(instance.map(|it| (INSTANCE.to_owned(), text(it))));
                self.add(absence, event);
            }
        }
    }

    /// Adds the instances that are given with an end of their own, if that makes them longer or shorter than the others.
    fn periods(&mut self, event: &Event, mut wholes: Vec<Absence>, instead: &[Event]) -> Vec<Absence> {
        let home = &self.options.zone;
        if event.also.iter().all(|(_, ending)| *ending == Ending::Unsaid) {
            return wholes;
        }
        let frame = frame(event, home);
        let replaced: BTreeSet<Occasion> =
            instead.iter().filter_map(|it| Some(as_in(&it.instead_of.as_ref()?.start, &frame, home))).collect();
        let (mut own, mut dropped, mut named) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (when, ending) in event.also.iter().filter(|(_, ending)| *ending != Ending::Unsaid) {
            let occasion = as_in(when, &frame, home);
            match times(when, ending, home) {
                _ if !named.insert(occasion) => {}
                Ok(times) if wholes.first().is_some_and(|whole| length(&times) == length(&whole.times)) => {}
                Ok(times) => {
                    own.insert(occasion);
                    let mut absence = Absence { times, time_zone: when.zone().cloned(), ..frame.clone() };
                    absence.extensions.insert(INSTANCE.to_owned(), text(occasion));
                    if !replaced.contains(&occasion) && !frame.except.contains(&occasion) {
                        self.add(absence, event);
                    }
                }
                Err(Unfit::NoTime) => {
                    dropped.insert(occasion);
                }
                Err(Unfit::Wrong(_, mut problem)) => {
                    problem.message.push_str("; that instance is passed over");
                    dropped.insert(occasion);
                    event.problem("RDATE", problem, self.notes);
                }
            }
        }
        for whole in &mut wholes {
            whole.also.retain(|also| !dropped.contains(also));
            whole.except.extend(own.iter().copied());
            dedup(&mut whole.except);
        }
        wholes
    }

    /// Adds an absence, unless its exceptions leave nothing of it.
    fn add(&mut self, mut absence: Absence, event: &Event) {
        if absence.repeat.is_none() && absence.also.is_empty() {
            if absence.except.contains(&first(&absence)) {
                return self.skip(event, Why::NoInstances);
            }
            absence.except.clear();
        }
        if let Some(zone) = absence.time_zone.clone().filter(Zone::is_described) {
            self.in_a_known_zone(&mut absence, &zone, event);
        }
        self.found.push((event.order, absence));
    }

    /// Moves an absence out of a zone that only the calendar has: a single one to UTC, and one that repeats to the clock of the
    /// nearest zone, which is reported unless both clocks are the same.
    fn in_a_known_zone(&mut self, absence: &mut Absence, zone: &Zone, event: &Event) {
        let utc = Zone::utc();
        match &mut absence.times {
            AbsenceTimes::Moments { start, end } if absence.repeat.is_none() && absence.also.is_empty() => {
                [start, end].into_iter().for_each(|time| *time = moment::wall(&utc, zone.resolve((*time).into())));
                absence.time_zone = Some(utc);
            }
            _ => {
                let nearest = self.nearest.to(zone, instances::start(absence).year());
                if !nearest.has_same_clock(zone) {
                    let message = format!(
                        "the time zone {:?} is known to this calendar only; what repeats is read on the clock of {nearest}, \
                         the nearest",
                        shortened(zone.name())
                    );
                    event.problem("DTSTART", Problem::new(Code::UnknownZone, message), self.notes);
                }
                absence.time_zone = Some(nearest);
            }
        }
    }

    fn skip(&mut self, event: &Event, why: Why) {
        let skipped = Skipped { uid: event.uid.clone(), summary: event.claim.summary.clone(), why };
        self.notes.skipped.push(skipped);
    }
}

/// Returns the start of an instance; a time without a zone is on the clock of the series.
fn of_series(start: &When, master: Option<&Event>) -> When {
    match (start, master.map(|master| &master.start)) {
        (When::Wall(time, None), Some(When::Wall(_, zone))) => When::Wall(*time, zone.clone()),
        _ => start.clone(),
    }
}

/// A stand-in: every event of `instead` has its `instead_of`.
const NEVER: InsteadOf = InsteadOf { start: When::Wall(NaiveDateTime::MIN, None), and_all_later: false };

fn stands_for_all_later(event: &Event) -> bool {
    event.instead_of.as_ref().is_some_and(|instead_of| instead_of.and_all_later)
}
