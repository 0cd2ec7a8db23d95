//! A chart of a row: the figure over the size, both in powers of ten, with its goal.

use std::fmt::Write as _;

use crate::report::{Goal, Point, Row, grouped};

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 240.0;
const MARGIN: f64 = 56.0;

/// Returns a row as a picture in SVG.
pub fn chart(row: &Row) -> String {
    let goals = row.points.iter().filter_map(goal_of);
    let values: Vec<f64> = row.points.iter().map(|point| point.figure.value).chain(goals).collect();
    let x = Axis::over(row.points.iter().map(|point| point.size as f64), (MARGIN, WIDTH - 16.0));
    let y = Axis::over(values.into_iter(), (HEIGHT - 40.0, 40.0));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<text x=\"8\" y=\"18\" font-size=\"13\">{}</text>\n",
        row.work.replace('&', "&amp;").replace('<', "&lt;"),
    );
    line(&mut svg, row.points.iter().filter_map(|it| Some((x.at(it.size as f64), y.at(goal_of(it)?)))), "#999", "4 3");
    line(&mut svg, row.points.iter().map(|it| (x.at(it.size as f64), y.at(it.figure.value))), "#06c", "");
    for point in &row.points {
        let (left, top) = (x.at(point.size as f64), y.at(point.figure.value));
        let _ = writeln!(svg, "<circle cx=\"{left:.1}\" cy=\"{top:.1}\" r=\"3\" fill=\"#06c\"/>");
        let above = top - 8.0;
        let _ = writeln!(svg, "<text x=\"{left:.1}\" y=\"{above:.1}\" text-anchor=\"middle\">{}</text>", point.figure);
        let (foot, size) = (HEIGHT - 16.0, grouped(point.size));
        let _ = writeln!(svg, "<text x=\"{left:.1}\" y=\"{foot:.1}\" text-anchor=\"middle\">{size}</text>");
    }
    let (left, foot) = (WIDTH / 2.0, HEIGHT - 3.0);
    let _ =
        write!(svg, "<text x=\"{left}\" y=\"{foot}\" text-anchor=\"middle\">{}; goal dashed</text>\n</svg>\n", row.of);
    svg
}

fn goal_of(point: &Point) -> Option<f64> {
    match point.goal {
        Goal::AtMost(value) | Goal::AtLeast(value) => Some(value),
        Goal::None => None,
    }
}

fn line(svg: &mut String, points: impl Iterator<Item = (f64, f64)>, colour: &str, dashes: &str) {
    let points: Vec<String> = points.map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let points = points.join(" ");
    let _ = writeln!(
        svg,
        "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\" stroke-dasharray=\"{dashes}\"/>"
    );
}

/// A side of the chart in powers of ten.
struct Axis {
    from: f64,
    to: f64,
    pixels: (f64, f64),
}

impl Axis {
    fn over(values: impl Iterator<Item = f64>, pixels: (f64, f64)) -> Axis {
        let exponents = values.map(|value| value.max(1e-3).log10());
        let (from, to) = exponents.fold((f64::MAX, f64::MIN), |(from, to), it| (it.min(from), it.max(to)));
        // One value alone stands in the middle.
        let around = if to - from < 0.1 { 0.5 } else { 0.0 };
        Axis { from: from - around, to: to + around, pixels }
    }

    fn at(&self, value: f64) -> f64 {
        let share = (value.max(1e-3).log10() - self.from) / (self.to - self.from);
        self.pixels.0 + share * (self.pixels.1 - self.pixels.0)
    }
}
