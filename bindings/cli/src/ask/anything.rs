//! `frontdesk ask`: any question of the library, as JSON.

use frontdesk::time::Zones;

use crate::args::Ask;
use crate::failure::{Failure, located};
use crate::input::read_desk;
use crate::show::print_raw;

/// Prints the answer to a question as a line of JSON.
pub fn anything(options: &Ask, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let answer = desk.ask_json(&options.question).map_err(|problems| {
        Failure::Input(problems.iter().map(|problem| located("the question", None, problem)).collect())
    })?;
    Ok(print_raw(&(answer + "\n"))?)
}
