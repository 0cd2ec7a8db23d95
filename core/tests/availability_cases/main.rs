//! Section 3 of the specification, who is available, as named cases.

mod coverage;
mod manual_status;
mod schedule;
mod told;
mod visitor;
mod working_time;
