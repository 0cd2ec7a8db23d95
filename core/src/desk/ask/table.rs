//! The table of a team lead: the agents with their status and load.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::availability::Scope;
use crate::availability::{AgentSet, AgentSlot, Member, Status, is_member};
use crate::deadline;
use crate::desk::Desk;
use crate::model::{Capacity, Filter, Id};
use crate::problem::{Code, Problem, shortened};
use crate::time::Instant;

/// An agent in the table of a team lead.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgentRow {
    /// The id of the agent.
    pub agent: Id,
    /// The name of the agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The main team of the agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The state, its reason, and its end.
    #[serde(flatten)]
    pub status: Status,
    /// The total weight of what the agent holds: conversations, pending offers, wrap-ups.
    pub load: u64,
    /// The number of these.
    pub holding: u32,
    /// The capacity of the agent; absent without a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// The inboxes that the agent has access to, in document order; [`Desk::inboxes_of`] also gives those that the agent sees.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inboxes: Vec<Id>,
}

impl Desk {
    /// Returns the agents that match a filter, with status, load, capacity and inboxes, in document order.
    ///
    /// # Errors
    /// `unknown_team` or `unknown_inbox`.
    ///
    /// ```
    /// use frontdesk::{Desk, desk::Filter, time::Instant};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}, {"id": "bo"}],
    ///     "inboxes": [{"id": "main"}, {"id": "claims", "access": {"agents": ["anna"]}}]}"#).unwrap();
    /// let at = Instant::parse("2026-11-20T09:00:00Z")?;
    /// let rows = desk.table(&Filter { inbox: Some("claims".into()), ..Filter::default() }, at)?;
    /// assert_eq!((rows.len(), &rows[0].inboxes), (1, &vec!["main".into(), "claims".into()]));
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn table(&self, filter: &Filter, at: Instant) -> Result<Vec<AgentRow>, Problem> {
        let scope = filter.inbox.as_ref().map_or(Scope::Everyone, |inbox| Scope::Inbox(inbox.clone()));
        if let Some(team) = &filter.team {
            self.state.scope(&Scope::Team(team.clone()))?;
        }
        let slots = self.state.scope(&scope)?;
        let (shown, mut rows): (Vec<AgentSlot>, Vec<AgentRow>) = slots
            .into_iter()
            .take_while(|_| !deadline::is_up())
            .filter_map(|slot| {
                let member = self.state.roster.member(slot).filter(|member| filter.passes(member))?;
                let status = self.state.status_of(slot, at)?;
                let standing = self.state.standings.standing(slot)?;
                let row = AgentRow {
                    agent: member.entry.id.clone(),
                    name: member.entry.name.clone(),
                    team: member.entry.team.clone(),
                    status,
                    load: standing.load,
                    holding: standing.items,
                    capacity: member.entry.capacity.clone(),
                    inboxes: Vec::new(),
                };
                filter.state.is_none_or(|state| state == row.status.state).then_some((slot, row))
            })
            .unzip();
        self.name_inboxes(&shown, &mut rows);
        Ok(rows)
    }

    /// Puts the inboxes with access into the rows of agents. Goes through the set of each inbox once, because the sets are
    /// there, and most hold few of many agents.
    fn name_inboxes(&self, shown: &[AgentSlot], rows: &mut [AgentRow]) {
        let row_of: FxHashMap<AgentSlot, usize> = shown.iter().copied().zip(0..).collect();
        let shown: AgentSet = shown.iter().copied().collect();
        let roster = &self.state.roster;
        for inbox in roster.inboxes().take_while(|_| !deadline::is_up()) {
            for slot in roster.with_access(inbox).both(&shown) {
                let row = row_of.get(&slot).and_then(|index| rows.get_mut(*index));
                row.into_iter().for_each(|row| row.inboxes.push(inbox.id.clone()));
            }
        }
    }

    /// Returns a filter of the table that the document saves under `table_filters`.
    ///
    /// # Errors
    /// `unknown_filter`.
    ///
    /// ```
    /// use frontdesk::{Desk, time::Instant};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "teams": [{"id": "vip"}],
    ///     "agents": [{"id": "anna", "team": "vip"}, {"id": "bo"}],
    ///     "table_filters": [{"id": "away-vip", "filter": {"state": "away", "team": "vip"}}]}"#).unwrap();
    /// let rows = desk.table(desk.table_filter("away-vip")?, Instant::parse("2026-11-20T09:00:00Z")?)?;
    /// assert!(rows.is_empty());
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn table_filter(&self, id: &str) -> Result<&Filter, Problem> {
        let filters = self.state.roster.table_filters();
        let saved = filters.iter().find(|saved| saved.id == *id);
        saved.map(|saved| &saved.filter).ok_or_else(|| {
            let message = format!("there is no filter {:?}", shortened(id));
            Problem::new(Code::UnknownFilter, message).suggesting(id, filters.iter().map(|saved| saved.id.as_str()))
        })
    }
}

impl Filter {
    fn passes(&self, member: &Member) -> bool {
        self.team.as_ref().is_none_or(|team| is_member(&member.entry, team))
            && self.skill.as_ref().is_none_or(|skill| member.entry.skills.contains_key(skill))
    }
}
