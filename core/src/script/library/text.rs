//! Functions of text.

use std::ops::{Range, RangeInclusive};

use rhai::{Array, Dynamic, ImmutableString, Map};

use super::value::kind;
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge_bytes, charge_texts, uncounted, weight};
use crate::script::shape::{of, one, three, two};
use crate::script::views;

/// Counts a created text by its length.
fn made(text: String) -> Fallible<ImmutableString> {
    charge_bytes(text.len())?;
    Ok(text.into())
}

/// Returns a value as text, as `${…}` writes it.
pub(super) fn to_text(value: &Dynamic) -> Fallible<String> {
    charge_bytes(4 * weight(value)?)?;
    if value.is_unit() {
        return Ok(String::new());
    }
    if let Some(text) = value.read_lock::<ImmutableString>() {
        return Ok(text.to_string());
    }
    if value.is_char() || value.is_float() {
        return Ok(value.to_string());
    }
    if let Some(text) = views::as_text(value) {
        return Ok(text);
    }
    let mut text = String::new();
    write(value, &mut text)?;
    Ok(text)
}

/// Returns the same without counting, for a message of the library.
pub(in crate::script) fn plain_text(value: &Dynamic) -> String {
    uncounted(|| to_text(value)).unwrap_or_else(|_| kind(value).to_owned())
}

/// Writes a value as it appears in a list or map.
fn write(value: &Dynamic, to: &mut String) -> Fallible<()> {
    if let Some(list) = value.read_lock::<Array>() {
        return write_all(["[", "]"], list.iter(), to, write);
    }
    if let Some(map) = value.read_lock::<Map>() {
        return write_all(["#{", "}"], map.iter(), to, |(key, value), to| {
            *to += &*format!("{key:?}: ");
            write(value, to)
        });
    }
    if let Some(all) = views::elements(value)? {
        return write(&all, to);
    }
    *to += &*match views::as_text(value) {
        Some(text) => format!("{text:?}"),
        // Rhai would write the names of functions and types, which differ between builds.
        None if is_plain(value) => format!("{value:?}"),
        None => kind(value).to_owned(),
    };
    Ok(())
}

fn is_plain(value: &Dynamic) -> bool {
    let is_range = value.is::<Range<i64>>() || value.is::<RangeInclusive<i64>>();
    is_range
        || value.is_unit()
        || value.is_bool()
        || value.is_int()
        || value.is_float()
        || value.is_char()
        || value.is_string()
}

fn write_all<T>(
    [open, close]: [&str; 2],
    all: impl Iterator<Item = T>,
    to: &mut String,
    write: impl Fn(T, &mut String) -> Fallible<()>,
) -> Fallible<()> {
    *to += open;
    for (index, element) in all.enumerate() {
        if index > 0 {
            *to += ", ";
        }
        write(element, to)?;
    }
    *to += close;
    Ok(())
}

fn split(text: &str, at: &str) -> Fallible<Array> {
    charge_bytes(text.len())?;
    if at.is_empty() {
        return Err("a text is not split at nothing".into());
    }
    let mut parts = Array::new();
    for part in text.split(at) {
        charge_texts(std::iter::once(part))?;
        parts.push(Dynamic::from(part.to_owned()));
    }
    Ok(parts)
}

fn replace(text: &str, what: &str, by: &str) -> Fallible<ImmutableString> {
    if what.is_empty() {
        return Err("nothing cannot be replaced".into());
    }
    charge_bytes(text.len())?;
    // Counted before it is created, because it may be much longer.
    let times = text.matches(what).count();
    charge_bytes(text.len().saturating_add(times.saturating_mul(by.len())))?;
    Ok(text.replace(what, by).into())
}

/// Returns some characters from an index on; a negative index counts from the end.
fn part(text: &str, start: i64, len: i64) -> Fallible<ImmutableString> {
    let count = length(text)?;
    let start = if start < 0 { count.saturating_add(start).max(0) } else { start };
    let (skip, take) = (usize::try_from(start).unwrap_or_default(), usize::try_from(len).unwrap_or_default());
    made(text.chars().skip(skip).take(take).collect())
}

/// Returns the index of a part, in characters, or -1.
fn place(text: &str, part: &str) -> Fallible<i64> {
    let offset = read(text)?.find(read(part)?);
    Ok(offset.and_then(|offset| text.get(..offset)).map_or(-1, |before| before.chars().count() as i64))
}

/// Counts a text that is read by its length.
fn read(text: &str) -> Fallible<&str> {
    charge_bytes(text.len())?;
    Ok(text)
}

fn length(text: &str) -> Fallible<i64> {
    Ok(read(text)?.chars().count() as i64)
}

pub(super) fn register(api: &mut Api) {
    api.function("text", "len() -> int", one(|it: &str| length(it)));
    api.engine.register_get("len", of(|it: &mut ImmutableString| length(it)));
    api.function("text", "is_empty() -> bool", one(|it: &str| it.is_empty()));
    api.function(
        "text",
        "contains(part: text) -> bool",
        two(|it: &str, part: &str| Fallible::Ok(read(it)?.contains(read(part)?))),
    );
    api.hidden("contains", two(|it: &str, part: char| Fallible::Ok(read(it)?.contains(part))));
    api.function(
        "text",
        "starts_with(beginning: text) -> bool",
        two(|it: &str, beginning: &str| Fallible::Ok(it.starts_with(read(beginning)?))),
    );
    api.function(
        "text",
        "ends_with(end: text) -> bool",
        two(|it: &str, end: &str| Fallible::Ok(it.ends_with(read(end)?))),
    );
    api.function("text", "index_of(part: text) -> int", two(place));
    api.function("text", "sub_string(start: int, len: int) -> text", three(part));
    api.function("text", "to_upper() -> text", one(|it: &str| made(read(it)?.to_uppercase())));
    api.function("text", "to_lower() -> text", one(|it: &str| made(read(it)?.to_lowercase())));
    api.function("text", "trim() -> text", one(|it: &str| made(read(it)?.trim().to_owned())));
    api.function("text", "split(at: text) -> list of text", two(split));
    api.function("text", "replace(what: text, by: text) -> text", three(replace));
    api.function(
        "text",
        "to_int() -> int",
        one(|it: &str| -> Fallible<i64> {
            read(it)?
                .trim()
                .parse()
                .map_err(|_| format!("{:?} is not a whole number", crate::problem::shortened(it)).into())
        }),
    );
    api.function(
        "text",
        "to_float() -> float",
        one(|it: &str| -> Fallible<f64> {
            let number: Option<f64> = read(it)?.trim().parse().ok().filter(|number: &f64| number.is_finite());
            number.ok_or_else(|| format!("{:?} is not a number", crate::problem::shortened(it)).into())
        }),
    );
    api.function(
        "everywhere",
        "to_text(value: any) -> text",
        one(|value: Dynamic| to_text(&value).map(ImmutableString::from)),
    );
    api.hidden("to_string", one(|value: Dynamic| to_text(&value).map(ImmutableString::from)));
    // A text plus any value is a text, as in `${…}`.
    api.hidden("+", two(|it: ImmutableString, value: Dynamic| joined(&it, &value, false)));
    api.hidden("+", two(|value: Dynamic, it: ImmutableString| joined(&it, &value, true)));
}

fn joined(it: &str, value: &Dynamic, before: bool) -> Fallible<ImmutableString> {
    let other = to_text(value)?;
    made(if before { other + it } else { format!("{it}{other}") })
}
