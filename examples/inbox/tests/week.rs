//! The week, replayed: every kind of event happens, and only the intended commands are refused.

use std::collections::{BTreeMap, BTreeSet};

use frontdesk::desk::{CommandType, EventType};
use frontdesk::story::Story;
use frontdesk::{Desk, Document, Event, Options, Strategy};
use inbox::{DESK, WEEK};
use serde_json::Value;

/// Each command with the events it gives.
fn replay() -> Vec<(Value, Vec<Value>)> {
    let mut desk = desk();
    let run = WEEK.lines().map(|line| {
        let events = desk.handle_json(line).unwrap_or_else(|problems| panic!("{line}: {problems:#?}"));
        (value(line), events.iter().map(|event| value(&event.to_json())).collect())
    });
    run.collect()
}

fn desk() -> Desk {
    Desk::from_json(DESK).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn value(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Returns the values that all events have under a key.
fn said(key: &str) -> BTreeSet<String> {
    let events = replay().into_iter().flat_map(|(_, events)| events);
    events.filter_map(|event| event[key].as_str().map(str::to_owned)).collect()
}

fn words(list: &str) -> BTreeSet<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn every_command_is_given() {
    let given: BTreeSet<String> = replay().iter().map(|(command, _)| text(command, "type").to_owned()).collect();
    assert_eq!(given, CommandType::ALL.iter().map(|kind| kind.as_str().to_owned()).collect());
}

#[test]
fn every_event_happens() {
    assert_eq!(
        said("type"),
        // The first event of a log, and those of scripts, which this desk has none of, apart.
        EventType::ALL
            .iter()
            .filter(|kind| ![EventType::Started, EventType::Prioritized, EventType::ScriptFailed].contains(kind))
            .map(|kind| kind.as_str().to_owned())
            .collect()
    );
}

#[test]
fn every_strategy_decides() {
    assert_eq!(said("strategy"), Strategy::ALL.iter().map(|strategy| strategy.as_str().to_owned()).collect());
}

#[test]
fn every_reason_is_given() {
    // Nobody is always on here: that takes a desk without hours.
    let of_statuses = "working_hours set_available outside_working_hours holiday out_of_office set_away \
                       set_away_by_other temporarily_away deactivated";
    let of_conversations = "by_hand replied held_before no_rule otherwise released agent_away removed \
                            transferred distributed shift_ended blocked_sender role_address bot_idle";
    assert_eq!(said("reason"), words(&format!("{of_statuses} {of_conversations}")));
    assert_eq!(said("notice"), words("set_away_by_other missed_offers"));
}

#[test]
fn each_rule_but_the_otherwise_of_some_decides() {
    let decided = said("rule");
    let document = Document::from_json(DESK).unwrap();
    let channels = document.inboxes.iter().flat_map(|inbox| &inbox.channels);
    for rule in channels.flat_map(|channel| &channel.rules) {
        assert!(decided.contains(rule.id.as_str()), "{}", rule.id);
    }
}

/// The document has every key of the format, and every word that a key may have, except keys for desks without hours.
/// has hours is left to other desks.
#[test]
fn the_document_uses_everything() {
    let mut said = BTreeSet::new();
    collect(&value(DESK), &mut said);
    let keys = "version time_zone working_hours kinds statuses state teams agents holidays inboxes settings id name team extra_teams \
                seat permissions date_hours date hours out_of_office note uid capacity total per_kind alone skills \
                attributes days start end every first_day last_day dates access office_hours channels kind weight \
                wrap_up accept_within rules match steps assign_to strategy tie wait extra only_available otherwise \
                voicemail bot visitor availability reply_time shows when_away when_closed message hide contact_owner \
                after_hours priority at_least not contains exists requires_seat away_ends_at_shift_start on_away \
                on_shift_end on_absence requeue_after on_removed seed last_assignment_before_end missed_offers_before_away forget_closed_after entitlements \
                temporarily_away auto_assign filters role_addresses block allow close_idle_bots reply_window automated person \
                bot_inactivity forget_trash_after hidden_messages";
    let words_of_keys = "everyone last_agent queue unassigned notify_owner requeue route team_status always \
                         manage_availability super_admin most_recently_assigned email chat form call messenger";
    let missing: Vec<String> = words(&format!("{keys} {words_of_keys}")).difference(&said).cloned().collect();
    assert_eq!(missing, ["queue"], "a queue goes without saying");
}

/// Collects all keys and texts of a value.
fn collect(value: &Value, said: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, value)| {
            said.insert(key.clone());
            collect(value, said);
        }),
        Value::Array(elements) => elements.iter().for_each(|element| collect(element, said)),
        Value::String(text) => {
            said.insert(text.clone());
        }
        _ => {}
    }
}

/// A command whose note says so is refused, and no other.
#[test]
fn nothing_is_refused_but_what_is_meant_to_be() {
    let mut codes = BTreeMap::<String, usize>::new();
    for (command, events) in replay() {
        let refused = events.iter().find(|event| text(event, "type") == "refused");
        assert_eq!(refused.is_some(), text(&command, "x-note").starts_with("Refused"), "{command}");
        if let Some(refused) = refused {
            assert_eq!(events.len(), 1, "a refused command gives nothing else: {command}");
            *codes.entry(text(refused, "code").to_owned()).or_default() += 1;
        }
    }
    let expected = [
        ("bot_active", 1),
        ("conversation_closed", 1),
        ("conversation_exists", 1),
        ("conversation_open", 1),
        ("deactivated", 1),
        ("in_the_past", 1),
        ("in_use", 1),
        ("no_inbox_access", 2),
        ("not_held", 1),
        ("not_offered", 1),
        ("not_permitted", 6),
        ("not_with_bot", 1),
        ("time_goes_back", 1),
        ("unknown_agent", 1),
        ("unknown_channel", 1),
        ("unknown_conversation", 1),
        ("unknown_inbox", 1),
        ("unknown_team", 1),
    ];
    assert_eq!(codes, expected.map(|(code, count)| (code.to_owned(), count)).into());
}

/// Whoever stores the events has the desk.
#[test]
fn the_events_rebuild_the_desk() {
    let (mut original, mut rebuilt) = (desk(), desk());
    for line in WEEK.lines() {
        for event in original.handle_json(line).unwrap() {
            rebuilt.apply(&Event::from_json(&event.to_json()).unwrap()).unwrap();
        }
    }
    assert_eq!(rebuilt.snapshot(), original.snapshot());
}

#[test]
fn the_story_of_a_conversation_is_told() {
    let mut desk = desk();
    let mut story = Story::of("chat-6", desk.document().time_zone);
    for line in WEEK.lines() {
        let command = desk.read_command(line).unwrap();
        desk.handle_with(&command, &Options::default().explain(true))
            .unwrap()
            .iter()
            .for_each(|event| story.hear(event));
    }
    let told: Vec<String> = story.lines().iter().map(|line| format!("{} {}", line.clock, line.text)).collect();
    assert_eq!(told, STORY);
}

const STORY: [&str; 19] = [
    "10:15:00 It arrived in care by web-chat, from elin, a contact of maja.",
    "10:15:00 It was offered to maja until 10:15:45, by step 1 of the rule regulars (least busy): maja was the only one who could take it.",
    "10:15:00 Not asked: 12 agents whom the step does not reach.",
    "10:15:20 The offer to maja was taken back, as maja became away (set away).",
    "10:15:20 Nobody could take it by step 1 of the rule regulars, so it waits there until 10:16.",
    "10:15:20 Why not: maja (set away until Wed 08:00), 12 others whom the step does not reach.",
    "10:16:00 Nobody has taken it, so step 2 of the rule regulars is tried, too, until 10:17.",
    "10:17:00 Nobody has taken it, so step 3 of the rule regulars is tried, too, until 10:27.",
    "10:17:00 It was offered to priya until 10:17:45, by step 3 of the rule regulars (least busy): priya had the lowest load, 0 (anna 1, jonas 1).",
    "10:17:00 Not asked: ingrid (full, 2 of 2), maja (set away until Wed 08:00), per (has no seat), 7 others whom the step does not reach.",
    "10:17:30 priya accepted it 30 s after the offer; it had waited 2 min 10 s in all.",
    "10:43:00 priya closed it, 28 min after it arrived.",
    "10:43:30 priya finished wrapping it up.",
    "10:47:00 It was opened again.",
    "10:47:00 It was offered to priya until 10:47:45, who had held it before.",
    "10:47:10 priya accepted it 10 s after the offer.",
    "10:48:00 A command about it was refused: it is open.",
    "10:58:00 priya closed it, 43 min after it arrived.",
    "10:58:30 priya finished wrapping it up.",
];
