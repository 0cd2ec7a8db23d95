//! Properties of the desk as a machine, for any order and spacing of commands: section 5 of the specification, over random desks
//! and random streams of commands.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use frontdesk::desk::{Action, Command, ConversationFilter, EventKind, NewDocument, Whereabouts};
use frontdesk::time::Instant;
use frontdesk::{Access, Agent, Availability, Code, Deadline, Desk, Document, Event, Id, LEAP_EVENTS, Options, Turn};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::{Value, json};

use crate::model::generate::{self, scenario::Scenario};
use crate::model::{compare, naive};

pub fn desk(scenario: &Scenario) -> Desk {
    Desk::from_json(&scenario.document().to_string()).expect("the document of a scenario has no problems")
}

/// Returns the events of a command; `None` if it cannot be read.
pub fn handle(desk: &mut Desk, command: &Value) -> Option<Vec<Event>> {
    desk.handle_json(&command.to_string()).ok()
}

/// Returns all events of a stream of commands.
fn run(desk: &mut Desk, commands: &[Value]) -> Vec<Event> {
    commands.iter().filter_map(|command| handle(desk, command)).flatten().collect()
}

fn lines(events: &[Event]) -> Vec<String> {
    events.iter().map(Event::to_json).collect()
}

pub fn values(events: &[Event]) -> Vec<Value> {
    lines(events).iter().map(|line| serde_json::from_str(line).expect("an event is JSON")).collect()
}

/// The command that takes over a document.
fn configure(at: Instant, document: Document) -> Command {
    Command::new(at, Action::Configure { configuration: Box::new(NewDocument::from(document).into()) })
}

/// Returns events without their numbers.
fn unnumbered(events: &[Event]) -> Vec<Event> {
    events.iter().map(|event| Event { seq: 0, ..event.clone() }).collect()
}

fn is_refused(event: &Event) -> bool {
    matches!(event.kind, EventKind::Refused { .. })
}

pub fn at_of(command: &Value) -> Instant {
    Instant::parse(command["at"].as_str().unwrap_or_default()).expect("a command has an instant")
}

fn is_in(agent: &Agent, team: &Id) -> bool {
    agent.team.as_ref() == Some(team) || agent.extra_teams.contains(team)
}

pub fn has_access(agent: &Agent, document: &Document, inbox: &Id) -> bool {
    document.inboxes.iter().filter(|it| it.id == *inbox).any(|it| match &it.access {
        Access::Everyone => true,
        Access::Only { teams, agents, .. } => agents.contains(&agent.id) || teams.iter().any(|team| is_in(agent, team)),
    })
}

/// A quick run, unless `PROPTEST_CASES` asks for a longer one.
pub fn config() -> ProptestConfig {
    let usual = ProptestConfig { max_shrink_iters: 4000, failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { usual } else { ProptestConfig { cases: 100, ..usual } }
}

/// Goes through the events that commands give on a desk. It is rebuilt from them; `check` is given the desk before each event.
fn for_each_event(
    mut rebuilt: Desk,
    commands: &[Value],
    mut check: impl FnMut(&Desk, &Event) -> TestCaseResult,
) -> TestCaseResult {
    for event in run(&mut rebuilt.clone(), commands) {
        check(&rebuilt, &event)?;
        prop_assert_eq!(rebuilt.apply(&event), Ok(()));
    }
    Ok(())
}

/// Returns the next wake-up of a desk once an instant has passed at which nothing happens. A desk that was restored or rebuilt does
/// not know that the chances before it were in vain.
fn wakeup_after(desk: &Desk, at: Option<Instant>) -> Option<Instant> {
    let mut desk = desk.clone();
    if let Some(at) = at.max(desk.now()) {
        assert_eq!(desk.advance(at), Vec::new());
    }
    desk.next_wakeup()
}

/// Returns `true` if a wake-up is the same, or a later one because nothing happens at the first.
fn is_no_earlier(after: Option<Instant>, before: Option<Instant>) -> bool {
    after == before || after.is_none() || before.is_some_and(|before| after > Some(before))
}

/// Takes the priorities of channels, rules and steps out of a document, an inbox or a command that brings either.
fn without_priorities(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let is_part = fields.keys().any(|key| ["kind", "steps", "assign_to"].contains(&key.as_str()));
            fields.retain(|key, _| !(is_part && key == "priority" || key == "raise_priority"));
            fields.values_mut().for_each(without_priorities);
        }
        Value::Array(values) => values.iter_mut().for_each(without_priorities),
        _ => {}
    }
}

proptest! {
    #![proptest_config(config())]

    /// The desk gives the same events as the naive one, which was written from the specification alone.
    #[test]
    fn agrees_with_the_naive_desk(scenario in generate::scenario()) {
        let mut desk = desk(&scenario);
        let result = compare::check(&scenario.document(), &scenario.commands(), |command| {
            handle(&mut desk, command).map(|events| values(&events))
        });
        prop_assert!(result.is_ok(), "{}", result.unwrap_err());
    }

    /// The same commands give the same events, byte for byte.
    #[test]
    fn the_same_commands_give_the_same_events(scenario in generate::scenario()) {
        let commands = scenario.commands();
        let (mut one, mut other) = (desk(&scenario), desk(&scenario));
        prop_assert_eq!(lines(&run(&mut one, &commands)), lines(&run(&mut other, &commands)));
        prop_assert_eq!(one.snapshot(), other.snapshot());
    }

    /// Advancing in one leap or in many small steps gives the same events.
    #[test]
    fn one_leap_is_many_steps(scenario in generate::scenario(), step in 1..40_i64) {
        let commands = scenario.commands();
        let (mut leaping, mut stepping) = (desk(&scenario), desk(&scenario));
        for command in &commands {
            let leap = handle(&mut leaping, command);
            let mut steps = Vec::new();
            let is_refused = leap.as_ref().is_none_or(|events| events.iter().any(is_refused));
            if let Some(mut at) = stepping.now().filter(|_| !is_refused) {
                while at < at_of(command) {
                    steps.extend(stepping.advance(at));
                    at = at.saturating_add(step * 97_001);
                }
            }
            steps.extend(handle(&mut stepping, command).into_iter().flatten());
            prop_assert_eq!(lines(&leap.unwrap_or_default()), lines(&steps));
        }
        prop_assert_eq!(leaping.snapshot(), stepping.snapshot());
    }

    /// Applying the events rebuilds the desk exactly, and also from their JSON.
    #[test]
    fn events_rebuild_the_desk(scenario in generate::scenario()) {
        let (mut original, mut rebuilt, mut passed) = (desk(&scenario), desk(&scenario), None);
        for command in scenario.commands() {
            let Some(events) = handle(&mut original, &command) else { continue };
            if !events.iter().any(is_refused) {
                passed = passed.max(Instant::parse(command["at"].as_str().unwrap()).ok());
            }
            for event in events {
                let read = Event::from_json(&event.to_json()).expect("an event that was written is read");
                prop_assert_eq!(read.to_json(), event.to_json());
                prop_assert_eq!(rebuilt.apply(&read), Ok(()));
            }
            prop_assert_eq!(original.snapshot(), rebuilt.snapshot());
            prop_assert_eq!(wakeup_after(&original, passed), wakeup_after(&rebuilt, passed));
        }
    }

    /// A restored desk gives the same events as the desk of the snapshot.
    #[test]
    fn a_restored_desk_continues_identically(scenario in generate::scenario(), cut in 0..80_usize) {
        let commands = scenario.commands();
        let (before, after) = commands.split_at(cut.min(commands.len()));
        let mut original = desk(&scenario);
        run(&mut original, before);
        let mut restored = Desk::restore(&original.snapshot()).expect("a snapshot that was written is read");
        prop_assert_eq!(original.snapshot(), restored.snapshot());
        prop_assert!(is_no_earlier(original.next_wakeup(), restored.next_wakeup()));
        prop_assert_eq!(lines(&run(&mut original, after)), lines(&run(&mut restored, after)));
        prop_assert_eq!(original.snapshot(), restored.snapshot());
    }

    /// A refused command does not change the desk, and gives one event.
    #[test]
    fn a_refused_command_leaves_no_trace(scenario in generate::scenario()) {
        let mut desk = desk(&scenario);
        for command in scenario.commands() {
            let (before, wakeup) = (desk.snapshot(), desk.next_wakeup());
            let events = handle(&mut desk, &command).unwrap_or_default();
            if events.iter().any(is_refused) {
                prop_assert_eq!(events.len(), 1);
            }
            if events.iter().all(is_refused) {
                prop_assert_eq!(before, desk.snapshot());
                prop_assert!(is_no_earlier(desk.next_wakeup(), wakeup));
            }
            if events.iter().any(is_refused) {
                prop_assert_eq!(desk.next_wakeup(), wakeup);
            }
        }
    }

    /// `may` allows what is not refused, and denies what is, by the same refusal; it leaves the desk as it was.
    #[test]
    fn may_says_what_happens(scenario in generate::scenario()) {
        let (mut desk, mut unasked) = (desk(&scenario), desk(&scenario));
        for command in scenario.commands() {
            let Ok(command) = desk.command_from_value(command) else { continue };
            let (before, wakeup) = (desk.snapshot(), desk.next_wakeup());
            let may = desk.may(&command);
            prop_assert_eq!(before, desk.snapshot());
            prop_assert_eq!(wakeup, desk.next_wakeup());
            prop_assert_eq!(&may, &desk.may(&command));
            let events = desk.handle(&command);
            prop_assert_eq!(&events, &unasked.handle(&command));
            let refused = events.iter().find_map(|event| match &event.kind {
                EventKind::Refused { code, message, until, .. } => Some((*code, message.clone(), *until)),
                _ => None,
            });
            prop_assert_eq!(may.refusal.map(|it| (it.code, it.message, it.until)), refused, "{:?}", command);
        }
    }

    /// A proposal gives the events of the command without a change of the desk; applying them equals carrying it out.
    #[test]
    fn a_proposal_is_what_would_happen(scenario in generate::scenario()) {
        let (mut desk, mut follower) = (desk(&scenario), desk(&scenario));
        for command in scenario.commands() {
            let Ok(command) = desk.command_from_value(command) else { continue };
            let (before, wakeup) = (desk.snapshot(), desk.next_wakeup());
            let turn = desk.propose(&command);
            let proposed = turn.events();
            prop_assert_eq!(before, desk.snapshot());
            prop_assert!(wakeup == desk.next_wakeup() || (proposed.is_empty() && is_no_earlier(desk.next_wakeup(), wakeup)));
            for event in proposed {
                prop_assert_eq!(follower.apply(event), Ok(()));
            }
            prop_assert_eq!(proposed, desk.handle(&command));
            prop_assert_eq!(follower.snapshot(), desk.snapshot());
            let broken = |event: &Event| matches!(&event.kind, EventKind::Refused { code: Code::InternalError, .. });
            prop_assert!(!proposed.iter().any(broken), "the desk contradicts itself: {:?}", proposed);
        }
    }

    /// A proposal leaves no trace: whatever another command was proposed before, a command gives the same events.
    #[test]
    fn a_proposal_leaves_no_trace(scenario in generate::scenario(), ahead in 1..5_usize) {
        let (mut desk, mut plain) = (desk(&scenario), desk(&scenario));
        let commands = scenario.commands();
        for (index, command) in commands.iter().enumerate() {
            let other = commands.get((index + ahead).min(commands.len() - 1)).cloned();
            if let Some(Ok(other)) = other.map(|other| desk.command_from_value(other)) {
                desk.propose(&other);
            }
            let Ok(command) = desk.command_from_value(command.clone()) else { continue };
            prop_assert_eq!(desk.handle(&command), plain.handle(&command));
            prop_assert!(plain.next_wakeup() == desk.next_wakeup() || is_no_earlier(desk.next_wakeup(), plain.next_wakeup()));
        }
        prop_assert_eq!(desk.snapshot(), plain.snapshot());
    }

    /// A desk that takes over a document as its first command is a desk of that document from then on: it gives the same
    /// events but for their numbers. What happened before stays: statuses set by hand, who held what, and whose turn it is.
    #[test]
    fn a_configured_desk_is_one_of_that_document(first in generate::scenario(), scenario in generate::scenario()) {
        let commands = scenario.commands();
        let Some(start) = commands.first().map(at_of) else { return Ok(()) };
        let document = Document::from_json(&scenario.document().to_string()).expect("it has no problems");
        let (mut configured, mut plain) = (desk(&first), Desk::new(document.clone()));
        configured.handle(&configure(start, document.clone()));
        plain.advance(start);
        prop_assert_eq!(&configured.document(), &document);
        for command in &commands {
            let [ours, theirs] = [&mut configured, &mut plain].map(|desk| handle(desk, command).map(|it| unnumbered(&it)));
            prop_assert_eq!(ours, theirs);
        }
        prop_assert_eq!(configured.document(), plain.document());
    }

    /// In the middle of its life, too, a desk takes over all of a document or nothing: who is available by the schedule is then
    /// as the document says, the same document again changes nothing, and the desk it had before brings back the document.
    #[test]
    fn a_document_is_taken_over_whole(scenario in generate::scenario(), other in generate::scenario()) {
        let mut desk = desk(&scenario);
        run(&mut desk, &scenario.commands());
        let Some(now) = desk.now() else { return Ok(()) };
        let document = Document::from_json(&other.document().to_string()).expect("it has no problems");
        let before = desk.document();
        if desk.handle(&configure(now, document.clone())).iter().any(is_refused) {
            prop_assert_eq!(desk.document(), before);
            return Ok(());
        }
        prop_assert_eq!(&desk.document(), &document);
        let plain = Availability::new(document.clone());
        for agent in &document.agents {
            let (ours, theirs) = (desk.status(&agent.id, now), plain.status(&agent.id, now));
            let (ours, theirs) = (ours.expect("an agent"), theirs.expect("an agent"));
            if !ours.reason.is_set_by_hand() {
                prop_assert_eq!((ours.reason, ours.until), (theirs.reason, theirs.until));
            }
        }
        prop_assert_eq!(desk.handle(&configure(now, document)), vec![]);
        if !desk.handle(&configure(now, before.clone())).iter().any(is_refused) {
            prop_assert_eq!(desk.document(), before);
        }
    }

    /// A turn that was proposed and applied, also from its JSON, leaves the desk as the command does that is carried out, and
    /// proposing changes nothing. The turns are those of the naive desk, and rebuild the desk, as does any prefix of them.
    #[test]
    fn turns_are_what_commands_do(scenario in generate::scenario(), cut in 0..80_usize) {
        let (mut desk, mut handling) = (desk(&scenario), desk(&scenario));
        let mut model = naive::Model::new(&scenario.document());
        let first = Turn::first(desk.document());
        let mut after = vec![(desk.snapshot(), None)];
        let mut turns = vec![first];
        for desk in [&mut desk, &mut handling] {
            prop_assert_eq!(desk.apply(&turns[0]), Ok(()));
            after[0] = (desk.snapshot(), desk.next_wakeup());
        }
        for value in scenario.commands() {
            let expected = model.turn_of(&value);
            let Ok(command) = desk.command_from_value(value) else { continue };
            let (before, wakeup) = (desk.snapshot(), desk.next_wakeup());
            let turn = desk.propose(&command);
            prop_assert_eq!(before, desk.snapshot());
            prop_assert!(is_no_earlier(desk.next_wakeup(), wakeup));
            let read = Turn::from_json(&turn.to_json()).expect("a turn that was written is read");
            prop_assert_eq!(&read, &turn);
            #[cfg(feature = "schema")]
            crate::schemas::assert_fits(&crate::schemas::TURN, &serde_json::from_str(&turn.to_json()).unwrap());
            prop_assert_eq!(desk.apply(&read), Ok(()));
            prop_assert_eq!(turn.events(), handling.handle(&command));
            prop_assert_eq!(desk.snapshot(), handling.snapshot());
            prop_assert!(is_no_earlier(handling.next_wakeup(), desk.next_wakeup()));
            let expected = expected.expect("the naive desk reads it, too");
            prop_assert_eq!(turn.turn(), expected["turn"].as_u64());
            prop_assert_eq!(turn.at().map(|at| at.to_string()), Some(at_of(&expected).to_string()));
            let events = expected["events"].as_array().cloned().unwrap_or_default();
            prop_assert_eq!(compare::first_difference(&events, &values(turn.events())), None);
            if turn.turn().is_some() {
                turns.push(read);
                after.push((desk.snapshot(), wakeup_after(&desk, None)));
            }
        }
        for length in [turns.len(), cut % turns.len() + 1] {
            let rebuilt = Desk::rebuild(&turns[..length]).expect("the turns are those of the desk");
            prop_assert_eq!(&(rebuilt.snapshot(), wakeup_after(&rebuilt, None)), &after[length - 1]);
            prop_assert_eq!(rebuilt.turn(), length as u64);
        }
    }

    /// No conversation is lost or held twice: every opened one has a place, and the loads of agents add up.
    #[test]
    fn no_conversation_is_lost_or_held_twice(scenario in generate::scenario()) {
        let mut desk = desk(&scenario);
        let mut opened = Vec::new();
        for command in scenario.commands() {
            for event in handle(&mut desk, &command).unwrap_or_default() {
                match event.kind {
                    EventKind::Opened { conversation, .. } => opened.push(conversation),
                    EventKind::Forgotten { conversation } => opened.retain(|it| *it != conversation),
                    _ => {}
                }
            }
            let all: Vec<_> = desk.conversations().collect();
            prop_assert_eq!(&all.iter().map(|it| it.conversation.clone()).collect::<Vec<_>>(), &opened);
            let queued = all.iter().filter(|it| it.state == Whereabouts::Queued).count();
            prop_assert_eq!(queued, desk.queue().len());
            let Some(at) = desk.now() else { continue };
            for row in desk.table(&Default::default(), at).expect("a table of all") {
                let held = all.iter().filter(|it| it.agent.as_ref() == Some(&row.agent)).count();
                prop_assert!(held as u32 <= row.holding, "{row:?} holds {held}");
            }
        }
    }

    /// A row of the table names the inboxes whose access, as the document describes it, includes the agent.
    #[test]
    fn rows_name_the_inboxes_with_access(scenario in generate::scenario()) {
        let mut desk = desk(&scenario);
        run(&mut desk, &scenario.commands());
        let (document, at) = (desk.document(), desk.now().unwrap_or(Instant::MIN));
        let rows = desk.table(&Default::default(), at).expect("a table of all");
        prop_assert_eq!(rows.len(), document.agents.len());
        for (row, agent) in rows.iter().zip(&document.agents) {
            let all = document.inboxes.iter().map(|inbox| inbox.id.clone());
            let expected: Vec<Id> = all.filter(|inbox| has_access(agent, &document, inbox)).collect();
            prop_assert_eq!(&row.inboxes, &expected, "{}", agent.id);
            prop_assert_eq!(desk.inboxes_of(&agent.id).expect("an agent of the desk").access, expected);
        }
    }

    /// A filter lists the same conversations as a loop over all of them, in the same order; an unknown id is a problem.
    #[test]
    fn a_filter_picks_as_a_loop_would(scenario in generate::scenario()) {
        let mut desk = desk(&scenario);
        run(&mut desk, &scenario.commands());
        let all: Vec<_> = desk.conversations().collect();
        let whole = ConversationFilter::default();
        prop_assert_eq!(&desk.conversations_where(&whole).expect("all of them"), &all);
        for one in &all {
            let (inbox, channel) = (&one.details.inbox, &one.details.channel);
            let contact = one.details.contact.as_ref().and_then(|contact| contact.id.as_ref());
            let mut filters = vec![
                ConversationFilter { states: vec![one.state], ..whole.clone() },
                ConversationFilter { inbox: Some(inbox.clone()), ..whole.clone() },
                ConversationFilter { channel: Some(channel.clone()), ..whole.clone() },
                ConversationFilter { inbox: Some(inbox.clone()), channel: Some(channel.clone()), ..whole.clone() },
            ];
            filters.extend(contact.map(|id| ConversationFilter { contact: Some(id.clone()), ..whole.clone() }));
            let agents = one.agent.iter().chain(&one.offered_to).chain(&one.last_agent);
            filters.extend(agents.map(|id| ConversationFilter { agent: Some(id.clone()), ..whole.clone() }));
            for filter in filters {
                let picked = all.iter().filter(|it| {
                    let contact = it.details.contact.as_ref().and_then(|contact| contact.id.clone());
                    (filter.states.is_empty() || filter.states.contains(&it.state))
                        && filter.inbox.as_ref().is_none_or(|id| *id == it.details.inbox)
                        && filter.channel.as_ref().is_none_or(|id| *id == it.details.channel)
                        && filter.agent.as_ref().is_none_or(|id| {
                            it.agent.iter().chain(&it.offered_to).chain(&it.last_agent).any(|of| of == id)
                        })
                        && (filter.contact.is_none() || filter.contact == contact)
                });
                let found = desk.conversations_where(&filter).expect("its ids are known");
                prop_assert_eq!(found.iter().collect::<Vec<_>>(), picked.collect::<Vec<_>>());
            }
        }
        let nowhere = Some("nowhere at all".into());
        let unknown = [
            (ConversationFilter { agent: nowhere.clone(), ..whole.clone() }, "unknown_agent"),
            (ConversationFilter { inbox: nowhere.clone(), ..whole.clone() }, "unknown_inbox"),
            (ConversationFilter { channel: nowhere.clone(), ..whole.clone() }, "unknown_channel"),
        ];
        for (filter, code) in unknown {
            prop_assert_eq!(desk.conversations_where(&filter).expect_err("it is nowhere").code.as_str(), code);
        }
        let nobody = ConversationFilter { contact: nowhere, ..whole };
        prop_assert_eq!(desk.conversations_where(&nobody).expect("a contact may be unknown"), []);
    }

    /// Routing respects the rules and every limit: the chosen agent was eligible at the step that chose.
    #[test]
    fn routing_gives_only_to_the_eligible(scenario in generate::scenario()) {
        let mut desk = desk(&scenario);
        for command in scenario.commands() {
            let Ok(command) = desk.read_command(&command.to_string()) else { continue };
            for event in desk.handle_with(&command, &Options::default().explain(true)).unwrap() {
                let (EventKind::Assigned { agent: Some(agent), .. } | EventKind::Offered { agent, .. }) = &event.kind else { continue };
                let Some(considered) = &event.considered else { continue };
                let chosen = considered.iter().find(|it| it.agent == *agent);
                prop_assert!(chosen.is_some_and(|it| it.ineligible.is_none()), "{}", event.to_json());
            }
        }
    }

    /// A conversation does not stay queued while an agent is eligible for it.
    #[test]
    fn nobody_eligible_is_idle_while_a_conversation_waits(scenario in generate::scenario()) {
        let mut desk = desk(&scenario);
        for command in scenario.commands() {
            handle(&mut desk, &command);
            for conversation in desk.queue() {
                for step in desk.why(&conversation).expect("it is in the queue") {
                    let eligible = step.considered.iter().find(|it| it.ineligible.is_none());
                    prop_assert_eq!(eligible, None, "{} waits at {:?}", conversation, step.decision);
                }
            }
        }
    }

    /// After any command, nobody holds or is offered a conversation of an inbox without access, and no team keeps one after its
    /// last member lost access.
    #[test]
    fn nobody_keeps_what_they_cannot_touch(scenario in generate::scenario()) {
        let mut desk = desk(&scenario);
        // The team that a conversation was last assigned to, and `true` if a member had access since then.
        let mut teams = BTreeMap::new();
        for command in scenario.commands() {
            for event in handle(&mut desk, &command).unwrap_or_default() {
                if let EventKind::Assigned { conversation, team: Some(team), .. } = event.kind {
                    teams.insert(conversation, (team, false));
                }
            }
            let document = desk.document();
            for it in desk.conversations() {
                let access = |agent: &Agent| has_access(agent, &document, &it.details.inbox);
                let has_it = |agent: &&Agent| it.agent.as_ref() == Some(&agent.id);
                if it.state != Whereabouts::Closed {
                    prop_assert!(document.agents.iter().filter(has_it).all(access), "{command}: {it:?}");
                }
                let with_team = teams.get_mut(&it.conversation).filter(|_| it.state == Whereabouts::WithTeam);
                if let Some((team, had_access)) = with_team {
                    let has_access = document.agents.iter().filter(|agent| is_in(agent, team)).any(access);
                    prop_assert!(has_access || !*had_access, "{command}: {it:?}");
                    *had_access = has_access;
                }
            }
        }
    }

    /// An update gives no second event for an unassigned conversation, and no owner is notified twice before it is reopened, or comes out
    /// of the spam or the trash.
    #[test]
    fn an_update_tells_nothing_twice(scenario in generate::scenario()) {
        let mut desk = desk(&scenario);
        let mut mailed = Vec::new();
        for mut command in scenario.commands() {
            command["id"] = "this".into();
            let id = Id::from(command["conversation"].as_str().unwrap_or_default());
            let mut before = desk.clone();
            handle(&mut before, &json!({"type": "advance", "at": command["at"]}));
            let lies = before.conversation(&id).is_some_and(|it| it.state == Whereabouts::Unassigned);
            for event in handle(&mut desk, &command).unwrap_or_default() {
                // Events that fell due before the command have no id.
                let by_update = event.id.is_some() && command["type"] == "update";
                match &event.kind {
                    EventKind::Unassigned { conversation, .. } if *conversation == id && by_update => {
                        prop_assert!(!lies, "{}", event.to_json());
                    }
                    EventKind::OwnerNotified { conversation, agent, .. } => {
                        let mail = (conversation.clone(), agent.clone());
                        prop_assert!(!mailed.contains(&mail), "{}", event.to_json());
                        mailed.push(mail);
                    }
                    // An arrival begins anew, also under the id of one that was forgotten.
                    EventKind::Reopened { conversation, woke: false }
                    | EventKind::Unfiltered { conversation }
                    | EventKind::Restored { conversation }
                    | EventKind::Forgotten { conversation, .. } => mailed.retain(|(about, _)| about != conversation),
                    EventKind::DeskChanged { agent: Some(agent), entry: None, .. } => mailed.retain(|(_, to)| to != agent),
                    _ => {}
                }
            }
        }
    }

    /// The actor is in the same events as the id: in all that the command caused, and in none that fell due before.
    #[test]
    fn who_acted_is_told_with_the_command(scenario in generate::scenario()) {
        let mut desk = desk(&scenario);
        for mut command in scenario.commands() {
            command["id"] = "this".into();
            let by = command["by"].as_str().map(Id::from);
            for event in handle(&mut desk, &command).unwrap_or_default() {
                let is_status = matches!(event.kind, EventKind::StatusChanged { .. });
                match event.id {
                    Some(_) if by.is_none() && is_status => {}
                    Some(_) => prop_assert_eq!(&event.by, &by, "{}", event.to_json()),
                    None => prop_assert!(event.by.is_none() || is_status, "{}", event.to_json()),
                }
            }
        }
    }

    /// A newcomer never takes an agent who was eligible at that instant for a conversation ahead of it.
    #[test]
    fn no_newcomer_overtakes(scenario in generate::scenario()) {
        // A conversation that arrived or was reopened last is behind all waiting ones of its priority or a higher one.
        let mut last = None;
        let (mut document, mut commands) = (scenario.document(), scenario.commands());
        without_priorities(&mut document);
        commands.iter_mut().for_each(without_priorities);
        let start = Desk::from_json(&document.to_string()).expect("a valid document");
        for_each_event(start, &commands, |desk, event| {
            let (conversation, agent) = match &event.kind {
                EventKind::Opened { conversation, .. } | EventKind::Reopened { conversation, woke: false } => {
                    last = Some(conversation.clone());
                    return Ok(());
                }
                EventKind::Offered { conversation, agent, decision: Some(_), .. }
                | EventKind::Assigned { conversation, agent: Some(agent), decision: Some(_), .. } => (conversation, agent),
                _ => return Ok(()),
            };
            let priority = |id: &str| desk.conversation(id).map(|it| it.details.priority);
            let is_last = last.as_ref() == Some(conversation);
            let ahead = |it: &Id| is_last && it != conversation && priority(it) >= priority(conversation);
            for waiting in desk.queue().into_iter().filter(ahead) {
                for step in desk.why(&waiting).expect("it is in the queue") {
                    let same = step.considered.iter().find(|it| it.agent == *agent);
                    prop_assert!(same.is_none_or(|it| it.ineligible.is_some()), "{conversation} overtakes {waiting}");
                }
            }
            Ok(())
        })?;
    }

    /// The next wake-up is neither late nor early: `advance` there gives an event or a later wake-up, and nothing just before.
    #[test]
    fn the_next_wakeup_is_exact(scenario in generate::scenario()) {
        let mut desk = desk(&scenario);
        for command in scenario.commands() {
            handle(&mut desk, &command);
            let Some((wakeup, now)) = desk.next_wakeup().zip(desk.now()) else { continue };
            if wakeup > now {
                let mut early = desk.clone();
                prop_assert_eq!(early.advance(wakeup.saturating_add(-1)), Vec::new());
                prop_assert_eq!(early.snapshot(), desk.snapshot());
            }
            let mut woken = desk.clone();
            let events = woken.advance(wakeup);
            prop_assert!(!events.is_empty() || woken.next_wakeup().is_none_or(|next| next > wakeup));
        }
    }

    /// Every command can be built in Rust and read from JSON, with the same `advance`.
    #[test]
    fn typed_commands_do_as_json_does(scenario in generate::scenario()) {
        let (mut typed, mut read) = (desk(&scenario), desk(&scenario));
        run(&mut typed, &scenario.commands());
        run(&mut read, &scenario.commands());
        let Some(wakeup) = typed.next_wakeup() else { return Ok(()) };
        let line = format!(r#"{{"type": "advance", "at": "{wakeup}"}}"#);
        let command = Command::new(wakeup, Action::Advance);
        prop_assert_eq!(Ok(typed.handle(&command)), read.handle_json(&line));
    }
}

#[cfg(feature = "schema")]
proptest! {
    #![proptest_config(config())]

    /// Inputs and outputs fit their schemas.
    #[test]
    fn everything_fits_the_schemas(scenario in generate::scenario()) {
        let fits = |validator, value: &Value| {
            let faults = crate::schemas::faults(validator, value);
            prop_assert!(faults.is_empty(), "{}\n{}", value, faults);
            Ok(())
        };
        fits(&crate::schemas::DOCUMENT, &scenario.document())?;
        let mut desk = desk(&scenario);
        for json in scenario.commands() {
            let Ok(command) = desk.command_from_value(json.clone()) else { continue };
            fits(&crate::schemas::COMMAND, &json)?;
            fits(&crate::schemas::COMMAND, &serde_json::to_value(&command).expect("a command is JSON"))?;
            for event in values(&desk.handle_with(&command, &Options::default().explain(true)).unwrap()) {
                fits(&crate::schemas::EVENT, &event)?;
            }
        }
        fits(&crate::schemas::DOCUMENT, &serde_json::to_value(desk.document()).expect("a document is JSON"))?;
    }
}

// ---- leaps, and time that is up

/// A desk on which so many agents come and go, twice a day.
fn commuters(count: usize) -> Value {
    let agents: Vec<Value> = (0..count).map(|index| json!({"id": format!("a{index}")})).collect();
    json!({
        "version": 1, "time_zone": "UTC", "agents": agents,
        "working_hours": [{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "start": "09:00", "end": "17:00"}],
        "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}],
    })
}

fn at(text: &str) -> Instant {
    Instant::parse(text).expect("an instant")
}

fn open(at: &str) -> Value {
    json!({"type": "open", "at": at, "conversation": "c1", "inbox": "main", "channel": "chat"})
}

/// Two thousand events a day: one leap covers 50 days.
#[test]
fn a_leap_stops_at_the_last_whole_instant_that_it_may_reach() {
    let document = commuters(1_000);
    let mut desk = Desk::from_json(&document.to_string()).unwrap();
    let mut stepping = desk.clone();
    desk.advance(at("2026-01-01T00:00:00Z"));
    let (before, far) = (desk.snapshot(), at("2026-06-01T00:00:00Z"));

    // Any other command is refused, again and again, and changes nothing.
    for _ in 0..3 {
        let events = handle(&mut desk, &open("2026-06-01T00:00:00Z")).unwrap();
        let [Event { kind: EventKind::Refused { code, until, message, .. }, .. }] = &events[..] else {
            panic!("{events:?}")
        };
        assert_eq!((code.as_str(), *until), ("leap_too_long", Some(at("2026-02-19T17:00:00Z"))));
        assert_eq!(message, "more than 100000 events fall due before it; advance to 2026-02-19T17:00:00.000Z first");
        assert_eq!(desk.snapshot(), before);
    }

    // An `advance` goes to the limit, and its events show that more are due.
    let mut events = desk.advance(far);
    assert_eq!((events.len(), desk.now(), desk.is_due(far)), (100_000, Some(at("2026-02-19T17:00:00Z")), true));
    let mut leaps = 1;
    while desk.is_due(far) {
        events.extend(desk.advance(far));
        leaps += 1;
    }
    assert_eq!((leaps, desk.next_wakeup()), (4, Some(at("2026-06-01T09:00:00Z"))));

    // The same events as in small steps, except for the first, which begins the desk's time.
    let mut steps = stepping.advance(at("2026-01-01T00:00:00Z"));
    steps.remove(0);
    let mut day = at("2026-01-01T00:00:00Z");
    while day < far {
        day = day.saturating_add(86_400_000 * 7);
        steps.extend(stepping.advance(day.min(far)));
    }
    assert!(events == steps, "{} and {} events", events.len(), steps.len());
    assert_eq!(desk.snapshot(), stepping.snapshot());
    assert!(handle(&mut desk, &open("2026-06-01T00:00:00Z")).unwrap().iter().all(|event| !is_refused(event)));
}

/// After a change of the settings all that was ever closed may be overdue: one command forgets as much as a leap may give, and
/// the rest is due at the same instant.
#[test]
fn as_much_is_forgotten_at_once_as_a_leap_may_give() {
    const CLOSED: usize = LEAP_EVENTS + 10;
    let mut desk = Desk::from_json(&commuters(0).to_string()).unwrap();
    desk.advance(at("2026-01-01T00:00:00Z"));
    let mut snapshot: Value = serde_json::from_str(&desk.snapshot()).unwrap();
    let closed = |number: usize| {
        let at = "2026-01-01T00:00:00.000Z";
        json!({"conversation": format!("c{number}"), "details": {"inbox": "main", "channel": "chat"}, "opened_at": at,
               "phase": "closed", "ended_at": at})
    };
    snapshot["conversations"] = (0..CLOSED).map(closed).collect();
    let mut desk = Desk::restore(&snapshot.to_string()).unwrap();
    let now = "2026-06-01T00:00:00Z";
    let configure = json!({"type": "configure", "at": now, "settings": {"forget_closed_after": "30d"}});
    let events = handle(&mut desk, &configure).unwrap();
    assert_eq!((events.len(), desk.next_wakeup()), (1 + LEAP_EVENTS, Some(at(now))));
    assert!(handle(&mut desk, &open(now)).unwrap().iter().all(|event| !is_refused(event)), "few are left");
    assert_eq!((desk.conversations().count(), desk.is_due(at(now))), (1, false));

    // As many once more than fit: other commands have to wait for them.
    snapshot["conversations"] = (0..2 * CLOSED).map(closed).collect();
    let mut desk = Desk::restore(&snapshot.to_string()).unwrap();
    handle(&mut desk, &configure).unwrap();
    let events = handle(&mut desk, &open(now)).unwrap();
    let [Event { kind: EventKind::Refused { code, until, .. }, .. }] = &events[..] else { panic!("{}", events.len()) };
    assert_eq!((*code, *until), (Code::LeapTooLong, Some(at(now))));
    assert_eq!(desk.advance(at(now)).len(), LEAP_EVENTS);
    assert_eq!((desk.advance(at(now)).len(), desk.next_wakeup()), (20, None));
}

/// The naive desk stops at the same instant.
#[test]
fn a_leap_stops_where_that_of_the_naive_desk_does() {
    // Few agents with as many changes a day, because the naive desk looks at all agents at every change.
    let mut document = commuters(60);
    let hour = |hour: u8| json!({"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "start": format!("{hour:02}:00"), "end": format!("{hour:02}:30")});
    document["working_hours"] = (0..24).map(hour).collect();
    let mut desk = Desk::from_json(&document.to_string()).unwrap();
    let commands = [
        json!({"type": "advance", "at": "2026-01-01T00:00:00Z"}),
        open("2026-02-10T12:00:00Z"),
        json!({"type": "advance", "at": "2026-02-10T12:00:00Z"}),
        open("2026-02-10T12:00:00Z"),
    ];
    let result = compare::check(&document, &commands, |command| handle(&mut desk, command).map(|it| values(&it)));
    assert!(result.is_ok(), "{}", result.unwrap_err().chars().rev().take(600).collect::<String>());
}

/// A deadline that passes after a number of checks.
fn up_after(looks: usize) -> Deadline {
    let left = AtomicUsize::new(looks);
    Deadline::new(move || left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_err())
}

proptest! {
    #![proptest_config(config())]

    /// A command that exceeds its deadline changes nothing, wherever it stops; with enough time it works as usual.
    #[test]
    fn a_command_whose_time_is_up_leaves_no_trace(scenario in generate::scenario(), looks in 0..60_usize) {
        let (mut desk, mut other) = (desk(&scenario), desk(&scenario));
        for command in scenario.commands() {
            let Ok(read) = desk.read_command(&command.to_string()) else { continue };
            let (before, wakeup) = (desk.snapshot(), desk.next_wakeup());
            let expected = other.handle_with(&read, &Options::default().explain(true)).unwrap();
            match desk.handle_with(&read, &Options::default().explain(true).deadline(up_after(looks))) {
                Ok(events) => prop_assert_eq!(&events, &expected),
                Err(problem) => {
                    prop_assert_eq!(problem.code, Code::TimeIsUp);
                    prop_assert_eq!(before, desk.snapshot());
                    prop_assert_eq!(wakeup, desk.next_wakeup());
                    prop_assert_eq!(&desk.handle_with(&read, &Options::default().explain(true)), &Ok(expected));
                }
            }
            prop_assert_eq!(desk.next_wakeup(), other.next_wakeup());
        }
        prop_assert_eq!(desk.snapshot(), other.snapshot());
    }
}
