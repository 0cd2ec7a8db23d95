//! Malicious and faulty scripts: each ends within its budget and 16 MB, reports its place, and loses no conversation.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use allocation_counter::measure;
use frontdesk::desk::{EventKind, Whereabouts};
use frontdesk::script::Scripts;
use frontdesk::{Code, Deadline, Desk, Document, Event, Failure, Options};
use serde_json::{Value, json};

/// The memory in bytes that a script may use in addition to that of the desk.
const MOST_MEMORY: u64 = 16 * 1024 * 1024;

/// The way in which a script ends.
enum Ends {
    /// Not loaded, because of a problem with this code and a position.
    Unread(Code),
    /// Stopped or failed with this code; the conversation waits.
    Fails(&'static str),
    /// Works; an agent gets the conversation.
    Works(&'static str),
    /// Refuses every agent; the conversation waits.
    Refuses,
}
use Ends::{Fails, Refuses, Unread, Works};

const OVER: &str = "over_budget";
const ERROR: &str = "script_error";
const NONSENSE: &str = "invalid_result";

/// The body of `score`, unless a line begins with `fn` or `const`.
const TABLE: &[(&str, &str, Ends)] = &[
    // Endless loops.
    ("an endless loop", "loop {}", Fails(OVER)),
    ("an endless loop that does something", "let x = 0; loop { x += 1; x -= 1; }", Fails(OVER)),
    ("an endless while", "while true {}", Fails(OVER)),
    ("an endless do", "do {} while true", Fails(OVER)),
    ("a long for", "for x in 0..9223372036854775807 {} 1", Fails(OVER)),
    ("a step of nothing", "for x in range(0, 10, 0) {} 1", Fails(ERROR)),
    ("a continue that never ends", "loop { continue; }", Fails(OVER)),
    ("recursion", "fn score(agent, conversation, desk) { score(agent, conversation, desk) }", Fails(OVER)),
    ("recursion of two", "fn a(x) { b(x) } fn b(x) { a(x) } fn score(agent, conversation, desk) { a(1) }", Fails(OVER)),
    ("recursion through a closure", "let f = |g| g.call(g); f.call(f)", Fails(OVER)),
    (
        "recursion that branches",
        "fn f(n) { f(n + 1) + f(n + 1) } fn score(agent, conversation, desk) { f(0) }",
        Fails(OVER),
    ),
    ("an endless loop in a try", "try { loop {} } catch { 1 }", Fails(OVER)),
    ("an endless loop of tries", "loop { try { throw 1; } catch {} }", Fails(OVER)),
    ("catching the end of the budget", "let n = 0; try { loop { n += 1; } } catch (e) { loop {} } n", Fails(OVER)),
    (
        "catching the end in native code",
        "let a = []; for i in 0..3000 { a.push(i); } loop { try { a.sorted(); } catch {} }",
        Fails(OVER),
    ),
    // Closures called by native functions.
    ("a loop under map", "[1].map(|x| { loop {} }); 1", Fails(OVER)),
    ("a loop under filter", "[1].filter(|x| { loop {} }); 1", Fails(OVER)),
    ("a loop under sorted_by", "[2, 1].sorted_by(|x| { loop {} }); 1", Fails(OVER)),
    ("a loop under reduce", "[2, 1].reduce(|sum, x| { loop {} }, 0); 1", Fails(OVER)),
    (
        "a loop under the candidates",
        "fn pick(candidates, conversation, desk) { candidates.filter(|a| { loop {} }) }",
        Fails(OVER),
    ),
    (
        "map in map in map",
        "let a = []; for i in 0..100 { a.push(i); } a.map(|x| a.map(|y| a.map(|z| x + y + z).sum()).sum()).sum()",
        Fails(OVER),
    ),
    ("map that always begins anew", "loop { [1, 2, 3].map(|x| x + 1); }", Fails(OVER)),
    ("a comparison that lies", "let n = [5, 3, 1, 4]; n.sorted_by(|x| random()).len()", Works("anna")),
    // Values that grow.
    ("text that doubles", "let s = \"a\"; loop { s += s; }", Fails(OVER)),
    ("text that doubles by interpolation", "let s = \"a\"; loop { s = `${s}${s}`; }", Fails(OVER)),
    ("text that doubles by replace", "let s = \"aa\"; loop { s = s.replace(\"a\", \"aa\"); }", Fails(OVER)),
    ("text that doubles by join", "let s = \"aa\"; loop { s = [s, s].join(s); }", Fails(OVER)),
    (
        "long texts in many places",
        "let a = []; let s = \"x\"; for i in 0..15 { s += s; } for i in 0..9000 { a.push(s + i); } 1",
        Fails(OVER),
    ),
    (
        "long texts assigned to places",
        "let s = \"x\"; for i in 0..13 { s += s; } let a = []; for i in 0..1000 { a.push(0); } for i in 0..1000 { a[i] = s + i; } 1",
        Fails(OVER),
    ),
    ("a list that doubles", "let a = [1]; loop { a += a; }", Fails(OVER)),
    ("a list of itself", "let a = [1]; loop { a = [a, a]; }", Fails(OVER)),
    ("a list in a list, deep", "let a = []; loop { a = [a]; }", Fails(OVER)),
    ("a list pushed onto itself", "let a = [1]; loop { a.push(a); }", Fails(OVER)),
    (
        "lists assigned to places",
        "let a = []; for i in 0..1000 { a.push(i); } let b = a; loop { for i in 0..1000 { b[i] = a; } }",
        Fails(OVER),
    ),
    (
        "many copies of a list",
        "let a = []; for i in 0..5000 { a.push(i); } let m = #{}; loop { m[`${m.len()}`] = a; }",
        Fails(OVER),
    ),
    ("a map by index", "let m = #{}; let i = 0; loop { m[`k${i}`] = i; i += 1; }", Fails(OVER)),
    ("a map in a map, deep", "let m = #{}; loop { let n = #{}; n[\"a\"] = m; m = n; }", Fails(OVER)),
    (
        "a map of long keys",
        "let m = #{}; let s = \"x\"; for i in 0..14 { s += s; } let i = 0; loop { m[s + i] = 1; i += 1; }",
        Fails(OVER),
    ),
    ("a nest of literals", "let a = 1; for i in 0..300 { a = [[[[[[[[a]]]]]]]]; } 1", Fails(OVER)),
    ("a nest as text", "let a = 1; for i in 0..300 { a = [[[[[[[[a]]]]]]]]; } to_text(a); 1", Fails(OVER)),
    (
        "a nest as an answer",
        "fn score(a, b, c) { () } fn fallback(conversation, desk) { let a = 1; for i in 0..300 { a = [[[[[[[[a]]]]]]]]; } #{voicemail: a} }",
        Fails(OVER),
    ),
    ("a nest by push", "let a = []; loop { let b = []; b.push(a); a = b; }", Fails(OVER)),
    ("a nest by index", "let a = [1]; loop { let b = [1]; b[0] = a; a = b; }", Fails(OVER)),
    ("a nest by a map's keys", "let m = #{}; loop { let n = #{}; n.a = m; m = n; }", Fails(OVER)),
    ("a nest by map", "let a = [1]; loop { a = a.map(|x| [x]); }", Fails(OVER)),
    (
        "a nest by reduce",
        "let a = [1, 2, 3, 4, 5, 6, 7, 8, 9]; loop { a = a.reduce(|sum, x| [sum, x], 0); }",
        Fails(OVER),
    ),
    ("a nest by closures in lists", "let f = |x| x; loop { let g = [f]; f = |x| g; }", Fails(OVER)),
    ("a nest by concatenation", "let a = []; loop { let b = []; b += [a]; a = b; }", Fails(OVER)),
    ("a nest that is caught", "let a = []; loop { try { a = [a]; } catch {} }", Fails(OVER)),
    ("a closure in a closure", "let f = |x| x; loop { let g = f; f = |x| g.call(x); }", Fails(OVER)),
    (
        "a closure that holds itself",
        "let a = []; let f = || a; a.push(f); for i in 0..400 { a.push(i); } 1",
        Works("anna"),
    ),
    (
        "many variables",
        "fn f(n) { let a1 = []; for i in 0..900 { a1.push(i); } let a2 = a1; let a3 = a1; let a4 = a1; f(n + 1) } fn score(agent, conversation, desk) { f(0) }",
        Fails(OVER),
    ),
    ("a log without end", "loop { log(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"); }", Fails(OVER)),
    ("splitting a long text", "let s = \"a,\"; for i in 0..14 { s += s; } loop { s.split(\",\"); }", Fails(OVER)),
    (
        "searching a long text",
        "let s = \"a\"; for i in 0..15 { s += s; } let t = s + \"b\"; loop { s.contains(t); t.contains(\"aaaaaaaaaaaab\"); }",
        Fails(OVER),
    ),
    (
        "copying a constant",
        "const big = [0,1,2,3,4,5,6,7,8,9]; fn score(agent, conversation, desk) { let a = []; loop { a += big; } }",
        Fails(OVER),
    ),
    // Functions that scripts do not have.
    ("sleep", "sleep(3); 1", Fails(ERROR)),
    ("eval", "eval(\"1\")", Unread(Code::InvalidScript)),
    ("eval by pointer", "Fn(\"eval\").call(\"1\")", Fails(ERROR)),
    ("sleep by pointer", "Fn(\"sleep\").call(1)", Fails(ERROR)),
    ("import", "import \"/etc/passwd\" as p; 1", Unread(Code::InvalidScript)),
    ("export", "export let x = 1; fn score(agent, conversation, desk) { 1 }", Unread(Code::InvalidScript)),
    ("print", "print(\"x\"); 1", Unread(Code::InvalidScript)),
    ("debug", "debug(\"x\"); 1", Unread(Code::InvalidScript)),
    ("the time", "timestamp(); 1", Fails(ERROR)),
    ("this", "this.x", Unread(Code::InvalidScript)),
    ("powers with a point", "2.0 ** 0.5", Unread(Code::InvalidScript)),
    ("sines", "sin(1.0)", Fails(ERROR)),
    ("global variables", "let x = 1; fn score(agent, conversation, desk) { x }", Unread(Code::InvalidScript)),
    ("blobs", "blob(1000000000).len()", Fails(ERROR)),
    ("padding", "let a = []; a.pad(1000000000, 0); 1", Fails(ERROR)),
    ("padding a text", "\"\".pad(1000000000, 'x'); 1", Fails(ERROR)),
    // Texts that are hard to read.
    ("a hook of too few parameters", "fn score(agent) { 1 }", Unread(Code::InvalidScript)),
    ("a hook twice", "fn score(a, b, c) { 1 } fn score(a, b, c) { 2 }", Unread(Code::InvalidScript)),
    ("a hook that is hidden", "private fn score(a, b, c) { 1 }", Unread(Code::InvalidScript)),
    ("a hook that is shadowed by a variable", "let score = 5; score", Works("anna")),
    ("a native function that is shadowed", "fn random() { loop {} } fn score(a, b, c) { random() }", Fails(OVER)),
    ("a hook misspelt", "fn scroe(agent, conversation, desk) { 1 }", Unread(Code::UnknownHook)),
    ("nothing", "fn helper() { 1 }", Unread(Code::InvalidScript)),
    ("a name that is not there", "agnet.load", Unread(Code::InvalidScript)),
    ("a top that never ends", "const x = { loop {} }; fn score(a, b, c) { x }", Unread(Code::InvalidScript)),
    ("a function as a default", "const f = |x| x; fn score(a, b, c) { 1 }", Unread(Code::InvalidScript)),
    // Invalid answers.
    ("nothing at all", "", Refuses),
    ("a text as a score", "\"high\"", Fails(NONSENSE)),
    ("a list as a score", "[1, 2]", Fails(NONSENSE)),
    ("NaN", "0.0 / 0.0", Fails(NONSENSE)),
    ("infinity", "1.0 / 0.0", Fails(NONSENSE)),
    ("negative infinity", "-1.0 / 0.0", Fails(NONSENSE)),
    ("negative scores", "-5 - agent.load", Works("anna")),
    ("the greatest scores", "9223372036854775807", Works("anna")),
    ("the smallest score", "-9223372036854775807 - 1", Works("anna")),
    ("a sum that is too large", "9223372036854775807 + 1", Fails(ERROR)),
    ("division by nothing", "1 / 0", Fails(ERROR)),
    ("a huge score with a point", "1.7e308", Works("anna")),
    ("picking a stranger", "fn pick(candidates, conversation, desk) { \"mallory\" }", Fails(NONSENSE)),
    ("picking one who is deactivated", "fn pick(candidates, conversation, desk) { \"gone\" }", Fails(NONSENSE)),
    (
        "picking one who is away",
        "fn pick(candidates, conversation, desk) { desk.agents.named(\"away\") }",
        Fails(NONSENSE),
    ),
    ("picking a number", "fn pick(candidates, conversation, desk) { 1 }", Fails(NONSENSE)),
    ("picking all", "fn pick(candidates, conversation, desk) { candidates }", Fails(NONSENSE)),
    ("eligible is five", "fn eligible(agent, conversation, desk) { 5 }", Fails(NONSENSE)),
    ("throwing what was seen", "throw agent;", Fails(ERROR)),
    ("throwing a heap", "let a = []; for i in 0..500 { a.push(i); } throw a;", Fails(ERROR)),
    ("throwing a code of its own", "throw #{code: \"no_region\", message: \"no region\"};", Fails("no_region")),
    (
        "throwing a code without end",
        "let s = \"x\"; for i in 0..12 { s += s; } throw #{code: s, message: s};",
        Fails("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
    ),
    ("exit", "exit(5)", Fails(ERROR)),
    // Views.
    ("writing to an agent", "agent.load = 0; 1", Fails(ERROR)),
    ("writing to attributes", "agent.attributes.x = 1; 1", Fails(ERROR)),
    ("writing by index", "conversation.attributes[\"x\"] = 1; 1", Fails(ERROR)),
    ("writing to the candidates", "fn pick(candidates, conversation, desk) { candidates[0] = 5; 1 }", Fails(ERROR)),
    (
        "adding a candidate",
        "fn pick(candidates, conversation, desk) { candidates.push(desk); candidates[0] }",
        Fails(ERROR),
    ),
    ("reading another conversation", "desk.conversation(\"c0\").id", Fails(ERROR)),
    ("reading what is not there", "agent.password", Fails(ERROR)),
    (
        "reading far beyond the end",
        "fn pick(candidates, conversation, desk) { candidates[9223372036854775807] }",
        Fails(ERROR),
    ),
    (
        "reading far before the start",
        "fn pick(candidates, conversation, desk) { candidates[-9223372036854775807 - 1] }",
        Fails(ERROR),
    ),
    ("an index before everything", "[1, 2][-9223372036854775807 - 1]", Fails(ERROR)),
    ("keeping a view", "let kept = [agent, conversation, desk]; kept.len()", Works("anna")),
    (
        "the name of a closure",
        "let seen = to_text(|x| x + 1) + [|x| x].len() + to_text([|y| y]); if seen == \"a function1[a function]\" { 1 } else { throw seen }",
        Works("anna"),
    ),
    (
        "a closure as an answer",
        "fn pick(candidates, conversation, desk) { candidates.filter(|a, b| true) }",
        Fails(ERROR),
    ),
    (
        "zones that are none, without end",
        "loop { try { desk.now.in_zone(\"Europe/Stockhxlx\") } catch {} }",
        Fails(OVER),
    ),
    ("a zone that is none", "desk.now.in_zone(\"Mars/Olympus\").hour", Fails(ERROR)),
    ("a time beyond all", "(desk.now + 9223372036854775807).hour", Fails(ERROR)),
    ("a time before all", "(desk.now - 9223372036854775807).hour", Fails(ERROR)),
    ("all the history", "let n = 0; loop { n += conversation.contact.history.len(); }", Fails(OVER)),
    ("all the desk", "let n = 0; loop { n += desk.agents.filter(|a| a.load == 0).len(); }", Fails(OVER)),
];

/// Runs a function within a deadline that passes when another function returns `true`.
fn within(is_up: impl Fn() -> bool + Send + Sync + 'static) -> Options {
    Options::default().deadline(Deadline::new(is_up))
}

fn source(text: &str) -> String {
    let whole = ["fn ", "const ", "private ", "export "].iter().any(|word| text.starts_with(word));
    let whole = whole || text.contains("fn score(agent, conversation, desk) {");
    if whole { text.to_owned() } else { format!("fn score(agent, conversation, desk) {{ {text} }}") }
}

fn document(strategy: Value) -> Document {
    let agents = json!([
        {"id": "anna"}, {"id": "bo"}, {"id": "gone", "active": false},
        {"id": "away", "out_of_office": [{"first_day": "2026-11-01", "last_day": "2026-12-01"}]},
    ]);
    Document::from_value(json!({
        "version": 1, "time_zone": "UTC", "agents": agents,
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [
            {"id": "r", "steps": [{"assign_to": "everyone", "strategy": strategy}]}]}]}]
    }))
    .unwrap()
}

const OPEN: &str =
    r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#;

fn failures(events: &[Event]) -> Vec<&Failure> {
    events
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::ScriptFailed { failure, .. } => Some(&**failure),
            _ => None,
        })
        .collect()
}

fn check(name: &str, text: &str, ends: &Ends) -> Result<(), String> {
    let scripts = Scripts::from_sources([("hostile.rhai", source(text))]);
    let scripts = match (scripts, ends) {
        (Err(problems), Unread(code)) => {
            let problem = &problems[0];
            let placed = problem.position.is_some() || problem.message.contains("defines none");
            return if problem.code == *code && placed && problem.path == "hostile.rhai" {
                Ok(())
            } else {
                Err(format!("{name}: {problem:?}"))
            };
        }
        (Err(problems), _) => return Err(format!("{name} is not read: {problems:?}")),
        (Ok(_), Unread(_)) => return Err(format!("{name} is read")),
        (Ok(scripts), _) => scripts,
    };
    let mut desk = Desk::new(document(json!({"script": "hostile"})));
    desk.set_scripts(scripts).unwrap();
    let before = desk.clone();
    let mut events = Vec::new();
    let used = measure(|| events = desk.handle_json(OPEN).unwrap()).bytes_max;
    if used > MOST_MEMORY {
        return Err(format!("{name} uses {} KB", used / 1024));
    }
    let again = before.clone().handle_json(OPEN).unwrap();
    if again != events {
        return Err(format!("{name} ends otherwise the second time: {events:?} {again:?}"));
    }
    let conversation = desk.conversation("c1").ok_or(format!("{name} loses the conversation"))?;
    let failures = failures(&events);
    let fine = match ends {
        Fails(code) => {
            let failure = failures.first().ok_or(format!("{name} does not fail: {events:?}"))?;
            failure.code == *code
                && failure.file.as_deref() == Some("hostile.rhai")
                && (failure.line.is_some() || *code == NONSENSE)
                && conversation.state == Whereabouts::Queued
        }
        Works(agent) => failures.is_empty() && conversation.agent.as_deref() == Some(*agent),
        Refuses => failures.is_empty() && conversation.state == Whereabouts::Queued,
        Unread(_) => false,
    };
    if fine { Ok(()) } else { Err(format!("{name}: {failures:?} {conversation:?}")) }
}

#[test]
fn all_of_them_end_and_harm_nobody() {
    assert!(TABLE.len() >= 40);
    // Allocated once, not by the script.
    check("a harmless one", "1", &Works("anna")).unwrap();
    let wrong: Vec<String> = TABLE.iter().filter_map(|(name, text, ends)| check(name, text, ends).err()).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), TABLE.len(), wrong.join("\n"));
}

#[test]
fn memory_that_a_closure_holds_is_freed() {
    let closure = "let a = []; let f = || a; a.push(f); a.push(a); let x = 1; let g = || x; x = g; for i in 0..400 { a.push(i); } 1";
    let check = || check("a closure that holds itself", closure, &Works("anna")).unwrap();
    // Allocated once, not by the script.
    check();
    let leaked = measure(|| (0..50).for_each(|_| check())).bytes_current;
    assert!(leaked < 100_000, "{leaked} bytes are never freed");
}

/// Texts that are nested more deeply, or longer, than any real script.
#[test]
fn hard_to_read() {
    let nested = |open: &str, close: &str, times: usize| {
        format!("fn score(a, b, c) {{ {}1{} }}", open.repeat(times), close.repeat(times))
    };
    let texts = [
        nested("(", ")", 10_000),
        nested("[", "]", 10_000),
        nested("{", "}", 10_000),
        nested("#{a: ", "}", 5_000),
        nested("-", "", 10_000),
        nested("!", "", 10_000),
        nested("1 + ", "", 10_000),
        nested("if true { ", "}", 3_000),
        nested("while true { ", "}", 3_000),
        nested("|x| ", "", 5_000),
        nested("a.", "b", 10_000),
        nested("f(", ")", 10_000),
        nested("`${", "}`", 3_000),
        nested("switch 1 { 1 => ", "}", 3_000),
        nested("try { ", "} catch {}", 3_000),
        format!("fn score(a, b, c) {{ \"{}\" }}", "x".repeat(60_000)),
        format!("fn score(a, b, c) {{ [{}] }}", "0,".repeat(30_000)),
        format!("fn score(a, b, c) {{ {} }}", "let x = 1; ".repeat(5_000)),
        "x".repeat(100_000),
        "/*".repeat(20_000),
        "\"".to_owned(),
        "`${`${`${".to_owned(),
        "fn".repeat(20_000),
        format!("const x = {}1{}; fn score(a,b,c) {{ 1 }}", "[".repeat(20_000), "]".repeat(20_000)),
        (0..200).map(|n| format!("fn f{n}() {{ 1 }}\n")).collect::<String>(),
    ];
    for text in texts {
        let mut read = None;
        let used = measure(|| read = Some(Scripts::from_sources([("hard.rhai", &text)]))).bytes_max;
        let start: String = text.chars().take(60).collect();
        assert!(used < MOST_MEMORY, "{start} uses {used}");
        match read.unwrap() {
            Err(problems) => assert!(problems.iter().all(|it| it.path == "hard.rhai"), "{problems:?}"),
            Ok(scripts) => {
                let mut desk = Desk::new(document(json!({"script": "hard"})));
                desk.set_scripts(scripts).unwrap();
                desk.handle_json(OPEN).unwrap();
            }
        }
    }
}

/// A failure is reported once while the conversation waits; a failure of another version of the script is reported again.
#[test]
fn a_failure_is_told_once() {
    let scripts = |text: &str| Scripts::from_sources([("s", text)]).unwrap();
    let fails = "fn score(agent, conversation, desk) { throw `at ${desk.now.hour}`; }";
    let mut desk = Desk::new(document(json!({"script": "s"})));
    desk.set_scripts(scripts(fails)).unwrap();
    let mut told = failures(&desk.handle_json(OPEN).unwrap()).len();
    for hour in 10..20 {
        for (status, minute) in [("away", 0), ("available", 1)] {
            let command = format!(
                r#"{{"type": "set_status", "at": "2026-11-20T{hour}:0{minute}:00Z", "agent": "anna", "status": "{status}"}}"#
            );
            told += failures(&desk.handle_json(&command).unwrap()).len();
        }
    }
    assert_eq!(told, 1);
    desk.set_scripts(scripts(&format!("// Better.\n{fails}"))).unwrap();
    let again = desk
        .handle_json(r#"{"type": "put_agent", "at": "2026-11-20T21:00:00Z", "agent": "anna", "entry": {"id": "anna"}}"#)
        .unwrap();
    assert_eq!(failures(&again).len(), 1, "{again:?}");
}

/// The deadline passes: nothing has changed, whatever the command was.
#[test]
fn time_is_up() {
    let scripts = Scripts::from_sources([("s", "fn score(agent, conversation, desk) { loop {} }")]).unwrap();
    let mut desk = Desk::new(document(json!({"script": "s"})));
    desk.set_scripts(scripts.with_operations(u64::MAX / 4)).unwrap();
    desk.handle_json(
        r#"{"type": "set_status", "at": "2026-11-20T08:00:00Z", "agent": "bo", "status": "away", "duration": "30m"}"#,
    )
    .unwrap();
    let before = desk.snapshot();
    let commands = [
        OPEN,
        r#"{"type": "put_agent", "at": "2026-11-20T09:00:00Z", "agent": "cy", "entry": {"id": "cy"}}"#,
        r#"{"type": "advance", "at": "2026-11-20T09:00:00Z"}"#,
    ];
    for (index, command) in commands.iter().enumerate() {
        let looks = Arc::new(AtomicU32::new(0));
        let seen = Arc::clone(&looks);
        let command = desk.read_command(command).unwrap();
        let result = desk.handle_with(&command, &within(move || looks.fetch_add(1, Ordering::Relaxed) >= 5));
        if index == 0 {
            assert_eq!(result.unwrap_err().code, Code::TimeIsUp);
            assert_eq!(seen.load(Ordering::Relaxed), 6);
            assert_eq!(desk.snapshot(), before);
        } else if index == 1 {
            // No conversation waits, so no script is called.
            assert_eq!(result.unwrap().len(), 2);
        }
    }
    // The same with a waiting conversation.
    let slow =
        "const slow = false; fn score(agent, conversation, desk) { if agent.attributes.slow == true { loop {} } }";
    let scripts = Scripts::from_sources([("s", slow)]).unwrap().with_operations(u64::MAX / 4);
    let mut desk = Desk::new(document(json!({"script": "s"})));
    desk.set_scripts(scripts).unwrap();
    desk.handle_json(OPEN).unwrap();
    let before = desk.snapshot();
    let put = r#"{"type": "put_agent", "at": "2026-11-20T10:00:00Z", "agent": "anna", "entry": {"id": "anna", "attributes": {"slow": true}}}"#;
    let command = desk.read_command(put).unwrap();
    assert_eq!(desk.handle_with(&command, &within(|| true)).unwrap_err().code, Code::TimeIsUp);
    assert_eq!(desk.snapshot(), before);
    assert_eq!(desk.next_wakeup(), Desk::restore(&before).unwrap().next_wakeup());
    desk.handle_json(r#"{"type": "advance", "at": "2026-11-20T10:00:00Z"}"#).unwrap();
    assert_eq!(desk.conversation("c1").unwrap().state, Whereabouts::Queued);
}

#[test]
/// The clock of the deadline may call another desk with a script: a loop is stopped in that case, too.
fn a_look_at_the_time_that_asks_another_desk_gives_no_more_operations() {
    let desk = |text| {
        let scripts = Scripts::from_sources([("s", text)]).unwrap();
        let mut desk = Desk::new(document(json!({"script": "s"})));
        desk.set_scripts(scripts).unwrap();
        desk
    };
    let other = std::sync::Mutex::new(desk("fn score(agent, conversation, desk) { 1 }"));
    let mut endless = desk("fn score(agent, conversation, desk) { loop {} }");
    let command = endless.read_command(OPEN).unwrap();
    let events = endless.handle_with(
        &command,
        &within(move || {
            other.lock().unwrap().handle_json(OPEN).unwrap();
            false
        }),
    );
    assert!(events.unwrap().iter().any(|event| event.to_json().contains("over_budget")));
}
