//! The desk document, read into plain structs: only the parts that routing and availability use.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::conditions::Condition;
use super::hours::{Absence, DateHours, Travel, WeeklyHours};
use super::time::{DAY, MINUTE, parse_date, parse_duration};

pub type Skills = BTreeMap<String, i64>;

#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The channel kinds beside the built-in ones.
    pub kinds: Vec<String>,
    pub statuses: Vec<OwnStatus>,
    pub working_hours: Option<Vec<WeeklyHours>>,
    pub teams: Vec<Team>,
    pub agents: Vec<Agent>,
    pub holidays: Vec<Holiday>,
    pub inboxes: Vec<Inbox>,
    pub table_filters: Vec<TableFilter>,
    pub settings: Settings,
}

/// A filter of the table of agents.
#[derive(Debug, Clone, PartialEq)]
pub struct TableFilter {
    id: String,
    name: Option<String>,
    state: Option<String>,
    pub team: Option<String>,
    pub inbox: Option<String>,
    skill: Option<String>,
}

impl TableFilter {
    pub fn read(json: &Value) -> TableFilter {
        let filter = &json["filter"];
        TableFilter {
            id: text(json, "id"),
            name: optional_text(json, "name"),
            state: optional_text(filter, "state"),
            team: optional_text(filter, "team"),
            inbox: optional_text(filter, "inbox"),
            skill: optional_text(filter, "skill"),
        }
    }
}

/// A status beside available and away.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnStatus {
    pub id: String,
    pub is_available: bool,
    pub name: Option<String>,
    /// `None` for all.
    pub kinds: Option<Vec<String>>,
}

impl OwnStatus {
    pub fn read(json: &Value) -> OwnStatus {
        OwnStatus {
            id: text(json, "id"),
            is_available: json["state"] == "available",
            name: optional_text(json, "name"),
            kinds: json.get("kinds").map(all_texts),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    pub id: String,
    pub working_hours: Option<Vec<WeeklyHours>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Agent {
    pub id: String,
    pub active: bool,
    pub team: Option<String>,
    pub extra_teams: Vec<String>,
    pub seat: Option<String>,
    pub permissions: Vec<String>,
    pub working_hours: Option<Vec<WeeklyHours>>,
    pub date_hours: Vec<DateHours>,
    pub out_of_office: Vec<Absence>,
    pub substitute: Option<String>,
    pub travel: Vec<Travel>,
    pub limit: Option<i64>,
    pub limit_per_kind: BTreeMap<String, i64>,
    pub limit_per_inbox: BTreeMap<String, i64>,
    pub alone: Vec<String>,
    pub pace: Vec<Pace>,
    pub skills: Skills,
    pub weight: i64,
}

/// The most conversations that routing gives an agent in a time; `None` for a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Pace {
    pub at_most: usize,
    per: Option<i64>,
}

impl Pace {
    fn read(json: &Value) -> Pace {
        let at_most = json["at_most"].as_u64().expect("a number") as usize;
        Pace { at_most, per: (json["per"] != "day").then(|| duration(json, "per").expect("a time")) }
    }

    /// Returns the instant at which a conversation that was given at another no longer counts.
    pub fn leaves(&self, agent: &Agent, given: i64) -> i64 {
        let next_date = || {
            let date = agent.date_at(given);
            let starts = (date + 1..=date + 3).map(|date| date * DAY - agent.offset_on(date));
            starts.filter(|&start| start > given).min().expect("a date begins")
        };
        self.per.map_or_else(next_date, |time| given + time)
    }
}

impl Agent {
    /// The time by which the clock of a date is ahead of UTC.
    pub fn offset_on(&self, date: i64) -> i64 {
        let travel = self.travel.iter().find(|travel| (travel.first_day..=travel.last_day).contains(&date));
        travel.map_or(0, |travel| travel.offset)
    }

    /// The date at an instant: the last that has begun.
    pub fn date_at(&self, at: i64) -> i64 {
        let date = at.div_euclid(DAY);
        let has_begun = |date: &i64| date * DAY - self.offset_on(*date) <= at;
        (date - 2..=date + 2).rev().find(has_begun).expect("a date has begun")
    }

    /// Returns `true` if the team is the agent's main team or an extra one.
    pub fn is_in(&self, team: &str) -> bool {
        self.team.as_deref() == Some(team) || self.extra_teams.iter().any(|extra| extra == team)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Holiday {
    pub id: String,
    pub dates: Vec<i64>,
    pub teams: Vec<String>,
    pub inboxes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Inbox {
    pub id: String,
    pub access: Access,
    pub office_hours: Option<Vec<WeeklyHours>>,
    pub filters: Filters,
    pub channels: Vec<Channel>,
}

/// The senders that are filtered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filters {
    /// The further roles that are filtered; `None` if roles are let in.
    pub roles: Option<Vec<String>>,
    pub block: Vec<String>,
    pub allow: Vec<String>,
}

impl Filters {
    fn read(json: &Value) -> Filters {
        let lower = |key: &str| texts(json, key).iter().map(|text| text.to_lowercase()).collect();
        let roles = &json["role_addresses"];
        let more = roles.is_array().then(|| lower("role_addresses"));
        let roles = more.or((roles == true).then(Vec::new));
        Filters { roles, block: texts(json, "block"), allow: texts(json, "allow") }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Access {
    Everyone,
    Only { teams: Vec<String>, agents: Vec<String> },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    pub id: String,
    pub kind: String,
    pub weight: i64,
    pub priority: i64,
    pub wrap_up: Option<i64>,
    pub accept_within: Option<i64>,
    pub offer_again_after: Option<i64>,
    pub offers_at_once: Option<usize>,
    pub waiting_limit: Option<WaitingLimit>,
    pub reopen_on_message: bool,
    /// The windows of programs and of persons.
    pub reply_window: (Option<i64>, Option<i64>),
    pub close_idle_bots: bool,
    pub original_sender: bool,
    pub office_hours: Option<Vec<WeeklyHours>>,
    pub rules: Vec<Rule>,
    pub after_hours: Option<Otherwise>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct WaitingLimit {
    pub at_most: Option<usize>,
    pub longest: Option<i64>,
    pub otherwise: Otherwise,
}

impl WaitingLimit {
    fn read(json: &Value) -> WaitingLimit {
        let at_most = json["at_most"].as_u64().map(|count| count as usize);
        WaitingLimit { at_most, longest: duration(json, "longest"), otherwise: Otherwise::read(&json["otherwise"]) }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub id: String,
    pub conditions: Vec<Condition>,
    pub priority: i64,
    pub raise: Option<Raise>,
    pub steps: Vec<Step>,
    /// That of the settings, if it has none.
    pub otherwise: Option<Otherwise>,
}

/// The priority that a rule adds as a conversation waits.
#[derive(Debug, Clone, PartialEq)]
pub struct Raise {
    pub every: i64,
    pub by: i64,
    pub at_most: Option<i64>,
}

/// The tie-break between agents whom a strategy finds equal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tie {
    LeastRecent,
    MostRecent,
    FewestSkills,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub target: Target,
    pub strategy: String,
    /// The tie-break between equals.
    pub tie: Tie,
    pub skills: Skills,
    /// The skills of a conversation that it does not ask, of its own `relax_skills` and of those of the steps before it.
    pub relaxed: Vec<String>,
    pub priority: i64,
    pub wait: Option<i64>,
    /// `true` if only the office hours of the channel count for the wait.
    pub waits_in_office_hours: bool,
    pub skips: bool,
    pub only_available: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    Named { agents: Vec<String>, teams: Vec<String>, extra: bool, conditions: Map<String, Value> },
    Everyone,
    ContactOwner,
    LastAgent,
    Bot(String),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Otherwise {
    Queue,
    Unassigned,
    Voicemail(String),
    NotifyOwner,
    Bot(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub requires_seat: bool,
    pub away_ends_at_shift_start: bool,
    pub own_away_ends_at_shift_start: bool,
    pub requeue_on_away: bool,
    /// The times after which conversations are given back; `None` if they are kept.
    pub on_shift_end: Option<i64>,
    pub on_absence: Option<i64>,
    pub unassign_on_removed: bool,
    pub seed: u64,
    pub last_assignment_before_end: Option<i64>,
    pub missed_offers_before_away: Option<u64>,
    pub forget_closed_after: Option<i64>,
    pub forget_trash_after: i64,
    pub bot_inactivity: i64,
    pub otherwise: Otherwise,
    /// The seats that have a feature, by feature.
    pub entitlements: BTreeMap<String, Vec<String>>,
}

impl Document {
    pub fn read(json: &Value) -> Document {
        Document {
            kinds: texts(json, "kinds"),
            statuses: list(json, "statuses", OwnStatus::read),
            working_hours: hours(json, "working_hours"),
            teams: list(json, "teams", Team::read),
            agents: list(json, "agents", Agent::read),
            holidays: list(json, "holidays", Holiday::read),
            inboxes: list(json, "inboxes", Inbox::read),
            table_filters: list(json, "table_filters", TableFilter::read),
            settings: Settings::read(&json["settings"]),
        }
    }

    pub fn agent(&self, id: &str) -> Option<&Agent> {
        self.agents.iter().find(|agent| agent.id == id)
    }

    pub fn team(&self, id: &str) -> Option<&Team> {
        self.teams.iter().find(|team| team.id == id)
    }

    pub fn inbox(&self, id: &str) -> Option<&Inbox> {
        self.inboxes.iter().find(|inbox| inbox.id == id)
    }

    pub fn channel(&self, inbox: &str, channel: &str) -> Option<&Channel> {
        self.inbox(inbox)?.channels.iter().find(|it| it.id == channel)
    }

    pub fn rule(&self, inbox: &str, channel: &str, rule: &str) -> Option<&Rule> {
        self.channel(inbox, channel)?.rules.iter().find(|it| it.id == rule)
    }

    /// Returns `true` if the access names the team, or a member has access.
    pub fn team_may_have(&self, team: &str, inbox: &str) -> bool {
        let is_named = match self.inbox(inbox).map(|inbox| &inbox.access) {
            Some(Access::Only { teams, .. }) => teams.iter().any(|it| it == team),
            _ => true,
        };
        self.team(team).is_some() && (is_named || self.team_has_access(team, inbox))
    }

    /// Returns `true` if a member of the team has access.
    pub fn team_has_access(&self, team: &str, inbox: &str) -> bool {
        self.agents.iter().any(|agent| agent.is_in(team) && self.has_access(agent, inbox))
    }

    pub fn has_access(&self, agent: &Agent, inbox: &str) -> bool {
        match self.inbox(inbox).map(|inbox| &inbox.access) {
            Some(Access::Everyone) => true,
            Some(Access::Only { teams, agents }) => {
                agents.contains(&agent.id) || teams.iter().any(|team| agent.is_in(team))
            }
            None => false,
        }
    }
}

impl Team {
    pub fn read(json: &Value) -> Team {
        Team { id: text(json, "id"), working_hours: hours(json, "working_hours") }
    }
}

impl Agent {
    pub fn read(json: &Value) -> Agent {
        let capacity = &json["capacity"];
        Agent {
            id: text(json, "id"),
            active: json["active"].as_bool().unwrap_or(true),
            team: optional_text(json, "team"),
            extra_teams: texts(json, "extra_teams"),
            seat: optional_text(json, "seat"),
            permissions: texts(json, "permissions"),
            working_hours: hours(json, "working_hours"),
            date_hours: list(json, "date_hours", DateHours::read),
            out_of_office: list(json, "out_of_office", Absence::read),
            substitute: optional_text(json, "substitute"),
            travel: list(json, "travel", Travel::read),
            // A number without an object is the total.
            limit: capacity.as_i64().or(capacity["total"].as_i64()),
            limit_per_inbox: numbers(&capacity["per_inbox"]),
            limit_per_kind: numbers(&capacity["per_kind"]),
            alone: texts(capacity, "alone"),
            pace: list(capacity, "pace", Pace::read),
            skills: numbers(&json["skills"]),
            weight: json["attributes"]["weight"].as_i64().unwrap_or(1),
        }
    }
}

impl Holiday {
    pub fn read(json: &Value) -> Holiday {
        let dates = texts(json, "dates").iter().map(|date| parse_date(date)).collect();
        Holiday { id: text(json, "id"), dates, teams: texts(json, "teams"), inboxes: texts(json, "inboxes") }
    }
}

impl Inbox {
    pub fn read(json: &Value) -> Inbox {
        let access = &json["access"];
        Inbox {
            id: text(json, "id"),
            access: match access.is_object() {
                true => Access::Only { teams: texts(access, "teams"), agents: texts(access, "agents") },
                false => Access::Everyone,
            },
            office_hours: hours(json, "office_hours"),
            filters: Filters::read(&json["filters"]),
            channels: list(json, "channels", Channel::read),
        }
    }
}

impl Channel {
    fn read(json: &Value) -> Channel {
        let kind = text(json, "kind");
        let rings = if kind == "call" { Some(30_000) } else { None };
        Channel {
            id: text(json, "id"),
            weight: json["weight"].as_i64().unwrap_or(1),
            priority: json["priority"].as_i64().unwrap_or(0),
            wrap_up: duration(json, "wrap_up"),
            accept_within: duration(json, "accept_within").or(rings),
            offer_again_after: duration(json, "offer_again_after"),
            offers_at_once: json["offers_at_once"].as_u64().map(|count| count as usize),
            waiting_limit: json.get("waiting_limit").map(WaitingLimit::read),
            reopen_on_message: json["reopen_on_message"].as_bool().unwrap_or(kind == "email" || kind == "messenger"),
            reply_window: (duration(&json["reply_window"], "automated"), duration(&json["reply_window"], "person")),
            close_idle_bots: json["close_idle_bots"] == true,
            original_sender: json["original_sender"] != false,
            office_hours: hours(json, "office_hours"),
            rules: list(json, "rules", Rule::read),
            after_hours: json.get("after_hours").map(Otherwise::read),
            kind,
        }
    }
}

impl Rule {
    fn read(json: &Value) -> Rule {
        Rule {
            id: text(json, "id"),
            conditions: Condition::read_all(&json["match"]),
            priority: json["priority"].as_i64().unwrap_or(0),
            raise: json.get("raise_priority").map(Raise::read),
            steps: relaxed_on(list(json, "steps", Step::read)),
            otherwise: json.get("otherwise").map(Otherwise::read),
        }
    }
}

/// Adds to each step what those before it relax.
fn relaxed_on(mut steps: Vec<Step>) -> Vec<Step> {
    let mut relaxed = vec![];
    for step in &mut steps {
        relaxed.append(&mut step.relaxed);
        step.relaxed.clone_from(&relaxed);
    }
    steps
}

impl Raise {
    fn read(json: &Value) -> Raise {
        let every = duration(json, "every").expect("a time");
        Raise { every, by: json["by"].as_i64().expect("a priority"), at_most: json["at_most"].as_i64() }
    }
}

impl Step {
    pub fn read(json: &Value) -> Step {
        Step {
            target: Target::read(&json["assign_to"]),
            strategy: optional_text(json, "strategy").unwrap_or("least_busy".into()),
            tie: match json["tie"].as_str() {
                Some("most_recently_assigned") => Tie::MostRecent,
                Some("fewest_skills") => Tie::FewestSkills,
                _ => Tie::LeastRecent,
            },
            skills: numbers(&json["skills"]),
            relaxed: texts(json, "relax_skills"),
            priority: json["priority"].as_i64().unwrap_or(0),
            wait: duration(json, "wait").or_else(|| duration(&json["wait"], "office_hours")),
            waits_in_office_hours: json["wait"].is_object(),
            skips: json["skip_if"] == "nobody_available",
            only_available: json["only_available"].as_bool().unwrap_or(true),
        }
    }
}

impl Target {
    fn read(json: &Value) -> Target {
        match json.as_str() {
            Some("everyone") => Target::Everyone,
            Some("contact_owner") => Target::ContactOwner,
            Some("last_agent") => Target::LastAgent,
            Some(other) => panic!("unknown target {other}"),
            None => match optional_text(json, "bot") {
                Some(bot) => Target::Bot(bot),
                None => Target::Named {
                    agents: texts(json, "agents"),
                    teams: texts(json, "teams"),
                    extra: json["extra"] == true,
                    conditions: json["where"].as_object().cloned().unwrap_or_default(),
                },
            },
        }
    }
}

impl Otherwise {
    fn read(json: &Value) -> Otherwise {
        match json.as_str() {
            Some("queue") => Otherwise::Queue,
            Some("unassigned") => Otherwise::Unassigned,
            Some("notify_owner") => Otherwise::NotifyOwner,
            Some(other) => panic!("unknown otherwise {other}"),
            None => match optional_text(json, "voicemail") {
                Some(voicemail) => Otherwise::Voicemail(voicemail),
                None => Otherwise::Bot(text(json, "bot")),
            },
        }
    }
}

impl Settings {
    pub fn read(json: &Value) -> Settings {
        let entitlements = json["entitlements"].as_object().cloned().unwrap_or_default();
        Settings {
            requires_seat: json["requires_seat"] == true,
            away_ends_at_shift_start: json["away_ends_at_shift_start"] == true,
            own_away_ends_at_shift_start: json["own_away_ends_at_shift_start"] == true,
            requeue_on_away: json["on_away"] == "requeue",
            on_shift_end: delay(&json["on_shift_end"]),
            on_absence: delay(&json["on_absence"]),
            unassign_on_removed: json["on_removed"] == "unassign",
            seed: json["seed"].as_u64().unwrap_or(0),
            last_assignment_before_end: duration(json, "last_assignment_before_end"),
            missed_offers_before_away: json["missed_offers_before_away"].as_u64(),
            forget_closed_after: duration(json, "forget_closed_after"),
            forget_trash_after: duration(json, "forget_trash_after").unwrap_or(30 * DAY),
            bot_inactivity: duration(json, "bot_inactivity").unwrap_or(30 * MINUTE),
            otherwise: json.get("otherwise").map_or(Otherwise::Queue, Otherwise::read),
            entitlements: entitlements.into_iter().map(|(feature, seats)| (feature, all_texts(&seats))).collect(),
        }
    }

    /// A feature without seats is available to everyone.
    pub fn entitles(&self, feature: &str, agent: &Agent) -> bool {
        match self.entitlements.get(feature) {
            Some(seats) => agent.seat.as_ref().is_some_and(|seat| seats.contains(seat)),
            None => true,
        }
    }
}

fn delay(json: &Value) -> Option<i64> {
    if json == "requeue" { Some(0) } else { duration(json, "requeue_after") }
}

pub fn text(json: &Value, key: &str) -> String {
    optional_text(json, key).unwrap_or_else(|| panic!("no text {key:?} in {json}"))
}

pub fn optional_text(json: &Value, key: &str) -> Option<String> {
    json[key].as_str().map(str::to_owned)
}

pub fn texts(json: &Value, key: &str) -> Vec<String> {
    all_texts(&json[key])
}

fn all_texts(json: &Value) -> Vec<String> {
    json.as_array().into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

pub fn numbers(json: &Value) -> BTreeMap<String, i64> {
    json.as_object().into_iter().flatten().filter_map(|(name, it)| Some((name.clone(), it.as_i64()?))).collect()
}

pub fn list<T>(json: &Value, key: &str, read: fn(&Value) -> T) -> Vec<T> {
    json[key].as_array().into_iter().flatten().map(read).collect()
}

pub fn hours(json: &Value, key: &str) -> Option<Vec<WeeklyHours>> {
    json.get(key).filter(|hours| !hours.is_null()).map(|_| list(json, key, WeeklyHours::read))
}

fn duration(json: &Value, key: &str) -> Option<i64> {
    json[key].as_str().map(parse_duration)
}
