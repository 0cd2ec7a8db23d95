//! `frontdesk schedule`: when an agent is available over a range of time.

use frontdesk::time::{Instant, Span, Zone, Zones};
use frontdesk::{Period, State, story};

use super::json_line;
use super::status::in_zone;
use crate::args;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::{Cell, Column, Table, print, print_raw, style, title};

/// Shows the spans of a range, clipped to it.
pub fn schedule(asked: &args::Schedule, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&asked.desk.desk, zones)?;
    let zone = desk.zone_of(&asked.agent)?;
    if asked.start > asked.end {
        return Err(Failure::Usage("the range ends before it starts: --end is earlier than --start".to_owned()));
    }
    let range = Span::new(asked.start, asked.end);
    let periods = desk.schedule(&asked.agent, range)?;
    if asked.json {
        return Ok(print_raw(&periods.iter().map(json_line).collect::<String>())?);
    }
    let heading = title(&asked.agent, &format!("from {}", in_zone(range.start, zone)));
    Ok(print(&(heading + "\n" + &table(&periods, zone).render() + "\n" + &total(&periods, range)))?)
}

fn table(periods: &[Period], zone: &Zone) -> Table {
    let mut table = Table::new([
        Column::new("FROM"),
        Column::number("TO"),
        Column::new("FOR"),
        Column::new("STATE"),
        Column::flexible("WHY"),
    ]);
    let mut last_day = String::new();
    for Period { span, state, reason } in periods {
        let from = dated(span.start, &last_day, zone);
        last_day = story::day(span.start, zone);
        let to = dated(span.end, &last_day, zone);
        last_day = story::day(span.end, zone);
        table.row([
            from.into(),
            to.into(),
            Cell::styled(style::FAINT, story::about(span.millis())),
            Cell::styled(style::of_state(*state), state.as_str()),
            reason.as_str().replace('_', " ").into(),
        ]);
    }
    table
}

/// An instant with its date, unless that was just read, and without seconds, where there are none.
fn dated(at: Instant, last_day: &str, zone: &Zone) -> String {
    let (day, clock) = (story::day(at, zone), story::clock(at, zone));
    let clock = clock.strip_suffix(":00").unwrap_or(&clock);
    if day == last_day { format!("{clock:>21}") } else { format!("{day} {clock:>5}") }
}

fn total(periods: &[Period], range: Span) -> String {
    let available = periods.iter().filter(|it| it.state == State::Available).map(|it| it.span.millis()).sum();
    format!("available for {} of {}\n", story::about(available), story::about(range.millis()))
}
