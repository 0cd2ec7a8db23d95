//! A folder of scripts, read as a whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use frontdesk::script::Scripts;
use frontdesk::time::Zones;
use frontdesk::{Code, Desk, Problem, Reader};

use crate::args::ScriptsArgument;
use crate::failure::{Failure, located};
use crate::input::{Source, why};

/// The texts of a folder: routing scripts, and the tests beside them.
pub struct Folder {
    path: PathBuf,
    /// Names of files with their texts, sorted by name.
    pub scripts: Vec<(String, String)>,
    /// Files with nothing but tests.
    tests: Vec<(String, String)>,
}

const SCRIPT: &str = ".rhai";
const TESTS: &str = ".test.rhai";
/// The suffix of files with definitions for editors.
const DEFINITIONS: &str = ".d.rhai";

impl Folder {
    /// Reads all files of a folder that end in `.rhai`; those that end in `.test.rhai` are no routing scripts.
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

    /// The routing scripts, compiled.
    pub fn compile(&self) -> Result<Scripts, Failure> {
        Scripts::from_sources(self.scripts.iter().map(|(name, text)| (name, text)))
            .map_err(|problems| Failure::Input(problems.into_iter().map(|it| self.located(it)).collect()))
    }

    /// Returns the files that define tests: test files, and scripts that contain tests.
    pub fn with_tests(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = self.scripts.iter().filter(|(_, text)| text.contains("fn test_"));
        own.chain(&self.tests).map(|(file, text)| (file.as_str(), text.as_str()))
    }

    /// A file of the folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// A problem of a script: its path is the file.
    pub fn located(&self, mut problem: Problem) -> String {
        let file = std::mem::take(&mut problem.path);
        located(self.file(&file).display(), None, &problem)
    }
}

impl ScriptsArgument {
    /// The scripts of the folder that is named; none when none is.
    pub fn compile(&self) -> Result<Option<Scripts>, Failure> {
        self.scripts.as_deref().map(|folder| Folder::read(folder)?.compile()).transpose()
    }
}

/// The desk of a document whose rules may name the scripts of a folder; none when no folder is named.
pub fn read_scripted_desk(source: &Source, asked: &ScriptsArgument, zones: &Zones) -> Result<Desk, Failure> {
    let scripts = asked.compile()?;
    scripted_desk(source, &source.text()?, scripts, zones)
}

/// The desk of a document that is text already, and its scripts.
pub fn scripted_desk(source: &Source, text: &str, scripts: Option<Scripts>, zones: &Zones) -> Result<Desk, Failure> {
    let no_folder = scripts.is_none();
    let scripts = scripts.unwrap_or_default();
    let desk = Reader::new().zones(zones.clone()).scripts(scripts).desk(text);
    desk.map_err(|problems| {
        let hinted = |problem: Problem| {
            if no_folder && problem.code == Code::UnknownScript {
                return problem.with_hint("name the folder of the scripts with --scripts");
            }
            problem
        };
        Failure::Input(problems.into_iter().map(|it| located(source, None, &hinted(it))).collect())
    })
}
