//! Zones by name, in the spellings that calendars use.

use super::windows;
use crate::time::{Zone, Zones};

/// The longest name that is looked up.
const MOST_CHARACTERS: usize = 256;

/// A zone found by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    /// The exact name of a zone in the tz database or in Windows, or an offset.
    Surely(Zone),
    /// A different spelling or a part of a name; a description in the calendar takes precedence.
    Probably(Zone),
}

impl Named {
    pub fn zone(self) -> Zone {
        match self {
            Named::Surely(zone) | Named::Probably(zone) => zone,
        }
    }
}

/// Finds a zone by name: a name of the tz database, perhaps after the prefix of a program
/// (`/mozilla.org/20050126_1/Europe/Berlin`); a name of Windows or its label in the dialogs of Windows; such a name without
/// its end, as Lotus Notes writes it (`Eastern`); or a plain offset.
pub(crate) fn by_name(name: &str, zones: &Zones) -> Option<Named> {
    let name = name.trim().trim_matches(['"', '\'']).trim();
    if name.is_empty() || name.len() > MOST_CHARACTERS {
        return None;
    }
    let get = |name: &str| zones.get(name).ok();
    let of_windows = |name: &str| windows::iana(name).and_then(get);
    let surely = get(name)
        .or_else(|| by_offset(name, zones))
        .or_else(|| of_windows(name))
        .or_else(|| suffixes(name).find_map(get));
    let probably = || {
        known(name, zones)
            .or_else(|| suffixes(name).find_map(|suffix| known(suffix, zones)))
            .or_else(|| windows::iana_of_part(name).and_then(get))
    };
    surely.map(Named::Surely).or_else(|| probably().map(Named::Probably))
}

/// Finds a zone of the tz database, ignoring case and accents, and taking blanks for underscores.
fn known(name: &str, zones: &Zones) -> Option<Zone> {
    let wanted = folded(name);
    let spelled = zones.names().find(|known| folded(known) == wanted)?.to_owned();
    zones.get(&spelled).ok()
}

/// Returns the parts of a name after each slash, the longest first.
fn suffixes(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').filter_map(|(at, _)| name.get(at + 1..)).filter(|rest| !rest.is_empty())
}

/// Returns a name in small letters without accents, with blanks for underscores and `&` for "and".
pub(super) fn folded(name: &str) -> String {
    let plain: String = name.chars().flat_map(char::to_lowercase).map(without_accent).collect();
    plain.replace('_', " ").replace(" and ", " & ")
}

/// Returns a small Latin letter without its accent; other characters are returned unchanged.
fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' | 'ļ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

/// Finds the zone for an offset, such as `UTC+01:00`, `(GMT +1)`, `GMT-0530` or `+0200`.
///
/// Whole hours give a zone of the tz database; other offsets give a zone that always had this offset, or else one of the
/// calendar's own.
fn by_offset(name: &str, zones: &Zones) -> Option<Zone> {
    let seconds = offset(name)?;
    let hours = seconds / 3600;
    // The sign in these names is reversed: Etc/GMT-1 is an hour ahead of UTC.
    let whole = match hours {
        0 => "UTC".to_owned(),
        _ => format!("Etc/GMT{:+}", -hours),
    };
    let described = Zone::described(name, seconds * 1000, []);
    let whole = zones.get(&whole).ok().filter(|_| seconds % 3600 == 0);
    let constant =
        || zones.names().filter_map(|name| zones.get(name).ok()).find(|zone| zone.has_same_clock(&described));
    whole.or_else(constant).or(Some(described))
}

/// Returns the offset from UTC in seconds that a name gives.
fn offset(name: &str) -> Option<i64> {
    let inner = name.strip_prefix('(').and_then(|name| name.strip_suffix(')')).unwrap_or(name);
    let upper = inner.trim().to_ascii_uppercase();
    if upper == "Z" || upper == "UTC" {
        return Some(0);
    }
    let rest = ["UTC", "GMT"].iter().find_map(|prefix| upper.strip_prefix(prefix)).unwrap_or(&upper).trim_start();
    let (sign, number) = match rest.strip_prefix('+') {
        Some(number) => (1, number),
        None => (-1, rest.strip_prefix(['-', '\u{2212}'])?),
    };
    let (hours, minutes) = match number.split_once([':', '.']) {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if number.len() > 2 => number.split_at_checked(number.len() - 2)?,
        None => (number, "0"),
    };
    let number = |text: &str| text.parse::<i64>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::{Named, by_name};
    use crate::time::Zones;

    /// A name, and the zone it stands for.
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
        ("GMT+2", "Etc/GMT-2"),
        ("UTC+02:00", "Etc/GMT-2"),
        ("(GMT +01:00)", "Etc/GMT-1"),
        ("+0200", "Etc/GMT-2"),
        ("-03:00", "Etc/GMT+3"),
        ("GMT+0530", "Asia/Calcutta"),
        ("UTC+05:45", "Asia/Kathmandu"),
        ("UTC-1:37", "UTC-1:37"),
        // Other case, accents, or a part of the name.
        ("EUROPE/LISBON", "Europe/Lisbon"),
        ("america/são_paulo", "America/Sao_Paulo"),
        ("/mozilla.org/20050126_1/europe/lisbon", "Europe/Lisbon"),
        ("'Europe/Berlin'", "Europe/Berlin"),
        ("(UTC-03:00) Brasília", "America/Sao_Paulo"),
        ("(UTC-05:00) Eastern Time (US and Canada)", "America/New_York"),
        ("Eastern", "America/New_York"),
        ("Pacific", "America/Los_Angeles"),
        ("W. Europe", "Europe/Berlin"),
        ("Central European", "Europe/Warsaw"),
        ("Eastern Time", "America/New_York"),
        ("Eastern Daylight Time", "America/New_York"),
        ("US/Eastern", "US/Eastern"),
    ];

    #[test]
    fn zones_have_many_names() {
        for (name, expected) in NAMES {
            let zone = by_name(name, &Zones::bundled()).map(Named::zone);
            assert_eq!(zone.as_ref().map(|zone| zone.name()), Some(*expected), "{name}");
        }
    }

    #[test]
    fn other_names_are_none() {
        for name in [
            "",
            "/",
            "Europe",
            "Custom",
            "tzone://Microsoft/Custom",
            "Mitteleuropa",
            "GMT+25",
            "UTC+",
            "+",
            "()",
            "UTC+1:7",
        ] {
            assert_eq!(by_name(name, &Zones::bundled()), None, "{name}");
        }
        assert_eq!(by_name(&"x/".repeat(1000), &Zones::bundled()), None);
    }
}
