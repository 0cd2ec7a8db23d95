//! Showing things to a person: colours, tables and lines that fit a terminal of 80 columns.

pub mod style;
mod table;
mod text;

use std::io::{self, Write};

pub use table::{Cell, Column, Table, title};
pub use text::{clean, padded, wrapped};

/// The columns of the terminal that everything fits.
pub const WIDTH: usize = 80;

/// Prints a text for a person: with its colours on a terminal, and without them elsewhere or where `NO_COLOR` is set.
pub fn print(page: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(page.as_bytes())?;
    out.flush()
}

/// Prints a text for a program, byte for byte.
pub fn print_raw(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}
