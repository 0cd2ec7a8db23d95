//! Properties of all answers about availability, over random schedules, zones and statuses set by hand.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use frontdesk::desk::EventKind;
use frontdesk::time::{Duration, Instant, Span, Zone};
use frontdesk::{
    Code, Coverage, Desk, HoursOf, Id, Language, Published, Reason, Scope, State, Status, Visitor, VisitorState,
    VisitorView,
};

use crate::random_hours::{self, Place, name};

const AGENTS: usize = 3;
const SECOND: i64 = 1000;
const DAY: i64 = 86_400 * SECOND;

/// A desk after some statuses were set.
#[derive(Debug, Clone)]
struct Scene {
    document: Value,
    commands: Vec<Value>,
    /// The instant of the last command.
    now: Instant,
}

impl Scene {
    fn desk(&self) -> Desk {
        let mut desk = Desk::from_json(&self.document.to_string()).unwrap();
        for command in &self.commands {
            desk.handle_json(&command.to_string()).unwrap();
            // A question does not change later answers.
            desk.available(&Scope::Everyone, self.now).unwrap();
        }
        desk
    }
}

fn place() -> impl Strategy<Value = Place> {
    let names: Vec<&str> = Zone::names().collect();
    (select(names), 2001..2090).prop_map(|(zone, year)| Place { zone, year })
}

/// A status to set: the actor, the time since the previous command, and the length of the away.
type Setting = (usize, Option<usize>, i64, SetTo);

#[derive(Debug, Clone)]
enum SetTo {
    Available,
    Away,
    AwayFor(i64),
}

fn setting() -> impl Strategy<Value = Setting> {
    let to = prop_oneof![
        2 => Just(SetTo::Available),
        1 => Just(SetTo::Away),
        2 => (1..5 * DAY).prop_map(SetTo::AwayFor),
    ];
    (0..AGENTS, proptest::option::of(0..AGENTS), 0..3 * DAY, to)
}

/// The schedule alone, if no status is set.
fn scene(settings: std::ops::Range<usize>) -> impl Strategy<Value = Scene> {
    place().prop_flat_map(move |place| {
        let desk = random_hours::desk(place, AGENTS);
        (desk, vec(setting(), settings.clone()), 0..300 * DAY, any::<[bool; 2]>()).prop_map(
            move |(mut document, settings, start, ends)| {
                let office_hours = document["agents"][0].get("working_hours").cloned().unwrap_or(json!([]));
                let rules = json!([{"id": "all", "steps": [{"assign_to": "everyone"}]}]);
                let channel = json!({"id": "chat", "kind": "chat", "office_hours": office_hours, "rules": rules});
                document["inboxes"][0]["channels"] = json!([channel]);
                document["settings"] =
                    json!({"away_ends_at_shift_start": ends[0], "own_away_ends_at_shift_start": ends[1]});
                for agent in 0..AGENTS {
                    document["agents"][agent]["permissions"] = json!(["manage_availability"]);
                }
                let mut now = new_year(place.year).saturating_add(start);
                let mut command = |(agent, by, pause, to): Setting| {
                    now = now.saturating_add(pause);
                    set_status(agent, by, now, &to)
                };
                let commands = settings.into_iter().map(&mut command).collect();
                Scene { document, commands, now }
            },
        )
    })
}

fn new_year(year: i32) -> Instant {
    Instant::parse(&format!("{year}-01-01T00:00:00Z")).unwrap()
}

fn set_status(agent: usize, by: Option<usize>, at: Instant, to: &SetTo) -> Value {
    let mut command = json!({"type": "set_status", "at": at, "agent": name(agent), "status": "away"});
    match to {
        SetTo::Available => command["status"] = json!("available"),
        SetTo::Away => {}
        SetTo::AwayFor(millis) => command["until"] = json!(at.saturating_add(*millis)),
    }
    if let Some(by) = by {
        command["by"] = json!(name(by));
    }
    command
}

/// The time of a question after the last command.
fn later() -> impl Strategy<Value = i64> {
    prop_oneof![0..2 * DAY, 0..60 * DAY, 0..500 * DAY]
}

fn scope() -> impl Strategy<Value = Scope> {
    let (team, inbox) = (|id: &str| id.into(), "inbox".into());
    select(vec![Scope::Everyone, Scope::Team(team("main")), Scope::TeamWithExtra(team("extra")), Scope::Inbox(inbox)])
}

fn hours_of() -> impl Strategy<Value = HoursOf> {
    let channel = HoursOf::Channel { inbox: "inbox".into(), channel: "chat".into() };
    prop_oneof![
        4 => (0..AGENTS).prop_map(|agent| HoursOf::Agent(name(agent).into())),
        2 => Just(HoursOf::Team("main".into())),
        1 => Just(channel),
    ]
}

/// The inputs of the first law.
fn facts(status: &Status) -> (State, Reason, Option<Instant>, Option<Instant>) {
    (status.state, status.reason, status.since, status.until)
}

/// No file of failures: a case that failed once becomes a named test.
fn config() -> ProptestConfig {
    ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    /// The state and reason change exactly at the announced `until`, and nowhere before it.
    #[test]
    fn the_pair_changes_exactly_at_until(scene in scene(0..6), laters in vec(later(), 6)) {
        let desk = scene.desk();
        for (agent, later) in (0..AGENTS).flat_map(|agent| laters.iter().map(move |later| (name(agent), *later))) {
            let status = |at| desk.status(&agent, at).unwrap();
            let at = scene.now.saturating_add(later);
            let asked = status(at);
            prop_assert_eq!(asked.state, asked.reason.state());
            prop_assert!(asked.since.is_none_or(|since| since <= at) && asked.until.is_none_or(|until| at < until));
            prop_assert_eq!(desk.next_change(&agent, at).unwrap(), asked.until);

            // The answer stays the same up to `until` ...
            let since = asked.since.unwrap_or(Instant::MIN).max(scene.now);
            let last = asked.until.unwrap_or(Instant::MAX).saturating_add(-1);
            let between = |part: i64| since.saturating_add(last.millis_since(since) / 16 * part);
            for inside in (0..16).map(between).chain([last]) {
                prop_assert_eq!(facts(&status(inside)), facts(&asked), "at {}", inside);
            }
            // ... and is another a millisecond before and after.
            if let Some(until) = asked.until {
                let next = status(until);
                prop_assert_ne!((next.state, next.reason), (asked.state, asked.reason));
                prop_assert_eq!(next.since, Some(until));
            }
            if let Some(since) = asked.since.filter(|since| *since > scene.now) {
                let before = status(since.saturating_add(-1));
                prop_assert_ne!((before.state, before.reason), (asked.state, asked.reason));
                prop_assert_eq!(before.until, Some(since));
            }
        }
    }

    #[test]
    fn spans_tile_a_range(scene in scene(0..6), later in later(), length in 0..100 * DAY) {
        let desk = scene.desk();
        let start = scene.now.saturating_add(later);
        let range = Span::new(start, start.saturating_add(length));
        for agent in (0..AGENTS).map(name) {
            let periods = desk.schedule(&agent, range).unwrap();
            let mut at = range.start;
            for period in &periods {
                prop_assert_eq!(period.span.start, at);
                prop_assert!(!period.span.is_empty());
                for inside in [period.span.start, period.span.end.saturating_add(-1)] {
                    let status = desk.status(&agent, inside).unwrap();
                    prop_assert_eq!((status.state, status.reason), (period.state, period.reason));
                }
                at = period.span.end;
            }
            prop_assert_eq!(at, range.end);
            for pair in periods.windows(2) {
                prop_assert_ne!((pair[0].state, pair[0].reason), (pair[1].state, pair[1].reason));
            }
        }
    }

    /// `advance` gives the events that `status` announced, at their instants, without a change of the answers.
    #[test]
    fn events_tell_what_was_announced(scene in scene(1..6), length in 0..40 * DAY, beyond in 0..40 * DAY) {
        let mut desk = scene.desk();
        // Before the first event, nothing falls due.
        prop_assume!(desk.now().is_some());
        let end = scene.now.saturating_add(length);
        let before = desk.clone();
        let events = desk.advance(end);
        for agent in (0..AGENTS).map(name) {
            let changes = events.iter().filter_map(|event| match &event.kind {
                EventKind::StatusChanged { agent: whose, reason, .. } if *whose == *agent => Some((event.at, *reason)),
                _ => None,
            });
            let range = Span::new(scene.now, end.saturating_add(1));
            let announced = before.schedule(&agent, range).unwrap();
            let announced = announced.iter().skip(1).map(|period| (period.span.start, period.reason));
            prop_assert_eq!(changes.collect::<Vec<_>>(), announced.collect::<Vec<_>>());
            for at in [end, end.saturating_add(beyond)] {
                prop_assert_eq!(desk.status(&agent, at).unwrap(), before.status(&agent, at).unwrap());
            }
        }
    }

    #[test]
    fn the_next_available_is_the_first(scene in scene(0..6), later in later()) {
        const SIGHT: i64 = 400 * DAY;
        let desk = scene.desk();
        let at = scene.now.saturating_add(later);
        for agent in (0..AGENTS).map(name) {
            let next = desk.next_available(&agent, at).unwrap();
            let is_available = |at| desk.status(&agent, at).unwrap().is_available();
            prop_assert!(next.is_none_or(|next| next >= at && is_available(next)));
            let before = Span::new(at, next.unwrap_or(at.saturating_add(SIGHT)));
            let periods = desk.schedule(&agent, before).unwrap();
            prop_assert!(periods.iter().all(|period| period.state == State::Away));
        }
    }

    #[test]
    fn coverage_counts_who_is_available(
        scene in scene(0..4), scope in scope(), later in later(), length in 1..20 * DAY, samples in vec(0..20 * DAY, 12),
    ) {
        let desk = scene.desk();
        let start = scene.now.saturating_add(later);
        let range = Span::new(start, start.saturating_add(length));
        let coverage = desk.coverage(&scope, range).unwrap();
        prop_assert_eq!((coverage[0].span.start, coverage[coverage.len() - 1].span.end), (range.start, range.end));
        for pair in coverage.windows(2) {
            prop_assert_eq!(pair[0].span.end, pair[1].span.start);
            prop_assert_ne!(pair[0].available, pair[1].available);
        }
        let edges = coverage.iter().flat_map(|it| [it.span.start, it.span.end.saturating_add(-1)]);
        let samples = samples.iter().map(|after| start.saturating_add(after % length));
        for at in edges.chain(samples) {
            let available = desk.available(&scope, at).unwrap();
            prop_assert_eq!(available.count(), counted(&coverage, at));
            for agent in available.iter() {
                prop_assert!(desk.status(agent, at).unwrap().is_available());
            }
            if scope == Scope::Everyone {
                let all = (0..AGENTS).filter(|agent| desk.status(&name(*agent), at).unwrap().is_available());
                prop_assert_eq!(available.count(), all.count());
            }
        }
    }

    #[test]
    fn staffing_names_who_is_available(
        scene in scene(0..4), scope in scope(), later in later(), length in 1..9 * DAY, step in 60 * SECOND..2 * DAY,
        samples in vec(0..9 * DAY, 6),
    ) {
        let desk = scene.desk();
        let start = scene.now.saturating_add(later);
        let range = Span::new(start, start.saturating_add(length));
        let staffing = desk.staffing(&scope, range).unwrap();
        prop_assert_eq!((staffing[0].span.start, staffing[staffing.len() - 1].span.end), (range.start, range.end));
        for pair in staffing.windows(2) {
            prop_assert_eq!(pair[0].span.end, pair[1].span.start);
            prop_assert_ne!(&pair[0].agents, &pair[1].agents);
        }
        let edges = staffing.iter().flat_map(|it| [it.span.start, it.span.end.saturating_add(-1)]);
        let samples = samples.iter().map(|after| start.saturating_add(after % length));
        for at in edges.chain(samples) {
            let available: Vec<Id> = desk.available(&scope, at).unwrap().iter().cloned().collect();
            prop_assert_eq!(&available, &staffing.iter().find(|it| it.span.contains(at)).unwrap().agents);
        }
        let step = Duration::from_millis(step).unwrap();
        let steps = desk.staffing_steps(&scope, range, step).unwrap();
        let counted = desk.coverage_steps(&scope, range, step).unwrap();
        prop_assert_eq!(steps.len(), counted.len());
        for (named, counted) in steps.iter().zip(&counted) {
            prop_assert_eq!((named.span, named.agents.len(), named.least), (counted.span, counted.available as usize, counted.least));
            let available: Vec<Id> = desk.available(&scope, named.span.start).unwrap().iter().cloned().collect();
            prop_assert_eq!(&available, &named.agents);
        }
    }

    #[test]
    fn coverage_steps_sum_coverage_up(
        scene in scene(0..4), scope in scope(), later in later(), length in 1..9 * DAY, step in 60 * SECOND..2 * DAY,
    ) {
        let desk = scene.desk();
        let start = scene.now.saturating_add(later);
        let range = Span::new(start, start.saturating_add(length));
        let coverage = desk.coverage(&scope, range).unwrap();
        let steps = desk.coverage_steps(&scope, range, Duration::from_millis(step).unwrap()).unwrap();
        let mut at = range.start;
        for found in &steps {
            prop_assert_eq!(found.span, Span::new(at, at.saturating_add(step).min(range.end)));
            let touching = coverage.iter().filter(|it| !it.span.intersection(&found.span).is_empty());
            prop_assert_eq!(found.available as usize, counted(&coverage, at));
            prop_assert_eq!(Some(found.least), touching.map(|it| it.available).min());
            at = found.span.end;
        }
        prop_assert_eq!(at, range.end);
    }

    /// The state that a visitor sees changes exactly at `until`, and an agent is available from `opens_at` on, not earlier.
    #[test]
    fn a_visitor_sees_what_was_announced(
        scene in scene(0..4), mode in select(vec!["team_status", "office_hours"]), hide in any::<[bool; 2]>(), later in later(),
    ) {
        let mut scene = scene;
        let (away, closed) = (json!({"hide": hide[0]}), json!({"hide": hide[1]}));
        let visitor = json!({"availability": mode, "when_away": away, "when_closed": closed});
        scene.document["inboxes"][0]["channels"][0]["visitor"] = visitor;
        let desk = scene.desk();
        let see = |at| desk.visitor("inbox", "chat", at, &Visitor::default()).unwrap();
        let at = scene.now.saturating_add(later);
        let seen = see(at);

        // Changes more than a year ahead become known on the way.
        let in_sight = at.saturating_add(366 * DAY);
        let last = seen.until.unwrap_or(at.saturating_add(300 * DAY)).saturating_add(-1);
        for part in 0..=16 {
            let inside = see(at.saturating_add(last.millis_since(at) / 16 * part));
            let until = inside.until.filter(|until| *until <= in_sight);
            prop_assert_eq!((inside.state, until), (seen.state, seen.until));
        }
        prop_assert!(seen.until.is_none_or(|until| until > at && see(until).state != seen.state));

        let is_online = |at| see(at).state == VisitorState::Online;
        prop_assert_eq!(seen.opens_at.is_some_and(|opens| !is_online(opens)), false);
        if let (Some(opens), false) = (seen.opens_at, is_online(at)) {
            let reach = opens.saturating_add(-1).millis_since(at) / 64;
            prop_assert!((0..=64).all(|part| !is_online(at.saturating_add(reach * part))));
        }
        prop_assert!(!(is_online(at) && seen.opens_at.is_some()));
    }

    /// Published availability equals the answer to a visitor at every instant, without names and reasons.
    #[test]
    fn what_is_published_is_what_visitors_see(
        scene in scene(0..4), mode in select(vec!["team_status", "office_hours", "always"]), hide in any::<[bool; 2]>(),
        later in later(), days in 1..40_u32, parts in vec(0..=1_000_i64, 12),
        tags in vec(select(vec!["sv", "sv-FI", "en", "pt", "is"]), 0..3),
        message in select(vec![json!("Away."), json!({"en": "Away.", "sv": "Borta."}), json!({"pt-BR": "Ausente.", "EN": "Away."})]),
    ) {
        let mut scene = scene;
        scene.document["inboxes"][0]["channels"][0]["visitor"] = json!({
            "availability": mode, "reply_time": {"sv": "minuter", "en": "minutes"}, "shows": {"agents": [name(0)]},
            "when_away": {"hide": hide[0], "message": message}, "when_closed": {"hide": hide[1], "reply_time": "tomorrow"},
        });
        let languages: Vec<Language> = tags.into_iter().map(|tag| Language::parse(tag).unwrap()).collect();
        let visitor = Visitor { languages: languages.clone(), ..Visitor::default() };
        let desk = scene.desk();
        let from = scene.now.saturating_add(later);
        let published = desk.publish("inbox", from, days).unwrap();
        prop_assert_eq!(&published, &Published::from_json(&published.to_json()).unwrap());

        let length = published.end.millis_since(published.start);
        let drawn = parts.iter().map(|part| from.saturating_add(length / 1_000 * part));
        let Some(channel) = published.channels.first() else {
            // A state that never occurs has no texts.
            for at in drawn.filter(|at| *at < published.end) {
                let seen = desk.visitor("inbox", "chat", at, &Visitor::default()).unwrap();
                prop_assert_eq!(seen.state, VisitorState::Hidden, "at {}", at);
            }
            prop_assert!(!published.to_json().contains("chat"));
            return Ok(());
        };
        let at_changes = channel.changes.iter().flat_map(|it| [it.at.saturating_add(-1), it.at]);
        for at in drawn.chain(at_changes) {
            let told = published.visitor("chat", at, &languages).unwrap();
            prop_assert_eq!(told.is_some(), published.start <= at && at < published.end);
            let Some(told) = told else { continue };
            let seen = VisitorView { shows: None, ..desk.visitor("inbox", "chat", at, &visitor).unwrap() };
            prop_assert_eq!(told, seen, "at {}", at);
        }

        let text = published.to_json();
        prop_assert!((0..AGENTS).all(|agent| !text.contains(&format!("{:?}", name(agent)))), "{}", text);
        let told_of_reasons = ["working", "always_on", "set_", "holiday", "out_of_office", "temporarily", "deactivated"];
        prop_assert!(told_of_reasons.iter().all(|reason| !text.contains(reason)), "{}", text);
    }

    #[test]
    fn working_time_adds_up(scene in scene(0..1), of in hours_of(), parts in vec(later(), 3)) {
        let desk = scene.desk();
        let [a, b, c] = sorted([parts[0], parts[1], parts[2]]).map(|later| scene.now.saturating_add(later));
        let between = |from, to| desk.working_time(&of, from, to).unwrap().millis();
        prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
        if let HoursOf::Agent(agent) = &of {
            let periods = desk.schedule(agent, Span::new(a, c)).unwrap();
            let available = periods.iter().filter(|period| period.state == State::Available);
            prop_assert_eq!(available.map(|period| period.span.millis()).sum::<i64>(), between(a, c));
        }
    }

    /// `after` and `before` cover exactly the measured working time.
    #[test]
    fn after_and_before_undo_between(scene in scene(0..1), of in hours_of(), parts in vec(later(), 2), time in 1..9 * DAY) {
        let desk = scene.desk();
        let [from, to] = sorted([parts[0], parts[1]]).map(|later| scene.now.saturating_add(later));
        let between = |from, to| desk.working_time(&of, from, to).unwrap();
        let after = |from, time| desk.after(&of, from, time).unwrap();
        let before = |to, time| desk.before(&of, to, time).unwrap();

        let worked = between(from, to);
        if worked.millis() > 0 {
            let (reached, began) = (after(from, worked).unwrap(), before(to, worked).unwrap());
            prop_assert!(reached <= to && began >= from);
            prop_assert_eq!((between(from, reached), between(began, to)), (worked, worked));
            prop_assert!(between(from, reached.saturating_add(-1)) < worked, "it is the first such instant");
            prop_assert!(between(began.saturating_add(1), to) < worked, "it is the last such instant");
        }
        let time = Duration::from_millis(time).unwrap();
        if let Some(reached) = after(from, time) {
            prop_assert_eq!(between(from, reached), time);
            let back = before(reached, time).unwrap();
            prop_assert!(back >= from && between(from, back).millis() == 0);
        }
        if let Some(began) = before(to, time) {
            prop_assert_eq!(between(began, to), time);
            let forth = after(began, time).unwrap();
            prop_assert!(forth <= to && between(forth, to).millis() == 0);
        }
    }

    /// For no working time, the answer is the instant itself while open, else the next opening, and backwards the last closing.
    #[test]
    fn no_working_time_is_the_nearest_open_edge(scene in scene(0..1), agent in 0..AGENTS, later in later()) {
        let (desk, agent) = (scene.desk(), name(agent));
        let (of, none) = (HoursOf::Agent(agent.as_str().into()), Duration::default());
        let at = scene.now.saturating_add(later);
        let opens = match desk.after(&of, at, none) {
            // Absences that repeat for ever while there are no hours.
            Err(problem) if problem.code == Code::TooManyOccurrences => return Ok(()),
            opens => opens.unwrap(),
        };
        prop_assert_eq!(opens, desk.next_available(&agent, at).unwrap());
        let Some(closed) = desk.before(&of, at, none).unwrap() else { return Ok(()) };
        prop_assert!(desk.status(&agent, closed.saturating_add(-1)).unwrap().is_available());
        prop_assert_eq!(desk.working_time(&of, closed, at).unwrap(), none);
    }

    /// Hours around the clock have no gap, at midnight or where the clocks change, however they are written.
    #[test]
    fn around_the_clock_nothing_changes(zone in select(Zone::names().collect::<Vec<_>>()), cuts in around_the_clock()) {
        const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let weekly = |(start, end): &(String, String)| json!({"days": DAYS, "start": start, "end": end});
        let dated = |(start, end): &(String, String)| json!({"start": start, "end": end});
        let agent = json!({
            "id": "a", "working_hours": cuts.iter().map(weekly).collect::<Value>(),
            "date_hours": [{"date": "2026-12-24", "hours": cuts.iter().map(dated).collect::<Value>()}],
        });
        let desk = Desk::from_json(&json!({"version": 1, "time_zone": zone, "agents": [agent]}).to_string()).unwrap();
        for at in [Instant::MIN, new_year(2026), Instant::MAX.saturating_add(-1)] {
            let status = desk.status("a", at).unwrap();
            prop_assert_eq!(facts(&status), (State::Available, Reason::WorkingHours, None, None));
        }
        prop_assert_eq!(desk.schedule("a", Span::new(Instant::MIN, Instant::MAX)).unwrap().len(), 1);
    }
}

/// Intervals that cover every day: one from midnight to midnight, or several adjacent ones across midnight.
fn around_the_clock() -> impl Strategy<Value = Vec<(String, String)>> {
    let clock = |minute: &u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let whole = Just(vec![("00:00".to_owned(), "24:00".to_owned())]);
    let cut = proptest::collection::btree_set(1..1440_u32, 1..5).prop_map(move |cuts| {
        let next = cuts.iter().skip(1).chain(cuts.first());
        cuts.iter().zip(next).map(|(start, end)| (clock(start), clock(end))).collect()
    });
    prop_oneof![1 => whole, 4 => cut]
}

fn sorted<const N: usize>(mut laters: [i64; N]) -> [i64; N] {
    laters.sort_unstable();
    laters
}

/// Returns the number of available agents at an instant inside the spans.
fn counted(coverage: &[Coverage], at: Instant) -> usize {
    coverage.iter().find(|it| it.span.contains(at)).unwrap().available as usize
}
