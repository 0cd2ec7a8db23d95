//! The zones of Windows, by their names and by what they are called in its dialogs.

use std::collections::BTreeSet;

use strum::IntoEnumIterator;
use windows_timezones::WindowsTimezone;

/// Names that Windows had before, or has had for so short a time that the list does not have them.
const OTHERS: [(&str, &str); 4] = [
    ("British Columbia Standard Time", "America/Vancouver"),
    ("Kamchatka Standard Time", "Asia/Kamchatka"),
    ("Mid-Atlantic Standard Time", "Atlantic/South_Georgia"),
    ("Mexico Standard Time", "America/Mexico_City"),
];

/// The name in the tz database of a zone of Windows, as the list of CLDR has it for the whole world.
pub(super) fn iana(name: &str) -> Option<&'static str> {
    // Outlook numbers the zones of a calendar that have the same name.
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    by_name(name).or_else(|| if plain == name { None } else { by_name(plain) }).or_else(|| by_description(name))
}

fn by_name(name: &str) -> Option<&'static str> {
    let listed = WindowsTimezone::iter().find(|zone| zone.name().eq_ignore_ascii_case(name));
    let other = || OTHERS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, iana)| *iana);
    listed.map(WindowsTimezone::tzdb_id).or_else(other)
}

/// The zone whose description names the same places: `(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna`.
fn by_description(text: &str) -> Option<&'static str> {
    let (offset, wanted) = taken_apart(text);
    let similar = |zone: &WindowsTimezone| {
        let (its_offset, places) = taken_apart(zone.description());
        let alike = !wanted.is_empty() && (places.is_subset(&wanted) || wanted.is_subset(&places));
        alike.then(|| (its_offset == offset, places.intersection(&wanted).count()))
    };
    // The first of the best.
    let candidates = WindowsTimezone::iter().filter_map(|zone| similar(&zone).map(|score| (score, zone)));
    let best = candidates.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|((_, places), _)| *places > 0).map(|(_, zone)| zone.tzdb_id())
}

/// The offset of a description as digits with their sign, and the places it names.
fn taken_apart(text: &str) -> (String, BTreeSet<String>) {
    let (offset, rest) = match text.strip_prefix('(').and_then(|text| text.split_once(')')) {
        Some((offset, rest)) if offset.starts_with("UTC") || offset.starts_with("GMT") => (offset, rest),
        _ => ("", text),
    };
    let offset: String = offset.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '-')).collect();
    let offset = if offset.chars().all(|c| matches!(c, '0' | '+' | '-')) { String::new() } else { offset };
    let places = rest.split([',', '/', ':']).map(|place| place.trim().to_lowercase());
    (offset, places.filter(|place| !place.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;
    use windows_timezones::WindowsTimezone;

    use super::{OTHERS, iana};
    use crate::time::Zone;

    #[test]
    fn every_zone_of_windows_is_known_by_its_name_and_its_description() {
        for zone in WindowsTimezone::iter() {
            assert!(Zone::named(zone.tzdb_id()).is_ok(), "{zone:?}");
            assert_eq!(iana(zone.name()), Some(zone.tzdb_id()));
            assert_eq!(iana(zone.description()), Some(zone.tzdb_id()), "{}", zone.description());
        }
        for (name, expected) in OTHERS {
            assert!(Zone::named(expected).is_ok());
            assert_eq!(iana(name), Some(expected));
        }
    }
}
