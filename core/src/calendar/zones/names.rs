//! Zones by name, in the spellings that calendars have for them.

use super::windows;
use crate::time::{Zone, Zones};

/// The longest name that is looked up.
const MOST_CHARACTERS: usize = 256;

/// The zone of a name: that of the tz database, perhaps behind the prefix of a program
/// (`/mozilla.org/20050126_1/Europe/Berlin`), a name of Windows, or a plain offset.
pub(crate) fn by_name(name: &str, zones: &Zones) -> Option<Zone> {
    let name = name.trim().trim_matches('"').trim();
    if name.is_empty() || name.len() > MOST_CHARACTERS {
        return None;
    }
    known(name, zones)
        .or_else(|| windows::iana(name).and_then(|name| zones.get(name).ok()))
        .or_else(|| by_offset(name, zones))
        .or_else(|| suffixes(name).find_map(|suffix| known(suffix, zones)))
}

/// The zone of a name of the tz database, in capitals or not, with blanks or underscores.
fn known(name: &str, zones: &Zones) -> Option<Zone> {
    if let Ok(zone) = zones.get(name) {
        return Some(zone);
    }
    let spelled = name.replace(' ', "_");
    let spelled = zones.names().find(|known| known.eq_ignore_ascii_case(&spelled))?.to_owned();
    zones.get(&spelled).ok()
}

/// What is left of a name after each slash, the longest first.
fn suffixes(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').filter_map(|(at, _)| name.get(at + 1..)).filter(|rest| !rest.is_empty())
}

/// The zone of a name such as `UTC+01:00` or `GMT-5`: one that is always so many whole hours ahead.
fn by_offset(name: &str, zones: &Zones) -> Option<Zone> {
    let upper = name.to_ascii_uppercase();
    if upper == "Z" {
        return Some(Zone::utc());
    }
    let rest = ["UTC", "GMT"].iter().find_map(|prefix| upper.strip_prefix(prefix))?.trim();
    let (sign, number) = match rest.split_at_checked(1)? {
        ("+", rest) => ('-', rest),
        ("-" | "\u{2212}", rest) => ('+', rest),
        _ => return None,
    };
    let number: String = number.chars().filter(|c| *c != ':').collect();
    let hours = match number.len() {
        1 | 2 => number.as_str(),
        4 => number.strip_suffix("00")?,
        _ => return None,
    };
    let hours: u8 = hours.parse().ok()?;
    // The sign of these names is turned round: Etc/GMT-1 is an hour ahead.
    let name = if hours == 0 { "UTC".to_owned() } else { format!("Etc/GMT{sign}{hours}") };
    zones.get(&name).ok()
}

#[cfg(test)]
mod tests {
    use super::by_name;
    use crate::time::Zones;

    /// A name, and the zone it means.
    const NAMES: &[(&str, &str)] = &[
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        (" \"Europe/Berlin\" ", "Europe/Berlin"),
        ("UTC", "UTC"),
        ("utc", "UTC"),
        ("GMT", "GMT"),
        ("Z", "UTC"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "Europe/Berlin"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("/softwarestudio.org/Olson_20011030_5/America/Los_Angeles", "America/Los_Angeles"),
        ("/citadel.org/20210210_1/Asia/Kolkata", "Asia/Kolkata"),
        ("/Europe/Berlin", "Europe/Berlin"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("w. europe standard time", "Europe/Berlin"),
        ("W. Europe Standard Time 1", "Europe/Berlin"),
        ("Eastern Standard Time", "America/New_York"),
        ("Central Standard Time (Mexico)", "America/Mexico_City"),
        ("Mid-Atlantic Standard Time", "Atlantic/South_Georgia"),
        ("Kamchatka Standard Time", "Asia/Kamchatka"),
        ("British Columbia Standard Time", "America/Vancouver"),
        ("India Standard Time", "Asia/Calcutta"),
        ("UTC-11", "Etc/GMT+11"),
        ("UTC+12", "Etc/GMT-12"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
        ("(GMT+01.00) Amsterdam / Berlin / Bern / Rome / Stockholm / Vienna", "Europe/Berlin"),
        ("(GMT+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
        ("Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(GMT-08:00) Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London", "Europe/London"),
        ("(UTC) Dublin, Edinburgh, Lisbon, London", "Europe/London"),
        ("(UTC+10:00) Canberra, Melbourne, Sydney", "Australia/Sydney"),
        ("(UTC) Coordinated Universal Time", "Etc/UTC"),
        ("UTC+01:00", "Etc/GMT-1"),
        ("GMT-0500", "Etc/GMT+5"),
        ("GMT+0", "GMT+0"),
        ("GMT+00:00", "UTC"),
    ];

    #[test]
    fn zones_have_many_names() {
        for (name, expected) in NAMES {
            let zone = by_name(name, &Zones::bundled());
            assert_eq!(zone.as_ref().map(|zone| zone.name()), Some(*expected), "{name}");
        }
    }

    #[test]
    fn other_names_are_none() {
        for name in
            ["", "/", "Europe", "Custom", "tzone://Microsoft/Custom", "Mitteleuropa", "GMT+25", "UTC+05:30", "()"]
        {
            assert_eq!(by_name(name, &Zones::bundled()), None, "{name}");
        }
        assert_eq!(by_name(&"x/".repeat(1000), &Zones::bundled()), None);
    }
}
