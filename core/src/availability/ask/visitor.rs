//! The view of the visitors of a channel.

use std::borrow::Cow;

use crate::availability::visitor::{Line, Scene, Substitute};
use crate::availability::{
    AgentSet, AgentSlot, Availability, CompiledChannel, SetRef, Shown, StepTarget, Visitor, VisitorView, hash,
};
use crate::model::{Extensions, Faces, Id, VisitorAvailability, VisitorSettings};
use crate::problem::Problem;
use crate::time::Instant;

/// The settings of a channel that says nothing of its visitors.
static USUAL: VisitorSettings = VisitorSettings {
    availability: VisitorAvailability::TeamStatus,
    reply_time: None,
    shows: None,
    when_away: None,
    when_closed: None,
    extensions: Extensions::new(),
};

impl Availability {
    /// Returns the view of a visitor of a channel at an instant.
    ///
    /// A rule for the contact's owner or last agent names the agent given by the [`Visitor`]; without one, all agents with
    /// access to the inbox. A channel with a rule that begins with a bot is online whenever its office hours, if they apply,
    /// are open.
    ///
    /// # Errors
    /// `unknown_inbox` or `unknown_channel`.
    pub fn visitor(&self, inbox: &str, channel: &str, at: Instant, visitor: &Visitor) -> Result<VisitorView, Problem> {
        let channel = self.channel(inbox, channel)?;
        let view = self.scene(channel, visitor).view(at, &visitor.languages);
        let faces = channel.entry.visitor.as_ref().and_then(|settings| settings.shows.as_ref());
        let shows = faces.and_then(|faces| self.shown(faces, visitor));
        Ok(VisitorView { shows, ..view })
    }

    /// Returns the data that decides the view of a visitor of a channel.
    pub(super) fn scene<'a>(&'a self, channel: &'a CompiledChannel, visitor: &Visitor) -> Scene<'a> {
        let lines = if self.roster.substituted().is_empty() { Vec::new() } else { self.lines_for(channel, visitor) };
        let team = self.roster.with_seat_and_access(&self.named_for(channel, visitor), channel);
        let team = team.iter().filter_map(|slot| self.presence(slot)).collect();
        Scene {
            settings: channel.entry.visitor.as_ref().unwrap_or(&USUAL),
            office: &channel.office,
            kind: &channel.entry.kind,
            team,
            lines,
            has_bot: channel.begins_with_bot,
        }
    }

    /// Returns the agents that the rules of a channel name for a visitor. If the question does not say who the visitor is,
    /// anyone with access may be the owner or the last agent.
    fn named_for(&self, channel: &CompiledChannel, visitor: &Visitor) -> AgentSet {
        let mut named = AgentSet::default();
        let mut add = |agents: &AgentSet| named.extend_with(agents);
        let one_or_any = |slot: Option<AgentSlot>| match slot {
            Some(slot) => Cow::Owned([slot].into_iter().collect()),
            None if visitor.known => Cow::Owned(AgentSet::default()),
            None => Cow::Borrowed(self.roster.access(channel)),
        };
        for target in &channel.targets {
            match target {
                StepTarget::Fixed { set, .. } => add(self.roster.set(*set)),
                StepTarget::ContactOwner => add(&one_or_any(self.owner_of(visitor))),
                StepTarget::LastAgent => add(&one_or_any(self.last_agent_of(visitor))),
                StepTarget::Bot(_) => {}
            }
        }
        named
    }

    fn owner_of(&self, visitor: &Visitor) -> Option<AgentSlot> {
        self.roster.slot(visitor.owner.as_ref()?)
    }

    fn last_agent_of(&self, visitor: &Visitor) -> Option<AgentSlot> {
        self.last_agents.get(visitor.id.as_ref()?).copied()
    }

    /// Returns the agents whom the rules of a channel name by id or by the visitor and who have a substitute.
    fn lines_for<'a>(&'a self, channel: &'a CompiledChannel, visitor: &Visitor) -> Vec<Line<'a>> {
        let named = channel.targets.iter().flat_map(|target| match target {
            StepTarget::Fixed { set, listed } => {
                let named = listed.iter().copied().filter(|slot| self.roster.set(*set).contains(*slot));
                named.map(|slot| (slot, *set)).collect()
            }
            StepTarget::ContactOwner => {
                self.owner_of(visitor).map(|slot| (slot, SetRef::EVERYONE)).into_iter().collect()
            }
            StepTarget::LastAgent => {
                self.last_agent_of(visitor).map(|slot| (slot, SetRef::EVERYONE)).into_iter().collect()
            }
            StepTarget::Bot(_) => Vec::new(),
        });
        let substituted = named.filter(|(slot, _)| self.roster.substituted().contains(*slot));
        substituted.filter_map(|(slot, set)| self.line(slot, set, channel)).collect()
    }

    /// Returns an agent of a set with the substitutes.
    fn line<'a>(&'a self, slot: AgentSlot, set: SetRef, channel: &'a CompiledChannel) -> Option<Line<'a>> {
        let (roster, access) = (&self.roster, self.roster.access(channel));
        let substitute = |slot: AgentSlot| {
            let has_seat_and_access = roster.assignable.contains(slot) && access.contains(slot);
            let may_be_chosen = has_seat_and_access && roster.meets_conditions(set, slot);
            Some(Substitute { presence: self.presence(slot)?, may_be_chosen })
        };
        let substitutes = roster.substitutes(slot).filter_map(substitute).collect();
        Some(Line { named: self.presence(slot)?, substitutes })
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
