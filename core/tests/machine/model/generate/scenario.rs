//! A random desk and a random stream of commands for it.

use std::fmt;

use proptest::prelude::*;
use serde_json::Value;

use super::super::naive::Model;
use super::super::naive::time::{DAY, MINUTE, parse_date, parse_duration, write_instant};
use super::commands::{Action, By, action, by};
use super::desk::{Desk, desk};
use super::hours::FIRST_DAY;
use super::pick::{DURATIONS, chance};

#[derive(Clone)]
pub struct Scenario {
    desk: Desk,
    /// Minutes from the first midnight to the first command.
    start: i64,
    stream: Vec<Command>,
}

#[derive(Debug, Clone)]
struct Command {
    gap: Gap,
    by: By,
    has_id: bool,
    action: Action,
}

/// The time since the previous command.
#[derive(Debug, Clone, Copy)]
enum Gap {
    None,
    /// A length that waits and offers have, too, so that commands fall on their ends.
    Duration(&'static str),
    /// Up to the next instant at which something falls due, plus or minus some milliseconds.
    Due(i64),
    Millis(i64),
    Hours(i64),
    /// Earlier than the previous command; refused if that command had an event.
    Back,
}

pub fn scenario() -> impl Strategy<Value = Scenario> {
    // Mostly during the day.
    let start = prop_oneof![1 => 0..DAY / MINUTE, 3 => 8 * 60..16 * 60_i64];
    let command =
        (gap(), by(), chance(15), action()).prop_map(|(gap, by, has_id, action)| Command { gap, by, has_id, action });
    (desk(), start, prop::collection::vec(command, 10..=80)).prop_map(|(desk, start, stream)| Scenario {
        desk,
        start,
        stream,
    })
}

fn gap() -> impl Strategy<Value = Gap> {
    prop_oneof![
        45 => Just(Gap::None),
        25 => prop::sample::select(&DURATIONS[..6]).prop_map(Gap::Duration),
        20 => prop_oneof![6 => Just(0), 1 => Just(-1), 1 => Just(1)].prop_map(Gap::Due),
        8 => (1..90_000_i64).prop_map(Gap::Millis),
        4 => (1..9_i64).prop_map(Gap::Hours),
        1 => Just(Gap::Back),
    ]
}

impl Scenario {
    pub fn document(&self) -> Value {
        self.desk.json()
    }

    /// Returns the commands in JSON. The naive desk runs them at the same time, for the possible subjects and due events.
    pub fn commands(&self) -> Vec<Value> {
        let document = self.document();
        let mut model = Model::new(&document);
        let mut last = parse_date(FIRST_DAY) * DAY + self.start * MINUTE;
        let mut commands = Vec::new();
        for (number, command) in self.stream.iter().enumerate() {
            if command.action.is_idle(&model.view()) {
                continue;
            }
            let gap = if command.action.is_prompt() { Gap::None } else { command.gap };
            let at = gap.after(last, || model.next_wakeup());
            last = last.max(at);
            let json = command.json(number, at, &model, &document);
            // Commands that cannot be read are part of the stream: the real desk has to report them, too.
            let _ = model.handle(&json);
            commands.push(json);
        }
        commands
    }
}

impl Gap {
    fn after(self, last: i64, due: impl Fn() -> Option<i64>) -> i64 {
        match self {
            Gap::None => last,
            Gap::Duration(duration) => last + parse_duration(duration),
            Gap::Due(millis) => last.max(due().map_or(last, |due| due + millis)),
            Gap::Millis(millis) => last + millis,
            Gap::Hours(hours) => last + hours * 60 * MINUTE,
            Gap::Back => last - 1,
        }
    }
}

impl Command {
    fn json(&self, number: usize, at: i64, model: &Model, document: &Value) -> Value {
        let view = model.view();
        let mut json = self.action.json(at, &view, document);
        json["at"] = write_instant(at).into();
        if let Some(by) = self.by.json(&json, &view) {
            json["by"] = by.into();
        }
        if self.has_id {
            json["id"] = format!("x{number}").into();
        }
        json
    }
}

/// Shows a scenario as its document, and a command a line.
impl fmt::Debug for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.document())?;
        self.commands().iter().try_for_each(|command| writeln!(f, "{command}"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, TestRunner};

    use super::super::super::naive::time::parse_instant;
    use super::*;

    fn events(scenario: &Scenario) -> Vec<Value> {
        let mut model = Model::new(&scenario.document());
        scenario.commands().iter().filter_map(|command| model.handle(command).ok()).flatten().collect()
    }

    /// Checks that everything happens on random desks; otherwise the tests would prove little.
    #[test]
    fn everything_happens() {
        let mut runner = TestRunner::deterministic();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for _ in 0..600 {
            let scenario = scenario().new_tree(&mut runner).unwrap().current();
            for event in events(&scenario) {
                for key in ["type", "reason", "code", "strategy", "notice", "change", "from_step", "woke"] {
                    if let Some(value) = event.get(key) {
                        *seen.entry(format!("{key} {value}")).or_default() += 1;
                    }
                }
            }
        }
        println!("{seen:#?}");
        for expected in EXPECTED {
            let (key, values) = expected;
            for value in values.split(' ') {
                assert!(seen.contains_key(&format!("{key} {value:?}")), "never a {key} {value}");
            }
        }
    }

    const EXPECTED: [(&str, &str); 6] = [
        (
            "type",
            "status_changed notice opened updated offered assigned unassigned queued step_entered offer_expired \
             offer_declined offer_withdrawn sent_to_voicemail owner_notified handed_to_bot closed wrap_up_ended \
             forgotten erased reopened snoozed desk_changed refused kept message_noted sent filtered unfiltered trashed \
             restored hidden unhidden blocked unblocked",
        ),
        (
            "reason",
            "working_hours always_on set_available outside_working_hours holiday out_of_office set_away \
             set_away_by_other temporarily_away deactivated by_hand replied held_before no_rule otherwise released \
             agent_away removed shift_ended blocked_sender role_address bot_idle",
        ),
        (
            "code",
            "unknown_agent unknown_team unknown_inbox unknown_conversation conversation_exists time_goes_back \
             not_permitted no_inbox_access deactivated conversation_closed conversation_open not_offered not_with_bot \
             not_held in_use in_the_past unknown_status conflict bot_active window_closed not_answered in_spam \
             not_in_spam in_trash not_in_trash unknown_sender sender_allowed not_blocked not_hidden",
        ),
        (
            "strategy",
            "least_busy most_capacity round_robin weighted_round_robin longest_idle best_skill in_order random",
        ),
        ("notice", "set_away_by_other missed_offers"),
        (
            "change",
            "set_working_hours set_date_hours set_out_of_office put_agent put_team put_inbox put_holiday configure \
             remove_agent remove_team remove_inbox remove_holiday",
        ),
    ];

    proptest! {
        #![proptest_config(Config { cases: 100, failure_persistence: None, ..Config::default() })]

        /// Small steps of `advance` give the same events on the naive desk, too (section 5).
        #[test]
        fn small_steps_give_the_same_events(scenario in scenario()) {
            let (mut leaping, mut stepping) = (Model::new(&scenario.document()), Model::new(&scenario.document()));
            let (mut leaps, mut steps) = (Vec::new(), Vec::new());
            for command in scenario.commands() {
                // Events that fall due under a refused command are left to the next command, so that they do not count here.
                let Ok(events) = leaping.handle(&command) else { continue };
                if events.iter().any(|event| event["type"] == "refused") {
                    continue;
                }
                leaps.extend(events);
                let at = parse_instant(command["at"].as_str().unwrap());
                while let Some(due) = stepping.next_wakeup().filter(|&due| due <= at) {
                    let advance = serde_json::json!({"type": "advance", "at": write_instant(due)});
                    steps.extend(stepping.handle(&advance).unwrap());
                }
                steps.extend(stepping.handle(&command).unwrap());
                let again = serde_json::json!({"type": "advance", "at": command["at"]});
                prop_assert_eq!(stepping.handle(&again).unwrap().len(), 0, "something was left to do");
            }
            prop_assert_eq!(leaps, steps);
        }
    }
}
