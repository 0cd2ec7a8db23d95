//! The guide to the first script, step by step: its files are written, its commands are run, and what they print is what
//! the guide shows. `FRONTDESK_BLESS=1` writes into the guide what they print.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command;

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guides/scripts.md");

/// A block of code, and the file that the line before it names.
struct Block<'a> {
    file: Option<&'a str>,
    language: &'a str,
    text: &'a str,
}

/// The parts of the guide: text as it is, and blocks of code.
fn parts(guide: &str) -> Vec<Result<Block<'_>, &str>> {
    let mut parts = Vec::new();
    let mut file = None;
    for (index, part) in guide.split("```").enumerate() {
        if index % 2 == 0 {
            let last = part.lines().rev().find(|line| !line.is_empty());
            file = last.and_then(|line| line.strip_prefix('`')?.strip_suffix('`'));
            parts.push(Err(part));
        } else {
            let (language, text) = part.split_once('\n').unwrap();
            parts.push(Ok(Block { file, language, text }));
        }
    }
    parts
}

/// Runs the commands of a block; the block as it should be.
fn run(block: &Block<'_>, folder: &Path) -> String {
    let commands = block.text.lines().filter_map(|line| line.strip_prefix("$ frontdesk "));
    commands.map(|line| format!("$ frontdesk {line}\n{}", printed(line, folder))).collect()
}

/// Returns the output of a command, with its standard error.
fn printed(line: &str, folder: &Path) -> String {
    let arguments: Vec<&str> = line.split(' ').collect();
    let output = command(&arguments).current_dir(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap() + &*String::from_utf8(output.stderr).unwrap()
}

fn empty_folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guide");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn every_step_gives_what_the_guide_shows() {
    let guide = fs::read_to_string(GUIDE).unwrap();
    let folder = empty_folder();
    let mut commands = 0;
    let told: Vec<String> = parts(&guide)
        .iter()
        .map(|part| match part {
            Err(text) => (*text).to_owned(),
            Ok(block) if block.language == "console" => {
                commands += 1;
                format!("console\n{}", run(block, &folder))
            }
            Ok(block) => {
                let file = folder.join(block.file.expect("a block of code names its file"));
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, block.text).unwrap();
                format!("{}\n{}", block.language, block.text)
            }
        })
        .collect();
    let told = told.join("```");
    if std::env::var_os("FRONTDESK_BLESS").is_some() {
        return fs::write(GUIDE, &told).unwrap();
    }
    assert!(commands >= 6, "the guide has lost its commands");
    pretty_eq(&told, &guide);
}

/// Equal, or the first line that differs.
#[track_caller]
fn pretty_eq(found: &str, expected: &str) {
    let differs = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
    assert_eq!(differs, None, "what is found, and what the guide has");
    assert_eq!(found.lines().count(), expected.lines().count());
}
