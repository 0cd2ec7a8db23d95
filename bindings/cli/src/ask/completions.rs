//! `frontdesk completions`: completions of the command line for a shell.

use clap::CommandFactory;

use crate::args::{Arguments, Completions};
use crate::failure::Failure;
use crate::show::print_raw;

/// Prints the completions for a shell.
pub fn completions(options: &Completions) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "frontdesk", &mut script);
    Ok(print_raw(&String::from_utf8_lossy(&script))?)
}
