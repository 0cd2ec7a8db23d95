//! `never_reached`: rules and steps that no conversation reaches because of earlier ones.

use rustc_hash::FxHashMap;

use super::Warnings;
use super::conditions::{Place, always_holds};
use crate::model::{Rule, Step, Target};
use crate::problem::{Code, shortened};

/// Checks the rules of a channel, and the steps of each.
pub(super) fn of_channel(warnings: &mut Warnings, place: Place<'_>) {
    let rules = &place.channel.rules;
    let takes_all = rules.iter().position(|rule| always_holds(place, rule));
    let mut before: FxHashMap<String, &Rule> = FxHashMap::default();
    warnings.under("rules", |warnings| {
        for (index, rule) in rules.iter().enumerate() {
            warnings.under(index, |warnings| {
                let taken = takes_all.filter(|first| *first < index).and_then(|first| rules.get(first));
                let same = before.get(&conditions_of(rule)).copied();
                if let Some(first) = taken {
                    unreachable(warnings, &format!("the rule {:?} before it takes everything", shortened(&first.id)));
                } else if let Some(first) = same {
                    let why = format!("the rule {:?} before it has the same conditions", shortened(&first.id));
                    unreachable(warnings, &why);
                }
                warnings.under("steps", |warnings| of_steps(warnings, &rule.steps));
            });
            if rule.when.is_none() {
                before.entry(conditions_of(rule)).or_insert(rule);
            }
        }
    });
}

fn unreachable(warnings: &mut Warnings, why: &str) {
    let hint = "move the rule up, or give the other one a condition";
    warnings.warn(Code::NeverReached, format!("no conversation gets to this rule: {why}"), hint);
}

/// Returns the conditions of a rule's `match`, in a fixed order.
fn conditions_of(rule: &Rule) -> String {
    let mut entries: Vec<String> = rule.conditions.iter().map(|condition| format!("{condition:?}")).collect();
    entries.sort_unstable();
    entries.join("\n")
}

/// Warns of steps that can choose nobody but agents of an earlier step: of the steps reached, the first with an eligible
/// agent decides. After a bot hands over, this starts again.
fn of_steps(warnings: &mut Warnings, steps: &[Step]) {
    for (index, step) in steps.iter().enumerate() {
        let before = steps.get(..index).unwrap_or_default();
        let from = before.iter().rposition(|step| matches!(step.assign_to, Target::Bot(_))).map_or(0, |bot| bot + 1);
        let mut rest = before.iter().enumerate().skip(from);
        // One that adds a priority has that effect when it is reached.
        if let Some((first, _)) = rest.find(|(_, earlier)| covers(earlier, step)).filter(|_| step.priority == 0) {
            warnings.under(index, |warnings| {
                let message = format!(
                    "whomever this step may choose, step {} may choose before, so this one never decides",
                    first + 1
                );
                warnings.warn(Code::NeverReached, message, "name others, ask fewer skills, or take the step out");
            });
        }
    }
}

/// Returns `true` if a step may choose every agent that a later one may choose.
fn covers(earlier: &Step, later: &Step) -> bool {
    let same_people = match (&earlier.assign_to, &later.assign_to) {
        (_, Target::Bot(_)) | (Target::Bot(_), _) => false,
        (Target::Everyone, _) => true,
        (one, other) => one == other,
    };
    // A script may refuse any agent, and a weight of 0 is never chosen.
    let chooses_all = earlier.strategy.built_in().is_some_and(|it| it != crate::model::Strategy::WeightedRoundRobin);
    let asks_no_more =
        earlier.skills.iter().all(|(skill, level)| later.skills.get(skill).is_some_and(|it| it >= level));
    // A script may have a hook for the case that nobody is found, so its step always counts.
    let is_plain = later.strategy.script().is_none();
    same_people
        && chooses_all
        && asks_no_more
        && later.relax_skills.is_empty()
        && is_plain
        && (later.only_available || !earlier.only_available)
}
