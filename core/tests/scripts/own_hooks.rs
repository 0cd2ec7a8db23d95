//! The hooks of the embedder's own strategies: who is eligible, the place in the queue, and what follows when nobody is found.

use frontdesk::story::Story;
use frontdesk::strategies::{
    Admission, AgentView, Choice, Failed, FallBack, OwnHooks, OwnStrategy, Question, Strategies,
};
use frontdesk::time::Zone;
use frontdesk::{Desk, Event, Id, Options, Otherwise, Reader};
use serde_json::{Value, json};

use crate::support_desk::Office;

type Admit = fn(&Question, AgentView<'_>) -> Result<Admission, Failed>;
type Rank = fn(&Question) -> Result<Option<i64>, Failed>;
type Follow = fn(&Question) -> Result<FallBack, Failed>;

/// A strategy that chooses the last candidate, with hooks.
#[derive(Clone, Copy, Default)]
struct Mine {
    admit: Option<Admit>,
    rank: Option<Rank>,
    follow: Option<Follow>,
}

impl OwnStrategy for Mine {
    fn hooks(&self) -> OwnHooks {
        OwnHooks { eligible: self.admit.is_some(), priority: self.rank.is_some(), fallback: self.follow.is_some() }
    }

    fn eligible(&self, question: &Question, agent: AgentView<'_>) -> Result<Admission, Failed> {
        self.admit.expect("called as it is named")(question, agent)
    }

    fn priority(&self, question: &Question) -> Result<Option<i64>, Failed> {
        assert_eq!((question.candidates().count(), question.conversation().step()), (0, 0));
        self.rank.expect("called as it is named")(question)
    }

    fn fallback(&self, question: &Question) -> Result<FallBack, Failed> {
        assert_eq!(question.candidates().count(), 0);
        self.follow.expect("called as it is named")(question)
    }

    fn choose(&self, question: &Question) -> Result<Choice, Failed> {
        let last = question.candidates().last().expect("it is called if somebody is left");
        Ok(Choice::Because(last.id().clone(), format!("{} is the last", last.id())))
    }
}

fn agents(capacity: u32) -> Value {
    json!([{"id": "anna", "capacity": capacity, "skills": {"sv": 2}}, {"id": "bo", "capacity": capacity}])
}

fn mine() -> Value {
    json!({"assign_to": "everyone", "strategy": {"script": "mine"}, "wait": "10m"})
}

#[track_caller]
fn desk(office: Office, strategy: Mine) -> Desk {
    let strategies = Strategies::new().with("mine", strategy);
    Reader::new().strategies(strategies).desk(&office.text()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn admitting(admit: Admit) -> Desk {
    desk(Office::of(agents(1)).steps(json!([mine()])), Mine { admit: Some(admit), ..Mine::default() })
}

fn ranking(rank: Rank) -> Desk {
    desk(Office::of(agents(1)).steps(json!([mine()])), Mine { rank: Some(rank), ..Mine::default() })
}

fn following(follow: Follow) -> Desk {
    let rule = json!([{"id": "r", "steps": [mine(), {"assign_to": {"agents": ["bo"]}, "wait": "1h"},
        {"assign_to": {"agents": ["bo"]}}], "otherwise": {"voicemail": "busy"}}]);
    desk(Office::of(agents(0)).rules(rule), Mine { follow: Some(follow), ..Mine::default() })
}

fn speaks(question: &Question, agent: AgentView<'_>) -> Result<Admission, Failed> {
    let language = question.conversation().attributes().get("language").and_then(Value::as_str).unwrap_or("sv");
    match (agent.skill(language), language) {
        (0, "no") => Ok(Admission::No),
        (0, _) => Ok(Admission::Because(format!("does not speak {language}"))),
        _ => Ok(Admission::Yes),
    }
}

fn by_plan(question: &Question) -> Result<Option<i64>, Failed> {
    match question.conversation().attributes().get("plan").and_then(Value::as_str) {
        Some("gold") => Ok(Some(10)),
        Some("lead") => Ok(Some(-1)),
        Some("too much") => Ok(Some(i64::MAX)),
        Some("broken") => Err(Failed::new("no plans today").with_code("no_plans")),
        _ => Ok(None),
    }
}

fn as_asked(question: &Question) -> Result<FallBack, Failed> {
    Ok(match question.conversation().attributes().get("then").and_then(Value::as_str) {
        Some("next") => FallBack::Next,
        Some("third") => FallBack::Step(3),
        Some("again") => FallBack::Step(1),
        Some("bot") => FallBack::Otherwise(Otherwise::Bot(Id::from("robo"))),
        Some("nothing") => FallBack::Otherwise(Otherwise::Voicemail(Id::from(""))),
        Some("queue") => FallBack::Otherwise(Otherwise::Queue),
        Some("panic") => panic!("as asked"),
        _ => FallBack::GoOn,
    })
}

stories! {
    who_is_refused_is_not_chosen: admitting(speaks), r#"
        09:00 open c1 why
        - c1 assigned anna r/1 strategy:mine
        * anna eligible
        * bo rejected_by_script
        09:00 open c2 {"attributes": {"language": "no"}} why
        - c2 queued r/1 until 09:10
        * anna at_capacity total 1 load 1
        * bo rejected_by_script"#;

    a_priority_is_a_place_in_the_queue: ranking(by_plan), r#"
        09:00 open c1
        - c1 assigned bo r/1 strategy:mine
        09:00 open c2
        - c2 assigned anna r/1 strategy:mine
        09:01 open c3 {"attributes": {"plan": "lead"}}
        - c3 prioritized r mine -1
        - c3 queued r/1 until 09:11
        09:01 open c4
        - c4 queued r/1 until 09:11
        09:01 open c5 {"attributes": {"plan": "gold"}}
        - c5 prioritized r mine 10
        - c5 queued r/1 until 09:11
        09:02 close c1
        - c1 closed bo
        - c5 assigned bo r/1 strategy:mine
        09:03 close c2
        - c2 closed anna
        - c4 assigned anna r/1 strategy:mine"#;

    an_update_asks_for_the_priority_again: ranking(by_plan), r#"
        09:00 open c1
        - c1 assigned bo r/1 strategy:mine
        09:00 open c2
        - c2 assigned anna r/1 strategy:mine
        09:01 open c3
        - c3 queued r/1 until 09:11
        09:02 update c3 {"attributes": {"plan": "gold"}}
        - c3 updated goes on
        - c3 prioritized r mine 10"#;

    a_priority_that_is_none: ranking(by_plan), r#"
        09:00 open c1 {"attributes": {"plan": "too much"}}
        - c1 script_failed r priority invalid_result
        - c1 assigned bo r/1 strategy:mine
        09:00 open c2 {"attributes": {"plan": "broken"}}
        - c2 script_failed r priority no_plans
        - c2 assigned anna r/1 strategy:mine"#;

    a_fallback_says_what_follows: following(as_asked), r#"
        09:00 open c1
        - c1 queued r/1 until 09:10
        09:00 open c2 {"attributes": {"then": "next"}}
        - c2 queued r/2 until 10:00
        09:00 open c3 {"attributes": {"then": "third"}}
        - c3 sent_to_voicemail busy by r
        09:00 open c4 {"attributes": {"then": "bot"}}
        - c4 handed_to_bot robo by r
        09:00 open c5 {"attributes": {"then": "queue"}}
        - c5 queued r/3"#;

    a_fallback_that_is_none: following(as_asked), r#"
        09:00 open c1 {"attributes": {"then": "again"}}
        - c1 script_failed r/1 fallback invalid_result
        - c1 queued r/1 until 09:10
        09:00 open c2 {"attributes": {"then": "nothing"}}
        - c2 script_failed r/1 fallback invalid_result
        - c2 queued r/1 until 09:10
        09:00 open c3 {"attributes": {"then": "panic"}}
        - c3 script_failed r/1 fallback script_error
        - c3 queued r/1 until 09:10"#;
}

fn explained(desk: &mut Desk, id: &str, attributes: &Value) -> Vec<Event> {
    let open = json!({"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": id, "inbox": "main", "channel": "chat",
        "attributes": attributes});
    let open = desk.read_command(&open.to_string()).unwrap();
    desk.handle_with(&open, &Options::default().explain(true)).unwrap()
}

fn told(events: &[Event]) -> Vec<String> {
    let mut story = Story::of("c1", Zone::named("UTC").unwrap());
    events.iter().for_each(|event| story.hear(event));
    story.lines().iter().map(|line| line.text.clone()).collect()
}

#[test]
fn stories_call_it_by_its_name_and_give_its_reasons() {
    let mut desk = desk(
        Office::of(json!([{"id": "anna", "skills": {"sv": 1}}, {"id": "bo"}, {"id": "cy", "skills": {"sv": 1}}]))
            .steps(json!([mine()])),
        Mine { admit: Some(speaks), rank: Some(by_plan), follow: None },
    );
    let events = explained(&mut desk, "c1", &json!({"plan": "gold"}));
    assert_eq!(
        told(&events),
        [
            "It arrived in main by chat.",
            "The strategy mine gave it the priority 10.",
            "It went to cy at once, by step 1 of the rule r (the strategy mine): picked among 2.",
            "The strategy says: cy is the last",
            "Not asked: bo (does not speak sv).",
        ]
    );
    let assigned = events.iter().find(|event| event.to_json().contains("\"assigned\"")).unwrap().to_json();
    assert!(
        assigned.contains(r#""reason":"rejected_by_script","strategy":"mine","because":"does not speak sv""#),
        "{assigned}"
    );
    let prioritized = events[1].to_json();
    assert!(prioritized.contains(r#""rule":"r","strategy":"mine","priority":10"#), "{prioritized}");
}

#[test]
fn failures_name_the_strategy() {
    let mut desk = ranking(by_plan);
    let events = explained(&mut desk, "c1", &json!({"plan": "broken"}));
    assert!(events[1].to_json().contains(r#""rule":"r","strategy":"mine","hook":"priority","code":"no_plans""#));
    assert_eq!(told(&events)[1], "The strategy mine failed in priority: no plans today.");
}

/// Logs of before call a strategy `script:NAME`.
#[test]
fn old_logs_are_read_and_told() {
    let log = r#"{"version":1,"seq":1,"at":"2026-11-20T09:00:00.000Z","type":"opened","conversation":"c1","inbox":"main","channel":"chat"}
        {"version":1,"seq":2,"at":"2026-11-20T09:00:00.000Z","type":"script_failed","conversation":"c1","rule":"r","script":"mine","hook":"pick","code":"script_error","message":"no luck","on_error":"in_order"}
        {"version":1,"seq":3,"at":"2026-11-20T09:00:00.000Z","type":"prioritized","conversation":"c1","rule":"r","script":"mine","priority":3}
        {"version":1,"seq":4,"at":"2026-11-20T09:00:00.000Z","type":"assigned","conversation":"c1","agent":"bo","rule":"r","step":1,"strategy":"script:mine","considered":[{"agent":"anna","load":0,"reason":"rejected_by_script","script":"mine"},{"agent":"bo","load":0}]}"#;
    let events: Vec<Event> = log.lines().map(|line| Event::from_json(line.trim()).unwrap()).collect();
    let mut desk = desk(Office::of(agents(1)).steps(json!([mine()])), Mine::default());
    for (event, line) in events.iter().zip(log.lines()) {
        desk.apply(event).unwrap();
        assert_eq!(event.to_json(), line.trim());
    }
    assert_eq!(
        told(&events)[1..],
        [
            "The script mine failed in pick: no luck.",
            "The script mine gave it the priority 3.",
            "It went to bo at once, by step 1 of the rule r (the script mine): bo was the only one who could take it.",
            "Not asked: anna (the script mine refused).",
        ]
    );
}
