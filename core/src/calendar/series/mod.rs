//! Events into absences: the events of one id together, with the instances that were moved or cancelled.

mod event;
mod group;
mod occasion;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use self::group::Group;
use super::ReadOptions;
use super::event::{Event, left_out};
use super::notes::{Notes, Origin};
use super::uid;
use super::zones::Nearest;
use crate::model::{Absence, too_many_together};
use crate::problem::Problem;
use crate::read::{self, Known, Node};

pub(crate) use self::event::{Unfit, absence};
pub(crate) use self::occasion::{as_in, first};

/// The key of an absence that names the instance of a series it replaces.
pub(crate) const INSTANCE: &str = "x-recurrence-id";

/// Turns events into absences, in the order of the events.
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

/// The event that an absence comes from.
struct Source {
    origin: Origin,
    path: String,
    uid: Option<String>,
}

/// Keeps the absences that a document accepts, as its reader decides; the others are reported.
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
    // A document also limits all absences together.
    let list: Vec<Absence> = kept.iter().map(|(_, absence)| absence.clone()).collect();
    let kept = without(kept, too_many_together(&list), sources, notes);
    kept.into_iter().map(|(_, absence)| absence).collect()
}

/// Leaves out the absences with a problem, by their index, and reports the problem.
fn without(
    absences: Vec<(usize, Absence)>,
    problems: impl Iterator<Item = (usize, Problem)>,
    sources: &[Source],
    notes: &mut Notes,
) -> Vec<(usize, Absence)> {
    let mut refused: FxHashMap<usize, Problem> = FxHashMap::default();
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
