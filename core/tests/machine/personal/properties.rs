//! Properties of separated logs and snapshots, over random desks and commands.

use frontdesk::desk::{Separated, Subject, join_snapshot, separate_snapshot};
use frontdesk::{Desk, Document, Turn};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::marked::{self, MARK};
use super::{all, staying};
use crate::model::generate;
use crate::properties::{at_of, config};

/// A desk with the separated log of its turns, and its snapshot after each.
struct Live {
    desk: Desk,
    log: Vec<Separated>,
    after: Vec<String>,
}

impl Live {
    fn new(document: &Value) -> Live {
        let document = Document::from_json(&document.to_string()).expect("the document of a scenario has no problems");
        let first = Turn::first(document.clone());
        let mut desk = Desk::new(document);
        desk.apply(&first).expect("the document is that of the desk");
        Live { log: vec![first.separate()], after: vec![desk.snapshot()], desk }
    }

    /// Carries out a command, if it can be read; returns its turn.
    fn give(&mut self, command: &Value) -> Option<Turn> {
        let command = self.desk.command_from_value(command.clone()).ok()?;
        let turn = self.desk.propose(&command);
        self.desk.apply(&turn).expect("a proposed turn is the next one");
        if turn.turn().is_some() {
            self.log.push(turn.separate());
            self.after.push(self.desk.snapshot());
        }
        Some(turn)
    }

    /// Rebuilds the desk from its log, with the values that stay in the turn of an index.
    fn check_rebuilt(&self, stays: impl Fn(usize, &Subject) -> bool, check: impl Fn(usize, &Desk)) {
        let mut rebuilt: Option<Desk> = None;
        for (index, separated) in self.log.iter().enumerate() {
            let values = staying(separated, |subject| stays(index, subject));
            let turn = Turn::join(&separated.text, values).expect("a separated turn is read");
            match &mut rebuilt {
                Some(desk) => desk.apply(&turn).expect("a separated turn is applied"),
                None => rebuilt = Some(Desk::rebuild([turn]).expect("the first turn holds the document")),
            }
            check(index, rebuilt.as_ref().expect("it has begun"));
        }
    }
}

/// Returns the number of references at the places of a text.
fn values_of(separated: &Separated) -> usize {
    let values = all(separated).into_iter().map(|it| serde_json::from_str::<Value>(it).expect("values are an object"));
    let mut numbers: Vec<usize> = values
        .flat_map(|it| {
            it.as_object().expect("an object").keys().map(|key| key.parse().expect("a number")).collect::<Vec<_>>()
        })
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>(), "every number is there once");
    numbers.len()
}

proptest! {
    #![proptest_config(config())]

    /// A turn, stored or not, is the same after its values were taken out and put back; its text has none of them.
    #[test]
    fn turns_are_joined_as_they_were(scenario in generate::scenario()) {
        let mut live = Live::new(&marked::document(&scenario));
        let first = Turn::first(live.desk.document());
        let turns = marked::commands(&scenario).iter().filter_map(|command| live.give(command)).collect::<Vec<_>>();
        for turn in std::iter::once(&first).chain(&turns) {
            let separated = turn.separate();
            prop_assert!(!separated.text.contains(MARK), "{}", separated.text);
            let joined = Turn::join(&separated.text, all(&separated)).expect("a separated turn is read");
            prop_assert_eq!(&joined, turn);
            prop_assert_eq!(joined.to_json(), turn.to_json());
            prop_assert_eq!(joined.separate(), separated.clone());
            prop_assert_eq!(values_of(&separated) == 0, separated.text == turn.to_json());
            prop_assert!(Turn::join(&separated.text, []).is_ok());
        }
    }

    /// A snapshot is the same after its values were taken out and put back; its text has none of them.
    #[test]
    fn snapshots_are_joined_as_they_were(scenario in generate::scenario()) {
        let mut live = Live::new(&marked::document(&scenario));
        marked::commands(&scenario).iter().for_each(|command| drop(live.give(command)));
        for snapshot in &live.after {
            let separated = separate_snapshot(snapshot).expect("a snapshot is read");
            prop_assert!(!separated.text.contains(MARK), "{}", separated.text);
            values_of(&separated);
            prop_assert_eq!(&join_snapshot(&separated.text, all(&separated)).expect("it is read again"), snapshot);
        }
    }

    /// Once a contact is erased, a desk that is rebuilt without the values of the contact up to then is that which had them.
    /// So is one that is restored from a snapshot of just before without them, and follows from there.
    #[test]
    fn a_rebuilt_desk_agrees_from_the_erasure_on(
        scenario in generate::scenario(), person in 0..3_u8, cut in 0..80_usize, with_conversations in any::<bool>(),
    ) {
        let commands = marked::commands(&scenario);
        let (before, after) = commands.split_at(cut.min(commands.len()));
        let mut live = Live::new(&marked::document(&scenario));
        before.iter().for_each(|command| drop(live.give(command)));
        let Some(at) = live.desk.now().or_else(|| after.first().map(at_of)) else { return Ok(()) };
        let contact = format!("person{person}");
        let gone = if with_conversations { live.desk.subjects_of(&contact) } else { vec![Subject::Contact(contact.as_str().into())] };
        let latest = live.desk.snapshot();
        let erase = live.give(&json!({"type": "erase", "at": at, "contact": contact})).expect("it is read");
        let erased_in = live.log.len() - 1;
        prop_assert_eq!(erase.turn(), Some(live.log.len() as u64));
        after.iter().for_each(|command| drop(live.give(command)));

        live.check_rebuilt(
            |index, subject| index > erased_in || !gone.contains(subject),
            |index, rebuilt| assert!(index < erased_in || rebuilt.snapshot() == live.after[index], "{contact}, turn {index}"),
        );
        let separated = separate_snapshot(&latest).expect("a snapshot is read");
        let latest = join_snapshot(&separated.text, staying(&separated, |subject| !gone.contains(subject))).expect("it is joined");
        let mut restored = Desk::restore(&latest).expect("a snapshot without values is read");
        for (separated, snapshot) in live.log.iter().zip(&live.after).skip(erased_in) {
            let turn = Turn::join(&separated.text, all(separated)).expect("a separated turn is read");
            prop_assert_eq!(restored.apply(&turn), Ok(()));
            prop_assert_eq!(&restored.snapshot(), snapshot);
        }
    }

    /// Without the values of agents, or of nobody, the log rebuilds the desk, which lacks them and nothing else.
    #[test]
    fn a_log_rebuilds_without_its_values(scenario in generate::scenario(), agents in any::<bool>()) {
        let mut live = Live::new(&marked::document(&scenario));
        marked::commands(&scenario).iter().for_each(|command| drop(live.give(command)));
        let is_agent = |subject: &Subject| matches!(subject, Subject::Agent(_));
        let stays = |subject: &Subject| !agents && !is_agent(subject) || agents && is_agent(subject);
        live.check_rebuilt(|_, subject| stays(subject), |index, rebuilt| {
            let separated = separate_snapshot(&live.after[index]).expect("a snapshot is read");
            let lacking = join_snapshot(&separated.text, staying(&separated, stays)).expect("it is joined");
            assert_eq!(rebuilt.snapshot(), lacking, "turn {index}");
        });
    }
}
