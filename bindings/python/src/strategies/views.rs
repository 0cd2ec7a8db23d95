//! Views of the conversation and the desk for strategies.

use std::sync::Arc;

use frontdesk::strategies::Question;
use frontdesk::time::Instant;
use frontdesk::{Attributes, Skills};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDateTime, PyDelta, PyDict, PyString, PyTuple, PyTzInfo};

use super::agents::{AgentView, Agents, proxy};
use crate::moment::Tz;
use crate::python::{Imported, to_python};

/// A decision in progress, which all views of it share.
pub struct PendingDecision {
    pub question: Question,
    zone: PyOnceLock<Py<PyTzInfo>>,
}

impl PendingDecision {
    pub fn new(question: Question) -> PendingDecision {
        PendingDecision { question, zone: PyOnceLock::new() }
    }

    fn zone<'py>(&self, py: Python<'py>) -> PyResult<&Bound<'py, PyTzInfo>> {
        let name = || self.question.desk().time_zone().name().to_owned();
        let make = || PyTzInfo::timezone(py, name()).map(Bound::unbind);
        Ok(self.zone.get_or_try_init(py, make)?.bind(py))
    }

    /// Returns an instant as a datetime in the zone of the inbox.
    pub fn moment<'py>(&self, py: Python<'py>, at: Option<Instant>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        at.map(|at| Tz::of(py, self.zone(py)?)?.datetime(py, at)).transpose()
    }

    fn instant<'py>(&self, py: Python<'py>, at: Instant) -> PyResult<Bound<'py, PyDateTime>> {
        Tz::of(py, self.zone(py)?)?.datetime(py, at)
    }
}

/// Returns attributes as a read-only mapping.
pub fn read_only<'py>(py: Python<'py>, attributes: &Attributes) -> PyResult<Bound<'py, PyAny>> {
    let dict = PyDict::new(py);
    for (name, value) in attributes {
        dict.set_item(name, to_python(py, value)?)?;
    }
    proxy(&dict)
}

/// Returns skills as a read-only mapping, with 0 for missing ones.
pub fn levels<'py>(py: Python<'py>, skills: &Skills) -> PyResult<Bound<'py, PyAny>> {
    static LEVELS: Imported = Imported::new("frontdesk._strategies", "Levels");
    let dict = LEVELS.get(py)?.call0()?.cast_into::<PyDict>()?;
    for (name, level) in skills {
        dict.set_item(name.as_str(), level)?;
    }
    proxy(&dict)
}

macro_rules! views {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[pyclass(frozen, module = "frontdesk.strategies")]
        pub struct $name(Arc<PendingDecision>);

        impl $name {
            pub fn of(decision: &Arc<PendingDecision>) -> $name {
                $name(Arc::clone(decision))
            }
        }
    )*};
}

views! {
    /// A read-only view of the conversation that a strategy decides.
    ConversationView;
    /// The person who writes or calls.
    ContactView;
    /// The channel of a conversation. It equals the channel's id.
    ChannelView;
    /// The inbox of a conversation. It equals the inbox's id.
    InboxView;
    /// A read-only view of the desk at the instant of the decision.
    DeskView;
}

#[pymethods]
impl ConversationView {
    /// The id of the conversation.
    #[getter]
    fn id(&self) -> &str {
        self.0.question.conversation().id()
    }

    /// The inbox of the conversation.
    #[getter]
    fn inbox(&self) -> InboxView {
        InboxView::of(&self.0)
    }

    /// The channel of the conversation.
    #[getter]
    fn channel(&self) -> ChannelView {
        ChannelView::of(&self.0)
    }

    /// The kind of the channel, such as ``chat``.
    #[getter]
    fn kind(&self) -> &str {
        &self.0.question.conversation().channel().kind
    }

    /// The priority of the conversation; higher goes first.
    #[getter]
    fn priority(&self) -> i64 {
        self.0.question.conversation().priority()
    }

    /// The required levels: ``conversation.skills["billing"]`` is 0 if none is required.
    #[getter]
    fn skills<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        levels(py, self.0.question.conversation().skills())
    }

    /// Your own data about the conversation.
    #[getter]
    fn attributes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        read_only(py, self.0.question.conversation().attributes())
    }

    /// The person who writes or calls.
    #[getter]
    fn contact(&self) -> ContactView {
        ContactView::of(&self.0)
    }

    /// The instant at which the conversation was opened.
    #[getter]
    fn opened_at<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDateTime>> {
        self.0.instant(py, self.0.question.conversation().opened_at())
    }

    /// The time since the conversation was opened or last reopened, in whole seconds.
    #[getter]
    fn waiting<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDelta>> {
        let seconds = self.0.question.conversation().waiting();
        PyDelta::new(py, (seconds / 86_400) as i32, (seconds % 86_400) as i32, 0, true)
    }

    /// The rule that routes the conversation.
    #[getter]
    fn rule(&self) -> Option<&str> {
        self.0.question.conversation().rule().map(|rule| rule.as_str())
    }

    /// The step that asks the strategy, from 1.
    #[getter]
    fn step(&self) -> usize {
        self.0.question.conversation().step()
    }

    fn __str__(&self) -> &str {
        self.id()
    }

    fn __repr__(&self) -> String {
        format!("ConversationView({:?})", self.id())
    }
}

#[pymethods]
impl ContactView {
    /// The id of the contact.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.0.question.conversation().contact()?.id.as_deref()
    }

    /// `True` if the contact was recognised.
    #[getter]
    fn known(&self) -> bool {
        self.0.question.conversation().contact().is_some_and(|contact| contact.known)
    }

    /// The id of the agent who looks after the contact.
    #[getter]
    fn owner(&self) -> Option<&str> {
        self.0.question.conversation().contact()?.owner.as_deref()
    }

    /// Your own data about the contact.
    #[getter]
    fn attributes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let contact = self.0.question.conversation().contact();
        contact.map_or_else(|| proxy(&PyDict::new(py)), |contact| read_only(py, &contact.attributes))
    }

    /// The id of the agent who last held a conversation of the contact.
    #[getter]
    fn last_agent(&self) -> Option<&str> {
        self.0.question.conversation().last_agent().map(|agent| agent.as_str())
    }

    /// The agents who held conversations of the contact, by id; each conversation counts for the last agent who held it.
    #[getter]
    fn history<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        static HELD: Imported = Imported::new("frontdesk._strategies", "Held");
        let held = self.0.question.conversation().history().iter();
        let history: PyResult<Vec<_>> = held
            .map(|it| HELD.get(py)?.call1((it.agent.as_str(), it.conversations, self.0.instant(py, it.last)?)))
            .collect();
        PyTuple::new(py, history?)
    }

    /// The number of the contact's conversations that an agent was the last to hold.
    #[pyo3(signature = (agent: "AgentView | str"))]
    fn times_with(&self, agent: &Bound<'_, PyAny>) -> PyResult<u32> {
        Ok(self.held(agent)?.map_or(0, |(times, _)| times))
    }

    /// The instant at which the latest of these was opened; ``None`` if there are none.
    #[pyo3(signature = (agent: "AgentView | str"))]
    fn last_with<'py>(&self, py: Python<'py>, agent: &Bound<'_, PyAny>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        self.0.moment(py, self.held(agent)?.map(|(_, last)| last))
    }

    fn __repr__(&self) -> String {
        format!("ContactView({})", self.id().map_or_else(|| "None".to_owned(), |id| format!("{id:?}")))
    }
}

impl ContactView {
    fn held(&self, agent: &Bound<'_, PyAny>) -> PyResult<Option<(u32, Instant)>> {
        let id = match agent.cast::<AgentView>() {
            Ok(agent) => agent.get().core()?.id().to_string(),
            Err(_) => agent.extract()?,
        };
        let mut history = self.0.question.conversation().history().iter();
        Ok(history.find(|held| *held.agent == *id).map(|held| (held.conversations, held.last)))
    }
}

#[pymethods]
impl ChannelView {
    /// The id of the channel.
    #[getter]
    fn id(&self) -> &str {
        &self.0.question.conversation().channel().id
    }

    /// The kind of the channel, such as ``chat``.
    #[getter]
    fn kind(&self) -> &str {
        &self.0.question.conversation().channel().kind
    }

    /// The number of conversations that wait in this channel.
    #[getter]
    fn waiting(&self) -> usize {
        self.0.question.conversation().waiting_in_channel()
    }

    /// The weight of a conversation of this channel.
    #[getter]
    fn weight(&self) -> u32 {
        self.0.question.conversation().channel().weight
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        is(self.id(), other, other.cast::<ChannelView>().ok().map(|other| other.get().id()))
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyString::new(py, self.id()).hash()
    }

    fn __str__(&self) -> &str {
        self.id()
    }

    fn __repr__(&self) -> String {
        format!("ChannelView({:?})", self.id())
    }
}

#[pymethods]
impl InboxView {
    /// The id of the inbox.
    #[getter]
    fn id(&self) -> &str {
        self.0.question.conversation().inbox()
    }

    /// The zone of the inbox, in which all datetimes of the views are.
    #[getter]
    fn time_zone<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTzInfo>> {
        self.0.zone(py).cloned()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        is(self.id(), other, other.cast::<InboxView>().ok().map(|other| other.get().id()))
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyString::new(py, self.id()).hash()
    }

    fn __str__(&self) -> &str {
        self.id()
    }

    fn __repr__(&self) -> String {
        format!("InboxView({:?})", self.id())
    }
}

/// Returns `true` if a value is an id, or a view with this id.
fn is(id: &str, other: &Bound<'_, PyAny>, own: Option<&str>) -> bool {
    let text = || other.cast::<PyString>().is_ok_and(|other| other.to_str().is_ok_and(|other| other == id));
    own.map_or_else(text, |own| own == id)
}

#[pymethods]
impl DeskView {
    /// The instant of the decision, in the zone of the inbox.
    #[getter]
    fn now<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDateTime>> {
        self.0.instant(py, self.0.question.desk().now())
    }

    /// The number of waiting conversations.
    #[getter]
    fn queue_length(&self) -> usize {
        self.0.question.desk().queue_length()
    }

    /// The seed of the desk: with the id of the conversation, a source of pseudo-random numbers that are the same in every
    /// run.
    #[getter]
    fn seed(&self) -> u64 {
        self.0.question.desk().seed()
    }

    /// All agents, in document order.
    #[getter]
    fn agents(&self) -> Agents {
        Agents::of(&self.0, self.0.question.desk().agents())
    }

    /// The available agents, in document order.
    #[getter]
    fn available(&self) -> Agents {
        Agents::of(&self.0, self.0.question.desk().available())
    }

    fn __repr__(&self) -> String {
        format!("DeskView({})", self.0.question.desk().now())
    }
}
