//! Questions to a desk. They change nothing, and may be asked from many threads at once.

mod available;
mod publish;
mod table;
mod why;

pub use self::available::Available;
pub(crate) use self::available::Memo;
pub(crate) use self::publish::MOST_DAYS;
pub use self::table::{AgentRow, ConversationFilter, ConversationView, Filter, Whereabouts};
pub use self::why::StepConsidered;

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::availability::coverage::{self, MOST_CHANGES};
use crate::availability::{
    AgentSet, AgentSlot, CompiledChannel, Coverage, CoverageStep, Member, Period, Piece, Presence, Scene, Shown,
    Staffed, StaffedStep, State, Status, StepTarget, Visitor, VisitorView, hash, working_time,
};
use crate::deadline::{self, NowAndThen};
use crate::desk::Desk;
use crate::desk::state::{Conversation, ConversationRef, DeskState, Phase};
use crate::desk::unknown::unknown_agent;
use crate::model::{Absence, Extensions, Faces, Id, Inbox, VisitorAvailability, VisitorSettings};
use crate::problem::{Code, Problem, shortened};
use crate::time::{Duration, Instant, Span};

/// Which agents a question is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// All of the desk.
    Everyone,
    /// Those whose main team it is.
    Team(Id),
    /// The main and the extra members of a team.
    TeamWithExtra(Id),
    /// Those with access to an inbox.
    Inbox(Id),
}

/// Whose working time is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HoursOf {
    /// The schedule of an agent.
    Agent(Id),
    /// The schedules of the main members of a team: at least one is at work.
    Team(Id),
    /// The office hours of a channel.
    Channel {
        /// Its inbox.
        inbox: Id,
        /// The channel.
        channel: Id,
    },
}

/// The most periods that a schedule tells at once.
const MOST_PERIODS: usize = 1_000_000;

/// The settings of a channel that says nothing of its visitors.
static USUAL: VisitorSettings = VisitorSettings {
    availability: VisitorAvailability::TeamStatus,
    reply_time: None,
    shows: None,
    when_away: None,
    when_closed: None,
    extensions: Extensions::new(),
};

/// How many agents the spans or steps of one answer may name in all.
const MOST_NAMES: usize = 1_000_000;

fn too_many_names() -> Problem {
    Problem::new(Code::OutOfRange, "an answer names at most 1,000,000 agents in all")
        .with_hint("ask for a shorter range, for a team, or for numbers alone")
}

fn check_steps(range: Span, step: Duration) -> Result<(), Problem> {
    const MOST_STEPS: i64 = 1_000_000;
    if step.millis() == 0 || range.millis() / step.millis() > MOST_STEPS {
        return Err(Problem::new(Code::OutOfRange, "a range has at most 1,000,000 steps, each longer than 0s"));
    }
    Ok(())
}

impl Desk {
    /// The availability of an agent at an instant: state, reason, since and until.
    ///
    /// A manual status is taken as it is known now; for instants before it was set, the schedule answers.
    ///
    /// # Errors
    /// `unknown_agent`.
    ///
    /// ```
    /// use frontdesk::{Desk, Reason, time::Instant};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "America/Vancouver", "agents": [{"id": "ann",
    ///     "working_hours": [{"days": ["mon"], "start": "09:00", "end": "17:00"}]}]}"#).unwrap();
    /// // Vancouver stays at UTC-7 from November 2026 on.
    /// let status = desk.status("ann", Instant::parse("2026-11-23T16:00:00Z")?)?;
    /// assert_eq!(status.reason, Reason::WorkingHours);
    /// assert_eq!(status.until.unwrap().to_string(), "2026-11-24T00:00:00.000Z");
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn status(&self, agent: &str, at: Instant) -> Result<Status, Problem> {
        let slot = self.state.slot(agent)?;
        self.state.status(slot, at).ok_or_else(|| unknown_agent(agent))
    }

    /// Where an agent is in this desk, for as long as it is there; for bindings, to which a name is dear.
    #[doc(hidden)]
    pub fn slot_of(&self, agent: &str) -> Option<u32> {
        self.state.roster.slot(agent).map(|slot| slot.index() as u32)
    }

    /// The status of the agent in a slot of this desk; none once it is gone.
    #[doc(hidden)]
    pub fn status_in(&self, slot: u32, at: Instant) -> Option<Status> {
        self.state.status(AgentSlot::of(slot as usize), at)
    }

    /// The agents of the desk with their zone, in document order.
    pub fn agents(&self) -> impl Iterator<Item = &crate::model::Agent> {
        self.state.roster.members().map(|(_, member)| &*member.entry)
    }

    /// The zone of the desk: that of agents, inboxes and stories for which nothing else is said.
    pub fn time_zone(&self) -> &crate::time::Zone {
        &self.state.roster.time_zone
    }

    /// The zone an agent lives in.
    ///
    /// # Errors
    /// `unknown_agent`.
    pub fn zone_of(&self, agent: &str) -> Result<&crate::time::Zone, Problem> {
        let slot = self.state.slot(agent)?;
        Ok(self.state.roster.member(slot).map_or(&self.state.roster.time_zone, |member| &member.zone))
    }

    /// The next instant at which an agent's state or reason changes; none when nothing is in sight until 2200.
    ///
    /// # Errors
    /// `unknown_agent`.
    pub fn next_change(&self, agent: &str, at: Instant) -> Result<Option<Instant>, Problem> {
        let presence = self.state.presence_of(agent)?;
        let end = presence.stretch_at(at).end;
        Ok((end < Instant::MAX).then_some(end))
    }

    /// The first instant from `at` on at which an agent is available; none when that is not in sight.
    ///
    /// # Errors
    /// `unknown_agent`.
    pub fn next_available(&self, agent: &str, at: Instant) -> Result<Option<Instant>, Problem> {
        let next = self.state.presence_of(agent)?.next_with(State::Available, at);
        Ok((next < Instant::MAX).then_some(next))
    }

    /// An agent's states and reasons over a range, clipped to it: they tile it without gap or overlap.
    ///
    /// # Errors
    /// `unknown_agent`; `invalid_value` when the range ends before it starts; `too_many_occurrences` for more than 100,000
    /// occurrences of repeated absences in it, or for more than 1,000,000 periods.
    pub fn schedule(&self, agent: &str, range: Span) -> Result<Vec<Period>, Problem> {
        let presence = self.state.presence_of(agent)?;
        check_range(range)?;
        presence.schedule.check(range)?;
        let mut periods = Vec::new();
        let (mut at, mut watch) = (range.start, NowAndThen::default());
        while at < range.end {
            if watch.is_up() {
                return Err(deadline::time_is_up());
            }
            if periods.len() == MOST_PERIODS {
                let message = format!(
                    "the schedule changes more than {MOST_PERIODS} times from {} to {}",
                    range.start, range.end
                );
                return Err(Problem::new(Code::TooManyOccurrences, message).with_hint("ask about a shorter range"));
            }
            let stretch = presence.stretch_at(at);
            let span = Span::new(at, stretch.end.min(range.end));
            periods.push(Period { span, state: stretch.reason.state(), reason: stretch.reason });
            at = span.end;
        }
        Ok(periods)
    }

    /// Those who are available at an instant, in document order.
    ///
    /// # Errors
    /// `unknown_team` or `unknown_inbox`.
    ///
    /// ```
    /// use frontdesk::{Desk, Scope, time::Instant};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"},
    ///     {"id": "bo", "active": false}]}"#).unwrap();
    /// let available = desk.available(&Scope::Everyone, Instant::parse("2026-11-20T09:00:00Z")?)?;
    /// assert_eq!(available.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["anna"]);
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn available(&self, scope: &Scope, at: Instant) -> Result<Available<'_>, Problem> {
        let mut set = self.memo.available(&self.state, at);
        if *scope != Scope::Everyone {
            set.keep(&self.state.scope(scope)?.into_iter().collect());
        }
        Ok(Available { roster: &self.state.roster, set })
    }

    /// How many are available over a range, as exact spans that tile it.
    ///
    /// # Errors
    /// `unknown_team` or `unknown_inbox`; `invalid_value` when the range ends before it starts; `too_many_occurrences` for
    /// more than 100,000 occurrences of one agent's repeated absences in it, or for more than 4,000,000 changes of all whose
    /// hours are not the same.
    pub fn coverage(&self, scope: &Scope, range: Span) -> Result<Vec<Coverage>, Problem> {
        self.state.coverage(scope, range, &mut { MOST_CHANGES })
    }

    /// How many are available over a range, in steps of a length.
    ///
    /// # Errors
    /// As [`coverage`](Self::coverage); `out_of_range` for a step of no length, or for more than 1,000,000 steps.
    pub fn coverage_steps(&self, scope: &Scope, range: Span, step: Duration) -> Result<Vec<CoverageStep>, Problem> {
        check_steps(range, step)?;
        Ok(coverage::steps(&self.coverage(scope, range)?, range, step))
    }

    /// Who is available over a range, as exact spans that tile it: a new one begins where somebody comes or goes.
    ///
    /// # Errors
    /// As [`coverage`](Self::coverage); `out_of_range` where the spans would name more than 1,000,000 agents in all.
    ///
    /// ```
    /// use frontdesk::{Desk, Scope, time::{Instant, Span}};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"},
    ///     {"id": "bo", "working_hours": [{"days": ["fri"], "start": "12:00", "end": "17:00"}]}]}"#).unwrap();
    /// let day = Span::new(Instant::parse("2026-11-20T09:00:00Z")?, Instant::parse("2026-11-20T14:00:00Z")?);
    /// let who: Vec<usize> = desk.staffing(&Scope::Everyone, day)?.iter().map(|it| it.agents.len()).collect();
    /// assert_eq!(who, [1, 2]);
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn staffing(&self, scope: &Scope, range: Span) -> Result<Vec<Staffed>, Problem> {
        let (slots, spans) = self.staffed(scope, range)?;
        let named = |(span, places): (Span, Vec<usize>)| Staffed { span, agents: self.state.named(&slots, &places) };
        Ok(spans.into_iter().map(named).collect())
    }

    /// Who is available over a range, in steps of a length: at the start of each.
    ///
    /// # Errors
    /// As [`coverage_steps`](Self::coverage_steps) and [`staffing`](Self::staffing).
    pub fn staffing_steps(&self, scope: &Scope, range: Span, step: Duration) -> Result<Vec<StaffedStep>, Problem> {
        check_steps(range, step)?;
        let (slots, spans) = self.staffed(scope, range)?;
        let steps = coverage::staffed_steps(&spans, range, step, MOST_NAMES).ok_or_else(too_many_names)?;
        let named = |(step, places): (CoverageStep, Vec<usize>)| StaffedStep {
            span: step.span,
            agents: self.state.named(&slots, &places),
            least: step.least,
        };
        Ok(steps.into_iter().map(named).collect())
    }

    /// The agents of a scope, and the spans of a range with the places of those who are available among them.
    #[expect(clippy::type_complexity, reason = "agents and spans belong together, and go no further than here")]
    fn staffed(&self, scope: &Scope, range: Span) -> Result<(Vec<AgentSlot>, Vec<(Span, Vec<usize>)>), Problem> {
        check_range(range)?;
        let slots = self.state.scope(scope)?;
        let agents: Vec<_> = slots.iter().filter_map(|slot| self.state.presence(*slot)).collect();
        agents.iter().try_for_each(|presence| presence.schedule.check(range))?;
        let spans = coverage::staffed_spans(agents.into_iter(), range, MOST_NAMES).ok_or_else(too_many_names)?;
        Ok((slots, spans))
    }

    /// How many of each team's main members are available over a range.
    ///
    /// # Errors
    /// As [`coverage`](Self::coverage).
    pub fn coverage_by_team(&self, range: Span) -> Result<Vec<(Id, Vec<Coverage>)>, Problem> {
        let mut room = MOST_CHANGES;
        let of = |team: &Id| Ok((team.clone(), self.state.coverage(&Scope::Team(team.clone()), range, &mut room)?));
        self.teams().map(of).collect()
    }

    /// The ids of all teams, in the order of the document.
    pub fn teams(&self) -> impl Iterator<Item = &Id> {
        self.state.roster.teams().map(|team| &team.id)
    }

    /// The working time between two instants.
    ///
    /// # Errors
    /// Of an unknown id; `invalid_value` when `to` is before `from`; `too_many_occurrences` for more than 100,000 occurrences
    /// of one agent's repeated absences between them.
    pub fn working_time(&self, of: &HoursOf, from: Instant, to: Instant) -> Result<Duration, Problem> {
        check_range(Span::new(from, to))?;
        self.state.check_pieces(of, Span::new(from, to))?;
        working_time::between(self.state.pieces(of)?, from, to)
    }

    /// The instant at which that much working time has passed since `from`; none when there is not that much until 2200.
    ///
    /// Time that ends exactly at closing ends at that closing. No time at all, asked while closed, is the next opening.
    ///
    /// # Errors
    /// Of an unknown id; `too_many_occurrences` when more than 100,000 occurrences of one agent's repeated absences lie on
    /// the way.
    pub fn after(&self, of: &HoursOf, from: Instant, time: Duration) -> Result<Option<Instant>, Problem> {
        working_time::after(self.state.pieces(of)?, |span| self.state.check_pieces(of, span), from, time)
    }

    /// The instant from which that much working time passes until `to`; none when there is not that much since 2000.
    ///
    /// # Errors
    /// Of an unknown id; `too_many_occurrences` when more than 100,000 occurrences of one agent's repeated absences lie on
    /// the way.
    pub fn before(&self, of: &HoursOf, to: Instant, time: Duration) -> Result<Option<Instant>, Problem> {
        working_time::before(self.state.pieces(of)?, |span| self.state.check_pieces(of, span), to, time)
    }

    /// What a visitor of a channel sees at an instant.
    ///
    /// A rule for the contact's owner or last agent names that person where the [`Visitor`] says who they are, and
    /// otherwise whoever could be: all with access to the inbox. A channel with a rule that begins with a bot is online
    /// whenever its office hours, where they count, are open.
    ///
    /// # Errors
    /// `unknown_inbox` or `unknown_channel`.
    pub fn visitor(&self, inbox: &str, channel: &str, at: Instant, visitor: &Visitor) -> Result<VisitorView, Problem> {
        let channel = self.state.channel(inbox, channel)?;
        let view = self.state.scene(channel, visitor).view(at, &visitor.languages);
        let faces = channel.entry.visitor.as_ref().and_then(|settings| settings.shows.as_ref());
        let shows = faces.and_then(|faces| self.state.shown(faces, visitor));
        Ok(VisitorView { shows, ..view })
    }

    /// Whether the seat of an agent allows these absences, where the entitlement `out_of_office` ties them to seats: those
    /// that the agent has already do not count. For programs that write a document rather than give commands.
    ///
    /// # Errors
    /// `unknown_agent`; `not_permitted`.
    pub fn check_absences(&self, agent: &str, absences: &[Absence]) -> Result<(), Problem> {
        self.state.slot(agent)?;
        self.state.permit_absences(&Id::from(agent), absences)
    }

    /// How an agent is shown in a conversation: in those they hold as available, in others as they are.
    ///
    /// # Errors
    /// `unknown_agent` or `unknown_conversation`.
    pub fn shown_in(&self, conversation: &str, agent: &str, at: Instant) -> Result<State, Problem> {
        let slot = self.state.slot(agent)?;
        let found = self.state.find(conversation).and_then(|reference| self.state.conversation(reference));
        let message = || {
            Problem::new(
                Code::UnknownConversation,
                format!("there is no conversation {conversation:?}", conversation = shortened(conversation)),
            )
        };
        if found.ok_or_else(message)?.phase == (Phase::Held { agent: slot }) {
            return Ok(State::Available);
        }
        Ok(self.status(agent, at)?.state)
    }
}

impl DeskState {
    /// The conversations that are wanted, in the order of opening.
    pub fn all(&self, wanted: impl Fn(&Conversation) -> bool) -> Vec<ConversationRef> {
        let found = self.references().zip(&self.conversations).filter(|(_, conversation)| wanted(conversation));
        found.map(|(reference, _)| reference).collect()
    }

    pub fn slot(&self, agent: &str) -> Result<AgentSlot, Problem> {
        self.roster.slot(agent).ok_or_else(|| {
            let known = self.roster.members().map(|(_, member)| member.entry.id.as_str());
            unknown_agent(agent).suggesting(agent, known)
        })
    }

    fn presence_of(&self, agent: &str) -> Result<crate::availability::Presence<'_>, Problem> {
        let slot = self.slot(agent)?;
        self.presence(slot).ok_or_else(|| unknown_agent(agent))
    }

    /// What decides what a visitor of a channel sees.
    pub fn scene<'a>(&'a self, channel: &'a CompiledChannel, visitor: &Visitor) -> Scene<'a> {
        let team = self.roster.with_seat_and_access(&self.named_for(channel, visitor), channel);
        let team = team.iter().filter_map(|slot| self.presence(slot)).collect();
        Scene {
            settings: channel.entry.visitor.as_ref().unwrap_or(&USUAL),
            office: &channel.office,
            team,
            has_bot: channel.begins_with_bot,
        }
    }

    /// Whom the rules of a channel name for a visitor. Of whom the question does not say who that is, anyone with access
    /// may be the owner or the last agent.
    fn named_for(&self, channel: &CompiledChannel, visitor: &Visitor) -> AgentSet {
        let mut named = AgentSet::default();
        let mut add = |agents: &AgentSet| named.extend_with(agents);
        let one_or_any = |slot: Option<AgentSlot>| match slot {
            Some(slot) => Cow::Owned([slot].into_iter().collect()),
            None if visitor.known => Cow::Owned(AgentSet::default()),
            None => Cow::Borrowed(self.roster.access(channel)),
        };
        let owner = || visitor.owner.as_ref().and_then(|owner| self.roster.slot(owner));
        let last_agent = || visitor.id.as_ref().and_then(|contact| self.last_agents.get(contact).copied());
        for target in &channel.targets {
            match target {
                StepTarget::Fixed { set, .. } => add(self.roster.set(*set)),
                StepTarget::ContactOwner => add(&one_or_any(owner())),
                StepTarget::LastAgent => add(&one_or_any(last_agent())),
                StepTarget::Bot(_) => {}
            }
        }
        named
    }

    pub fn inbox(&self, inbox: &str) -> Result<&Arc<Inbox>, Problem> {
        self.roster.inbox(inbox).ok_or_else(|| {
            let known = self.roster.inboxes().map(|inbox| inbox.id.as_str());
            Problem::new(Code::UnknownInbox, format!("there is no inbox {inbox:?}", inbox = shortened(inbox)))
                .suggesting(inbox, known)
        })
    }

    pub fn channel(&self, inbox: &str, channel: &str) -> Result<&CompiledChannel, Problem> {
        self.inbox(inbox)?;
        let compiled = self.roster.channel_slot(inbox, channel).and_then(|slot| self.roster.channel(slot));
        compiled.ok_or_else(|| {
            let known: Vec<&str> =
                self.roster.channels_of(inbox).map(|(_, channel)| channel.entry.id.as_str()).collect();
            let message = format!(
                "the inbox {inbox} has no channel {channel:?}",
                inbox = shortened(inbox),
                channel = shortened(channel)
            );
            Problem::new(Code::UnknownChannel, message).suggesting(channel, known)
        })
    }

    /// The ids of the agents at some places of a list.
    fn named(&self, slots: &[AgentSlot], places: &[usize]) -> Vec<Id> {
        places.iter().filter_map(|place| self.roster.agent_id(*slots.get(*place)?)).collect()
    }

    /// How many of a scope are available over a range, with room for so many changes.
    fn coverage(&self, scope: &Scope, range: Span, room: &mut usize) -> Result<Vec<Coverage>, Problem> {
        check_range(range)?;
        // Those whose schedule alone decides, and is the same, come and go together.
        let mut known: FxHashMap<_, usize> = FxHashMap::default();
        let mut agents: Vec<(Presence<'_>, u32)> = Vec::new();
        for presence in self.scope(scope)?.into_iter().filter_map(|slot| self.presence(slot)) {
            let key = if presence.is_plain() { presence.schedule.shared_key() } else { None };
            let place = key.map_or(agents.len(), |key| *known.entry(key).or_insert(agents.len()));
            match agents.get_mut(place) {
                Some((_, count)) => *count += 1,
                None => {
                    presence.schedule.check(range)?;
                    agents.push((presence, 1));
                }
            }
        }
        coverage::spans(&agents, range, room)
    }

    /// The agents in a scope, in document order.
    pub fn scope(&self, scope: &Scope) -> Result<Vec<AgentSlot>, Problem> {
        let roster = &self.roster;
        let team = |team: &Id, extra| {
            let known = || roster.teams().map(|team| team.id.as_str());
            let unknown = || {
                Problem::new(Code::UnknownTeam, format!("there is no team {team:?}", team = shortened(team)))
                    .suggesting(team, known())
            };
            roster.team(team).map(|_| slots(&roster.team_members(team, extra))).ok_or_else(unknown)
        };
        match scope {
            Scope::Everyone => Ok(roster.members().map(|(slot, _)| slot).collect()),
            Scope::Team(id) => team(id, false),
            Scope::TeamWithExtra(id) => team(id, true),
            Scope::Inbox(id) => Ok(slots(&roster.with_access(self.inbox(id)?))),
        }
    }

    /// When whoever is meant is at work, by the schedule alone.
    fn pieces(&self, of: &HoursOf) -> Result<Box<dyn Fn(Instant) -> Piece + '_>, Problem> {
        match of {
            HoursOf::Agent(agent) => {
                let slot = self.slot(agent)?;
                let member = self.roster.member(slot).ok_or_else(|| unknown_agent(agent))?;
                Ok(Box::new(|at| piece_of(member, at)))
            }
            HoursOf::Team(team) => {
                let slots = self.scope(&Scope::Team(team.clone()))?;
                let members: Vec<&Member> = slots.iter().filter_map(|slot| self.roster.member(*slot)).collect();
                Ok(Box::new(move |at| piece_of_any(&members, at)))
            }
            HoursOf::Channel { inbox, channel } => {
                let office = &self.channel(inbox, channel)?.office;
                Ok(Box::new(|at| {
                    let stretch = office.stretch_at(at);
                    Piece { open: stretch.hours.is_open(), start: stretch.start, end: stretch.end }
                }))
            }
        }
    }

    /// The problem of a span in which someone who is meant has too many occurrences of repeated absences.
    fn check_pieces(&self, of: &HoursOf, span: Span) -> Result<(), Problem> {
        let slots = match of {
            HoursOf::Agent(agent) => vec![self.slot(agent)?],
            HoursOf::Team(team) => self.scope(&Scope::Team(team.clone()))?,
            HoursOf::Channel { .. } => Vec::new(),
        };
        let mut members = slots.into_iter().filter_map(|slot| self.roster.member(slot));
        members.try_for_each(|member| member.schedule.check(span))
    }

    /// The faces a visitor sees.
    fn shown(&self, faces: &Faces, visitor: &Visitor) -> Option<Shown> {
        match faces {
            Faces::Name { name, .. } => Some(Shown::Name(name.clone())),
            Faces::ContactOwner { otherwise, .. } => {
                let owner = visitor.owner.as_ref().filter(|owner| self.roster.slot(owner).is_some());
                match owner {
                    Some(owner) => Some(Shown::Agents(vec![owner.clone()])),
                    None => otherwise.as_ref().and_then(|faces| self.shown(faces, visitor)),
                }
            }
            Faces::Of { agents, teams, .. } => {
                let mut chosen: AgentSet = agents.iter().filter_map(|agent| self.roster.slot(agent)).collect();
                teams.iter().for_each(|team| chosen.extend_with(&self.roster.team_members(team, false)));
                Some(Shown::Agents(self.three_of(&chosen, visitor)))
            }
        }
    }

    /// At most three, by a hash of the seed, the visitor and the agent: the same visitor sees the same faces.
    fn three_of(&self, chosen: &AgentSet, visitor: &Visitor) -> Vec<Id> {
        const MOST: usize = 3;
        let visitor = visitor.id.as_deref().unwrap_or_default();
        let seed = hash(self.roster.settings.seed, visitor);
        let active = chosen.iter().filter_map(|slot| self.roster.member(slot)).filter(|member| member.entry.active);
        let mut drawn: Vec<(u64, &Id)> =
            active.map(|member| (hash(seed, &member.entry.id), &member.entry.id)).collect();
        drawn.sort_unstable();
        drawn.into_iter().take(MOST).map(|(_, id)| id.clone()).collect()
    }
}

fn slots(set: &AgentSet) -> Vec<AgentSlot> {
    set.iter().collect()
}

fn piece_of(member: &Member, at: Instant) -> Piece {
    let stretch = member.schedule.stretch_at(at);
    Piece { open: stretch.reason.state() == State::Available, start: stretch.start, end: stretch.end }
}

/// A piece in which nobody's schedule changes; open when anyone is at work.
fn piece_of_any(members: &[&Member], at: Instant) -> Piece {
    let closed = Piece { open: false, start: Instant::MIN, end: Instant::MAX };
    members.iter().map(|member| piece_of(member, at)).fold(closed, |all, one| Piece {
        open: all.open || one.open,
        start: all.start.max(one.start),
        end: all.end.min(one.end),
    })
}

fn check_range(range: Span) -> Result<(), Problem> {
    if range.start <= range.end {
        return Ok(());
    }
    Err(Problem::new(Code::InvalidValue, "the range ends before it starts"))
}
