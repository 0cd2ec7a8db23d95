//! The time that a run may take.

use std::sync::OnceLock;
use std::time::Instant;

use frontdesk::Deadline;

use crate::args::Arguments;
use crate::failure::Failure;

static GIVEN: OnceLock<Deadline> = OnceLock::new();

/// The deadline that was given: so long from now on.
pub fn given(arguments: &Arguments) -> Option<&'static Deadline> {
    let start = Instant::now();
    let most = u128::try_from(arguments.deadline?.millis()).unwrap_or_default();
    Some(GIVEN.get_or_init(|| Deadline::new(move || start.elapsed().as_millis() >= most)))
}

/// Whether a verb may go on to its next command.
pub fn check() -> Result<(), Failure> {
    if GIVEN.get().is_some_and(Deadline::is_up) { Err(Failure::late()) } else { Ok(()) }
}
