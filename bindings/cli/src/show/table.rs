//! Tables with aligned columns that fit the terminal.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::style::{FAINT, PLAIN, paint};
use super::text::{clean, fitted, wrapped};
use super::{of_lines, of_tables, style};

/// The number of blanks between two columns.
const GAP: usize = 2;
/// The smallest width of an id.
const LEAST: usize = 6;

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    title: &'static str,
    /// The smallest width if the table is too wide; `None` if the column is always shown whole.
    least: Option<usize>,
    /// `true` if long text is wrapped; it is cut otherwise.
    goes_on: bool,
    to_the_right: bool,
    /// `true` if the column is left out where the table would otherwise be cut or wrapped.
    if_room: bool,
}

impl Column {
    /// Creates a column that is always shown whole.
    pub const fn new(title: &'static str) -> Column {
        Column { title, least: None, goes_on: false, to_the_right: false, if_room: false }
    }

    /// Creates a column that is cut if the table is too wide: ids, names and notes.
    pub const fn flexible(title: &'static str) -> Column {
        Column { title, least: Some(LEAST), goes_on: false, to_the_right: false, if_room: false }
    }

    /// Creates a column that is wrapped if the table is too wide, for text that must not be cut.
    pub const fn wrapping(title: &'static str) -> Column {
        Column { title, least: Some(LEAST), goes_on: true, to_the_right: false, if_room: false }
    }

    /// Returns the column with a smallest width.
    #[must_use]
    pub const fn at_least(self, width: usize) -> Column {
        Column { least: Some(width), ..self }
    }

    /// Returns the column as one that is left out where there is no room for all of the table.
    #[must_use]
    pub const fn if_room(self) -> Column {
        Column { if_room: true, ..self }
    }

    /// Returns a column of numbers.
    pub const fn number(title: &'static str) -> Column {
        Column { title, least: None, goes_on: false, to_the_right: true, if_room: false }
    }
}

/// One field of a table.
#[derive(Debug, Clone)]
pub struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    /// Returns a field in a style.
    pub fn styled(style: Style, text: impl AsRef<str>) -> Cell {
        Cell { text: clean(text.as_ref()), style }
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Self {
        Cell::styled(PLAIN, text)
    }
}

/// Rows under titles.
#[derive(Debug, Clone)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Returns a table without rows.
    pub fn new(columns: impl Into<Vec<Column>>) -> Table {
        Table { columns: columns.into(), rows: Vec::new() }
    }

    /// Adds a row: a field for every column.
    pub fn row(&mut self, cells: impl Into<Vec<Cell>>) {
        self.rows.push(cells.into());
    }

    /// Returns the table as lines of text, titles first.
    pub fn render(&self) -> String {
        self.render_within(of_tables())
    }

    /// Returns the table without its titles.
    pub fn render_body(&self) -> String {
        self.body(&self.widths(of_tables()))
    }

    fn render_within(&self, room: usize) -> String {
        match self.is_within(room) {
            true => self.whole(room),
            false => self.without_what_needs_room().whole(room),
        }
    }

    /// Returns `true` if nothing has to be cut or wrapped.
    fn is_within(&self, room: usize) -> bool {
        let wanted = self.wanted();
        wanted.iter().sum::<usize>() + GAP * wanted.len().saturating_sub(1) <= room
    }

    fn without_what_needs_room(&self) -> Table {
        let stays: Vec<bool> = self.columns.iter().map(|column| !column.if_room).collect();
        let rows = self.rows.iter().map(|cells| those(cells, &stays)).collect();
        Table { columns: those(&self.columns, &stays), rows }
    }

    fn whole(&self, room: usize) -> String {
        let titles: Vec<Cell> = self.columns.iter().map(|it| Cell::styled(FAINT, it.title)).collect();
        let widths = self.widths(room);
        format!("{}{}", self.line(&titles, &widths), self.body(&widths))
    }

    fn body(&self, widths: &[usize]) -> String {
        self.rows.iter().map(|cells| self.lines(cells, widths)).collect()
    }

    /// Formats a row; it takes several lines if a column wraps.
    fn lines(&self, cells: &[Cell], widths: &[usize]) -> String {
        let pieces = cells.iter().zip(&self.columns).zip(widths).map(|((cell, column), width)| match column.goes_on {
            // Non-breaking blanks have served their purpose after wrapping.
            true => wrapped(&cell.text, *width).iter().map(|piece| piece.replace('\u{a0}', " ")).collect(),
            false => vec![cell.text.clone()],
        });
        let pieces: Vec<Vec<String>> = pieces.collect();
        let count = pieces.iter().map(Vec::len).max().unwrap_or_default();
        let of_line = |index: usize| {
            let text = |pieces: &Vec<String>| pieces.get(index).cloned().unwrap_or_default();
            cells.iter().zip(&pieces).map(|(cell, pieces)| Cell { text: text(pieces), ..*cell }).collect::<Vec<_>>()
        };
        (0..count).map(|index| self.line(&of_line(index), widths)).collect()
    }

    fn line(&self, cells: &[Cell], widths: &[usize]) -> String {
        let mut line = String::new();
        let last = widths.len().saturating_sub(1);
        for (index, ((cell, column), width)) in cells.iter().zip(&self.columns).zip(widths).enumerate() {
            let text = fitted(&cell.text, *width);
            let missing = width.saturating_sub(text.width());
            let shown = if text.is_empty() { String::new() } else { style::paint(cell.style, &text) };
            match (column.to_the_right, index == last) {
                (true, _) => line.extend([" ".repeat(missing), shown]),
                (false, false) => line.extend([shown, " ".repeat(missing)]),
                (false, true) => line.push_str(&shown),
            }
            if index < last {
                line.push_str(&" ".repeat(GAP));
            }
        }
        line.truncate(line.trim_end().len());
        line + "\n"
    }

    /// Returns the widths of the columns' contents.
    fn wanted(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.columns.iter().map(|column| column.title.width()).collect();
        for cells in &self.rows {
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = (*width).max(cell.text.width());
            }
        }
        widths
    }

    /// Returns the widths of the columns: those of their contents, with the widest flexible ones narrowed until all fits.
    fn widths(&self, room: usize) -> Vec<usize> {
        let wanted = self.wanted();
        let mut widths = wanted.clone();
        let room = room.saturating_sub(GAP * widths.len().saturating_sub(1));
        while widths.iter().sum::<usize>() > room {
            let spare =
                widths.iter_mut().zip(&self.columns).filter(|(width, it)| it.least.is_some_and(|it| it < **width));
            match spare.map(|(width, _)| width).max() {
                Some(widest) => *widest -= 1,
                None => break,
            }
        }
        self.tighten(&mut widths);
        // Give the remaining room back to narrowed columns.
        let mut left = room.saturating_sub(widths.iter().sum());
        for ((width, wanted), column) in widths.iter_mut().zip(wanted).zip(&self.columns) {
            let more = if column.goes_on { 0 } else { left.min(wanted.saturating_sub(*width)) };
            (*width, left) = (*width + more, left - more);
        }
        widths
    }

    /// Narrows wrapping columns to the width of their longest line.
    fn tighten(&self, widths: &mut [usize]) {
        for (index, (width, column)) in widths.iter_mut().zip(&self.columns).enumerate() {
            let texts = self.rows.iter().filter_map(|cells| cells.get(index)).filter(|_| column.goes_on);
            let widest = texts.flat_map(|cell| wrapped(&cell.text, *width)).map(|line| line.width()).max();
            *width = widest.map_or(*width, |widest| widest.max(column.title.width()));
        }
    }
}

/// Returns those of some values that stay.
fn those<T: Clone>(values: &[T], stays: &[bool]) -> Vec<T> {
    values.iter().zip(stays).filter(|(_, stays)| **stays).map(|(value, _)| value.clone()).collect()
}

/// Returns the title of a page: its subject, and the rest in secondary text, cut if it is too long.
pub fn title(subject: &str, rest: &str) -> String {
    let width = of_lines();
    let subject = fitted(&clean(subject), width / 2);
    let rest = fitted(&clean(rest), width.saturating_sub(subject.width() + GAP));
    if rest.is_empty() {
        return format!("{}\n", paint(style::STRONG, subject));
    }
    format!("{}  {}\n", paint(style::STRONG, &subject), paint(FAINT, rest))
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::{Column, Table};

    fn plain(table: &Table) -> String {
        anstream::adapter::strip_str(&table.render_within(80)).to_string()
    }

    #[test]
    fn columns_line_up_by_what_they_show() {
        let mut table = Table::new([Column::flexible("AGENT"), Column::number("HELD")]);
        table.row(["日本".into(), "7".into()]);
        table.row(["bo".into(), "12".into()]);
        assert_eq!(plain(&table), "AGENT  HELD\n日本      7\nbo       12\n");
    }

    #[test]
    fn what_must_not_be_cut_goes_on_in_the_next_line() {
        let mut table =
            Table::new([Column::new("WHEN"), Column::wrapping("REPEATS").at_least(12), Column::new("NOTE")]);
        table.row(["x".repeat(50), "weekly on Mon, Tue".into(), "Choir".into()].map(Into::into));
        let expected = ["x".repeat(50) + "  weekly on Mon, Tue  Choir"];
        assert_eq!(plain(&table).lines().skip(1).collect::<Vec<_>>(), expected);
        table.row(["y".repeat(60), "weekly on Mon, Tue".into(), "Choir".into()].map(Into::into));
        let text = plain(&table);
        let row = format!("{}  weekly on  Choir\n{}Mon, Tue\n", "y".repeat(60), " ".repeat(62));
        assert!(text.contains(&row), "{text}");
    }

    #[test]
    fn a_column_that_needs_room_is_whole_or_left_out() {
        let of = |note: usize| {
            let mut table = Table::new([Column::flexible("NOTE"), Column::flexible("INBOXES").if_room()]);
            table.row(["x".repeat(note).into(), "main, claims".into()]);
            plain(&table)
        };
        assert_eq!(of(66), format!("NOTE{}INBOXES\n{}  main, claims\n", " ".repeat(64), "x".repeat(66)));
        assert_eq!(of(67), format!("NOTE\n{}\n", "x".repeat(67)));
    }

    #[test]
    fn a_table_fits_the_terminal_whatever_the_ids() {
        let mut table = Table::new([Column::flexible("AGENT"), Column::new("STATE"), Column::flexible("WHY")]);
        table.row(["長".repeat(100).into(), "available".into(), "x".repeat(200).into()]);
        let text = plain(&table);
        assert!(text.lines().all(|line| line.width() <= 80), "{text}");
        assert!(text.contains("  available  "), "{text}");
    }
}
