//! The zones of Windows, by their names and by their labels in its dialogs.

use super::names::folded;
use std::collections::BTreeSet;
use windows_timezones::WindowsTimezone;

/// The names in Windows, from west to east.
#[rustfmt::skip]
const NAMES: [&str; 139] = [
    "Dateline Standard Time",
    "UTC-11",
    "Aleutian Standard Time",
    "Hawaiian Standard Time",
    "Marquesas Standard Time",
    "Alaskan Standard Time",
    "UTC-09",
    "Pacific Standard Time (Mexico)",
    "UTC-08",
    "Pacific Standard Time",
    "US Mountain Standard Time",
    "Mountain Standard Time (Mexico)",
    "Mountain Standard Time",
    "Yukon Standard Time",
    "Central America Standard Time",
    "Central Standard Time",
    "Easter Island Standard Time",
    "Central Standard Time (Mexico)",
    "Canada Central Standard Time",
    "SA Pacific Standard Time",
    "Eastern Standard Time (Mexico)",
    "Eastern Standard Time",
    "Haiti Standard Time",
    "Cuba Standard Time",
    "US Eastern Standard Time",
    "Turks And Caicos Standard Time",
    "Paraguay Standard Time",
    "Atlantic Standard Time",
    "Venezuela Standard Time",
    "Central Brazilian Standard Time",
    "SA Western Standard Time",
    "Pacific SA Standard Time",
    "Newfoundland Standard Time",
    "Tocantins Standard Time",
    "E. South America Standard Time",
    "SA Eastern Standard Time",
    "Argentina Standard Time",
    "Greenland Standard Time",
    "Montevideo Standard Time",
    "Magallanes Standard Time",
    "Saint Pierre Standard Time",
    "Bahia Standard Time",
    "UTC-02",
    "Azores Standard Time",
    "Cape Verde Standard Time",
    "UTC",
    "GMT Standard Time",
    "Greenwich Standard Time",
    "Sao Tome Standard Time",
    "Morocco Standard Time",
    "W. Europe Standard Time",
    "Central Europe Standard Time",
    "Romance Standard Time",
    "Central European Standard Time",
    "W. Central Africa Standard Time",
    "Jordan Standard Time",
    "GTB Standard Time",
    "Middle East Standard Time",
    "Egypt Standard Time",
    "E. Europe Standard Time",
    "Syria Standard Time",
    "West Bank Standard Time",
    "South Africa Standard Time",
    "FLE Standard Time",
    "Israel Standard Time",
    "South Sudan Standard Time",
    "Kaliningrad Standard Time",
    "Sudan Standard Time",
    "Libya Standard Time",
    "Namibia Standard Time",
    "Arabic Standard Time",
    "Turkey Standard Time",
    "Arab Standard Time",
    "Belarus Standard Time",
    "Russian Standard Time",
    "E. Africa Standard Time",
    "Iran Standard Time",
    "Arabian Standard Time",
    "Astrakhan Standard Time",
    "Azerbaijan Standard Time",
    "Russia Time Zone 3",
    "Mauritius Standard Time",
    "Saratov Standard Time",
    "Georgian Standard Time",
    "Volgograd Standard Time",
    "Caucasus Standard Time",
    "Afghanistan Standard Time",
    "West Asia Standard Time",
    "Ekaterinburg Standard Time",
    "Pakistan Standard Time",
    "Qyzylorda Standard Time",
    "India Standard Time",
    "Sri Lanka Standard Time",
    "Nepal Standard Time",
    "Central Asia Standard Time",
    "Bangladesh Standard Time",
    "Omsk Standard Time",
    "Myanmar Standard Time",
    "SE Asia Standard Time",
    "Altai Standard Time",
    "W. Mongolia Standard Time",
    "North Asia Standard Time",
    "N. Central Asia Standard Time",
    "Tomsk Standard Time",
    "China Standard Time",
    "North Asia East Standard Time",
    "Singapore Standard Time",
    "W. Australia Standard Time",
    "Taipei Standard Time",
    "Ulaanbaatar Standard Time",
    "Aus Central W. Standard Time",
    "Transbaikal Standard Time",
    "Tokyo Standard Time",
    "North Korea Standard Time",
    "Korea Standard Time",
    "Yakutsk Standard Time",
    "Cen. Australia Standard Time",
    "AUS Central Standard Time",
    "E. Australia Standard Time",
    "AUS Eastern Standard Time",
    "West Pacific Standard Time",
    "Tasmania Standard Time",
    "Vladivostok Standard Time",
    "Lord Howe Standard Time",
    "Bougainville Standard Time",
    "Russia Time Zone 10",
    "Magadan Standard Time",
    "Norfolk Standard Time",
    "Sakhalin Standard Time",
    "Central Pacific Standard Time",
    "Russia Time Zone 11",
    "New Zealand Standard Time",
    "UTC+12",
    "Fiji Standard Time",
    "Chatham Islands Standard Time",
    "UTC+13",
    "Tonga Standard Time",
    "Samoa Standard Time",
    "Line Islands Standard Time",
];

/// Names that Windows used before, or that are too new for the list.
const OTHERS: [(&str, &str); 4] = [
    ("British Columbia Standard Time", "America/Vancouver"),
    ("Kamchatka Standard Time", "Asia/Kamchatka"),
    ("Mid-Atlantic Standard Time", "Atlantic/South_Georgia"),
    ("Mexico Standard Time", "America/Mexico_City"),
];

/// Returns all zones of Windows.
pub(super) fn all() -> impl Iterator<Item = WindowsTimezone> {
    NAMES.iter().filter_map(|name| name.parse().ok())
}

/// Returns the name in the tz database for a zone of Windows; CLDR lists one for the whole world.
pub(super) fn iana(name: &str) -> Option<&'static str> {
    // Outlook numbers zones of the same name within a calendar.
    let plain = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    by_name(name).or_else(|| if plain == name { None } else { by_name(plain) }).or_else(|| by_description(name))
}

/// Returns the name in the tz database for a part of a Windows name: Lotus Notes writes `Eastern`, other programs `Eastern
/// Time` or `Eastern Daylight Time`.
pub(super) fn iana_of_part(name: &str) -> Option<&'static str> {
    let name = folded(name);
    let start = [" daylight time", " standard time", " time"].iter().find_map(|end| name.strip_suffix(end));
    by_name(&format!("{} standard time", start.unwrap_or(&name)))
}

fn by_name(name: &str) -> Option<&'static str> {
    // A zone that this list does not have yet is known by its exact name.
    let listed = all().find(|zone| zone.name().eq_ignore_ascii_case(name)).or_else(|| name.parse().ok());
    let other = || OTHERS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, iana)| *iana);
    listed.map(WindowsTimezone::tzdb_id).or_else(other)
}

/// Finds the zone whose label names the same places: `(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna`.
fn by_description(text: &str) -> Option<&'static str> {
    let (offset, wanted) = taken_apart(text);
    let similar = |zone: &WindowsTimezone| {
        let (its_offset, places) = taken_apart(zone.description());
        let alike = !wanted.is_empty() && (places.is_subset(&wanted) || wanted.is_subset(&places));
        alike.then(|| (its_offset == offset, places.intersection(&wanted).count()))
    };
    // The first of those with the best score.
    let candidates = all().filter_map(|zone| similar(&zone).map(|score| (score, zone)));
    let best = candidates.reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.filter(|((_, places), _)| *places > 0).map(|(_, zone)| zone.tzdb_id())
}

/// Splits a label into the digits of its offset with their sign, and the places it names.
fn taken_apart(text: &str) -> (String, BTreeSet<String>) {
    let (offset, rest) = match text.strip_prefix('(').and_then(|text| text.split_once(')')) {
        Some((offset, rest)) if offset.starts_with("UTC") || offset.starts_with("GMT") => (offset, rest),
        _ => ("", text),
    };
    let offset: String = offset.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '-')).collect();
    let offset = if offset.chars().all(|c| matches!(c, '0' | '+' | '-')) { String::new() } else { offset };
    let rest = folded(rest);
    let places = rest.split([',', '/', ':']).map(|place| place.trim().to_owned());
    (offset, places.filter(|place| !place.is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;
    use windows_timezones::WindowsTimezone;

    use super::{NAMES, OTHERS, all, iana};
    use crate::time::Zone;

    #[test]
    fn every_zone_of_windows_is_known_by_its_name_and_its_description() {
        assert_eq!(all().count(), NAMES.len());
        // A later release of the crate may have more zones.
        for zone in WindowsTimezone::iter() {
            assert!(Zone::named(zone.tzdb_id()).is_ok(), "{zone:?}");
            assert_eq!(iana(zone.name()), Some(zone.tzdb_id()));
        }
        for zone in all() {
            assert_eq!(iana(zone.description()), Some(zone.tzdb_id()), "{}", zone.description());
        }
        for (name, expected) in OTHERS {
            assert!(Zone::named(expected).is_ok());
            assert_eq!(iana(name), Some(expected));
        }
    }
}
