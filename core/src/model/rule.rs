//! Rules: the agents who are asked for a conversation, their order, and the outcome if nobody is there.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::agent_condition::{AgentCondition, read_where, write_where};
use super::attributes::{Extensions, Skills};
use super::condition::{Condition, read_match, write_match};
use super::conversation::read_skills;
use super::priority::{RaisePriority, is_zero};
use super::script::{Chooser, OnError, read_when};
use super::wait::Wait;
use crate::problem::{Code, Problem, vocabulary};
use crate::read::{Fields, Id, Node, Reader};

/// A rule of a channel. The first rule whose conditions hold is used.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rule {
    /// Its id, unique in the channel.
    pub id: Id,
    /// The conditions on the conversation, all of which have to hold.
    #[serde(rename = "match", skip_serializing_if = "Vec::is_empty", serialize_with = "write_match")]
    #[cfg_attr(feature = "schema", schemars(default, with = "crate::schema::Match"))]
    pub conditions: Vec<Condition>,
    /// A further condition: a script expression over `conversation`, `contact`, `channel`, `inbox` and `now`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The priority that it adds to that of a conversation.
    #[serde(skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(default, range(min = -1_000_000, max = 1_000_000)))]
    pub priority: i64,
    /// The priority that it adds as a conversation waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raise_priority: Option<RaisePriority>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The outcome if no step finds an agent; that of the desk's settings when absent, or else `queue`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Otherwise>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Rule {
    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Rule> {
        let mut fields = r.object(node)?;
        let id = r.required(&mut fields, "id", Reader::id);
        let conditions = r.optional(&mut fields, "match", read_match).unwrap_or_default();
        let when = r.optional(&mut fields, "when", read_when);
        let priority = r.optional(&mut fields, "priority", Reader::added_priority).unwrap_or_default();
        let raise_priority = r.optional(&mut fields, "raise_priority", RaisePriority::read);
        let steps = r.required(&mut fields, "steps", |r, node| r.list(node, Step::read));
        let otherwise = r.optional(&mut fields, "otherwise", Otherwise::read);
        let extensions = r.finish(fields);
        Some(Rule { id: id?, conditions, when, priority, raise_priority, steps: steps?, otherwise, extensions })
    }
}

/// An attempt to find an agent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transform = crate::schema::belongs_to_strategies))]
pub struct Step {
    /// The agents to consider.
    pub assign_to: Target,
    /// The strategy or script that chooses among the eligible ones.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub strategy: Chooser,
    /// The fallback if the script fails.
    #[serde(skip_serializing_if = "OnError::is_default")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub on_error: OnError,
    /// The tie-break of the strategy.
    #[serde(skip_serializing_if = "Tie::is_default")]
    #[cfg_attr(feature = "schema", schemars(default, extend("default" = "least_recently_assigned")))]
    pub tie: Tie,
    /// The required levels of skills, beside those that the conversation requires.
    #[serde(skip_serializing_if = "Skills::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default, with = "crate::schema::Levels"))]
    pub skills: Skills,
    /// The priority that it adds to that of a conversation which has reached it.
    #[serde(skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(default, range(min = -1_000_000, max = 1_000_000)))]
    pub priority: i64,
    /// The skills of the conversation that this step and those after it do not require.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub relax_skills: Vec<Id>,
    /// The time to wait before the next step is added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
    /// When the step is passed at once, although it has a wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip_if: Option<SkipIf>,
    /// `true` if only available agents are eligible.
    #[serde(skip_serializing_if = "is_true")]
    #[cfg_attr(feature = "schema", schemars(default = "crate::schema::yes", extend("default" = true)))]
    pub only_available: bool,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

fn is_true(value: &bool) -> bool {
    *value
}

impl Step {
    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Step> {
        let mut fields = r.object(node)?;
        let assign_to = r.required(&mut fields, "assign_to", Target::read);
        let strategy = r.optional(&mut fields, "strategy", Chooser::read);
        let on_error = r.optional(&mut fields, "on_error", OnError::read);
        let tie = r.optional(&mut fields, "tie", Reader::word);
        let skills = r.optional(&mut fields, "skills", read_skills).unwrap_or_default();
        let priority = r.optional(&mut fields, "priority", Reader::added_priority).unwrap_or_default();
        let relax_skills = r.list_or_empty(&mut fields, "relax_skills", Reader::id);
        let wait = r.optional(&mut fields, "wait", Wait::read);
        let skip_if = r.optional(&mut fields, "skip_if", Reader::word);
        let only_available = r.optional(&mut fields, "only_available", Reader::bool);
        let chosen_by = strategy.unwrap_or_default();
        if tie.is_some_and(|tie| !chosen_by.built_in().is_some_and(|strategy| strategy.takes(tie))) {
            r.report(
                Problem::new(
                    Code::Conflict,
                    "this \"tie\" belongs to the strategies least_busy, best_skill and fewest_skills",
                )
                .with_hint("take it out, or choose \"strategy\": \"least_busy\""),
            );
        }
        if on_error.is_some() && fields.peek("strategy").is_none_or(|node| node.text().is_some()) {
            r.report(
                Problem::new(Code::Conflict, "\"on_error\" belongs to a script that chooses")
                    .with_hint("take it out, or choose \"strategy\": {\"script\": …}"),
            );
        }
        let extensions = r.finish(fields);
        Some(Step {
            assign_to: assign_to?,
            strategy: chosen_by,
            on_error: on_error.unwrap_or_default(),
            tie: tie.unwrap_or_default(),
            skills,
            priority,
            relax_skills,
            wait,
            skip_if,
            only_available: only_available.unwrap_or(true),
            extensions,
        })
    }
}

vocabulary! {
    /// The agents that a step considers.
    #[derive(Debug, Clone, PartialEq)]
    #[non_exhaustive]
    pub enum Target, written as TargetWord {
        /// All agents with access to the inbox.
        Everyone = "everyone",
        /// The owner of the contact, if the contact was recognised.
        ContactOwner = "contact_owner",
        /// The agent who last held a conversation of the contact.
        LastAgent = "last_agent",
    } or as an object {
        /// Agents and members of teams, by id.
        Named {
            /// The agents, in the order in which `in_order` asks them.
            agents: Vec<Id>,
            /// The teams whose main members are considered.
            teams: Vec<Id>,
            /// `true` if extra members are considered, too.
            extra: bool,
            /// The conditions on the agents, all of which have to hold.
            conditions: Vec<AgentCondition>,
        },
        /// A bot, which takes the conversation at once.
        Bot(Id),
    }
}

impl Target {
    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Target> {
        if !matches!(node, Node::Object(_)) {
            return r.word_or_object(node, "an object with agents, teams or a bot").map(TargetWord::into);
        }
        let mut fields = r.object(node)?;
        if fields.has("bot") {
            let bot = r.optional(&mut fields, "bot", Reader::id);
            r.finish(fields);
            return bot.map(Target::Bot);
        }
        let agents = r.optional(&mut fields, "agents", |r, node| r.list(node, Reader::agent));
        let teams = r.optional(&mut fields, "teams", |r, node| r.list(node, Reader::team));
        let extra = r.optional(&mut fields, "extra", Reader::bool).unwrap_or_default();
        let conditions = r.optional(&mut fields, "where", read_where).unwrap_or_default();
        if !fields.has("agents") && !fields.has("teams") {
            r.report(
                Problem::new(Code::MissingKey, "say whom to assign to")
                    .with_hint("name \"agents\", \"teams\" or a \"bot\", or write \"everyone\""),
            );
        }
        r.finish(fields);
        let (agents, teams) = (agents.unwrap_or_default(), teams.unwrap_or_default());
        Some(Target::Named { agents, teams, extra, conditions })
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Target::Named { agents, teams, extra, conditions } => {
                let mut map = serializer.serialize_map(None)?;
                if !agents.is_empty() {
                    map.serialize_entry("agents", agents)?;
                }
                if !teams.is_empty() || agents.is_empty() {
                    map.serialize_entry("teams", teams)?;
                }
                if *extra {
                    map.serialize_entry("extra", extra)?;
                }
                if !conditions.is_empty() {
                    map.serialize_entry("where", &Where(conditions))?;
                }
                map.end()
            }
            Target::Bot(name) => one_entry(serializer, "bot", name),
            Target::Everyone | Target::ContactOwner | Target::LastAgent => self.word().serialize(serializer),
        }
    }
}

/// The conditions on agents, as they are written.
struct Where<'a>(&'a [AgentCondition]);

impl Serialize for Where<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_where(self.0, serializer)
    }
}

pub(super) fn one_entry<S: Serializer>(serializer: S, key: &str, value: &impl Serialize) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(key, value)?;
    map.end()
}

vocabulary! {
    /// A built-in strategy that chooses among eligible agents. All are deterministic.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum Strategy {
        /// The agent with the lowest total load; on a tie the one whose last assignment is the longest ago.
        #[default]
        LeastBusy = "least_busy",
        /// The agent with the most free capacity.
        MostCapacity = "most_capacity",
        /// The agent to whom this rule has offered or assigned nothing for the longest time.
        RoundRobin = "round_robin",
        /// Smooth weighted round-robin by `attributes.weight`.
        WeightedRoundRobin = "weighted_round_robin",
        /// Agents who hold nothing first, by the instant at which their last conversation ended.
        LongestIdle = "longest_idle",
        /// The agent with the highest sum of levels in the required skills.
        BestSkill = "best_skill",
        /// The agent with the fewest skills beyond the required ones, so that specialists stay free.
        FewestSkills = "fewest_skills",
        /// The first eligible agent in the order of the list.
        InOrder = "in_order",
        /// An agent by a hash of the seed and the conversation's id.
        Random = "random",
    }
}

impl Strategy {
    /// Those whose ties go by load and then by the last assignment, which a step may turn round.
    pub(crate) const BY_LOAD: [Strategy; 3] = [Strategy::LeastBusy, Strategy::BestSkill, Strategy::FewestSkills];

    /// Those that leave no tie which `fewest_skills` could break.
    pub(crate) const WITHOUT_TIE: [Strategy; 3] = [Strategy::FewestSkills, Strategy::InOrder, Strategy::Random];

    /// Returns `true` if a step with the strategy may have a tie-break.
    fn takes(self, tie: Tie) -> bool {
        tie == Tie::FewestSkills || Strategy::BY_LOAD.contains(&self)
    }
}

vocabulary! {
    /// The tie-break of a strategy.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum Tie {
        /// The agent whose last assignment is the longest ago.
        #[default]
        LeastRecentlyAssigned = "least_recently_assigned",
        /// The agent with the most recent assignment; for strategies whose ties go by load.
        MostRecentlyAssigned = "most_recently_assigned",
        /// The agent with the fewest skills beyond the required ones; then the tie-break of the strategy.
        FewestSkills = "fewest_skills",
    }
}

impl Tie {
    fn is_default(&self) -> bool {
        *self == Tie::default()
    }
}

vocabulary! {
    /// When a step is passed at once, although it has a wait.
    #[non_exhaustive]
    pub enum SkipIf {
        /// When none of those whom it names is available, whatever they hold: also once the last of them leaves.
        NobodyAvailable = "nobody_available",
    }
}

vocabulary! {
    /// The outcome if no step finds an agent.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    #[non_exhaustive]
    pub enum Otherwise, written as OtherwiseWord {
        /// The conversation waits in the queue, and any step may take it.
        Queue = "queue" (default),
        /// The conversation stays unassigned, for manual triage.
        Unassigned = "unassigned",
        /// The contact's owner is to be mailed, if they are away; the conversation stays unassigned.
        NotifyOwner = "notify_owner",
    } or as an object {
        /// The contact hears a message.
        Voicemail(Id),
        /// A bot takes the conversation.
        Bot(Id),
    }
}

impl Otherwise {
    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Otherwise> {
        if !matches!(node, Node::Object(_)) {
            return r.word_or_object(node, "an object with a voicemail or a bot").map(OtherwiseWord::into);
        }
        let mut fields = r.object(node)?;
        let voicemail = read_named(r, &mut fields, "voicemail", Otherwise::Voicemail);
        let bot = read_named(r, &mut fields, "bot", Otherwise::Bot);
        match (fields.has("voicemail"), fields.has("bot")) {
            (true, true) => r.report(Problem::new(Code::Conflict, "choose either a voicemail or a bot")),
            (false, false) => r.report(Problem::new(Code::MissingKey, "name a \"voicemail\" or a \"bot\"")),
            _ => {}
        }
        r.finish(fields);
        voicemail.or(bot)
    }
}

fn read_named(
    r: &mut Reader<'_>,
    fields: &mut Fields<'_>,
    key: &'static str,
    make: fn(Id) -> Otherwise,
) -> Option<Otherwise> {
    r.optional(fields, key, Reader::id).map(make)
}

impl Serialize for Otherwise {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Otherwise::Voicemail(id) => one_entry(serializer, "voicemail", id),
            Otherwise::Bot(name) => one_entry(serializer, "bot", name),
            Otherwise::Queue | Otherwise::Unassigned | Otherwise::NotifyOwner => self.word().serialize(serializer),
        }
    }
}
