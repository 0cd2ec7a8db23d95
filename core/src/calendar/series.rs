//! Events into absences: those of one id together, with the instances that were moved or cancelled.

use chrono::{Days, NaiveDateTime};
use serde_json::Value;

use super::ReadOptions;
use super::event::{Ending, Event, InsteadOf};
use super::instances;
use super::moment::{self, When};
use super::notes::{Notes, Skipped, Why};
use super::split::{self, Part};
use super::uid;
use crate::model::{Absence, AbsenceTimes, Occasion};
use crate::order::{self, Map, Set};
use crate::problem::{Code, Problem};
use crate::read::Node;
use crate::time::Zone;

/// The key under which an absence that stands for one instance of a repeated one says for which.
pub(crate) const INSTANCE: &str = "x-recurrence-id";

/// The absences of events, in the order of the events.
pub(crate) fn absences(events: Vec<Event>, options: &ReadOptions, notes: &mut Notes) -> Vec<Absence> {
    let mut groups: Vec<Vec<Event>> = Vec::new();
    let mut places: Map<String, usize> = Map::new();
    for (order, mut event) in events.into_iter().enumerate() {
        event.order = order;
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
    for events in groups {
        let is_nameless = events.iter().all(|event| event.uid.is_none() && event.ours.uid.is_none());
        let group = Group { options, notes, found: Vec::new() };
        let mut found = group.absences(events);
        if is_nameless {
            found.iter_mut().for_each(|(_, absence)| absence.uid = Some(uids.of_absence(absence)));
        }
        absences.append(&mut found);
    }
    let rank = |it: &(usize, Absence)| (it.0, it.1.extensions.contains_key(INSTANCE));
    order::sort_by(&mut absences, |a, b| rank(a).cmp(&rank(b)));
    absences.into_iter().map(|(_, absence)| absence).collect()
}

/// The events of one id.
struct Group<'a> {
    options: &'a ReadOptions,
    notes: &'a mut Notes,
    /// The absences, each with the place of its event.
    found: Vec<(usize, Absence)>,
}

impl Group<'_> {
    fn absences(mut self, events: Vec<Event>) -> Vec<(usize, Absence)> {
        let (masters, instead): (Vec<Event>, Vec<Event>) = events.into_iter().partition(|it| it.instead_of.is_none());
        let master = self.latest(masters);
        let instead = self.latest_each(instead, master.as_ref());
        let whole = master.as_ref().and_then(|master| self.judged(master));
        let Some((master, mut whole)) = master.zip(whole) else {
            instead.iter().for_each(|event| self.alone(event));
            return self.found;
        };
        self.periods(&master, &mut whole);
        let (later, single): (Vec<_>, Vec<_>) = instead.into_iter().partition(stands_for_all_later);
        let mut series = split::into_series(whole, &master, later, self.options, self.notes);
        for event in &single {
            let Some(instead_of) = &event.instead_of else { continue };
            self.replace(&mut series, &instead_of.start, event);
        }
        for part in series {
            self.add(part.absence, &master);
        }
        self.found
    }

    /// The event of the highest revision, the last of those; the others are noted.
    fn latest(&mut self, events: Vec<Event>) -> Option<Event> {
        let best = (0..).zip(&events).max_by_key(|(place, event)| (event.sequence, *place)).map(|(place, _)| place)?;
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
        let mut by_instance: Map<(bool, NaiveDateTime), Vec<Event>> = Map::new();
        for event in events {
            let InsteadOf { start, and_all_later } = event.instead_of.as_ref().unwrap_or(&NEVER);
            let key = (*and_all_later, start.in_zone(&zone, &self.options.zone));
            by_instance.entry(key).or_default().push(event);
        }
        by_instance.into_values().filter_map(|events| self.latest(events)).collect()
    }

    /// The absence of an event that counts.
    fn judged(&mut self, event: &Event) -> Option<Absence> {
        if let Err(why) = self.options.away.judge(&event.claim) {
            self.skip(event, why);
            return None;
        }
        match absence(event, &self.options.zone) {
            Ok(absence) => Some(absence),
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

    /// The absence of an event whose series is not in the calendar, or is none.
    fn alone(&mut self, event: &Event) {
        let Some(mut absence) = self.judged(event) else { return };
        let instance = event.instead_of.as_ref().map(|instead_of| match &instead_of.start {
            When::Date(date) => Occasion::Date(*date),
            start => as_in(start, &absence, &self.options.zone),
        });
        absence.extensions.extend(instance.map(|it| (INSTANCE.to_owned(), text(it))));
        self.add(absence, event);
    }

    /// Puts an event where an instance of a series was.
    fn replace(&mut self, series: &mut Vec<Part>, instance: &When, event: &Event) {
        let place = split::place_of(series, instance, &self.options.zone);
        // Where all of them are replaced, none is left.
        let Some(part) = series.get_mut(place) else { return self.alone(event) };
        let occasion = part.shifted(as_in(instance, &part.absence, &self.options.zone));
        let whole = &mut part.absence;
        if whole.is_repeated() {
            if !whole.except.contains(&occasion) {
                whole.except.push(occasion);
                order::sort(&mut whole.except);
            }
        } else if occasion == first(whole) {
            series.remove(place);
        }
        if let Some(mut absence) = self.judged(event) {
            absence.extensions.insert(INSTANCE.to_owned(), text(occasion));
            self.found.push((event.order, absence));
        }
    }

    /// The instances that are named with an end of their own. Where that makes them longer or shorter than the others, they
    /// are absences of their own.
    fn periods(&mut self, event: &Event, whole: &mut Absence) {
        for (when, ending) in event.also.iter().filter(|(_, ending)| *ending != Ending::Unsaid) {
            let occasion = as_in(when, whole, &self.options.zone);
            match times(when, ending, &self.options.zone) {
                Ok(times) if length(&times) == length(&whole.times) => {}
                Ok(times) => {
                    whole.except.push(occasion);
                    let mut absence = Absence::new(times);
                    absence.time_zone = when.zone().cloned();
                    absence.note.clone_from(&whole.note);
                    absence.uid.clone_from(&whole.uid);
                    absence.sequence = whole.sequence;
                    absence.extensions.insert(INSTANCE.to_owned(), text(occasion));
                    self.found.push((event.order, absence));
                }
                Err(Unfit::NoTime) => whole.also.retain(|also| *also != occasion),
                Err(Unfit::Wrong(_, mut problem)) => {
                    problem.message.push_str("; that instance is passed over");
                    whole.also.retain(|also| *also != occasion);
                    event.problem("RDATE", problem, self.notes);
                }
            }
        }
        dedup(&mut whole.except);
    }

    /// Adds an absence, if anything is left of it without its exceptions.
    fn add(&mut self, mut absence: Absence, event: &Event) {
        if absence.repeat.is_none() && absence.also.is_empty() {
            if absence.except.contains(&first(&absence)) {
                return self.skip(event, Why::NoInstances);
            }
            absence.except.clear();
        }
        self.found.push((event.order, absence));
    }

    fn skip(&mut self, event: &Event, why: Why) {
        let skipped = Skipped { uid: event.uid.clone(), summary: event.claim.summary.clone(), why };
        self.notes.skipped.push(skipped);
    }
}

/// Stands in for what is always there.
const NEVER: InsteadOf = InsteadOf { start: When::Wall(NaiveDateTime::MIN, None), and_all_later: false };

fn stands_for_all_later(event: &Event) -> bool {
    event.instead_of.as_ref().is_some_and(|instead_of| instead_of.and_all_later)
}

/// Why an event is no absence.
pub(crate) enum Unfit {
    NoTime,
    Wrong(&'static str, Problem),
}

/// The absence of an event by itself.
pub(crate) fn absence(event: &Event, home: &Zone) -> Result<Absence, Unfit> {
    let (times, time_zone) = match times(&event.start, &event.ending, home) {
        Ok(times) => (times, time_zone(event, home)),
        // An hour in which the clock goes back takes no time on the wall; in UTC it does.
        Err(unfit) => match in_utc(event, home).filter(|_| event.repeat.is_none() && event.also.is_empty()) {
            Some(times) => (times, Some(Zone::utc())),
            None => return Err(unfit),
        },
    };
    let mut absence = Absence::new(times);
    absence.time_zone = time_zone;
    absence.repeat.clone_from(&event.repeat);
    absence.note.clone_from(&event.note);
    let uid = event.ours.uid.as_ref().or(event.uid.as_ref());
    absence.uid = uid.filter(|uid| !uid::is_ours(uid)).cloned();
    absence.sequence = event.sequence;
    absence.extensions.clone_from(&event.ours.keys);
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
    let mut seen = Set::new();
    occasions.retain(|occasion| seen.insert(*occasion));
}

/// The zone that the absence names. One that we wrote without a zone gets none, as long as the agent's is still the same.
fn time_zone(event: &Event, home: &Zone) -> Option<Zone> {
    match &event.start {
        When::Wall(_, Some(zone)) if event.ours.has_no_zone && zone == home => None,
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
