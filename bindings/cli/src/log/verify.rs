//! `frontdesk log verify`: whether a log is as it was written.

use frontdesk::time::Zones;
use frontdesk_store::{Digest, SharedDesk};
use serde::Serialize;

use super::args::Verify;
use crate::ask::json_line;
use crate::database::{self, Access, Database};
use crate::failure::Failure;
use crate::show::{clean, print, print_raw};

/// The extent of a log that was found whole.
#[derive(Serialize)]
struct Report<'a> {
    desk: &'a str,
    first: u64,
    last: u64,
    snapshots: usize,
    digest: String,
}

/// Checks the whole log.
pub fn verify(options: &Verify, zones: &Zones) -> Result<(), Failure> {
    let mut database = Database::open(&options.log.url, Access::Read)?;
    let name = database.desk_name()?;
    let reader = database::reader(None, zones)?;
    let (verified, digest) = database.reading(|log| {
        let mut desk = SharedDesk::load_with(log, &name, reader)?;
        Ok((desk.verify(log)?, desk.digest()))
    })?;
    let (first, last, snapshots) = (verified.first, verified.last, verified.snapshots);
    if options.json {
        let report = Report { desk: &name, first, last, snapshots, digest: digest.to_string() };
        return Ok(print_raw(&json_line(&report))?);
    }
    let turns = if first == last { format!("turn {last} is") } else { format!("turns {first} to {last} are") };
    let with = match snapshots {
        0 => String::new(),
        1 => ", and 1 snapshot".to_owned(),
        many => format!(", and {many} snapshots"),
    };
    Ok(print(&format!("{}: {turns} whole{with}.\n{}\n", clean(&name), of_digest(last, digest)))?)
}

/// Says what the digest is that two logs of the same turns share.
pub fn of_digest(turn: u64, digest: Digest) -> String {
    format!("Digest of turn {turn}:\n{digest}")
}
