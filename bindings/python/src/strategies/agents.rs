//! Views of agents for strategies.

use std::sync::Arc;

use frontdesk::strategies as core;
use pyo3::exceptions::{PyIndexError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyDict, PyInt, PySlice, PyString, PyTuple};

use super::views::{PendingDecision, levels, read_only};
use crate::names::{ReasonName, StateName};

/// A read-only view of an agent at the instant of a decision. It equals the agent's id.
#[pyclass(frozen, module = "frontdesk.strategies", name = "AgentView", freelist = 256)]
pub struct AgentView {
    decision: Arc<PendingDecision>,
    place: usize,
}

impl AgentView {
    /// Returns the view of the core.
    /// Returns the view of the agent with an index in the question.
    pub fn at(decision: &Arc<PendingDecision>, place: usize) -> AgentView {
        AgentView { decision: Arc::clone(decision), place }
    }

    pub fn core(&self) -> PyResult<core::AgentView<'_>> {
        let found = self.decision.question.agent_at(self.place);
        found.ok_or_else(|| PyRuntimeError::new_err("this agent is of another decision"))
    }
}

#[pymethods]
impl AgentView {
    /// The id of the agent.
    #[getter]
    fn id(&self) -> PyResult<&str> {
        Ok(self.core()?.id().as_str())
    }

    /// The display name.
    #[getter]
    fn name(&self) -> PyResult<Option<&str>> {
        Ok(self.core()?.entry().name.as_deref())
    }

    /// The main team.
    #[getter]
    fn team(&self) -> PyResult<Option<&str>> {
        Ok(self.core()?.entry().team.as_deref())
    }

    /// The main team, then the extra teams.
    #[getter]
    fn teams<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.core()?.teams().map(|team| team.as_str()).collect::<Vec<_>>())
    }

    /// `True` if the agent is a main or extra member of a team.
    fn is_in(&self, team: &str) -> PyResult<bool> {
        Ok(self.core()?.is_in(team))
    }

    /// The levels of skills: ``agent.skills["lang:sv"]`` is 0 if the agent lacks the skill.
    #[getter]
    fn skills<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        levels(py, &self.core()?.entry().skills)
    }

    /// Your own data about the agent.
    #[getter]
    fn attributes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        read_only(py, self.core()?.attributes())
    }

    /// `available` or `away`.
    #[getter]
    fn status(&self) -> PyResult<StateName> {
        Ok(StateName(self.core()?.state()))
    }

    /// The reason of the status.
    #[getter]
    fn reason(&self) -> PyResult<ReasonName> {
        Ok(ReasonName(self.core()?.reason()))
    }

    /// The weight of all that the agent holds: conversations, pending offers and wrap-ups.
    #[getter]
    fn load(&self) -> PyResult<u64> {
        Ok(self.core()?.load())
    }

    /// The number of conversations, pending offers and wrap-ups that the agent holds.
    #[getter]
    fn holding(&self) -> PyResult<u32> {
        Ok(self.core()?.holding())
    }

    /// The largest total weight; `None` if there is no limit.
    #[getter]
    fn capacity(&self) -> PyResult<Option<u32>> {
        Ok(self.core()?.capacity())
    }

    /// The weight that is still free for conversations of this kind; `None` if there is no limit.
    #[getter]
    fn room(&self) -> PyResult<Option<u32>> {
        Ok(self.core()?.room())
    }

    /// The instant at which the agent was last given or offered a conversation.
    #[getter]
    fn last_assigned<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        self.decision.moment(py, self.core()?.last_assigned())
    }

    /// The instant at which the agent last became idle; `None` if the agent never held anything.
    #[getter]
    fn last_idle<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        self.decision.moment(py, self.core()?.last_idle())
    }

    /// The instant at which the agent turns away; `None` for an agent who is away, or if no such instant is known.
    #[getter]
    fn working_until<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        self.decision.moment(py, self.core()?.working_until())
    }

    /// The start of the status: since when state and reason are the same.
    #[getter]
    fn since<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        self.decision.moment(py, self.core()?.since())
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> PyResult<bool> {
        let id = self.core()?.id().clone();
        if let Ok(other) = other.cast::<AgentView>() {
            return Ok(*other.get().core()?.id() == id);
        }
        Ok(other.cast::<PyString>().is_ok_and(|other| other.to_str().is_ok_and(|other| *id == *other)))
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyString::new(py, self.core()?.id()).hash()
    }

    fn __str__(&self) -> PyResult<&str> {
        self.id()
    }

    fn __repr__(&self) -> PyResult<String> {
        let agent = self.core()?;
        Ok(format!("AgentView({:?}, {:?}, load={})", agent.id().as_str(), agent.state().as_str(), agent.load()))
    }
}

/// A read-only sequence of agents in document order.
#[pyclass(frozen, sequence, module = "frontdesk.strategies", name = "Agents")]
pub struct Agents {
    decision: Arc<PendingDecision>,
    places: Vec<usize>,
}

impl Agents {
    pub fn candidates(decision: &Arc<PendingDecision>) -> Agents {
        Agents::of(decision, decision.question.candidates())
    }

    pub fn of<'a>(decision: &Arc<PendingDecision>, agents: impl Iterator<Item = core::AgentView<'a>>) -> Agents {
        Agents { decision: Arc::clone(decision), places: agents.map(|agent| agent.place()).collect() }
    }

    fn view(&self, place: usize) -> AgentView {
        AgentView::at(&self.decision, place)
    }
}

#[pymethods]
impl Agents {
    /// The agent of an id; ``None`` if the agent is not in the sequence.
    fn named(&self, id: &str) -> Option<AgentView> {
        let is_it = |place: &&usize| self.decision.question.agent_at(**place).is_some_and(|agent| **agent.id() == *id);
        self.places.iter().find(is_it).map(|place| self.view(*place))
    }

    fn __len__(&self) -> usize {
        self.places.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let length = self.places.len() as isize;
        if let Ok(slice) = index.cast::<PySlice>() {
            let within = slice.indices(length)?;
            let places = (0..within.slicelength).map(|step| within.start + step as isize * within.step);
            let places = places.filter_map(|place| self.places.get(place as usize).copied()).collect();
            return Ok(Bound::new(py, Agents { decision: Arc::clone(&self.decision), places })?.into_any());
        }
        let index: isize = index.cast::<PyInt>()?.extract()?;
        let index = usize::try_from(if index < 0 { index + length } else { index });
        let place = index.ok().and_then(|index| self.places.get(index));
        let place = place.ok_or_else(|| PyIndexError::new_err("there are not so many agents"))?;
        Ok(Bound::new(py, self.view(*place))?.into_any())
    }

    fn __iter__(&self) -> AgentsIterator {
        let agents = Agents { decision: Arc::clone(&self.decision), places: self.places.clone() };
        AgentsIterator { agents, next: std::sync::atomic::AtomicUsize::new(0) }
    }

    fn __contains__(&self, agent: &Bound<'_, PyAny>) -> PyResult<bool> {
        if let Ok(agent) = agent.cast::<AgentView>() {
            return Ok(self.named(agent.get().core()?.id()).is_some());
        }
        Ok(agent.extract::<&str>().is_ok_and(|id| self.named(id).is_some()))
    }

    fn __repr__(&self) -> String {
        let ids = self.places.iter().filter_map(|place| self.decision.question.agent_at(*place));
        format!("Agents({})", ids.map(|agent| agent.id().to_string()).collect::<Vec<_>>().join(", "))
    }
}

/// An iterator over agents.
#[pyclass(frozen, module = "frontdesk._native")]
pub struct AgentsIterator {
    agents: Agents,
    next: std::sync::atomic::AtomicUsize,
}

#[pymethods]
impl AgentsIterator {
    fn __iter__<'py>(slf: &Bound<'py, Self>) -> Bound<'py, Self> {
        slf.clone()
    }

    fn __next__(&self) -> Option<AgentView> {
        let next = self.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.agents.places.get(next).map(|place| self.agents.view(*place))
    }
}

/// Returns skills or attributes as a read-only mapping.
pub fn proxy<'py>(dict: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
    static PROXY: crate::python::Imported = crate::python::Imported::new("types", "MappingProxyType");
    PROXY.get(dict.py())?.call1((dict,))
}
