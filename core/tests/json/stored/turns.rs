//! Turns: what is written is read; half a turn, a turn twice, out of order or of another desk is a problem, and the desk is
//! as it was.

#[cfg(feature = "script")]
use frontdesk::Reader;
use frontdesk::desk::Command;
use frontdesk::time::Instant;
use frontdesk::{Code, Desk, Document, Event, Options, Turn};
use serde_json::{Value, json};

use super::fuzz::invariants;
use crate::marked::assert_told;

const DOCUMENT: &str = r#"{"version":1,"time_zone":"Europe/Stockholm","teams":[{"id":"support"}],"agents":[{"id":"anna","team":"support","capacity":1},{"id":"bo","team":"support","active":false}],"inboxes":[{"id":"main","channels":[{"id":"chat","kind":"chat","wrap_up":"30s","rules":[{"id":"everyone","steps":[{"assign_to":{"teams":["support"]}}]}]}]}]}"#;

const COMMANDS: [&str; 6] = [
    r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "id": "k1", "conversation": "c1", "inbox": "main", "channel": "chat"}"#,
    r#"{"type": "open", "at": "2026-11-20T09:00:01Z", "conversation": "c2", "inbox": "main", "channel": "chat"}"#,
    r#"{"type": "close", "at": "2026-11-20T09:00:02Z", "id": "k3", "by": "anna", "conversation": "c1"}"#,
    r#"{"type": "put_agent", "at": "2026-11-20T09:00:10Z", "agent": "cy", "entry": {"id": "cy", "team": "support"}}"#,
    r#"{"type": "advance", "at": "2026-11-20T09:10:00Z"}"#,
    r#"{"type": "open", "at": "2026-11-20T09:20:00Z", "conversation": "c3", "inbox": "main", "channel": "chat", "attributes": {"b": 1, "a": {"d": 2, "c": 1.0}}}"#,
];

fn desk() -> Desk {
    Desk::from_json(DOCUMENT).unwrap()
}

fn command(desk: &Desk, text: &str) -> Command {
    desk.read_command(text).unwrap()
}

fn first() -> Turn {
    Turn::first(Document::from_json(DOCUMENT).unwrap())
}

/// A desk after all its turns, and the turns.
fn at_work() -> (Desk, Vec<Turn>) {
    let (mut desk, mut turns) = (desk(), vec![first()]);
    desk.apply(&turns[0]).unwrap();
    for text in COMMANDS {
        let turn = desk.propose(&command(&desk, text));
        desk.apply(&turn).unwrap();
        turns.push(turn);
    }
    (desk, turns)
}

/// Returns the problem of a turn that is not applied; the desk is then as it was, and takes the right one.
#[track_caller]
fn refused(desk: &mut Desk, turn: &Turn) -> (Code, String, String) {
    let (before, wakeup) = (desk.snapshot(), desk.next_wakeup());
    let problem = desk.apply(turn).expect_err("it does not fit");
    assert_eq!((desk.snapshot(), desk.next_wakeup()), (before, wakeup), "{problem}");
    assert!(problem.hint.is_some(), "{problem}");
    invariants::assert_whole(desk);
    (problem.code, problem.path, problem.message)
}

fn edited(turn: &Turn, edit: impl FnOnce(&mut Value)) -> Turn {
    let mut value: Value = serde_json::from_str(&turn.to_json()).unwrap();
    edit(&mut value);
    Turn::from_json(&value.to_string()).unwrap()
}

#[test]
fn are_numbered_from_the_document() {
    let (desk, turns) = at_work();
    assert_eq!(turns.iter().map(Turn::turn).collect::<Vec<_>>(), (1..=7).map(Some).collect::<Vec<_>>());
    assert_eq!(desk.turn(), 7);
    assert_eq!((turns[0].document(), turns[0].at()), (Some(&Document::from_json(DOCUMENT).unwrap()), None));
    assert_eq!((turns[0].events(), turns[0].command_json(), turns[0].command_id()), (&[][..], None, None));
    assert_eq!(turns[1].at(), Some(Instant::parse("2026-11-20T09:00:00Z").unwrap()));
    assert_eq!(turns[1].command_id().map(|id| id.as_str()), Some("k1"));
    assert_eq!(turns[1].events().len(), 2);
    let close = r#"{"type":"close","at":"2026-11-20T09:00:02.000Z","id":"k3","by":"anna","conversation":"c1"}"#;
    assert_eq!(turns[3].command_json().as_deref(), Some(close));
}

#[test]
fn are_written_in_the_documented_order_and_read_again() {
    let (_, turns) = at_work();
    assert_eq!(turns[0].to_json(), format!(r#"{{"version":1,"turn":1,"document":{}}}"#, canonical(DOCUMENT)));
    for turn in &turns {
        let text = turn.to_json();
        let read = Turn::from_json(&text).unwrap();
        assert_eq!((read.to_json(), &read), (text.clone(), turn));
        assert_eq!(read.command_id(), turn.command_id());
        // Unknown keys are of a later version.
        let more = text.replacen(r#"{"version":1"#, r#"{"digest":"a","version":1"#, 1);
        assert_eq!(Turn::from_json(&more).as_ref(), Ok(turn), "{more}");
    }
    let text = turns[1].to_json();
    let command = r#""command":{"type":"open","at":"2026-11-20T09:00:00.000Z","id":"k1","conversation":"c1","inbox":"main","channel":"chat"}"#;
    let head =
        format!(r#"{{"version":1,"turn":2,"at":"2026-11-20T09:00:00.000Z",{command},"events":[{{"version":1,"seq":1,"#);
    assert!(text.starts_with(&head), "{text}");
}

fn canonical(document: &str) -> String {
    serde_json::to_string(&Document::from_json(document).unwrap()).unwrap()
}

/// A refusal and a command that gives nothing have a turn without a number, which may be applied.
#[test]
fn without_anything_to_store_have_no_number() {
    let (mut desk, _) = at_work();
    let before = desk.snapshot();
    for (text, events) in [
        (r#"{"type": "close", "at": "2026-11-20T09:30:00Z", "conversation": "nowhere"}"#, 1),
        (r#"{"type": "advance", "at": "2026-11-20T09:30:00Z"}"#, 0),
    ] {
        let turn = desk.propose(&command(&desk, text));
        assert_eq!((turn.turn(), turn.events().len()), (None, events));
        assert!(turn.to_json().starts_with(r#"{"version":1,"at":"2026-11-20T09:30:00.000Z","command":{"#));
        assert_eq!(Turn::from_json(&turn.to_json()).as_ref(), Ok(&turn));
        desk.apply(&turn).unwrap();
        assert_eq!((desk.snapshot(), desk.turn()), (before.clone(), 7));
    }
}

/// With explanations, a turn has them; without, it has the same events.
#[test]
fn may_have_explanations() {
    let mut desk = desk();
    let open = command(&desk, COMMANDS[0]);
    let explained = desk.propose_with(&open, &Options::default().explain(true)).unwrap();
    assert!(explained.events()[1].considered.is_some());
    assert_eq!(Turn::from_json(&explained.to_json()).unwrap().events()[1].considered, explained.events()[1].considered);
    let mut other = desk.clone();
    other.apply(&explained).unwrap();
    desk.apply(&desk.clone().propose(&open)).unwrap();
    assert_eq!(other.snapshot(), desk.snapshot());
}

/// Every prefix of the turns, also from their JSON, rebuilds the desk as it was after them.
#[test]
fn rebuild_the_desk_at_every_prefix() {
    let (_, turns) = at_work();
    let mut desk = desk();
    let mut stored = Vec::new();
    for (index, turn) in turns.iter().enumerate() {
        desk.apply(turn).unwrap();
        stored.push(Turn::from_json(&turn.to_json()).unwrap());
        let rebuilt = Desk::rebuild(&turns[..=index]).unwrap();
        assert_eq!(rebuilt.snapshot(), desk.snapshot());
        assert_eq!((rebuilt.next_wakeup(), rebuilt.turn()), (desk.next_wakeup(), index as u64 + 1));
        assert_eq!(Desk::rebuild(&stored).unwrap().snapshot(), desk.snapshot());
        let restored = Desk::restore(&desk.snapshot()).unwrap();
        assert_eq!((restored.snapshot(), restored.turn()), (desk.snapshot(), desk.turn()));
    }
}

/// A rebuilt desk goes on as the one that decided: nothing is left to be looked at.
#[test]
fn end_with_a_served_queue() {
    let (mut desk, turns) = at_work();
    let mut rebuilt = Desk::rebuild(&turns).unwrap();
    let more = command(&desk, r#"{"type": "close", "at": "2026-11-20T09:30:00Z", "conversation": "c2"}"#);
    assert_eq!(rebuilt.propose(&more), desk.propose(&more));
    assert_eq!(rebuilt.handle(&more), desk.handle(&more));
    assert_eq!(rebuilt.snapshot(), desk.snapshot());
    assert_eq!(desk.turn(), 8, "a command that is handled is counted in a log of turns");
}

#[test]
fn are_applied_once_and_in_order() {
    let (_, turns) = at_work();
    let mut desk = desk();
    let told = |desk: &mut Desk, turn: &Turn| {
        let (code, path, message) = refused(desk, turn);
        assert_eq!((code, path.as_str()), (Code::InvalidValue, "$.turn"));
        message
    };
    assert_eq!(told(&mut desk, &turns[2]), "the next turn is 2, and this is 3");
    for (index, turn) in turns.iter().enumerate() {
        desk.apply(turn).unwrap();
        let next = index + 2;
        for (before, turn) in turns[..=index].iter().enumerate() {
            let message = format!("turn {} is applied already, and the next one is {next}", before + 1);
            assert_eq!(told(&mut desk, turn), message);
        }
        for (ahead, turn) in turns.iter().enumerate().skip(index + 2) {
            assert_eq!(told(&mut desk, turn), format!("the next turn is {next}, and this is {}", ahead + 1));
        }
    }
}

/// The document of a desk is its first turn, whether it was applied or not.
#[test]
fn begin_with_the_document_in_any_case() {
    let (there, turns) = at_work();
    let mut desk = desk();
    assert_eq!(desk.turn(), 0);
    for turn in &turns[1..] {
        desk.apply(turn).unwrap();
    }
    assert_eq!(desk.snapshot(), there.snapshot());
}

/// A log of events, and a snapshot, from before there were turns: the log of turns begins with the document of then.
#[test]
fn go_on_after_a_log_of_events() {
    let (_, turns) = at_work();
    let events: Vec<&Event> = turns.iter().flat_map(Turn::events).collect();
    let mut followed = desk();
    events.iter().for_each(|event| followed.apply(*event).unwrap());
    followed.check_complete().unwrap();
    assert_eq!(followed.turn(), 0);
    assert!(!followed.snapshot().contains(r#""turn":"#));
    let restored = Desk::restore(&followed.snapshot()).unwrap();
    for mut desk in [followed, restored] {
        assert_eq!(refused(&mut desk, &turns[0]).0, Code::Conflict, "its document has cy, too");
        desk.apply(&Turn::first(desk.document())).unwrap();
        assert_eq!(desk.turn(), 1);
        let close = command(&desk, r#"{"type": "close", "at": "2026-11-20T09:30:00Z", "conversation": "c2"}"#);
        let turn = desk.propose(&close);
        assert_eq!(turn.turn(), Some(2));
        desk.apply(&turn).unwrap();
        assert!(desk.snapshot().contains(r#","turn":2,"#), "{}", desk.snapshot());
    }
}

/// A log whose document is not that of the desk is told with the place where they differ.
#[test]
fn of_another_document() {
    for (from, to, path) in [
        (r#""capacity":1"#, r#""capacity":2"#, "$.document.agents[0].capacity.total"),
        (r#","active":false"#, "", "$.document.agents[1].active"),
        (r#"Europe/Stockholm"#, "UTC", "$.document.time_zone"),
        (r#"{"id":"anna","team":"support","capacity":1},"#, "", "$.document.agents[0].id"),
        (r#""wrap_up":"30s","#, "", "$.document.inboxes[0].channels[0].wrap_up"),
        (r#","inboxes""#, r#","x-more":1,"inboxes""#, r#"$.document["x-more"]"#),
    ] {
        let other = DOCUMENT.replacen(from, to, 1);
        let first = Turn::first(Document::from_json(&other).unwrap());
        let (code, place, message) = refused(&mut desk(), &first);
        assert_eq!(code, Code::Conflict);
        assert!(place.starts_with("$.document") && message.contains("document"), "{place}: {message}");
        assert_eq!(place.replace("$.document.x-more", r#"$.document["x-more"]"#), path, "{to}");
    }
    // Another spelling is the same document.
    let spelled = DOCUMENT.replace(r#""capacity":1"#, r#""capacity": {"total": 1}"#).replace(':', ": ");
    desk().apply(&Turn::first(Document::from_json(&spelled).unwrap())).unwrap();
}

/// Events of another desk do not fit; those before them are taken back.
#[test]
fn of_another_desk() {
    let (there, turns) = at_work();
    let other = DOCUMENT.replace("anna", "zoe");
    let mut desk = Desk::from_json(&other).unwrap();
    let (code, path, message) = refused(&mut desk, &turns[1]);
    assert_eq!((code, path.as_str()), (Code::InvalidValue, "$.events[1].agent"));
    assert!(message.contains("anna"), "{message}");

    // The same numbers, of another past.
    let mut past = self::desk();
    let away =
        command(&past, r#"{"type": "set_status", "at": "2026-11-20T09:00:00Z", "agent": "anna", "status": "away"}"#);
    past.apply(&past.clone().propose(&away)).unwrap();
    assert_eq!(refused(&mut past, &turns[2]).1, "$.events[0].seq");
    let mut rest = turns.clone();
    rest[1] = self::desk().propose(&away);
    let problems = Desk::rebuild(&rest).unwrap_err();
    assert_eq!((problems[0].code, problems[0].path.as_str()), (Code::InvalidValue, "$[2].events[0].seq"));
    assert_eq!(Desk::rebuild(&turns).unwrap().snapshot(), there.snapshot());
}

#[test]
fn rebuild_nothing_without_the_first() {
    let (_, turns) = at_work();
    for (log, path) in [
        (vec![], "$[0].turn"),
        (turns[1..].to_vec(), "$[0].turn"),
        (vec![turns[0].clone(), turns[0].clone()], "$[1].turn"),
        (vec![turns[0].clone(), turns[1].clone(), turns[1].clone()], "$[2].turn"),
        (vec![turns[0].clone(), turns[2].clone()], "$[1].turn"),
        (vec![turns[0].clone(), turns[2].clone(), turns[1].clone()], "$[1].turn"),
    ] {
        let problems = Desk::rebuild(&log).unwrap_err();
        assert_eq!((problems.len(), problems[0].path.as_str()), (1, path));
        assert!(problems[0].hint.is_some(), "{problems}");
    }
}

/// A turn whose last events are missing is told where a conversation has no outcome.
#[test]
fn without_their_end() {
    let (_, turns) = at_work();
    let half = edited(&turns[1], |turn| drop(turn["events"].as_array_mut().unwrap().pop()));
    let (code, path, message) = refused(&mut desk(), &half);
    assert_eq!((code, path.as_str()), (Code::InvalidValue, "$.events"));
    assert!(message.contains("c1"), "{message}");
    // Where the rest is possible by itself, the next turn tells that something is missing.
    let mut desk = Desk::rebuild(&turns[..4]).unwrap();
    assert_eq!(turns[4].events().len(), 2, "c2 goes to cy");
    let half = edited(&turns[4], |turn| turn["events"].as_array_mut().unwrap().truncate(1));
    desk.apply(&half).unwrap();
    assert_eq!(refused(&mut desk, &turns[5]).1, "$.events[0].seq");
}

/// A text that is cut anywhere is no turn.
#[test]
fn that_are_cut_short() {
    let (_, turns) = at_work();
    for text in [turns[0].to_json(), turns[3].to_json()] {
        for end in 0..text.len() {
            let problems = Turn::from_json(&text[..end]).expect_err(&text[..end]);
            assert_eq!(problems[0].code, Code::InvalidJson);
            assert!(problems[0].position.is_some());
        }
    }
}

const AT: &str = r#""at":"2026-11-20T09:00:00Z""#;
const ADVANCE: &str = r#""command":{"type":"advance","at":"2026-11-20T09:00:00Z"}"#;
const STARTED: &str = r#"{"version":1,"seq":1,"at":"2026-11-20T09:00:00Z","type":"started"}"#;

/// Everything that contradicts itself is told, with its place.
#[test]
fn that_contradict_themselves() {
    let event = |keys: &str| format!(r#"{{"version":1,"type":"notice","agent":"a","notice":"missed_offers",{keys}}}"#);
    let refused = r#"{"version":1,"seq":1,"at":"2026-11-20T09:00:00Z","type":"refused","code":"in_use","message":"m"}"#;
    let (one, two) = (event(r#""seq":1,"at":"2026-11-20T09:00:00Z""#), event(r#""seq":2,"at":"2026-11-20T09:00:00Z""#));
    for (marked, expected) in [
        // The version, the keys and their types.
        (r#"▶{"version":2}"#.into(), &[("unsupported_version", "$")][..]),
        (r#"▶{"turn":2}"#.into(), &[("invalid_json", "$")]),
        (r#"▶[]"#.into(), &[("invalid_json", "$")]),
        (format!(r#"▶{{"version":1,"turn":2,{AT},{ADVANCE}}}"#), &[("invalid_json", "$")]),
        (format!(r#"▶{{"version":1,"turn":2,{AT},"events":[{STARTED}]}}"#), &[("invalid_json", "$")]),
        (format!(r#"▶{{"version":1,"turn":2,{ADVANCE},"events":[{STARTED}]}}"#), &[("invalid_json", "$")]),
        (format!(r#"{{"version":1,"turn":▶"2",{AT},{ADVANCE},"events":[{STARTED}]}}"#), &[("invalid_json", "$.turn")]),
        (format!(r#"{{"version":1,"turn":▶-2,{AT},{ADVANCE},"events":[{STARTED}]}}"#), &[("invalid_json", "$.turn")]),
        (format!(r#"{{"version":1,"turn":2,"turn":▶3,{AT},{ADVANCE},"events":[]}}"#), &[("invalid_json", "$.turn")]),
        (format!(r#"{{"version":1,"turn":2,"at":▶"9 o'clock",{ADVANCE},"events":[]}}"#), &[("invalid_json", "$.at")]),
        (format!(r#"{{"version":1,"turn":2,{AT},"command":▶7,"events":[]}}"#), &[("invalid_json", "$.command")]),
        (format!(r#"{{"version":1,"turn":2,{AT},"command":▶{{}},"events":[]}}"#), &[("invalid_json", "$.command")]),
        (format!(r#"{{"version":1,"turn":2,{AT},{ADVANCE},"events":▶{{}}}}"#), &[("invalid_json", "$.events")]),
        (format!(r#"{{"version":1,"turn":2,{AT},{ADVANCE},"events":[▶7]}}"#), &[("invalid_json", "$.events[0]")]),
        (
            format!(r#"{{"version":1,"turn":2,{AT},{ADVANCE},"events":[▶{{"version":2,"seq":1}}]}}"#),
            &[("unsupported_version", "$.events[0]")],
        ),
        // The number.
        (
            format!(r#"{{"version":1,"turn":▶0,{AT},{ADVANCE},"events":[{STARTED}]}}"#),
            &[("out_of_range", "$.turn")],
        ),
        (
            format!(r#"{{"version":1,"turn":▶1,{AT},{ADVANCE},"events":[{STARTED}]}}"#),
            &[("out_of_range", "$.turn")],
        ),
        (
            format!(r#"{{"version":1,"turn":▶9007199254740993,{AT},{ADVANCE},"events":[{STARTED}]}}"#),
            &[("out_of_range", "$.turn")],
        ),
        (format!(r#"{{"version":1,"turn":2,{AT},{ADVANCE},"events":▶[]}}"#), &[("invalid_value", "$.events")]),
        (format!(r#"{{"version":1,"turn":2,{AT},{ADVANCE},"events":▶[{refused}]}}"#), &[("invalid_value", "$.events")]),
        (format!(r#"▶{{"version":1,{AT},{ADVANCE},"events":[{STARTED}]}}"#), &[("invalid_value", "$")]),
        // The events.
        (
            format!(r#"{{"version":1,"turn":2,{AT},{ADVANCE},"events":[{one},{}]}}"#, two.replace(r#""seq":2"#, r#""seq":▶3"#)),
            &[("invalid_value", "$.events[1].seq")],
        ),
        (
            format!(r#"{{"version":1,"turn":2,{AT},{ADVANCE},"events":[{one},{}]}}"#, two.replace(r#""seq":2"#, r#""seq":▶1"#)),
            &[("invalid_value", "$.events[1].seq")],
        ),
        (
            format!(
                r#"{{"version":1,"turn":2,{AT},{ADVANCE},"events":[{one},{}]}}"#,
                two.replace(r#""2026-11-20T09:00:00Z""#, r#"▶"2026-11-20T08:59:59Z""#)
            ),
            &[("invalid_value", "$.events[1].at")],
        ),
        (
            format!(
                r#"{{"version":1,"turn":2,{AT},{ADVANCE},"events":[{one},{}]}}"#,
                two.replace(r#""2026-11-20T09:00:00Z""#, r#"▶"2026-11-20T09:00:01Z""#)
            ),
            &[("invalid_value", "$.events[1].at")],
        ),
        (
            format!(r#"{{"version":1,"turn":2,{AT},{ADVANCE},"events":[{}]}}"#, event(r#""seq":1,"at":"2026-11-20T09:00:00Z","id":▶"k""#)),
            &[("invalid_value", "$.events[0].id")],
        ),
        (
            format!(r#"{{"version":1,"turn":2,{AT},{ADVANCE},"events":[{one},{}]}}"#, refused.replace(r#""seq":1"#, r#""seq":2"#).replace(r#""refused""#, r#"▶"refused""#)),
            &[("invalid_value", "$.events[1].type")],
        ),
        // The command.
        (
            format!(r#"{{"version":1,"turn":2,{AT},"command":{{"type":"advance","at":▶"2026-11-20T09:00:01Z"}},"events":[{STARTED}]}}"#),
            &[("invalid_value", "$.command.at")],
        ),
        // All of it at once.
        (
            format!(
                r#"{{"version":1,"turn":▶1,{AT},"command":{{"type":"advance","at":▶"2026-11-20T09:00:01Z"}},"events":[{one},{}]}}"#,
                event(r#""seq":▶9,"at":▶"2026-11-20T10:00:00Z","id":▶"k""#)
            ),
            &[
                ("out_of_range", "$.turn"),
                ("invalid_value", "$.command.at"),
                ("invalid_value", "$.events[1].seq"),
                ("invalid_value", "$.events[1].at"),
                ("invalid_value", "$.events[1].id"),
            ],
        ),
        // The first turn.
        (format!(r#"{{"version":1,"turn":▶2,"document":{DOCUMENT}}}"#), &[("invalid_value", "$.turn")]),
        (format!(r#"▶{{"version":1,"document":{DOCUMENT}}}"#), &[("invalid_json", "$")]),
        (format!(r#"{{"version":1,"turn":1,"at":▶"2026-11-20T09:00:00Z","document":{DOCUMENT}}}"#), &[("conflict", "$.at")]),
        (format!(r#"{{"version":1,"turn":1,"document":{DOCUMENT},"events":▶[]}}"#), &[("conflict", "$.events")]),
        (
            r#"{"version":1,"turn":1,"document":{"version":1,"time_zone":▶"Mars/Base","agents":[{"id":"a","team":▶"t"}]}}"#.into(),
            &[("unknown_zone", "$.document.time_zone"), ("unknown_reference", "$.document.agents[0].team")],
        ),
        (r#"{"version":1,"turn":1,"document":▶7}"#.into(), &[("wrong_type", "$.document")]),
    ] {
        let expected: Vec<_> = expected.iter().map(|(code, path)| (*code, *path, "")).collect();
        assert_told(&marked, &expected, Turn::from_json);
    }
}

/// A command is not read again: one that this build does not know, or that names what is gone, is followed.
#[test]
fn follow_a_command_that_cannot_be_read() {
    let (there, mut turns) = at_work();
    let unknown = edited(&turns[1], |turn| {
        turn["command"]["type"] = json!("teleport");
        turn["command"]["attributes"] = json!({"$ref": 7});
    });
    assert_eq!(unknown.command_json().map(|it| it.contains(r#""teleport""#)), Some(true));
    turns[1] = unknown;
    assert_eq!(Desk::rebuild(&turns).unwrap().snapshot(), there.snapshot());
}

/// A reader rebuilds a desk with its strategies, and without those that the first document named.
#[cfg(feature = "script")]
#[test]
fn need_no_script() {
    use frontdesk::script::Scripts;

    let scripted = DOCUMENT.replacen(r#"{"assign_to":"#, r#"{"strategy":{"script":"s"},"assign_to":"#, 1);
    let scripts = Scripts::from_sources([("s", "fn score(agent, conversation, desk) { 1 }")]).unwrap();
    let reader = Reader::new().scripts(scripts);
    let mut desk = reader.desk(&scripted).unwrap();
    let mut turns = vec![Turn::first(desk.document())];
    desk.apply(&turns[0]).unwrap();
    let turn = desk.propose(&command(&desk, COMMANDS[0]));
    assert!(turn.to_json().contains("script:s"));
    desk.apply(&turn).unwrap();
    turns.push(turn);
    let rebuilt = Desk::rebuild(&turns).unwrap();
    assert_eq!((rebuilt.snapshot(), rebuilt.missing_strategies().len()), (desk.snapshot(), 1));
    let rebuilt = reader.rebuild(&turns).unwrap();
    assert_eq!((rebuilt.snapshot(), rebuilt.missing_strategies().len()), (desk.snapshot(), 0));
    assert_eq!(reader.turn(&turns[0].to_json()).as_ref(), Ok(&turns[0]));
    // A desk with other scripts follows all the same.
    let others = Scripts::from_sources([("other", "fn score(agent, conversation, desk) { 1 }")]).unwrap();
    assert!(Reader::new().scripts(others.clone()).turn(&turns[0].to_json()).is_ok());
    assert_eq!(Reader::new().scripts(others).rebuild(&turns).unwrap_err()[0].code, Code::UnknownScript);
}
