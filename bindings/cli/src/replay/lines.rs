//! What happens, an event a line.

use std::fmt::Write;

use anstyle::Style;
use frontdesk::desk::{AssignedBecause, Decision, NoticeKind, UnassignedBecause};
use frontdesk::desk::{Details, What};
use frontdesk::story::{clock, day, moment, not_asked};
use frontdesk::time::{Instant, Zone};
use frontdesk::{Event, Id};
use unicode_width::UnicodeWidthStr;

use crate::show::style::{BAD, FAINT, GOOD, PLAIN, STRONG, WAITING, of_state, paint};
use crate::show::{WIDTH, clean, padded, title, wrapped};

/// The widest that ids are shown in front of the lines.
const WIDEST: usize = 20;

/// The lines of a run.
pub struct Lines {
    zone: Zone,
    lines: Vec<Line>,
}

/// What happened to whom.
struct Line {
    at: Instant,
    subject: Option<Id>,
    text: String,
    style: Style,
}

impl Lines {
    /// No lines yet; times will be those of a zone.
    pub fn in_zone(zone: Zone) -> Lines {
        Lines { zone, lines: Vec::new() }
    }

    /// Adds what an event says.
    pub fn add(&mut self, event: &Event) {
        let at = event.at;
        let subject = subject(&event.what).cloned();
        let (style, text) = Teller { at, zone: &self.zone }.tell(&event.what);
        self.lines.push(Line { at, subject, text, style });
        let others = not_asked(event.considered.as_deref().unwrap_or_default(), at, &self.zone);
        if !others.is_empty() {
            let taken = matches!(event.what, What::Assigned { .. } | What::Offered { .. });
            let text = format!("{}: {others}", if taken { "not asked" } else { "why not" });
            self.lines.push(Line { at, subject: None, text, style: FAINT });
        }
    }

    /// All lines, under their dates; nothing at all where there are none.
    pub fn render(&mut self) -> String {
        // A refused command does not bring what is due by then; that comes later, but happened before.
        self.lines.sort_by_key(|line| line.at);
        if self.lines.is_empty() {
            return String::new();
        }
        let ids = self.lines.iter().filter_map(|line| line.subject.as_deref()).map(UnicodeWidthStr::width);
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
        let subject = padded(&clean(line.subject.as_deref().unwrap_or_default()), width);
        let clock = if line.subject.is_some() { clock(line.at, &self.zone) } else { String::new() };
        for (index, part) in wrapped(&clean(&line.text), WIDTH - indent).iter().enumerate() {
            let text = paint(line.style, part);
            let _ = match index {
                0 => writeln!(page, "{}{subject}  {text}", paint(FAINT, format_args!("{clock:CLOCK$}"))),
                _ => writeln!(page, "{:indent$}{text}", ""),
            };
        }
    }
}

/// Whom or what an event is about.
fn subject(what: &What) -> Option<&Id> {
    match what {
        What::StatusChanged { agent, .. } | What::Notice { agent, .. } => Some(agent),
        What::DeskChanged { agent, team, inbox, .. } => agent.as_ref().or(team.as_ref()).or(inbox.as_ref()),
        What::Refused { conversation, agent, .. } => conversation.as_ref().or(agent.as_ref()),
        other => other.conversation(),
    }
}

/// Tells events in a few words.
struct Teller<'a> {
    at: Instant,
    zone: &'a Zone,
}

impl Teller<'_> {
    fn tell(&self, what: &What) -> (Style, String) {
        match what {
            What::StatusChanged { state, reason, until, by, .. } => {
                let (reason, by) = (reason.as_str().replace('_', " "), by_whom(by.as_ref()));
                (of_state(*state), format!("{state} ({reason}){by}{}", self.until(*until)))
            }
            What::Notice { notice, by, .. } => {
                let about = match notice {
                    NoticeKind::SetAwayByOther => "set away by someone else",
                    NoticeKind::MissedOffers => "set away after missed offers",
                };
                (PLAIN, format!("gets a notice: {about}{}", by_whom(by.as_ref())))
            }
            What::Opened { details, by, .. } => {
                (PLAIN, format!("arrives in {}{}", place(details), by_whom(by.as_ref())))
            }
            What::Updated { details, .. } => (PLAIN, format!("is updated, in {}", place(details))),
            What::Offered { agent, decision, until, .. } => {
                (WAITING, format!("is offered to {agent}{}{}", self.until(*until), deciding(decision.as_ref())))
            }
            What::Assigned { agent, team, decision, by, reason, .. } => {
                let to = agent.as_ref().or(team.as_ref()).map(Id::as_str).unwrap_or_default();
                let team = if team.is_some() { "the team " } else { "" };
                let why = match reason {
                    Some(AssignedBecause::ByHand) => format!(", by hand{}", by_whom(by.as_ref())),
                    Some(AssignedBecause::Replied) => ", who replied".to_owned(),
                    Some(AssignedBecause::HeldBefore) => ", who held it before".to_owned(),
                    None => deciding(decision.as_ref()),
                };
                (GOOD, format!("goes to {team}{to}{why}"))
            }
            What::Unassigned { agent, rule, reason, .. } => {
                (WAITING, unassigned(agent.as_ref(), rule.as_ref(), *reason))
            }
            What::Queued { rule, step, until: Some(until), .. } => {
                (WAITING, format!("waits{} at step {step} of {rule}", self.until(Some(*until))))
            }
            What::Queued { rule, .. } => (WAITING, format!("waits in the queue, by {rule}")),
            What::StepEntered { rule, step, until, .. } => {
                (WAITING, format!("waits{} at step {step} of {rule}", self.until(*until)))
            }
            What::Prioritized { script, priority, .. } => (FAINT, format!("gets the priority {priority}, by {script}")),
            What::ScriptFailed { failure, .. } => {
                let whose = failure.script.as_ref().map_or("a condition", Id::as_str);
                let line = failure.line.map(|line| format!(", line {line}")).unwrap_or_default();
                (BAD, format!("is failed by {whose} in {}{line}: {}", failure.hook, failure.message))
            }
            What::OfferExpired { agent, .. } => (BAD, format!("is not accepted by {agent} in time")),
            What::OfferDeclined { agent, .. } => (BAD, format!("is declined by {agent}")),
            What::OfferWithdrawn { agent, .. } => (FAINT, format!("is not offered to {agent} any more")),
            What::SentToVoicemail { voicemail, .. } => (WAITING, format!("goes to voicemail, {voicemail}")),
            What::OwnerNotified { agent: Some(agent), .. } => {
                (WAITING, format!("stays unassigned, {agent} gets a mail"))
            }
            What::OwnerNotified { .. } => (WAITING, "stays unassigned, without an owner to be mailed".to_owned()),
            What::HandedToBot { bot, .. } => (GOOD, format!("goes to the bot {bot}")),
            What::Closed { agent: Some(agent), .. } => (FAINT, format!("is closed, {agent} held it")),
            What::Closed { .. } => (FAINT, "is closed, nobody held it".to_owned()),
            What::WrapUpEnded { agent, .. } => (FAINT, format!("is wrapped up by {agent}")),
            What::Reopened { woke: true, .. } => (PLAIN, "wakes up".to_owned()),
            What::Reopened { .. } => (PLAIN, "is opened again".to_owned()),
            What::Snoozed { until, .. } => (FAINT, format!("sleeps{}", self.until(*until))),
            What::DeskChanged { change, by, .. } => {
                (PLAIN, format!("the desk is changed: {}{}", change.replace('_', " "), by_whom(by.as_ref())))
            }
            What::Refused { code, message, .. } => (BAD, format!("refused: {message} ({code})")),
            _ => (PLAIN, "changes".to_owned()),
        }
    }

    fn until(&self, until: Option<Instant>) -> String {
        until.map(|until| format!(" until {}", moment(until, self.at, self.zone))).unwrap_or_default()
    }
}

fn place(details: &Details) -> String {
    let priority = if details.priority == 0 { String::new() } else { format!(", priority {}", details.priority) };
    format!("{} / {}{priority}", details.inbox, details.channel)
}

fn by_whom(by: Option<&Id>) -> String {
    by.map(|by| format!(" by {by}")).unwrap_or_default()
}

fn deciding(decision: Option<&Decision>) -> String {
    match decision {
        Some(Decision { rule, step, strategy }) => {
            let by = match strategy.strip_prefix("script:") {
                Some(script) => format!("script {script}"),
                None => strategy.replace('_', " "),
            };
            format!(" ({rule}, step {step}, {by})")
        }
        None => ", who held it before".to_owned(),
    }
}

fn unassigned(agent: Option<&Id>, rule: Option<&Id>, reason: UnassignedBecause) -> String {
    let agent = agent.map(Id::as_str);
    match reason {
        UnassignedBecause::NoRule => "stays unassigned, no rule is for it".to_owned(),
        UnassignedBecause::Otherwise => format!("stays unassigned, by {}", rule.map(Id::as_str).unwrap_or_default()),
        UnassignedBecause::Released => format!("is released by {}", agent.unwrap_or("the team")),
        UnassignedBecause::AgentAway => format!("is given back by {}, who is away", agent.unwrap_or_default()),
        UnassignedBecause::Removed => format!("loses {}, removed", agent.unwrap_or("its team")),
    }
}
