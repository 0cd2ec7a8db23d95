//! The reasons for which a run ends early.

use std::fmt::Display;
use std::io;

use clap::CommandFactory;
use clap::error::ErrorKind;
use frontdesk::Problem;

use crate::args::{Arguments, in_a_sentence};
use crate::database::without_passwords;
use crate::show::clean;

/// The reason why a run ended early.
#[derive(Debug)]
pub enum Failure {
    /// The input has problems: a line for each.
    Input(Vec<String>),
    /// The arguments contradict each other.
    Usage(String),
    /// The output could not be written.
    Output(io::Error),
}

impl Failure {
    /// Returns the failure of an input with one problem.
    pub fn input(source: impl Display, problem: impl Display) -> Failure {
        Failure::Input(vec![format!("{source}: {problem}")])
    }

    /// Returns the failure of a run that took longer than its limit.
    pub fn late() -> Failure {
        Failure::Input(vec!["time_is_up: it took longer than --deadline gives".to_owned()])
    }

    /// Prints the failure of a verb, named by its words, and returns the exit status.
    pub fn report(self, verb: &[&str]) -> u8 {
        match self {
            Failure::Input(lines) => {
                lines.iter().for_each(|line| anstream::eprintln!("{}", clean(&without_passwords(line))));
                1
            }
            Failure::Usage(message) => {
                let mut command = Arguments::command();
                command.build();
                let command = verb.iter().try_fold(&mut command, |command, word| command.find_subcommand_mut(word));
                let error = command.map(|it| it.error(ErrorKind::ValueValidation, clean(&without_passwords(&message))));
                let _ = error.map(|error| error.print());
                2
            }
            // The reader of the output closed it early, which is no failure.
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Failure::Output(error) => {
                anstream::eprintln!("the output cannot be written: {error}");
                1
            }
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}

/// A problem with the value of an argument.
impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Failure::Usage(in_a_sentence(&problem))
    }
}

/// Formats a problem as a line that editors can parse and people can read: `desk.json:12:7: unknown_reference at
/// $.agents[3].team: there is no team "suport" (did you mean support?)`.
///
/// A warning has `warning` before its code. `line` is the line of the file, if the text with the problem is a line of it.
pub fn located(source: impl Display, line: Option<usize>, problem: &Problem) -> String {
    let place = match (problem.position, line) {
        (Some(position), line) => format!(":{}:{}", line.unwrap_or(position.line), position.column),
        (None, Some(line)) => format!(":{line}"),
        (None, None) => String::new(),
    };
    let path = if problem.path.is_empty() { String::new() } else { format!(" at {}", problem.path) };
    let severity = if problem.is_warning() { "warning: " } else { "" };
    format!("{source}{place}: {severity}{}{path}: {}", problem.code, in_a_sentence(problem))
}
