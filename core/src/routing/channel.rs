//! The channels and their rules, compiled: when each is for a conversation, and whom each step names.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::agent_set::AgentSet;
use super::extension;
use super::handle::AgentSlot;
use super::roster::Roster;
use super::standings::KindIndex;
use crate::availability::Calendar;
use crate::model::{
    Access, Channel, Condition, Field, Id, Inbox, OnError, Otherwise, Rule, ScriptCall, Step, Strategy, Target, Test,
    Tie, WeeklyHours,
};
use crate::time::Zone;
use crate::time::weekly::Weekly;

/// A channel with what is compiled from its entry.
#[derive(Debug, Clone)]
pub(crate) struct CompiledChannel {
    pub inbox: Id,
    pub entry: Arc<Channel>,
    pub kind: KindIndex,
    pub office: Arc<Calendar>,
    pub access: Arc<AgentSet>,
    /// Whom any of its rules names by itself.
    pub named: AgentSet,
    /// Whom its rules name by the contact.
    pub named_by_contact: NamedByContact,
    /// Whether a rule begins with a bot, which is always there.
    pub begins_with_bot: bool,
    pub rules: Vec<Plan>,
}

/// Whether rules name agents whom only the contact tells.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct NamedByContact {
    pub owner: bool,
    pub last_agent: bool,
}

/// A rule, compiled.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub id: Id,
    pub conditions: Vec<PlanCondition>,
    /// What is asked after them.
    pub when: Option<Arc<dyn extension::Condition>>,
    pub steps: Vec<PlanStep>,
    pub otherwise: Otherwise,
}

/// A condition, compiled.
#[derive(Debug, Clone)]
pub(crate) enum PlanCondition {
    Field(Field, Test),
    Hours { zone: Zone, weekly: Weekly },
}

/// A step, compiled.
#[derive(Debug, Clone)]
pub(crate) struct PlanStep {
    pub target: PlanTarget,
    /// The strategy; where a script chooses, the one for a script that leaves the choice.
    pub strategy: Strategy,
    pub script: Option<Arc<ScriptCall>>,
    pub on_error: OnError,
    pub tie: Tie,
    pub skills: Vec<(Id, u8)>,
    /// In milliseconds.
    pub wait: Option<i64>,
    pub only_available: bool,
}

/// Whom a step names.
#[derive(Debug, Clone)]
pub(crate) enum PlanTarget {
    /// The same agents for every conversation; `listed` are those named one by one, in their order.
    Fixed {
        set: Arc<AgentSet>,
        listed: Vec<AgentSlot>,
    },
    ContactOwner,
    LastAgent,
    Bot(Id),
}

/// The sets that steps and accesses name; those that name the same share one.
pub(super) struct Targets<'a> {
    roster: &'a Roster,
    everyone: Arc<AgentSet>,
    main: FxHashMap<&'a Id, AgentSet>,
    extra: FxHashMap<&'a Id, AgentSet>,
    sets: FxHashMap<(Vec<Id>, Vec<Id>, bool), Arc<AgentSet>>,
}

impl<'a> Targets<'a> {
    pub fn new(roster: &'a Roster) -> Self {
        let mut main: FxHashMap<&Id, AgentSet> = FxHashMap::default();
        let mut extra: FxHashMap<&Id, AgentSet> = FxHashMap::default();
        for (slot, member) in roster.members() {
            member.entry.team.iter().for_each(|team| main.entry(team).or_default().insert(slot));
            member.entry.extra_teams.iter().for_each(|team| extra.entry(team).or_default().insert(slot));
        }
        let everyone = Arc::new(roster.members().map(|(slot, _)| slot).collect());
        Targets { roster, everyone, main, extra, sets: FxHashMap::default() }
    }

    pub fn access(&mut self, inbox: &Inbox) -> Arc<AgentSet> {
        match &inbox.access {
            Access::Everyone => Arc::clone(&self.everyone),
            Access::Only { teams, agents, .. } => self.named(agents, teams, true),
        }
    }

    pub fn channel(
        &mut self,
        inbox: &Inbox,
        channel: &Channel,
        access: &Arc<AgentSet>,
        office: Arc<Calendar>,
    ) -> CompiledChannel {
        let zone = inbox.time_zone.as_ref().unwrap_or(&self.roster.time_zone);
        let kind = self.roster.kinds().iter().position(|kind| *kind == channel.kind).unwrap_or_default();
        let (mut named, mut named_by_contact) = (AgentSet::default(), NamedByContact::default());
        for step in channel.rules.iter().flat_map(|rule| &rule.steps) {
            match self.target(&step.assign_to, access) {
                PlanTarget::Fixed { set, .. } => named.extend_with(&set),
                PlanTarget::ContactOwner => named_by_contact.owner = true,
                PlanTarget::LastAgent => named_by_contact.last_agent = true,
                PlanTarget::Bot(_) => {}
            }
        }
        let is_bot = |rule: &Rule| matches!(rule.steps.first().map(|step| &step.assign_to), Some(Target::Bot(_)));
        CompiledChannel {
            inbox: inbox.id.clone(),
            entry: Arc::new(channel.clone()),
            kind,
            office,
            access: Arc::clone(access),
            named,
            named_by_contact,
            begins_with_bot: channel.rules.iter().any(is_bot),
            rules: routed(channel).iter().map(|rule| self.plan(rule, zone, access)).collect(),
        }
    }

    fn plan(&mut self, rule: &Rule, zone: &Zone, access: &Arc<AgentSet>) -> Plan {
        Plan {
            id: rule.id.clone(),
            conditions: rule.conditions.iter().filter_map(|condition| plan_condition(condition, zone)).collect(),
            when: rule.when.as_ref().and_then(|text| self.roster.condition(text)),
            steps: rule.steps.iter().map(|step| self.step(step, access)).collect(),
            otherwise: rule.otherwise.clone(),
        }
    }

    fn step(&mut self, step: &Step, access: &Arc<AgentSet>) -> PlanStep {
        PlanStep {
            target: self.target(&step.assign_to, access),
            strategy: step.strategy.built_in().unwrap_or_default(),
            script: step.strategy.script().cloned().map(Arc::new),
            on_error: step.on_error,
            tie: step.tie,
            skills: step.skills.iter().map(|(skill, level)| (skill.clone(), *level)).collect(),
            wait: step.wait.map(|wait| wait.millis()),
            only_available: step.only_available,
        }
    }

    fn target(&mut self, target: &Target, access: &Arc<AgentSet>) -> PlanTarget {
        match target {
            Target::Named { agents, teams, extra } => PlanTarget::Fixed {
                set: self.named(agents, teams, *extra),
                listed: agents.iter().filter_map(|agent| self.roster.slot(agent)).collect(),
            },
            Target::Everyone => PlanTarget::Fixed { set: Arc::clone(access), listed: Vec::new() },
            Target::ContactOwner => PlanTarget::ContactOwner,
            Target::LastAgent => PlanTarget::LastAgent,
            Target::Bot(name) => PlanTarget::Bot(name.clone()),
        }
    }

    fn named(&mut self, agents: &[Id], teams: &[Id], extra: bool) -> Arc<AgentSet> {
        let Targets { roster, main, extra: extras, .. } = self;
        let set = self.sets.entry((agents.to_vec(), teams.to_vec(), extra)).or_insert_with(|| {
            let mut set: AgentSet = agents.iter().filter_map(|agent| roster.slot(agent)).collect();
            for team in teams {
                main.get(team).into_iter().for_each(|members| set.extend_with(members));
                extras.get(team).filter(|_| extra).into_iter().for_each(|members| set.extend_with(members));
            }
            Arc::new(set)
        });
        Arc::clone(set)
    }
}

/// The rules that conversations of a channel are routed by: none where nothing is routed.
pub(super) fn routed(channel: &Channel) -> &[Rule] {
    if cfg!(feature = "routing") { &channel.rules } else { &[] }
}

fn plan_condition(condition: &Condition, inbox_zone: &Zone) -> Option<PlanCondition> {
    match condition {
        Condition::Field(field, test) => Some(PlanCondition::Field(field.clone(), test.clone())),
        Condition::Hours { time_zone, hours, .. } => Some(PlanCondition::Hours {
            zone: time_zone.as_ref().unwrap_or(inbox_zone).clone(),
            weekly: WeeklyHours::compile(hours),
        }),
        Condition::Extension(..) => None,
    }
}
