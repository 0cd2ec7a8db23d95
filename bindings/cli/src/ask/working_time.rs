//! `frontdesk working-time`: the working time between two instants, or the instant at which a given amount of it starts or
//! ends.

use frontdesk::story::{self, Names};
use frontdesk::time::{Instant, Zone, Zones};
use frontdesk::{Desk, HoursOf, WorkingTime};
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
    time: WorkingTime,
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
    let days = options.days.map(|days| if options.end_of_day { days.at_end_of_day() } else { days });
    let time = options.time.map(WorkingTime::from).or(days.map(WorkingTime::from));
    match (instant(options.start)?, instant(options.end)?, time) {
        (Some(start), Some(end), None) => {
            span(start, end)?;
            Ok(Stretch { start: Some(start), end: Some(end), time: desk.working_time(&of, start, end)?.into() })
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

fn in_days(stretch: &Stretch, days: u32, whose: &str, zone: &Zone) -> String {
    let days = if days == 1 { "1 working day".to_owned() } else { format!("{days} working days") };
    match (stretch.start, stretch.end) {
        (Some(start), Some(end)) => {
            format!("{days} of {whose} from {} to {}", in_zone(start, zone), in_zone(end, zone))
        }
        (Some(start), None) => format!("{whose} has no {days} between {} and the year 2200", in_zone(start, zone)),
        (None, Some(end)) => format!("{whose} has no {days} between the year 2000 and {}", in_zone(end, zone)),
        (None, None) => days,
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
    let time = match stretch.time {
        WorkingTime::Time(time) => story::about(time.millis()),
        WorkingTime::Days(days) => return in_days(stretch, days.days(), whose, zone),
        _ => String::new(),
    };
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
