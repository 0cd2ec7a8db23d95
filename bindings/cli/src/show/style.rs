//! The meanings of colours.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};
use frontdesk::State;

/// Normal text.
pub const PLAIN: Style = Style::new();
/// Titles, and the subject of an answer.
pub const STRONG: Style = Style::new().bold();
/// Secondary text.
pub const FAINT: Style = Style::new().dimmed();
/// An agent who is available, or a conversation that an agent gets.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// Waiting.
pub const WAITING: Style = AnsiColor::Yellow.on_default();
/// Refused or missed.
pub const BAD: Style = AnsiColor::Red.on_default();

/// Returns a text in a style.
pub fn paint(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Returns the style of a state.
pub fn of_state(state: State) -> Style {
    match state {
        State::Available => GOOD,
        State::Away => FAINT,
    }
}
