//! Reading the input: files, standard input, a zoneinfo folder.

use std::convert::Infallible;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use frontdesk::time::Zones;
use frontdesk::{Desk, Options, Reader};

use crate::args::{DeskArgument, Run};
use crate::database::{self, Address};
use crate::failure::{Failure, located};
use crate::replay;
use crate::scripts::read_scripted_desk;

/// The source of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
    /// A desk in a database.
    Database(Address),
}

impl FromStr for Source {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match Address::read(text) {
            Some(address) => Source::Database(address),
            None if text == "-" => Source::Standard,
            None => Source::File(text.into()),
        })
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Standard => f.write_str("<stdin>"),
            Source::File(path) => path.display().fmt(f),
            Source::Database(address) => address.fmt(f),
        }
    }
}

/// A JSON object that is given as text, or by its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// The text.
    Text(String),
    /// Where the text is.
    Source(Source),
}

impl FromStr for Given {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        if text.trim_start().starts_with('{') {
            return Ok(Given::Text(text.to_owned()));
        }
        text.parse().map(Given::Source)
    }
}

impl Given {
    /// Returns the text.
    pub fn text(&self) -> Result<String, Failure> {
        match self {
            Given::Text(text) => Ok(text.clone()),
            Given::Source(source) => source.text(),
        }
    }

    /// Returns the source, if it has one.
    pub fn source(&self) -> Option<&Source> {
        match self {
            Given::Text(_) => None,
            Given::Source(source) => Some(source),
        }
    }
}

impl Source {
    /// Opens it, to be read.
    pub fn open(&self) -> Result<Box<dyn BufRead>, Failure> {
        match self {
            Source::Standard => Ok(Box::new(io::stdin().lock())),
            Source::File(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(BufReader::new(file))),
                Err(error) => Err(self.unreadable(&error)),
            },
            Source::Database(_) => Err(Failure::input(self, "a file has to be here, and this is a desk in a database")),
        }
    }

    /// Reads all bytes.
    pub fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes).map_err(|error| self.unreadable(&error))?;
        Ok(bytes)
    }

    /// Reads all as text.
    pub fn text(&self) -> Result<String, Failure> {
        let bytes = self.bytes()?;
        String::from_utf8(bytes).map_err(|error| {
            if error.as_bytes().starts_with(b"SQLite format 3\0") {
                return Failure::input(self, format_args!("this is a database (write sqlite:{self})"));
            }
            let sound = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
            let line = sound.iter().filter(|byte| **byte == b'\n').count() + 1;
            Failure::Input(vec![not_utf8(self, line, sound)])
        })
    }

    /// Reads the text of a document; that of a desk in a database is written anew.
    pub fn document(&self, zones: &Zones) -> Result<String, Failure> {
        let Source::Database(address) = self else { return self.text() };
        let document = database::read_desk(address, None, zones)?.document();
        Ok(serde_json::to_string_pretty(&document).unwrap_or_default() + "\n")
    }

    /// Returns the failure of reading it.
    pub fn unreadable(&self, error: &io::Error) -> Failure {
        Failure::input(self, format_args!("cannot be read: {}", why(error)))
    }
}

/// Returns the message of the operating system in words that are the same on every platform.
pub fn why(error: &io::Error) -> String {
    let known = [
        (io::ErrorKind::NotFound, "there is no such file"),
        (io::ErrorKind::IsADirectory, "it is a directory"),
        (io::ErrorKind::PermissionDenied, "permission denied"),
    ];
    let message = known.iter().find(|(kind, _)| *kind == error.kind());
    message.map_or_else(|| error.to_string(), |(_, message)| (*message).to_owned())
}

/// Returns the problem of text that is not UTF-8 after a valid part.
fn not_utf8(source: &Source, line: usize, sound: &[u8]) -> String {
    let last = sound.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let column = String::from_utf8_lossy(last).chars().count() + 1;
    format!("{source}:{line}:{column}: invalid_json: this is not UTF-8 text")
}

/// Reads the desk that a verb asks, and applies the commands of `--after`.
pub fn read_desk(options: &DeskArgument, zones: &Zones) -> Result<Desk, Failure> {
    check_apart(&[Some(&options.desk), options.after.as_ref()], "the desk or the commands, but not both")?;
    let Some(source) = &options.after else {
        return match (&options.desk, &options.scripts.scripts) {
            (_, Some(_)) => read_scripted_desk(&options.desk, &options.scripts, zones),
            // Availability does not depend on scripts.
            (Source::Database(address), None) => database::read_desk(address, None, zones),
            (_, None) => desk_of(&options.desk, &options.desk.text()?, zones),
        };
    };
    let mut commands = Commands::on(read_scripted_desk(&options.desk, &options.scripts, zones)?, source)?;
    replay::run(&mut commands, |desk, step| step.take(desk, &Options::default()).map(|_| ()))?;
    Ok(commands.desk)
}

/// Reads the desk that commands run on, with the scripts that its rules name, and applies the commands of `--after`.
pub fn read_desk_for_commands(options: &DeskArgument, zones: &Zones) -> Result<Desk, Failure> {
    match options.after {
        None => read_scripted_desk(&options.desk, &options.scripts, zones),
        Some(_) => read_desk(options, zones),
    }
}

/// The desk of a document that is text already.
pub fn desk_of(source: &Source, text: &str, zones: &Zones) -> Result<Desk, Failure> {
    Reader::new()
        .zones(zones.clone())
        .desk(text)
        .map_err(|problems| Failure::Input(problems.iter().map(|it| located(source, None, it)).collect()))
}

/// Returns the zones of a folder, or the built-in ones.
pub fn read_zones(folder: Option<&Path>) -> Result<Zones, Failure> {
    let Some(folder) = folder else { return Ok(Zones::bundled()) };
    let mut files = Vec::new();
    collect_zones(folder, "", &mut files)
        .map_err(|error| Failure::input(folder.display(), format_args!("cannot be read: {}", why(&error))))?;
    Zones::from_tzif(files).map_err(|problem| Failure::Input(vec![located(folder.display(), None, &problem)]))
}

/// Collects all files below a folder, with their paths in it.
fn collect_zones(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    /// Other editions of the whole folder, and names that depend on the machine.
    const NO_ZONES: [&str; 4] = ["posix", "right", "posixrules", "localtime"];
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{prefix}{name}");
        if NO_ZONES.contains(&path.as_str()) {
            continue;
        }
        // A link to a folder could form a cycle; a link to a file is another name of a zone.
        if entry.file_type()?.is_dir() {
            collect_zones(&entry.path(), &format!("{path}/"), files)?;
        } else if fs::metadata(entry.path()).is_ok_and(|it| it.is_file()) {
            files.push((path, fs::read(entry.path())?));
        }
    }
    Ok(())
}

/// Checks that all inputs of a run can be read.
pub fn check_inputs(run: &Run) -> Result<(), Failure> {
    check_apart(
        &[Some(&run.desk.desk), run.desk.after.as_ref(), Some(&run.commands)],
        "the desk or the commands, but not both",
    )
}

/// Checks that standard input is named at most once.
pub fn check_apart(sources: &[Option<&Source>], what: &str) -> Result<(), Failure> {
    if sources.iter().flatten().filter(|it| ***it == Source::Standard).count() > 1 {
        return Err(Failure::Usage(format!("standard input can be {what}")));
    }
    Ok(())
}

/// A desk, and its commands line by line.
pub struct Commands {
    pub desk: Desk,
    source: Source,
    lines: Box<dyn BufRead>,
    number: usize,
}

/// A line of commands that is not blank: its number, and its text or the problem with it.
pub type Line = (usize, Result<String, String>);

impl Commands {
    /// Opens both inputs of a run.
    pub fn open(run: &Run, zones: &Zones) -> Result<Commands, Failure> {
        check_inputs(run)?;
        Commands::on(read_desk_for_commands(&run.desk, zones)?, &run.commands)
    }

    /// Opens the commands for a desk.
    pub fn on(desk: Desk, source: &Source) -> Result<Commands, Failure> {
        Ok(Commands { desk, lines: source.open()?, source: source.clone(), number: 0 })
    }

    /// Reads the next line that is not blank.
    pub fn next_line(&mut self) -> Result<Option<Line>, Failure> {
        loop {
            let mut bytes = Vec::new();
            let length = self.lines.read_until(b'\n', &mut bytes).map_err(|error| self.source.unreadable(&error))?;
            if length == 0 {
                return Ok(None);
            }
            self.number += 1;
            // A column at the end of the line must not count the line break.
            bytes.truncate(bytes.trim_ascii_end().len());
            if !bytes.is_empty() {
                return Ok(Some((self.number, self.decode(bytes))));
            }
        }
    }

    fn decode(&self, bytes: Vec<u8>) -> Result<String, String> {
        String::from_utf8(bytes).map_err(|error| {
            let sound = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
            not_utf8(&self.source, self.number, sound)
        })
    }

    /// Returns the source of the commands, for problems.
    pub fn source(&self) -> &Source {
        &self.source
    }
}
