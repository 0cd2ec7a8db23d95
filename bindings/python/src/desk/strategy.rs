//! Strategies in Python, by the names that steps use.

use frontdesk::{Code, Desk as Core};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::Desk;
use crate::problem::{About, Answer};
use crate::strategies::{Callable, Callables, HooksTaken};
use crate::words::{Text, truth};

#[pymethods]
impl Desk {
    /// The strategies in Python, by name; ``None`` for a name that was announced and has no callable yet.
    #[getter]
    fn strategies<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.strategies.now().dict(py)
    }

    /// The names in steps that are neither a script nor a strategy, in the order of the document. A step with such a name
    /// does what its ``on_error`` says.
    ///
    /// >>> desk.missing_strategies
    /// []
    #[getter]
    fn missing_strategies(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let missing = self.desk.look(py, Core::missing_strategies)?;
        Ok(missing.iter().map(ToString::to_string).collect())
    }

    /// Adds a strategy, or replaces the one of the same name.
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the Python method")]
    #[pyo3(signature = (name: "str", function: "Strategy", params: "str | None", hooks: "dict[str, list[str] | None]", everyone: "bool", history: "bool"))]
    fn _set_strategy(
        &self,
        py: Python<'_>,
        name: Text<'_>,
        function: Bound<'_, PyAny>,
        params: Option<&str>,
        hooks: HooksTaken,
        #[pyo3(from_py_with = truth)] everyone: bool,
        #[pyo3(from_py_with = truth)] history: bool,
    ) -> PyResult<()> {
        let callable = Callable::new(function, params, hooks, everyone, history);
        let is_open = self.scripts(py).is_none() && self.strategies.are_none();
        let set = self.desk.change_long(py, |desk| {
            let mut all = self.strategies.now().with(&name, callable);
            if is_open {
                // The desk was created without a list of names, so strategies may follow one by one.
                all = all.announcing(desk.missing_strategies().iter().map(|name| name.as_str()));
            }
            desk.set_strategies(all.strategies()).map(|()| self.strategies.replace(all))
        })?;
        let about = |code| if code == Code::DuplicateId { About::Script } else { About::Document };
        let about =
            set.as_ref().err().and_then(|problems| problems.first()).map_or(About::Document, |it| about(it.code));
        set.or_raise(py, about)
    }
}

impl Desk {
    /// Returns the strategies for another desk.
    pub(super) fn strategies_again(&self, py: Python<'_>) -> Callables {
        self.strategies.now().again(py)
    }
}
