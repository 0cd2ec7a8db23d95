//! The commands that can be read, and the permissions of actors.

use serde_json::Value;

use super::conditions::literals;
use super::configure::is_readable;
use super::document::{Access, Agent, Document, Holiday, Inbox, Target, list, optional_text, text};
use super::hours::Absence;
use super::{Model, Refusal};

/// Returns the problem of a command that cannot be read, as opposed to a refusal. Only the problems that depend on the desk, or
/// that are likely at random, are found here.
pub fn check_readable(document: &Document, command: &Value) -> Result<(), String> {
    let entry = &command["entry"];
    let is_fine = match text(command, "type").as_str() {
        "reply" => command.get("by").is_some(),
        "message" if command["from"] == "agent" => command.get("by").is_some(),
        "open" if command["outbound"] == true => command.get("by").is_some(),
        "put_agent" => names_are_known(document, &Agent::read(entry)),
        "put_inbox" => references_exist(document, &Inbox::read(entry)),
        "put_holiday" => has_observers(document, &Holiday::read(entry)),
        "configure" => is_readable(document, command),
        _ => true,
    };
    if is_fine { Ok(()) } else { Err(format!("cannot be read: {command}")) }
}

/// Returns `true` if all teams and inboxes that a holiday names exist.
pub fn has_observers(document: &Document, holiday: &Holiday) -> bool {
    holiday.teams.iter().all(|id| document.team(id).is_some())
        && holiday.inboxes.iter().all(|id| document.inbox(id).is_some())
}

/// Returns `true` if all teams and inboxes that an agent names exist.
pub fn names_are_known(document: &Document, agent: &Agent) -> bool {
    agent.team.iter().chain(&agent.extra_teams).all(|team| document.team(team).is_some())
        && agent.limit_per_inbox.keys().all(|inbox| document.inbox(inbox).is_some())
}

pub fn references_exist(document: &Document, inbox: &Inbox) -> bool {
    let mut agents: Vec<&String> = vec![];
    let mut teams: Vec<&String> = vec![];
    let mut tested: Vec<&str> = vec![];
    if let Access::Only { teams: some, agents: others } = &inbox.access {
        teams.extend(some);
        agents.extend(others);
    }
    for step in inbox.channels.iter().flat_map(|channel| &channel.rules).flat_map(|rule| &rule.steps) {
        if let Target::Named { agents: some, teams: others, conditions, .. } = &step.target {
            agents.extend(some);
            teams.extend(others);
            tested.extend(conditions.get("team").map(literals).unwrap_or_default());
        }
    }
    agents.iter().all(|id| document.agent(id).is_some())
        && teams.iter().all(|id| document.team(id).is_some())
        && tested.iter().all(|id| document.team(id).is_some())
}

impl Model {
    pub fn actor(&self, command: &Value) -> Option<&Agent> {
        self.document.agent(&optional_text(command, "by")?)
    }

    pub fn actor_exists(&self, command: &Value) -> Result<(), Refusal> {
        match command.get("by") {
            None => Ok(()),
            Some(_) => match self.actor(command) {
                None => Err("unknown_agent"),
                Some(actor) if !actor.active => Err("not_permitted"),
                Some(_) => Ok(()),
            },
        }
    }

    /// A command about a conversation needs access to its inbox.
    pub fn may_act_in(&self, command: &Value, inbox: &str) -> Result<(), Refusal> {
        match self.actor(command) {
            Some(actor) if !self.document.has_access(actor, inbox) => Err("no_inbox_access"),
            _ => Ok(()),
        }
    }

    /// An offer is answered only by its agent.
    pub fn may_answer_for(&self, command: &Value, agent: &str) -> Result<(), Refusal> {
        match self.actor(command) {
            Some(actor) if actor.id != agent => Err("not_permitted"),
            _ => Ok(()),
        }
    }

    pub fn may_set_status(&self, command: &Value, agent: &str, for_a_while: bool) -> Result<(), Refusal> {
        self.may_change(command, Some(agent), &["manage_availability", "super_admin"])?;
        if for_a_while { self.is_entitled(command, agent, "temporarily_away") } else { Ok(()) }
    }

    pub fn may_set_hours(&self, command: &Value, agent: &str) -> Result<(), Refusal> {
        self.may_change(command, Some(agent), &["super_admin"])?;
        if command["type"] == "set_out_of_office" && self.adds_absences(command, agent) {
            return self.is_entitled(command, agent, "out_of_office");
        }
        Ok(())
    }

    fn adds_absences(&self, command: &Value, agent: &str) -> bool {
        let known = self.document.agent(agent).map(|agent| &agent.out_of_office[..]).unwrap_or_default();
        list(command, "out_of_office", Absence::read).iter().any(|absence| !known.contains(absence))
    }

    pub fn may_change_desk(&self, command: &Value) -> Result<(), Refusal> {
        self.may_change(command, None, &["super_admin"])
    }

    /// Rules also need a seat, if seats are required, and one with `routing_rules`.
    pub fn may_change_rules(&self, command: &Value) -> Result<(), Refusal> {
        match self.actor(command) {
            Some(actor) if self.document.settings.requires_seat && actor.seat.is_none() => Err("not_permitted"),
            Some(actor) if !self.document.settings.entitles("routing_rules", actor) => Err("not_permitted"),
            _ => Ok(()),
        }
    }

    /// The embedding program may change anything, an agent its own data, and others by permission.
    fn may_change(&self, command: &Value, own: Option<&str>, permissions: &[&str]) -> Result<(), Refusal> {
        let Some(actor) = self.actor(command) else { return Ok(()) };
        let is_own = own == Some(actor.id.as_str());
        let is_permitted = actor.permissions.iter().any(|it| permissions.contains(&it.as_str()));
        if is_own || is_permitted { Ok(()) } else { Err("not_permitted") }
    }

    /// A feature depends on the seat of its agent, not on that of the actor.
    pub fn is_entitled(&self, command: &Value, agent: &str, feature: &str) -> Result<(), Refusal> {
        match self.document.agent(agent).filter(|_| self.actor(command).is_some()) {
            Some(agent) if !self.document.settings.entitles(feature, agent) => Err("not_permitted"),
            _ => Ok(()),
        }
    }
}
