//! The command line of frontdesk: it reads a desk and commands, asks the library, and shows what it says.

mod args;
mod ask;
mod failure;
mod input;
mod replay;
mod show;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Arguments, Verb};
use crate::failure::Failure;

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => ExitCode::from(failure.report()),
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let zones = input::read_zones(arguments.zoneinfo.as_deref())?;
    match &arguments.verb {
        Verb::Check(check) => ask::check(check, &zones),
        Verb::Status(status) => ask::status(status, &zones),
        Verb::Schedule(schedule) => ask::schedule(schedule, &zones),
        Verb::Visitor(visitor) => ask::visitor(visitor, &zones),
        Verb::Replay(replay) => replay::replay(replay, &zones),
        Verb::Explain(explain) => replay::explain(explain, &zones),
        Verb::Schema(schema) => ask::schema(schema),
    }
}
