//! Strategies of the embedder: their views, answers and failures, with and without scripts.

use frontdesk::strategies::{Choice, Failed, OwnStrategy, Question, Strategies};
use frontdesk::{Code, Deadline, Desk, Id, Options, Reader};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support_desk::Office;

type Answer = Result<Choice, Failed>;

/// Runs a function within a deadline that passes when another function returns `true`.
fn within(is_up: impl Fn() -> bool + Send + Sync + 'static) -> Options {
    Options::default().deadline(Deadline::new(is_up))
}

fn office(steps: Value) -> Office {
    Office::of(json!([
        {"id": "anna", "team": "vip", "skills": {"billing": 5}, "attributes": {"weight": 1}},
        {"id": "bo", "extra_teams": ["vip"], "capacity": 2},
        {"id": "cy", "name": "Cyd", "active": false},
    ]))
    .steps(steps)
}

/// Two steps, of which the first uses the strategy `mine` for everyone.
fn steps() -> Value {
    json!([{"assign_to": "everyone", "strategy": {"script": "mine"}, "on_error": "in_order"}])
}

#[track_caller]
fn desk(office: Office, strategies: Strategies) -> Desk {
    let document = Reader::new().strategies(strategies.clone()).document(&office.text());
    let mut desk = Desk::new(document.unwrap_or_else(|problems| panic!("{problems:#?}")));
    desk.set_strategies(strategies).unwrap_or_else(|problems| panic!("{problems:#?}"));
    desk
}

/// A desk whose strategy `mine` gives this answer.
fn answering(answer: impl Fn(&Question) -> Answer + Send + Sync + 'static) -> Desk {
    desk(office(steps()), Strategies::new().with("mine", answer))
}

fn late() -> Failed {
    Failed::new("stopped").with_code(Code::TimeIsUp.as_str())
}

fn open(id: &str, time: &str) -> String {
    json!({"type": "open", "at": format!("2026-11-20T{time}:00Z"), "conversation": id, "inbox": "main", "channel": "chat"})
        .to_string()
}

fn agent(id: &str) -> Answer {
    Ok(Choice::Agent(Id::from(id)))
}

fn scores(scores: &[(&str, f64)]) -> Answer {
    Ok(Choice::Scores(scores.iter().map(|(id, score)| (Id::from(*id), *score)).collect()))
}

stories! {
    it_chooses: answering(|_| agent("bo")), "
        09:00 open c1 why
        - c1 assigned bo r/1 strategy:mine
        * anna eligible
        * bo eligible
        * cy deactivated
    ";
    nobody_is_an_answer: answering(|_| Ok(Choice::Nobody)), "
        09:00 open c1
        - c1 queued r/1
    ";
    the_highest_score_wins_and_who_has_none_is_refused: answering(|_| scores(&[("bo", 1.5)])), "
        09:00 open c1 why
        - c1 assigned bo r/1 strategy:mine
        * anna rejected_by_script
        * bo eligible score 1.5
        * cy deactivated
    ";
    equal_scores_go_to_the_least_busy_then_first: answering(|_| scores(&[("bo", 1.0), ("anna", 1.0)])), "
        09:00 open c1
        - c1 assigned anna r/1 strategy:mine
        09:00 open c2
        - c2 assigned bo r/1 strategy:mine
        09:00 open c3
        - c3 assigned anna r/1 strategy:mine
    ";
    an_id_given_twice_counts_once_with_its_last_score: answering(|_| {
        scores(&[("anna", 9.0), ("bo", 2.0), ("anna", 1.0), ("bo", 3.0)])
    }), "
        09:00 open c1 why
        - c1 assigned bo r/1 strategy:mine
        * anna eligible score 1
        * bo eligible score 3
        * cy deactivated
    ";
    no_scores_are_nobody: answering(|_| scores(&[])), "
        09:00 open c1
        - c1 queued r/1
    ";
    whoever_is_no_candidate_is_no_answer: answering(|question| match question.conversation().id().as_str() {
        "c1" => agent("nobody"),
        "c2" => agent("cy"),
        "c3" => scores(&[("anna", 1.0), ("cy", 2.0)]),
        _ => agent(""),
    }), "
        09:00 open c1
        - c1 script_failed r/1 pick invalid_result in_order
        - c1 assigned anna r/1 in_order
        09:00 open c2
        - c2 script_failed r/1 pick invalid_result in_order
        - c2 assigned anna r/1 in_order
        09:00 open c3
        - c3 script_failed r/1 pick invalid_result in_order
        - c3 assigned anna r/1 in_order
        09:00 open c4
        - c4 script_failed r/1 pick invalid_result in_order
        - c4 assigned anna r/1 in_order
    ";
    scores_that_have_no_order_are_no_answer: answering(|question| match question.conversation().id().as_str() {
        "c1" => scores(&[("anna", f64::NAN)]),
        "c2" => scores(&[("bo", f64::INFINITY)]),
        _ => scores(&[("anna", f64::MAX), ("bo", f64::MIN_POSITIVE)]),
    }), "
        09:00 open c1
        - c1 script_failed r/1 pick invalid_result in_order
        - c1 assigned anna r/1 in_order
        09:00 open c2
        - c2 script_failed r/1 pick invalid_result in_order
        - c2 assigned anna r/1 in_order
        09:00 open c3
        - c3 assigned anna r/1 strategy:mine
    ";
    a_failure_falls_to_on_error_and_is_told_once: desk(
        office(json!([{"assign_to": "everyone", "strategy": {"script": "mine"}}])),
        Strategies::new().with("mine", |_: &Question| Err(Failed::new("no luck today").with_code("unlucky")))), "
        09:00 open c1
        - c1 script_failed r/1 pick unlucky skip_step
        - c1 queued r/1
        09:01 away anna
        - anna away set_away
        09:02 back anna
        - anna available always_on
    ";
    a_failure_without_a_code_is_an_error_like_any: answering(|_| Err(Failed::new("why").with_code(""))), "
        09:00 open c1
        - c1 script_failed r/1 pick script_error in_order
        - c1 assigned anna r/1 in_order
    ";
    where_nobody_watches_the_time_its_end_is_a_failure_like_any: answering(|_| Err(late())), "
        09:00 open c1
        - c1 script_failed r/1 pick time_is_up in_order
        - c1 assigned anna r/1 in_order
        09:01 close c1
        - c1 closed anna
    ";
    a_panic_is_a_failure: answering(|question| match question.conversation().id().as_str() {
        "c1" => panic!("on purpose"),
        _ => agent("bo"),
    }), "
        09:00 open c1
        - c1 script_failed r/1 pick script_error in_order
        - c1 assigned anna r/1 in_order
        09:00 open c2
        - c2 assigned bo r/1 strategy:mine
    ";
    one_that_is_announced_and_never_comes_fails: desk(office(steps()), Strategies::new().announcing("mine")), "
        09:00 open c1
        - c1 script_failed r/1 pick unknown_script in_order
        - c1 assigned anna r/1 in_order
    ";
}

#[test]
fn it_sees_what_scripts_see() {
    let mut desk = answering(|question| {
        let (conversation, desk) = (question.conversation(), question.desk());
        let told = json!({
            "candidates": question.candidates().map(|it| it.id().to_string()).collect::<Vec<_>>(),
            "agents": desk.agents().map(|it| it.id().to_string()).collect::<Vec<_>>(),
            "available": desk.available().count(),
            "now": desk.now(), "zone": desk.time_zone().name(), "queue": desk.queue_length(),
            "anna": question.candidates().next().map(|it| {
                json!([it.load(), it.holding(), it.capacity(), it.room(), it.skill("billing"), it.skill("x"), it.is_in("vip"),
                    it.attributes(), it.state(), it.reason(), it.last_assigned(), it.last_idle(), it.since()])
            }),
            "bo": question.candidates().nth(1).map(|it| json!([it.capacity(), it.room(), it.is_in("vip"), it.is_in("x")])),
            "conversation": [json!(conversation.id()), json!(conversation.inbox()), json!(conversation.channel().id),
                json!(conversation.priority()), json!(conversation.skills()), json!(conversation.attributes()),
                json!(conversation.waiting()), json!(conversation.rule()), json!(conversation.step()),
                json!(conversation.last_agent()), json!(conversation.opened_at())],
            "contact": conversation.contact().map(|it| json!([it.id, it.owner, it.known, it.attributes])),
            "history": conversation.history().iter().map(|it| json!([it.agent, it.conversations])).collect::<Vec<_>>(),
        });
        if conversation.id().as_str() == "c2" { Err(Failed::new(told.to_string())) } else { agent("anna") }
    });
    let contact = json!({"id": "x", "owner": "bo", "known": true, "attributes": {"plan": "gold"}});
    let open = |id: &str, at: &str| {
        json!({"type": "open", "at": at, "conversation": id, "inbox": "main", "channel": "chat", "contact": contact,
            "priority": 2, "skills": {}, "attributes": {"vip": true}})
        .to_string()
    };
    desk.handle_json(&open("c1", "2026-11-20T08:00:00Z")).unwrap();
    let events = desk.handle_json(&open("c2", "2026-11-20T08:00:05Z")).unwrap();
    let failed = events.iter().find_map(|event| {
        let told: Value = serde_json::from_str(&event.to_json()).unwrap();
        (told["type"] == "script_failed").then_some(told)
    });
    let message = failed.unwrap()["message"].as_str().unwrap().to_owned();
    for seen in [
        r#""agents":["anna","bo","cy"]"#,
        r#""anna":[1,1,null,null,5,0,true,{"weight":1},"available","always_on","2026-11-20T08:00:00.000Z",null,null]"#,
        r#""available":2"#,
        r#""bo":[2,2,true,false]"#,
        r#""candidates":["anna","bo"]"#,
        r#""contact":["x","bo",true,{"plan":"gold"}]"#,
        r#""conversation":["c2","main","chat",2,{},{"vip":true},0,"r",1,"anna","2026-11-20T08:00:05.000Z"]"#,
        r#""history":[["anna",1]]"#,
        r#""queue":0"#,
        r#""zone":"UTC""#,
    ] {
        assert!(message.contains(seen), "{seen} is not in {message}");
    }
}

/// A strategy that takes a parameter, and reads only its candidates.
struct Boosted;

impl OwnStrategy for Boosted {
    fn choose(&self, question: &Question) -> Answer {
        assert_eq!(question.desk().agents().count(), question.candidates().count());
        assert!(question.conversation().history().is_empty());
        let boost = question.params().get("boost").and_then(Value::as_i64).unwrap_or(1);
        scores(&[("anna", 10.0), ("bo", boost as f64)])
    }

    fn params(&self) -> Option<BTreeMap<String, Value>> {
        Some(BTreeMap::from([("boost".to_owned(), json!(1))]))
    }

    fn sees_everyone(&self) -> bool {
        false
    }

    fn sees_history(&self) -> bool {
        false
    }
}

#[test]
fn parameters_come_from_the_step_and_are_checked() {
    let step = |params: Value| json!([{"assign_to": "everyone", "strategy": {"script": "mine", "params": params}}]);
    let strategies = || Strategies::new().with("mine", Boosted);
    crate::support_desk::story(
        &desk(office(step(json!({"boost": 20}))), strategies()),
        "
        09:00 open c1
        - c1 assigned bo r/1 strategy:mine
    ",
    );
    crate::support_desk::story(
        &desk(office(step(json!({}))), strategies()),
        "
        09:00 open c1
        - c1 assigned anna r/1 strategy:mine
    ",
    );
    let read = |params: Value, strategies: &Strategies| {
        let text = office(step(params)).text();
        Reader::new().strategies(strategies.clone()).document(&text).map_err(|problems| {
            let codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
            (codes, problems[0].hint.clone(), problems[0].position.is_some())
        })
    };
    let hint = Some("did you mean boost?".to_owned());
    assert_eq!(read(json!({"bost": 1}), &strategies()).unwrap_err(), (vec![Code::UnknownParameter], hint, true));
    assert_eq!(read(json!({"boost": "x"}), &strategies()).unwrap_err().0, [Code::WrongType]);
    let hint = Some("did you mean mind?".to_owned());
    let others = Strategies::new().announcing("mind");
    assert_eq!(read(json!({}), &others).unwrap_err(), (vec![Code::UnknownScript], hint, true));
    // A strategy that is not set yet takes any parameters.
    let mut early = desk(office(step(json!({"bost": 1}))), Strategies::new().announcing("mine"));
    assert_eq!(early.missing_strategies(), ["mine"]);
    let problems = early.set_strategies(strategies()).unwrap_err();
    assert_eq!((problems[0].code, problems[0].path.ends_with(".strategy.params.bost")), (Code::UnknownParameter, true));
    assert_eq!(early.missing_strategies(), ["mine"], "it keeps what it had");
}

#[test]
fn a_snapshot_holds_none() {
    let given = answering(|_| agent("bo"));
    assert!(given.missing_strategies().is_empty());
    let mut restored = Desk::restore(&given.snapshot()).unwrap();
    assert_eq!(restored.missing_strategies(), ["mine"]);
    crate::support_desk::story(
        &restored,
        "
        09:00 open c1
        - c1 script_failed r/1 pick unknown_script in_order
        - c1 assigned anna r/1 in_order
    ",
    );
    let again = Strategies::new().with("mine", |_: &Question| agent("bo"));
    let known = Reader::new().strategies(again).restore(&given.snapshot()).unwrap();
    assert_eq!((known.snapshot(), known.missing_strategies()), (given.snapshot(), Vec::new()));
    assert_eq!(
        Reader::new().strategies(Strategies::new()).restore(&given.snapshot()).unwrap_err()[0].code,
        Code::UnknownScript
    );
    given.reader().equip(&mut restored).unwrap();
    crate::support_desk::story(
        &restored,
        "
        09:00 open c1
        - c1 assigned bo r/1 strategy:mine
    ",
    );
}

#[test]
fn a_command_whose_time_is_up_has_not_happened() {
    let mut desk = answering(|_| Err(late()));
    let before = desk.snapshot();
    let command = desk.read_command(&open("c1", "09:00")).unwrap();
    assert_eq!(desk.handle_with(&command, &within(|| false)).unwrap_err().code, Code::TimeIsUp);
    assert_eq!(desk.handle_with(&command, &within(|| false).explain(true)).unwrap_err().code, Code::TimeIsUp);
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn the_time_is_looked_at_before_and_after_it() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&asked);
    let mut desk = answering(move |_| {
        counting.fetch_add(1, Ordering::Relaxed);
        agent("bo")
    });
    let before = desk.snapshot();
    let command = desk.read_command(&open("c1", "09:00")).unwrap();
    assert_eq!(desk.handle_with(&command, &within(|| true)).unwrap_err().code, Code::TimeIsUp);
    assert_eq!(asked.load(Ordering::Relaxed), 0, "it is not asked after the time is up");
    let since = Arc::clone(&asked);
    let took_too_long = move || since.load(Ordering::Relaxed) > 0;
    assert_eq!(desk.handle_with(&command, &within(took_too_long)).unwrap_err().code, Code::TimeIsUp);
    assert_eq!((asked.load(Ordering::Relaxed), desk.snapshot()), (1, before));
    let same = desk.clone().handle(&command);
    assert_eq!(desk.handle_with(&command, &within(|| false)).unwrap(), same);
}

#[test]
fn a_refusal_is_told_and_takes_back_what_was_due_whatever_a_strategy_says() {
    let everyone = |wait: &str| json!({"assign_to": "everyone", "strategy": {"script": "mine"}, "wait": wait});
    let mut desk = desk(
        office(json!([everyone("1m"), everyone("5m")])),
        Strategies::new().with("mine", |question: &Question| match question.conversation().step() {
            1 => Ok(Choice::Nobody),
            _ => Err(late()),
        }),
    );
    desk.handle_json(&open("c1", "09:00")).unwrap();
    let before = desk.snapshot();
    let refused = desk.handle_json(&open("c1", "09:01")).unwrap();
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert!(refused[0].to_json().contains(r#""type":"refused""#));
    assert_eq!(desk.snapshot(), before);
    // The next refusal rolls back only its own changes.
    desk.handle_json(&open("c2", "09:01")).unwrap();
    let after = desk.snapshot();
    assert_eq!(desk.handle_json(&open("c2", "09:01")).unwrap().len(), 1);
    assert_eq!(desk.snapshot(), after);
}

#[test]
fn scripts_and_strategies_side_by_side() {
    use frontdesk::script::Scripts;

    let rhai = |name: &str| Scripts::from_sources([(name, "fn pick(agents, conversation, desk) { \"bo\" }")]).unwrap();
    let both = office(json!([
        {"assign_to": "everyone", "strategy": {"script": "mine"}, "wait": "1m"},
        {"assign_to": "everyone", "strategy": {"script": "theirs"}},
    ]));
    let mine = Strategies::new().with("mine", |_: &Question| Ok(Choice::Nobody));
    let reader = |scripts, strategies: &Strategies| Reader::new().scripts(scripts).strategies(strategies.clone());
    let read = |scripts: &Scripts, strategies: &Strategies| reader(scripts.clone(), strategies).document(&both.text());
    let mut desk = Desk::new(read(&rhai("theirs"), &mine).unwrap());
    assert_eq!(desk.missing_strategies(), ["mine", "theirs"]);
    reader(rhai("theirs"), &mine).equip(&mut desk).unwrap();
    crate::support_desk::story(
        &desk,
        "
        09:00 open c1
        - c1 queued r/1 until 09:01
        09:01 advance
        - c1 step_entered r/2
        - c1 assigned bo r/2 script:theirs
    ",
    );
    // Each set can be replaced alone; the document has to fit the rest.
    desk.set_strategies(Strategies::new().with("mine", |_: &Question| agent("anna"))).unwrap();
    crate::support_desk::story(
        &desk,
        "
        09:00 open c1
        - c1 assigned anna r/1 strategy:mine
    ",
    );
    assert_eq!(desk.set_strategies(Strategies::new()).unwrap_err()[0].code, Code::UnknownScript);
    assert_eq!(desk.set_scripts(rhai("others")).unwrap_err()[0].code, Code::UnknownScript);
    let twice = Strategies::new().announcing("mine").announcing("theirs");
    let problems = desk.set_strategies(twice.clone()).unwrap_err();
    assert_eq!((problems[0].code, problems[0].path.as_str()), (Code::DuplicateId, "theirs"));
    assert_eq!(read(&rhai("theirs"), &twice).unwrap_err()[0].code, Code::DuplicateId);
}
