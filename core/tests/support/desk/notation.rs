//! Events as short lines.

use frontdesk::desk::{ChangeType, Decision, EventKind, ReachedLimit};
use frontdesk::time::Instant;
use frontdesk::{Considered, Event, Ineligible, Limit};
use serde::Serialize;
use serde_json::Value;

use super::script::DAY;

/// Writes an instant as in a story: the time of day, with the date only on another day.
pub fn clock(at: Instant) -> String {
    let text = at.to_string();
    let (date, time) = text.split_once('T').unwrap_or_default();
    let time = time.trim_end_matches('Z').trim_end_matches(".000");
    let time = if time.len() == 8 { time.trim_end_matches(":00") } else { time };
    let time = if time.len() == 2 { format!("{time}:00") } else { time.to_owned() };
    if date == DAY { time } else { format!("{date}T{time}") }
}

/// Returns the spelling of a word of the format.
fn word(of: impl Serialize) -> String {
    serde_json::to_value(of).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn until(at: &Option<Instant>) -> String {
    match at {
        Some(Instant::MAX) => " until ever".to_owned(),
        Some(at) => format!(" until {}", clock(*at)),
        None => String::new(),
    }
}

fn also<T: std::fmt::Display>(before: &str, what: &Option<T>) -> String {
    what.as_ref().map(|what| format!("{before}{what}")).unwrap_or_default()
}

fn decided(decision: &Option<Decision>) -> String {
    let decision = decision.as_ref();
    let by = |it: &Decision| match it.rule.as_ref().zip(it.step) {
        Some((rule, step)) => format!(" {rule}/{step} {}", it.strategy),
        None => format!(" {}", it.strategy),
    };
    decision.map(by).unwrap_or_default()
}

/// Returns the waiting limit that was reached.
fn limited(limit: &Option<ReachedLimit>) -> String {
    also(" limit ", &limit.map(word))
}

/// Returns an event and its actor in the notation of stories.
pub fn note(event: &Event) -> String {
    // A refusal is reported only to the caller of the command.
    let by = event.by.as_ref().filter(|_| !matches!(event.kind, EventKind::Refused { .. }));
    format!("{}{}", happened(&event.kind), also(" by ", &by))
}

fn happened(kind: &EventKind) -> String {
    match kind {
        EventKind::StatusChanged { agent, state, reason, status, requeue_at, .. } => {
            let requeue = requeue_at.map(|at| format!(" requeue {}", clock(at))).unwrap_or_default();
            format!("{agent} {state} {reason}{}{requeue}", also(" ", status))
        }
        EventKind::Notice { agent, notice } => format!("{agent} notice {}", word(notice)),
        EventKind::Opened { conversation, .. } => format!("{conversation} opened"),
        EventKind::Started => "started".to_owned(),
        EventKind::Updated { conversation, goes_on: true, .. } => format!("{conversation} updated goes on"),
        EventKind::Updated { conversation, .. } => format!("{conversation} updated"),
        EventKind::Offered { conversation, agent, team, decision, substitute_for, until: end, wait_until } => {
            let waits = wait_until.map(|_| format!(" waits{}", until(wait_until))).unwrap_or_default();
            let whose = also(" for ", substitute_for);
            let team = also(" team ", team);
            format!("{conversation} offered {agent}{team}{}{whose}{}{waits}", decided(decision), until(end))
        }
        EventKind::Assigned { conversation, agent, team, decision, substitute_for, reason } => {
            let whom = format!("{}{}", also(" ", agent), also(" team ", team));
            let reason = reason.map(word);
            let whose = also(" for ", substitute_for);
            format!("{conversation} assigned{whom}{}{}{whose}", decided(decision), also(" ", &reason))
        }
        EventKind::Unassigned { conversation, agent, rule, reason, waiting_limit } => {
            let from = also(" from ", agent);
            format!("{conversation} unassigned{from}{} {}{}", also(" ", rule), word(reason), limited(waiting_limit))
        }
        EventKind::Kept { conversation, agent } => format!("{conversation} kept {agent}"),
        EventKind::Queued { conversation, rule, team: Some(team), .. } => {
            format!("{conversation} queued team {team}{}", also(" by ", rule))
        }
        EventKind::Queued { conversation, rule, step, team: None, from_step, until: end } => {
            let step = format!("{}{}", also(" ", rule), also("/", step));
            format!("{conversation} queued{step}{}{}", also(" from ", from_step), until(end))
        }
        EventKind::StepEntered { conversation, rule, step, until: end } => {
            format!("{conversation} step_entered {rule}/{step}{}", until(end))
        }
        EventKind::Prioritized { conversation, rule, script, strategy, priority, again_at } => {
            let asked = script.as_ref().or(strategy.as_ref());
            let again = again_at.map(|again| format!(" again {}", clock(again))).unwrap_or_default();
            format!("{conversation} prioritized {rule}{}{}{again}", also(" ", &asked), also(" ", priority))
        }
        EventKind::ScriptFailed { conversation, rule, step, failure, on_error } => {
            let step = also("/", step);
            let place = failure.line.zip(failure.column).map(|(line, column)| format!(" at {line}:{column}"));
            let (hook, code) = (&failure.hook, &failure.code);
            format!(
                "{conversation} script_failed {rule}{step} {hook} {code}{}{}",
                also("", &place),
                also(" ", on_error)
            )
        }
        EventKind::OfferExpired { conversation, agent } => format!("{conversation} offer_expired {agent}"),
        EventKind::OfferDeclined { conversation, agent } => format!("{conversation} offer_declined {agent}"),
        EventKind::OfferWithdrawn { conversation, agent } => format!("{conversation} offer_withdrawn {agent}"),
        EventKind::SentToVoicemail { conversation, voicemail, rule, waiting_limit } => {
            format!("{conversation} sent_to_voicemail {voicemail}{}{}", also(" by ", rule), limited(waiting_limit))
        }
        EventKind::OwnerNotified { conversation, agent, rule, waiting_limit } => {
            format!("{conversation} owner_notified {agent}{}{}", also(" by ", rule), limited(waiting_limit))
        }
        EventKind::HandedToBot { conversation, bot, rule, step, waiting_limit, closes_at } => {
            let rule = format!("{}{}", also(" by ", rule), also("/", step));
            format!("{conversation} handed_to_bot {bot}{rule}{}{}", limited(waiting_limit), closes(*closes_at))
        }
        EventKind::Closed { conversation, agent, until: end, reason } => {
            format!("{conversation} closed{}{}{}", also(" ", agent), until(end), also(" ", reason))
        }
        EventKind::MessageNoted { conversation, message, from, closes_at } => {
            format!("{conversation} message_noted {from}{}{}", also(" ", message), closes(*closes_at))
        }
        EventKind::Sent { conversation } => format!("{conversation} sent"),
        EventKind::Filtered { conversation, agent, reason, matched } => {
            format!("{conversation} filtered{} {reason}{}", also(" from ", agent), also(" ", matched))
        }
        EventKind::Unfiltered { conversation } => format!("{conversation} unfiltered"),
        EventKind::Trashed { conversation, agent, until: end } => {
            format!(
                "{conversation} trashed{}{}",
                also(" from ", agent),
                end.map(|end| format!(" until {}", day(end))).unwrap_or_default()
            )
        }
        EventKind::Restored { conversation } => format!("{conversation} restored"),
        EventKind::Hidden { conversation, message } => format!("{conversation} hidden {message}"),
        EventKind::Unhidden { conversation, message } => format!("{conversation} unhidden {message}"),
        EventKind::Blocked { sender, inbox } => format!("blocked {sender}{}", also(" in ", inbox)),
        EventKind::Unblocked { sender, inbox } => format!("unblocked {sender}{}", also(" in ", inbox)),
        EventKind::Erased { contact } => format!("erased {contact}"),
        EventKind::Forgotten { conversation } => format!("{conversation} forgotten"),
        EventKind::WrapUpEnded { conversation, agent } => format!("{conversation} wrap_up_ended {agent}"),
        EventKind::Reopened { conversation, woke } => {
            format!("{conversation} {}", if *woke { "woke" } else { "reopened" })
        }
        EventKind::Snoozed { conversation, agent, until: end } => {
            format!("{conversation} snoozed{}{}", also(" ", agent), until(end))
        }
        EventKind::DeskChanged { change: ChangeType::Configure, entry: Some(entry), .. } => {
            format!("configure {}", parts(&serde_json::from_str(&entry.to_json()).unwrap()))
        }
        EventKind::DeskChanged { change, agent, team, inbox, holiday, .. } => {
            let subject = agent.as_ref().or(team.as_ref()).or(inbox.as_ref()).or(holiday.as_ref());
            format!("{change}{}", also(" ", &subject))
        }
        EventKind::Refused { code, .. } => format!("refused {}", code.as_str()),
        other => panic!("the notation has no line for {other:?}"),
    }
}

/// Returns when a bot's conversation is closed by itself.
fn closes(at: Option<Instant>) -> String {
    at.map(|at| format!(" closes {}", clock(at))).unwrap_or_default()
}

/// Returns the date of an instant, in UTC.
fn day(at: Instant) -> String {
    at.to_string().split('T').next().unwrap_or_default().to_owned()
}

/// Returns the parts of a `configure`, with the ids of the entries in lists: `settings agents=anna,bo order.agents=bo,anna`.
fn parts(entry: &Value) -> String {
    let id = |it: &Value| it.get("id").unwrap_or(it).as_str().map(str::to_owned);
    let mut parts = Vec::new();
    for (key, value) in entry.as_object().unwrap() {
        match value {
            Value::Array(list) if list.iter().all(|it| id(it).is_some()) => {
                parts.push(format!("{key}={}", list.iter().filter_map(id).collect::<Vec<_>>().join(",")));
            }
            value if key == "order" => parts.extend(parts_of_order(value)),
            _ => parts.push(key.clone()),
        }
    }
    parts.join(" ")
}

fn parts_of_order(order: &Value) -> Option<String> {
    Some(format!("order.{}", parts(order))).filter(|_| order.is_object())
}

/// Returns an agent's result in the notation of stories.
pub fn standing(of: &Considered) -> String {
    let load = if of.load > 0 { format!(" load {}", of.load) } else { String::new() };
    let score = of.score.as_ref().map(|score| match score.as_str() {
        Some(text) => format!(" score {text}"),
        None => format!(" score {score}"),
    });
    let fared = match &of.ineligible {
        None => "eligible".to_owned(),
        Some(reason) => format!("{}{}", reason.as_str(), detail(reason)),
    };
    let whose = also(" for ", &of.substitute_for);
    format!("{} {fared}{load}{}{whose}", of.agent, score.unwrap_or_default())
}

fn detail(reason: &Ineligible) -> String {
    match reason {
        Ineligible::NoSeat { seat } => also(" ", seat),
        Ineligible::MissingSkill { skill, level, asked } => format!(" {skill} {level} of {asked}"),
        Ineligible::Away { status } => format!(" {}{}", status.reason, until(&status.until)),
        Ineligible::NotTakingKind { kind, status } => {
            format!(" {kind}{}{}", also(" ", &status.status), until(&status.until))
        }
        Ineligible::EndingSoon { ends } => format!(" {}", clock(*ends)),
        Ineligible::AtCapacity { limit: Limit::Total { limit, .. } } => format!(" total {limit}"),
        Ineligible::AtCapacity { limit: Limit::Kind { kind, kind_load, limit, .. } } => {
            format!(" {kind} {kind_load} of {limit}")
        }
        Ineligible::AtCapacity { limit: Limit::Inbox { inbox, inbox_load, limit, .. } } => {
            format!(" {inbox} {inbox_load} of {limit}")
        }
        Ineligible::AtCapacity { limit: Limit::Alone { alone } } => format!(" alone {alone}"),
        _ => String::new(),
    }
}
