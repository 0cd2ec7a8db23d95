//! Commands to a shared desk.

use std::ffi::CString;
use std::time::Duration;

use frontdesk_store::{Request, Served};
use pyo3::exceptions::PyRuntimeWarning;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::SharedDesk;
use crate::desk::command::with_fields;
use crate::events::Events;
use crate::problem::{About, Answer};

/// The longest time that one look for an answer takes, so that Ctrl-C ends the wait.
const LOOK: Duration = Duration::from_millis(200);

#[pymethods]
impl SharedDesk {
    /// Carries out a command of a type with its further keys.
    #[pyo3(signature = (type_: "str", fields: "dict[str, Any]", by: "Id | None", id: "Id | None"))]
    fn _command<'py>(
        &self,
        py: Python<'py>,
        type_: &str,
        fields: Bound<'py, PyDict>,
        by: Option<Bound<'py, PyAny>>,
        id: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Events> {
        let request = request(py, type_, &fields, by, id)?;
        let events = self.events_of(py, |desk, log| desk.handle(log, &request).map(Some))?;
        Ok(events.unwrap_or_else(|| Events::given(Vec::new(), Default::default())))
    }

    /// Carries out a command as JSON text.
    #[pyo3(signature = (command: "str"))]
    fn handle_json(&self, py: Python<'_>, command: &str) -> PyResult<Events> {
        let request = Request::from_json(command).or_raise(py, About::Command)?;
        let events = self.events_of(py, |desk, log| desk.handle(log, &request).map(Some))?;
        Ok(events.unwrap_or_else(|| Events::given(Vec::new(), Default::default())))
    }

    /// Hands commands in, each as JSON text.
    #[pyo3(signature = (commands: "list[str]"))]
    fn _hand_in(&self, py: Python<'_>, commands: Vec<String>) -> PyResult<()> {
        let requests = commands.iter().map(|text| Request::from_json(text)).collect::<Result<Vec<_>, _>>();
        let requests = requests.or_raise(py, About::Command)?;
        self.with_log(py, |desk, log| desk.hand_in_all(log, &requests))
    }

    /// Decides what was handed in; returns how many commands were decided, and ``None`` if another worker does. Those that this program
    /// cannot read it leaves to a newer one, and warns of the first.
    fn serve(&self, py: Python<'_>) -> PyResult<Option<usize>> {
        match self.with_log(py, |desk, log| desk.serve(log))? {
            Served::Decided(count) => Ok(Some(count)),
            Served::Elsewhere => Ok(None),
            Served::Left { decided, problem } => {
                let message = CString::new(problem.to_string().replace('\0', ""))?;
                PyErr::warn(py, &py.get_type::<PyRuntimeWarning>(), &message, 1)?;
                Ok(Some(decided))
            }
        }
    }

    /// The events of a command that was handed in; ``None`` if it is not decided yet.
    fn answer(&self, py: Python<'_>, command_id: &str) -> PyResult<Option<Events>> {
        self.events_of(py, |desk, log| desk.answer(log, command_id))
    }

    /// Waits for the events of commands that were handed in.
    #[pyo3(signature = (command_ids: "list[str]", seconds: "float"))]
    fn _wait_for(&self, py: Python<'_>, command_ids: Vec<String>, seconds: f64) -> PyResult<Vec<Option<Events>>> {
        let ids: Vec<&str> = command_ids.iter().map(String::as_str).collect();
        let start = std::time::Instant::now();
        let whole = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX);
        loop {
            let look = whole.saturating_sub(start.elapsed()).min(LOOK);
            let events = self.events_of_all(py, |desk, log| desk.wait_for_all(log, &ids, look))?;
            if events.iter().all(Option::is_some) || start.elapsed() >= whole {
                return Ok(events);
            }
            py.check_signals()?;
        }
    }

    /// Lets the time pass up to now; returns all events.
    fn advance(&self, py: Python<'_>) -> PyResult<Events> {
        let (events, zone) = self.with_log(py, |desk, log| {
            let answers = desk.advance(log)?;
            let events = answers.iter().flat_map(|answer| answer.events().to_vec()).collect();
            Ok((events, desk.known().time_zone().clone()))
        })?;
        Ok(Events::given(events, crate::moment::Spoken { home: Some(zone), ..Default::default() }))
    }
}

/// Returns the request of a type with its further keys.
fn request<'py>(
    py: Python<'py>,
    type_: &str,
    fields: &Bound<'py, PyDict>,
    by: Option<Bound<'py, PyAny>>,
    id: Option<Bound<'py, PyAny>>,
) -> PyResult<Request> {
    let whole = PyDict::new(py);
    whole.set_item("type", type_)?;
    id.map_or(Ok(()), |id| whole.set_item("id", id))?;
    by.map_or(Ok(()), |by| whole.set_item("by", by))?;
    let text = with_fields(&whole, fields)?;
    Request::from_json(&text).or_raise(py, About::Command)
}
