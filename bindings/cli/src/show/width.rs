//! The width of the output.

use std::sync::OnceLock;

/// The default number of columns without a terminal.
const USUAL: usize = 80;
/// The smallest number of columns.
const LEAST: usize = 40;

/// Returns the columns of a line of text: from `COLUMNS`, else from the terminal; 80 in a pipe or a file.
pub fn of_lines() -> usize {
    said().unwrap_or(USUAL)
}

/// Returns the columns of a table, as [`of_lines`]; without a limit in a pipe or a file, so that nothing is cut.
pub fn of_tables() -> usize {
    said().unwrap_or(usize::MAX)
}

fn said() -> Option<usize> {
    static SAID: OnceLock<Option<usize>> = OnceLock::new();
    *SAID.get_or_init(|| {
        let given = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let of_terminal = || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
        given.or_else(of_terminal).map(|width| width.max(LEAST))
    })
}
