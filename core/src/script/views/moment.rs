//! The view of an instant, and of the wall clock of a zone.

use chrono::{DateTime, Datelike, Timelike, Utc};

use crate::model::Weekday;
use crate::problem::{Code, LONGEST_NAME, Problem};
use crate::read::parse_date_time;
use crate::routing::extension::About;
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge, charge_bytes, with_running};
use crate::script::plain::Plain;
use crate::script::shape::{of_and, one, two};
use crate::time::{Instant, Zone, Zones};

#[derive(Debug, Clone)]
pub(in crate::script) struct TimeView {
    pub at: Instant,
    pub zone: Zone,
}

/// The cost of looking up a zone by name, in operations.
const ZONE: u64 = 4;

impl TimeView {
    pub fn of(about: &About) -> Self {
        TimeView { at: about.at, zone: about.zone.clone() }
    }

    /// Returns the time on the wall clock.
    fn wall(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.zone.local(self.at).0).unwrap_or_default()
    }

    fn in_zone(&self, name: &str) -> Fallible<TimeView> {
        Ok(TimeView { zone: zone(name)?, ..self.clone() })
    }

    fn seconds_since(&self, earlier: &TimeView) -> i64 {
        seconds(self.at, earlier.at)
    }

    fn plus_seconds(&self, seconds: i64) -> Fallible<TimeView> {
        let millis = self.at.millis().saturating_add(seconds.saturating_mul(1_000));
        let at = Instant::from_millis(millis).map_err(message_with_hint)?;
        Ok(TimeView { at, zone: self.zone.clone() })
    }
}

/// Returns the whole seconds from an instant to a later one.
pub(in crate::script) fn seconds(later: Instant, earlier: Instant) -> i64 {
    later.millis_since(earlier).div_euclid(1_000)
}

/// Finds a zone by name. The nearest names are searched when the failure is reported, not while a script continues.
fn zone(name: &str) -> Fallible<Zone> {
    charge(ZONE)?;
    charge_bytes(name.len())?;
    // The zones of the desk may be of another release than the bundled ones.
    let zones = with_running(|running| running.about().map(|about| about.zones.clone())).flatten().unwrap_or_default();
    zones.find(name).ok_or_else(|| {
        let message = Zones::no_zone(name);
        with_running(|running| running.unknown_zone = Some((zones, name.chars().take(LONGEST_NAME).collect())));
        message.into()
    })
}

/// Reads an instant from a text with an offset.
fn instant(text: &str) -> Fallible<TimeView> {
    charge_bytes(text.len())?;
    let zone = with_running(|running| running.about().map(|about| about.zone.clone())).flatten();
    let at = Instant::parse(text).map_err(|problem| match problem.code {
        Code::MissingOffset => {
            format!(
                "{}; end it with Z or an offset, or name a zone: instant(text, \"Europe/Stockholm\")",
                problem.message
            )
        }
        _ => message_with_hint(problem),
    })?;
    Ok(TimeView { at, zone: zone.unwrap_or_else(Zone::utc) })
}

/// Reads an instant from a text on the wall clock of a zone. Gaps and overlaps are resolved as in a document.
fn instant_in(text: &str, name: &str) -> Fallible<TimeView> {
    charge_bytes(text.len())?;
    let zone = zone(name)?;
    let wall = parse_date_time(text).map_err(message_with_hint)?;
    let at = zone.instant(wall).map_err(message_with_hint)?;
    Ok(TimeView { at, zone })
}

fn message_with_hint(problem: Problem) -> String {
    match problem.hint {
        Some(hint) => format!("{}; {hint}", problem.message),
        None => problem.message,
    }
}

type It = TimeView;

pub(super) fn register(api: &mut Api) {
    api.engine.register_type_with_name::<TimeView>("time");
    api.plain_of_time("weekday: text", |it| {
        let index = it.zone.local(it.at).date().weekday();
        Plain::text_or_nothing(Weekday::ALL.get(index).map(|day| day.as_str()))
    });
    api.value("time", "date: text", |it: &It| Ok(format!("{:?}", it.wall().date_naive())));
    api.plain_of_time("hour: int", |it| Plain::whole(it.wall().hour()));
    api.plain_of_time("minute: int", |it| Plain::whole(it.wall().minute()));
    api.plain_of_time("day: int", |it| Plain::whole(it.wall().day()));
    api.plain_of_time("month: int", |it| Plain::whole(it.wall().month()));
    api.plain_of_time("year: int", |it| Plain::whole(it.wall().year()));
    api.value("time", "time_zone: text", |it: &It| Ok(it.zone.name().to_owned()));
    api.function("time", "in_zone(name: text) -> time", of_and(|it: &mut It, name: &str| it.in_zone(name)));
    api.function(
        "time",
        "seconds_since(earlier: time) -> int",
        of_and(|it: &mut It, earlier: It| it.seconds_since(&earlier)),
    );
    api.function(
        "time",
        "plus_seconds(seconds: int) -> time",
        of_and(|it: &mut It, seconds: i64| it.plus_seconds(seconds)),
    );
    api.function("everywhere", "instant(text: text) -> time", one(instant));
    api.function("everywhere", "instant(text: text, zone: text) -> time", two(instant_in));
    api.hidden("-", of_and(|it: &mut It, earlier: It| it.seconds_since(&earlier)));
    api.hidden("+", of_and(|it: &mut It, seconds: i64| it.plus_seconds(seconds)));
    api.hidden("-", of_and(|it: &mut It, seconds: i64| it.plus_seconds(seconds.saturating_neg())));
    api.hidden("==", of_and(|a: &mut It, b: It| a.at == b.at));
    api.hidden("!=", of_and(|a: &mut It, b: It| a.at != b.at));
    api.hidden("<", of_and(|a: &mut It, b: It| a.at < b.at));
    api.hidden("<=", of_and(|a: &mut It, b: It| a.at <= b.at));
    api.hidden(">", of_and(|a: &mut It, b: It| a.at > b.at));
    api.hidden(">=", of_and(|a: &mut It, b: It| a.at >= b.at));
}
