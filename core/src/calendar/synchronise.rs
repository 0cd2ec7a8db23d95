//! Comparing a calendar with the absences of an agent: what to add, update and remove.

use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

use super::Reading;
use super::series::INSTANCE;
use crate::model::Absence;
use crate::problem::vocabulary;

/// The key of an absence that names the calendar it comes from.
const CALENDAR: &str = "x-calendar";

/// The changes that bring the absences of an agent up to date with a calendar.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Changes {
    /// The absences that are new in the calendar.
    pub added: Vec<Absence>,
    /// The events whose absences differ in the calendar.
    pub updated: Vec<Updated>,
    /// The absences that the calendar no longer has.
    pub removed: Vec<Absence>,
    /// The events that were not changed although they differ in the calendar or are missing there.
    pub kept: Vec<Kept>,
    /// The number of absences that are the same as before.
    pub unchanged: usize,
    /// The number of absences ignored because our writer added them to the calendar: they were entered by hand or came from
    /// another calendar.
    #[serde(skip_serializing_if = "is_none")]
    pub ours: usize,
    /// All absences of the agent after the changes, for the document or the command `set_out_of_office`.
    pub out_of_office: Vec<Absence>,
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

impl Changes {
    /// Returns `true` if nothing changes.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.updated.is_empty() && self.removed.is_empty()
    }
}

/// The absences of an event that differ from before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Updated {
    /// The absences before the change.
    pub before: Vec<Absence>,
    /// The absences in the calendar.
    pub after: Vec<Absence>,
}

/// An event whose absences are left as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The id of the event.
    pub uid: String,
    /// The reason why they are left.
    pub why: KeptBecause,
}

vocabulary! {
    /// The reason why absences are left as they were.
    #[non_exhaustive]
    pub enum KeptBecause {
        /// The calendar has an earlier revision of the event.
        Earlier = "earlier",
        /// The event was not understood.
        Unread = "unread",
        /// The event is missing, but the calendar is incomplete.
        Incomplete = "incomplete",
    }
}

/// Compares a calendar with the absences that an agent has, by their `uid` and `sequence`.
///
/// Absences without a `uid`, which were entered by hand, are left untouched; so are those of other calendars. `calendar`
/// names this calendar: its absences have the name as `x-calendar`, and only those are updated or removed. If `calendar` is
/// `None`, only absences without that key are. Keys that begin with `x-` and were added to an absence are kept.
///
/// Absences that [`Writer`](super::Writer) wrote into the calendar, entered by hand or from another calendar, are not read
/// back from it. Repeating the call with the same calendar changes nothing.
///
/// ```
/// use frontdesk::calendar::{self, ReadOptions};
/// use frontdesk::time::Zone;
///
/// let file = "BEGIN:VEVENT\nUID:a1\nSUMMARY:Out of office\nDTSTART:20270201\nEND:VEVENT\n";
/// let reading = calendar::read(file.as_bytes(), &ReadOptions::in_zone(Zone::utc()));
/// let changes = calendar::synchronise(&[], &reading, Some("work"));
/// assert_eq!(changes.added.len(), 1);
/// assert!(calendar::synchronise(&changes.out_of_office, &reading, Some("work")).is_empty());
/// ```
pub fn synchronise(have: &[Absence], reading: &Reading, calendar: Option<&str>) -> Changes {
    let mut theirs: BTreeMap<&str, Vec<Absence>> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    let mut passed_over = 0;
    for absence in &reading.absences {
        let Some(uid) = absence.uid.as_deref().filter(|_| is_its_own(absence, calendar)) else {
            passed_over += 1;
            continue;
        };
        if !theirs.contains_key(uid) {
            order.push(uid);
        }
        theirs.entry(uid).or_default().push(labelled(absence, calendar));
    }
    let mut ours: BTreeMap<&str, Vec<&Absence>> = BTreeMap::new();
    for absence in have {
        if let Some(uid) = absence.uid.as_deref().filter(|_| is_of(absence, calendar)) {
            ours.entry(uid).or_default().push(absence);
        }
    }
    let mut merge = Merge { reading, theirs, ours, done: BTreeSet::new(), changes: Changes::default() };
    merge.changes.ours = passed_over;
    for absence in have {
        match absence.uid.as_deref().filter(|_| is_of(absence, calendar)) {
            Some(uid) => merge.known(uid),
            None => merge.changes.out_of_office.push(absence.clone()),
        }
    }
    for uid in order {
        merge.unknown(uid);
    }
    merge.changes
}

struct Merge<'a> {
    reading: &'a Reading,
    theirs: BTreeMap<&'a str, Vec<Absence>>,
    ours: BTreeMap<&'a str, Vec<&'a Absence>>,
    done: BTreeSet<&'a str>,
    changes: Changes,
}

impl<'a> Merge<'a> {
    /// Compares an event whose absences the agent has from this calendar.
    fn known(&mut self, uid: &'a str) {
        if !self.done.insert(uid) {
            return;
        }
        let before: Vec<Absence> = self.ours.get(uid).into_iter().flatten().copied().cloned().collect();
        let after = self.theirs.get(uid).map(|after| with_keys_of(&before, after));
        let changes = &mut self.changes;
        if let Some(why) = self.reading.keeps(uid, &before, after.as_deref()) {
            changes.kept.push(Kept { uid: uid.to_owned(), why });
            changes.out_of_office.extend(before);
            return;
        }
        match after {
            None => changes.removed.extend(before),
            Some(after) if after == before => {
                changes.unchanged += after.len();
                changes.out_of_office.extend(after);
            }
            Some(after) => {
                changes.out_of_office.extend(after.iter().cloned());
                changes.updated.push(Updated { before, after });
            }
        }
    }

    /// Takes an event of which the agent has no absence from this calendar.
    fn unknown(&mut self, uid: &'a str) {
        if self.done.insert(uid)
            && let Some(added) = self.theirs.remove(uid)
        {
            self.changes.out_of_office.extend(added.iter().cloned());
            self.changes.added.extend(added);
        }
    }
}

impl Reading {
    /// Returns the reason to leave absences as they were, if there is one.
    fn keeps(&self, uid: &str, before: &[Absence], after: Option<&[Absence]>) -> Option<KeptBecause> {
        let is_unread = |uid: &str| self.unread.binary_search_by(|unread| unread.as_str().cmp(uid)).is_ok();
        if is_unread(uid) || uid.rsplit_once("_R").is_some_and(|(whole, _)| is_unread(whole)) {
            return Some(KeptBecause::Unread);
        }
        let Some(after) = after else { return (!self.complete).then_some(KeptBecause::Incomplete) };
        let revision = |absences: &[Absence]| absences.iter().filter_map(|absence| absence.sequence).max();
        match (revision(before), revision(after)) {
            (Some(before), Some(after)) if after < before => Some(KeptBecause::Earlier),
            _ => None,
        }
    }
}

/// Returns `true` if an absence of the agent comes from this calendar.
fn is_of(absence: &Absence, calendar: Option<&str>) -> bool {
    match (absence.extensions.get(CALENDAR), calendar) {
        (None, None) => true,
        (Some(Value::String(name)), Some(calendar)) => name == calendar,
        _ => false,
    }
}

/// Returns `true` if an absence belongs to the calendar, and was not written into it by us.
fn is_its_own(absence: &Absence, calendar: Option<&str>) -> bool {
    !absence.extensions.contains_key(CALENDAR) || is_of(absence, calendar)
}

fn labelled(absence: &Absence, calendar: Option<&str>) -> Absence {
    let mut absence = absence.clone();
    absence.extensions.extend(calendar.map(|name| (CALENDAR.to_owned(), name.into())));
    absence
}

/// Returns the absences of the calendar, with the keys that were added to the agent's.
fn with_keys_of(before: &[Absence], after: &[Absence]) -> Vec<Absence> {
    let with_keys = |absence: &Absence| {
        let mut absence = absence.clone();
        let same = before.iter().find(|it| it.extensions.get(INSTANCE) == absence.extensions.get(INSTANCE));
        for (key, value) in same.map(|same| &same.extensions).into_iter().flatten() {
            absence.extensions.entry(key.clone()).or_insert_with(|| value.clone());
        }
        absence
    };
    after.iter().map(with_keys).collect()
}
