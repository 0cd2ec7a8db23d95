//! Commands, read directly from Python's types if that is fast, otherwise as JSON.

use frontdesk::desk::{Action, CommandType};
use frontdesk::time::Zone;
use frontdesk::{Command, Desk as Core, Id, Options, Problem};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt};

use super::Desk;
use crate::events::Events;
use crate::input::{contact as plain_contact, is_id, plain_attributes, plain_skills, written};
use crate::length;
use crate::moment::{At, Spoken, Tz};
use crate::patience::{left, patience};
use crate::problem::{About, Answer, raised};
use crate::turn::Turn;
use crate::words::{text_of, truth};

#[pymethods]
impl Desk {
    /// Opens a conversation. A refusal raises nothing: ``refused`` of the events gives the reason.
    ///
    /// :param conversation: a new id.
    /// :param inbox: the inbox.
    /// :param channel: the channel of the inbox.
    /// :param at: the instant; not before the last command.
    /// :param contact: the person who writes or calls: ``{"id", "owner", "known", "attributes"}``.
    /// :param priority: the priority; higher goes first in the queue.
    /// :param skills: the levels that the conversation requires, ``{"billing": 2}``.
    /// :param attributes: your own data, which rules may use.
    /// :param from_: the address of the sender, by which the inbox filters spam; if outbound, that of the contact.
    /// :param forwarded_by: the address of who forwarded it; ``from_`` is the sender all the same, unless
    ///     ``original_sender`` of the channel is false.
    /// :param outbound: ``True`` if the agent of ``by``, which is then required, wrote first: it is in nobody's inbox
    ///     until the contact answers.
    /// :param by: the agent who acts; if absent, your program, which may do anything.
    /// :param id: your id of the command, copied to its events.
    /// :param explain: record who was considered, for ``decision.considered`` and ``decision.explain()``.
    /// :raises InvalidCommand: the command cannot be read; nothing has changed.
    ///
    /// >>> events = desk.open("c1", inbox="main", channel="chat", at="2026-11-20T09:00:00Z")
    /// >>> events.decision.agent
    /// 'anna'
    #[pyo3(signature = (conversation: "Id", *, inbox: "Id", channel: "Id", at: "At", contact: "Contact | Mapping[str, Any] | None" = None,
        priority: "int | None" = None, skills: "Mapping[str, int] | None" = None, attributes: "Mapping[str, Any] | None" = None,
        from_: "str | None" = None, forwarded_by: "str | None" = None, outbound: "bool" = false,
        by: "Id | None" = None, id: "Id | None" = None, explain: "bool" = false))]
    #[allow(clippy::too_many_arguments)] // The keys of the command.
    fn open<'py>(
        &self,
        py: Python<'py>,
        conversation: &Bound<'py, PyAny>,
        inbox: &Bound<'py, PyAny>,
        channel: &Bound<'py, PyAny>,
        at: &Bound<'py, PyAny>,
        contact: Option<Bound<'py, PyAny>>,
        priority: Option<Bound<'py, PyAny>>,
        skills: Option<Bound<'py, PyAny>>,
        attributes: Option<Bound<'py, PyAny>>,
        from_: Option<Bound<'py, PyAny>>,
        forwarded_by: Option<Bound<'py, PyAny>>,
        #[pyo3(from_py_with = truth)] outbound: bool,
        by: Option<Bound<'py, PyAny>>,
        id: Option<Bound<'py, PyAny>>,
        #[pyo3(from_py_with = truth)] explain: bool,
    ) -> PyResult<Events> {
        let given = at;
        let at = At::given(given, About::Command, "$.at")?;
        let plain = || {
            // Without an agent who wrote, it is a problem of its text.
            (!outbound || by.is_some()).then_some(())?;
            let action = Action::Open {
                conversation: text(conversation)?,
                inbox: text(inbox)?,
                channel: text(channel)?,
                contact: plain_contact(contact.as_ref())?,
                from: optional(from_.as_ref())?,
                forwarded_by: optional(forwarded_by.as_ref())?,
                priority: priority.as_ref().map_or(Some(0), whole_number)?,
                skills: plain_skills(skills.as_ref())?,
                attributes: plain_attributes(attributes.as_ref())?,
                outbound,
            };
            Some(Command { at: at.instant, id: optional(id.as_ref())?, by: optional(by.as_ref())?, action })
        };
        if let Some(command) = plain() {
            return self.carry_out(py, at, &command, explain);
        }
        let fields = PyDict::new(py);
        for (key, value) in [("conversation", conversation), ("inbox", inbox), ("channel", channel)] {
            fields.set_item(key, value)?;
        }
        let rest = [
            ("contact", contact),
            ("from", from_),
            ("forwarded_by", forwarded_by),
            ("priority", priority),
            ("skills", skills),
            ("attributes", attributes),
        ];
        for (key, value) in rest {
            value.map_or(Ok(()), |value| fields.set_item(key, value))?;
        }
        if outbound {
            fields.set_item("outbound", true)?;
        }
        self._command(py, "open", given, fields, by, id, explain)
    }

    /// Runs a command of a type with its further keys.
    #[pyo3(signature = (type_: "str", at: "At", fields: "dict[str, Any]", by: "Id | None", id: "Id | None", explain: "bool"))]
    #[allow(clippy::too_many_arguments)] // The keys of a command.
    fn _command<'py>(
        &self,
        py: Python<'py>,
        type_: &str,
        at: &Bound<'py, PyAny>,
        fields: Bound<'py, PyDict>,
        by: Option<Bound<'py, PyAny>>,
        id: Option<Bound<'py, PyAny>>,
        #[pyo3(from_py_with = truth)] explain: bool,
    ) -> PyResult<Events> {
        let at = At::given(at, About::Command, "$.at")?;
        let plain = || {
            let action = plain_action(type_, &fields)?;
            Some(Command { at: at.instant, id: optional(id.as_ref())?, by: optional(by.as_ref())?, action })
        };
        if let Some(command) = plain() {
            return self.carry_out(py, at, &command, explain);
        }
        let whole = PyDict::new(py);
        whole.set_item("type", type_)?;
        whole.set_item("at", at.instant.to_string())?;
        id.map_or(Ok(()), |id| whole.set_item("id", id))?;
        by.map_or(Ok(()), |by| whole.set_item("by", by))?;
        let text = with_fields(&whole, &fields)?;
        let command = self.desk.look(py, |desk| desk.read_command(&text))?;
        let command = command.map_err(|problems| raised(py, About::Command, &without_positions(problems.into())))?;
        self.carry_out(py, at, &command, explain)
    }

    /// Reads a command from JSON text and runs it.
    ///
    /// :param explain: record who was considered.
    /// :raises InvalidCommand: the command cannot be read, with all its problems; nothing has changed.
    #[pyo3(signature = (command: "str", *, explain: "bool" = false))]
    fn handle_json(
        &self,
        py: Python<'_>,
        command: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = truth)] explain: bool,
    ) -> PyResult<Events> {
        let (events, spoken) = self.decide_json(py, command, explain, Core::handle_with)?;
        Ok(Events::given(events, spoken))
    }

    /// Reads a command from JSON text and returns the turn that it would be now; the desk stays as it is.
    ///
    /// :param explain: note who was considered.
    /// :raises InvalidCommand: it cannot be read, with all its problems.
    #[pyo3(signature = (command: "str", *, explain: "bool" = false))]
    fn propose_json(
        &self,
        py: Python<'_>,
        command: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = truth)] explain: bool,
    ) -> PyResult<Turn> {
        let (turn, spoken) = self.decide_json(py, command, explain, Core::propose_with)?;
        Ok(Turn::given(turn, spoken))
    }

    /// Reads a command from JSON text and says, as JSON text, whether it is allowed now; the desk stays as it is.
    ///
    /// :raises InvalidCommand: it cannot be read, with all its problems.
    #[pyo3(signature = (command: "str"))]
    fn may_json(&self, py: Python<'_>, command: &Bound<'_, PyAny>) -> PyResult<String> {
        let (may, _) = self.decide_json(py, command, false, Core::may_with)?;
        Ok(serde_json::to_string(&may).unwrap_or_default())
    }
}

/// `Desk::handle_with`, which gives events, `Desk::propose_with`, which gives a turn, or `Desk::may_with`.
type Decide<T> = fn(&mut Core, &Command, &Options) -> Result<T, Problem>;

impl Desk {
    fn carry_out(&self, py: Python<'_>, at: At, command: &Command, explain: bool) -> PyResult<Events> {
        let (events, home) = self.run(py, command, explain, Core::handle_with)?;
        Ok(Events::given(events, Spoken { tz: at.tz, home: Some(home) }))
    }

    /// Reads a command from JSON text and decides it; returns what it gives, and its zones.
    fn decide_json<T: Send>(
        &self,
        py: Python<'_>,
        command: &Bound<'_, PyAny>,
        explain: bool,
        decide: Decide<T>,
    ) -> PyResult<(T, Spoken)> {
        let command = text_of(command, About::Command)?;
        let command = self.desk.look(py, |desk| desk.read_command(command))?.or_raise(py, About::Command)?;
        let (given, home) = self.run(py, &command, explain, decide)?;
        Ok((given, Spoken { tz: Tz::default(), home: Some(home) }))
    }

    /// Decides a command; returns what it gives, and the zone of the desk.
    fn run<T: Send>(&self, py: Python<'_>, command: &Command, explain: bool, decide: Decide<T>) -> PyResult<(T, Zone)> {
        let explain = explain || self.explain;
        if !self.strategies.are_none() {
            return self.run_in_python(py, command, explain, decide);
        }
        let scripted = self.scripts(py).is_some();
        let quick = |desk: &Core| !explain && !scripted && is_quick(desk, command);
        let with_zone = |desk: &Core, given: T| (given, desk.time_zone().clone());
        let at_once = self.desk.change_quick(py, quick, |desk| {
            decide(desk, command, &Options::default()).map(|given| with_zone(desk, given))
        })?;
        if let Some(given) = at_once {
            return given.or_raise(py, About::Command);
        }
        let left = left(py)?;
        let options = Options::default().explain(explain);
        let taken = self.desk.change_long(py, |desk| {
            let watched = left.is_some() || scripted || may_take_long(desk, command);
            let options = if watched { options.deadline(patience(left)) } else { options };
            decide(desk, command, &options).map(|given| with_zone(desk, given))
        })?;
        taken.or_raise(py, About::Command)
    }

    /// Runs a command that may ask strategies in Python: when one is stopped, as by Ctrl-C, it has not happened.
    fn run_in_python<T: Send>(
        &self,
        py: Python<'_>,
        command: &Command,
        explain: bool,
        decide: Decide<T>,
    ) -> PyResult<(T, Zone)> {
        let options = Options::default().explain(explain).deadline(patience(left(py)?));
        let taken = self.desk.change_long(py, |desk| {
            let given = decide(desk, command, &options);
            given.map(|given| (given, desk.time_zone().clone()))
        })?;
        taken.or_raise(py, About::Command)
    }
}

/// Returns `true` if a command takes only a few microseconds: few agents, and nothing else falls due.
fn is_quick(desk: &Core, command: &Command) -> bool {
    desk.next_wakeup().is_none_or(|due| due > command.at) && is_small(desk)
}

/// Returns `true` if a command may take long enough to be interrupted: then undoing it is recorded. A change of the document
/// is not recorded, because it would take a copy of the desk; the events that fall due before it are bounded.
fn may_take_long(desk: &Core, command: &Command) -> bool {
    !command.action.changes_document() && (desk.waiting() > 0 || desk.is_due(command.at))
}

/// Returns `true` if a change of this desk takes only a few microseconds.
pub fn is_small(desk: &Core) -> bool {
    const MOST: usize = 200;
    desk.waiting() == 0 && desk.agents().nth(MOST).is_none()
}

/// Returns the text of a command whose further keys are added; ends and lengths of time are written as the core reads them.
pub fn with_fields(whole: &Bound<'_, PyDict>, fields: &Bound<'_, PyDict>) -> PyResult<String> {
    let py = whole.py();
    whole.update(fields.as_mapping())?;
    if let Some(until) = fields.get_item("until")? {
        whole.set_item("until", At::given(&until, About::Command, "$.until")?.instant.to_string())?;
    }
    if let Some(duration) = fields.get_item("duration")? {
        let length = length::read(&duration);
        let length = length.map_err(|problem| raised(py, About::Command, &[problem.at_path("$.duration")]))?;
        whole.set_item("duration", length.to_string())?;
    }
    written(whole)?.map_err(|problems| raised(py, About::Command, &problems))
}

/// Reads the actions that need only ids.
fn plain_action(type_: &str, fields: &Bound<'_, PyDict>) -> Option<Action> {
    let field = |key: &str| fields.get_item(key).ok().flatten().and_then(|value| text(&value));
    let of_conversation: fn(Id) -> Action = match type_.parse().ok()? {
        CommandType::Close => |conversation| Action::Close { conversation },
        CommandType::Reopen => |conversation| Action::Reopen { conversation },
        CommandType::Release => |conversation| Action::Release { conversation },
        CommandType::HandOver => |conversation| Action::HandOver { conversation },
        CommandType::Forget => |conversation| Action::Forget { conversation },
        CommandType::Accept => {
            return Some(Action::Accept { conversation: field("conversation")?, agent: field("agent")? });
        }
        CommandType::Decline => {
            return Some(Action::Decline { conversation: field("conversation")?, agent: field("agent")? });
        }
        CommandType::Erase => return Some(Action::Erase { contact: field("contact")? }),
        CommandType::Advance => return Some(Action::Advance),
        _ => return None,
    };
    field("conversation").map(of_conversation)
}

/// Returns an id, if the value certainly is one.
fn text(value: &Bound<'_, PyAny>) -> Option<Id> {
    value.extract::<&str>().ok().filter(|text| is_id(text)).map(Id::from)
}

/// Returns a whole number as documents allow it; a `bool` is none.
fn whole_number(value: &Bound<'_, PyAny>) -> Option<i64> {
    let number = value.cast_exact::<PyInt>().ok()?.extract::<i64>().ok()?;
    (number.unsigned_abs() <= 1 << 53).then_some(number)
}

fn optional(value: Option<&Bound<'_, PyAny>>) -> Option<Option<Id>> {
    value.map_or(Some(None), |value| text(value).map(Some))
}

/// Removes lines and columns, which mean nothing for a generated text.
fn without_positions(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.iter_mut().for_each(|problem| problem.position = None);
    problems
}
