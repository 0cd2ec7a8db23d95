//! Reading calendars without a desk.

use chrono::NaiveDate;
use frontdesk::calendar::{self, Away, HolidayOptions, ReadOptions};
use frontdesk::time::Zone;
use frontdesk::{Code, Problem};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use crate::thrown;

/// The options of a calendar of holidays.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Wanted {
    summaries: Vec<String>,
    categories: Vec<String>,
    first_day: Option<String>,
    last_day: Option<String>,
}

/// Reads a calendar of holidays: the dates with their names, the events skipped, and the problems.
///
/// # Errors
/// `invalid_value` and `invalid_time` for the options.
#[wasm_bindgen]
pub fn read_holidays(calendar: &[u8], wanted: &str) -> Result<String, JsValue> {
    let options = options(wanted).map_err(thrown)?;
    Ok(text(&calendar::read_holidays(calendar, &options)))
}

/// Reads the absences of a calendar without a desk; times without a zone are in `zone`.
///
/// # Errors
/// `unknown_zone`; `invalid_value` for the options of being away.
#[wasm_bindgen]
pub fn read_calendar(calendar: &[u8], zone: &str, away: Option<String>) -> Result<String, JsValue> {
    let options = || Ok(ReadOptions { away: away_of(away.as_deref())?, ..ReadOptions::in_zone(Zone::named(zone)?) });
    let options = options().map_err(|problem: Problem| thrown(problem))?;
    Ok(text(&calendar::read(calendar, &options)))
}

/// Reads which events count as being away from JSON text; the default without text.
pub(crate) fn away_of(text: Option<&str>) -> Result<Away, Problem> {
    text.map_or_else(|| Ok(Away::default()), |text| read(text, "$.away", "this does not say what counts as being away"))
}

fn options(wanted: &str) -> Result<HolidayOptions, Problem> {
    let Wanted { summaries, categories, first_day, last_day } =
        read(wanted, "$", "this does not say which holidays are wanted")?;
    let date = |key: &str, day: Option<String>| {
        let parse = |day: String| {
            let problem =
                || Problem::new(Code::InvalidTime, format!("{day:?} is not a date")).at_path(format!("$.{key}"));
            read_date(&day).ok_or_else(problem)
        };
        day.map(parse).transpose()
    };
    let (first_day, last_day) = (date("first_day", first_day)?, date("last_day", last_day)?);
    Ok(HolidayOptions { summaries, categories, first_day, last_day, ..HolidayOptions::default() })
}

/// Reads `2026-11-20`; chrono's parser of patterns would enlarge the module.
fn read_date(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::from_ymd_opt(
        text.get(..4)?.parse().ok()?,
        text.get(5..7)?.parse().ok()?,
        text.get(8..)?.parse().ok()?,
    );
    date.filter(|date| format!("{date:?}") == text)
}

fn read<T: for<'a> Deserialize<'a>>(text: &str, path: &str, what: &str) -> Result<T, Problem> {
    serde_json::from_str(text)
        .map_err(|error| Problem::new(Code::InvalidValue, format!("{what}: {error}")).at_path(path.to_owned()))
}

fn text(reading: &impl serde::Serialize) -> String {
    serde_json::to_string(reading).unwrap_or_default()
}
