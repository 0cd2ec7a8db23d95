//! Suggestions for a name without a zone: a misspelt name, a city alone, an abbreviation, an offset.

use crate::problem::{LONGEST_NAME, did_you_mean, listed};

/// The largest number of names suggested.
const MOST: usize = 3;

/// Other words for the clock of a place, with the place. An abbreviation may stand for several places.
#[rustfmt::skip]
const MEANT: [(&str, &[&str]); 64] = [
    ("acdt", &["Australia/Adelaide"]),
    ("acst", &["Australia/Adelaide", "Australia/Darwin"]),
    ("adt", &["America/Halifax"]),
    ("aedt", &["Australia/Sydney"]),
    ("aest", &["Australia/Sydney", "Australia/Brisbane"]),
    ("akdt", &["America/Anchorage"]),
    ("akst", &["America/Anchorage"]),
    ("art", &["America/Argentina/Buenos_Aires"]),
    ("ast", &["America/Halifax", "Asia/Riyadh"]),
    ("awst", &["Australia/Perth"]),
    ("bangalore", &["Asia/Kolkata"]),
    ("beijing", &["Asia/Shanghai"]),
    ("boston", &["America/New_York"]),
    ("brt", &["America/Sao_Paulo"]),
    ("bst", &["Europe/London"]),
    ("cat", &["Africa/Maputo"]),
    ("cdt", &["America/Chicago"]),
    ("cest", &["Europe/Paris", "Europe/Berlin", "Europe/Stockholm"]),
    ("clt", &["America/Santiago"]),
    ("cot", &["America/Bogota"]),
    ("cst", &["America/Chicago", "Asia/Shanghai"]),
    ("ct", &["America/Chicago"]),
    ("delhi", &["Asia/Kolkata"]),
    ("eat", &["Africa/Nairobi"]),
    ("edt", &["America/New_York"]),
    ("eest", &["Europe/Athens", "Europe/Helsinki", "Europe/Kyiv"]),
    ("et", &["America/New_York"]),
    ("frankfurt", &["Europe/Berlin"]),
    ("geneva", &["Europe/Zurich"]),
    ("gst", &["Asia/Dubai"]),
    ("hamburg", &["Europe/Berlin"]),
    ("hkt", &["Asia/Hong_Kong"]),
    ("idt", &["Asia/Jerusalem"]),
    ("ist", &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
    ("jst", &["Asia/Tokyo"]),
    ("kst", &["Asia/Seoul"]),
    ("mdt", &["America/Denver"]),
    ("mest", &["Europe/Paris", "Europe/Berlin", "Europe/Stockholm"]),
    ("miami", &["America/New_York"]),
    ("milan", &["Europe/Rome"]),
    ("msk", &["Europe/Moscow"]),
    ("mt", &["America/Denver"]),
    ("mumbai", &["Asia/Kolkata"]),
    ("munich", &["Europe/Berlin"]),
    ("ndt", &["America/St_Johns"]),
    ("new_delhi", &["Asia/Kolkata"]),
    ("nst", &["America/St_Johns"]),
    ("nzdt", &["Pacific/Auckland"]),
    ("nzst", &["Pacific/Auckland"]),
    ("pdt", &["America/Los_Angeles"]),
    ("pht", &["Asia/Manila"]),
    ("pkt", &["Asia/Karachi"]),
    ("pst", &["America/Los_Angeles"]),
    ("pt", &["America/Los_Angeles"]),
    ("rio_de_janeiro", &["America/Sao_Paulo"]),
    ("san_francisco", &["America/Los_Angeles"]),
    ("sast", &["Africa/Johannesburg"]),
    ("seattle", &["America/Los_Angeles"]),
    ("sgt", &["Asia/Singapore"]),
    ("washington", &["America/New_York"]),
    ("wat", &["Africa/Lagos"]),
    ("west", &["Europe/Lisbon"]),
    ("wib", &["Asia/Jakarta"]),
    ("z", &["UTC"]),
];

/// Offsets in minutes ahead of UTC, each with a place that has it in winter or all year.
#[rustfmt::skip]
const PLACES: [(i32, &str); 39] = [
    (-660, "Pacific/Pago_Pago"),
    (-600, "Pacific/Honolulu"),
    (-570, "Pacific/Marquesas"),
    (-540, "America/Anchorage"),
    (-480, "America/Los_Angeles"),
    (-420, "America/Denver"),
    (-360, "America/Chicago"),
    (-300, "America/New_York"),
    (-240, "America/Halifax"),
    (-210, "America/St_Johns"),
    (-180, "America/Sao_Paulo"),
    (-150, "America/St_Johns"),
    (-120, "America/Noronha"),
    (-60, "Atlantic/Azores"),
    (0, "UTC"),
    (60, "Europe/Paris"),
    (120, "Europe/Athens"),
    (180, "Europe/Moscow"),
    (210, "Asia/Tehran"),
    (240, "Asia/Dubai"),
    (270, "Asia/Kabul"),
    (300, "Asia/Karachi"),
    (330, "Asia/Kolkata"),
    (345, "Asia/Kathmandu"),
    (360, "Asia/Dhaka"),
    (390, "Asia/Yangon"),
    (420, "Asia/Bangkok"),
    (480, "Asia/Shanghai"),
    (525, "Australia/Eucla"),
    (540, "Asia/Tokyo"),
    (570, "Australia/Darwin"),
    (600, "Australia/Sydney"),
    (630, "Australia/Lord_Howe"),
    (660, "Pacific/Noumea"),
    (720, "Pacific/Auckland"),
    (765, "Pacific/Chatham"),
    (780, "Pacific/Tongatapu"),
    (825, "Pacific/Chatham"),
    (840, "Pacific/Kiritimati"),
];

/// Well-known zones, suggested if the name says little or nothing.
const WELL_KNOWN: [&str; 16] = [
    "Europe/London",
    "America/New_York",
    "UTC",
    "Europe/Paris",
    "Europe/Berlin",
    "America/Chicago",
    "America/Los_Angeles",
    "Asia/Tokyo",
    "Asia/Shanghai",
    "Asia/Kolkata",
    "Australia/Sydney",
    "Africa/Cairo",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Pacific/Auckland",
    "Pacific/Honolulu",
];

/// Returns a hint for a name that is not known: one to three known names, unless there are fewer.
pub(super) fn hint(wrong: &str, known: &[&str]) -> String {
    let wanted = folded(&wrong.chars().take(LONGEST_NAME).collect::<String>());
    if let Some(advice) = offset(&wanted).and_then(|minutes| of_offset(minutes, known)) {
        return advice;
    }
    let place = wanted.rsplit('/').next().unwrap_or_default();
    let meant = MEANT.iter().find(|(text, _)| *text == place).map_or(&[][..], |(_, names)| names);
    let (slips, near) = near(&wanted, known);
    let names = if slips == 0 || meant.is_empty() { near } else { only(meant.iter().copied(), known) };
    did_you_mean(&names).unwrap_or_else(|| examples(&wanted, known))
}

/// Returns a name in lower case, with the separators between words that zone names have.
fn folded(name: &str) -> String {
    name.trim().replace(' ', "_").to_ascii_lowercase()
}

/// Returns the first few names that are known.
fn only<'a>(names: impl Iterator<Item = &'a str>, known: &[&str]) -> Vec<&'a str> {
    names.filter(|name| known.contains(name)).take(MOST).collect()
}

/// Returns the names that differ by the fewest letters, as a whole or in the part after the last slash, and that number.
fn near<'a>(wanted: &str, known: &[&'a str]) -> (usize, Vec<&'a str>) {
    let (region, place) = wanted.rsplit_once('/').unwrap_or(("", wanted));
    let mut near: Vec<(usize, bool, &str)> = known
        .iter()
        .filter_map(|name| {
            let folded = folded(name);
            let (of_region, of_place) = folded.rsplit_once('/').unwrap_or(("", &folded));
            let slips = slips(wanted, &folded).into_iter().chain(slips(place, of_place)).min()?;
            Some((slips, region != of_region, *name))
        })
        .collect();
    near.sort_unstable();
    let Some((fewest, elsewhere, _)) = near.first().copied() else { return (usize::MAX, Vec::new()) };
    let nearest = near.into_iter().filter(|(slips, of_other, _)| (*slips, *of_other) == (fewest, elsewhere));
    (fewest, nearest.map(|(.., name)| name).take(MOST).collect())
}

/// Returns the number of different letters, if they are few enough for a misspelling.
fn slips(wrong: &str, name: &str) -> Option<usize> {
    let (length, other) = (wrong.chars().count(), name.chars().count());
    let allowed = match length.min(other) {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    };
    // Comparing lengths first avoids most of the expensive comparisons of letters.
    if length.abs_diff(other) > allowed {
        return None;
    }
    Some(strsim::damerau_levenshtein(wrong, name)).filter(|slips| *slips <= allowed)
}

/// Reads a text such as `+01:00`, `utc-5` or `gmt+0530` as minutes ahead of UTC.
fn offset(text: &str) -> Option<i32> {
    let text = ["utc", "gmt"].iter().find_map(|name| text.strip_prefix(name)).unwrap_or(text);
    let text = text.trim_start_matches('_');
    let (sign, clock) = match text.chars().next()? {
        '+' => (1, text.get(1..)?),
        '-' => (-1, text.get(1..)?),
        '−' => (-1, text.strip_prefix('−')?),
        _ => return None,
    };
    let (hours, minutes) = match clock.split_once(':') {
        Some(parts) => parts,
        None if clock.len() > 2 => clock.split_at_checked(clock.len() - 2)?,
        None => (clock, "0"),
    };
    let number = |digits: &str| digits.parse().ok().filter(|number| (0..100).contains(number));
    let (hours, minutes): (i32, i32) = (number(hours)?, number(minutes)?);
    Some(sign * (60 * hours + minutes))
}

/// Returns a hint for an offset, which is not a zone: a place, and for whole hours the name without changes of the clocks.
fn of_offset(minutes: i32, known: &[&str]) -> Option<String> {
    let hours = minutes / 60;
    // The sign in these names is that of POSIX: zones ahead of UTC have a minus.
    let fixed = format!("Etc/GMT{:+}", -hours);
    let fixed = Some(fixed.as_str()).filter(|_| minutes % 60 == 0 && hours != 0);
    let place = PLACES.iter().find(|(offset, _)| *offset == minutes).map(|(_, place)| *place);
    let names = only(place.into_iter().chain(fixed), known);
    let asked = did_you_mean(&names)?;
    Some(match fixed.filter(|fixed| names.contains(fixed)) {
        Some(fixed) => {
            let ahead = if hours > 0 { "ahead of" } else { "behind" };
            format!("{asked} {fixed} is {} h {ahead} UTC, all year: such names count westward", hours.abs())
        }
        None => asked,
    })
}

/// Returns example names, from the named region if there is one.
fn examples(wanted: &str, known: &[&str]) -> String {
    let region = wanted.split_once('/').map_or("", |(region, _)| region);
    let of_region = |name: &&str| folded(name).split_once('/').is_some_and(|(of, _)| of == region);
    let of_known = || known.iter().copied();
    let candidates = [
        only(WELL_KNOWN.into_iter().filter(of_region), known),
        of_known().filter(of_region).take(MOST).collect(),
        only(WELL_KNOWN.into_iter(), known),
        of_known().take(MOST).collect(),
    ];
    let names = candidates.into_iter().find(|names| !names.is_empty()).unwrap_or_default();
    format!("zones are named like {}", listed(&names))
}

/// Returns all names that may be suggested.
#[cfg(test)]
pub(super) fn tables() -> impl Iterator<Item = &'static str> {
    let meant = MEANT.iter().flat_map(|(_, names)| names.iter().copied());
    meant.chain(PLACES.iter().map(|(_, place)| *place)).chain(WELL_KNOWN)
}
