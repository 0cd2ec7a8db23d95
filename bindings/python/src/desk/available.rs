//! Who is available, among very many.

use std::sync::{Mutex, PoisonError};

use frontdesk::Id;
use frontdesk::Scope;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use super::Desk;
use crate::moment::At;
use crate::problem::{asked, one};

/// The agents' ids as Python's texts, in document order: ten thousand need not be made anew for each answer.
#[derive(Debug, Default)]
pub struct Names(Mutex<Vec<(Id, Py<PyString>)>>);

impl Names {
    /// Ids, which come in document order, as a list of texts.
    fn list<'py>(
        &self,
        py: Python<'py>,
        ids: &[Id],
        all: impl FnOnce() -> PyResult<Vec<Id>>,
    ) -> PyResult<Bound<'py, PyList>> {
        if let Some(found) = self.find(py, ids) {
            return PyList::new(py, found);
        }
        let named = all()?.into_iter().map(|id| {
            let name = PyString::new(py, &id).unbind();
            (id, name)
        });
        let named: Vec<_> = named.collect();
        // The old ones are let go when nothing is locked: that may run anything.
        let old = std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), named);
        drop(old);
        match self.find(py, ids) {
            Some(found) => PyList::new(py, found),
            None => PyList::new(py, ids.iter().map(|id| id.as_str())),
        }
    }

    /// The texts of ids, if all are known and in this order.
    fn find<'py>(&self, py: Python<'py>, ids: &[Id]) -> Option<Vec<Bound<'py, PyString>>> {
        let names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known = names.iter();
        ids.iter()
            .map(|id| {
                let same = |entry: &&(Id, _)| std::ptr::eq(entry.0.as_str(), id.as_str());
                known.find(same).map(|(_, name)| name.bind(py).clone())
            })
            .collect()
    }
}

#[pymethods]
impl Desk {
    /// Those who are available at an instant, in document order.
    ///
    /// :param at: an aware datetime, seconds since 1970, or RFC 3339 text.
    /// :param team: only main members of this team; with ``extra=True`` extra members, too.
    /// :param inbox: only those with access to this inbox.
    /// :raises NotFound: no such team or inbox.
    #[pyo3(signature = (at, *, team = None, extra = false, inbox = None) -> "list[str]")]
    fn available<'py>(
        &self,
        py: Python<'py>,
        at: At,
        team: Option<&str>,
        extra: bool,
        inbox: Option<&str>,
    ) -> PyResult<Bound<'py, PyList>> {
        let scope = scope(py, team, extra, inbox)?;
        let ids = |desk: &frontdesk::Desk| {
            desk.available(&scope, at.instant).map(|available| available.iter().cloned().collect::<Vec<Id>>())
        };
        let ids = self.desk.look(py, ids)?.map_err(|problem| asked(py, problem))?;
        self.names.list(py, &ids, || {
            self.desk.look(py, |desk| desk.agents().map(|agent| agent.id.clone()).collect::<Vec<Id>>())
        })
    }
}

/// Which agents are meant.
pub fn scope(py: Python<'_>, team: Option<&str>, extra: bool, inbox: Option<&str>) -> PyResult<Scope> {
    use frontdesk::{Code, Problem};
    let conflict = |message: &str| Err(one(py, Problem::new(Code::Conflict, message)));
    match (team, extra, inbox) {
        (Some(_), _, Some(_)) => conflict("ask either for a team or for an inbox"),
        (None, true, _) => conflict("extra belongs to a team"),
        (Some(team), true, None) => Ok(Scope::TeamWithExtra(team.into())),
        (Some(team), false, None) => Ok(Scope::Team(team.into())),
        (None, false, Some(inbox)) => Ok(Scope::Inbox(inbox.into())),
        (None, false, None) => Ok(Scope::Everyone),
    }
}
