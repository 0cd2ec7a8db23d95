//! `nobody_there`: places that no agent can serve. A desk without agents is unfinished, and gets no such warning.

use super::Warnings;
use super::people::{People, both};
use crate::availability::AgentSet;
use crate::model::{
    Access, Channel, Document, Id, Inbox, Otherwise, Rule, Step, Strategy, Target, VisitorAvailability,
};
use crate::problem::{Code, Problem, shortened};

/// Checks seats, the access of each inbox, and each step.
pub(super) fn of_document(warnings: &mut Warnings, document: &Document) {
    if document.agents.is_empty() {
        return;
    }
    let mut people = People::of(document);
    of_seats(warnings, document, &people);
    warnings.under("inboxes", |warnings| {
        for (index, inbox) in document.inboxes.iter().enumerate() {
            warnings.under(index, |warnings| of_inbox(warnings, &mut people, inbox));
        }
    });
}

/// Warns of seats that no agent has, so that routing assigns nothing.
fn of_seats(warnings: &mut Warnings, document: &Document, people: &People<'_>) {
    if both(&people.active, &people.seated).is_empty() && !people.active.is_empty() {
        let hint = "give those who take conversations a \"seat\"";
        let entitlements = &document.settings.entitlements;
        let auto_assign = entitlements.auto_assign.as_ref().map(|_| "auto_assign");
        let restricted = auto_assign.or(entitlements.routing_rules.as_ref().map(|_| "routing_rules"));
        warnings.under("settings", |warnings| match restricted {
            Some(feature) => warnings.under("entitlements", |warnings| {
                warnings.under(feature, |warnings| {
                    let message = "nobody who is active has one of these seats, so routing gives nobody anything";
                    warnings.warn(Code::NobodyThere, message, "name the seats that agents have, or take the key out");
                });
            }),
            None => warnings.under("requires_seat", |warnings| {
                let message = "seats are required and nobody who is active has one, so routing gives nobody anything";
                warnings.warn(Code::NobodyThere, message, hint);
            }),
        });
    }
}

fn of_inbox<'d>(warnings: &mut Warnings, people: &mut People<'d>, inbox: &'d Inbox) {
    let access = people.with_access(&inbox.access);
    if both(&access, &people.active).is_empty() {
        // The other warnings would follow from this one.
        return warnings.under("access", |warnings| warnings.report(without_access(people, &access, &inbox.access)));
    }
    warnings.under("channels", |warnings| {
        for (index, channel) in inbox.channels.iter().enumerate() {
            warnings.under(index, |warnings| of_channel(warnings, people, inbox, channel, &access));
        }
    });
}

fn without_access(people: &People<'_>, set: &AgentSet, access: &Access) -> Problem {
    let (message, hint) = match access {
        Access::Only { teams, agents, .. } if teams.is_empty() && agents.is_empty() => (
            "nobody has access to the inbox: \"teams\" and \"agents\" are both empty".to_owned(),
            "name teams or agents, or take the key out for access of everyone",
        ),
        Access::Only { teams, .. } if set.is_empty() => (
            format!("nobody has access to the inbox: {} without members", teams_in_words(teams)),
            "make somebody a member, or name other teams or agents",
        ),
        Access::Only { .. } if !people.active.is_empty() => {
            ("everybody with access to the inbox is deactivated".to_owned(), "name somebody who is active")
        }
        Access::Only { .. } | Access::Everyone => {
            ("everybody on the desk is deactivated".to_owned(), "set somebody \"active\"")
        }
    };
    Problem::new(Code::NobodyThere, message).with_hint(hint)
}

/// Returns "the team \"a\" is" or "the teams \"a\", \"b\" are".
fn teams_in_words(teams: &[Id]) -> String {
    const SHOWN: usize = 3;
    let names: Vec<String> = teams.iter().take(SHOWN).map(|team| format!("{:?}", shortened(team))).collect();
    let more = teams.len().saturating_sub(SHOWN);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    match teams {
        [_] => format!("the team {} is", names.join(", ")),
        _ => format!("the teams {}{more} are", names.join(", ")),
    }
}

fn of_channel<'d>(
    warnings: &mut Warnings,
    people: &mut People<'d>,
    inbox: &'d Inbox,
    channel: &'d Channel,
    access: &AgentSet,
) {
    let looks_for_people = |it: &crate::model::VisitorSettings| it.availability != VisitorAvailability::Always;
    if channel.rules.is_empty() && channel.visitor.as_ref().is_some_and(looks_for_people) {
        warnings.under("visitor", |warnings| {
            let message = "no rule of the channel names anybody, so visitors never find it online";
            warnings.warn(Code::NobodyThere, message, "add a rule, or set \"availability\" to \"always\"");
        });
    }
    warnings.under("rules", |warnings| {
        for (index, rule) in channel.rules.iter().enumerate() {
            warnings.under(index, |warnings| {
                of_rule(warnings, rule, &people.otherwise);
                warnings.under("steps", |warnings| {
                    for (index, step) in rule.steps.iter().enumerate() {
                        let found = lacking(people, inbox, channel, step, access);
                        let Some((path, warning)) = found else { continue };
                        warnings.under(index, |warnings| warnings.below(&path, |warnings| warnings.report(warning)));
                    }
                });
            });
        }
    });
}

/// Warns of a rule without steps: its conversations stay in a queue that nobody serves.
/// `otherwise` is the outcome of rules without one.
fn of_rule(warnings: &mut Warnings, rule: &Rule, otherwise: &Otherwise) {
    if rule.steps.is_empty() && *rule.otherwise.as_ref().unwrap_or(otherwise) == Otherwise::Queue {
        warnings.under("steps", |warnings| {
            let message = "the rule has no step, so what it takes waits for nobody";
            let hint = "add a step, or write \"otherwise\": \"unassigned\"";
            warnings.warn(Code::NobodyThere, message, hint);
        });
    }
}

/// Returns the check at which the last agents of a step drop out, as a place and a warning.
fn lacking<'d>(
    people: &mut People<'d>,
    inbox: &'d Inbox,
    channel: &'d Channel,
    step: &'d Step,
    access: &AgentSet,
) -> Option<(Vec<&'d str>, Problem)> {
    let at = |path: &[&'d str], message: String, hint: String| {
        Some((path.to_vec(), Problem::new(Code::NobodyThere, message).with_hint(hint)))
    };
    let target: &[&'d str] = &["assign_to"];
    let mut left = match &step.assign_to {
        Target::Bot(_) => return None,
        Target::Everyone | Target::ContactOwner | Target::LastAgent => access.clone(),
        Target::Named { agents, teams, extra, conditions } => {
            let named = people.named(agents, teams, *extra);
            if named.is_empty() {
                let (message, hint) = names_nobody(people, agents, teams, *extra);
                return at(target, message, hint);
            }
            let meeting = people.meeting(&named, conditions);
            if meeting.is_empty() {
                let message = "nobody whom the step names passes \"where\"".into();
                return at(&["assign_to", "where"], message, "ask for less, or name others".into());
            }
            meeting
        }
    };
    left.keep(&people.active);
    if left.is_empty() {
        return at(target, "everybody whom the step names is deactivated".into(), "name somebody who is active".into());
    }
    left.keep(&people.seated);
    if left.is_empty() {
        // If no agent has a seat, the warning on the settings is enough.
        let known = both(&people.active, &people.seated).is_empty();
        let hint = "give one of them a seat that gets conversations, or name others".into();
        return if known {
            None
        } else {
            at(target, "nobody whom the step names has a seat that gets conversations".into(), hint)
        };
    }
    left.keep(access);
    if left.is_empty() {
        let message = format!("nobody whom the step names has access to the inbox {:?}", shortened(&inbox.id));
        return at(target, message, "add them to its \"access\", or name others".into());
    }
    for (skill, level) in &step.skills {
        left.keep(people.skilled(skill, *level));
        if left.is_empty() {
            let message =
                format!("nobody whom the step names has the skill {:?} at level {level} or above", shortened(skill));
            return at(&["skills", skill.as_str()], message, hint_of_skill(people, skill));
        }
    }
    left.keep(people.with_room(&channel.kind, channel.weight));
    if left.is_empty() {
        let (kind, weight) = (shortened(&channel.kind), channel.weight);
        let message =
            format!("nobody whom the step names has the capacity for one of kind {kind:?}, which weighs {weight}");
        return at(target, message, "raise their \"capacity\", or lower the \"weight\" of the channel".into());
    }
    if step.strategy.built_in() == Some(Strategy::WeightedRoundRobin) && !left.meets(&people.with_weight()) {
        let message = "everybody whom the step names has the weight 0, which is never chosen".into();
        return at(target, message, "set \"attributes\": {\"weight\": 1} on those who take part".into());
    }
    None
}

fn names_nobody(people: &People<'_>, agents: &[Id], teams: &[Id], extra: bool) -> (String, String) {
    if agents.is_empty() && teams.is_empty() {
        let message = "the step names nobody: there is no agent and no team in it";
        return (message.to_owned(), "name agents or teams, or write \"everyone\"".to_owned());
    }
    let has_extra_members = !extra && teams.iter().any(|team| people.has_members(team));
    let (what, hint) = if has_extra_members {
        ("without main members", "write \"extra\": true to ask extra members as well")
    } else {
        ("without members", "make somebody a member, or name others")
    };
    (format!("the step names nobody: {} {what}", teams_in_words(teams)), hint.to_owned())
}

/// Returns a hint with the skill that is most likely meant, or with the highest level.
fn hint_of_skill(people: &mut People<'_>, skill: &Id) -> String {
    match people.highest(skill) {
        Some(highest) => format!("ask for a level that somebody has: {highest} is the highest on the desk"),
        None => {
            people.suggestion(skill).unwrap_or_else(|| "give somebody the skill, or take it out of the step".to_owned())
        }
    }
}
