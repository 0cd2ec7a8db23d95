//! `unused`: teams that nothing names, and skills that are most likely misspelt. The script host reports unused scripts.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::Warnings;
use super::people::MOST_COMPARED;
use crate::model::{Access, Condition, Document, Faces, Field, Id, Target};
use crate::problem::{Code, Problem, shortened};

/// Checks the teams, and the skills of agents.
pub(super) fn of_document(warnings: &mut Warnings, document: &Document) {
    let named = named_teams(document);
    warnings.each("teams", &document.teams, |warnings, team| {
        if !named.contains(&team.id) {
            let message = format!("nothing names the team {:?}", shortened(&team.id));
            warnings.warn(Code::Unused, message, "make somebody a member, name it in a rule, or take it out");
        }
    });
    of_skills(warnings, document);
}

fn named_teams(document: &Document) -> FxHashSet<&Id> {
    let mut named: FxHashSet<&Id> = FxHashSet::default();
    for agent in &document.agents {
        named.extend(agent.team.iter().chain(&agent.extra_teams));
    }
    named.extend(document.table_filters.iter().filter_map(|saved| saved.filter.team.as_ref()));
    named.extend(document.holidays.iter().flat_map(|holiday| &holiday.teams));
    for inbox in &document.inboxes {
        if let Access::Only { teams, .. } = &inbox.access {
            named.extend(teams);
        }
        for channel in &inbox.channels {
            for step in channel.rules.iter().flat_map(|rule| &rule.steps) {
                if let Target::Named { teams, .. } = &step.assign_to {
                    named.extend(teams);
                }
            }
            let mut faces = channel.visitor.as_ref().and_then(|visitor| visitor.shows.as_ref());
            while let Some(shown) = faces {
                faces = match shown {
                    Faces::Of { teams, .. } => {
                        named.extend(teams);
                        None
                    }
                    Faces::ContactOwner { otherwise, .. } => otherwise.as_deref(),
                    Faces::Name { .. } => None,
                };
            }
        }
    }
    named
}

/// Warns of skills that no rule requires, if their name is nearly that of a skill that a rule requires and nobody has.
/// Conversations may require any other skill, and a filter of the table may show who has it.
fn of_skills(warnings: &mut Warnings, document: &Document) {
    let has: BTreeSet<&str> = document.agents.iter().flat_map(|agent| agent.skills.keys()).map(Id::as_str).collect();
    let asked = asked_skills(document);
    let missing: Vec<&str> = asked.iter().copied().filter(|skill| !has.contains(skill)).take(MOST_COMPARED).collect();
    if missing.is_empty() {
        return;
    }
    let shown: BTreeSet<&str> =
        document.table_filters.iter().filter_map(|saved| saved.filter.skill.as_deref()).collect();
    let mut compared = BTreeSet::new();
    warnings.each("agents", &document.agents, |warnings, agent| {
        for skill in agent.skills.keys().map(Id::as_str) {
            if asked.contains(skill)
                || shown.contains(skill)
                || compared.len() >= MOST_COMPARED
                || !compared.insert(skill.to_owned())
            {
                continue;
            }
            let message =
                format!("no rule asks for the skill {:?}, and rules ask for one that nobody has", shortened(skill));
            let warning = Problem::new(Code::Unused, message).suggesting(skill, missing.iter().copied());
            if warning.hint.is_some() {
                warnings.under("skills", |warnings| warnings.under(skill, |warnings| warnings.report(warning)));
            }
        }
    });
}

fn asked_skills(document: &Document) -> BTreeSet<&str> {
    let mut asked = BTreeSet::new();
    let channels = document.inboxes.iter().flat_map(|inbox| &inbox.channels);
    for rule in channels.flat_map(|channel| &channel.rules) {
        asked.extend(rule.steps.iter().flat_map(|step| step.skills.keys()).map(Id::as_str));
        asked.extend(rule.conditions.iter().filter_map(|condition| match condition {
            Condition::Field(Field::Skill(skill), _) => Some(skill.as_str()),
            Condition::Field(..) | Condition::Hours { .. } | Condition::Extension(..) => None,
        }));
    }
    asked
}
