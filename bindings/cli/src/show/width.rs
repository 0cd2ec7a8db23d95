//! The width of the output.

use std::sync::OnceLock;

/// The columns of a line of text where there is no terminal.
const USUAL: usize = 80;
/// Narrower than that, nothing can be shown.
const LEAST: usize = 40;

/// The columns of a line of text: those of `COLUMNS`, else of the terminal; 80 in a pipe or a file.
pub fn of_lines() -> usize {
    said().unwrap_or(USUAL)
}

/// The columns of a table, as [`of_lines`]; but in a pipe or a file there is no limit, so that nothing is cut.
pub fn of_tables() -> usize {
    said().unwrap_or(usize::MAX)
}

fn said() -> Option<usize> {
    static SAID: OnceLock<Option<usize>> = OnceLock::new();
    *SAID.get_or_init(|| {
        let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let of_terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
        asked.or_else(of_terminal).map(|width| width.max(LEAST))
    })
}
