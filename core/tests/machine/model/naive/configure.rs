//! The command `configure`: the document as a whole is another one, then what is gone is removed.

use serde_json::{Value, json};

use super::desk_changes::rules_of;
use super::document::{
    Agent, Channel, Document, Holiday, Inbox, OwnStatus, Settings, TableFilter, Team, hours, list, text, texts,
};
use super::permissions::{has_observers, names_are_known, references_exist};
use super::time::parse_instant;
use super::{Model, Refusal};

/// The ids of the entries of a document that are gone.
struct Gone {
    holidays: Vec<String>,
    inboxes: Vec<String>,
    agents: Vec<String>,
    teams: Vec<String>,
}

/// Returns `true` if a document refers to nothing but what it, or the desk in a list that it leaves out, has.
pub fn is_readable(current: &Document, command: &Value) -> bool {
    let Some(given) = command.get("document") else { return filters_are_known(current, command) };
    let new = completed(current, given);
    let shows_known = filters_are_known(&new, given);
    let given = Document::read(given);
    shows_known
        && given.agents.iter().all(|agent| names_are_known(&new, agent))
        && given.inboxes.iter().all(|inbox| references_exist(&new, inbox))
        && given.holidays.iter().all(|holiday| has_observers(&new, holiday))
}

/// Returns `true` if the teams and inboxes of all filters of the table exist.
fn filters_are_known(document: &Document, given: &Value) -> bool {
    list(given, "table_filters", TableFilter::read).iter().all(|filter| {
        filter.team.iter().all(|id| document.team(id).is_some())
            && filter.inbox.iter().all(|id| document.inbox(id).is_some())
    })
}

impl Model {
    pub fn configure(&mut self, command: &Value) -> Result<(), Refusal> {
        self.may_change_desk(command)?;
        let (new, gone) = match command.get("document") {
            Some(given) => with_gone(&self.document, completed(&self.document, given)),
            None => (with_parts(&self.document, command), Gone::none()),
        };
        self.check_unused(&new, &gone)?;
        self.may_change_all_rules(command, &new, &gone)?;
        let statuses = new.statuses.clone();
        let kept = self.statuses_of_gone(&new, &gone);
        let new = Document { statuses: with_kept(&statuses, &kept), ..new };
        if new != self.document {
            self.take_over(command, new);
        }
        for (what, ids) in
            [("holiday", gone.holidays), ("inbox", gone.inboxes), ("agent", gone.agents), ("team", gone.teams)]
        {
            for id in ids {
                let removal = json!({"type": format!("remove_{what}"), what: id});
                self.perform(&removal).expect("it is there, and nothing of it is in use");
            }
        }
        if !kept.is_empty() {
            self.document.statuses = statuses;
            self.tell_change(command, "document", Some(&Value::Bool(true)));
        }
        self.give_back_due();
        self.forget_closed();
        Ok(())
    }

    /// Returns the statuses that do not stay, and that agents have who are gone: they go with these.
    fn statuses_of_gone(&self, new: &Document, gone: &Gone) -> Vec<OwnStatus> {
        let nobody = Gone::none();
        let goes = |own: &&OwnStatus| !self.may_go(own, new, &nobody) && self.may_go(own, new, gone);
        self.document.statuses.iter().filter(goes).cloned().collect()
    }

    fn take_over(&mut self, command: &Value, new: Document) {
        let reach = self.reach_of_teams();
        let mut rerouted: Vec<(String, Vec<String>)> =
            new.inboxes.iter().map(|inbox| (inbox.id.clone(), self.channels_with_new_rules(inbox))).collect();
        if new.settings.otherwise != self.document.settings.otherwise {
            rerouted.extend(self.document.inboxes.iter().map(|inbox| (inbox.id.clone(), channels_by_default(inbox))));
        }
        if new.settings.forget_closed_after != self.document.settings.forget_closed_after {
            self.forgets_from = self.now;
        }
        let newcomers = new.agents.iter().filter(|agent| self.document.agent(&agent.id).is_none()).cloned();
        let newcomers: Vec<Agent> = newcomers.collect();
        self.document = new;
        for agent in newcomers {
            let state = self.fresh_state(&agent);
            self.agents.push(state);
        }
        self.tell_change(command, "document", Some(&Value::Bool(true)));
        self.forget_gone_rules();
        self.settle_change(&reach);
        for (inbox, channels) in rerouted {
            self.route_again(&inbox, &channels);
        }
    }

    fn check_unused(&self, new: &Document, gone: &Gone) -> Result<(), Refusal> {
        let stays = |inbox: &str, channel: &str| {
            !gone.inboxes.iter().any(|it| it == inbox) && new.channel(inbox, channel).is_some()
        };
        let is_unused =
            |inbox: &Inbox| self.open_in(&inbox.id).all(|i| stays(&inbox.id, &self.conversations[i].details.channel));
        let is_free = self.document.statuses.iter().all(|own| self.may_go(own, new, gone));
        if is_free && self.document.inboxes.iter().all(is_unused) { Ok(()) } else { Err("in_use") }
    }

    /// Returns `true` if a status stays what it is, or nobody who stays has it.
    fn may_go(&self, own: &OwnStatus, new: &Document, gone: &Gone) -> bool {
        let stays = |it: &OwnStatus| (&it.id, it.is_available) == (&own.id, own.is_available);
        let at = self.events.last().map_or(self.time.unwrap_or(self.now), |last| parse_instant(&text(last, "at")));
        let mut agents = self.agents.iter().filter(|agent| !gone.agents.contains(&agent.id));
        new.statuses.iter().any(stays) || !agents.any(|agent| self.status(&agent.id).needs(&own.id, at))
    }

    fn may_change_all_rules(&self, command: &Value, new: &Document, gone: &Gone) -> Result<(), Refusal> {
        let is_same = |inbox: &Inbox| {
            let after = new.inbox(&inbox.id).filter(|_| !gone.inboxes.contains(&inbox.id));
            rules_of(self.document.inbox(&inbox.id)) == rules_of(after)
        };
        if new.inboxes.iter().all(is_same) { Ok(()) } else { self.may_change_rules(command) }
    }
}

impl Gone {
    fn none() -> Gone {
        Gone { holidays: vec![], inboxes: vec![], agents: vec![], teams: vec![] }
    }
}

/// The channels with a rule whose outcome is that of the settings.
fn channels_by_default(inbox: &Inbox) -> Vec<String> {
    let depends = |channel: &&Channel| channel.rules.iter().any(|rule| rule.otherwise.is_none());
    inbox.channels.iter().filter(depends).map(|channel| channel.id.clone()).collect()
}

/// Returns new statuses with those that stay for a while, which come last.
fn with_kept(new: &[OwnStatus], kept: &[OwnStatus]) -> Vec<OwnStatus> {
    let others = new.iter().filter(|new| kept.iter().all(|kept| kept.id != new.id));
    others.chain(kept).cloned().collect()
}

fn with_parts(current: &Document, parts: &Value) -> Document {
    let mut new = current.clone();
    if parts.get("kinds").is_some() {
        new.kinds = texts(parts, "kinds");
    }
    if parts.get("statuses").is_some() {
        new.statuses = list(parts, "statuses", OwnStatus::read);
    }
    if parts.get("table_filters").is_some() {
        new.table_filters = list(parts, "table_filters", TableFilter::read);
    }
    if parts.get("working_hours").is_some() {
        new.working_hours = hours(parts, "working_hours");
    }
    if parts.get("settings").is_some() {
        new.settings = Settings::read(&parts["settings"]);
    }
    new
}

/// Returns a new document with the lists that it leaves out as they are now.
fn completed(current: &Document, given: &Value) -> Document {
    let mut new = Document::read(given);
    keep(given, "kinds", &mut new.kinds, &current.kinds);
    keep(given, "statuses", &mut new.statuses, &current.statuses);
    keep(given, "working_hours", &mut new.working_hours, &current.working_hours);
    keep(given, "table_filters", &mut new.table_filters, &current.table_filters);
    keep(given, "teams", &mut new.teams, &current.teams);
    keep(given, "agents", &mut new.agents, &current.agents);
    keep(given, "holidays", &mut new.holidays, &current.holidays);
    keep(given, "inboxes", &mut new.inboxes, &current.inboxes);
    let each = |list: &str| given[list].as_array().cloned().unwrap_or_default();
    for (given, team) in each("teams").iter().zip(&mut new.teams) {
        current.team(&team.id).into_iter().for_each(|now| complete_team(given, team, now));
    }
    for (given, agent) in each("agents").iter().zip(&mut new.agents) {
        current.agent(&agent.id).into_iter().for_each(|now| complete_agent(given, agent, now));
    }
    for (given, holiday) in each("holidays").iter().zip(&mut new.holidays) {
        let now = current.holidays.iter().find(|now| now.id == holiday.id);
        now.into_iter().for_each(|now| complete_holiday(given, holiday, now));
    }
    for (given, inbox) in each("inboxes").iter().zip(&mut new.inboxes) {
        current.inbox(&inbox.id).into_iter().for_each(|now| complete_inbox(given, inbox, now));
    }
    new
}

fn complete_team(given: &Value, team: &mut Team, now: &Team) {
    keep(given, "working_hours", &mut team.working_hours, &now.working_hours);
}

fn complete_agent(given: &Value, agent: &mut Agent, now: &Agent) {
    keep(given, "extra_teams", &mut agent.extra_teams, &now.extra_teams);
    keep(given, "permissions", &mut agent.permissions, &now.permissions);
    keep(given, "working_hours", &mut agent.working_hours, &now.working_hours);
    keep(given, "date_hours", &mut agent.date_hours, &now.date_hours);
    keep(given, "out_of_office", &mut agent.out_of_office, &now.out_of_office);
    keep(given, "travel", &mut agent.travel, &now.travel);
}

fn complete_holiday(given: &Value, holiday: &mut Holiday, now: &Holiday) {
    keep(given, "teams", &mut holiday.teams, &now.teams);
    keep(given, "inboxes", &mut holiday.inboxes, &now.inboxes);
}

fn complete_inbox(given: &Value, inbox: &mut Inbox, now: &Inbox) {
    keep(given, "office_hours", &mut inbox.office_hours, &now.office_hours);
    keep(given, "channels", &mut inbox.channels, &now.channels);
    for (given, channel) in given["channels"].as_array().into_iter().flatten().zip(&mut inbox.channels) {
        let now = now.channels.iter().find(|now| now.id == channel.id);
        now.into_iter().for_each(|now| complete_channel(given, channel, now));
    }
}

fn complete_channel(given: &Value, channel: &mut Channel, now: &Channel) {
    keep(given, "office_hours", &mut channel.office_hours, &now.office_hours);
    keep(given, "rules", &mut channel.rules, &now.rules);
}

fn keep<T: Clone>(given: &Value, key: &str, list: &mut T, now: &T) {
    if given.get(key).is_none() {
        list.clone_from(now);
    }
}

/// Returns a new document that still has what is gone, and what that is.
fn with_gone(current: &Document, new: Document) -> (Document, Gone) {
    let (agents, gone_agents) = merged(&current.agents, new.agents, |it| &it.id);
    let (teams, gone_teams) = merged(&current.teams, new.teams, |it| &it.id);
    let (holidays, gone_holidays) = merged(&current.holidays, new.holidays, |it| &it.id);
    let (inboxes, gone_inboxes) = merged(&current.inboxes, new.inboxes, |it| &it.id);
    let gone = Gone { holidays: gone_holidays, inboxes: gone_inboxes, agents: gone_agents, teams: gone_teams };
    (Document { agents, teams, holidays, inboxes, ..new }, gone)
}

/// Returns a new list with the old entries that are gone, and their ids: in their places if the rest keeps its order, else
/// at the end.
fn merged<T: Clone>(current: &[T], new: Vec<T>, id: fn(&T) -> &String) -> (Vec<T>, Vec<String>) {
    let in_new = |it: &T| new.iter().find(|new| id(new) == id(it));
    let gone: Vec<T> = current.iter().filter(|it| in_new(it).is_none()).cloned().collect();
    let gone_ids = gone.iter().map(|it| id(it).clone()).collect();
    let come = new.iter().filter(|new| !current.iter().any(|it| id(it) == id(new)));
    let in_place: Vec<T> = current.iter().map(|it| in_new(it).unwrap_or(it)).chain(come).cloned().collect();
    let order = in_place.iter().filter(|it| in_new(it).is_some()).map(id);
    let keeps_order = order.eq(new.iter().map(id));
    (if keeps_order { in_place } else { new.into_iter().chain(gone).collect() }, gone_ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_stays_until_it_is_removed() {
        let texts = |text: &str| text.split_terminator(' ').map(str::to_owned).collect::<Vec<String>>();
        for (current, new, both, gone) in [
            ("a b c", "a c", "a b c", "b"),
            ("a b c", "c a", "c a b", "b"),
            ("a b", "a d b", "a d b", ""),
            ("a b", "a b d", "a b d", ""),
            ("a b", "", "a b", "a b"),
        ] {
            let found = merged(&texts(current), texts(new), |it| it);
            assert_eq!(found, (texts(both), texts(gone)), "{current} then {new}");
        }
    }
}
