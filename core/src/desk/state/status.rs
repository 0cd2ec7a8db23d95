//! The status of agents: from events, and from the document after a change.

use std::sync::Arc;

use crate::availability::{AgentSlot, ByHand, Manual, Presence, Reason, State, Stretch};
use crate::desk::event::{Event, Setting};
use crate::desk::state::{DeskState, Due};
use crate::model::{Id, StatusName};
use crate::problem::{Code, Problem, shortened};
use crate::time::Instant;

impl DeskState {
    // ---- from events

    /// Applies a turn of the schedule, or the end of a status that was set by hand.
    pub fn turn(&mut self, slot: AgentSlot, at: Instant, reason: Reason, until: Instant) {
        let announced = self.person(slot).and_then(|person| person.announced);
        // A turn that was not announced follows from a change of the document.
        let is_sudden = announced.is_none_or(|stretch| stretch.end != at);
        let manual = self.by_hand(slot).and_then(|by_hand| by_hand.manual.as_ref());
        let ended = manual.and_then(|manual| manual.ended(at, reason));
        if is_sudden || ended.is_some() {
            self.edit_by_hand(slot, |by_hand| {
                if is_sudden {
                    by_hand.changed_at = Some(at);
                }
                by_hand.manual = ended.or(by_hand.manual.take());
            });
        }
        self.tell(slot, Stretch { reason, start: at, end: until });
    }

    /// Applies a status that was set.
    pub fn set_status(
        &mut self,
        slot: AgentSlot,
        event: &Event,
        reason: Reason,
        until: Instant,
        set: &Setting,
        note: Option<&str>,
    ) {
        let Some((person, before)) = self.person(slot).zip(self.by_hand(slot)) else { return };
        // An unchanged status keeps its earlier start.
        let status = set.status.own().filter(|_| reason.is_set_by_hand());
        let stays = |told: &Stretch| told.reason == reason && person.status.as_ref() == status;
        let since = person.announced.filter(stays).map_or(event.at, |before| before.start);
        // For a deactivated agent, only the setting contains the reason that was set by hand.
        let by_hand = match set.reason {
            Some(beneath) => Some((beneath, set.until.unwrap_or(Instant::MAX))),
            None => reason.is_set_by_hand().then_some((reason, until)),
        };
        let replaced = |reason| before.manual.as_ref().filter(|_| reason == Reason::TemporarilyAway);
        let manual = by_hand.map(|(reason, until)| Manual {
            reason,
            set_at: event.at,
            from: if since == Instant::MIN { event.at } else { since },
            until,
            then: replaced(reason).and_then(|replaced| replaced.available_beneath(event.at)),
            status: set.status.own().cloned(),
            by: event.by.clone(),
            note: note.map(Arc::from),
        });
        let changed_at = Some(since).filter(|since| *since > Instant::MIN);
        self.edit_by_hand(slot, |by_hand| *by_hand = ByHand { manual, changed_at });
        self.tell(slot, Stretch { reason, start: since, end: until });
    }

    /// Announces the status from an event, and counts a return.
    fn tell(&mut self, slot: AgentSlot, stretch: Stretch) {
        let was_away = self.person(slot).is_some_and(|person| person.state() == State::Away);
        self.announce(slot, stretch);
        if was_away && stretch.reason.state() == State::Available {
            self.edit_person(slot, |person| person.returns += 1);
        }
    }

    /// Notes the status of an agent, and updates what depends on it.
    fn announce(&mut self, slot: AgentSlot, stretch: Stretch) {
        let Some(before) = self.person(slot).and_then(|person| person.announced) else {
            return self.announce_first(slot, stretch);
        };
        self.agenda.drop(Some(before.end), Due::Status(slot));
        self.announce_first(slot, stretch);
    }

    fn announce_first(&mut self, slot: AgentSlot, stretch: Stretch) {
        let manual = self.by_hand(slot).and_then(|by_hand| by_hand.manual.as_ref());
        let status = manual.and_then(|manual| manual.status_for(stretch.reason)).cloned();
        self.edit_person(slot, |person| {
            person.status = status;
            person.announced = Some(stretch);
            person.away_at.take();
        });
        self.agenda.add(Some(stretch.end), Due::Status(slot));
        let was_out = self.standings.out_of_office.contains(slot);
        self.show_available(slot);
        if was_out != self.standings.out_of_office.contains(slot) {
            self.touch_substitutes(slot);
        }
        // Who leaves may have been the last available one of a step.
        if stretch.reason.state() == State::Available || self.rules.has_skips() {
            self.dirty.insert(slot);
        }
    }

    /// Ends what was announced of an agent who is removed.
    pub fn end_status(&mut self, slot: AgentSlot) {
        let announced = self.person(slot).and_then(|person| person.announced);
        self.agenda.drop(announced.map(|stretch| stretch.end), Due::Status(slot));
        self.edit_person(slot, |person| person.announced = None);
        self.show_available(slot);
    }

    /// Updates the sets of those who are available, in all and for each kind, and of those out of office.
    pub fn show_available(&mut self, slot: AgentSlot) {
        let Some(person) = self.people.get(slot.index()) else { return };
        let roster = &self.availability.roster;
        let status = person.status.as_ref().and_then(|id| roster.own_status(id));
        let kinds = status.filter(|status| status.kinds.is_some());
        self.standings.available.set(slot, person.state() == State::Available);
        let reason = person.announced.map(|stretch| stretch.reason);
        self.standings.out_of_office.set(slot, reason == Some(Reason::OutOfOffice));
        if roster.own_statuses().is_empty() {
            return;
        }
        self.standings.show_taking(slot, |kind| kinds.is_none_or(|status| status.takes(&roster.kind_name(kind))));
    }

    // ---- from the document

    /// Begins the desk's time: every agent has the status that the schedule gives at that instant.
    pub fn begin(&mut self, at: Instant) {
        for slot in AgentSlot::all(self.people.len()) {
            self.refresh(slot, at);
        }
        // Nothing waits yet, so nobody has to be looked at.
        self.dirty = Default::default();
    }

    /// Refreshes the agents whose schedule turned before an instant without an event, as under another tz database, so
    /// that nothing falls due before the desk's time.
    pub fn catch_up(&mut self, at: Instant) {
        while let Some((_, Due::Status(slot))) = self.agenda.first().filter(|(due, _)| *due < at) {
            self.refresh(slot, at);
        }
    }

    /// Refreshes the agents whose schedule a change of the document replaced. A change of state or reason is left to its
    /// own event.
    pub fn refresh_stale(&mut self, at: Instant) {
        for slot in std::mem::take(&mut self.stale).iter() {
            self.reschedule(slot, at);
        }
    }

    fn reschedule(&mut self, slot: AgentSlot, at: Instant) {
        self.renew_pace(slot);
        let Some((by_hand, member)) = self.by_hand(slot).zip(self.roster.member(slot)) else { return };
        // A manual status that has ended is not resumed.
        if let Some(manual) = by_hand.manual.as_ref().filter(|manual| manual.in_force(at).is_some()) {
            let manual = manual.clone().on(&member.schedule, &self.roster.settings);
            self.edit_by_hand(slot, |by_hand| by_hand.manual = Some(manual));
        }
        if !self.turned(slot, at) {
            self.refresh(slot, at);
        }
    }

    /// Returns `true` if an agent's state or reason differs from the one announced.
    pub fn turned(&self, slot: AgentSlot, at: Instant) -> bool {
        let announced = self.person(slot).and_then(|person| person.announced);
        let is = self.presence(slot).map(|presence| presence.stretch_at(at).reason);
        announced.zip(is).is_some_and(|(announced, is)| announced.reason != is)
    }

    /// Announces the status of an agent as the document gives it.
    pub fn refresh(&mut self, slot: AgentSlot, at: Instant) {
        if let Some(stretch) = self.presence(slot).map(|presence| presence.stretch_at(at)) {
            self.announce(slot, stretch);
        }
    }

    /// Returns the next instant at which an available agent turns away; `MAX` if none is known, or the agent is away.
    pub fn away_at(&self, slot: AgentSlot) -> Instant {
        let Some(person) = self.person(slot).filter(|person| person.state() == State::Available) else {
            return Instant::MAX;
        };
        *person.away_at.get_or_init(|| {
            let now = self.clock.unwrap_or(Instant::MIN);
            self.presence(slot).map_or(Instant::MAX, |presence| presence.away_at(now))
        })
    }

    // ---- before an event

    /// Returns the status that an agent has after a setting, and the setting as its event contains it; `None` if the
    /// status stays as it is: there is nothing to reset, or somebody else set the agent away, and what the agent asks for
    /// would end that away earlier, or an away for a while would not outlast it.
    pub fn status_after(
        &self,
        slot: AgentSlot,
        at: Instant,
        set: Setting,
        by: Option<&Id>,
    ) -> Option<(Setting, Stretch)> {
        let presence = self.presence(slot)?;
        let agent = &self.roster.member(slot)?.entry.id;
        let before = presence.manual.and_then(|manual| manual.in_force(at));
        let state = self.state_of(&set.status).ok()?;
        let schedule = presence.schedule;
        let is_away = schedule.stretch_at(at).reason.state() == State::Away;
        let holds = is_away || set.status.own().is_some();
        let by_hand = match (state, set.until) {
            (State::Available, _) => holds.then(|| (Reason::SetAvailable, Manual::available_until(schedule, at))),
            (State::Away, Some(until)) => Some((Reason::TemporarilyAway, until)),
            (State::Away, None) => {
                let reason = set.away_reason(by, agent);
                Some((reason, Manual::away_until(schedule, at, reason, &self.roster.settings)))
            }
        };
        let by_other = before.filter(|before| by == Some(agent) && before.is_away_by_other(agent));
        if let Some((other, (reason, end))) = by_other.zip(by_hand)
            && reason != Reason::SetAvailable
            && (end < other.until || (reason == Reason::TemporarilyAway && end == other.until))
        {
            return None;
        }
        if by_hand.is_none() && before.is_none() {
            return None;
        }
        let by_schedule = || Presence { manual: None, changed_at: None, ..presence }.stretch_at(at);
        Some(match by_hand {
            Some((reason, end)) if presence.active => (set, Stretch { reason, start: at, end }),
            Some((reason, end)) => {
                let until = Some(end).filter(|end| *end < Instant::MAX);
                (Setting { reason: Some(reason), until, ..set }, by_schedule())
            }
            None => (set, by_schedule()),
        })
    }

    /// Returns the state that a status means.
    ///
    /// # Errors
    /// `unknown_status`.
    pub fn state_of(&self, status: &StatusName) -> Result<State, Problem> {
        match status {
            StatusName::Available => Ok(State::Available),
            StatusName::Away => Ok(State::Away),
            StatusName::Own(id) => {
                self.roster.own_status(id).map(|own| own.state).ok_or_else(|| self.unknown_status(id))
            }
        }
    }

    fn unknown_status(&self, id: &Id) -> Problem {
        let known = State::ALL.iter().map(|state| state.as_str());
        let known = known.chain(self.roster.own_statuses().iter().map(|own| own.id.as_str()));
        let message = format!("there is no status {id:?}", id = shortened(id));
        Problem::new(Code::UnknownStatus, message).suggesting(id, known)
    }
}

impl Setting {
    /// Returns the reason of an away without an end: set by somebody else or by the desk, or by the agent.
    fn away_reason(&self, by: Option<&Id>, agent: &Id) -> Reason {
        let by_other = self.missed_offers || by.is_some_and(|by| by != agent);
        if by_other { Reason::SetAwayByOther } else { Reason::SetAway }
    }
}
