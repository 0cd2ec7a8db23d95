//! The binary as people and programs run it: its output, its problems and its exit status, to the letter.

mod ask;
mod calendar;
mod compare;
mod database;
mod diff;
mod example;
mod explain;
mod log;
mod may;
mod pages;
mod problems;
mod propose;
mod replay;
mod scripts;
mod servers;
mod terminal;
mod testing;
mod turns;
mod verbs;

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// The outcome of a run.
struct Run {
    status: i32,
    out: String,
    err: String,
}

/// Runs the binary in the folder of the desks.
fn frontdesk(arguments: &[&str]) -> Run {
    with_input(arguments, b"")
}

/// Runs the binary with something on its standard input.
fn with_input(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    // A run that ends before it has read everything is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(input);
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: status.code().unwrap(), out: text(stdout), err: text(stderr) }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/desks"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM"] {
        command.env_remove(name);
    }
    // Nothing that is said may depend on the machine.
    command.env("TZ", "Pacific/Apia").env("LC_ALL", "C").env("COLUMNS", "80");
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The output of a run that went well.
fn shown(arguments: &[&str]) -> String {
    let run = frontdesk(arguments);
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{arguments:?}");
    run.out
}
