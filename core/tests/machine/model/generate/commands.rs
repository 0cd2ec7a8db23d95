//! Random commands. Their subjects are selected when the state of the desk is known.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::naive::View;
use super::super::naive::time::{MINUTE, write_instant};
use super::configure::{Configure, configure};
use super::desk::{Access, Agent, Holiday, Inbox, STATUSES, Team, access, agent, holiday, inbox, team};
use super::hours::{
    Absence, DateHours, Weekly, absences, absences_json, date_hours, date_hours_json, weekly, weekly_json,
};
use super::pick::{PLANS, Pick, chance, compact, duration, perhaps, pick, skills, skills_json};

/// The action of a command, without its subject.
#[derive(Debug, Clone)]
pub enum Action {
    Open {
        again: bool,
        channel: Pick,
        details: Details,
        arrival: Arrival,
    },
    Update {
        which: Pick,
        channel: Option<Pick>,
        details: Details,
    },
    Transfer {
        which: Pick,
        channel: Pick,
    },
    /// A command that names only a conversation: one that fits the command, or any.
    Plain {
        kind: Plain,
        which: Pick,
        aimed: bool,
    },
    Message {
        which: Pick,
        from: &'static str,
        told: bool,
    },
    /// A message is hidden, or shown again.
    Hide {
        which: Pick,
        message: u8,
        shown: bool,
    },
    /// A sender is blocked in an inbox or in all, or not any more.
    Block {
        sender: &'static str,
        inbox: Option<Pick>,
        ends: bool,
    },
    /// The data of a contact is erased.
    Erase {
        person: u8,
    },
    Snooze {
        which: Pick,
        end: Option<End>,
    },
    /// Accepts or declines an open offer, or any conversation if it is not aimed.
    Answer {
        accept: bool,
        which: Pick,
        agent: Pick,
        aimed: bool,
        prompt: bool,
    },
    AssignToAgent {
        which: Pick,
        agent: Pick,
        or_substitute: bool,
    },
    AssignToTeam {
        which: Pick,
        team: Pick,
        distribute: bool,
    },
    SetAvailable {
        agent: Pick,
        own: Option<&'static str>,
    },
    SetAway {
        agent: Pick,
        own: Option<&'static str>,
        end: Option<End>,
        note: bool,
    },
    SetWorkingHours {
        agent: Pick,
        hours: Vec<Weekly>,
    },
    SetDateHours {
        agent: Pick,
        dates: Vec<DateHours>,
    },
    SetOutOfOffice {
        agent: Pick,
        absences: Vec<Absence>,
    },
    PutAgent {
        which: Pick,
        is_new: bool,
        entry: Agent,
    },
    PutTeam {
        which: Pick,
        is_new: bool,
        entry: Team,
    },
    PutInbox {
        which: Pick,
        is_new: bool,
        entry: Inbox,
    },
    /// The inbox of the document with another access: no rule changes, unless it changed before.
    PutInboxAgain {
        which: Pick,
        access: Access,
    },
    PutHoliday {
        which: Pick,
        is_new: bool,
        entry: Holiday,
    },
    Configure(Configure),
    RemoveAgent {
        which: Pick,
    },
    RemoveTeam {
        which: Pick,
    },
    RemoveInbox {
        which: Pick,
    },
    RemoveHoliday {
        which: Pick,
    },
    Advance,
}

#[derive(Debug, Clone, Copy)]
pub enum Plain {
    Close,
    Reopen,
    Release,
    Reply,
    HandOver,
    Forget,
    MarkSpam,
    NotSpam,
    BlockSender,
    Trash,
    Restore,
}

/// The addresses of senders, and domains that lists name.
pub const SENDERS: [&str; 5] =
    ["a@x.example", "B@X.example", "noreply@y.example", "info+1@Y.example", "jobs@y.example"];
pub const BLOCKED: [&str; 5] = ["a@X.example", "b@x.example", "@Y.example", "@x.example", "jobs@y.example"];

/// How a conversation begins.
#[derive(Debug, Clone)]
pub struct Arrival {
    from: Option<&'static str>,
    forwarded_by: Option<&'static str>,
    outbound: bool,
}

fn arrival() -> impl Strategy<Value = Arrival> {
    let sender = || prop::sample::select(&SENDERS[..]);
    (perhaps(40, sender()), perhaps(15, sender()), chance(8)).prop_map(|(from, forwarded_by, outbound)| Arrival {
        from,
        forwarded_by,
        outbound,
    })
}

#[derive(Debug, Clone, Copy)]
pub enum End {
    After(&'static str),
    /// Minutes after the command; some are in the past.
    Until(i64),
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![3 => duration().prop_map(End::After), 1 => (-10..90_i64).prop_map(End::Until)]
}

#[derive(Debug, Clone)]
pub struct Details {
    contact: Option<Contact>,
    priority: Option<i8>,
    skills: Option<Vec<(&'static str, u8)>>,
    plan: Option<&'static str>,
}

#[derive(Debug, Clone)]
struct Contact {
    id: Option<u8>,
    owner: Option<Pick>,
    known: bool,
    spend: Option<u8>,
}

fn details() -> impl Strategy<Value = Details> {
    let contact = (perhaps(80, 0..3_u8), perhaps(60, pick()), chance(70), perhaps(30, 0..5_u8))
        .prop_map(|(id, owner, known, spend)| Contact { id, owner, known, spend });
    let plan = perhaps(30, prop::sample::select(&PLANS[..]));
    (perhaps(65, contact), perhaps(25, -1..=2_i8), perhaps(20, skills()), plan)
        .prop_map(|(contact, priority, skills, plan)| Details { contact, priority, skills, plan })
}

impl Details {
    fn json(&self, agents: &[String]) -> Value {
        compact(json!({
            "contact": self.contact.as_ref().map(|contact| compact(json!({
                "id": contact.id.map(|id| format!("person{id}")),
                "owner": contact.owner.map(|owner| owner.id(agents)),
                "known": contact.known,
                "attributes": contact.spend.map(|spend| json!({"spend": spend})),
            }))),
            "priority": self.priority,
            "skills": self.skills.as_deref().map(skills_json),
            "attributes": self.plan.map(|plan| json!({"plan": plan})),
        }))
    }
}

pub fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        70 => about_conversations().boxed(),
        16 => about_the_inbox().boxed(),
        15 => about_statuses().boxed(),
        6 => about_hours().boxed(),
        7 => about_the_desk().boxed(),
        4 => Just(Action::Advance).boxed(),
    ]
}

fn plain(kind: Plain) -> impl Strategy<Value = Action> {
    (pick(), chance(80)).prop_map(move |(which, aimed)| Action::Plain { kind, which, aimed })
}

/// Messages, spam, trash and hidden messages.
fn about_the_inbox() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => (pick(), prop::sample::select(&["visitor", "visitor", "agent", "bot", "automated"][..]), chance(30))
            .prop_map(|(which, from, told)| Action::Message { which, from, told }),
        2 => (pick(), 0..3_u8, chance(50)).prop_map(|(which, message, shown)| Action::Hide { which, message, shown }),
        2 => (prop::sample::select(&BLOCKED[..]), perhaps(60, pick()), chance(40))
            .prop_map(|(sender, inbox, ends)| Action::Block { sender, inbox, ends }),
        2 => plain(Plain::MarkSpam),
        3 => plain(Plain::NotSpam),
        1 => plain(Plain::BlockSender),
        3 => plain(Plain::Trash),
        3 => plain(Plain::Restore),
    ]
}

fn about_conversations() -> impl Strategy<Value = Action> {
    prop_oneof![
        24 => (chance(4), pick(), details(), arrival())
            .prop_map(|(again, channel, details, arrival)| Action::Open { again, channel, details, arrival }),
        5 => (pick(), perhaps(25, pick()), details())
            .prop_map(|(which, channel, details)| Action::Update { which, channel, details }),
        2 => (pick(), pick()).prop_map(|(which, channel)| Action::Transfer { which, channel }),
        8 => plain(Plain::Close),
        5 => plain(Plain::Reopen),
        3 => plain(Plain::Release),
        7 => plain(Plain::Reply),
        4 => plain(Plain::HandOver),
        2 => plain(Plain::Forget),
        1 => (0..4_u8).prop_map(|person| Action::Erase { person }),
        4 => (pick(), perhaps(80, end())).prop_map(|(which, end)| Action::Snooze { which, end }),
        28 => (chance(60), pick(), pick(), chance(90), chance(75)).prop_map(
            |(accept, which, agent, aimed, prompt)| Action::Answer { accept, which, agent, aimed, prompt }),
        4 => (pick(), pick(), chance(50)).prop_map(|(which, agent, or_substitute)| Action::AssignToAgent { which, agent, or_substitute }),
        4 => (pick(), pick(), chance(60)).prop_map(|(which, team, distribute)| Action::AssignToTeam { which, team, distribute }),
    ]
}

fn about_statuses() -> impl Strategy<Value = Action> {
    prop_oneof![
        (pick(), own_status()).prop_map(|(agent, own)| Action::SetAvailable { agent, own }),
        (pick(), own_status(), perhaps(55, end()), chance(20)).prop_map(|(agent, own, end, note)| Action::SetAway {
            agent,
            own,
            end,
            note
        }),
    ]
}

fn own_status() -> impl Strategy<Value = Option<&'static str>> {
    perhaps(40, prop::sample::select(&STATUSES[..]))
}

fn about_hours() -> impl Strategy<Value = Action> {
    prop_oneof![
        (pick(), weekly()).prop_map(|(agent, hours)| Action::SetWorkingHours { agent, hours }),
        (pick(), date_hours()).prop_map(|(agent, dates)| Action::SetDateHours { agent, dates }),
        (pick(), absences()).prop_map(|(agent, absences)| Action::SetOutOfOffice { agent, absences }),
    ]
}

fn about_the_desk() -> impl Strategy<Value = Action> {
    prop_oneof![
        4 => (pick(), chance(25), agent()).prop_map(|(which, is_new, entry)| Action::PutAgent { which, is_new, entry }),
        1 => (pick(), chance(25), team()).prop_map(|(which, is_new, entry)| Action::PutTeam { which, is_new, entry }),
        2 => (pick(), chance(15), inbox()).prop_map(|(which, is_new, entry)| Action::PutInbox { which, is_new, entry }),
        2 => (pick(), access()).prop_map(|(which, access)| Action::PutInboxAgain { which, access }),
        2 => pick().prop_map(|which| Action::RemoveAgent { which }),
        1 => pick().prop_map(|which| Action::RemoveTeam { which }),
        1 => pick().prop_map(|which| Action::RemoveInbox { which }),
        1 => (pick(), chance(40), holiday())
            .prop_map(|(which, is_new, entry)| Action::PutHoliday { which, is_new, entry }),
        1 => pick().prop_map(|which| Action::RemoveHoliday { which }),
        3 => configure().prop_map(Action::Configure),
    ]
}

impl Action {
    /// Returns `true` for an answer without a delay, before the offer expires, or the conversation is given back.
    pub fn is_prompt(&self) -> bool {
        let is_reply = matches!(self, Action::Plain { kind: Plain::Reply, aimed: true, .. });
        is_reply || matches!(self, Action::Answer { prompt: true, .. })
    }

    /// Returns `true` if there is no subject for the command.
    pub fn is_idle(&self, view: &View) -> bool {
        match self {
            Action::Plain { kind, aimed: true, .. } => kind.fitting(view).is_empty(),
            Action::Answer { aimed: true, .. } => view.offers.is_empty(),
            Action::Update { .. }
            | Action::Message { .. }
            | Action::Hide { .. }
            | Action::Transfer { .. }
            | Action::Plain { .. }
            | Action::Snooze { .. }
            | Action::Answer { .. }
            | Action::AssignToAgent { .. }
            | Action::AssignToTeam { .. } => view.conversations.is_empty(),
            _ => false,
        }
    }

    /// Returns the command without its actor. The instant is needed for ends.
    pub fn json(&self, at: i64, view: &View, document: &Value) -> Value {
        let View { agents, teams, conversations, .. } = view;
        match self {
            Action::Open { again, channel, details, arrival } => open(*again, *channel, details, arrival, view),
            Action::Message { which, from, told } => compact(json!({
                "type": "message", "conversation": which.id(conversations), "from": from,
                "message": told.then_some("m1"),
            })),
            Action::Hide { which, message, shown } => hide(*which, *message, *shown, view),
            Action::Block { sender, inbox, ends } => block(sender, *inbox, *ends, view),
            Action::Update { which, channel, details } => update(*which, *channel, details, view),
            Action::Transfer { which, channel } => transfer(*which, *channel, view),
            Action::Plain { kind, which, aimed } => kind.json(*which, *aimed, view),
            Action::Erase { person } => json!({"type": "erase", "contact": format!("person{person}")}),
            Action::Snooze { which, end } => {
                with_end(json!({"type": "snooze", "conversation": which.id(conversations)}), *end, at)
            }
            Action::Answer { accept, which, agent, aimed, .. } => answer(*accept, *which, *agent, *aimed, view),
            Action::AssignToAgent { which, agent, or_substitute } => compact(json!({
                "type": "assign", "conversation": which.id(conversations), "to": {"agent": agent.id(agents)},
                "or_substitute": or_substitute.then_some(true),
            })),
            Action::AssignToTeam { which, team, distribute } => compact(json!({
                "type": "assign", "conversation": which.id(conversations), "to": {"team": team.id(teams)},
                "distribute": distribute.then_some(true),
            })),
            Action::SetAvailable { agent, own } => {
                json!({"type": "set_status", "agent": agent.id(agents), "status": own.unwrap_or("available")})
            }
            Action::SetAway { agent, own, end, note } => {
                let note = note.then_some("back soon");
                let status = own.unwrap_or("away");
                let away = json!({"type": "set_status", "agent": agent.id(agents), "status": status, "note": note});
                with_end(compact(away), *end, at)
            }
            Action::SetWorkingHours { agent, hours } => {
                json!({"type": "set_working_hours", "agent": agent.id(agents), "working_hours": weekly_json(hours)})
            }
            Action::SetDateHours { agent, dates } => {
                json!({"type": "set_date_hours", "agent": agent.id(agents), "date_hours": date_hours_json(dates)})
            }
            Action::SetOutOfOffice { agent, absences } => {
                let absences = absences_json(absences);
                json!({"type": "set_out_of_office", "agent": agent.id(agents), "out_of_office": absences})
            }
            Action::PutAgent { which, is_new, entry } => {
                put("agent", put_id(*which, *is_new, agents, "a"), |id| entry.json(id, agents, teams, &inboxes(view)))
            }
            Action::PutTeam { which, is_new, entry } => {
                put("team", put_id(*which, *is_new, teams, "t"), |id| entry.json(id))
            }
            Action::PutInbox { which, is_new, entry } => {
                put("inbox", put_id(*which, *is_new, &inboxes(view), "i"), |id| entry.json(id, agents, teams))
            }
            Action::PutInboxAgain { which, access } => put_again(*which, access, view, document),
            Action::PutHoliday { which, is_new, entry } => {
                let id = put_id(*which, *is_new, &view.holidays, "h");
                put("holiday", id, |id| entry.json(id, teams, &inboxes(view)))
            }
            Action::Configure(configure) => configure.json(document),
            Action::RemoveAgent { which } => json!({"type": "remove_agent", "agent": which.id(agents)}),
            Action::RemoveTeam { which } => json!({"type": "remove_team", "team": which.id(teams)}),
            Action::RemoveInbox { which } => json!({"type": "remove_inbox", "inbox": which.id(&inboxes(view))}),
            Action::RemoveHoliday { which } => json!({"type": "remove_holiday", "holiday": which.id(&view.holidays)}),
            Action::Advance => json!({"type": "advance"}),
        }
    }
}

fn open(again: bool, channel: Pick, details: &Details, arrival: &Arrival, view: &View) -> Value {
    // An id is free again when its conversation is forgotten.
    let numbers = view.conversations.iter().filter_map(|id| id.strip_prefix('c')?.parse::<usize>().ok());
    let known = numbers.max().unwrap_or(0);
    let mut command = details.json(&view.agents);
    command["type"] = "open".into();
    for (key, address) in [("from", arrival.from), ("forwarded_by", arrival.forwarded_by)] {
        address.into_iter().for_each(|address| command[key] = address.into());
    }
    if arrival.outbound {
        command["outbound"] = true.into();
    }
    command["conversation"] = format!("c{}", if again { known.max(1) } else { known + 1 }).into();
    let nowhere = ("nowhere".to_owned(), "nothing".to_owned());
    let (inbox, name) = channel.of(&view.channels).cloned().unwrap_or(nowhere);
    command["inbox"] = inbox.into();
    command["channel"] = if channel.is_nobody() { "nothing".into() } else { name.into() };
    command
}

fn update(which: Pick, channel: Option<Pick>, details: &Details, view: &View) -> Value {
    let mut command = details.json(&view.agents);
    command["type"] = "update".into();
    command["conversation"] = which.id(&view.conversations).into();
    if let Some((inbox, channel)) = channel.and_then(|pick| pick.of(&view.channels).cloned()) {
        (command["inbox"], command["channel"]) = (inbox.into(), channel.into());
    }
    command
}

/// Blocks a sender, or ends the block of one that is blocked, if any is.
fn block(sender: &str, inbox: Option<Pick>, ends: bool, view: &View) -> Value {
    let any = (sender.to_owned(), inbox.map(|inbox| inbox.id(&inboxes(view))));
    let blocked = view.blocks.first().filter(|_| ends).cloned();
    let (sender, inbox) = blocked.unwrap_or(any);
    compact(json!({"type": if ends { "unblock" } else { "block" }, "sender": sender, "inbox": inbox}))
}

/// Hides a message, or mostly shows one again that is hidden.
fn hide(which: Pick, message: u8, shown: bool, view: &View) -> Value {
    let any = (which.id(&view.conversations), format!("m{message}"));
    let hidden = which.of(&view.hidden).filter(|_| shown && message > 0).cloned();
    let (conversation, message) = hidden.unwrap_or(any);
    json!({"type": if shown { "unhide" } else { "hide" }, "conversation": conversation, "message": message})
}

fn transfer(which: Pick, channel: Pick, view: &View) -> Value {
    let nowhere = ("nowhere".to_owned(), "nothing".to_owned());
    let (inbox, channel) = channel.of(&view.channels).cloned().unwrap_or(nowhere);
    json!({"type": "transfer", "conversation": which.id(&view.conversations), "inbox": inbox, "channel": channel})
}

impl Plain {
    fn verb(self) -> &'static str {
        match self {
            Plain::Close => "close",
            Plain::Reopen => "reopen",
            Plain::Release => "release",
            Plain::Reply => "reply",
            Plain::HandOver => "hand_over",
            Plain::Forget => "forget",
            Plain::MarkSpam => "mark_spam",
            Plain::NotSpam => "not_spam",
            Plain::BlockSender => "block",
            Plain::Trash => "trash",
            Plain::Restore => "restore",
        }
    }

    /// Returns the conversations for which the command is not refused.
    fn fitting(self, view: &View) -> &[String] {
        match self {
            Plain::Close => &view.with_someone_or_bot,
            Plain::Release => &view.with_someone,
            Plain::Reopen => &view.closed_or_snoozed,
            Plain::Forget => &view.over,
            Plain::MarkSpam | Plain::BlockSender | Plain::Trash => &view.conversations,
            Plain::NotSpam => &view.spam,
            Plain::Restore => &view.trash,
            Plain::Reply if !view.given_back.is_empty() => &view.given_back,
            Plain::Reply => &view.conversations,
            Plain::HandOver => &view.with_bot,
        }
    }

    fn json(self, which: Pick, aimed: bool, view: &View) -> Value {
        let among = if aimed { self.fitting(view) } else { &view.conversations };
        json!({"type": self.verb(), "conversation": which.id(among)})
    }
}

fn answer(accept: bool, which: Pick, agent: Pick, aimed: bool, view: &View) -> Value {
    let kind = if accept { "accept" } else { "decline" };
    let any = (which.id(&view.conversations), agent.id(&view.agents));
    let offered = which.of(&view.offers).filter(|_| aimed).cloned();
    let (conversation, agent) = offered.unwrap_or(any);
    json!({"type": kind, "conversation": conversation, "agent": agent})
}

fn with_end(mut command: Value, end: Option<End>, at: i64) -> Value {
    match end {
        None => {}
        Some(End::After(duration)) => command["duration"] = duration.into(),
        Some(End::Until(minutes)) => command["until"] = write_instant(at + minutes * MINUTE).into(),
    }
    command
}

fn put(subject: &str, id: String, entry: impl Fn(&str) -> Value) -> Value {
    json!({"type": format!("put_{subject}"), subject: id, "entry": entry(&id)})
}

/// An existing id, or one that was removed or never existed.
fn put_id(which: Pick, is_new: bool, ids: &[String], letter: &str) -> String {
    let new: Vec<String> = (1..=8).map(|number| format!("{letter}{number}")).filter(|id| !ids.contains(id)).collect();
    let among = if is_new { &new } else { ids };
    which.of(among).cloned().unwrap_or(format!("{letter}1"))
}

fn inboxes(view: &View) -> Vec<String> {
    let mut inboxes: Vec<String> = view.channels.iter().map(|(inbox, _)| inbox.clone()).collect();
    inboxes.dedup();
    inboxes
}

fn put_again(which: Pick, access: &Access, view: &View, document: &Value) -> Value {
    let mut entry = which.of(document["inboxes"].as_array().expect("inboxes")).expect("an inbox").clone();
    entry["access"] = access.json(&view.agents, &view.teams);
    json!({"type": "put_inbox", "inbox": entry["id"], "entry": entry})
}

/// The actor.
#[derive(Debug, Clone, Copy)]
pub enum By {
    Program,
    Agent(Pick),
    /// The agent that the command names.
    Oneself,
}

pub fn by() -> impl Strategy<Value = By> {
    prop_oneof![6 => Just(By::Program), 2 => pick().prop_map(By::Agent), 2 => Just(By::Oneself)]
}

impl By {
    /// A reply needs an actor: who holds the conversation, if anybody.
    pub fn json(self, command: &Value, view: &View) -> Option<String> {
        let is_reply = command["type"] == "reply" || command["from"] == "agent" || command["outbound"] == true;
        match self {
            By::Agent(pick) => Some(pick.id(&view.agents)),
            By::Oneself if command["agent"].is_string() => command["agent"].as_str().map(str::to_owned),
            By::Oneself | By::Program if is_reply => {
                let holder = view.held.iter().find(|(held, _)| command["conversation"] == **held);
                Some(holder.map_or_else(|| Pick::FIRST.id(&view.agents), |(_, agent)| agent.clone()))
            }
            By::Oneself | By::Program => None,
        }
    }
}
