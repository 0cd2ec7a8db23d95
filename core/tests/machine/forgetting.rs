//! A desk that forgets beside one that does not (section 5, "A desk lives for years").

use std::collections::{BTreeMap, BTreeSet};

use frontdesk::desk::{Filter, Whereabouts};
use frontdesk::{Desk, Options};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseResult, TestRunner};
use serde_json::{Value, json};

use crate::model::generate::{self, scenario::Scenario};
use crate::properties::{at_of, config, values};

proptest! {
    #![proptest_config(config())]

    /// A desk that forgets answers everything about the rest as one that does not.
    ///
    /// The same commands are given to two desks. One forgets closed conversations after a time, and by commands `forget`,
    /// for which the other advances. A command that names a forgotten conversation is given to neither, and a
    /// conversation that is opened under a forgotten id gets another. A conversation that is still wrapped up is
    /// not forgotten by a command, because that ends the wrap-up; nor is a command given that is earlier than the last
    /// event, which may be a `forgotten`.
    ///
    /// After each command, the events of both are equal, and so are their snapshots, with the views, the table, the queue
    /// and the explanations of what is remembered, but for:
    /// - `forgotten`, and the forgotten conversations;
    /// - what is in the trash, which both forget at the same instant, and by no command;
    /// - the numbers of events, which `forgotten` takes, too: in `seq`, in the order of assignments and of the queue, and
    ///   in the `score` of `round_robin`. The same events have them, in the same order;
    /// - the setting, and the instant of the last event;
    /// - the next wake-up, which may be earlier, to forget something, but is never later.
    ///
    /// One thing is missed. The last agent of a contact is the one to whom the latest of their remembered conversations
    /// was assigned. After a later one is forgotten, the desks may know two last agents of that contact. As long as
    /// they do, a conversation of that contact may be decided differently under a rule with a step that asks for the
    /// `last_agent`, and such a step is explained differently; nothing else is. After such a decision there is nothing more to
    /// compare, so that the desk that forgets nothing begins anew, as the other is then.
    #[test]
    fn a_desk_that_forgets_answers_as_one_that_does_not(
        scenario in generate::scenario(),
        after in prop::sample::select(&AFTER[..]),
        ends in ends(),
    ) {
        Pair::new(&scenario, after).go(&scenario, &ends)?;
    }
}

const AFTER: [&str; 5] = ["10s", "30s", "2m", "30m", "2h"];

/// An end of a conversation between the commands of a scenario: of which of those that may end so.
#[derive(Debug, Clone, Copy)]
enum End {
    Close(u8),
    Forget(u8),
}

/// The ends after each command.
fn ends() -> impl Strategy<Value = Vec<Option<End>>> {
    let end = prop_oneof![any::<u8>().prop_map(End::Close), any::<u8>().prop_map(End::Forget)];
    prop::collection::vec(prop::option::weighted(0.4, end), 80)
}

/// Both are well tested: much is forgotten, and now and then a last agent with it.
#[test]
fn much_is_forgotten_and_little_is_missed() {
    let mut runner = TestRunner::deterministic();
    let (mut forgotten, mut decided, mut missed) = (0, 0, 0);
    for _ in 0..200 {
        let scenario = generate::scenario().new_tree(&mut runner).unwrap().current();
        let ends = ends().new_tree(&mut runner).unwrap().current();
        let mut pair = Pair::new(&scenario, "30s");
        pair.go(&scenario, &ends).unwrap();
        (forgotten, decided, missed) =
            (forgotten + pair.count.forgotten, decided + pair.count.decided, missed + pair.count.missed);
    }
    println!("{forgotten} forgotten, {decided} decided after that, {missed} differently");
    assert!(forgotten > 300 && decided > 500, "{forgotten} forgotten, {decided} decided");
    assert!((1..decided / 20).contains(&missed), "{missed} of {decided} differ");
}

/// The two desks, and what is known of them.
struct Pair {
    /// The time after which the one forgets.
    after: String,
    forgetting: Known,
    remembering: Known,
    /// The ids in place of those that are opened again.
    ids: BTreeMap<String, String>,
    /// The conversations that only one of them remembers.
    forgotten: BTreeSet<String>,
    /// The numbers of events of the one, with those of the other.
    numbers: BTreeMap<u64, u64>,
    count: Count,
}

#[derive(Default)]
struct Count {
    forgotten: usize,
    /// Decisions while something was forgotten.
    decided: usize,
    /// Decisions that were others.
    missed: usize,
}

impl Pair {
    fn new(scenario: &Scenario, after: &str) -> Pair {
        let mut document = scenario.document();
        document["settings"]["forget_closed_after"] = after.into();
        let forgetting = Desk::from_json(&document.to_string()).expect("the document of a scenario has no problems");
        Pair {
            after: after.to_owned(),
            remembering: Known::new(made_to_remember(&forgetting)),
            forgetting: Known::new(forgetting),
            ids: BTreeMap::new(),
            forgotten: BTreeSet::new(),
            numbers: BTreeMap::new(),
            count: Count::default(),
        }
    }

    fn go(&mut self, scenario: &Scenario, ends: &[Option<End>]) -> TestCaseResult {
        for (command, end) in scenario.commands().into_iter().zip(ends) {
            let at = command["at"].clone();
            self.give(command)?;
            if let Some(end) = end {
                self.end_one(*end, at)?;
            }
        }
        Ok(())
    }

    /// Gives both a command, unless it names what is forgotten, or is too early.
    fn give(&mut self, mut command: Value) -> TestCaseResult {
        if let Some(name) = command["conversation"].as_str().map(str::to_owned) {
            let mut id = self.ids.get(&name).cloned().unwrap_or(name.clone());
            if self.is_forgotten_by(&id, &command) {
                if command["type"] != "open" {
                    return Ok(());
                }
                id.push('+');
                self.ids.insert(name, id.clone());
            }
            command["conversation"] = id.into();
        }
        match command["type"].as_str() {
            Some("forget") => self.forget(command),
            Some("configure") => self.run(&with_setting(&command, Some(&self.after)), &with_setting(&command, None)),
            _ => self.run(&command, &command),
        }
    }

    /// Returns `true` if a conversation is forgotten when a command is carried out.
    fn is_forgotten_by(&self, id: &str, command: &Value) -> bool {
        let mut then = self.forgetting.desk.clone();
        then.advance(at_of(command));
        self.remembering.desk.conversation(id).is_some() && then.conversation(id).is_none()
    }

    /// Closes or forgets one of the conversations.
    fn end_one(&mut self, end: End, at: Value) -> TestCaseResult {
        let (kind, which, is_closed) = match end {
            End::Close(which) => ("close", which, false),
            End::Forget(which) => ("forget", which, true),
        };
        let all = self.forgetting.desk.conversations();
        let fitting: Vec<_> = all.filter(|it| (it.state == Whereabouts::Closed) == is_closed).collect();
        let Some(it) = fitting.get(usize::from(which) % fitting.len().max(1)) else { return Ok(()) };
        let command = json!({"type": kind, "at": at, "conversation": it.conversation});
        if is_closed { self.forget(command) } else { self.give(command) }
    }

    /// Forgets a closed conversation, unless that is refused or ends its wrap-up. One in the trash is left to fall due in both.
    fn forget(&mut self, mut command: Value) -> TestCaseResult {
        let known = self.forgetting.desk.conversation(&text(&command["conversation"]));
        if known.is_some_and(|it| it.state != Whereabouts::Closed) {
            return Ok(());
        }
        command["id"] = "forget".into();
        let events = self.forgetting.clone().handle(&command).unwrap_or_default();
        if events.iter().any(|event| event["type"] == "refused" || ends_wrap_up(event)) {
            return Ok(());
        }
        self.run(&command, &json!({"type": "advance", "at": command["at"]}))
    }

    /// Has the one carry out a command, and the other the same or an `advance` in its place.
    fn run(&mut self, ours: &Value, theirs: &Value) -> TestCaseResult {
        if self.forgetting.desk.now().is_some_and(|now| at_of(ours) < now) {
            return Ok(());
        }
        let (events, others) = (self.forgetting.handle(ours), self.remembering.handle(theirs));
        prop_assert_eq!(events.is_some(), others.is_some(), "only one of them can read {}", ours);
        let (mut events, mut others) = (events.into_iter().flatten(), others.into_iter().flatten().peekable());
        while let Some(event) = events.next() {
            let by_both = event["type"] == "forgotten" && others.peek().is_some_and(|other| is_of_same(&event, other));
            if by_both {
                self.forgetting.note(&event);
                others.next().iter().for_each(|other| self.remembering.note(other));
            } else if event["type"] == "forgotten" {
                self.forgetting.note(&event);
                self.forgotten.insert(text(&event["conversation"]));
                self.count.forgotten += 1;
            } else if !self.agree(Some(&event), others.next().as_ref())? {
                std::iter::once(event).chain(events).for_each(|event| self.forgetting.note(&event));
                return self.begin_anew();
            }
        }
        if others.peek().is_some() {
            self.agree(None, others.peek())?;
            return self.begin_anew();
        }
        self.check_rest()
    }

    /// Compares an event of each. Returns `false` if they may be different, and are.
    fn agree(&mut self, event: Option<&Value>, other: Option<&Value>) -> Result<bool, TestCaseError> {
        if let (Some(event), Some(other)) = (event, other)
            && self.numbered_as(event, other) == without(other, "seq")
        {
            self.forgetting.note(event);
            self.remembering.note(other);
            if event["type"] != "refused" {
                self.numbers.insert(number(&event["seq"]), number(&other["seq"]));
            }
            self.count.decided += usize::from(event["rule"].is_string() && !self.forgotten.is_empty());
            return Ok(true);
        }
        let may_differ = [event, other].into_iter().flatten().any(|event| {
            let id = text(&event["conversation"]);
            self.has_two_last_agents(&id) && self.remembering.asks_for_last_agent(&id, &event["rule"], None)
        });
        prop_assert!(may_differ, "{:?}\nis not\n{:?}", event.map(Value::to_string), other.map(Value::to_string));
        self.count.missed += 1;
        Ok(false)
    }

    /// Returns an event as [`numbered`](Self::numbered) does. One that gives the conversation to nobody names no strategy: each
    /// score in it that is another than that of the other desk is taken for one of `round_robin`.
    fn numbered_as(&self, event: &Value, other: &Value) -> Value {
        let mut told = self.numbered(event);
        if told["strategy"].is_null() {
            let scores = other["considered"].as_array().into_iter().flatten().map(|agent| agent.get("score"));
            for (agent, score) in each(&mut told, "considered").zip(scores) {
                if let Some(own) = agent.get_mut("score").filter(|own| Some(&**own) != score) {
                    *own = self.theirs(own);
                }
            }
        }
        told
    }

    /// Returns an event or explanation without its own number, with the numbers of the other desk.
    fn numbered(&self, told: &Value) -> Value {
        let mut told = without(told, "seq");
        let settings = told.pointer_mut("/entry/settings").and_then(Value::as_object_mut);
        settings.map(|settings| settings.remove("forget_closed_after"));
        if told["strategy"] == "round_robin" {
            for score in each(&mut told, "considered").filter_map(|agent| agent.get_mut("score")) {
                *score = self.theirs(score);
            }
        }
        told
    }

    /// Returns the number that an event has on the other desk. Those before the last beginning have the same on both.
    fn theirs(&self, ours: &Value) -> Value {
        let ours = number(ours);
        self.numbers.get(&ours).copied().unwrap_or(ours).into()
    }

    fn has_two_last_agents(&self, conversation: &str) -> bool {
        let contact = self.forgetting.contacts.get(conversation);
        contact.is_some_and(|contact| self.forgetting.last_agent(contact) != self.remembering.last_agent(contact))
    }

    fn begin_anew(&mut self) -> TestCaseResult {
        self.remembering = Known { desk: made_to_remember(&self.forgetting.desk), ..self.forgetting.clone() };
        (self.forgotten, self.numbers) = Default::default();
        self.check_rest()
    }

    /// Checks that both say the same of what is remembered.
    fn check_rest(&self) -> TestCaseResult {
        let (ours, theirs) = (&self.forgetting.desk, &self.remembering.desk);
        prop_assert_eq!(self.snapshot_of_ours(), self.snapshot_of_theirs());
        prop_assert_eq!(ours.queue(), theirs.queue());
        let remembered: Vec<_> =
            theirs.conversations().filter(|it| !self.forgotten.contains(&*it.conversation)).collect();
        prop_assert_eq!(&ours.conversations().collect::<Vec<_>>(), &remembered);
        for view in remembered {
            prop_assert_eq!(ours.conversation(&view.conversation), Some(view.clone()));
            prop_assert_eq!(self.why(ours, &view.conversation), self.why(theirs, &view.conversation));
        }
        let Some(now) = ours.now() else { return Ok(()) };
        let table = |desk: &Desk| desk.table(&Filter::default(), now);
        prop_assert_eq!(table(ours), table(theirs));
        self.check_wakeup()
    }

    /// Checks that one wakes up when the other does, or to forget.
    fn check_wakeup(&self) -> TestCaseResult {
        let (ours, theirs) = (self.forgetting.desk.next_wakeup(), self.remembering.desk.next_wakeup());
        let Some(at) = ours.filter(|_| ours != theirs) else {
            prop_assert_eq!(ours, theirs);
            return Ok(());
        };
        prop_assert!(theirs.is_none_or(|theirs| at < theirs));
        let events = values(&self.forgetting.desk.clone().advance(at));
        prop_assert_eq!(&events[0]["type"], "forgotten", "{:?}", events);
        Ok(())
    }

    fn snapshot_of_ours(&self) -> Value {
        let mut snapshot = comparable(&self.forgetting.desk);
        let mut change = |number: &mut Value| *number = self.theirs(number);
        for agent in each(&mut snapshot, "agents") {
            agent.get_mut("last_assigned").into_iter().for_each(&mut change);
        }
        for rule in each(&mut snapshot, "rules") {
            rule.get_mut("turns")
                .and_then(Value::as_object_mut)
                .into_iter()
                .flat_map(|turns| turns.values_mut())
                .for_each(&mut change);
        }
        for conversation in each(&mut snapshot, "conversations") {
            conversation.get_mut("order").into_iter().for_each(&mut change);
            conversation.pointer_mut("/last_held/1").into_iter().for_each(&mut change);
        }
        snapshot
    }

    fn snapshot_of_theirs(&self) -> Value {
        let mut snapshot = comparable(&self.remembering.desk);
        let all = snapshot["conversations"].as_array_mut().expect("a snapshot lists its conversations");
        all.retain(|it| !self.forgotten.contains(it["conversation"].as_str().unwrap_or_default()));
        snapshot
    }

    /// Returns the explanation of a conversation, without steps that ask for a last agent whom only one of them knows.
    fn why(&self, desk: &Desk, id: &str) -> Vec<Value> {
        let steps = desk.why(id).expect("it is remembered").into_iter();
        let steps = steps.map(|step| serde_json::to_value(step).expect("an explanation is JSON"));
        let is_ours = std::ptr::eq(desk, &self.forgetting.desk);
        let steps = steps.map(|step| if is_ours { self.numbered(&step) } else { step });
        let may_differ = |step: &Value| {
            self.has_two_last_agents(id)
                && self.remembering.asks_for_last_agent(id, &step["rule"], step["step"].as_u64())
        };
        steps.filter(|step| !may_differ(step)).collect()
    }
}

/// A desk, with what its events told of contacts and of who held their conversations.
#[derive(Clone)]
struct Known {
    desk: Desk,
    contacts: BTreeMap<String, String>,
    /// By conversation: the number of the last assignment to an agent, and the agent.
    holders: BTreeMap<String, (u64, String)>,
}

impl Known {
    fn new(desk: Desk) -> Known {
        Known { desk, contacts: BTreeMap::new(), holders: BTreeMap::new() }
    }

    /// Returns the events of a command, with explanations; `None` if it cannot be read.
    fn handle(&mut self, command: &Value) -> Option<Vec<Value>> {
        let command = self.desk.command_from_value(command.clone()).ok()?;
        let explained = Options::default().explain(true);
        Some(values(&self.desk.handle_with(&command, &explained).expect("there is no deadline")))
    }

    fn note(&mut self, event: &Value) {
        let id = text(&event["conversation"]);
        match event["type"].as_str().unwrap_or_default() {
            "opened" | "updated" => {
                self.contacts.remove(&id);
                self.contacts.extend(event["contact"]["id"].as_str().map(|contact| (id, contact.to_owned())));
            }
            "assigned" if event["agent"].is_string() => {
                self.holders.insert(id, (number(&event["seq"]), text(&event["agent"])));
            }
            "forgotten" => {
                self.contacts.remove(&id);
                self.holders.remove(&id);
            }
            "desk_changed" if event["change"] == "remove_agent" => {
                self.holders.retain(|_, (_, agent)| event["agent"] != **agent);
            }
            _ => {}
        }
    }

    /// Returns the agent to whom the latest of the conversations of a contact was assigned.
    fn last_agent(&self, contact: &str) -> Option<&str> {
        let theirs = self.holders.iter().filter(|(id, _)| self.contacts.get(*id).is_some_and(|of| of == contact));
        theirs.map(|(_, holder)| holder).max().map(|(_, agent)| agent.as_str())
    }

    /// Returns `true` if a step, or any of the steps, of a rule asks for the last agent.
    fn asks_for_last_agent(&self, conversation: &str, rule: &Value, step: Option<u64>) -> bool {
        let Some(details) = self.desk.conversation(conversation).map(|it| it.details) else { return false };
        let document = self.desk.document();
        let inbox = document.inboxes.iter().find(|inbox| inbox.id == details.inbox);
        let channel = inbox.and_then(|inbox| inbox.channels.iter().find(|channel| channel.id == details.channel));
        let rule = channel.and_then(|channel| channel.rules.iter().find(|it| *rule == *it.id));
        let steps = rule.into_iter().flat_map(|rule| (1..).zip(&rule.steps));
        let mut asked = steps.filter(|(number, _)| step.is_none_or(|step| step == *number));
        asked.any(|(_, step)| step.assign_to == frontdesk::Target::LastAgent)
    }
}

/// Returns a `configure` with the setting as it is, where the command replaces the settings.
fn with_setting(command: &Value, after: Option<&str>) -> Value {
    let mut command = command.clone();
    let replaced = match command.get("document") {
        Some(_) => &mut command["document"],
        None => &mut command,
    };
    if replaced.get("version").is_none() && replaced.get("settings").is_none() {
        return command;
    }
    // A document without settings takes them out.
    if !replaced["settings"].is_object() {
        replaced["settings"] = json!({});
    }
    match after {
        Some(after) => replaced["settings"]["forget_closed_after"] = after.into(),
        None => {
            replaced["settings"].as_object_mut().map(|settings| settings.remove("forget_closed_after"));
        }
    }
    command
}

/// Returns a desk as it is, from now on without forgetting.
fn made_to_remember(desk: &Desk) -> Desk {
    let mut snapshot: Value = serde_json::from_str(&desk.snapshot()).expect("a snapshot is JSON");
    forget_setting(&mut snapshot);
    Desk::restore(&snapshot.to_string()).expect("the setting may be absent")
}

fn forget_setting(snapshot: &mut Value) {
    snapshot["document"]["settings"].as_object_mut().map(|settings| settings.remove("forget_closed_after"));
}

/// Returns a snapshot without what differs by the nature of the two.
fn comparable(desk: &Desk) -> Value {
    let mut snapshot: Value = serde_json::from_str(&desk.snapshot()).expect("a snapshot is JSON");
    forget_setting(&mut snapshot);
    for conversation in snapshot["conversations"].as_array_mut().into_iter().flatten() {
        conversation.as_object_mut().map(|it| it.remove("number"));
    }
    without(&without(&without(&snapshot, "seq"), "at"), "opened")
}

/// Returns `true` if two events are of the same type about the same conversation.
fn is_of_same(event: &Value, other: &Value) -> bool {
    ["type", "conversation"].into_iter().all(|key| event[key] == other[key])
}

/// Returns `true` if the command `forget` ended a wrap-up; one that fell due before has no id.
fn ends_wrap_up(event: &Value) -> bool {
    event["type"] == "wrap_up_ended" && event["id"].is_string()
}

fn each<'a>(of: &'a mut Value, key: &str) -> impl Iterator<Item = &'a mut Value> {
    of.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten()
}

fn without(object: &Value, key: &str) -> Value {
    let mut object = object.clone();
    object.as_object_mut().map(|fields| fields.remove(key));
    object
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}
