//! Requests: commands without an instant, which a shared desk gives them when it decides.

use frontdesk::desk::Action;
use frontdesk::time::Instant;
use frontdesk::{Code, Command, Desk, Problem, Problems};
use serde_json::{Map, Value};

/// A command to a shared desk, without an instant: it is carried out at the later of the worker's clock and the log's last
/// instant.
///
/// With an id it can be repeated: the answer is then that of the first time.
///
/// ```
/// use frontdesk::desk::Action;
/// use frontdesk_store::Request;
///
/// let one = Request::from_json(r#"{"type": "close", "id": "b7", "conversation": "c1", "by": "anna"}"#)?;
/// let other = Request::new(Action::Close { conversation: "c1".into() }).with_id("b7").by("anna");
/// assert_eq!(one.to_json(), other.to_json());
/// # Ok::<(), frontdesk::Problems>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Request(Map<String, Value>);

impl Request {
    /// Creates the request of an action.
    pub fn new(action: Action) -> Request {
        let text = Command::new(Instant::MIN, action).to_json();
        let mut keys: Map<String, Value> = serde_json::from_str(&text).unwrap_or_default();
        keys.remove("at");
        Request(keys)
    }

    /// Returns it with the agent who acts.
    #[must_use]
    pub fn by(mut self, agent: impl Into<String>) -> Request {
        self.0.insert("by".to_owned(), Value::String(agent.into()));
        self
    }

    /// Returns it with an id, which no other command of the desk has.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Request {
        self.0.insert("id".to_owned(), Value::String(id.into()));
        self
    }

    /// Reads a command from JSON. Whether its keys are those of a command is checked when it is decided, because they may name
    /// what is in the desk only then.
    ///
    /// # Errors
    /// `invalid_json`; `wrong_type` for text that is not an object; `conflict` for a command with an instant.
    pub fn from_json(text: &str) -> Result<Request, Problems> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| Problem::new(Code::InvalidJson, error.to_string()))?;
        Request::from_value(value)
    }

    /// Reads a command from a JSON value.
    ///
    /// # Errors
    /// As [`from_json`](Self::from_json).
    pub fn from_value(value: Value) -> Result<Request, Problems> {
        let Value::Object(keys) = value else {
            return Err(Problem::new(Code::WrongType, "a command is an object").into());
        };
        if keys.contains_key("at") {
            let problem = Problem::new(Code::Conflict, "a shared desk sets the instant of a command itself");
            return Err(problem.at_path("$.at").with_hint("leave \"at\" out").into());
        }
        Ok(Request(keys))
    }

    /// Returns the command as JSON.
    pub fn to_json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// Returns the id, if it has one that is text.
    pub fn id(&self) -> Option<&str> {
        self.0.get("id")?.as_str()
    }

    /// Returns the command for a desk at an instant.
    ///
    /// # Errors
    /// All problems of the command.
    pub(crate) fn at(&self, at: Instant, desk: &Desk) -> Result<Command, Problems> {
        let mut keys = self.0.clone();
        keys.insert("at".to_owned(), Value::String(at.to_string()));
        desk.command_from_value(Value::Object(keys))
    }
}
