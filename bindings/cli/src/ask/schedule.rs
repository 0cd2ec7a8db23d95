//! `frontdesk schedule`: the availability of an agent over a range of time.

use frontdesk::story::{self, Names};
use frontdesk::time::{Span, Zone, Zones};
use frontdesk::{Period, State};

use super::json_line;
use super::status::in_zone;
use crate::args;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::{Cell, Column, Table, print, print_raw, style, title};

/// Shows the spans of a range, clipped to it.
pub fn schedule(options: &args::Schedule, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let zone = desk.zone_of(&options.agent)?;
    let range = options.range.in_zone(desk.time_zone())?;
    let periods = desk.schedule(&options.agent, range)?;
    if options.json {
        return Ok(print_raw(&periods.iter().map(json_line).collect::<String>())?);
    }
    let heading =
        title(Names::of(&desk.document()).agent(&options.agent), &format!("from {}", in_zone(range.start, zone)));
    if periods.is_empty() {
        return Ok(print(&format!("{heading}\nThe range is empty: it ends where it starts.\n"))?);
    }
    Ok(print(&format!("{heading}\n{}\n{}", table(&periods, zone).render(), total(&periods, range)))?)
}

fn table(periods: &[Period], zone: &Zone) -> Table {
    let mut table = Table::new([
        Column::number("FROM"),
        Column::number("TO"),
        Column::new("FOR"),
        Column::new("STATE"),
        Column::flexible("WHY"),
    ]);
    let first_day = periods.first().map(|first| story::day(first.span.start, zone)).unwrap_or_default();
    let mut read_day = String::new();
    for Period { span, state, reason } in periods {
        let day = story::day(span.start, zone);
        let shown = if day == read_day { String::new() } else { brief(&day, &first_day).to_owned() + " " };
        read_day = day;
        table.row([
            (shown + without_seconds(&story::clock(span.start, zone))).into(),
            story::moment(span.end, span.start, zone).into(),
            Cell::styled(style::FAINT, story::about(span.millis())),
            Cell::styled(style::of_state(*state), state.as_str()),
            story::reason(*reason, None, None).into(),
        ]);
    }
    table
}

/// Shortens a date such as `Fri 20 Nov 2026`: without its year if the first date has the same, otherwise without the
/// weekday.
fn brief<'a>(day: &'a str, first: &str) -> &'a str {
    const YEAR: usize = " 2026".len();
    let (date, year) = day.split_at(day.len() - YEAR);
    if first.ends_with(year) { date } else { day.split_once(' ').map_or(day, |(_, date)| date) }
}

fn without_seconds(clock: &str) -> &str {
    clock.strip_suffix(":00").unwrap_or(clock)
}

fn total(periods: &[Period], range: Span) -> String {
    let available = periods.iter().filter(|it| it.state == State::Available).map(|it| it.span.millis()).sum();
    format!("available for {} of {}\n", story::about(available), story::about(range.millis()))
}
