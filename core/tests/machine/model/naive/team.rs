//! Routing among the members of a team.

use serde_json::json;

use super::Model;
use super::conversation::Decision;
use super::document::{Skills, Step};

impl Model {
    /// Tries to give it to a member of its team; if it was not in the queue, it is now.
    pub fn walk_in_team(&mut self, i: usize) {
        let for_team = self.conversations[i].for_team.clone().expect("a team");
        let rule = self.first_rule(i, &self.conversations[i].details).map(|rule| rule.id.clone());
        if for_team.announced {
            self.give_in_team(i);
        } else if rule != for_team.rule {
            self.announce_wait_for_team(i, rule);
            self.give_in_team(i);
        } else if !self.give_in_team(i) {
            self.announce_wait_for_team(i, rule);
        }
        self.offer_to_more(i);
    }

    pub fn announce_wait_for_team(&mut self, i: usize, rule: Option<String>) {
        let for_team = self.conversations[i].for_team.as_mut().expect("a team");
        (for_team.announced, for_team.rule) = (true, rule.clone());
        let team = for_team.team.clone();
        self.conversations[i].lies = false;
        self.emit("queued", json!({"conversation": self.conversations[i].id, "rule": rule, "team": team}));
    }

    /// Gives it to a member of its team, or offers it; returns `false` if nobody may take it.
    pub fn give_in_team(&mut self, i: usize) -> bool {
        let step = self.step_of_team(i);
        let eligible = self.eligible(&step, &self.conversations[i]);
        let eligible: Vec<String> = eligible.into_iter().map(|agent| agent.id.clone()).collect();
        if eligible.is_empty() {
            return false;
        }
        let details = &self.conversations[i].details;
        let rule = self.conversations[i].for_team.as_ref().and_then(|it| it.rule.clone());
        // Without a rule no strategy reads its memory.
        let key = (details.inbox.clone(), details.channel.clone(), rule.unwrap_or_default());
        let agent = self.choose(&step, &key, i, eligible.clone());
        let weights = (step.strategy == "weighted_round_robin").then(|| self.weights(&key, &eligible));
        let decision = Decision { rule: None, step: None, strategy: step.strategy, substitute_for: None, weights };
        self.give(i, &agent, Some(decision));
        true
    }

    /// A step for the members of its team, with the strategy of the last step of its rule.
    fn step_of_team(&self, i: usize) -> Step {
        let (details, for_team) = (&self.conversations[i].details, self.conversations[i].for_team.as_ref());
        let for_team = for_team.expect("a team");
        let rule = for_team.rule.as_ref().and_then(|rule| self.document.rule(&details.inbox, &details.channel, rule));
        let usual = Step::read(&json!({"assign_to": {"teams": [for_team.team], "extra": true}}));
        let Some(last) = rule.and_then(|rule| rule.steps.last()) else { return usual };
        Step { strategy: last.strategy.clone(), tie: last.tie, skills: Skills::new(), ..usual }
    }
}
