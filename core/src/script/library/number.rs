//! Functions of numbers. All are exact, or rounded as IEEE 754 says, so that results are the same on every platform.

use rhai::Dynamic;

use super::value::{Number, compare, number};
use crate::script::api::Api;
use crate::script::budget::Fallible;
use crate::script::shape::{one, two};

/// Returns the nearest whole number; an error if it does not fit.
fn whole(number: f64) -> Fallible<i64> {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if (-BEYOND..BEYOND).contains(&number) {
        Ok(number as i64)
    } else {
        Err(format!("{number} is not a whole number").into())
    }
}

fn pick(a: Dynamic, b: Dynamic, wanted: std::cmp::Ordering) -> Fallible<Dynamic> {
    let numbers = number(&a).zip(number(&b)).ok_or("only numbers are compared so")?;
    let order = compare(numbers.0, numbers.1).ok_or("NaN has no order")?;
    Ok(if order == wanted.reverse() { b } else { a })
}

/// Returns a power of whole numbers, by multiplication.
fn power(base: i64, exponent: i64) -> Fallible<i64> {
    let exponent = u32::try_from(exponent).map_err(|_| format!("{exponent} is not a power here, from 0 on"))?;
    base.checked_pow(exponent).ok_or_else(|| format!("{base} to the power of {exponent} is too large").into())
}

fn magnitude(value: Dynamic) -> Fallible<Dynamic> {
    match number(&value) {
        Some(Number::Whole(number)) => {
            number.checked_abs().map(Dynamic::from_int).ok_or_else(|| "the number is too large".into())
        }
        Some(Number::Point(number)) => Ok(Dynamic::from_float(number.abs())),
        None => Err("only numbers have a magnitude".into()),
    }
}

pub(super) fn register(api: &mut Api) {
    use std::cmp::Ordering::{Greater, Less};
    // All binary operators are part of the language.
    api.hidden(
        "-",
        one(|it: i64| it.checked_neg().ok_or_else(|| Box::<rhai::EvalAltResult>::from("the number is too large"))),
    );
    api.hidden("-", one(|it: f64| -it));
    api.hidden("+", one(|it: i64| it));
    api.hidden("+", one(|it: f64| it));
    api.hidden("!", one(|it: bool| !it));
    api.function("everywhere", "min(a: number, b: number) -> number", two(|a: Dynamic, b: Dynamic| pick(a, b, Less)));
    api.function(
        "everywhere",
        "max(a: number, b: number) -> number",
        two(|a: Dynamic, b: Dynamic| pick(a, b, Greater)),
    );
    api.function("number", "abs() -> number", one(magnitude));
    api.function("number", "floor() -> int", one(|it: f64| whole(it.floor())));
    api.function("number", "ceil() -> int", one(|it: f64| whole(it.ceil())));
    api.function("number", "round() -> int", one(|it: f64| whole(it.round())));
    api.hidden("floor", one(|it: i64| it));
    api.hidden("ceil", one(|it: i64| it));
    api.hidden("round", one(|it: i64| it));
    api.function("number", "to_int() -> int", one(|it: f64| whole(it.trunc())));
    api.hidden("to_int", one(|it: i64| it));
    api.function("number", "to_float() -> float", one(|it: i64| it as f64));
    api.hidden("to_float", one(|it: f64| it));
    api.function("number", "sqrt() -> float", one(f64::sqrt));
    api.hidden("sqrt", one(|it: i64| (it as f64).sqrt()));
    api.function("everywhere", "pow(base: int, exponent: int) -> int", two(power));
}
