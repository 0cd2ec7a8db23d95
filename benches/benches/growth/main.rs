//! The numbers to reach: each kind of work over its sizes, its time, allocations and peak memory, with the goal and the
//! verdict. Prints one table, and writes it to `target/growth`, with a chart of each row. Run with `cargo bench --bench growth`;
//! with the beginnings of names of parts, such as `crowds`, for these alone, and with `--test` over the smallest sizes.

mod availability;
mod changes;
mod chart;
mod crowds;
mod decisions;
mod measure;
mod past;
mod replay;
mod report;
mod scripted;
mod texts;

use std::path::Path;

use self::report::Row;

/// Measures the rows of a part.
type Measure = fn(&Sizes) -> Vec<Row>;

const PARTS: [(&str, Measure); 8] = [
    ("availability", availability::rows),
    ("decisions", decisions::rows),
    ("scripted", scripted::rows),
    ("crowds", crowds::rows),
    ("past", past::rows),
    ("changes", changes::rows),
    ("texts", texts::rows),
    ("replay", replay::rows),
];

/// Which sizes are measured.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Divides every size.
    by: usize,
}

impl Sizes {
    /// Returns a size, or a small part of it in a test.
    pub fn of(self, size: usize) -> usize {
        (size / self.by).max(size.min(10))
    }
}

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let sizes = Sizes { by: if arguments.iter().any(|it| it == "--test") { 1_000 } else { 1 } };
    let wanted: Vec<&String> = arguments.iter().filter(|it| !it.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|it| name.starts_with(it.as_str()));
    let mut rows = Vec::new();
    for (name, measure) in PARTS.into_iter().filter(|(name, _)| is_wanted(name)) {
        eprintln!("measuring {name}");
        rows.extend(measure(&sizes));
    }
    let table = report::table(&rows);
    print!("{table}");
    write(Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/growth").as_path(), &rows, &table)
}

/// Writes the table and the charts of rows to a folder.
fn write(folder: &Path, rows: &[Row], table: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("table.md"), table)?;
    for row in rows.iter().filter(|row| row.points.len() > 1) {
        let name: String = row.work.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).collect();
        std::fs::write(folder.join(format!("{name}.svg")), chart::chart(row))?;
    }
    Ok(())
}
