//! An answer as text equals that of the method of the same name, on random desks after some commands.

use frontdesk::story::{Names, Story};
use frontdesk::time::{Duration, Instant, Span};
use frontdesk::{
    Availability, Code, Desk, Event, HoursOf, Id, Inbox, Options, Problem, Scope, State, Visitor, WorkingDays,
    desk::{ConversationFilter, Filter, QueueFilter, View, ViewRequest, ViewSort, Whereabouts},
    questions,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde::Serialize;
use serde_json::{Value, json};

use crate::model::generate::{self, scenario::Scenario};
use crate::schemas;

/// A desk after its commands, and all its events, explained.
fn at_work(scenario: &Scenario) -> (Desk, Vec<Event>) {
    let mut desk = Desk::from_json(&scenario.document().to_string()).unwrap();
    let explained = Options::default().explain(true);
    let mut events = Vec::new();
    for command in scenario.commands() {
        let read = desk.command_from_value(command);
        events.extend(read.ok().and_then(|command| desk.handle_with(&command, &explained).ok()).unwrap_or_default());
    }
    (desk, events)
}

/// The expected answer to a question: the typed answer as text, or the code of its problem.
type Wanted = Result<String, &'static str>;

fn wanted<T: Serialize>(answer: Result<T, Problem>) -> Wanted {
    answer.map(|answer| text(&answer)).map_err(|problem| problem.code.as_str())
}

fn text(answer: &impl Serialize) -> String {
    serde_json::to_string(answer).unwrap()
}

/// Each question about an agent, an instant and a length, with its typed answer.
fn of_agent(desk: &Desk, agent: &str, at: Instant, time: Duration) -> Vec<(Value, Wanted)> {
    let end = at.saturating_add(time.millis());
    let range = Span::new(at, end);
    let of = HoursOf::Agent(agent.into());
    vec![
        (json!({"ask": "status", "agent": agent, "at": at}), wanted(desk.status(agent, at))),
        (json!({"ask": "next_change", "agent": agent, "at": at}), wanted(desk.next_change(agent, at))),
        (json!({"ask": "next_available", "agent": agent, "at": at}), wanted(desk.next_available(agent, at))),
        (json!({"ask": "schedule", "agent": agent, "start": at, "end": end}), wanted(desk.schedule(agent, range))),
        (json!({"ask": "schedule", "agent": agent, "start": end, "end": at}), {
            wanted(desk.schedule(agent, Span::new(end, at)))
        }),
        (json!({"ask": "zone_of", "agent": agent}), wanted(desk.zone_of(agent))),
        (json!({"ask": "working_time", "agent": agent, "start": at, "end": end}), {
            wanted(desk.working_time(&of, at, end))
        }),
        (json!({"ask": "after", "agent": agent, "at": at, "time": time}), wanted(desk.after(&of, at, time))),
        (json!({"ask": "before", "agent": agent, "at": at, "time": time}), wanted(desk.before(&of, at, time))),
        (json!({"ask": "after", "agent": agent, "at": at, "time": {"working_days": 2}}), {
            wanted(desk.after(&of, at, WorkingDays::new(2).unwrap()))
        }),
        (json!({"ask": "before", "agent": agent, "at": at, "time": {"working_days": 1, "end_of_day": true}}), {
            wanted(desk.before(&of, at, WorkingDays::new(1).unwrap().at_end_of_day()))
        }),
    ]
}

/// The queue of an agent, a team and a channel.
fn of_queue(desk: &Desk, agent: &str, team: &str, channel: &str) -> Vec<(Value, Wanted)> {
    let filters = [
        QueueFilter { agent: Some(agent.into()), ..QueueFilter::default() },
        QueueFilter { team: Some(team.into()), ..QueueFilter::default() },
        QueueFilter { channel: Some(channel.into()), ..QueueFilter::default() },
        QueueFilter { agent: Some(agent.into()), channel: Some(channel.into()), ..QueueFilter::default() },
    ];
    let asked = |filter: &QueueFilter| with(json!({"ask": "queue"}), &serde_json::to_value(filter).unwrap());
    filters.iter().map(|filter| (asked(filter), wanted(desk.queue_where(filter)))).collect()
}

/// Each question about some agents.
fn of_scope(desk: &Desk, keys: &Value, scope: &Scope, at: Instant, step: Duration) -> Vec<(Value, Wanted)> {
    let end = at.saturating_add(step.millis() * 7 / 2);
    let range = Span::new(at, end);
    let available = desk.available(scope, at).map(|available| available.iter().cloned().collect::<Vec<Id>>());
    vec![
        (with(json!({"ask": "available", "at": at}), keys), wanted(available)),
        (with(json!({"ask": "coverage", "start": at, "end": end}), keys), wanted(desk.coverage(scope, range))),
        (with(json!({"ask": "coverage_steps", "start": at, "end": end, "step": step}), keys), {
            wanted(desk.coverage_steps(scope, range, step))
        }),
        (
            with(json!({"ask": "coverage", "start": at, "end": end, "who": true}), keys),
            wanted(desk.staffing(scope, range)),
        ),
        (with(json!({"ask": "coverage_steps", "start": at, "end": end, "step": step, "who": true}), keys), {
            wanted(desk.staffing_steps(scope, range, step))
        }),
    ]
}

fn with(mut question: Value, keys: &Value) -> Value {
    let keys = keys.as_object().cloned().unwrap_or_default();
    question.as_object_mut().into_iter().for_each(|question| question.extend(keys.clone()));
    question
}

/// Each question about a channel.
fn of_channel(desk: &Desk, inbox: &str, channel: &str, at: Instant, time: Duration) -> Vec<(Value, Wanted)> {
    let owner = desk.agents().next().map(|agent| agent.id.clone());
    let visitor = Visitor { id: Some("v".into()), owner, known: true, ..Visitor::default() };
    let of = HoursOf::Channel { inbox: inbox.into(), channel: channel.into() };
    let asked = json!({"ask": "visitor", "inbox": inbox, "channel": channel, "at": at});
    let mut known = json!({"visitor": {"id": "v", "known": true}});
    if let Some(owner) = &visitor.owner {
        known["visitor"]["owner"] = json!(owner);
    }
    vec![
        (asked.clone(), wanted(desk.visitor(inbox, channel, at, &Visitor::default()))),
        (with(asked, &known), wanted(desk.visitor(inbox, channel, at, &visitor))),
        (json!({"ask": "after", "inbox": inbox, "channel": channel, "at": at, "time": time}), {
            wanted(desk.after(&of, at, time))
        }),
    ]
}

/// Each question about a conversation.
fn of_conversation(desk: &Desk, events: &[Event], id: &str, agent: &str, at: Instant) -> Vec<(Value, Wanted)> {
    let document = desk.document();
    let names = Names::of(&document);
    let mut story = Story::of(id, document.time_zone).with_names(names);
    events.iter().for_each(|event| story.hear(event));
    let told: Vec<Value> = events.iter().map(|event| serde_json::from_str(&event.to_json()).unwrap()).collect();
    vec![
        (json!({"ask": "conversation", "conversation": id}), Ok(text(&desk.conversation(id)))),
        (json!({"ask": "why", "conversation": id}), wanted(desk.why(id))),
        (json!({"ask": "place", "conversation": id}), wanted(desk.place(id))),
        (json!({"ask": "shown_in", "conversation": id, "agent": agent, "at": at}), {
            wanted(desk.shown_in(id, agent, at))
        }),
        (json!({"ask": "inboxes_of", "agent": agent}), wanted(desk.inboxes_of(agent))),
        (json!({"ask": "view_counts", "by": agent}), wanted(desk.view_counts(Some(agent), None))),
        (json!({"ask": "view", "view": "mine", "by": agent, "sort": "oldest", "limit": 2}), {
            let (view, by, sort) = (Some(View::Mine), Some(agent.into()), ViewSort::Oldest);
            wanted(desk.view(&ViewRequest { view, by, sort, limit: 2, ..ViewRequest::default() }))
        }),
        of_may(desk, &json!({"type": "reply", "at": at, "conversation": id, "by": agent})),
        of_may(
            desk,
            &json!({"type": "assign", "at": at, "conversation": id, "to": {"agent": agent}, "or_substitute": true}),
        ),
        (json!({"ask": "story", "conversation": id, "events": told}), Ok(text(&story.lines()))),
    ]
}

/// The question whether a command is allowed.
fn of_may(desk: &Desk, command: &Value) -> (Value, Wanted) {
    let may = desk.read_command(&command.to_string()).map(|command| desk.clone().may(&command));
    (json!({"ask": "may", "command": command}), may.map(|may| text(&may)).map_err(|problems| problems[0].code.as_str()))
}

/// Each question about the whole desk.
fn of_desk(desk: &Desk, at: Instant, time: Duration) -> Vec<(Value, Wanted)> {
    let end = at.saturating_add(time.millis());
    let by_team = desk.coverage_by_team(Span::new(at, end)).unwrap();
    let by_team: Vec<Value> = by_team.iter().map(|(team, spans)| json!({"team": team, "coverage": spans})).collect();
    let filter = Filter { state: Some(State::Available), ..Filter::default() };
    vec![
        (json!({"ask": "coverage_by_team", "start": at, "end": end}), Ok(in_order(&by_team))),
        (
            json!({"ask": "publish", "inbox": "no inbox", "from": at, "days": 1}),
            wanted(desk.publish("no inbox", at, 1)),
        ),
        (json!({"ask": "table", "at": at}), wanted(desk.table(&Filter::default(), at))),
        (json!({"ask": "table", "at": at, "filter": filter}), wanted(desk.table(&filter, at))),
        (json!({"ask": "table", "at": at, "filter": "f1"}), {
            wanted(desk.table_filter("f1").and_then(|filter| desk.table(filter, at)))
        }),
        (json!({"ask": "queue"}), Ok(text(&desk.queue()))),
        (json!({"ask": "conversations"}), Ok(text(&desk.conversations().collect::<Vec<_>>()))),
        (json!({"ask": "conversations", "filter": {"state": ["queued", "closed"]}}), {
            let states = vec![Whereabouts::Queued, Whereabouts::Closed];
            wanted(desk.conversations_where(&ConversationFilter { states, ..ConversationFilter::default() }))
        }),
        (json!({"ask": "conversations", "filter": {"agent": "no agent"}}), {
            let agent = Some("no agent".into());
            wanted(desk.conversations_where(&ConversationFilter { agent, ..ConversationFilter::default() }))
        }),
        (json!({"ask": "document"}), Ok(text(&desk.document()))),
        (json!({"ask": "snapshot"}), Ok(desk.snapshot())),
        (json!({"ask": "next_wakeup"}), Ok(text(&desk.next_wakeup()))),
        (json!({"ask": "now"}), Ok(text(&desk.now()))),
        (json!({"ask": "turn"}), Ok(text(&desk.turn()))),
        (json!({"ask": "is_due", "at": at}), Ok(text(&desk.is_due(at)))),
        (json!({"ask": "warnings"}), Ok(text(&desk.warnings()))),
    ]
}

/// The coverage of teams with their keys in the documented order, which a JSON value does not keep.
fn in_order(teams: &[Value]) -> String {
    let spans = |team: &Value| -> Vec<String> {
        let span =
            |it: &Value| format!(r#"{{"start":{},"end":{},"available":{}}}"#, it["start"], it["end"], it["available"]);
        team["coverage"].as_array().into_iter().flatten().map(span).collect()
    };
    let told = |team: &Value| format!(r#"{{"team":{},"coverage":[{}]}}"#, team["team"], spans(team).join(","));
    format!("[{}]", teams.iter().map(told).collect::<Vec<_>>().join(","))
}

/// Returns the published availability of an inbox.
fn of_inbox(desk: &Desk, inbox: &str, from: Instant, days: u32) -> Vec<(Value, Wanted)> {
    let asked = json!({"ask": "publish", "inbox": inbox, "from": from, "days": days});
    vec![(asked, wanted(desk.publish(inbox, from, days)))]
}

fn check(desk: &Desk, questions: Vec<(Value, Wanted)>, asked: &mut Vec<String>) -> TestCaseResult {
    for (question, wanted) in questions {
        let answer = desk.ask_json(&question.to_string());
        let name = question["ask"].as_str().unwrap();
        fits_the_schemas(name, &question, answer.as_deref().ok())?;
        if !asked.iter().any(|it| it == name) {
            keys_are_those_of_the_schema(desk, &question)?;
            asked.push(name.to_owned());
        }
        match (answer, wanted) {
            (Ok(answer), Ok(wanted)) => prop_assert_eq!(answer, wanted, "{}", question),
            (Err(problems), Err(code)) => {
                prop_assert_eq!(problems.len(), 1);
                prop_assert_eq!(problems[0].code.as_str(), code, "{}", question);
                prop_assert!(problems[0].path.len() > 1 && problems[0].position.is_some(), "{:?}", problems);
            }
            (answer, wanted) => prop_assert!(false, "{}: {:?}, not {:?}", question, answer, wanted),
        }
    }
    Ok(())
}

fn fits_the_schemas(name: &str, question: &Value, answer: Option<&str>) -> TestCaseResult {
    prop_assert_eq!(schemas::faults(&schemas::QUESTION, question), "", "{}", question);
    if let Some(answer) = answer {
        let answer = json!({name: serde_json::from_str::<Value>(answer).unwrap()});
        prop_assert_eq!(schemas::faults(&schemas::ANSWER, &answer), "", "{}", answer);
    }
    Ok(())
}

/// The schema requires the keys that the reader requires, and refuses those that it refuses.
fn keys_are_those_of_the_schema(desk: &Desk, question: &Value) -> TestCaseResult {
    for key in question.as_object().unwrap().keys() {
        let mut shorter = question.clone();
        shorter.as_object_mut().unwrap().remove(key);
        let problem = desk.ask_json(&shorter.to_string()).err().filter(|problems| problems[0].path == "$");
        // The schema does not tell which keys go together.
        let is_missed = problem.is_some_and(|problems| {
            problems[0].code == Code::MissingKey && !problems[0].message.starts_with("say whose working time")
        });
        prop_assert_eq!(!is_missed, schemas::faults(&schemas::QUESTION, &shorter).is_empty(), "{}", shorter);
    }
    let longer = with(question.clone(), &json!({"unknown": 1}));
    prop_assert!(!schemas::faults(&schemas::QUESTION, &longer).is_empty());
    prop_assert_eq!(desk.ask_json(&longer.to_string()).unwrap_err()[0].code.as_str(), "unknown_key");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn answers_are_those_of_the_methods(scenario in generate::scenario(), later in 0..400_000_000_i64, time in 1..90_000_i64) {
        let (desk, events) = at_work(&scenario);
        let document = desk.document();
        let time = Duration::from_millis(time * 1_001).unwrap();
        let start = desk.now().unwrap_or(Instant::parse("2026-11-20T09:00:00Z").unwrap());
        let at = start.saturating_add(later);
        let mut asked = Vec::new();
        for agent in document.agents.iter().map(|agent| agent.id.as_str()).chain(["nobody"]) {
            check(&desk, of_agent(&desk, agent, at, time), &mut asked)?;
        }
        check(&desk, of_scope(&desk, &json!({}), &Scope::Everyone, at, time), &mut asked)?;
        for team in document.teams.iter().map(|team| team.id.clone()).chain([Id::from("no team")]) {
            check(&desk, of_scope(&desk, &json!({"team": team}), &Scope::Team(team.clone()), at, time), &mut asked)?;
            let extra = json!({"team": team, "extra": true});
            check(&desk, of_scope(&desk, &extra, &Scope::TeamWithExtra(team), at, time), &mut asked)?;
        }
        let channels = |inbox: &Inbox| inbox.channels.iter().map(|channel| channel.id.clone()).collect();
        let inboxes = document.inboxes.iter().map(|inbox| (inbox.id.clone(), channels(inbox)));
        for (inbox, channels) in inboxes.chain([(Id::from("no inbox"), Vec::new())]) {
            let scope = Scope::Inbox(inbox.clone());
            check(&desk, of_inbox(&desk, &inbox, at, 3), &mut asked)?;
            check(&desk, of_scope(&desk, &json!({"inbox": inbox}), &scope, at, time), &mut asked)?;
            for channel in channels.iter().map(Id::as_str).chain(["no channel"]) {
                check(&desk, of_channel(&desk, &inbox, channel, at, time), &mut asked)?;
            }
        }
        let agent = document.agents.first().map_or("nobody", |agent| &agent.id);
        let team = document.teams.first().map_or("no team", |team| &team.id);
        let channel = document.inboxes.iter().flat_map(|inbox| &inbox.channels).next();
        let channel = channel.map_or("no channel", |channel| &channel.id);
        check(&desk, of_queue(&desk, agent, team, channel), &mut asked)?;
        let conversations: Vec<Id> = desk.conversations().map(|it| it.conversation).collect();
        for id in conversations.iter().map(Id::as_str).take(5).chain(["no conversation"]) {
            check(&desk, of_conversation(&desk, &events, id, agent, at), &mut asked)?;
        }
        check(&desk, of_desk(&desk, at, time), &mut asked)?;
        for name in questions::names() {
            prop_assert!(asked.iter().any(|it| it == name), "{} is not asked", name);
        }
    }
}

#[test]
fn questions_about_availability_are_among_all() {
    let document = r#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "i", "channels": []}]}"#;
    let (desk, availability) = (Desk::from_json(document).unwrap(), Availability::from_json(document).unwrap());
    let publish = r#"{"ask": "publish", "inbox": "i", "from": "2026-11-20T09:00:00Z", "days": 2}"#;
    let coverage = r#"{"ask": "coverage", "start": "2026-11-20T09:00:00Z", "end": "2026-11-20T10:00:00Z"}"#;
    for question in [coverage, publish, r#"{"ask": "status"}"#] {
        assert_eq!(availability.ask_json(question), desk.ask_json(question));
    }
    let unknown = availability.ask_json(r#"{"ask": "queue"}"#).unwrap_err();
    assert_eq!((unknown[0].code.as_str(), unknown[0].path.as_str()), ("invalid_value", "$.ask"));
}

#[test]
fn days_to_publish_are_counted() {
    let desk =
        Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "i", "channels": []}]}"#).unwrap();
    let at = Instant::parse("2026-11-20T09:00:00Z").unwrap();
    for days in [0, 367] {
        let question = json!({"ask": "publish", "inbox": "i", "from": at, "days": days});
        let problems = desk.ask_json(&question.to_string()).unwrap_err();
        assert_eq!((problems[0].code.as_str(), problems[0].path.as_str()), ("out_of_range", "$.days"));
        assert_eq!(desk.publish("i", at, days).unwrap_err().code.as_str(), "out_of_range");
    }
}

#[test]
fn each_question_is_documented() {
    let documented = include_str!("../../src/questions/mod.rs");
    for name in questions::names() {
        assert!(
            documented.lines().any(|line| line.starts_with("//! |") && line.contains(&format!("`{name}`"))),
            "{name}"
        );
    }
}
