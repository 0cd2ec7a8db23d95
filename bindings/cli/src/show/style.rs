//! The meanings of colours.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};
use frontdesk::State;

/// Normal text.
pub const PLAIN: Style = Style::new();
/// Titles, and what an answer is about.
pub const STRONG: Style = Style::new().bold();
/// Secondary text.
pub const FAINT: Style = Style::new().dimmed();
/// Someone is there, something went to someone.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// Something waits.
pub const WAITING: Style = AnsiColor::Yellow.on_default();
/// Something was refused or missed.
pub const BAD: Style = AnsiColor::Red.on_default();

/// A text in a style.
pub fn paint(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// The style of a state.
pub fn of_state(state: State) -> Style {
    match state {
        State::Available => GOOD,
        State::Away => FAINT,
    }
}
