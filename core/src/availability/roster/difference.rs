//! Compares the document of a roster with another one.

use indexmap::IndexMap;

use super::{ById, Roster};
use crate::model::{Difference, Extensions, Gone, Id, NewDocument, Order};

impl Roster {
    /// Returns what has to change for a new document, and which entries are gone.
    pub fn difference(&self, new: &NewDocument) -> (Difference, Gone) {
        let document = new.document();
        let holiday = |id: &Id| self.holidays.iter().find(|holiday| holiday.id == *id);
        let teams = listed(new, "teams", || new.teams(|id| self.teams.get(id).map(|team| &**team)), |it| &it.id);
        let agents = listed(new, "agents", || new.agents(|id| self.entry(id)), |it| &it.id);
        let holidays = listed(new, "holidays", || new.holidays(holiday), |it| &it.id);
        let inboxes =
            listed(new, "inboxes", || new.inboxes(|id| self.inboxes.get(id).map(|inbox| &**inbox)), |it| &it.id);
        let own_agents = || self.members().map(|(_, member)| &member.entry.id);
        let own_holidays = || self.holidays.iter().map(|holiday| &holiday.id);
        let (teams_of, agents_of) = (compare(self.teams.keys(), &teams), compare(own_agents(), &agents));
        let (holidays_of, inboxes_of) = (compare(own_holidays(), &holidays), compare(self.inboxes.keys(), &inboxes));
        let difference = Difference {
            time_zone: Some(document.time_zone.clone()),
            working_hours: (!new.leaves_out("working_hours")).then(|| document.working_hours.clone()),
            kinds: (!new.leaves_out("kinds")).then(|| document.kinds.clone()),
            statuses: (!new.leaves_out("statuses")).then(|| document.statuses.clone()),
            teams: differing(teams, |team| self.teams.get(&team.id).is_some_and(|own| **own == *team)),
            agents: differing(agents, |agent| self.entry(&agent.id).is_some_and(|own| own == agent)),
            holidays: differing(holidays, |it| holiday(&it.id).is_some_and(|own| own == it)),
            inboxes: differing(inboxes, |inbox| self.inboxes.get(&inbox.id).is_some_and(|own| **own == *inbox)),
            table_filters: (!new.leaves_out("table_filters")).then(|| document.table_filters.clone()),
            settings: Some(document.settings.clone()),
            order: Order {
                teams: teams_of.order,
                agents: agents_of.order,
                holidays: holidays_of.order,
                inboxes: inboxes_of.order,
            },
            extensions: extensions(&self.extensions, &document.extensions),
        };
        let gone =
            Gone { teams: teams_of.gone, agents: agents_of.gone, holidays: holidays_of.gone, inboxes: inboxes_of.gone };
        (self.differing_parts(difference), gone)
    }

    /// Drops the parts that are as they are to be.
    pub fn differing_parts(&self, wanted: Difference) -> Difference {
        Difference {
            time_zone: wanted.time_zone.filter(|zone| *zone != self.time_zone),
            working_hours: wanted.working_hours.filter(|hours| *hours != self.working_hours),
            kinds: wanted.kinds.filter(|kinds| *kinds != self.named_kinds),
            statuses: wanted.statuses.filter(|statuses| *statuses != self.statuses),
            table_filters: wanted.table_filters.filter(|filters| *filters != self.table_filters),
            settings: wanted.settings.filter(|settings| *settings != self.settings),
            ..wanted
        }
    }

    /// Returns the entry of an agent.
    fn entry(&self, id: &Id) -> Option<&crate::model::Agent> {
        Some(&self.member(self.slot(id)?)?.entry)
    }
}

/// Returns the entries of a list of a new document by their ids; `None` if it leaves the list out.
fn listed<T>(
    new: &NewDocument,
    list: &str,
    entries: impl FnOnce() -> Vec<T>,
    id: impl Fn(&T) -> &Id,
) -> Option<IndexMap<Id, T>> {
    let by_id = |entries: Vec<T>| entries.into_iter().map(|entry| (id(&entry).clone(), entry)).collect();
    (!new.leaves_out(list)).then(|| by_id(entries()))
}

/// Returns the entries that are not as the roster has them.
fn differing<T>(new: Option<IndexMap<Id, T>>, is_same: impl Fn(&T) -> bool) -> Vec<T> {
    new.into_iter().flat_map(IndexMap::into_values).filter(|entry| !is_same(entry)).collect()
}

/// The entries of a list that are gone, and the order of those that stay and come, if it is to be another.
#[derive(Default)]
struct Compared {
    gone: Vec<Id>,
    order: Vec<Id>,
}

fn compare<'a, T>(own: impl Iterator<Item = &'a Id>, new: &Option<IndexMap<Id, T>>) -> Compared {
    let Some(new) = new else { return Compared::default() };
    let (stay, gone): (Vec<&Id>, Vec<&Id>) = own.partition(|id| new.contains_key(*id));
    // New entries come after those that stay.
    let known: rustc_hash::FxHashSet<&Id> = stay.iter().copied().collect();
    let come = new.keys().filter(|id| !known.contains(*id));
    let in_order = stay.iter().copied().chain(come).eq(new.keys());
    Compared {
        gone: gone.into_iter().cloned().collect(),
        order: if in_order { Vec::new() } else { new.keys().cloned().collect() },
    }
}

/// Returns the keys that differ; null for one that is gone.
fn extensions(own: &Extensions, new: &Extensions) -> Extensions {
    let gone = own.keys().filter(|key| !new.contains_key(*key)).map(|key| (key.clone(), serde_json::Value::Null));
    let come = new.iter().filter(|(key, value)| own.get(*key) != Some(value));
    gone.chain(come.map(|(key, value)| (key.clone(), value.clone()))).collect()
}

/// Puts the entries of a list in an order; those that are not named come after them.
pub(super) fn reorder<T>(list: &mut ById<T>, order: &[Id]) {
    if order.is_empty() {
        return;
    }
    let place: rustc_hash::FxHashMap<&Id, usize> = order.iter().zip(0..).collect();
    list.sort_by_cached_key(|id, _| place.get(id).copied().unwrap_or(usize::MAX));
}
