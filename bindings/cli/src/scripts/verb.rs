//! `frontdesk test`: the tests of scripts, and their coverage.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use frontdesk::script::testing::{Ran, Runnable, runnable, watch};

use super::folder::Folder;
use super::page::{self, Missed};
use super::suite::{Outcome, Suite};
use crate::args;
use crate::failure::Failure;
use crate::show::{print, print_raw};

/// The results of the tests in a file.
pub struct Tested {
    /// The path of the file, with the folder as it was given.
    pub path: PathBuf,
    pub outcomes: Vec<Outcome>,
}

/// Runs the tests of folders or files.
pub fn test(options: &args::Test) -> Result<(), Failure> {
    let mut tested = Vec::new();
    let mut missed = Vec::new();
    for path in &options.scripts {
        let (folder, only) = named(path)?;
        let scripts = folder.compile()?;
        let suites = suites(&folder, only.as_deref(), &scripts)?;
        let (all, ran) = match options.coverage {
            true => watch(|| run(&folder, &suites, options.filter.as_deref())),
            false => (run(&folder, &suites, options.filter.as_deref()), Ran::default()),
        };
        tested.extend(all);
        if options.coverage {
            let in_question = |it: &Runnable| only.as_deref().is_none_or(|only| script_of(only) == &*it.script);
            missed.extend(runnable(&scripts).iter().filter(|it| in_question(it)).map(|it| missing(&folder, it, &ran)));
        }
    }
    let count: usize = tested.iter().map(|it| it.outcomes.len()).sum();
    if count == 0 {
        return Err(Failure::Input(vec![none_there(options)]));
    }
    if options.json {
        print_raw(&page::json(&tested, &missed))?;
    } else {
        print(&page::page(&tested, options.coverage.then_some(&missed[..])))?;
    }
    let has_failed = tested.iter().flat_map(|it| &it.outcomes).any(|it| it.failed.is_some());
    if has_failed { Err(Failure::Input(Vec::new())) } else { Ok(()) }
}

fn none_there(options: &args::Test) -> String {
    let folders: Vec<String> = options.scripts.iter().map(|path| path.display().to_string()).collect();
    let folders = folders.join(", ");
    match &options.filter {
        Some(filter) => format!("{folders}: no test has {filter:?} in its name"),
        None => format!("{folders}: there is no test in it (write fn test_… in a file that ends in .test.rhai)"),
    }
}

/// Returns the named folder, or the folder of the named file.
fn named(path: &Path) -> Result<(Folder, Option<String>), Failure> {
    let file = path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".rhai") && path.is_file());
    let Some(file) = file else { return Ok((Folder::read(path)?, None)) };
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    Ok((Folder::read(parent.unwrap_or(Path::new(".")))?, Some(file.to_owned())))
}

/// Returns the name of the script that a file contains or tests.
fn script_of(file: &str) -> &str {
    let name = file.strip_suffix(".rhai").unwrap_or(file);
    name.strip_suffix(".test").unwrap_or(name)
}

/// Compiles all files with tests; a problem in one file refuses the run.
fn suites(folder: &Folder, only: Option<&str>, scripts: &frontdesk::script::Scripts) -> Result<Vec<Suite>, Failure> {
    let (mut suites, mut problems) = (Vec::new(), Vec::new());
    let wanted = folder.with_tests().filter(|(file, _)| only.is_none_or(|only| script_of(only) == script_of(file)));
    for (file, text) in wanted {
        match Suite::read(file, text, scripts) {
            Ok(suite) => suites.push(suite),
            Err((place, message)) => {
                let place = place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
                problems.push(format!("{}{place}: invalid_script: {message}", folder.file(file).display()));
            }
        }
    }
    if problems.is_empty() { Ok(suites) } else { Err(Failure::Input(problems)) }
}

fn run(folder: &Folder, suites: &[Suite], filter: Option<&str>) -> Vec<Tested> {
    let wanted = |suite: &Suite, test: &str| {
        filter.is_none_or(|filter| test.contains(filter) || script_of(&suite.file).contains(filter))
    };
    let tested = suites.iter().map(|suite| Tested {
        path: folder.file(&suite.file),
        outcomes: suite.tests.iter().filter(|test| wanted(suite, test)).map(|test| suite.run(test)).collect(),
    });
    tested.filter(|it| !it.outcomes.is_empty()).collect()
}

/// Returns the parts of a script that no test reached.
fn missing(folder: &Folder, script: &Runnable, ran: &Ran) -> Missed {
    let has_run = |line: usize| ran.lines.contains(&(script.file.clone(), line));
    let is_called = |hook: &'static str| ran.hooks.contains(&(script.file.clone(), hook));
    let lines: BTreeSet<usize> = script.lines.iter().copied().filter(|line| !has_run(*line)).collect();
    Missed {
        path: folder.file(&script.file),
        hooks: (script.hooks.len(), script.hooks.iter().copied().filter(|(hook, _)| !is_called(hook)).collect()),
        lines: (script.lines.len(), lines),
    }
}
