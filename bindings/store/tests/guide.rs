//! The program of the guide for Rust, `docs/guides/rust.md`, whose blocks are parts of this file; so is that of `docs/topics/inbox.md`.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use frontdesk::desk::{Action, EventKind};
use frontdesk::strategies::{Choice, Failed, Question, Strategies};
use frontdesk::time::{Instant, Span};
use frontdesk::{Code, Command, Deadline, Desk, Event, Id, Options, Problems, Reader, Reason, Scope, State, Turn};
use frontdesk_store::sqlite::sqlite;
use frontdesk_store::{Request, SharedDesk};

const PROGRAM: &str = include_str!("guide.rs");
const GUIDE: &str = "guides/rust.md";
const INBOX: &str = "topics/inbox.md";

fn load(text: &str) -> Result<Desk, Problems> {
    let desk = Desk::from_json(text)?;
    for warning in desk.warnings() {
        eprintln!("{warning}");
    }
    Ok(desk)
}

/// Lets time pass to the present; returns what happened.
fn tick(desk: &mut Desk, now: Instant) -> Vec<Event> {
    let mut events = desk.advance(now);
    // More than 100,000 events at once: it stopped at an instant before.
    while desk.is_due(now) {
        events.extend(desk.advance(now));
    }
    events
}

/// Returns how long to sleep, or `None` if only a command can change anything.
fn pause(desk: &Desk, now: Instant) -> Option<Duration> {
    let due = desk.next_wakeup()?;
    Some(Duration::from_millis(u64::try_from(due.millis() - now.millis()).unwrap_or(0)))
}

/// Carries a command out, and stores its turn before.
fn carry_out(desk: &mut Desk, log: &mut impl Write, command: &Command) -> Result<Turn, Box<dyn Error>> {
    let turn = desk.propose(command);
    // One that was refused, or changed nothing, has no number.
    if turn.turn().is_some() {
        writeln!(log, "{}", turn.to_json())?;
        log.flush()?;
    }
    desk.apply(&turn)?;
    Ok(turn)
}

fn rebuild(log: &str) -> Result<Desk, Problems> {
    let turns: Vec<Turn> = log.lines().map(Turn::from_json).collect::<Result<_, _>>()?;
    Desk::rebuild(turns)
}

fn mentor_first(question: &Question) -> Result<Choice, Failed> {
    let mentor = question.candidates().find(|agent| agent.attributes().contains_key("mentor"));
    Ok(mentor.map_or(Choice::Nobody, |agent| Choice::Agent(agent.id().clone())))
}

/// A page as it is in the book.
fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    fs::read_to_string(path).unwrap()
}

/// The blocks of a language.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let opened = format!("```{language}\n");
    page.split(&opened).skip(1).map(|block| block.split_once("```").unwrap().0).collect()
}

fn without_indentation(text: &str) -> String {
    text.lines().map(str::trim_start).collect::<Vec<_>>().join("\n")
}

/// The document of the guide.
fn document() -> String {
    blocks(&page(GUIDE), "json")[0].to_owned()
}

#[test]
fn the_pages_show_this_program() {
    let program = without_indentation(PROGRAM);
    for (name, number) in [(GUIDE, 13), (INBOX, 1)] {
        let page = page(name);
        let blocks = blocks(&page, "rust");
        assert_eq!(blocks.len(), number, "the blocks of {name}");
        for block in blocks {
            assert!(program.contains(without_indentation(block).trim_end()), "this is not in the program:\n{block}");
        }
    }
}

#[test]
fn the_features_are_those_of_the_crate() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    let (_, features) = manifest.split_once("[features]\n").unwrap();
    let (features, _) = features.split_once("\n[").unwrap();
    let named = features.lines().filter_map(|line| Some(line.split_once(" = [")?.0));
    let wanted: Vec<&str> = named.filter(|name| !["default", "script-testing"].contains(name)).collect();
    let page = page(GUIDE);
    let told = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(name, _)| name));
    assert_eq!(told.collect::<Vec<_>>(), wanted);
    assert!(blocks(&page, "toml")[0].contains(&env!("CARGO_PKG_VERSION")[..3]));
}

#[test]
fn problems_have_a_code_and_a_place() {
    let problems = Desk::from_json(r#"{"version": 1, "time_zone": "Europe/Stokholm", "agent": []}"#).unwrap_err();
    assert_eq!(problems[0].code, Code::UnknownZone);
    assert_eq!(
        problems[0].to_string(),
        "unknown_zone: there is no time zone \"Europe/Stokholm\" at $.time_zone (line 1, column 29); did you mean Europe/Stockholm?"
    );
    assert_eq!(problems.len(), 2);
}

#[test]
fn it_is_asked_and_commanded() -> Result<(), Box<dyn Error>> {
    let mut desk = load(&document())?;

    let friday = Instant::parse("2026-11-20T17:30:00+01:00")?;
    let status = desk.status("anna", friday)?;
    assert_eq!((status.state, status.reason), (State::Away, Reason::OutsideWorkingHours));
    assert_eq!(status.until, Some(Instant::parse("2026-11-23T09:00:00+01:00")?));
    assert_eq!(desk.next_change("anna", friday)?, status.until);

    let day = Span::new(friday, Instant::parse("2026-11-23T12:00:00+01:00")?);
    for part in desk.coverage(&Scope::Team("support".into()), day)? {
        println!("{} to {}: {} available", part.span.start, part.span.end, part.available);
    }

    let open = desk.read_command(
        r#"{"type": "open", "at": "2026-11-23T09:00:00+01:00", "conversation": "c1", "inbox": "main", "channel": "chat"}"#,
    )?;
    for event in desk.handle(&open) {
        match &event.kind {
            EventKind::Assigned { conversation, agent: Some(agent), .. } => println!("{conversation} is for {agent}"),
            EventKind::Queued { conversation, .. } => println!("{conversation} waits"),
            _ => {}
        }
    }
    let holder = desk.conversation("c1").and_then(|conversation| conversation.agent);
    assert_eq!(holder.as_ref().map(Id::as_str), Some("anna"));

    let at = Instant::parse("2026-11-23T09:05:00+01:00")?;
    let close = Command::new(at, Action::Close { conversation: "c7".into() }).by("anna").with_id("close c7");
    let refusal = desk.may(&close).refusal.unwrap();
    assert_eq!(refusal.code, Code::UnknownConversation);
    assert!(matches!(&desk.handle(&close)[..], [Event { kind: EventKind::Refused { .. }, .. }]));

    let start = std::time::Instant::now();
    let deadline = Deadline::new(move || start.elapsed() > Duration::from_secs(5));
    let events = desk.handle_with(&open, &Options::default().deadline(deadline.clone()))?;
    let covered = deadline.ask(|| desk.coverage(&Scope::Everyone, day))??;
    // The same conversation a second time.
    assert!(matches!(&events[..], [Event { kind: EventKind::Refused { .. }, .. }]));
    assert_eq!(covered.last().map(|part| part.available), Some(2));
    Ok(())
}

#[test]
fn it_has_views() -> Result<(), Problems> {
    let desk = load(blocks(&page(INBOX), "json")[0])?;

    use frontdesk::desk::{View, ViewRequest};

    let mine = ViewRequest { view: Some(View::Mine), by: Some("anna".into()), limit: 20, ..ViewRequest::default() };
    let page = desk.view(&mine)?;
    let ids: Vec<&str> = page.conversations.iter().map(|one| one.conversation.as_str()).collect();
    assert!(ids.is_empty() && page.next.is_none());
    Ok(())
}

#[test]
fn time_passes() -> Result<(), Problems> {
    let mut desk = load(&document())?;
    let friday = Instant::parse("2026-11-20T17:30:00+01:00")?;
    assert_eq!(tick(&mut desk, friday).len(), 1, "the desk has started");
    assert_eq!(pause(&desk, friday), Some(Duration::from_secs(63 * 3600 + 1800)));
    let monday = Instant::parse("2026-11-23T09:00:00+01:00")?;
    let events = tick(&mut desk, monday);
    assert!(matches!(events[0].kind, EventKind::StatusChanged { state: State::Available, .. }));
    assert_eq!(pause(&desk, Instant::parse("2026-11-23T20:00:00+01:00")?), Some(Duration::ZERO));
    Ok(())
}

#[test]
fn a_log_rebuilds_it() -> Result<(), Box<dyn Error>> {
    let mut desk = load(&document())?;
    let mut log = format!("{}\n", Turn::first(desk.document()).to_json()).into_bytes();
    let at = Instant::parse("2026-11-23T09:00:00+01:00")?;
    carry_out(&mut desk, &mut log, &Command::new(at, Action::Advance))?;
    let close = Command::new(at, Action::Close { conversation: "c7".into() });
    assert_eq!(carry_out(&mut desk, &mut log, &close)?.turn(), None);
    let log = String::from_utf8(log)?;
    assert_eq!(log.lines().count(), 2);
    assert_eq!(rebuild(&log)?.snapshot(), desk.snapshot());
    assert_eq!(Desk::restore(&desk.snapshot())?.snapshot(), desk.snapshot());
    Ok(())
}

#[test]
fn a_strategy_of_its_own_chooses() -> Result<(), Problems> {
    let text = document();
    let open = load(&text)?.read_command(
        r#"{"type": "open", "at": "2026-11-23T09:00:00+01:00", "conversation": "c1", "inbox": "main", "channel": "chat"}"#,
    )?;
    let reader = Reader::new().strategies(Strategies::new().with("mentor_first", mentor_first));
    let mut desk = reader.desk(&text.replace(
        r#""strategy": "least_busy""#,
        r#""strategy": {"script": "mentor_first"}, "on_error": "least_busy""#,
    ))?;
    let events = desk.handle(&open);
    assert_eq!(events[1].kind.agent().map(Id::as_str), Some("bo"));
    Ok(())
}

#[test]
fn workers_share_it() -> Result<(), Box<dyn Error>> {
    let desk = load(&document())?;
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("helpdesk.db");
    rusqlite::Connection::open(&path)?.execute("CREATE TABLE tickets (id TEXT)", [])?;

    let mut connection = rusqlite::Connection::open(path)?;
    sqlite(&connection).migrate()?;
    let mut shared = SharedDesk::create(&mut sqlite(&connection), "support", desk.document())?;

    let transaction = connection.transaction()?;
    transaction.execute("INSERT INTO tickets (id) VALUES ('c1')", [])?;
    let request = Request::from_json(
        r#"{"type": "open", "id": "b7", "conversation": "c1", "inbox": "main", "channel": "chat"}"#,
    )?;
    let answer = shared.handle(&mut sqlite(&transaction), &request)?;
    transaction.commit()?; // The ticket and its turn are there together, or not at all.
    assert_eq!(answer.turn(), Some(2));
    assert_eq!(SharedDesk::load(&mut sqlite(&connection), "support")?.digest(), shared.digest());
    Ok(())
}
