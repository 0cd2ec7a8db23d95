//! The agents who are available, for large desks.

use std::sync::{Arc, Mutex, PoisonError};

use frontdesk::{Code, Desk as Core, Id, Problem, Scope};
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use super::Desk;
use crate::moment::At;
use crate::problem::{asked, one};
use crate::words::{IdText, truth};

/// A cache of the agents' ids as Python strings, so that an answer with ten thousand ids does not create them anew.
#[derive(Debug, Default)]
pub struct Names(Mutex<Arc<Known>>);

/// Ids in document order, with their texts.
#[derive(Debug, Default)]
struct Known {
    /// Keeps the ids alive, so that their addresses stay unique.
    ids: Vec<Id>,
    names: Vec<Py<PyString>>,
}

impl Known {
    fn of(py: Python<'_>, ids: Vec<Id>) -> Known {
        let names = ids.iter().map(|id| PyString::new(py, id).unbind()).collect();
        Known { ids, names }
    }

    /// Returns the indices of ids in document order; `None` if one is unknown or out of order.
    fn places<'a>(&self, ids: impl Iterator<Item = &'a Id>) -> Option<Vec<u32>> {
        let mut known = (0..).zip(&self.ids);
        ids.map(|id| known.find(|(_, it)| std::ptr::eq(it.as_str(), id.as_str())).map(|(place, _)| place)).collect()
    }

    fn list<'py>(&self, py: Python<'py>, places: &[u32]) -> PyResult<Bound<'py, PyList>> {
        let names = &self.names;
        PyList::new(py, places.iter().map(|place| names[*place as usize].bind(py)))
    }
}

impl Names {
    fn known(&self) -> Arc<Known> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, known: Arc<Known>) {
        // The old ids are dropped without a lock held: dropping may run any code.
        let old = std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), known);
        drop(old);
    }
}

#[pymethods]
impl Desk {
    /// The agents available at an instant, in document order.
    ///
    /// :param at: an aware datetime, seconds since 1970, or RFC 3339 text.
    /// :param team: only main members of this team; with ``extra=True`` also extra members.
    /// :param inbox: only agents with access to this inbox.
    /// :raises NotFound: no such team or inbox.
    #[pyo3(signature = (at, *, team = None, extra: "bool" = false, inbox = None) -> "list[str]")]
    fn available<'py>(
        &self,
        py: Python<'py>,
        at: At,
        team: Option<IdText<'_>>,
        #[pyo3(from_py_with = truth)] extra: bool,
        inbox: Option<IdText<'_>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let scope = scope(py, team, extra, inbox)?;
        let known = self.names.known();
        let ask = |desk: &Core| {
            let available = desk.available(&scope, at.instant)?;
            Ok(known.places(available.iter()).ok_or_else(|| available.iter().cloned().collect::<Vec<Id>>()))
        };
        // A large desk may take long.
        let large = known.ids.len() > 1000;
        let found: Result<_, Problem> = if large { self.desk.look_long(py, ask)? } else { self.desk.look(py, ask)? };
        match found.map_err(|problem| asked(py, problem))? {
            Ok(places) => known.list(py, &places),
            Err(ids) => {
                let all =
                    self.desk.look(py, |desk| desk.agents().map(|agent| agent.id.clone()).collect::<Vec<Id>>())?;
                self.names.replace(Arc::new(Known::of(py, all)));
                PyList::new(py, ids.iter().map(|id| id.as_str()))
            }
        }
    }
}

/// Reads which agents are meant.
pub fn scope(py: Python<'_>, team: Option<IdText<'_>>, extra: bool, inbox: Option<IdText<'_>>) -> PyResult<Scope> {
    let conflict = |message: &str| Err(one(py, Problem::new(Code::Conflict, message)));
    match (team.as_deref(), extra, inbox.as_deref()) {
        (Some(_), _, Some(_)) => conflict("ask either for a team or for an inbox"),
        (None, true, _) => conflict("extra belongs to a team"),
        (Some(team), true, None) => Ok(Scope::TeamWithExtra(team.into())),
        (Some(team), false, None) => Ok(Scope::Team(team.into())),
        (None, false, Some(inbox)) => Ok(Scope::Inbox(inbox.into())),
        (None, false, None) => Ok(Scope::Everyone),
    }
}
