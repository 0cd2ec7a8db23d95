//! `frontdesk publish`: the availability of an inbox for a public page.

use frontdesk::time::Zones;

use super::json_line;
use crate::args::Publish;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::print_raw;

/// Prints the published availability as a line of JSON.
pub fn publish(options: &Publish, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let from = options.from.in_zone(desk.time_zone())?;
    Ok(print_raw(&json_line(&desk.publish(&options.inbox, from, options.days)?))?)
}
