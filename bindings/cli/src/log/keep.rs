//! Keeping a log: snapshots, compaction, erasure and the version of the tables.

use frontdesk::time::Zones;
use frontdesk_store::Log;

use super::args::{Compact, Erase, Migrate, Snapshot};
use crate::ask::in_zone;
use crate::database::{self, Access, Database};
use crate::failure::Failure;
use crate::show::{clean, print};

/// Adds a snapshot of the desk as it is.
pub fn snapshot(options: &Snapshot, zones: &Zones) -> Result<(), Failure> {
    let mut database = Database::open(&options.log.url, Access::Write)?;
    let mut desk = database.load(&database::reader(None, zones)?)?;
    let turn = database.writing(|log| desk.put_snapshot(log))?;
    Ok(print(&format!("{}: there is a snapshot of turn {turn}.\n", clean(desk.name())))?)
}

/// Removes the turns before an instant, as far as a snapshot covers them.
pub fn compact(options: &Compact, zones: &Zones) -> Result<(), Failure> {
    let mut database = Database::open(&options.log.url, Access::Write)?;
    let mut desk = database.load(&database::reader(None, zones)?)?;
    let zone = desk.known().time_zone().clone();
    let before = options.before.in_zone(&zone)?;
    let name = desk.name().to_owned();
    let removed = database.writing(|log| desk.compact(log, before))?;
    let first = database.reading(|log| Ok(log.read(&name, 0, 1)?.first().map(|first| first.turn)))?;
    let begins = first.map(|first| format!(" The log begins with turn {first}.")).unwrap_or_default();
    let (name, before) = (clean(&name), in_zone(before, &zone));
    Ok(print(&match removed {
        0 => format!(
            "{name}: nothing is removed, as there is no later snapshot up to\n{before}.{begins}\n\
             `frontdesk log snapshot` adds one of the present.\n"
        ),
        1 => format!("{name}: 1 turn is removed.{begins}\n"),
        many => format!("{name}: {many} turns are removed.{begins}\n"),
    })?)
}

/// Erases the personal data of a contact.
pub fn erase(options: &Erase, zones: &Zones) -> Result<(), Failure> {
    let mut database = Database::open(&options.log.url, Access::Write)?;
    let mut desk = database.load(&database::reader(Some(&options.scripts), zones)?)?;
    let answer = database.writing(|log| desk.erase(log, &options.contact))?;
    let contact = clean(&options.contact);
    Ok(print(&match answer.turn() {
        Some(turn) => format!("The data of {contact} is erased, as turn {turn} says.\n"),
        None => format!("There is no data of {contact}.\n"),
    })?)
}

/// Brings the tables up to the version of this program.
pub fn migrate(options: &Migrate) -> Result<(), Failure> {
    Database::open(&options.log.url, Access::Make)?.migrate()?;
    Ok(print("The tables are those of this program.\n")?)
}
