//! Questions about availability. They change nothing, and may be asked from many threads at once.

mod available;
mod coverage;
mod publish;
mod scope;
mod status;
mod visitor;
mod working_time;

pub use self::available::Available;
pub use self::scope::Scope;
pub use self::working_time::HoursOf;

pub(crate) use self::available::Memo;
pub(crate) use self::publish::MOST_DAYS;

use crate::problem::{Code, Problem};
use crate::time::Span;

fn check_range(range: Span) -> Result<(), Problem> {
    if range.start <= range.end {
        return Ok(());
    }
    Err(Problem::new(Code::InvalidValue, "the range ends before it starts"))
}
