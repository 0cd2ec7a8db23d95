//! Invariants of every desk, however it was made.

use std::collections::{BTreeMap, BTreeSet};

use frontdesk::Desk;
use frontdesk::desk::Whereabouts;

/// The largest number of wake-ups to which time passes.
const WAKEUPS: usize = 40;

/// Asserts that a desk is one, and that it goes on: its time passes in a bounded number of steps, alike for one that was
/// restored.
pub fn assert_sound(desk: &Desk) {
    assert_whole(desk);
    let mut restored = desk.reader().restore(&desk.snapshot()).expect("a snapshot restores");
    let mut desk = desk.clone();
    for _ in 0..WAKEUPS {
        let Some((wakeup, now)) = desk.next_wakeup().zip(desk.now()) else { return };
        assert!(wakeup >= now, "something falls due at {wakeup}, before {now}");
        let events = desk.advance(wakeup);
        assert!(desk.next_wakeup() > Some(wakeup) || desk.next_wakeup().is_none(), "{wakeup} stays the next wake-up");
        assert!(events.len() < 10_000, "{} events at {wakeup}", events.len());
        assert_eq!(restored.advance(wakeup), events, "a restored desk goes on alike");
    }
    assert_whole(&desk);
}

/// The answers of a desk agree with each other, and with those of a desk whose indices are all built anew.
pub fn assert_whole(desk: &Desk) {
    let snapshot = desk.snapshot();
    let anew = Desk::restore(&snapshot).expect("a snapshot restores");
    assert_eq!(anew.snapshot(), snapshot, "restoring changes nothing");
    assert_eq!(anew.next_wakeup(), desk.next_wakeup());
    assert_eq!(anew.queue(), desk.queue());
    assert_eq!(anew.waiting(), desk.queue().len());
    let Some(at) = desk.now() else { return };
    let table = desk.table(&Default::default(), at).expect("the table of all");
    assert_eq!(anew.table(&Default::default(), at).as_ref(), Ok(&table));
    assert_eq!(
        anew.available(&frontdesk::Scope::Everyone, at).map(|it| it.iter().cloned().collect::<Vec<_>>()),
        desk.available(&frontdesk::Scope::Everyone, at).map(|it| it.iter().cloned().collect::<Vec<_>>())
    );

    let mut held: BTreeMap<_, u32> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for it in desk.conversations() {
        assert!(ids.insert(it.conversation.clone()), "there are two of {:?}", it.conversation);
        assert_eq!(desk.conversation(&it.conversation).as_ref(), Some(&it), "found by its id");
        assert_eq!(it.state == Whereabouts::Queued, desk.queue().contains(&it.conversation));
        if let Some(agent) = it.agent {
            *held.entry(agent).or_default() += 1;
        }
    }
    for row in &table {
        let held = held.remove(&row.agent).unwrap_or_default();
        assert!(held <= row.holding, "{row:?} holds {held}");
        assert!(row.holding > 0 || row.load == 0, "{row:?} holds nothing that weighs");
    }
    assert!(held.is_empty(), "held by nobody who is there: {held:?}");
}
