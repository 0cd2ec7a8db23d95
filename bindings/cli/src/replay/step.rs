//! The lines of a run: commands that are decided, and turns that were decided before.

use frontdesk::{Command, Desk, Event, Options, Problem, Problems, Turn};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// A line of a run.
pub enum Step {
    /// A command.
    Command(Box<Command>),
    /// A turn, as `replay --turns` writes it.
    Turn(Box<Turn>),
}

impl Step {
    /// Reads a line for a desk.
    pub fn read(desk: &Desk, text: &str) -> Result<Step, Problems> {
        if is_turn(text) {
            return desk.reader().turn(text).map(|turn| Step::Turn(Box::new(turn)));
        }
        desk.read_command(text).map(|command| Step::Command(Box::new(command)))
    }

    /// Carries out the command, or applies the turn; returns the events.
    pub fn take(&self, desk: &mut Desk, options: &Options) -> Result<Vec<Event>, Problem> {
        match self {
            Step::Command(command) => desk.handle_with(command, options),
            Step::Turn(turn) => desk.apply(&**turn).map(|()| turn.events().to_vec()),
        }
    }

    /// Applies the turn of the command, or the turn; returns it.
    pub fn follow(self, desk: &mut Desk, options: &Options) -> Result<Turn, Problem> {
        let turn = match self {
            Step::Command(command) => desk.propose_with(&command, options)?,
            Step::Turn(turn) => *turn,
        };
        desk.apply(&turn)?;
        Ok(turn)
    }
}

/// Returns `true` if a line is a turn: it has a version, and no type.
fn is_turn(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Keys {
        version: Option<IgnoredAny>,
        r#type: Option<IgnoredAny>,
    }
    // Most lines are commands: few of them have to be parsed twice.
    text.contains("\"version\"")
        && serde_json::from_str(text).is_ok_and(|keys: Keys| keys.version.is_some() && keys.r#type.is_none())
}
