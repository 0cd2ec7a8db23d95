//! Random desks.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::commands::BLOCKED;
use super::hours::{
    Absence, DateHours, Travel, Weekly, absences, absences_json, date, date_hours, date_hours_json, travel,
    travel_json, weekly, weekly_json,
};
use super::pick::{
    Pick, SEATS, SKILLS, chance, compact, duration, ids, numbered, perhaps, pick, short_duration, skills, skills_json,
};
use super::rules::{Otherwise, Rule, otherwise, rules, rules_json};

#[derive(Debug, Clone)]
pub struct Desk {
    statuses: Option<Statuses>,
    hours: Option<Vec<Weekly>>,
    teams: Vec<Team>,
    agents: Vec<Agent>,
    holidays: Vec<Holiday>,
    inboxes: Vec<Inbox>,
    table_filters: Vec<TableFilter>,
    settings: Settings,
}

pub fn desk() -> impl Strategy<Value = Desk> {
    let teams = prop::collection::vec(team(), 1..=3);
    let agents = prop::collection::vec(agent(), 2..=6);
    let holidays = prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(holiday(), 1..=2)];
    let inboxes = prop::collection::vec(inbox().boxed(), 1..=2);
    let hours = (perhaps(10, weekly()), perhaps(60, statuses()));
    (hours, teams, agents, holidays, inboxes, table_filters(), settings()).prop_map(
        |((hours, statuses), teams, agents, holidays, inboxes, table_filters, settings)| Desk {
            hours,
            statuses,
            teams,
            agents,
            holidays,
            inboxes,
            table_filters,
            settings,
        },
    )
}

/// Statuses beside available and away: of each name one, or none.
pub type Statuses = Vec<usize>;

/// The ids of all statuses that a desk may have.
pub const STATUSES: [&str; 3] = ["lunch", "calls", "writing"];

pub fn statuses() -> impl Strategy<Value = Statuses> {
    prop::sample::subsequence(vec![0, 1, 2, 3, 4], 0..=5)
}

pub fn statuses_json(statuses: &[usize]) -> Value {
    let mut chosen: Vec<Value> = Vec::new();
    for status in statuses {
        let status = match status {
            0 => json!({"id": "lunch", "state": "away", "name": "Lunch"}),
            1 => json!({"id": "calls", "state": "available", "kinds": ["call"]}),
            2 => json!({"id": "writing", "state": "available", "kinds": ["chat", "email"]}),
            3 => json!({"id": "calls", "state": "available", "kinds": ["call", "chat"]}),
            _ => json!({"id": "writing", "state": "away"}),
        };
        // Of two of a name, the first.
        if chosen.iter().all(|it| it["id"] != status["id"]) {
            chosen.push(status);
        }
    }
    chosen.into()
}

impl Desk {
    pub fn json(&self) -> Value {
        let (agents, teams) = (numbered('a', self.agents.len()), numbered('t', self.teams.len()));
        let inboxes = numbered('i', self.inboxes.len());
        let each = |count: usize| 0..count;
        compact(json!({
            "version": 1, "time_zone": "UTC",
            "working_hours": self.hours.as_deref().map(weekly_json),
            "statuses": self.statuses.as_deref().map(statuses_json),
            "teams": each(teams.len()).map(|i| self.teams[i].json(&teams[i])).collect::<Value>(),
            "agents": each(agents.len()).map(|i| self.agents[i].json(&agents[i], &agents, &teams, &inboxes)).collect::<Value>(),
            "holidays": self.holidays.iter().zip(numbered('h', self.holidays.len()))
                .map(|(holiday, id)| holiday.json(&id, &teams, &inboxes)).collect::<Value>(),
            "inboxes": each(inboxes.len())
                .map(|i| self.inboxes[i].json(&inboxes[i], &agents, &teams)).collect::<Value>(),
            "table_filters": table_filters_json(&self.table_filters, &teams, &inboxes),
            "settings": self.settings.json(),
        }))
    }
}

/// A filter of the table of agents.
#[derive(Debug, Clone)]
pub struct TableFilter {
    is_named: bool,
    state: Option<&'static str>,
    team: Option<Pick>,
    inbox: Option<Pick>,
    skill: Option<&'static str>,
}

pub fn table_filters() -> impl Strategy<Value = Vec<TableFilter>> {
    let state = perhaps(30, prop::sample::select(vec!["available", "away"]));
    let filter =
        (chance(40), state, perhaps(50, pick()), perhaps(40, pick()), perhaps(20, prop::sample::select(&SKILLS[..])));
    let filter =
        filter.prop_map(|(is_named, state, team, inbox, skill)| TableFilter { is_named, state, team, inbox, skill });
    prop_oneof![2 => Just(vec![]), 1 => prop::collection::vec(filter, 0..=2)]
}

pub fn table_filters_json(filters: &[TableFilter], teams: &[String], inboxes: &[String]) -> Value {
    let each = filters.iter().zip(numbered('f', filters.len()));
    each.map(|(filter, id)| {
        let name = filter.is_named.then(|| format!("Filter {id}"));
        let shown = compact(json!({
            "state": filter.state, "team": filter.team.and_then(|pick| pick.of(teams)),
            "inbox": filter.inbox.and_then(|pick| pick.of(inboxes)), "skill": filter.skill,
        }));
        compact(json!({"id": id, "name": name, "filter": shown}))
    })
    .collect()
}

#[derive(Debug, Clone)]
pub struct Team {
    hours: Option<Vec<Weekly>>,
}

pub fn team() -> impl Strategy<Value = Team> {
    perhaps(25, weekly()).prop_map(|hours| Team { hours })
}

impl Team {
    pub fn json(&self, id: &str) -> Value {
        compact(json!({"id": id, "working_hours": self.hours.as_deref().map(weekly_json)}))
    }
}

#[derive(Debug, Clone)]
pub struct Agent {
    active: bool,
    team: Option<Pick>,
    extra_teams: Vec<Pick>,
    seat: Option<&'static str>,
    permission: Option<&'static str>,
    hours: Option<Vec<Weekly>>,
    dates: Vec<DateHours>,
    absences: Vec<Absence>,
    substitute: Option<Pick>,
    travel: Vec<Travel>,
    capacity: Capacity,
    skills: Vec<(&'static str, u8)>,
    weight: Option<u8>,
}

pub fn agent() -> impl Strategy<Value = Agent> {
    let belongs = (chance(93), perhaps(85, pick()), prop::collection::vec(pick(), 0..=1));
    let rights = (
        perhaps(85, prop::sample::select(&SEATS[..])),
        perhaps(40, prop::sample::select(vec!["super_admin", "manage_availability", "account_access"])),
    );
    let dates = prop_oneof![4 => Just(vec![]), 1 => date_hours()];
    let absences = prop_oneof![3 => Just(vec![]), 1 => absences()];
    let absences = (absences, perhaps(45, pick()));
    let times = (perhaps(35, weekly()), dates, absences, prop_oneof![4 => Just(vec![]), 1 => travel()]);
    (belongs, rights, times, capacity(), skills(), perhaps(40, 0..=3_u8)).prop_map(
        |(
            (active, team, extra_teams),
            (seat, permission),
            (hours, dates, (absences, substitute), travel),
            capacity,
            skills,
            weight,
        )| Agent {
            active,
            team,
            extra_teams,
            seat,
            permission,
            hours,
            dates,
            absences,
            substitute,
            travel,
            capacity,
            skills,
            weight,
        },
    )
}

impl Agent {
    pub fn json(&self, id: &str, agents: &[String], teams: &[String], inboxes: &[String]) -> Value {
        let substitute = self.substitute.and_then(|pick| pick.of(agents)).filter(|substitute| *substitute != id);
        let team = self.team.and_then(|pick| pick.of(teams)).cloned();
        let mut extra_teams = ids(&self.extra_teams, teams);
        extra_teams.retain(|extra| Some(extra) != team.as_ref());
        compact(json!({
            "id": id, "active": if self.active { Value::Null } else { false.into() },
            "team": team, "extra_teams": extra_teams, "seat": self.seat,
            "permissions": self.permission.into_iter().collect::<Vec<_>>(),
            "working_hours": self.hours.as_deref().map(weekly_json),
            "date_hours": date_hours_json(&self.dates),
            "out_of_office": absences_json(&self.absences),
            "substitute": substitute, "travel": travel_json(&self.travel), "capacity": self.capacity.json(inboxes),
            "skills": skills_json(&self.skills),
            "attributes": self.weight.map(|weight| json!({"weight": weight})),
        }))
    }
}

#[derive(Debug, Clone)]
enum Capacity {
    None,
    Number(u8),
    Full {
        total: Option<u8>,
        per_kind: Option<(&'static str, u8)>,
        per_inbox: Option<(Pick, u8)>,
        alone: Option<&'static str>,
        pace: Vec<Pace>,
    },
}

/// The number of conversations, and the time in which they are counted.
type Pace = (u8, &'static str);

const KINDS: [&str; 3] = ["chat", "call", "email"];

fn kind() -> impl Strategy<Value = &'static str> + Clone {
    prop::sample::select(&KINDS[..])
}

fn pace() -> impl Strategy<Value = Pace> {
    (1..=2_u8, prop_oneof![4 => duration(), 1 => Just("day")])
}

fn capacity() -> impl Strategy<Value = Capacity> {
    let limits = (perhaps(60, (kind(), 0..=2_u8)), perhaps(30, (pick(), 0..=2_u8)));
    prop_oneof![
        2 => Just(Capacity::None),
        3 => (0..=3_u8).prop_map(Capacity::Number),
        3 => (perhaps(60, 0..=4_u8), limits, perhaps(30, kind()), prop::collection::vec(pace(), 0..=2))
            .prop_map(|(total, (per_kind, per_inbox), alone, pace)| Capacity::Full { total, per_kind, per_inbox, alone, pace }),
    ]
}

impl Capacity {
    fn json(&self, inboxes: &[String]) -> Value {
        match self {
            Capacity::None => Value::Null,
            Capacity::Number(total) => json!(total),
            Capacity::Full { total, per_kind, per_inbox, alone, pace } => compact(json!({
                "total": total,
                "per_inbox": per_inbox.and_then(|(inbox, limit)| Some(json!({inbox.of(inboxes)?: limit}))),
                "per_kind": per_kind.map(|(kind, limit)| json!({kind: limit})),
                "alone": alone.map(|kind| [kind]),
                "pace": pace.iter().map(|(most, per)| json!({"at_most": most, "per": per})).collect::<Vec<_>>(),
            })),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Holiday {
    day: i64,
    team: Option<Pick>,
    inbox: Option<Pick>,
}

pub fn holiday() -> impl Strategy<Value = Holiday> {
    (0..5_i64, perhaps(60, pick()), perhaps(30, pick())).prop_map(|(day, team, inbox)| Holiday { day, team, inbox })
}

impl Holiday {
    pub fn json(&self, id: &str, teams: &[String], inboxes: &[String]) -> Value {
        let one = |pick: Option<Pick>, of: &[String]| pick.and_then(|pick| pick.of(of).cloned()).map(|id| vec![id]);
        compact(json!({
            "id": id, "dates": [date(self.day)], "teams": one(self.team, teams), "inboxes": one(self.inbox, inboxes),
        }))
    }
}

#[derive(Debug, Clone)]
pub struct Inbox {
    access: Option<Access>,
    office_hours: Option<Vec<Weekly>>,
    filters: Option<Filters>,
    channels: Vec<Channel>,
}

pub fn inbox() -> impl Strategy<Value = Inbox> {
    (
        perhaps(35, access()),
        perhaps(25, weekly()),
        perhaps(40, filters()),
        prop::collection::vec(channel().boxed(), 1..=3),
    )
        .prop_map(|(access, office_hours, filters, channels)| Inbox { access, office_hours, filters, channels })
}

impl Inbox {
    pub fn json(&self, id: &str, agents: &[String], teams: &[String]) -> Value {
        let channels = self.channels.iter().zip(numbered('c', self.channels.len()));
        compact(json!({
            "id": id, "access": self.access.as_ref().map(|access| access.json(agents, teams)),
            "office_hours": self.office_hours.as_deref().map(weekly_json),
            "filters": self.filters.as_ref().map(Filters::json),
            "channels": channels.map(|(channel, id)| channel.json(&id, agents, teams)).collect::<Value>(),
        }))
    }
}

#[derive(Debug, Clone)]
pub struct Access {
    teams: Vec<Pick>,
    agents: Vec<Pick>,
}

pub fn access() -> impl Strategy<Value = Access> {
    (prop::collection::vec(pick(), 1..=2), prop::collection::vec(pick(), 0..=2))
        .prop_map(|(teams, agents)| Access { teams, agents })
}

impl Access {
    pub fn json(&self, agents: &[String], teams: &[String]) -> Value {
        json!({"teams": ids(&self.teams, teams), "agents": ids(&self.agents, agents)})
    }
}

#[derive(Debug, Clone)]
struct Channel {
    kind: &'static str,
    weight: Option<u8>,
    priority: Option<i8>,
    wrap_up: Option<&'static str>,
    accept_within: Option<&'static str>,
    offer_again_after: Option<&'static str>,
    offers_at_once: Option<u8>,
    waiting_limit: Option<WaitingLimit>,
    messages: Messages,
    office_hours: Option<Vec<Weekly>>,
    rules: Vec<Rule>,
    after_hours: Option<Otherwise>,
}

/// The senders that an inbox filters.
#[derive(Debug, Clone)]
struct Filters {
    roles: bool,
    more: bool,
    block: Vec<&'static str>,
    allow: Vec<&'static str>,
}

fn filters() -> impl Strategy<Value = Filters> {
    let list = || prop::sample::subsequence(&BLOCKED[..], 0..=2);
    (chance(50), chance(50), list(), list()).prop_map(|(roles, more, block, allow)| Filters {
        roles,
        more,
        block,
        allow,
    })
}

impl Filters {
    fn json(&self) -> Value {
        let roles = if self.more { json!(["jobs"]) } else { json!(self.roles) };
        json!({"role_addresses": roles, "block": self.block, "allow": self.allow})
    }
}

/// Settings of a channel for messages.
#[derive(Debug, Clone, Copy)]
struct Messages {
    reopen: Option<bool>,
    automated: Option<&'static str>,
    person: Option<&'static str>,
    close_idle_bots: bool,
    original_sender: bool,
}

fn messages() -> impl Strategy<Value = Messages> {
    let automated = perhaps(25, prop::sample::select(&["1m", "5m"][..]));
    let person = perhaps(25, prop::sample::select(&["5m", "30m", "2h"][..]));
    (perhaps(40, any::<bool>()), automated, person, chance(40), chance(80)).prop_map(
        |(reopen, automated, person, close_idle_bots, original_sender)| Messages {
            reopen,
            automated,
            person,
            close_idle_bots,
            original_sender,
        },
    )
}

impl Messages {
    fn window(self) -> Option<Value> {
        let window = compact(json!({"automated": self.automated, "person": self.person}));
        (self.automated.is_some() || self.person.is_some()).then_some(window)
    }
}

#[derive(Debug, Clone, Copy)]
struct WaitingLimit {
    at_most: u8,
    longest: Option<&'static str>,
    otherwise: Otherwise,
}

fn waiting_limit() -> impl Strategy<Value = WaitingLimit> {
    let otherwise = otherwise().prop_filter("none waits beyond it", |it| !matches!(it, Otherwise::Queue));
    (0..=2_u8, perhaps(60, short_duration()), otherwise).prop_map(|(at_most, longest, otherwise)| WaitingLimit {
        at_most,
        longest,
        otherwise,
    })
}

impl WaitingLimit {
    fn json(self) -> Value {
        compact(json!({"at_most": self.at_most, "longest": self.longest, "otherwise": self.otherwise.json()}))
    }
}

fn channel() -> impl Strategy<Value = Channel> {
    let times = (perhaps(30, short_duration()), perhaps(50, short_duration()), perhaps(30, short_duration()));
    let numbers = (perhaps(30, 0..=2_u8), perhaps(15, -1..=2_i8), perhaps(35, 1..=3_u8), perhaps(30, waiting_limit()));
    (kind(), numbers, times, messages(), perhaps(25, weekly()), rules(), perhaps(20, otherwise())).prop_map(
        |(
            kind,
            (weight, priority, offers_at_once, waiting_limit),
            (wrap_up, accept_within, offer_again_after),
            messages,
            office_hours,
            rules,
            after_hours,
        )| {
            Channel {
                kind,
                weight,
                priority,
                wrap_up,
                accept_within,
                offer_again_after,
                offers_at_once,
                waiting_limit,
                messages,
                office_hours,
                rules,
                after_hours,
            }
        },
    )
}

impl Channel {
    fn json(&self, id: &str, agents: &[String], teams: &[String]) -> Value {
        compact(json!({
            "id": id, "kind": self.kind, "weight": self.weight, "priority": self.priority, "wrap_up": self.wrap_up,
            "accept_within": self.accept_within, "offer_again_after": self.offer_again_after,
            "offers_at_once": self.offers_at_once, "waiting_limit": self.waiting_limit.map(WaitingLimit::json),
            "reopen_on_message": self.messages.reopen, "reply_window": self.messages.window(),
            "close_idle_bots": self.messages.close_idle_bots.then_some(true),
            "original_sender": (!self.messages.original_sender).then_some(false),
            "office_hours": self.office_hours.as_deref().map(weekly_json),
            "rules": rules_json(&self.rules, agents, teams),
            "after_hours": self.after_hours.map(|it| it.json()),
        }))
    }
}

#[derive(Debug, Clone)]
pub struct Settings {
    requires_seat: bool,
    away_ends_at_shift_start: bool,
    own_away_ends_at_shift_start: bool,
    requeue: bool,
    on_shift_end: Option<Leaving>,
    on_absence: Option<Leaving>,
    unassign: bool,
    seed: u32,
    last_assignment_before_end: Option<&'static str>,
    missed_offers_before_away: Option<u8>,
    forget_closed_after: Option<&'static str>,
    forget_trash_after: Option<&'static str>,
    bot_inactivity: Option<&'static str>,
    otherwise: Option<Otherwise>,
    /// A feature, and the seat that has it.
    entitlement: Option<(&'static str, &'static str)>,
}

/// The outcome for the conversations of an agent who leaves; without a time they are given back at once.
#[derive(Debug, Clone, Copy)]
struct Leaving(Option<&'static str>);

impl Leaving {
    fn json(self) -> Value {
        self.0.map_or(json!("requeue"), |after| json!({"requeue_after": after}))
    }
}

fn leaving() -> impl Strategy<Value = Leaving> {
    perhaps(75, prop::sample::select(&["2m", "30m", "2h"][..])).prop_map(Leaving)
}

pub fn settings() -> impl Strategy<Value = Settings> {
    let features = vec!["temporarily_away", "out_of_office", "auto_assign", "routing_rules", "hidden_messages"];
    let entitlement = perhaps(25, (prop::sample::select(features), prop::sample::select(&SEATS[..])));
    let switches = (chance(15), chance(25), chance(50), chance(30), chance(40));
    let forgetting = (perhaps(30, duration()), perhaps(50, duration()), perhaps(60, duration()));
    let times = (perhaps(25, duration()), forgetting, perhaps(50, leaving()), perhaps(50, leaving()));
    (switches, any::<u32>(), times, perhaps(35, 1..=3_u8), entitlement, perhaps(30, otherwise())).prop_map(
        |(switches, seed, times, missed_offers_before_away, entitlement, otherwise)| Settings {
            otherwise,
            requires_seat: switches.0,
            away_ends_at_shift_start: switches.1,
            own_away_ends_at_shift_start: switches.4,
            requeue: switches.2,
            on_shift_end: times.2,
            on_absence: times.3,
            unassign: switches.3,
            seed,
            last_assignment_before_end: times.0,
            missed_offers_before_away,
            forget_closed_after: times.1.0,
            forget_trash_after: times.1.1,
            bot_inactivity: times.1.2,
            entitlement,
        },
    )
}

impl Settings {
    pub fn json(&self) -> Value {
        compact(json!({
            "requires_seat": self.requires_seat, "away_ends_at_shift_start": self.away_ends_at_shift_start,
            "own_away_ends_at_shift_start": self.own_away_ends_at_shift_start,
            "on_away": self.requeue.then_some("requeue"),
            "on_shift_end": self.on_shift_end.map(Leaving::json), "on_absence": self.on_absence.map(Leaving::json),
            "on_removed": self.unassign.then_some("unassign"),
            "seed": self.seed, "last_assignment_before_end": self.last_assignment_before_end,
            "missed_offers_before_away": self.missed_offers_before_away,
            "forget_closed_after": self.forget_closed_after, "forget_trash_after": self.forget_trash_after,
            "bot_inactivity": self.bot_inactivity,
            "otherwise": self.otherwise.map(|it| it.json()),
            "entitlements": self.entitlement.map(|(feature, seat)| json!({feature: [seat]})),
        }))
    }
}
