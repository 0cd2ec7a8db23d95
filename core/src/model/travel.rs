//! Travel of agents: dates that are read in another zone.

use chrono::NaiveDate;
use serde::Serialize;

use super::attributes::Extensions;
use super::hours::check_order;
use crate::problem::{Code, Problem};
use crate::read::{Node, Reader, Segment};
use crate::time::Zone;

/// Dates on which an agent's hours, dates and holidays are read in another zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Travel {
    /// The first date.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Date"))]
    pub first_day: NaiveDate,
    /// The last date.
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Date"))]
    pub last_day: NaiveDate,
    /// The zone of the dates.
    pub time_zone: Zone,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Travel {
    pub(super) fn read_list(r: &mut Reader<'_>, node: &Node) -> Option<Vec<Travel>> {
        // A travel that cannot be read keeps its place, so that a problem names the right one.
        let travels = r.list(node, |r, node| Some(Self::read(r, node)))?;
        check_overlaps(r, &travels);
        Some(travels.into_iter().flatten().collect())
    }

    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Travel> {
        let mut fields = r.object(node)?;
        let first = r.required(&mut fields, "first_day", Reader::date);
        let last = r.required(&mut fields, "last_day", Reader::date);
        let time_zone = r.required(&mut fields, "time_zone", Reader::zone);
        check_order(r, first, last);
        let extensions = r.finish(fields);
        Some(Travel { first_day: first?, last_day: last?, time_zone: time_zone?, extensions })
    }
}

/// Reports each travel that begins before another has ended; of two, the one that is later in the list.
fn check_overlaps(r: &mut Reader<'_>, travels: &[Option<Travel>]) {
    let mut in_order: Vec<(usize, &Travel)> =
        travels.iter().enumerate().filter_map(|(place, travel)| Some((place, travel.as_ref()?))).collect();
    in_order.sort_by_key(|(_, travel)| travel.first_day);
    let mut longest: Option<(usize, &Travel)> = None;
    for one in in_order {
        let meets = |known: &(usize, &Travel)| one.1.first_day <= known.1.last_day;
        let Some(known) = longest.filter(meets) else {
            longest = Some(one);
            continue;
        };
        longest = Some(if known.1.last_day < one.1.last_day { one } else { known });
        let (place, other) = if known.0 < one.0 { (one.0, known.1) } else { (known.0, one.1) };
        let message = format!("the travel overlaps another, from {} to {}", other.first_day, other.last_day);
        let problem = Problem::new(Code::Conflict, message).with_hint("read each date in one zone");
        r.under(Segment::Index(place), |r| r.report(problem));
    }
}
