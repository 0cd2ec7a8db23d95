//! Events into absences: those of one id together, with the instances that were moved or cancelled.

use chrono::{Datelike, Days, NaiveDateTime};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

use super::ReadOptions;
use super::event::{Ending, Event, InsteadOf, left_out};
use super::ics::rule;
use super::instances;
use super::moment::{self, When};
use super::notes::{Notes, Origin, Skipped, Why};
use super::split::{self, Part};
use super::uid;
use super::zones::Nearest;
use crate::model::{Absence, AbsenceTimes, Occasion, too_many_together};
use crate::problem::{Code, Problem, shortened};
use crate::read::{self, Known, Node};
use crate::time::Zone;
use crate::warnings::recurrence::unlikely;

/// The key under which an absence that stands for one instance of a repeated one says for which.
pub(crate) const INSTANCE: &str = "x-recurrence-id";

/// The absences of events, in the order of the events.
pub(crate) fn absences(events: Vec<Event>, options: &ReadOptions, notes: &mut Notes) -> Vec<Absence> {
    let mut groups: Vec<Vec<Event>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut sources = Vec::new();
    for (order, mut event) in events.into_iter().enumerate() {
        event.order = order;
        sources.push(Source { origin: event.origin.clone(), path: event.path.clone(), uid: event.uid.clone() });
        let place = match &event.uid {
            Some(uid) => *places.entry(uid.clone()).or_insert(groups.len()),
            None => groups.len(),
        };
        match groups.get_mut(place) {
            Some(group) => group.push(event),
            None => groups.push(vec![event]),
        }
    }
    let mut absences = Vec::new();
    let mut uids = uid::Uids::of_events();
    let mut nearest = Nearest::new(&options.zones, &options.zone);
    for events in groups {
        let is_nameless = events.iter().all(|event| event.uid.is_none() && event.ours.uid.is_none());
        let group = Group { options, notes, nearest: &mut nearest, found: Vec::new() };
        let mut found = group.absences(events);
        if is_nameless {
            found.iter_mut().for_each(|(_, absence)| absence.uid = Some(uids.of_absence(absence)));
        }
        absences.append(&mut found);
    }
    let rank = |it: &(usize, Absence)| (it.0, it.1.extensions.contains_key(INSTANCE));
    absences.sort_by_key(|a| rank(a));
    acceptable(absences, &sources, options, notes)
}

/// Where an absence comes from.
struct Source {
    origin: Origin,
    path: String,
    uid: Option<String>,
}

/// The absences that a document may have; the others are told. What reads documents says so.
fn acceptable(
    absences: Vec<(usize, Absence)>,
    sources: &[Source],
    options: &ReadOptions,
    notes: &mut Notes,
) -> Vec<Absence> {
    let mut kept = absences;
    let list: Vec<&Absence> = kept.iter().map(|(_, absence)| absence).collect();
    let known = Known { zones: options.zones.clone(), ..Known::default() };
    let problems = read::from_node(&Node::of(&list), &known, Absence::read_list).err().unwrap_or_default();
    let each = problems.into_iter().filter_map(|problem| {
        let place = problem.path.trim_start_matches(['$', '[']).split(']').next()?;
        Some((place.parse().ok()?, problem))
    });
    kept = without(kept, each, sources, notes);
    // What each may be, all together may still not.
    let list: Vec<Absence> = kept.iter().map(|(_, absence)| absence.clone()).collect();
    let kept = without(kept, too_many_together(&list), sources, notes);
    kept.into_iter().map(|(_, absence)| absence).collect()
}

/// The absences but those with a problem at their place, which is told.
fn without(
    absences: Vec<(usize, Absence)>,
    problems: impl Iterator<Item = (usize, Problem)>,
    sources: &[Source],
    notes: &mut Notes,
) -> Vec<(usize, Absence)> {
    let mut refused: BTreeMap<usize, Problem> = BTreeMap::new();
    for (place, problem) in problems {
        refused.entry(place).or_insert(problem);
    }
    let mut kept = Vec::new();
    for (place, it) in absences.into_iter().enumerate() {
        let Some(problem) = refused.remove(&place) else {
            kept.push(it);
            continue;
        };
        if let Some(source) = sources.get(it.0) {
            notes.unread.extend(source.uid.clone());
            notes.problem(source.origin.clone(), left_out(problem).at_path(source.path.clone()));
        }
    }
    kept
}

/// The events of one id.
struct Group<'a, 'z> {
    options: &'a ReadOptions,
    notes: &'a mut Notes,
    nearest: &'a mut Nearest<'z>,
    /// The absences, each with the place of its event.
    found: Vec<(usize, Absence)>,
}

impl Group<'_, '_> {
    fn absences(mut self, events: Vec<Event>) -> Vec<(usize, Absence)> {
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

    /// The event of the highest revision, the last of those; the others are noted.
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

    /// The latest event for each instance.
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

    /// The events but those for instances that were deleted afterwards: the series leaves them out, and the event is no later
    /// revision than the series.
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

    /// The absences of an event that counts, one for each of its rules; none of one that takes time only where its `RDATE`
    /// says how long.
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

    /// The absences of an event whose series is not in the calendar, or is none.
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

    /// Puts events where instances of a series were.
    fn replace(&mut self, series: &mut [Vec<Part>], events: &[Event]) {
        let home = &self.options.zone;
        // By series and part.
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

    /// The instances that are named with an end of their own. Where that makes them longer or shorter than the others, they
    /// are absences of their own.
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

    /// Adds an absence, if anything is left of it without its exceptions.
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

    /// Moves an absence from a zone that only the calendar has: a single one to UTC, and one that repeats to the clock of the
    /// nearest zone, which is told.
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

/// Leaves instances out of an absence.
fn leave_out(absence: &mut Absence, occasions: BTreeSet<Occasion>) {
    let known: BTreeSet<Occasion> = absence.except.iter().copied().collect();
    absence.except.extend(occasions.into_iter().filter(|occasion| !known.contains(occasion)));
    absence.except.sort_unstable();
}

/// Which instance is meant: a time without a zone is on the clock of the series.
fn of_series(start: &When, master: Option<&Event>) -> When {
    match (start, master.map(|master| &master.start)) {
        (When::Wall(time, None), Some(When::Wall(_, zone))) => When::Wall(*time, zone.clone()),
        _ => start.clone(),
    }
}

/// An event by what its instances have in common, whether it takes any time or not.
fn frame(event: &Event, home: &Zone) -> Absence {
    let times = match event.start {
        When::Date(first_day) => AbsenceTimes::Days { first_day, last_day: first_day },
        When::Wall(start, _) => AbsenceTimes::Moments { start, end: start },
    };
    let mut absence = Absence::new(times);
    absence.time_zone = time_zone(event, home);
    absence.note.clone_from(&event.note);
    let uid = event.ours.uid.as_ref().or(event.uid.as_ref());
    absence.uid = uid.filter(|uid| !uid::is_ours(uid)).cloned();
    absence.sequence = event.sequence;
    absence.extensions.clone_from(&event.ours.keys);
    absence
}

/// The absences of an event, one for each of its rules, and what is odd about those.
fn wholes(event: &Event, home: &Zone) -> Result<(Vec<Absence>, Vec<Problem>), Unfit> {
    let mut oddities = Vec::new();
    let mut rules = Vec::new();
    for rule in &event.repeats {
        oddities.extend(unlikely(rule));
        let rule = match event.start {
            When::Date(_) => rule::of_whole_days(rule).map_err(|problem| Unfit::Wrong("RRULE", problem))?,
            When::Wall(..) => rule.clone(),
        };
        rules.push(rule);
    }
    let whole = absence(&Event { repeats: rules.iter().take(1).cloned().collect(), ..event.clone() }, home)?;
    let mut wholes = vec![whole];
    for rule in rules.into_iter().skip(1) {
        let Some(whole) = wholes.first() else { break };
        let further = Absence { repeat: Some(rule), also: Vec::new(), ..whole.clone() };
        if !instances::never_comes(&further, home) {
            wholes.push(further);
        }
    }
    Ok((wholes, oddities))
}

/// Stands in for what is always there.
const NEVER: InsteadOf = InsteadOf { start: When::Wall(NaiveDateTime::MIN, None), and_all_later: false };

fn stands_for_all_later(event: &Event) -> bool {
    event.instead_of.as_ref().is_some_and(|instead_of| instead_of.and_all_later)
}

/// Why an event is not an absence.
pub(crate) enum Unfit {
    NoTime,
    Wrong(&'static str, Problem),
}

/// The absence of an event by itself.
pub(crate) fn absence(event: &Event, home: &Zone) -> Result<Absence, Unfit> {
    let (times, time_zone) = match times(&event.start, &event.ending, home) {
        Ok(times) => (times, time_zone(event, home)),
        // An hour in which the clock goes back takes no time on the wall; in UTC it does.
        Err(unfit) => match in_utc(event, home).filter(|_| event.repeats.is_empty() && event.also.is_empty()) {
            Some(times) => (times, Some(Zone::utc())),
            None => return Err(unfit),
        },
    };
    let mut absence = Absence { times, time_zone, ..frame(event, home) };
    absence.repeat = event.repeats.first().cloned();
    absence.also = event.also.iter().map(|(when, _)| as_in(when, &absence, home)).collect();
    let except = event.except.iter().map(|when| excepted(when, &absence, home));
    absence.except = except.collect();
    dedup(&mut absence.except);
    dedup(&mut absence.also);
    let is_writable = |occasion: &Occasion| moment::is_writable(date(occasion));
    absence.except.retain(is_writable);
    absence.also.retain(is_writable);
    if absence.repeat.is_none() && absence.also.is_empty() && !absence.except.is_empty() {
        // Only itself could be left out.
        let itself = first(&absence);
        absence
            .except
            .retain(|occasion| *occasion == itself || date(occasion) == date(&itself) && !is_moment(occasion));
        absence.except.truncate(1);
        if let Some(except) = absence.except.first_mut() {
            *except = itself;
        }
    }
    with_start(&mut absence, event, home);
    Ok(absence)
}

/// Counts the start in, though the rule passes over it; but not where we moved it ourselves, for which it is moved back.
fn with_start(absence: &mut Absence, event: &Event, home: &Zone) {
    if let Some(start) = event.ours.start {
        let original = Absence { times: instances::moved_to(&absence.times, start), ..absence.clone() };
        if instances::aligned(&original, home) == absence.times {
            *absence = original;
            return;
        }
    }
    instances::include_start(absence, home);
}

/// How long something lasts on the wall clock.
fn length(times: &AbsenceTimes) -> chrono::TimeDelta {
    match times {
        AbsenceTimes::Moments { start, end } => *end - *start,
        AbsenceTimes::Days { first_day, last_day } => *last_day - *first_day + chrono::TimeDelta::days(1),
    }
}

/// Drops what stands there before.
fn dedup(occasions: &mut Vec<Occasion>) {
    let mut seen = BTreeSet::new();
    occasions.retain(|occasion| seen.insert(*occasion));
}

/// The zone that the absence names. One that we wrote without a zone gets none, as long as the agent's is still the same.
fn time_zone(event: &Event, home: &Zone) -> Option<Zone> {
    match &event.start {
        When::Wall(_, Some(zone)) if event.ours.has_no_zone && zone.has_same_clock(home) => None,
        When::Wall(_, zone) => zone.clone(),
        When::Date(_) => event.ours.time_zone.clone(),
    }
}

/// From when to when an event is on the clock of UTC, if that is any time.
fn in_utc(event: &Event, home: &Zone) -> Option<AbsenceTimes> {
    let When::Wall(start, zone) = &event.start else { return None };
    let zone = zone.as_ref().unwrap_or(home);
    let start = moment::wall(&Zone::utc(), zone.resolve((*start).into()));
    let end = match &event.ending {
        Ending::At(end) => end.in_zone(&Zone::utc(), home),
        Ending::After(lasting) => lasting.end(start, &Zone::utc())?,
        Ending::Unsaid => start,
    };
    (start < end).then_some(AbsenceTimes::Moments { start, end })
}

/// From when to when an event is.
pub(crate) fn times(start: &When, ending: &Ending, home: &Zone) -> Result<AbsenceTimes, Unfit> {
    let wrong = |property, code, message: &str| Err(Unfit::Wrong(property, Problem::new(code, message)));
    match start {
        When::Date(first_day) => {
            let last_day = match ending {
                Ending::At(When::Date(end)) if end <= first_day => Some(*end),
                Ending::At(When::Date(end)) => end.pred_opt(),
                // As long as the last day has begun.
                Ending::At(end @ When::Wall(..)) => {
                    let end = end.in_zone(end.zone().unwrap_or(home), home);
                    let is_over = end <= first_day.and_time(chrono::NaiveTime::MIN);
                    let last = if is_over { Some(end) } else { end.checked_sub_signed(chrono::TimeDelta::seconds(1)) };
                    last.map(|last| last.date())
                }
                Ending::After(lasting) => {
                    let days = lasting.days + lasting.seconds.div_euclid(86_400);
                    first_day.checked_add_days(Days::new(u64::try_from(days.max(1) - 1).unwrap_or_default()))
                }
                Ending::Unsaid => Some(*first_day),
            };
            match last_day {
                Some(last_day) if last_day < *first_day => {
                    wrong("DTEND", Code::Conflict, "the event ends before it starts")
                }
                Some(last_day) if moment::is_writable(last_day) && moment::is_writable(*first_day) => {
                    Ok(AbsenceTimes::Days { first_day: *first_day, last_day })
                }
                _ => wrong("DTSTART", Code::OutOfRange, "the event lies outside the years 0 to 9999"),
            }
        }
        When::Wall(start, zone) => {
            let zone = zone.as_ref().unwrap_or(home);
            let end = match ending {
                Ending::At(end) => Some(end.in_zone(zone, home)),
                Ending::After(lasting) => lasting.end(*start, zone),
                Ending::Unsaid => Some(*start),
            };
            match end {
                Some(end) if end == *start => Err(Unfit::NoTime),
                Some(end) if end < *start => wrong("DTEND", Code::Conflict, "the event ends before it starts"),
                Some(end) if moment::is_writable(end.date()) && moment::is_writable(start.date()) => {
                    Ok(AbsenceTimes::Moments { start: *start, end })
                }
                _ => wrong("DTSTART", Code::OutOfRange, "the event lies outside the years 0 to 9999"),
            }
        }
    }
}

/// What an exception leaves out: an instance by its start, or those of a date.
fn excepted(when: &When, absence: &Absence, home: &Zone) -> Occasion {
    match when {
        When::Date(date) => Occasion::Date(*date),
        When::Wall(..) => as_in(when, absence, home),
    }
}

/// The occasion at which an instance of an absence is meant to start.
pub(crate) fn as_in(when: &When, absence: &Absence, home: &Zone) -> Occasion {
    let zone = absence.time_zone.as_ref().unwrap_or(home);
    match (&absence.times, when) {
        (AbsenceTimes::Days { .. }, When::Wall(time, own)) => {
            // Midnight UTC is how some programs write a date.
            let is_midnight = time.time() == chrono::NaiveTime::MIN;
            let time = if is_midnight || own.is_none() { *time } else { when.in_zone(zone, home) };
            Occasion::Date(time.date())
        }
        (AbsenceTimes::Days { .. }, When::Date(date)) => Occasion::Date(*date),
        (AbsenceTimes::Moments { start, .. }, When::Date(date)) => Occasion::Moment(date.and_time(start.time())),
        (AbsenceTimes::Moments { .. }, When::Wall(..)) => Occasion::Moment(when.in_zone(zone, home)),
    }
}

/// The occasion at which an absence itself starts.
pub(crate) fn first(absence: &Absence) -> Occasion {
    match absence.times {
        AbsenceTimes::Moments { start, .. } => Occasion::Moment(start),
        AbsenceTimes::Days { first_day, .. } => Occasion::Date(first_day),
    }
}

fn is_moment(occasion: &Occasion) -> bool {
    matches!(occasion, Occasion::Moment(_))
}

fn date(occasion: &Occasion) -> chrono::NaiveDate {
    match occasion {
        Occasion::Date(date) => *date,
        Occasion::Moment(time) => time.date(),
    }
}

/// An occasion as text, as it is written in a document.
pub(crate) fn text(occasion: Occasion) -> Value {
    Value::from(&Node::of(&occasion))
}
