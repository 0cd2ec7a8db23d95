//! The events of a run, one per line.

use std::fmt::Write;

use anstyle::Style;
use frontdesk::desk::{AssignedBecause, ClosedBecause, Decision, NoticeKind, UnassignedBecause};
use frontdesk::desk::{Details, EventKind};
use frontdesk::story::{self, Names, clock, day, moment, not_asked, with_moments};
use frontdesk::time::{Instant, Zone};
use frontdesk::{Code, Document, Event, FilteredBecause, Id, MessageFrom};
use unicode_width::UnicodeWidthStr;

use super::entries::Entries;
use crate::show::style::{BAD, FAINT, GOOD, PLAIN, STRONG, WAITING, of_state, paint};
use crate::show::{clean, of_lines, padded, title, wrapped};

/// The largest width of ids in front of the lines: the width of a UUID.
const WIDEST: usize = 36;

/// The lines of a run.
pub struct Lines {
    zone: Zone,
    names: Names,
    entries: Entries,
    lines: Vec<Line>,
}

/// A line that shows an event.
struct Line {
    at: Instant,
    head: Head,
    text: String,
    style: Style,
}

/// The start of a line.
enum Head {
    /// The time, and the id of the subject, if it has one.
    Event(Option<Id>),
    /// A continuation of the line before.
    More,
}

impl Head {
    fn subject(&self) -> Option<&str> {
        match self {
            Head::Event(subject) => subject.as_deref(),
            Head::More => None,
        }
    }
}

impl Lines {
    /// Returns no lines, for a run on the desk of a document; times are in the zone of the document.
    pub fn of(document: &Document) -> Lines {
        let names = Names::of(document);
        Lines { zone: document.time_zone.clone(), names, entries: Entries::of(document), lines: Vec::new() }
    }

    /// Adds the line of an event.
    pub fn add(&mut self, event: &Event) {
        let change = self.entries.change(&event.kind);
        self.names.hear(event);
        let event = &self.names.named(event);
        let at = event.at;
        let head = Head::Event(subject(&event.kind).cloned());
        let (style, text) = Teller { at, zone: &self.zone, change }.tell(event);
        self.lines.push(Line { at, head, text, style });
        for line in &event.trace {
            self.lines.push(Line { at, head: Head::More, text: format!("log: {line}"), style: FAINT });
        }
        let lead = if let EventKind::Assigned { decision, .. } | EventKind::Offered { decision, .. } = &event.kind {
            // It returns to the agent who held it, and nobody else is considered.
            if decision.is_none() {
                return;
            }
            "not asked"
        } else {
            "why not"
        };
        let considered = event.considered.as_deref().unwrap_or_default();
        let others = not_asked(considered, event.not_in_target, at, &self.zone);
        if !others.is_empty() {
            self.lines.push(Line { at, head: Head::More, text: format!("{lead}: {others}"), style: FAINT });
        }
    }

    /// Returns all lines under their dates; an empty text if there are none.
    pub fn render(&mut self) -> String {
        // A refused command comes before events that fell due earlier but are reported later.
        self.lines.sort_by_key(|line| line.at);
        if self.lines.is_empty() {
            return String::new();
        }
        let ids = self.lines.iter().filter_map(|line| line.head.subject()).map(|id| clean(id).width());
        let width = ids.max().unwrap_or_default().min(WIDEST);
        let mut page = title("What happens", &format!("times of {}", self.zone));
        let mut last_day = String::new();
        for line in &self.lines {
            let day = day(line.at, &self.zone);
            if day != last_day {
                let _ = writeln!(page, "\n{}", paint(STRONG, &day));
                last_day = day;
            }
            self.render_line(line, width, &mut page);
        }
        page + "\n"
    }

    fn render_line(&self, line: &Line, width: usize, page: &mut String) {
        const CLOCK: usize = 10;
        let indent = CLOCK + width + 2;
        let subject = padded(&clean(line.head.subject().unwrap_or_default()), width);
        let clock = match line.head {
            Head::Event(_) => clock(line.at, &self.zone),
            Head::More => String::new(),
        };
        for (index, part) in wrapped(&clean(&line.text), of_lines() - indent).iter().enumerate() {
            let text = paint(line.style, part);
            let _ = match index {
                0 => writeln!(page, "{}{subject}  {text}", paint(FAINT, format_args!("{clock:CLOCK$}"))),
                _ => writeln!(page, "{:indent$}{text}", ""),
            };
        }
    }
}

/// Returns the conversation, or the entry of the document, that an event is about.
fn subject(kind: &EventKind) -> Option<&Id> {
    let EventKind::DeskChanged { agent, team, inbox, holiday, .. } = kind else {
        return kind.conversation().or(kind.agent());
    };
    [agent, team, inbox, holiday].into_iter().flatten().next()
}

/// Describes events in a few words.
struct Teller<'a> {
    at: Instant,
    zone: &'a Zone,
    /// The description of a change of the desk.
    change: Option<String>,
}

impl Teller<'_> {
    fn tell(&self, event: &Event) -> (Style, String) {
        let by = event.by.as_ref();
        match &event.kind {
            EventKind::StatusChanged { agent, state, reason, until, status, requeue_at, .. } => {
                // An agent who changed working hours did not set the status.
                let set_by = by.filter(|by| *by != agent && reason.is_set_by_hand());
                let why = story::reason(*reason, status.as_ref(), set_by);
                let keeps = requeue_at.filter(|requeue_at| *requeue_at > self.at);
                let keeps = keeps.map(|_| format!(", keeps conversations{}", self.until(keeps))).unwrap_or_default();
                (of_state(*state), format!("{state} ({why}){}{keeps}", self.until(*until)))
            }
            EventKind::Notice { notice, .. } => {
                let about = match notice {
                    NoticeKind::SetAwayByOther => {
                        by.map_or("set away by someone else".to_owned(), |by| format!("set away by {by}"))
                    }
                    NoticeKind::MissedOffers => "set away after missed offers".to_owned(),
                    other => other.to_string().replace('_', " "),
                };
                (PLAIN, format!("gets a notice: {about}"))
            }
            EventKind::Opened { details, .. } => (PLAIN, format!("arrives in {}{}", place(details), by_whom(by))),
            EventKind::Updated { details, .. } => (PLAIN, format!("is updated{}, in {}", by_whom(by), place(details))),
            EventKind::Offered { agent, team, decision, substitute_for, until, .. } => {
                let (whose, until) = (in_place_of(substitute_for.as_ref()), self.until(*until));
                let by = deciding(decision.as_ref(), team.as_ref());
                (WAITING, format!("is offered to {agent}{whose}{until}{by}"))
            }
            EventKind::Assigned { agent, team, decision, substitute_for, reason, .. } => {
                let to = agent.as_ref().or(team.as_ref()).map(Id::as_str).unwrap_or_default();
                let the_team = if agent.is_none() { "the team " } else { "" };
                let why = |reason| assigned(reason, by);
                let why = reason.map_or_else(|| deciding(decision.as_ref(), team.as_ref()), why);
                (GOOD, format!("goes to {the_team}{to}{}{why}", in_place_of(substitute_for.as_ref())))
            }
            EventKind::Unassigned { agent, rule, reason, .. } => {
                (WAITING, unassigned(agent.as_ref(), rule.as_ref(), *reason, by))
            }
            EventKind::Kept { agent, .. } => (PLAIN, format!("stays with {agent}, who replied")),
            EventKind::Queued { team: Some(team), .. } => (
                WAITING,
                format!("waits for the team {team}{}", by.map(|by| format!(", given by {by}")).unwrap_or_default()),
            ),
            EventKind::Queued { rule, step, until, .. } => {
                let (rule, step) = (rule.as_deref().unwrap_or_default(), step.unwrap_or(1));
                match until {
                    Some(until) => (WAITING, format!("waits{} at step {step} of {rule}", self.until(Some(*until)))),
                    None => (WAITING, format!("waits in the queue ({rule})")),
                }
            }
            // The next event says whether it waits there.
            EventKind::StepEntered { rule, step, until, .. } => {
                let at_most = self.until(*until).strip_prefix(' ').map(|until| format!(", {until} at most"));
                (WAITING, format!("reaches step {step} of {rule}{}", at_most.unwrap_or_default()))
            }
            EventKind::Prioritized { script, strategy, priority, .. } => {
                let asked = script.as_ref().or(strategy.as_ref()).map(Id::as_str).unwrap_or_default();
                let given = match priority {
                    Some(priority) => format!("gets the priority {priority}, by {asked}"),
                    None => format!("keeps its priority, by {asked}"),
                };
                (FAINT, given)
            }
            EventKind::ScriptFailed { failure, .. } => {
                let asked = failure.script.as_ref().or(failure.strategy.as_ref());
                let whose = asked.map_or("a condition", Id::as_str);
                let line = failure.line.map(|line| format!(", line {line}")).unwrap_or_default();
                (BAD, format!("is failed by {whose} in {}{line}: {}", failure.hook, failure.message))
            }
            EventKind::OfferExpired { agent, .. } => (BAD, format!("is not accepted by {agent} in time")),
            EventKind::OfferDeclined { agent, .. } => (BAD, format!("is declined by {agent}")),
            EventKind::OfferWithdrawn { agent, .. } => (FAINT, format!("is not offered to {agent} any more")),
            EventKind::SentToVoicemail { voicemail, .. } => (WAITING, format!("goes to the voicemail {voicemail}")),
            EventKind::OwnerNotified { agent, .. } => (WAITING, format!("stays unassigned, {agent} gets a mail")),
            EventKind::HandedToBot { bot, .. } => (GOOD, format!("goes to the bot {bot}")),
            EventKind::Closed { reason: Some(ClosedBecause::BotIdle), .. } => {
                (FAINT, "is closed, as its contact writes to the bot no more".to_owned())
            }
            EventKind::Closed { agent: Some(agent), .. } if by != Some(agent) => {
                (FAINT, format!("is closed{}, {agent} held it", by_whom(by)))
            }
            EventKind::Closed { .. } => (FAINT, format!("is closed{}", by_whom(by))),
            EventKind::Erased { contact } => {
                (FAINT, format!("the data of the contact {contact} is erased{}", by_whom(by)))
            }
            EventKind::MessageNoted { from, .. } => (PLAIN, format!("has a message of {}", writer(*from, by))),
            EventKind::Sent { .. } => (PLAIN, format!("is sent{}", by_whom(by))),
            EventKind::Filtered { reason, matched, .. } => (BAD, filtered(*reason, matched.as_ref(), by)),
            EventKind::Unfiltered { .. } => (PLAIN, format!("comes out of the spam{}", by_whom(by))),
            EventKind::Trashed { until, .. } => {
                (FAINT, format!("goes into the trash{}{}", by_whom(by), self.until(*until)))
            }
            EventKind::Restored { .. } => (PLAIN, format!("comes out of the trash{}", by_whom(by))),
            EventKind::Hidden { message, .. } => (FAINT, format!("hides the message {message}{}", by_whom(by))),
            EventKind::Unhidden { message, .. } => (FAINT, format!("shows the message {message} again{}", by_whom(by))),
            EventKind::Blocked { sender, inbox } => {
                (FAINT, format!("{sender} is blocked{}{}", in_inbox(inbox.as_ref()), by_whom(by)))
            }
            EventKind::Unblocked { sender, inbox } => {
                (FAINT, format!("{sender} is not blocked any more{}{}", in_inbox(inbox.as_ref()), by_whom(by)))
            }
            EventKind::Forgotten { .. } => (FAINT, "is forgotten".to_owned()),
            EventKind::WrapUpEnded { agent, .. } => (FAINT, format!("is wrapped up by {agent}")),
            EventKind::Reopened { woke: true, .. } => (PLAIN, "wakes up".to_owned()),
            EventKind::Reopened { .. } => (PLAIN, format!("is opened again{}", by_whom(by))),
            EventKind::Snoozed { until, .. } => (FAINT, format!("sleeps{}{}", self.until(*until), set_by_whom(by))),
            EventKind::DeskChanged { .. } => {
                let change = self.change.as_deref().unwrap_or("desk changed");
                (PLAIN, format!("{change}{}", by_whom(by)))
            }
            // An instant to advance to is given to a command as it is.
            EventKind::Refused { code: code @ Code::LeapTooLong, message, .. } => {
                (BAD, format!("refused: {message} ({code})"))
            }
            EventKind::Refused { code, message, .. } => {
                (BAD, format!("refused: {} ({code})", with_moments(message, self.at, self.zone)))
            }
            EventKind::Started => (FAINT, "the desk begins".to_owned()),
            _ => (PLAIN, "changes".to_owned()),
        }
    }

    fn until(&self, until: Option<Instant>) -> String {
        // A wait may have no end in sight.
        let until = until.filter(|until| *until < Instant::MAX);
        until.map(|until| format!(" until {}", moment(until, self.at, self.zone))).unwrap_or_default()
    }
}

fn place(details: &Details) -> String {
    let priority = if details.priority == 0 { String::new() } else { format!(", priority {}", details.priority) };
    format!("{} / {}{priority}", details.inbox, details.channel)
}

/// Returns the writer of a message.
fn writer(from: MessageFrom, by: Option<&Id>) -> String {
    match (from, by) {
        (MessageFrom::Agent, Some(by)) => by.to_string(),
        (MessageFrom::Visitor, _) => "the contact".to_owned(),
        (MessageFrom::Automated, _) => "a program".to_owned(),
        (other, _) => format!("the {other}"),
    }
}

fn filtered(reason: FilteredBecause, matched: Option<&Id>, by: Option<&Id>) -> String {
    // An address may have been erased.
    let matched = matched.map_or("its sender", Id::as_str);
    match reason {
        FilteredBecause::BlockedSender => format!("goes into the spam, {matched} is blocked{}", by_whom(by)),
        FilteredBecause::RoleAddress => format!("goes into the spam, {matched}@ is a role"),
        FilteredBecause::ByHand | _ => format!("is marked as spam{}", by_whom(by)),
    }
}

fn in_inbox(inbox: Option<&Id>) -> String {
    inbox.map(|inbox| format!(" in {inbox}")).unwrap_or_default()
}

fn set_by_whom(by: Option<&Id>) -> String {
    by.map(|by| format!(", by {by}")).unwrap_or_default()
}

fn by_whom(by: Option<&Id>) -> String {
    by.map(|by| format!(" by {by}")).unwrap_or_default()
}

/// Returns the chooser of a step: a strategy in plain words, or a script or a strategy of the embedder by its name.
pub fn chooser(strategy: &str) -> String {
    match strategy.split_once(':') {
        Some((what @ ("script" | "strategy"), name)) => format!("{what} {name}"),
        _ => strategy.replace('_', " "),
    }
}

/// Returns the agent out of office for whom another stands in.
fn in_place_of(absent: Option<&Id>) -> String {
    absent.map(|absent| format!(" for {absent}")).unwrap_or_default()
}

fn deciding(decision: Option<&Decision>, team: Option<&Id>) -> String {
    let Some(Decision { rule, step, strategy, .. }) = decision else { return ", who held it before".to_owned() };
    match (rule.as_ref().zip(*step), team) {
        (Some((rule, step)), _) => format!(" ({rule}, step {step}, {})", chooser(strategy)),
        (None, Some(team)) => format!(" (team {team}, {})", chooser(strategy)),
        (None, None) => format!(" ({})", chooser(strategy)),
    }
}

fn assigned(reason: AssignedBecause, by: Option<&Id>) -> String {
    match reason {
        AssignedBecause::ByHand => by.map_or(", by hand".to_owned(), |by| format!(", given by {by}")),
        AssignedBecause::Replied => ", who replied".to_owned(),
        AssignedBecause::HeldBefore => ", who held it before".to_owned(),
        other => format!(", {}", other.as_str().replace('_', " ")),
    }
}

fn unassigned(agent: Option<&Id>, rule: Option<&Id>, reason: UnassignedBecause, by: Option<&Id>) -> String {
    let releaser = by.or(agent).map(Id::as_str);
    let agent = agent.map(Id::as_str);
    match reason {
        UnassignedBecause::NoRule => "stays unassigned, no rule is for it".to_owned(),
        UnassignedBecause::Otherwise => format!("stays unassigned ({})", rule.map(Id::as_str).unwrap_or_default()),
        UnassignedBecause::Released => format!("is released by {}", releaser.unwrap_or("the team")),
        UnassignedBecause::AgentAway => format!("is given back by {}, who is away", agent.unwrap_or_default()),
        UnassignedBecause::ShiftEnded => format!("is given back by {}, who is not at work", agent.unwrap_or_default()),
        UnassignedBecause::OutOfOffice => format!("is given back by {}, out of office", agent.unwrap_or_default()),
        UnassignedBecause::Removed => format!("is taken from {}, removed from the desk", agent.unwrap_or("its team")),
        UnassignedBecause::NoInboxAccess => {
            format!("is taken from {}, who lost access to its inbox", agent.unwrap_or("its team"))
        }
        UnassignedBecause::Transferred => format!("is taken from {}, transferred", agent.unwrap_or("where it was")),
        UnassignedBecause::Distributed => {
            format!("is taken from {}, to be distributed in a team", agent.unwrap_or("where it was"))
        }
        UnassignedBecause::WaitingLimit => "stays unassigned, at the waiting limit of its channel".to_owned(),
        other => format!("is unassigned: {}", other.as_str().replace('_', " ")),
    }
}
