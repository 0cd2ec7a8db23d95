//! The time limit of a run.

use std::sync::OnceLock;
use std::time::Instant;

use frontdesk::Deadline;

use crate::args::Arguments;
use crate::failure::Failure;

static GIVEN: OnceLock<Deadline> = OnceLock::new();

/// Returns the deadline from the arguments, counted from now.
pub fn given(arguments: &Arguments) -> Option<&'static Deadline> {
    let start = Instant::now();
    let most = u128::try_from(arguments.deadline?.millis()).unwrap_or_default();
    Some(GIVEN.get_or_init(|| Deadline::new(move || start.elapsed().as_millis() >= most)))
}

/// Checks that there is time for the next command.
pub fn check() -> Result<(), Failure> {
    if GIVEN.get().is_some_and(Deadline::is_up) { Err(Failure::late()) } else { Ok(()) }
}
