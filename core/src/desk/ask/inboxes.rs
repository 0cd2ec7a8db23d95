//! The inboxes of an agent: those that the agent has access to, and those that the agent sees.

use serde::Serialize;

use crate::desk::Desk;
use crate::model::Id;
use crate::problem::Problem;

/// The inboxes of an agent, each list in document order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgentInboxes {
    /// The inboxes that the agent has access to. A deactivated agent may act in none of them.
    pub access: Vec<Id>,
    /// The inboxes that the agent sees: all of them with `account_access` or `super_admin`, else those of `access`.
    pub sees: Vec<Id>,
}

impl Desk {
    /// Returns the inboxes that an agent has access to, and those that the agent sees.
    ///
    /// The question has no actor, as no question has. Agents may be told their own inboxes; those of others are meant for
    /// agents with `manage_availability`, `account_access` or `super_admin`, which [`Agent::may`](crate::Agent::may) tells.
    /// A deactivated agent keeps both lists, and may act in none of these inboxes.
    ///
    /// # Errors
    /// `unknown_agent`.
    ///
    /// ```
    /// use frontdesk::Desk;
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC",
    ///     "agents": [{"id": "anna"}, {"id": "cleo", "permissions": ["account_access"]}],
    ///     "inboxes": [{"id": "main"}, {"id": "claims", "access": {"agents": ["anna"]}}]}"#).unwrap();
    /// let cleo = desk.inboxes_of("cleo")?;
    /// assert_eq!((cleo.access, cleo.sees), (vec!["main".into()], vec!["main".into(), "claims".into()]));
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn inboxes_of(&self, agent: &str) -> Result<AgentInboxes, Problem> {
        let slot = self.state.slot(agent)?;
        let roster = &self.state.roster;
        let with_access = roster.inboxes().filter(|inbox| roster.with_access(inbox).contains(slot));
        let access: Vec<Id> = with_access.map(|inbox| inbox.id.clone()).collect();
        let sees_all = roster.member(slot).is_some_and(|member| member.entry.sees_every_inbox());
        let sees = if sees_all { roster.inboxes().map(|inbox| inbox.id.clone()).collect() } else { access.clone() };
        Ok(AgentInboxes { access, sees })
    }
}
