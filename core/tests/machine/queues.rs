//! The queue of an agent, a team or a channel, and the place of a conversation, held against `why` on random desks.

use std::collections::{BTreeMap, BTreeSet};

use frontdesk::desk::QueueFilter;
use frontdesk::{Desk, Id, IneligibleReason};
use proptest::prelude::*;

use crate::model::generate::{self, scenario::Scenario};

fn at_work(scenario: &Scenario) -> Desk {
    let mut desk = Desk::from_json(&scenario.document().to_string()).unwrap();
    for command in scenario.commands() {
        if let Ok(command) = desk.command_from_value(command) {
            desk.handle(&command);
        }
    }
    desk
}

/// Returns the agents who may take a waiting conversation at some time, by what `why` says of them.
fn takers(desk: &Desk, conversation: &str) -> BTreeSet<Id> {
    let passing = |reason: &str| {
        use IneligibleReason::{AtCapacity, AtPace, Away, EndingSoon, NotTakingKind};
        [Away, NotTakingKind, EndingSoon, AtCapacity, AtPace].iter().any(|passing| passing.as_str() == reason)
    };
    let steps = desk.why(conversation).unwrap();
    let weighted = |strategy: &str| strategy == "weighted_round_robin";
    let never = |agent: &Id| {
        let document = desk.document();
        let agent = document.agents.iter().find(|it| it.id == *agent).unwrap();
        agent.attributes.get("weight").is_some_and(|weight| weight == 0)
    };
    let all = steps.iter().flat_map(|step| step.considered.iter().map(move |one| (step, one)));
    let may = all.filter(|(step, one)| {
        one.ineligible.as_ref().is_none_or(|reason| passing(reason.as_str()))
            && !(weighted(&step.decision.strategy) && never(&one.agent))
    });
    may.map(|(_, one)| one.agent.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_queue_is_that_of_those_who_may_take_it(scenario in generate::scenario()) {
        let desk = at_work(&scenario);
        let queue = desk.queue();
        let takers: BTreeMap<&Id, BTreeSet<Id>> = queue.iter().map(|id| (id, takers(&desk, id))).collect();
        let those = |wanted: &dyn Fn(&Id) -> bool| -> Vec<Id> { queue.iter().filter(|id| wanted(id)).cloned().collect() };
        let document = desk.document();
        for agent in &document.agents {
            let asked = QueueFilter { agent: Some(agent.id.clone()), ..QueueFilter::default() };
            let theirs = those(&|id| takers[id].contains(&agent.id));
            prop_assert_eq!(desk.queue_where(&asked).unwrap(), theirs, "of {}", agent.id);
        }
        for team in &document.teams {
            let is_member = |agent: &Id| {
                let agent = document.agents.iter().find(|it| it.id == *agent).unwrap();
                agent.team.iter().chain(&agent.extra_teams).any(|it| *it == team.id)
            };
            let asked = QueueFilter { team: Some(team.id.clone()), ..QueueFilter::default() };
            let theirs = those(&|id| takers[id].iter().any(is_member));
            prop_assert_eq!(desk.queue_where(&asked).unwrap(), theirs, "of {}", team.id);
        }
        for (inbox, channel) in document.inboxes.iter().flat_map(|inbox| inbox.channels.iter().map(move |it| (inbox, it))) {
            let (inbox, channel) = (Some(inbox.id.clone()), Some(channel.id.clone()));
            let asked = QueueFilter { inbox: inbox.clone(), channel: channel.clone(), ..QueueFilter::default() };
            let details = |id: &Id| desk.conversation(id).unwrap().details;
            let theirs = those(&|id| Some(details(id).inbox) == inbox && Some(details(id).channel) == channel);
            prop_assert_eq!(desk.queue_where(&asked).unwrap(), theirs);
        }
        for id in &queue {
            let competing = those(&|other| other == id || !takers[other].is_disjoint(&takers[id]));
            let place = desk.place(id).unwrap().unwrap();
            prop_assert_eq!(place.of, competing.len(), "{}", id);
            prop_assert_eq!(competing.iter().position(|other| other == id), Some(place.place - 1), "{}", id);
        }
        for it in desk.conversations().filter(|it| !queue.contains(&it.conversation)) {
            prop_assert_eq!(desk.place(&it.conversation).unwrap(), None);
        }
    }
}
