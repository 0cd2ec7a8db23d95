//! Runs the vectors: the cases that every binding runs, too. `vectors/README.md` describes them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use frontdesk::desk::EventType;
use frontdesk::time::Instant;
use frontdesk::{Code, Desk, Event, Options, Problems, Reader, Strategy, Turn, questions};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::model;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors<'a> {
    about: String,
    #[serde(borrow)]
    desk: Option<&'a RawValue>,
    /// Lines of scripts, by file.
    #[cfg_attr(not(feature = "script"), allow(dead_code))]
    scripts: Option<Sources>,
    #[serde(borrow)]
    steps: Vec<Step<'a>>,
}

type Sources = std::collections::BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step<'a> {
    op: String,
    #[serde(borrow)]
    with: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "even_null")]
    gives: Option<&'a RawValue>,
    #[serde(borrow)]
    problems: Option<&'a RawValue>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

/// A null is an answer, too.
fn even_null<'de: 'a, 'a, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

/// An answer as text, or problems.
type Outcome = Result<String, Problems>;

/// Returns all files that this build can run.
fn files() -> Vec<(PathBuf, String)> {
    let mut files = files_of("tests/vectors");
    if cfg!(feature = "script") {
        files.extend(files_of("tests/vectors/scripts"));
    }
    files
}

fn files_of(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn parse(text: &str) -> Vectors<'_> {
    serde_json::from_str(text).unwrap_or_else(|wrong| panic!("{wrong} in {}…", &text[..text.len().min(80)]))
}

/// Returns JSON without blanks between its tokens.
fn compact(json: &str) -> String {
    let (mut text, mut in_string, mut escaped) = (String::new(), false, false);
    for character in json.chars() {
        if in_string || !character.is_ascii_whitespace() {
            text.push(character);
        }
        in_string = in_string != (character == '"' && !escaped);
        escaped = in_string && character == '\\' && !escaped;
    }
    text
}

/// Returns the text that an operation takes.
fn argument(with: Option<&RawValue>) -> String {
    let raw = with.map_or("", RawValue::get);
    match serde_json::from_str::<Vec<String>>(raw) {
        Ok(lines) => lines.join("\n"),
        Err(_) => compact(raw),
    }
}

/// Returns scripts by their lines.
#[cfg(feature = "script")]
fn load(sources: &Sources) -> Result<frontdesk::script::Scripts, Problems> {
    frontdesk::script::Scripts::from_sources(sources.iter().map(|(file, lines)| (file, lines.join("\n"))))
}

/// A desk, and all its events and turns so far as text.
struct Run {
    document: Option<String>,
    desk: Option<Desk>,
    #[cfg(feature = "script")]
    scripts: Option<frontdesk::script::Scripts>,
    events: Vec<String>,
    turns: Vec<String>,
}

impl Run {
    fn of(vectors: &Vectors<'_>) -> Run {
        let document = vectors.desk.map(|desk| compact(desk.get()));
        let mut run = Run {
            document,
            desk: None,
            #[cfg(feature = "script")]
            scripts: vectors.scripts.as_ref().map(|sources| load(sources).unwrap_or_else(|it| panic!("{it:#?}"))),
            events: Vec::new(),
            turns: Vec::new(),
        };
        run.desk =
            run.document.as_ref().map(|text| run.reader().desk(text).unwrap_or_else(|wrong| panic!("{wrong:#?}")));
        run
    }

    #[cfg(not(feature = "script"))]
    fn reader(&self) -> Reader {
        Reader::new()
    }

    #[cfg(feature = "script")]
    fn reader(&self) -> Reader {
        self.scripts.iter().cloned().fold(Reader::new(), Reader::scripts)
    }

    /// Sets other scripts; the desk keeps its scripts if these are invalid.
    #[cfg(feature = "script")]
    fn load(&mut self, with: &str) -> Outcome {
        let scripts = load(&serde_json::from_str(with).unwrap())?;
        self.desk().set_scripts(scripts.clone())?;
        let names: Vec<String> = scripts.names().map(ToString::to_string).collect();
        self.scripts = Some(scripts);
        Ok(serde_json::to_string(&names).unwrap())
    }

    fn desk(&mut self) -> &mut Desk {
        self.desk.as_mut().expect("the file has a desk")
    }

    fn take(&mut self, op: &str, with: &str) -> Outcome {
        match op {
            #[cfg(feature = "script")]
            "load" => self.load(with),
            "check" => self.reader().document(with).map(|document| serde_json::to_string(&document).unwrap()),
            "ask" => self.desk().ask_json(with),
            "handle" => {
                let events = self.desk().handle_json(with)?;
                Ok(self.note(&events))
            }
            "handle_explained" => {
                let events = {
                    let command = self.desk().read_command(with)?;
                    self.desk()
                        .handle_with(&command, &Options::default().explain(true))
                        .map_err(|problem| vec![problem])?
                };
                Ok(self.note(&events))
            }
            "advance" => {
                let at: String = serde_json::from_str(with).unwrap();
                let events = self.desk().advance(Instant::parse(&at).map_err(|problem| vec![problem])?);
                Ok(self.note(&events))
            }
            "restore" => {
                let restored = self.desk().reader().restore(&self.desk().snapshot())?;
                Ok(self.go_on_with(restored))
            }
            "rebuild" => {
                let mut rebuilt = self.reader().desk(self.document.as_deref().unwrap_or_default())?;
                for event in &self.events {
                    let event = Event::from_json(event).map_err(|problem| vec![problem])?;
                    rebuilt.apply(&event).map_err(|problem| vec![problem])?;
                }
                Ok(self.go_on_with(rebuilt))
            }
            "first_turn" => {
                let first = Turn::first(self.desk().document());
                self.follow(&first)
            }
            "turn" => {
                let command = self.desk().read_command(with)?;
                let before = self.desk().snapshot();
                let turn = self.desk().propose(&command);
                assert_eq!(self.desk().snapshot(), before, "a proposal changes nothing");
                self.follow(&turn)
            }
            "may" => {
                let command = self.desk().read_command(with)?;
                let before = self.desk().snapshot();
                let may = self.desk().may(&command);
                assert_eq!(self.desk().snapshot(), before, "a question changes nothing");
                Ok(serde_json::to_string(&may).unwrap())
            }
            "apply" => {
                let turn = self.reader().turn(with)?;
                self.follow(&turn).map(|_| "true".to_owned())
            }
            "rebuild_from_turns" => {
                let turns = self.turns.iter().map(|text| self.reader().turn(text));
                let turns = turns.collect::<Result<Vec<Turn>, Problems>>()?;
                let rebuilt = self.reader().rebuild(&turns)?;
                Ok(self.go_on_with(rebuilt))
            }
            "story" => {
                let keys = with.trim_start_matches('{').trim_end_matches('}');
                let question = format!(r#"{{"ask":"story",{keys},"events":[{}]}}"#, self.events.join(","));
                self.desk().ask_json(&question)
            }
            other => panic!("there is no operation {other:?}"),
        }
    }

    fn follow(&mut self, turn: &Turn) -> Outcome {
        self.desk().apply(turn).map_err(|problem| vec![problem])?;
        self.note(turn.events());
        self.turns.extend(turn.turn().map(|_| turn.to_json()));
        Ok(turn.to_json())
    }

    fn note(&mut self, events: &[Event]) -> String {
        let texts: Vec<String> = events.iter().map(Event::to_json).collect();
        let list = format!("[{}]", texts.join(","));
        self.events.extend(texts);
        list
    }

    fn go_on_with(&mut self, desk: Desk) -> String {
        let before = self.desk().snapshot();
        assert_eq!(desk.snapshot(), before);
        self.desk = Some(desk);
        "true".to_owned()
    }
}

/// Returns the expected outcome of a step as in a file: its key, and compact JSON.
fn told(outcome: &Outcome) -> (&'static str, String) {
    match outcome {
        Ok(answer) => ("gives", answer.clone()),
        Err(problems) => ("problems", serde_json::to_string(problems).unwrap()),
    }
}

fn expected(step: &Step<'_>) -> (&'static str, String) {
    match (step.gives, step.problems) {
        (Some(gives), None) => ("gives", compact(gives.get())),
        (None, Some(problems)) => ("problems", compact(problems.get())),
        _ => panic!("a step has either \"gives\" or \"problems\""),
    }
}

#[test]
fn every_vector_gives_what_it_says() {
    let bless = std::env::var_os("FRONTDESK_BLESS").is_some();
    let mut wrong = Vec::new();
    for (path, text) in files() {
        let vectors = parse(&text);
        let mut run = Run::of(&vectors);
        let mut blessed = String::new();
        let mut copied = 0;
        for (number, step) in vectors.steps.iter().enumerate() {
            let outcome = told(&run.take(&step.op, &argument(step.with)));
            let raw = step.gives.or(step.problems).expect("a step has an outcome").get();
            let end = raw.as_ptr() as usize - text.as_ptr() as usize + raw.len();
            let start = text[..end - raw.len()].rfind([',']).expect("a step has an op before its outcome");
            blessed += &format!("{},\n     \"{}\": {}", &text[copied..start], outcome.0, laid_out(&outcome.1));
            copied = end;
            if outcome != expected(step) {
                let (place, name) = (number + 1, path.file_name().unwrap_or_default().to_string_lossy().into_owned());
                wrong.push(format!("{name}, step {place}, {}:\n  {:?}\nnot\n  {:?}", step.op, outcome, expected(step)));
            }
        }
        if bless {
            blessed += &text[copied..];
            // Another test may read the folder just now.
            let anew = path.with_extension("new");
            fs::write(&anew, blessed).unwrap();
            fs::rename(&anew, &path).unwrap();
        }
    }
    assert!(bless || wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns an answer as in a file, in which a list of objects has a line for each.
fn laid_out(answer: &str) -> String {
    const LONG: usize = 100;
    match serde_json::from_str::<Vec<&RawValue>>(answer) {
        Ok(elements) if answer.len() > LONG && elements.iter().any(|it| it.get().starts_with('{')) => {
            let lines: Vec<&str> = elements.iter().map(|it| it.get()).collect();
            format!("[\n       {}]", lines.join(",\n       "))
        }
        _ => answer.to_owned(),
    }
}

/// Compares the events in the files with those of the naive desk, which was written from the specification alone: blessed
/// answers are only as correct as the build. The naive desk knows UTC only.
#[test]
fn the_naive_desk_gives_the_same_events() {
    let mut compared = 0;
    for (path, text) in files() {
        let vectors = parse(&text);
        let Some(document) = vectors.desk.map(|desk| serde_json::from_str::<Value>(desk.get()).unwrap()) else {
            continue;
        };
        // The naive desk knows no scripts.
        if vectors.scripts.is_some() {
            continue;
        }
        let zones = text.match_indices(r#""time_zone""#).count();
        if zones > 1 || document["time_zone"] != "UTC" {
            continue;
        }
        let mut desk = model::naive::Model::new(&document);
        for (number, step) in vectors.steps.iter().enumerate() {
            let with = argument(step.with);
            let command = match step.op.as_str() {
                "handle" | "handle_explained" | "turn" => serde_json::from_str(&with).unwrap_or_default(),
                "advance" => json!({"type": "advance", "at": serde_json::from_str::<Value>(&with).unwrap()}),
                // The naive desk decides, and follows no other.
                "apply" => break,
                _ => continue,
            };
            let Some(gives) = step.gives else { continue };
            let mut told: Value = serde_json::from_str(gives.get()).unwrap();
            let turn = desk.turn_of(&command).unwrap_or_else(|wrong| panic!("{path:?}, step {number}: {wrong}"));
            if step.op == "turn" {
                assert_eq!((&told["turn"], &told["at"]), (&turn["turn"], &turn["at"]), "{path:?}, step {number}");
                told = told["events"].take();
            }
            let told = told.as_array().unwrap();
            let expected = turn["events"].as_array().unwrap();
            assert_eq!(model::compare::first_difference(expected, told), None, "{path:?}, {command}: {expected:#?}");
            compared += expected.len();
        }
    }
    assert!(compared > 200, "only {compared} events were compared");
}

/// Returns all values of a key in the vectors that an embedder may see.
fn seen(key: &str) -> BTreeSet<String> {
    fn collect(value: &Value, key: &str, seen: &mut BTreeSet<String>) {
        match value {
            Value::Object(entries) => entries.iter().for_each(|(name, value)| {
                if let Some(text) = value.as_str().filter(|_| name == key) {
                    seen.insert(text.to_owned());
                }
                collect(value, key, seen);
            }),
            Value::Array(elements) => elements.iter().for_each(|element| collect(element, key, seen)),
            _ => {}
        }
    }
    let mut seen = BTreeSet::new();
    for (_, text) in files() {
        collect(&serde_json::from_str(&text).unwrap(), key, &mut seen);
    }
    seen
}

#[track_caller]
fn assert_seen(key: &str, words: impl IntoIterator<Item = impl AsRef<str>>) {
    let seen = seen(key);
    for word in words {
        assert!(seen.contains(word.as_ref()), "no vector has {key:?}: {:?}", word.as_ref());
    }
}

#[test]
fn everything_is_covered() {
    assert_seen("op", ["check", "ask", "handle", "handle_explained", "advance", "restore", "rebuild", "story"]);
    assert_seen("op", ["first_turn", "turn", "may", "apply", "rebuild_from_turns"]);
    assert_seen("ask", questions::names());
    assert_seen("strategy", Strategy::ALL.iter().map(|strategy| strategy.as_str()));
    // An advance gives `started` alone, and scripts belong to a feature.
    let apart = [EventType::Started, EventType::Prioritized, EventType::ScriptFailed];
    let types = EventType::ALL.iter().filter(|kind| !apart.contains(kind));
    assert_seen("type", types.map(|kind| kind.as_str()));
    assert_seen(
        "reason",
        "working_hours always_on set_available outside_working_hours holiday out_of_office set_away set_away_by_other \
         temporarily_away deactivated no_seat no_inbox_access declined missing_skill away ending_soon \
         at_capacity at_pace already_offered by_hand replied held_before no_rule otherwise released agent_away removed \
         waiting_limit shift_ended not_taking_kind"
            .split_whitespace(),
    );
    // A reply without an actor is a problem of its text, and a feature that one build lacks, another has.
    // Repeated absences, calendars and scripts belong to features that some readers of the vectors are built without.
    let of_features = [
        Code::InvalidRecurrence,
        Code::TooManyOccurrences,
        Code::InvalidCalendar,
        Code::UnknownScript,
        Code::InvalidScript,
        Code::UnknownHook,
        Code::UnknownParameter,
        Code::TimeIsUp,
        // A hundred thousand events are too many for a vector.
        Code::LeapTooLong,
        // No command makes a desk contradict itself.
        Code::InternalError,
        Code::UnknownMember,
        Code::NotACondition,
        Code::UnlikelyRecurrence,
    ];
    // The core has no log: these are of the crate that shares desks through one.
    let of_logs = [
        Code::UnknownDesk,
        Code::DeskExists,
        Code::RetryTransaction,
        Code::ClockAhead,
        Code::DamagedLog,
        Code::Compacted,
        Code::DatabaseFailed,
    ];
    let apart = |code: &Code| {
        let others = [Code::ActorRequired, Code::UnsupportedFeature];
        others.contains(code) || of_features.contains(code) || of_logs.contains(code)
    };
    let codes = Code::ALL.iter().filter(|code| !apart(code));
    assert_seen("code", codes.map(|code| code.as_str()));
    if cfg!(feature = "script") {
        let codes = [Code::UnknownScript, Code::InvalidScript, Code::UnknownHook, Code::UnknownParameter];
        assert_seen("code", codes.map(|code| code.as_str()));
        assert_seen("code", ["script_error", "over_budget", "invalid_result"]);
        assert_seen("type", ["prioritized", "script_failed"]);
        assert_seen("op", ["load"]);
        assert_seen("reason", ["rejected_by_script"]);
    }
}

/// Files contain only JSON that all libraries read and write in the same way.
#[test]
fn files_are_the_same_to_every_reader() {
    for (path, text) in files() {
        let vectors = parse(&text);
        assert!(!vectors.about.is_empty() && !vectors.steps.is_empty(), "{path:?}");
        let mut outside = String::new();
        let (mut in_string, mut escaped) = (false, false);
        for character in text.chars() {
            assert!(!escaped || ['"', '\\'].contains(&character), "{path:?} has an escape \\{character}");
            if !in_string {
                outside.push(character);
            }
            in_string = in_string != (character == '"' && !escaped);
            escaped = in_string && character == '\\' && !escaped;
        }
        assert!(!outside.contains(['.', '+', 'E']), "{path:?} has a fraction or an exponent");
        let digits = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
        let keys = text.split('"').collect::<Vec<_>>();
        let numbered = keys.windows(2).find(|pair| digits(pair[0]) && pair[1].trim_start().starts_with(':'));
        assert_eq!(numbered, None, "{path:?} has a key of digits");
    }
}
