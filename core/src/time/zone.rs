//! Time zones, and the only source of their offsets.
//!
//! Offsets come from a table of the whole tz database that is made when the library is built. The table is the same on every
//! platform; the zoneinfo of the machine is never used. With the feature `zoneinfo`, [`Zones::from_tzif`] takes the files of
//! another release instead.

mod resolver;
mod rules;
mod suggest;
mod table;
#[cfg(test)]
mod tests;
mod timeline;
#[cfg(feature = "zoneinfo")]
mod tzif;

#[cfg(feature = "zoneinfo")]
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
#[cfg(any(feature = "zoneinfo", feature = "calendar"))]
use std::sync::Arc;
use std::sync::LazyLock;

use chrono::NaiveDateTime;

use self::rules::Offsets;
use self::timeline::Timeline;
use super::Instant;
use super::civil::{Civil, DAY, Date};
use crate::problem::{Code, Problem, shortened};

pub(crate) use self::resolver::Resolver;
pub(crate) use self::timeline::Stretch;

/// A time zone with its IANA name: the offset from UTC at every instant.
///
/// It is cheap to clone and to share. Two zones are equal if they have the same name and the same offsets. Offsets are exact
/// from 2000 up to 2200; earlier times use the offset in force when 2000 began.
///
/// ```
/// use frontdesk::time::{Instant, Zone};
///
/// let zone = Zone::named("Europe/Stockholm")?;
/// assert_eq!(zone.offset_seconds(Instant::parse("2026-11-20T09:00:00Z")?), 3600);
/// assert_eq!(zone.offset_seconds(Instant::parse("2027-06-20T09:00:00Z")?), 7200);
/// # Ok::<(), frontdesk::Problem>(())
/// ```
#[derive(Clone)]
pub struct Zone(Source);

#[derive(Clone)]
enum Source {
    Bundled(&'static str, &'static Timeline),
    /// Of another release of the tz database.
    #[cfg(feature = "zoneinfo")]
    Given(Arc<str>, Arc<Timeline>),
    /// A zone that a calendar describes; documents cannot name it.
    #[cfg(feature = "calendar")]
    Described(Arc<str>, Arc<Timeline>),
}

/// Longer than any offset, in milliseconds: none is more than 26 hours.
const REACH: i64 = 2 * DAY;

static UTC: LazyLock<Timeline> = LazyLock::new(|| Timeline::new(&Offsets::default()));

impl Zone {
    /// Returns the bundled zone of a name, spelled exactly as in the tz database. Links such as `US/Pacific` are names, too.
    ///
    /// # Errors
    /// `unknown_zone`, with the nearest names as a hint.
    pub fn named(name: &str) -> Result<Zone, Problem> {
        Zones::bundled().get(name)
    }

    /// Returns the zone `UTC`.
    pub fn utc() -> Zone {
        Zone(Source::Bundled("UTC", &UTC))
    }

    /// Returns the name; a link keeps its own.
    pub fn name(&self) -> &str {
        match &self.0 {
            Source::Bundled(name, _) => name,
            #[cfg(feature = "zoneinfo")]
            Source::Given(name, _) => name,
            #[cfg(feature = "calendar")]
            Source::Described(name, _) => name,
        }
    }

    /// Returns `true` if both zones have the same offset at every instant from 2000 on, whatever their names: `US/Eastern`
    /// and `America/New_York` do.
    ///
    /// ```
    /// use frontdesk::time::Zone;
    ///
    /// let [link, target] = ["US/Eastern", "America/New_York"].map(|name| Zone::named(name).unwrap());
    /// assert!(link != target && link.has_same_clock(&target));
    /// ```
    pub fn has_same_clock(&self, other: &Zone) -> bool {
        let (mine, theirs) = (self.timeline(), other.timeline());
        std::ptr::eq(mine, theirs) || mine == theirs
    }

    /// Creates a zone that a calendar describes. Each change is its time (milliseconds since 1970, UTC) and the offset from
    /// then on, in milliseconds; they are ordered.
    #[cfg(feature = "calendar")]
    pub(crate) fn described(name: &str, first: i64, changes: impl IntoIterator<Item = (i64, i64)>) -> Zone {
        let changes = [(i64::MIN, first)].into_iter().chain(changes).collect();
        Zone(Source::Described(name.into(), Arc::new(Timeline::joined(changes))))
    }

    /// Returns `true` for a zone that a calendar describes, which no document can name.
    #[cfg(feature = "calendar")]
    pub(crate) fn is_described(&self) -> bool {
        matches!(self.0, Source::Described(..))
    }

    /// Returns all bundled names, sorted.
    pub fn names() -> impl Iterator<Item = &'static str> {
        table::names()
    }

    /// Returns the offset from UTC at an instant, in seconds east of UTC.
    pub fn offset_seconds(&self, at: Instant) -> i32 {
        (self.timeline().offset(at.millis()) / 1000) as i32
    }

    /// Returns the instant of a time on the wall clock.
    ///
    /// As in RFC 5545, a time that occurs twice is its first occurrence, and a time that the clocks skip is read with the
    /// offset before the gap, so it becomes a later time.
    ///
    /// # Errors
    /// `out_of_range` if the instant lies outside 2000–2199.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use frontdesk::time::Zone;
    ///
    /// let zone = Zone::named("Europe/Stockholm")?;
    /// let wall = |day, hour| NaiveDate::from_ymd_opt(2026, 3, day).unwrap().and_hms_opt(hour, 30, 0).unwrap();
    /// assert_eq!(zone.instant(wall(28, 2))?.to_string(), "2026-03-28T01:30:00.000Z");
    /// // On the 29th the clocks skip from 02:00 to 03:00.
    /// assert_eq!(zone.instant(wall(29, 2))?, zone.instant(wall(29, 3))?);
    /// # Ok::<(), frontdesk::Problem>(())
    /// ```
    pub fn instant(&self, wall: NaiveDateTime) -> Result<Instant, Problem> {
        Instant::from_millis(self.resolve(wall.into()))
    }

    /// Returns the date and time on the wall clock at an instant.
    pub(crate) fn local(&self, at: Instant) -> Civil {
        Civil(at.millis() + self.timeline().offset(at.millis()))
    }

    /// Resolves as [`instant`](Self::instant) does, but to milliseconds since 1970 (UTC) of any range.
    pub(crate) fn resolve(&self, civil: Civil) -> i64 {
        let (earliest, latest) = (civil.0.saturating_sub(REACH), civil.0.saturating_add(REACH));
        let mut resolved = civil.0;
        for stretch in self.stretches(earliest, latest) {
            let candidate = civil.0.saturating_sub(stretch.offset);
            if candidate < stretch.start {
                break; // a gap: what the stretch before it said
            }
            resolved = candidate;
            if candidate < stretch.end {
                break;
            }
        }
        resolved
    }

    /// Returns the smallest and the largest offset, in milliseconds, that may apply to times that become instants in a span.
    pub(crate) fn offsets_near(&self, start: Instant, end: Instant) -> (i64, i64) {
        let (from, to) = (start.millis().saturating_sub(REACH), end.millis().saturating_add(REACH));
        let bounds = (i64::MAX, i64::MIN);
        self.stretches(from, to)
            .fold(bounds, |(least, most), stretch| (least.min(stretch.offset), most.max(stretch.offset)))
    }

    /// Returns the instants at which a date begins, in milliseconds since 1970 (UTC): usually one; none if the zone skipped
    /// the date, and two if the clocks went back over midnight.
    pub(crate) fn starts_of(&self, date: Date) -> impl Iterator<Item = i64> + '_ {
        let midnight = date.midnight().0;
        self.stretches(midnight.saturating_sub(REACH), midnight.saturating_add(REACH)).filter_map(move |stretch| {
            let start = stretch.start.max(midnight.saturating_sub(stretch.offset));
            let shown = |at: i64, offset| Civil(at.saturating_add(offset)).date() == date;
            let before = start.saturating_sub(1);
            let turns = shown(start, stretch.offset) && !shown(before, self.timeline().offset(before));
            (turns && start < stretch.end).then_some(start)
        })
    }

    /// Returns the stretches of constant offset that touch `[start, end)`, given in milliseconds since 1970 (UTC), in order;
    /// the first and the last may reach beyond.
    pub(crate) fn stretches(&self, start: i64, end: i64) -> impl Iterator<Item = Stretch> + '_ {
        self.timeline().stretches(start, end)
    }

    fn timeline(&self) -> &Timeline {
        match &self.0 {
            Source::Bundled(_, timeline) => timeline,
            #[cfg(feature = "zoneinfo")]
            Source::Given(_, timeline) => timeline,
            #[cfg(feature = "calendar")]
            Source::Described(_, timeline) => timeline,
        }
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Zone) -> bool {
        self.name() == other.name() && self.has_same_clock(other)
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Zone").field(&self.name()).finish()
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl serde::Serialize for Zone {
    /// Writes the name.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl FromStr for Zone {
    type Err = Problem;

    fn from_str(name: &str) -> Result<Zone, Problem> {
        Zone::named(name)
    }
}

#[cfg(feature = "chrono-tz")]
impl TryFrom<chrono_tz::Tz> for Zone {
    type Error = Problem;

    /// Returns the bundled zone of the same name; the offsets of `chrono_tz` are not used.
    fn try_from(zone: chrono_tz::Tz) -> Result<Zone, Problem> {
        Zone::named(zone.name())
    }
}

/// A set of zones: the bundled ones, or those of another release of the tz database.
#[derive(Clone, Default)]
pub struct Zones(Release);

#[derive(Clone, Default)]
enum Release {
    #[default]
    Bundled,
    #[cfg(feature = "zoneinfo")]
    Given(Arc<Given>),
}

/// Zones given by the embedder, by name.
#[cfg(feature = "zoneinfo")]
type Given = BTreeMap<Arc<str>, Arc<Timeline>>;

impl Zones {
    /// The bundled release of the tz database, such as `2026f`.
    pub const BUNDLED_RELEASE: &'static str = table::RELEASE;

    /// Returns the bundled zones.
    pub fn bundled() -> Zones {
        Zones(Release::Bundled)
    }

    /// Returns the zone of a name, spelled exactly.
    ///
    /// # Errors
    /// `unknown_zone`, with the nearest names as a hint.
    pub fn get(&self, name: &str) -> Result<Zone, Problem> {
        self.find(name).ok_or_else(|| self.unknown(name))
    }

    /// Returns the zone of a name, without searching for similar names if there is none.
    pub(crate) fn find(&self, name: &str) -> Option<Zone> {
        let found = match &self.0 {
            Release::Bundled => table::find(name).map(|(name, timeline)| Source::Bundled(name, timeline)),
            #[cfg(feature = "zoneinfo")]
            Release::Given(given) => {
                given.get_key_value(name).map(|(name, zone)| Source::Given(name.clone(), zone.clone()))
            }
        };
        found.map(Zone)
    }

    /// Returns all names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let names: Box<dyn Iterator<Item = &str>> = match &self.0 {
            Release::Bundled => Box::new(table::names()),
            #[cfg(feature = "zoneinfo")]
            Release::Given(given) => Box::new(given.keys().map(|name| &**name)),
        };
        names
    }

    /// Returns the message for a name without a zone.
    pub(crate) fn no_zone(name: &str) -> String {
        format!("there is no time zone {:?}", shortened(name))
    }

    /// Returns the problem of a name without a zone, with the nearest names.
    pub(crate) fn unknown(&self, name: &str) -> Problem {
        Zones::unknown_name(name).with_hint(suggest::hint(name, &self.names().collect::<Vec<_>>()))
    }

    /// Returns the same problem without the nearest names.
    pub(crate) fn unknown_name(name: &str) -> Problem {
        Problem::new(Code::UnknownZone, Zones::no_zone(name))
    }
}

#[cfg(feature = "zoneinfo")]
impl Zones {
    /// Creates zones from the files of a zoneinfo folder, each given by its path inside the folder, which is the name of the
    /// zone, and its content. Other files, such as `tzdata.zi`, are ignored. The bundled zones are not used.
    ///
    /// # Errors
    /// `invalid_value` for a zone file that is broken or counts leap seconds, and if there is no zone file.
    pub fn from_tzif(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Zones, Problem> {
        let mut distinct = rustc_hash::FxHashMap::default();
        let mut zones = Given::new();
        for (name, file) in files.into_iter().filter(|(_, file)| file.starts_with(b"TZif")) {
            let zone = tzif::read(&file).map_err(|why| {
                Problem::new(Code::InvalidValue, format!("{:?} is not a usable zone file: {why}", shortened(&name)))
            })?;
            let timeline = distinct.entry(zone).or_insert_with_key(|zone| Arc::new(Timeline::new(zone)));
            zones.insert(name.into(), timeline.clone());
        }
        if zones.is_empty() {
            return Err(Problem::new(Code::InvalidValue, "there is no time zone file among the files"));
        }
        Ok(Zones(Release::Given(Arc::new(zones))))
    }
}

impl fmt::Debug for Zones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Release::Bundled => write!(f, "Zones(bundled {})", Zones::BUNDLED_RELEASE),
            #[cfg(feature = "zoneinfo")]
            Release::Given(given) => write!(f, "Zones({} given)", given.len()),
        }
    }
}
