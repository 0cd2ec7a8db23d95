//! Free/busy time (`VFREEBUSY`, RFC 5545, section 3.6.4) as events, one for each period.

use super::event::read_period;
use super::lines::Line;
use super::text::unescaped;
use super::tree::Component;
use crate::calendar::away::{Claim, ShownAs};
use crate::calendar::event::{self, Event, Ours};
use crate::calendar::notes::{Notes, Origin};
use crate::calendar::zones::ZoneFinder;

/// The meaning of each `FBTYPE`; an unknown type is busy.
const TYPES: [(&str, ShownAs); 4] = [
    ("FREE", ShownAs::Free),
    ("BUSY", ShownAs::Busy),
    ("BUSY-UNAVAILABLE", ShownAs::OutOfOffice),
    ("BUSY-TENTATIVE", ShownAs::Tentative),
];

/// Reads the periods of a component that are not free. A period that is not understood is noted and left out.
///
/// The events get no id from the component: a period has to remain the same absence from one day to the next, although the
/// id of the component changes.
pub(crate) fn read(component: &Component, zones: &mut ZoneFinder<'_>, notes: &mut Notes) -> Vec<Event> {
    let uid = component.value("UID").map(unescaped);
    let path = event::path(&component.name, uid.as_deref());
    if component.is_cut {
        notes.unread.extend(uid);
        return Vec::new();
    }
    let mut events = Vec::new();
    for line in component.lines("FREEBUSY").filter(|line| shown_as(line) != ShownAs::Free) {
        for value in line.value.split(',').map(str::trim).filter(|value| !value.is_empty()) {
            match read_period(component, line, value, zones) {
                Ok((start, ending)) => events.push(Event {
                    order: 0,
                    uid: None,
                    sequence: None,
                    stamp: None,
                    claim: Claim { shown_as: Some(shown_as(line)), ..Claim::default() },
                    note: None,
                    start,
                    ending,
                    repeats: Vec::new(),
                    except: Vec::new(),
                    also: Vec::new(),
                    instead_of: None,
                    ours: Ours::default(),
                    is_observance: false,
                    origin: Origin::Line(line.number),
                    places: Vec::new(),
                    path: path.clone(),
                }),
                Err(mut problem) => {
                    problem.message.push_str("; it is passed over");
                    notes.problem(Origin::Line(line.number), problem.at_path(format!("{path}.FREEBUSY")));
                }
            }
        }
    }
    events
}

fn shown_as(line: &Line) -> ShownAs {
    let named = line.param("FBTYPE").unwrap_or("BUSY");
    TYPES.iter().find(|(name, _)| named.eq_ignore_ascii_case(name)).map_or(ShownAs::Busy, |(_, shown_as)| *shown_as)
}
