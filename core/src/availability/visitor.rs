//! The view of a visitor of a channel.

use serde::Serialize;

use super::calendar::Calendar;
use super::manual::Presence;
use super::published::{TextsInLanguage, VisitorChange, VisitorTexts};
use super::status::{Reason, State};
use crate::deadline;
use crate::model::{Id, Instead, Language, VisitorAvailability, VisitorSettings};
use crate::problem::vocabulary;
use crate::time::{Instant, Span};

/// The view of a visitor of a channel at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitorView {
    /// The state of the channel.
    pub state: VisitorState,
    /// The message to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The time until an answer, in the embedder's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_time: Option<String>,
    /// The language of these texts, if the document gives them by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The next change of the state, UTC; absent if there is none within a year.
    pub until: Option<Instant>,
    /// The next instant at which the channel is online, UTC; absent while it is, and if there is none within a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Instant>,
    /// The agents or the name shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shows: Option<Shown>,
}

vocabulary! {
    /// The state of a channel for its visitors.
    #[non_exhaustive]
    pub enum VisitorState {
        /// An agent or a bot is there.
        Online = "online",
        /// Nobody is there.
        Away = "away",
        /// Outside office hours.
        Closed = "closed",
        /// The channel is not shown.
        Hidden = "hidden",
    }
}

/// The agents or the name shown to a visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Shown {
    /// These agents, at most three.
    Agents(Vec<Id>),
    /// A given name.
    Name(String),
}

/// The visitor of a channel, as far as known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visitor {
    /// The id of the visitor, used to choose the agents shown, and to find the one who last held a conversation of theirs.
    pub id: Option<Id>,
    /// The agent who looks after them.
    pub owner: Option<Id>,
    /// `true` if the visitor was recognised: without `owner`, nobody looks after them, and without earlier conversations
    /// there is no last agent. For an unknown visitor, both may be anyone.
    pub known: bool,
    /// The languages of the visitor, the preferred first. Texts by language are shown in the first of these that exists: see
    /// [`LocalizedText::text_for`](crate::LocalizedText::text_for).
    pub languages: Vec<Language>,
}

/// The span in milliseconds in which the next change is searched: with agents around the clock there may be none.
pub(crate) const SIGHT: i64 = 366 * 24 * 3_600_000;

/// An agent whom a rule names by id or by the contact, with those who stand in while they are out of office.
pub(crate) struct Line<'a> {
    pub named: Presence<'a>,
    pub substitutes: Vec<Substitute<'a>>,
}

/// One of the substitutes of an agent.
pub(crate) struct Substitute<'a> {
    pub presence: Presence<'a>,
    /// `true` if a rule could choose the substitute: with a seat, access, and what the rule asks of agents.
    pub may_be_chosen: bool,
}

/// The data that decides the state of a channel.
pub(crate) struct Scene<'a> {
    pub settings: &'a VisitorSettings,
    pub office: &'a Calendar,
    pub kind: &'a Id,
    /// The agents with seat and access whom a rule of the channel names.
    pub team: Vec<Presence<'a>>,
    /// The agents whom a rule names by id or by the contact and who have a substitute.
    pub lines: Vec<Line<'a>>,
    /// `true` if a rule begins with a bot, which is always there.
    pub has_bot: bool,
}

impl Scene<'_> {
    /// Returns the agents whose schedules decide.
    pub fn people(&self) -> impl Iterator<Item = &Presence<'_>> {
        let lines =
            self.lines.iter().flat_map(|line| line.substitutes.iter().map(|it| &it.presence).chain([&line.named]));
        self.team.iter().chain(lines)
    }

    /// Returns the view at an instant for somebody who speaks these languages, without faces.
    pub fn view(&self, at: Instant, languages: &[Language]) -> VisitorView {
        let truth = self.truth(at);
        let horizon = at.saturating_add(SIGHT);
        let until = self.changes(at, horizon, |state| self.shown_as(state) != self.shown_as(truth));
        let opens_at = match truth {
            VisitorState::Online => None,
            VisitorState::Away | VisitorState::Closed | VisitorState::Hidden => {
                self.changes(at, horizon, |state| state == VisitorState::Online)
            }
        };
        let state = self.shown_as(truth);
        let TextsInLanguage { message, reply_time, language } = self.texts(state).for_languages(languages);
        VisitorView { state, message, reply_time, language, until, opens_at, shows: None }
    }

    /// Returns the texts for a state: the reply time only while an agent is there, unless there are texts for the other
    /// states, and nothing if the channel is hidden.
    pub fn texts(&self, shown: VisitorState) -> VisitorTexts {
        match (shown, self.instead(shown)) {
            (VisitorState::Online, _) => VisitorTexts { message: None, reply_time: self.settings.reply_time.clone() },
            (_, Some(Instead { message, reply_time, .. })) => {
                VisitorTexts { message: message.clone(), reply_time: reply_time.clone() }
            }
            (_, None) => VisitorTexts::default(),
        }
    }

    /// Returns the state at the start of a span and each change of it. It goes on beyond the end until the end of the last
    /// state in the span and the next online state are known.
    pub fn changes_in(&self, span: Span) -> Vec<VisitorChange> {
        let horizon = span.end.saturating_add(SIGHT);
        let shown_at = |at| VisitorChange { at, state: self.shown_as(self.truth(at)) };
        let mut last = shown_at(span.start);
        let mut changes = vec![last];
        let mut ends_online = last.state == VisitorState::Online;
        while let Some(at) = self.changes(last.at, horizon, |state| self.shown_as(state) != last.state) {
            last = shown_at(at);
            changes.push(last);
            let online = last.state == VisitorState::Online;
            if at < span.end {
                ends_online = online;
            } else if online || ends_online {
                break;
            }
        }
        changes
    }

    /// Returns the state regardless of `hide`.
    fn truth(&self, at: Instant) -> VisitorState {
        let is_anyone_there = || self.team.iter().any(|agent| self.is_there(agent, at));
        let there = || self.has_bot || is_anyone_there() || self.lines.iter().any(|line| self.stands_in(line, at));
        match self.settings.availability {
            VisitorAvailability::Always => VisitorState::Online,
            VisitorAvailability::OfficeHours if !self.office.stretch_at(at).hours.is_open() => VisitorState::Closed,
            VisitorAvailability::OfficeHours | VisitorAvailability::TeamStatus if there() => VisitorState::Online,
            VisitorAvailability::OfficeHours | VisitorAvailability::TeamStatus => VisitorState::Away,
        }
    }

    fn instead(&self, truth: VisitorState) -> Option<&Instead> {
        match truth {
            VisitorState::Away => self.settings.when_away.as_ref(),
            VisitorState::Closed => self.settings.when_closed.as_ref(),
            VisitorState::Online | VisitorState::Hidden => None,
        }
    }

    fn shown_as(&self, truth: VisitorState) -> VisitorState {
        if self.instead(truth).is_some_and(|instead| instead.hide) { VisitorState::Hidden } else { truth }
    }

    /// Returns the first instant after `at`, within the horizon, at which the true state is a wanted one.
    fn changes(&self, at: Instant, horizon: Instant, wanted: impl Fn(VisitorState) -> bool) -> Option<Instant> {
        let mut from = at;
        loop {
            from = self.next_turn(from)?;
            // The caller drops the result when the time is up.
            if from > horizon || deadline::is_up() {
                return None;
            }
            if wanted(self.truth(from)) {
                return Some(from);
            }
        }
    }

    /// Returns the next instant at which the true state may change.
    fn next_turn(&self, at: Instant) -> Option<Instant> {
        let office_end = self.office.stretch_at(at).end;
        let next = match (self.settings.availability, self.truth(at)) {
            (VisitorAvailability::Always, _) => return None,
            (VisitorAvailability::TeamStatus, _) if self.has_bot => return None,
            (VisitorAvailability::OfficeHours, VisitorState::Closed) => office_end,
            (VisitorAvailability::OfficeHours, _) if self.has_bot => office_end,
            (mode, truth) => {
                let turns = if truth == VisitorState::Online { self.last_leaves(at) } else { self.first_comes(at) };
                if mode == VisitorAvailability::OfficeHours { turns.min(office_end) } else { turns }
            }
        };
        (next < Instant::MAX).then_some(next)
    }

    /// Returns an instant until which an agent is there: the last end among those available.
    fn last_leaves(&self, at: Instant) -> Instant {
        let leaves = self.team.iter().filter(|agent| self.is_there(agent, at));
        let leaves = leaves.map(|agent| self.next_with(agent, false, at));
        let stand_ins = self.lines.iter().filter(|line| self.stands_in(line, at));
        leaves.chain(stand_ins.map(|line| self.next_in_line(line, false, at))).max().unwrap_or(Instant::MAX)
    }

    fn first_comes(&self, at: Instant) -> Instant {
        let comes = self.team.iter().map(|agent| self.next_with(agent, true, at));
        comes.chain(self.lines.iter().map(|line| self.next_in_line(line, true, at))).min().unwrap_or(Instant::MAX)
    }

    /// Returns `true` if an agent is available for the kind of the channel.
    fn is_there(&self, agent: &Presence<'_>, at: Instant) -> bool {
        agent.stretch_at(at).reason.state() == State::Available && agent.takes(self.kind, at)
    }

    /// Returns `true` if a substitute stands in for an agent out of office, and is available for the kind of the channel.
    fn stands_in(&self, line: &Line<'_>, at: Instant) -> bool {
        let stand_in = line.stand_in_at(at);
        stand_in.is_some_and(|it| it.may_be_chosen && self.is_there(&it.presence, at))
    }

    /// Returns the first instant from `at` on at which a substitute stands in, or none does; `MAX` if there is none.
    fn next_in_line(&self, line: &Line<'_>, there: bool, at: Instant) -> Instant {
        let mut from = at;
        while from < Instant::MAX && self.stands_in(line, from) != there && !deadline::is_up() {
            from = line.next_turn(from);
        }
        from
    }

    /// Returns the first instant from `at` on at which an agent is there for the channel, or is not; `MAX` if there is none.
    fn next_with(&self, agent: &Presence<'_>, there: bool, at: Instant) -> Instant {
        let mut from = at;
        while from < Instant::MAX && self.is_there(agent, from) != there && !deadline::is_up() {
            let stretch = agent.stretch_at(from);
            let is_away = stretch.reason.state() == State::Away;
            from = if there && is_away { agent.next_with(State::Available, from) } else { stretch.end };
        }
        from
    }
}

impl<'a> Line<'a> {
    /// Returns the substitute who stands in at an instant: the first who is not out of office, if the agent is.
    fn stand_in_at(&self, at: Instant) -> Option<&Substitute<'a>> {
        let is_out = |presence: &Presence<'_>| presence.stretch_at(at).reason == Reason::OutOfOffice;
        self.substitutes.iter().find(|it| !is_out(&it.presence)).filter(|_| is_out(&self.named))
    }

    /// Returns the next instant at which another may stand in, or the one who does may leave.
    fn next_turn(&self, at: Instant) -> Instant {
        let is_out = |presence: &&Presence<'_>| presence.stretch_at(at).reason == Reason::OutOfOffice;
        let all = || std::iter::once(&self.named).chain(self.substitutes.iter().map(|it| &it.presence));
        let asked = all().take(all().take_while(is_out).count() + 1);
        asked.map(|presence| presence.stretch_at(at).end).min().unwrap_or(Instant::MAX)
    }
}
