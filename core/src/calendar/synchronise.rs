//! A calendar and what a desk has of it: what is to change.

use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

use super::Reading;
use super::series::INSTANCE;
use crate::model::Absence;
use crate::problem::vocabulary;

/// The key under which an absence says which calendar it comes from.
const CALENDAR: &str = "x-calendar";

/// What a calendar changes of the absences of an agent.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Changes {
    /// What is new in the calendar.
    pub added: Vec<Absence>,
    /// What is different there.
    pub updated: Vec<Updated>,
    /// What is no longer there.
    pub removed: Vec<Absence>,
    /// What was not changed although the calendar has it differently, or not at all.
    pub kept: Vec<Kept>,
    /// How many absences of the calendar are the same as before.
    pub unchanged: usize,
    /// How many absences of the calendar are passed over because we wrote them into it ourselves: what was made by hand, or
    /// came from another calendar.
    #[serde(skip_serializing_if = "is_none")]
    pub ours: usize,
    /// All absences of the agent with the changes, for the document or `set_out_of_office`.
    pub out_of_office: Vec<Absence>,
}

fn is_none(count: &usize) -> bool {
    *count == 0
}

impl Changes {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.updated.is_empty() && self.removed.is_empty()
    }
}

/// The absences of one event that are different now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Updated {
    /// As they were.
    pub before: Vec<Absence>,
    /// As they are in the calendar.
    pub after: Vec<Absence>,
}

/// An event whose absences stay as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Its id.
    pub uid: String,
    /// Why they stay.
    pub why: KeptBecause,
}

vocabulary! {
    /// Why absences stay as they were.
    #[non_exhaustive]
    pub enum KeptBecause {
        /// The calendar has an earlier revision of the event.
        Earlier = "earlier",
        /// The event was not understood.
        Unread = "unread",
        /// The event is not there, but the calendar is not complete either.
        Incomplete = "incomplete",
    }
}

/// What a calendar changes of the absences that an agent has, by their `uid` and `sequence`.
///
/// Absences without `uid`, which were made by hand, stay untouched; so do those of other calendars. `calendar` names this
/// one: its absences carry the name as `x-calendar`, and only those that do are updated or removed. Without a name, it is
/// those without that key. Keys that begin with `x-` and were added to an absence stay with it.
///
/// What [`Writer`](super::Writer) wrote into the calendar of what was made by hand, or came from another calendar, is not
/// taken back from there. Done again with the same calendar, nothing changes.
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
    /// Something that the agent has from this calendar.
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

    /// Something that the agent has not had from this calendar.
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
    /// Why absences stay as they were, if they do.
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

/// Whether an absence of the agent comes from this calendar.
fn is_of(absence: &Absence, calendar: Option<&str>) -> bool {
    match (absence.extensions.get(CALENDAR), calendar) {
        (None, None) => true,
        (Some(Value::String(name)), Some(calendar)) => name == calendar,
        _ => false,
    }
}

/// Whether an absence in the calendar is one of its own, not one that we wrote into it from elsewhere.
fn is_its_own(absence: &Absence, calendar: Option<&str>) -> bool {
    !absence.extensions.contains_key(CALENDAR) || is_of(absence, calendar)
}

fn labelled(absence: &Absence, calendar: Option<&str>) -> Absence {
    let mut absence = absence.clone();
    absence.extensions.extend(calendar.map(|name| (CALENDAR.to_owned(), name.into())));
    absence
}

/// What the calendar has, with the keys that were added here to the same.
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
