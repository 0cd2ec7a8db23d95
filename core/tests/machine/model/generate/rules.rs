//! Random rules: conditions, steps and outcomes.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::hours::{Weekly, weekly, weekly_json};
use super::pick::{
    PLANS, Pick, SKILLS, chance, compact, ids, numbered, perhaps, pick, short_duration, skills, skills_json,
};

#[derive(Debug, Clone)]
pub struct Rule {
    conditions: Vec<Condition>,
    priority: Option<i8>,
    raise: Option<Raise>,
    steps: Vec<Step>,
    otherwise: Option<Otherwise>,
}

/// The time, the priority that is added each time, and the most that is added.
type Raise = (&'static str, u8, Option<u8>);

pub fn rules() -> impl Strategy<Value = Vec<Rule>> {
    let conditions = prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(condition(), 1..=2)];
    let raise = (short_duration(), 1..=2_u8, perhaps(50, 1..=4_u8));
    let priorities = (perhaps(20, -1..=2_i8), perhaps(25, raise));
    let rule = (conditions, priorities, prop::collection::vec(step(), 1..=3), perhaps(60, otherwise())).prop_map(
        |(conditions, (priority, raise), steps, otherwise)| Rule { conditions, priority, raise, steps, otherwise },
    );
    prop_oneof![1 => Just(vec![]), 15 => prop::collection::vec(rule, 1..=3)]
}

pub fn rules_json(rules: &[Rule], agents: &[String], teams: &[String]) -> Value {
    let named = rules.iter().zip(numbered('r', rules.len()));
    named.map(|(rule, id)| rule.json(&id, agents, teams)).collect()
}

impl Rule {
    fn json(&self, id: &str, agents: &[String], teams: &[String]) -> Value {
        let conditions: Value = self.conditions.iter().map(|it| (it.path().to_owned(), it.test())).collect();
        let steps: Value = self.steps.iter().map(|step| step.json(agents, teams)).collect();
        compact(json!({
            "id": id, "match": (!self.conditions.is_empty()).then_some(conditions), "priority": self.priority,
            "raise_priority": self.raise.map(|(every, by, most)| compact(json!({"every": every, "by": by, "at_most": most}))),
            "steps": steps,
            "otherwise": self.otherwise.as_ref().map(Otherwise::json),
        }))
    }
}

#[derive(Debug, Clone)]
enum Condition {
    Priority(i8),
    Plan(&'static str, PlanTest),
    Known(bool),
    HasOwner(bool),
    AsksSkill(u8),
    Spend(u8),
    Kind(&'static str),
    Hours(Vec<Weekly>),
}

#[derive(Debug, Clone, Copy)]
enum PlanTest {
    Is,
    Not,
    AnyOf,
    StartsWith,
    Contains,
}

fn condition() -> impl Strategy<Value = Condition> {
    let test = prop::sample::select(vec![
        PlanTest::Is,
        PlanTest::Not,
        PlanTest::AnyOf,
        PlanTest::StartsWith,
        PlanTest::Contains,
    ]);
    prop_oneof![
        (-1..=1_i8).prop_map(Condition::Priority),
        (prop::sample::select(&PLANS[..]), test).prop_map(|(plan, test)| Condition::Plan(plan, test)),
        any::<bool>().prop_map(Condition::Known),
        any::<bool>().prop_map(Condition::HasOwner),
        (1..=3_u8).prop_map(Condition::AsksSkill),
        (0..4_u8).prop_map(Condition::Spend),
        prop::sample::select(vec!["chat", "call", "email"]).prop_map(Condition::Kind),
        weekly().prop_map(Condition::Hours),
    ]
}

impl Condition {
    fn path(&self) -> &'static str {
        match self {
            Condition::Priority(_) => "priority",
            Condition::Plan(..) => "attributes.plan",
            Condition::Known(_) => "contact.known",
            Condition::HasOwner(_) => "contact.owner",
            Condition::AsksSkill(_) => "skills.x",
            Condition::Spend(_) => "contact.attributes.spend",
            Condition::Kind(_) => "kind",
            Condition::Hours(_) => "hours",
        }
    }

    fn test(&self) -> Value {
        match self {
            Condition::Priority(level) => json!({"at_least": level}),
            Condition::Plan(plan, PlanTest::Is) => json!(plan),
            Condition::Plan(plan, PlanTest::Not) => json!({"not": plan}),
            Condition::Plan(plan, PlanTest::AnyOf) => json!([plan, "other"]),
            Condition::Plan(plan, PlanTest::StartsWith) => json!({"starts_with": &plan[..1]}),
            Condition::Plan(plan, PlanTest::Contains) => json!({"contains": &plan[1..2]}),
            Condition::Known(known) => json!(known),
            Condition::HasOwner(there) => json!({"exists": there}),
            Condition::AsksSkill(level) => json!({"at_most": level}),
            Condition::Spend(spend) => json!({"at_least": spend, "not": 2}),
            Condition::Kind(kind) => json!(kind),
            Condition::Hours(hours) => json!({"time_zone": "UTC", "hours": weekly_json(hours)}),
        }
    }
}

#[derive(Debug, Clone)]
struct Step {
    target: Target,
    strategy: Option<&'static str>,
    tie: Option<&'static str>,
    skills: Vec<(&'static str, u8)>,
    relaxed: Option<&'static str>,
    priority: Option<i8>,
    wait: Option<&'static str>,
    waits_in_office_hours: bool,
    skips: bool,
    only_available: bool,
}

const STRATEGIES: [&str; 9] = [
    "least_busy",
    "round_robin",
    "most_capacity",
    "weighted_round_robin",
    "longest_idle",
    "best_skill",
    "fewest_skills",
    "in_order",
    "random",
];

// None is left out.
const _: () = assert!(STRATEGIES.len() == frontdesk::Strategy::ALL.len());

fn step() -> impl Strategy<Value = Step> {
    let strategy = perhaps(90, prop::sample::select(&STRATEGIES[..]));
    let asked = prop_oneof![3 => Just(vec![]), 1 => skills()];
    let priority = perhaps(15, -1..=2_i8);
    let tie = perhaps(30, prop::sample::select(&["most_recently_assigned", "fewest_skills"][..]));
    let skills = (asked, perhaps(15, prop::sample::select(&SKILLS[..])));
    (target(), strategy, tie, skills, priority, (perhaps(50, short_duration()), chance(30), chance(20)), chance(85))
        .prop_map(
            |(
                target,
                strategy,
                tie,
                (skills, relaxed),
                priority,
                (wait, waits_in_office_hours, skips),
                only_available,
            )| Step {
                target,
                strategy,
                tie,
                skills,
                relaxed,
                priority,
                wait,
                waits_in_office_hours,
                skips,
                only_available,
            },
        )
}

impl Step {
    fn json(&self, agents: &[String], teams: &[String]) -> Value {
        let by_load = matches!(self.strategy, None | Some("least_busy" | "best_skill" | "fewest_skills"));
        compact(json!({
            "assign_to": self.target.json(agents, teams),
            "strategy": self.strategy,
            "tie": self.tie.filter(|tie| by_load || *tie == "fewest_skills"),
            "skills": (!self.skills.is_empty()).then(|| skills_json(&self.skills)),
            "relax_skills": self.relaxed.map(|skill| [skill]),
            "priority": self.priority,
            "wait": self.wait.map(|wait| match self.waits_in_office_hours {
                true => json!({"office_hours": wait}),
                false => json!(wait),
            }),
            "skip_if": self.skips.then_some("nobody_available"),
            "only_available": if self.only_available { Value::Null } else { false.into() },
        }))
    }
}

#[derive(Debug, Clone)]
enum Target {
    Everyone,
    Named { agents: Vec<Pick>, teams: Vec<Pick>, extra: bool, filter: Option<AgentTest> },
    ContactOwner,
    LastAgent,
    Bot,
}

/// A test of the agents that a step names.
#[derive(Debug, Clone)]
enum AgentTest {
    Knows(&'static str, u8),
    KnowsNot(&'static str),
    AtMost(&'static str, u8),
    Team(Pick),
    NoTeam(Pick),
}

fn agent_test() -> impl Strategy<Value = AgentTest> {
    let skill = prop::sample::select(&SKILLS[..]);
    prop_oneof![
        (skill.clone(), 1..=4_u8).prop_map(|(skill, level)| AgentTest::Knows(skill, level)),
        skill.clone().prop_map(AgentTest::KnowsNot),
        (skill, 1..=3_u8).prop_map(|(skill, level)| AgentTest::AtMost(skill, level)),
        pick().prop_map(AgentTest::Team),
        pick().prop_map(AgentTest::NoTeam),
    ]
}

impl AgentTest {
    fn json(&self, teams: &[String]) -> Value {
        let one = |pick: &Pick| ids(std::slice::from_ref(pick), teams);
        match self {
            AgentTest::Knows(skill, level) => json!({format!("skills.{skill}"): {"at_least": level}}),
            AgentTest::KnowsNot(skill) => json!({format!("skills.{skill}"): {"exists": false}}),
            AgentTest::AtMost(skill, level) => json!({format!("skills.{skill}"): {"at_most": level, "exists": true}}),
            AgentTest::Team(team) => json!({"team": one(team)}),
            AgentTest::NoTeam(team) => json!({"team": {"not": one(team)}}),
        }
    }
}

fn target() -> impl Strategy<Value = Target> {
    let agents = prop::collection::vec(pick(), 0..=3);
    let teams = prop::collection::vec(pick(), 0..=2);
    prop_oneof![
        3 => Just(Target::Everyone),
        8 => (agents, teams, any::<bool>(), perhaps(25, agent_test()))
            .prop_map(|(agents, teams, extra, filter)| Target::Named { agents, teams, extra, filter }),
        2 => Just(Target::ContactOwner),
        2 => Just(Target::LastAgent),
        1 => Just(Target::Bot),
    ]
}

impl Target {
    fn json(&self, all_agents: &[String], all_teams: &[String]) -> Value {
        match self {
            Target::Everyone => json!("everyone"),
            Target::Named { agents, teams, extra, filter } => compact(json!({
                "agents": ids(agents, all_agents), "teams": ids(teams, all_teams), "extra": extra,
                "where": filter.as_ref().map(|test| test.json(all_teams)),
            })),
            Target::ContactOwner => json!("contact_owner"),
            Target::LastAgent => json!("last_agent"),
            Target::Bot => json!({"bot": "robo"}),
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Otherwise {
    Queue,
    Unassigned,
    Voicemail,
    NotifyOwner,
    Bot,
}

pub fn otherwise() -> impl Strategy<Value = Otherwise> {
    prop_oneof![
        4 => Just(Otherwise::Queue),
        1 => Just(Otherwise::Unassigned),
        1 => Just(Otherwise::Voicemail),
        1 => Just(Otherwise::NotifyOwner),
        1 => Just(Otherwise::Bot),
    ]
}

impl Otherwise {
    pub fn json(&self) -> Value {
        match self {
            Otherwise::Queue => json!("queue"),
            Otherwise::Unassigned => json!("unassigned"),
            Otherwise::Voicemail => json!({"voicemail": "beep"}),
            Otherwise::NotifyOwner => json!("notify_owner"),
            Otherwise::Bot => json!({"bot": "night"}),
        }
    }
}
