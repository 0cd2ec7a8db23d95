//! The table: each kind of work over its sizes, with its goal and the verdict.

use std::fmt;

use crate::measure::Cost;

/// The unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds.
    Time,
    Bytes,
    /// One thing beside another.
    Times,
    /// A number in a second.
    PerSecond,
    /// Bytes in a second.
    Speed,
}

/// A measured number.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    pub value: f64,
    pub unit: Unit,
}

/// The number to reach.
#[derive(Debug, Clone, Copy)]
pub enum Goal {
    AtMost(f64),
    AtLeast(f64),
    /// None of its own: it stands beside others.
    None,
}

/// A work at one size.
#[derive(Debug, Clone)]
pub struct Point {
    pub size: usize,
    pub figure: Figure,
    pub goal: Goal,
    pub cost: Option<Cost>,
}

/// A kind of work as something grows.
#[derive(Debug, Clone)]
pub struct Row {
    pub work: String,
    /// The thing that grows.
    pub of: &'static str,
    pub points: Vec<Point>,
}

impl Row {
    pub fn new(work: impl Into<String>, of: &'static str) -> Row {
        Row { work: work.into(), of, points: Vec::new() }
    }

    pub fn add(&mut self, size: usize, figure: Figure, goal: Goal) -> &mut Row {
        self.points.push(Point { size, figure, goal, cost: None });
        self
    }

    /// Adds what the last point takes.
    pub fn with(&mut self, cost: Cost) {
        self.points.last_mut().into_iter().for_each(|point| point.cost = Some(cost));
    }

    /// Returns the row with one point.
    pub fn one(work: impl Into<String>, of: &'static str, size: usize, figure: Figure, goal: Goal) -> Row {
        let mut row = Row::new(work, of);
        row.add(size, figure, goal);
        row
    }
}

pub fn nanos(value: f64) -> Figure {
    Figure { value, unit: Unit::Time }
}

pub fn bytes(value: f64) -> Figure {
    Figure { value, unit: Unit::Bytes }
}

pub fn times(value: f64) -> Figure {
    Figure { value, unit: Unit::Times }
}

pub fn per_second(value: f64) -> Figure {
    Figure { value, unit: Unit::PerSecond }
}

pub fn speed(bytes: usize, nanos: f64) -> Figure {
    Figure { value: bytes as f64 / nanos * 1e9, unit: Unit::Speed }
}

/// A goal of at most so many microseconds.
pub fn micros(most: f64) -> Goal {
    Goal::AtMost(most * 1e3)
}

impl Goal {
    fn is_met(self, value: f64) -> Option<bool> {
        match self {
            Goal::AtMost(most) => Some(value <= most),
            Goal::AtLeast(least) => Some(value >= least),
            Goal::None => None,
        }
    }

    fn text(self, unit: Unit) -> String {
        match self {
            Goal::AtMost(value) => format!("≤ {}", Figure { value, unit }),
            Goal::AtLeast(value) => format!("≥ {}", Figure { value, unit }),
            Goal::None => String::new(),
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scales, step): (&[&str], f64) = match self.unit {
            Unit::Time => (&["ns", "µs", "ms", "s"], 1e3),
            Unit::Bytes => (&["bytes", "KB", "MB", "GB"], 1e3),
            Unit::Times => (&["×"], 1e3),
            Unit::PerSecond => (&["/s", "thousand/s", "million/s"], 1e3),
            Unit::Speed => (&["B/s", "KB/s", "MB/s", "GB/s"], 1e3),
        };
        let mut value = self.value;
        let mut names = scales.iter();
        let mut name = names.next().copied().unwrap_or_default();
        while value >= step {
            let Some(next) = names.next() else { break };
            (value, name) = (value / step, next);
        }
        let digits = if value < 10.0 {
            2
        } else if value < 100.0 {
            1
        } else {
            0
        };
        write!(f, "{value:.digits$} {name}")
    }
}

/// Returns the rows as a Markdown table.
pub fn table(rows: &[Row]) -> String {
    let head = "| work | size | measured | goal | | allocations | peak |\n|---|---|---|---|---|---|---|\n";
    let lines = rows.iter().flat_map(|row| row.points.iter().map(|point| line(row, point)));
    head.chars().chain(lines.flat_map(|line| line.chars().collect::<Vec<_>>())).collect()
}

fn line(row: &Row, point: &Point) -> String {
    let Point { size, figure, goal, cost } = point;
    let verdict = match goal.is_met(figure.value) {
        Some(true) => "met",
        Some(false) => "missed",
        None => "",
    };
    let size = if *size == 0 { row.of.to_owned() } else { format!("{} {}", grouped(*size), row.of) };
    let allocations = cost.map(|cost| grouped(cost.allocations as usize)).unwrap_or_default();
    let peak = cost.map(|cost| bytes(cost.peak as f64).to_string()).unwrap_or_default();
    let goal = goal.text(figure.unit);
    format!("| {} | {size} | {figure} | {goal} | {verdict} | {allocations} | {peak} |\n", row.work)
}

/// Returns a number with a comma before each three digits.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let places = digits.len();
    let with_commas = digits.chars().enumerate().flat_map(|(place, digit)| {
        let comma = (place > 0 && (places - place).is_multiple_of(3)).then_some(',');
        comma.into_iter().chain([digit])
    });
    with_commas.collect()
}
