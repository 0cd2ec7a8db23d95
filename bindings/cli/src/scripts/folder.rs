//! Reading a folder of scripts.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use frontdesk::script::Scripts;
use frontdesk::time::Zones;
use frontdesk::{Code, Desk, Problem, Reader};

use crate::args::ScriptsArgument;
use crate::database;
use crate::failure::{Failure, located};
use crate::input::{Source, why};

/// The texts of a folder: routing scripts and tests.
pub struct Folder {
    path: PathBuf,
    /// The names of files with their texts, sorted by name.
    pub scripts: Vec<(String, String)>,
    /// The files with tests only.
    tests: Vec<(String, String)>,
}

const SCRIPT: &str = ".rhai";
const TESTS: &str = ".test.rhai";
/// The suffix of files with definitions for editors.
const DEFINITIONS: &str = ".d.rhai";

impl Folder {
    /// Reads all `.rhai` files of a folder; files that end in `.test.rhai` are not routing scripts.
    pub fn read(path: &Path) -> Result<Folder, Failure> {
        let unreadable =
            |error: io::Error| Failure::input(path.display(), format_args!("cannot be read: {}", why(&error)));
        let mut names = Vec::new();
        for entry in fs::read_dir(path).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            let is_script = |name: &String| name.ends_with(SCRIPT) && !name.ends_with(DEFINITIONS);
            names.extend(name.into_string().ok().filter(is_script));
        }
        names.sort_unstable();
        let (tests, names): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| name.ends_with(TESTS));
        if names.is_empty() {
            return Err(Failure::input(path.display(), "there is no script in it, no file that ends in .rhai"));
        }
        let text = |name: String| Ok((name.clone(), Source::File(path.join(name)).text()?));
        let texts = |names: Vec<String>| names.into_iter().map(text).collect::<Result<_, Failure>>();
        Ok(Folder { path: path.to_owned(), scripts: texts(names)?, tests: texts(tests)? })
    }

    /// Compiles the routing scripts.
    pub fn compile(&self) -> Result<Scripts, Failure> {
        Scripts::from_sources(self.scripts.iter().map(|(name, text)| (name, text)))
            .map_err(|problems| Failure::Input(problems.into_iter().map(|it| self.located(it)).collect()))
    }

    /// Returns the files that define tests: test files, and scripts that contain tests.
    pub fn with_tests(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = self.scripts.iter().filter(|(_, text)| text.contains("fn test_"));
        own.chain(&self.tests).map(|(file, text)| (file.as_str(), text.as_str()))
    }

    /// Returns the path of a file in the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Formats a problem of a script; its path becomes the file.
    pub fn located(&self, mut problem: Problem) -> String {
        let file = std::mem::take(&mut problem.path);
        located(self.file(&file).display(), None, &problem)
    }
}

impl ScriptsArgument {
    /// Compiles the scripts of the folder, if one is named.
    pub fn compile(&self) -> Result<Option<Scripts>, Failure> {
        self.scripts.as_deref().map(|folder| Folder::read(folder)?.compile()).transpose()
    }
}

/// Reads a desk whose rules may name scripts of a folder, if one is named.
pub fn read_scripted_desk(source: &Source, options: &ScriptsArgument, zones: &Zones) -> Result<Desk, Failure> {
    if let Source::Database(address) = source {
        return database::read_desk(address, Some(options), zones);
    }
    let scripts = options.compile()?;
    scripted_desk(source, &source.text()?, scripts, zones)
}

/// Returns the desk of a document given as text, with its scripts.
pub fn scripted_desk(source: &Source, text: &str, scripts: Option<Scripts>, zones: &Zones) -> Result<Desk, Failure> {
    let no_folder = scripts.is_none();
    let scripts = scripts.unwrap_or_default();
    let desk = Reader::new().zones(zones.clone()).scripts(scripts).desk(text);
    desk.map_err(|problems| {
        let hinted = |problem| if no_folder { hinted(problem) } else { problem };
        Failure::Input(problems.into_iter().map(|it| located(source, None, &hinted(it))).collect())
    })
}

/// Adds the option that names scripts to the problem of one that is not there.
pub fn hinted(problem: Problem) -> Problem {
    if problem.code == Code::UnknownScript && problem.hint.is_none() {
        return problem.with_hint("name the folder of the scripts with --scripts");
    }
    problem
}
