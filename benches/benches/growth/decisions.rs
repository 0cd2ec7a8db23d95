//! Decisions: a conversation arrives and is given to someone, under 20 rules.

use frontdesk::desk::Action;
use frontdesk::{Command, Desk, Options};
use frontdesk_benches::{close, desk, document, friday, open, open_in};
use serde_json::{Value, json};

use crate::Sizes;
use crate::measure::{cost, median, timed};
use crate::report::{Goal, Row, bytes, micros, nanos, times};

pub fn rows(sizes: &Sizes) -> Vec<Row> {
    vec![
        visits(sizes),
        conditions(),
        explained(sizes),
        explained_to_everyone(sizes),
        explained_size(sizes),
        last_inbox(sizes),
        many_classes(sizes),
        proposals(sizes),
    ]
}

/// Visits of conversations to a desk, each of which leaves it as it was but for the conversation that is closed.
pub struct Visits {
    pub desk: Desk,
    next: usize,
}

impl Visits {
    pub fn of(mut desk: Desk) -> Visits {
        desk.advance(friday());
        Visits { desk, next: 0 }
    }

    pub fn next(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    /// The median time of arrivals, of which nobody holds one when the next comes.
    pub fn arrivals(&mut self, runs: usize, arrival: impl Fn(usize) -> Command) -> f64 {
        crate::measure::middle((0..runs).map(|_| {
            let id = self.next();
            let arrival = arrival(id);
            let (events, nanos) = timed(|| self.desk.handle(&arrival));
            assert!(events.len() > 1, "{events:?}");
            self.desk.handle(&close(id, friday()));
            nanos
        }))
    }
}

/// A conversation arrives, the agent who gets it replies, and closes it.
fn visits(sizes: &Sizes) -> Row {
    let mut row = Row::new("open, reply and close by the agent, 20 rules", "agents");
    for (agents, most) in [(100, 3.0), (1_000, 4.0), (10_000, 6.0), (100_000, 10.0)] {
        let agents = sizes.of(agents);
        let mut visits = Visits::of(desk(&document(agents, "least_busy")));
        let mut visit = |nanos: &mut f64| {
            let id = visits.next();
            let arrival = open(id, friday());
            let (events, opening) = timed(|| visits.desk.handle(&arrival));
            let agent = visits.desk.conversation(&format!("c{id}")).and_then(|it| it.agent).expect("somebody has it");
            drop(events);
            let reply = Action::Reply { conversation: format!("c{id}").into(), message: None };
            let reply = Command::new(friday(), reply).by(agent.clone());
            let (_, replying) = timed(|| visits.desk.handle(&reply));
            let close = close(id, friday()).by(agent);
            let (events, closing) = timed(|| visits.desk.handle(&close));
            assert_eq!(events.len(), 1, "{events:?}");
            *nanos = opening + replying + closing;
        };
        let all = (0..2_001).map(|_| {
            let mut nanos = 0.0;
            visit(&mut nanos);
            nanos
        });
        row.add(agents, nanos(crate::measure::middle(all)), micros(most)).with(cost(|| visit(&mut 0.0)));
    }
    row
}

/// A conversation arrives under 20 rules with conditions in Rhai, of which the last holds.
fn conditions() -> Row {
    let rules: Vec<Value> = (0..20)
        .map(|index| {
            let least = if index < 19 { 1_000 + index } else { 0 };
            json!({"id": format!("rule-{index}"), "when": format!("contact.attributes.spend > {least}"),
                "steps": [{"assign_to": "everyone"}]})
        })
        .collect();
    let agents: Vec<Value> = (0..100).map(|index| json!({"id": format!("agent-{index}")})).collect();
    let channel = json!({"id": "chat", "kind": "chat", "rules": rules});
    let document =
        json!({"version": 1, "time_zone": "UTC", "agents": agents, "inboxes": [{"id": "main", "channels": [channel]}]});
    let mut visits = Visits::of(desk(&document));
    let reader = visits.desk.clone();
    let arrival = |id| {
        let contact = json!({"id": "x", "known": true, "attributes": {"spend": 900}});
        let open = json!({"type": "open", "at": friday(), "conversation": format!("c{id}"), "inbox": "main",
            "channel": "chat", "contact": contact});
        reader.command_from_value(open).expect("a command without problems")
    };
    Row::one("open, 20 rules with a condition each", "rules", 20, nanos(visits.arrivals(2_001, arrival)), micros(3.0))
}

/// A desk of so many agents, with one rule of one step.
fn with_step(agents: usize, step: Value) -> Desk {
    let mut document = document(agents, "least_busy");
    document["inboxes"][0]["channels"][0]["rules"] = json!([{"id": "all", "steps": [step]}]);
    desk(&document)
}

/// A desk of so many agents, of whom a team of 50 is the target of its rule.
fn with_target(agents: usize) -> Desk {
    with_step(agents, json!({"assign_to": {"teams": ["team-0"]}, "only_available": false}))
}

/// The median time of explained arrivals of which nobody holds one when the next comes.
fn explained_arrivals(desk: Desk) -> f64 {
    let mut visits = Visits::of(desk);
    let explaining = Options::default().explain(true);
    crate::measure::middle((0..1_001).map(|_| {
        let id = visits.next();
        let arrival = open(id, friday());
        let (events, nanos) = timed(|| visits.desk.handle_with(&arrival, &explaining));
        assert_eq!(events.map(|events| events.len()), Ok(2));
        visits.desk.handle(&close(id, friday()));
        nanos
    }))
}

/// The goal of an explained arrival, by the agents of its target.
fn explained_goal(target: usize) -> Goal {
    micros(5.0 + 0.1 * target as f64)
}

fn explained(sizes: &Sizes) -> Row {
    let mut row = Row::new("explained open, a target of 50", "agents");
    for agents in [100, 1_000, 10_000, 100_000].map(|size| sizes.of(size)) {
        row.add(agents, nanos(explained_arrivals(with_target(agents))), explained_goal(50));
    }
    row
}

/// Everyone is the target; half of them are away.
fn explained_to_everyone(sizes: &Sizes) -> Row {
    let mut row = Row::new("explained open, a target of everyone", "agents");
    for agents in [100, 1_000].map(|size| sizes.of(size)) {
        let desk = with_step(agents, json!({"assign_to": "everyone"}));
        row.add(agents, nanos(explained_arrivals(desk)), explained_goal(agents));
    }
    row
}

fn explained_size(sizes: &Sizes) -> Row {
    let mut row = Row::new("event of an explained open, a target of 50", "agents");
    for agents in [100, 10_000].map(|size| sizes.of(size)) {
        let mut visits = Visits::of(with_target(agents));
        let events = visits.desk.handle_with(&open(1, friday()), &Options::default().explain(true));
        let longest = events.into_iter().flatten().map(|event| event.to_json().len()).max().unwrap_or_default();
        row.add(agents, bytes(longest as f64), Goal::AtMost(50.0 * 100.0));
    }
    row
}

/// A conversation arrives in the last of many inboxes.
fn last_inbox(sizes: &Sizes) -> Row {
    let mut row = Row::new("open in the last inbox", "inboxes");
    for count in [10, 1_000, 10_000].map(|size| sizes.of(size)) {
        let inboxes: Vec<Value> = (0..count)
            .map(|index| {
                json!({"id": format!("inbox-{index}"), "channels": [{"id": "chat", "kind": "chat",
                "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]})
            })
            .collect();
        let agents: Vec<Value> = (0..100).map(|index| json!({"id": format!("agent-{index}")})).collect();
        let document = json!({"version": 1, "time_zone": "UTC", "agents": agents, "inboxes": inboxes});
        let mut visits = Visits::of(desk(&document));
        let last = format!("inbox-{}", count - 1);
        let arrival = |id| open_in(id, &last, "chat", friday());
        row.add(count, nanos(visits.arrivals(2_001, arrival)), micros(2.0));
    }
    row
}

/// The number of the first conversation that is there before those whose arrival is measured.
const BEFORE: usize = 1_000_000;

/// A conversation arrives for one free agent while classes of others wait.
fn many_classes(sizes: &Sizes) -> Row {
    let mut row = Row::new("open while classes wait", "classes");
    for classes in [10, 1_000, 10_000].map(|size| sizes.of(size)) {
        let mut inboxes: Vec<Value> = (0..classes)
            .map(|index| {
                json!({"id": format!("inbox-{index}"), "channels": [{"id": "chat", "kind": "chat",
                "rules": [{"id": "all", "steps": [{"assign_to": {"agents": ["busy"]}}]}]}]})
            })
            .collect();
        inboxes.push(json!({"id": "main", "channels": [{"id": "chat", "kind": "chat",
            "rules": [{"id": "all", "steps": [{"assign_to": {"agents": ["free"]}}]}]}]}));
        let agents = json!([{"id": "busy", "working_hours": []}, {"id": "free", "capacity": 1}]);
        let document = json!({"version": 1, "time_zone": "UTC", "agents": agents, "inboxes": inboxes});
        let mut visits = Visits::of(desk(&document));
        for index in 0..classes {
            visits.desk.handle(&open_in(BEFORE + index, &format!("inbox-{index}"), "chat", friday()));
        }
        assert_eq!(visits.desk.waiting(), classes);
        row.add(classes, nanos(visits.arrivals(2_001, |id| open(id, friday()))), micros(2.0));
    }
    row
}

/// Proposing beside handling.
fn proposals(sizes: &Sizes) -> Row {
    let (agents, waiting) = (sizes.of(5_000), sizes.of(50_000));
    let mut desk = desk(&document(agents, "least_busy"));
    (0..waiting).for_each(|id| drop(desk.handle(&open(id, friday()))));
    let mut id = waiting;
    let mut next = || {
        id += 1;
        open(id, friday())
    };
    let mut other = desk.clone();
    let proposing = median(2_001, &mut next, |command| desk.propose(&command));
    let handling = median(2_001, &mut next, |command| other.handle(&command));
    Row::one("propose beside handle", "open", waiting, times(proposing / handling), Goal::AtMost(1.3))
}
