//! Output for people: colours, and tables and lines that fit the terminal.

pub mod style;
mod table;
mod text;
mod width;

use std::io::{self, Write};

pub use table::{Cell, Column, Table, title};
pub use text::{clean, fitted, padded, wrapped};
pub use width::{of_lines, of_tables};

/// Prints a text for people: with colours on a terminal, and without them elsewhere or if `NO_COLOR` is set.
pub fn print(page: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(page.as_bytes())?;
    out.flush()
}

/// Prints a text for programs, byte for byte.
pub fn print_raw(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
