//! Pages of the book and the README, step by step: their files are written, their commands are run, and what those print is what the page
//! shows. A block of code is a file where the line before it is a name in backticks, and nothing else. `FRONTDESK_BLESS=1` writes into
//! the pages what the commands print.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command;

/// The path of a page, from the root of the repository.
fn path(page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(page)
}

/// A block of code, and the file that the line before it names.
struct Block<'a> {
    file: Option<&'a str>,
    language: &'a str,
    text: &'a str,
}

/// The parts of a page: text as it is, and blocks of code.
fn parts(page: &str) -> Vec<Result<Block<'_>, &str>> {
    let mut parts = Vec::new();
    let mut file = None;
    for (index, part) in page.split("```").enumerate() {
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
    let steps = block.text.strip_prefix("$ ").expect("a block of commands begins with one").split("\n$ ");
    steps.map(|step| format!("$ {}", step_as_it_should_be(step, folder))).collect()
}

/// A command with what it prints. One that goes on in the next line ends with a backslash; `cat` shows a file, which is written.
fn step_as_it_should_be(step: &str, folder: &Path) -> String {
    let mut lines = step.lines();
    let mut command = lines.next().unwrap().to_owned();
    while command.ends_with('\\') {
        command = format!("{command}\n{}", lines.next().unwrap());
    }
    if let Some(file) = command.strip_prefix("cat ") {
        let text: String = lines.map(|line| format!("{line}\n")).collect();
        fs::write(folder.join(file), &text).unwrap();
        return format!("{command}\n{text}");
    }
    let line = command.replace("\\\n", " ");
    let line = line.strip_prefix("frontdesk ").unwrap_or_else(|| panic!("`frontdesk` or `cat`, and not {line}"));
    format!("{command}\n{}", printed(line, folder))
}

/// Returns the output of a command, with its standard error. `> FILE` behind it prints into that file; `| tail -N` leaves the last lines.
fn printed(line: &str, folder: &Path) -> String {
    if let Some((line, file)) = line.rsplit_once(" > ").filter(|(_, file)| is_word(file)) {
        let (out, err) = outputs(line, folder);
        fs::write(folder.join(file), out).unwrap();
        return err;
    }
    if let Some((line, number)) = line.rsplit_once(" | tail -") {
        let (out, err) = outputs(line, folder);
        let lines: Vec<&str> = out.split_inclusive('\n').collect();
        return lines[lines.len() - number.parse::<usize>().unwrap()..].concat() + &err;
    }
    let (out, err) = outputs(line, folder);
    // Calendars have the line ends of their format, and pages have not.
    out.replace("\r\n", "\n") + &err
}

fn is_word(text: &str) -> bool {
    !text.contains([' ', '\'', '"'])
}

/// Returns what a command prints, and its standard error.
fn outputs(line: &str, folder: &Path) -> (String, String) {
    let output = command(&arguments(line)).current_dir(folder).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// The arguments of a command, of which some are quoted.
fn arguments(line: &str) -> Vec<&str> {
    let mut arguments = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let (argument, left) = match first {
            '\'' | '"' => rest[1..].split_once(first).expect("a quote that ends"),
            _ => rest.split_once(' ').unwrap_or((rest, "")),
        };
        arguments.push(argument);
        rest = left.trim_start();
    }
    arguments
}

fn empty_folder(page: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(page.replace('/', "-"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A page as it should be, and the number of its blocks of commands.
fn told(page: &str, folder: &Path) -> (String, usize) {
    let mut commands = 0;
    let told: Vec<String> = parts(page)
        .iter()
        .map(|part| match part {
            Err(text) => (*text).to_owned(),
            Ok(block) if block.language == "console" => {
                commands += 1;
                format!("console\n{}", run(block, folder))
            }
            Ok(block) => {
                if let Some(file) = block.file.map(|file| folder.join(file)) {
                    fs::create_dir_all(file.parent().unwrap()).unwrap();
                    fs::write(file, block.text).unwrap();
                }
                format!("{}\n{}", block.language, block.text)
            }
        })
        .collect();
    (told.join("```"), commands)
}

/// Holds a page to what its commands print, of which it has so many blocks.
#[track_caller]
fn holds(page: &str, blocks: usize, prepare: impl Fn(&Path)) {
    let text = fs::read_to_string(path(page)).unwrap();
    let folder = empty_folder(page);
    prepare(&folder);
    let (told, commands) = told(&text, &folder);
    if std::env::var_os("FRONTDESK_BLESS").is_some() {
        return fs::write(path(page), &told).unwrap();
    }
    assert_eq!(commands, blocks, "the blocks of commands of {page}");
    pretty_eq(&told, &text);
}

/// Equal, or the first line that differs.
#[track_caller]
fn pretty_eq(found: &str, expected: &str) {
    let differs = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
    assert_eq!(differs, None, "what is found, and what the page has");
    assert_eq!(found.lines().count(), expected.lines().count());
}

#[test]
fn the_guide_to_scripts() {
    holds("docs/guides/scripts.md", 6, |_| {});
}

#[test]
fn the_guide_to_the_command_line() {
    holds("docs/guides/command-line.md", 17, |_| {});
}

#[test]
fn the_guide_to_the_command_line_has_every_verb() {
    let page = fs::read_to_string(path("docs/guides/command-line.md")).unwrap();
    for (parent, help) in [("", &["--help"][..]), ("log ", &["log", "--help"])] {
        let help = crate::shown(help);
        let (_, verbs) = help.split_once("Commands:\n").unwrap();
        let verbs = verbs.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next());
        for verb in verbs.filter(|verb| *verb != "help") {
            assert!(page.contains(&format!("$ frontdesk {parent}{verb} ")), "{parent}{verb}");
        }
    }
}

#[test]
fn the_page_on_what_an_inbox_decides() {
    holds("docs/topics/inbox.md", 9, |_| {});
}

#[test]
fn the_page_on_availability() {
    holds("docs/topics/availability.md", 8, |_| {});
}

#[test]
fn the_page_on_routing() {
    holds("docs/topics/routing.md", 5, |_| {});
}

#[test]
fn the_page_on_calendars() {
    holds("docs/topics/calendars.md", 4, |_| {});
}

#[test]
fn the_page_on_limits() {
    holds("docs/running/limits.md", 4, |_| {});
}

/// The README has the story of one of the real incidents, and a desk of its own.
#[test]
fn the_readme() {
    holds("README.md", 2, |folder| {
        let made = incidents::convert(incidents::INCIDENTS).unwrap();
        let folder = folder.join("incidents");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("desk.json"), made.desk).unwrap();
        fs::write(folder.join("commands.jsonl"), made.commands).unwrap();
    });
}
