//! `frontdesk working-time`: the working time between two instants, or the instant at which a given amount of it starts or
//! ends.

use frontdesk::story::{self, Names};
use frontdesk::time::{Duration, Instant, Zone, Zones};
use frontdesk::{Desk, HoursOf};
use serde::Serialize;

use super::json_line;
use super::status::in_zone;
use crate::args;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::{clean, print, print_raw};
use crate::when::{When, span};

/// A stretch of working time, with the part that was computed.
#[derive(Serialize)]
struct Stretch {
    start: Option<Instant>,
    end: Option<Instant>,
    time: Duration,
}

/// Computes the one of start, end and length that was not given.
pub fn working_time(options: &args::WorkingTime, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let stretch = found(&desk, options)?;
    if options.json {
        return Ok(print_raw(&json_line(&stretch))?);
    }
    Ok(print(&(clean(&sentence(&stretch, &whose(options, &Names::of(&desk.document())), desk.time_zone())) + "\n"))?)
}

fn found(desk: &Desk, options: &args::WorkingTime) -> Result<Stretch, Failure> {
    let of = hours_of(options);
    let instant = |when: Option<When>| when.map(|when| when.in_zone(desk.time_zone())).transpose();
    match (instant(options.start)?, instant(options.end)?, options.time) {
        (Some(start), Some(end), None) => {
            span(start, end)?;
            Ok(Stretch { start: Some(start), end: Some(end), time: desk.working_time(&of, start, end)? })
        }
        (Some(start), None, Some(time)) => Ok(Stretch { start: Some(start), end: desk.after(&of, start, time)?, time }),
        (None, Some(end), Some(time)) => Ok(Stretch { start: desk.before(&of, end, time)?, end: Some(end), time }),
        _ => Err(Failure::Usage("two of --start, --end and --time give the third".to_owned())),
    }
}

fn hours_of(options: &args::WorkingTime) -> HoursOf {
    match (&options.agent, &options.team, &options.inbox, &options.channel) {
        (Some(agent), ..) => HoursOf::Agent(agent.as_str().into()),
        (None, Some(team), ..) => HoursOf::Team(team.as_str().into()),
        (None, None, inbox, channel) => {
            let id = |id: &Option<String>| id.as_deref().unwrap_or_default().into();
            HoursOf::Channel { inbox: id(inbox), channel: id(channel) }
        }
    }
}

fn whose(options: &args::WorkingTime, names: &Names) -> String {
    match (&options.agent, &options.team, &options.inbox, &options.channel) {
        (Some(agent), ..) => names.agent(agent).to_owned(),
        (None, Some(team), ..) => format!("the team {}", names.team(team)),
        (None, None, inbox, channel) => {
            let [inbox, channel] = [inbox, channel].map(|id| id.as_deref().unwrap_or_default());
            format!("{} / {channel}", names.inbox(inbox))
        }
    }
}

fn sentence(stretch: &Stretch, whose: &str, zone: &Zone) -> String {
    let time = story::about(stretch.time.millis());
    match (stretch.start, stretch.end) {
        (Some(start), Some(end)) => {
            format!("{time} of working time of {whose} from {} to {}", in_zone(start, zone), in_zone(end, zone))
        }
        (Some(start), None) => {
            format!("{whose} does not work {time} between {} and the year 2200", in_zone(start, zone))
        }
        (None, Some(end)) => format!("{whose} does not work {time} between the year 2000 and {}", in_zone(end, zone)),
        (None, None) => time,
    }
}
