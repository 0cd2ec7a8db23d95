//! `frontdesk log` and the verbs below it: the log of a desk in a database.

pub mod args;
mod create;
mod export;
mod import;
mod keep;
mod line;
mod place;
mod show;
mod transfer;
mod verify;

use frontdesk::Problems;
use frontdesk::time::Zones;

use self::args::{Log, LogVerb};
use crate::failure::{Failure, located};

/// Runs a verb of the log.
pub fn log(options: &Log, zones: &Zones) -> Result<(), Failure> {
    match (&options.verb, &options.show) {
        (Some(LogVerb::Create(create)), _) => create::create(create, zones),
        (Some(LogVerb::Handle(handle)), _) => create::handle(handle, zones),
        (Some(LogVerb::Verify(verify)), _) => verify::verify(verify, zones),
        (Some(LogVerb::Snapshot(snapshot)), _) => keep::snapshot(snapshot, zones),
        (Some(LogVerb::Compact(compact)), _) => keep::compact(compact, zones),
        (Some(LogVerb::Erase(erase)), _) => keep::erase(erase, zones),
        (Some(LogVerb::Export(export)), _) => export::export(export, zones),
        (Some(LogVerb::Import(import)), _) => import::import(import, zones),
        (Some(LogVerb::Migrate(migrate)), _) => keep::migrate(migrate),
        (None, Some(show)) => show::show(show, zones),
        (None, None) => Err(Failure::Usage("name a database, such as sqlite:desk.db?desk=support".to_owned())),
    }
}

/// Returns the failure of what a command line gives, such as a command.
fn wrong(source: &str, problems: &Problems) -> Failure {
    Failure::Input(problems.iter().map(|problem| located(source, None, problem)).collect())
}
