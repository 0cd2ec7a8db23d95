//! Functions of lists that a script creates.

use std::cmp::Ordering;

use rhai::{Array, Dynamic, FnPtr, ImmutableString, NativeCallContext};

use super::value::{Number, lists_are_same, number, order, same, truth};
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge, charge_bytes, charge_element, charge_value};
use crate::script::shape::{asking, asking_and, of, of_and, of_and_two};
use crate::script::sort::sort_alike;

type Ctx<'a> = NativeCallContext<'a>;

/// Copies an element, counted by its size.
fn copied(value: &Dynamic) -> Fallible<Dynamic> {
    charge_element(value)?;
    Ok(value.clone())
}

/// Calls a function of the script with an element; the call itself costs as well.
fn ask(ctx: &Ctx<'_>, function: &FnPtr, element: &Dynamic) -> Fallible<Dynamic> {
    charge(1)?;
    function.call_raw(ctx, None, [copied(element)?])
}

fn place(list: &Array, wanted: &Dynamic) -> Fallible<Option<usize>> {
    for (index, element) in list.iter().enumerate() {
        if same(element, wanted)? {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

fn filter(ctx: &Ctx<'_>, list: &Array, function: &FnPtr) -> Fallible<Array> {
    let mut kept = Array::new();
    for element in list {
        if truth(&ask(ctx, function, element)?)? {
            kept.push(copied(element)?);
        }
    }
    Ok(kept)
}

fn find<'a>(ctx: &Ctx<'_>, list: &'a Array, function: &FnPtr, wanted: bool) -> Fallible<Option<&'a Dynamic>> {
    for element in list {
        if truth(&ask(ctx, function, element)?)? == wanted {
            return Ok(Some(element));
        }
    }
    Ok(None)
}

fn map(ctx: &Ctx<'_>, list: &Array, function: &FnPtr) -> Fallible<Array> {
    let mut made = Array::with_capacity(list.len());
    for element in list {
        let value = ask(ctx, function, element)?;
        charge_element(&value)?;
        made.push(value);
    }
    Ok(made)
}

fn reduce(ctx: &Ctx<'_>, list: &Array, function: &FnPtr, first: Dynamic) -> Fallible<Dynamic> {
    let mut sum = first;
    for element in list {
        charge(1)?;
        charge_value(&sum)?;
        sum = function.call_raw(ctx, None, [sum, copied(element)?])?;
    }
    Ok(sum)
}

/// Sorts elements by their keys, which must be comparable with each other.
fn sorted(keyed: Vec<(Dynamic, Dynamic)>) -> Fallible<Array> {
    let mut keyed = keyed;
    let mut failed = None;
    sort_alike(&mut keyed, |(a, _), (b, _)| {
        if failed.is_some() {
            return Ordering::Equal;
        }
        order(a, b).unwrap_or_else(|error| {
            failed = Some(error);
            Ordering::Equal
        })
    });
    match failed {
        Some(error) => Err(error),
        None => Ok(keyed.into_iter().map(|(_, element)| element).collect()),
    }
}

/// Returns the smallest or the greatest element, or `()` of an empty list.
fn best(list: &Array, wanted: Ordering) -> Fallible<Dynamic> {
    let mut best: Option<&Dynamic> = None;
    for element in list {
        if best.map_or(Ok(true), |known| order(element, known).map(|order| order == wanted))? {
            best = Some(element);
        }
    }
    best.map_or(Ok(Dynamic::UNIT), copied)
}

fn sum(list: &Array) -> Fallible<Dynamic> {
    let mut sum = Number::Whole(0);
    charge_bytes(list.len() * size_of::<Dynamic>())?;
    for element in list {
        let element = number(element).ok_or("only numbers have a sum")?;
        sum = match (sum, element) {
            (Number::Whole(a), Number::Whole(b)) => Number::Whole(a.checked_add(b).ok_or("the sum is too large")?),
            (a, b) => Number::Point(point(a) + point(b)),
        };
    }
    Ok(match sum {
        Number::Whole(sum) => Dynamic::from_int(sum),
        Number::Point(sum) => Dynamic::from_float(sum),
    })
}

fn point(number: Number) -> f64 {
    match number {
        Number::Whole(number) => number as f64,
        Number::Point(number) => number,
    }
}

fn part(list: &Array, start: i64, len: i64) -> Fallible<Array> {
    let skip = usize::try_from(start).unwrap_or_default();
    let take = usize::try_from(len).unwrap_or_default();
    list.iter().skip(skip).take(take).map(copied).collect()
}

fn join(list: &Array, between: &str) -> Fallible<ImmutableString> {
    let mut joined = String::new();
    for (index, element) in list.iter().enumerate() {
        if index > 0 {
            joined.push_str(between);
        }
        let text = super::text::to_text(element)?;
        charge_bytes(text.len() + between.len())?;
        joined.push_str(&text);
    }
    Ok(joined.into())
}

fn get(list: &Array, index: i64) -> Fallible<Dynamic> {
    usize::try_from(index).ok().and_then(|index| list.get(index)).map_or(Ok(Dynamic::UNIT), copied)
}

fn or_unit(value: Option<&Dynamic>) -> Fallible<Dynamic> {
    value.map_or(Ok(Dynamic::UNIT), copied)
}

pub(super) fn register(api: &mut Api) {
    api.engine.register_iterator::<Array>();
    api.function("list", "len() -> int", of(|it: &mut Array| it.len() as i64));
    api.engine.register_get("len", of(|it: &mut Array| it.len() as i64));
    api.function("list", "is_empty() -> bool", of(|it: &mut Array| it.is_empty()));
    api.change(
        "list",
        "push(element: any)",
        of_and(|it: &mut Array, element: Dynamic| -> Fallible<()> {
            charge_element(&element)?;
            it.push(element);
            Ok(())
        }),
    );
    api.change("list", "pop() -> any", of(|it: &mut Array| it.pop().unwrap_or(Dynamic::UNIT)));
    api.function("list", "get(index: int) -> any", of_and(|it: &mut Array, index: i64| get(it, index)));
    api.function("list", "first() -> any", of(|it: &mut Array| or_unit(it.first())));
    api.function("list", "last() -> any", of(|it: &mut Array| or_unit(it.last())));
    api.function(
        "list",
        "contains(element: any) -> bool",
        of_and(|it: &mut Array, wanted: Dynamic| place(it, &wanted).map(|place| place.is_some())),
    );
    api.function(
        "list",
        "index_of(element: any) -> int",
        of_and(|it: &mut Array, wanted: Dynamic| {
            place(it, &wanted).map(|place| place.map_or(-1, |place| place as i64))
        }),
    );
    api.function(
        "list",
        "part(start: int, len: int) -> list",
        of_and_two(|it: &mut Array, start: i64, len: i64| part(it, start, len)),
    );
    api.function(
        "list",
        "reversed() -> list",
        of(|it: &mut Array| it.iter().rev().map(copied).collect::<Fallible<Array>>()),
    );
    api.function(
        "list",
        "sorted() -> list",
        of(|it: &mut Array| {
            let keyed =
                it.iter().map(|element| Ok((copied(element)?, element.clone()))).collect::<Fallible<Vec<_>>>()?;
            sorted(keyed)
        }),
    );
    api.function("list", "min() -> any", of(|it: &mut Array| best(it, Ordering::Less)));
    api.function("list", "max() -> any", of(|it: &mut Array| best(it, Ordering::Greater)));
    api.function("list", "sum() -> number", of(|it: &mut Array| sum(it)));
    api.function("list", "join(between: text) -> text", of_and(|it: &mut Array, between: &str| join(it, between)));
    api.hidden("==", of_and(|a: &mut Array, b: Array| lists_are_same(a, &b)));
    api.hidden("!=", of_and(|a: &mut Array, b: Array| lists_are_same(a, &b).map(|same| !same)));
    register_functions_of_functions(api);
}

fn register_functions_of_functions(api: &mut Api) {
    api.function(
        "list",
        "filter(|element| bool) -> list",
        asking(|ctx: Ctx<'_>, it: &mut Array, function: FnPtr| filter(&ctx, it, &function)),
    );
    api.function(
        "list",
        "map(|element| any) -> list",
        asking(|ctx: Ctx<'_>, it: &mut Array, function: FnPtr| map(&ctx, it, &function)),
    );
    api.function(
        "list",
        "find(|element| bool) -> any",
        asking(|ctx: Ctx<'_>, it: &mut Array, function: FnPtr| or_unit(find(&ctx, it, &function, true)?)),
    );
    api.function(
        "list",
        "some(|element| bool) -> bool",
        asking(|ctx: Ctx<'_>, it: &mut Array, function: FnPtr| {
            find(&ctx, it, &function, true).map(|found| found.is_some())
        }),
    );
    api.function(
        "list",
        "all(|element| bool) -> bool",
        asking(|ctx: Ctx<'_>, it: &mut Array, function: FnPtr| {
            find(&ctx, it, &function, false).map(|found| found.is_none())
        }),
    );
    api.function(
        "list",
        "reduce(|sum, element| any, first: any) -> any",
        asking_and(|ctx: Ctx<'_>, it: &mut Array, function: FnPtr, first: Dynamic| reduce(&ctx, it, &function, first)),
    );
    api.function(
        "list",
        "sorted_by(|element| number or text) -> list",
        asking(|ctx: Ctx<'_>, it: &mut Array, function: FnPtr| {
            let keyed = it.iter().map(|element| Ok((ask(&ctx, &function, element)?, copied(element)?)));
            sorted(keyed.collect::<Fallible<Vec<_>>>()?)
        }),
    );
}
