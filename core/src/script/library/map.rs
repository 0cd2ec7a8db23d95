//! Functions of maps.

use rhai::{Array, Dynamic, Map};

use super::value::maps_are_same;
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge_bytes, charge_element, charge_texts};
use crate::script::shape::{of, of_and};

pub(super) fn register(api: &mut Api) {
    api.function("map", "len() -> int", of(|it: &mut Map| it.len() as i64));
    api.function("map", "is_empty() -> bool", of(|it: &mut Map| it.is_empty()));
    api.function(
        "map",
        "contains(key: text) -> bool",
        of_and(|it: &mut Map, key: &str| charge_bytes(key.len()).map(|()| it.contains_key(key))),
    );
    api.function(
        "map",
        "keys() -> list of text",
        of(|it: &mut Map| -> Fallible<Array> {
            charge_texts(it.keys().map(|key| key.as_str()))?;
            Ok(it.keys().map(|key| Dynamic::from(key.to_string())).collect())
        }),
    );
    api.function(
        "map",
        "values() -> list",
        of(|it: &mut Map| -> Fallible<Array> {
            it.values().try_for_each(charge_element)?;
            Ok(it.values().cloned().collect())
        }),
    );
    api.change(
        "map",
        "remove(key: text) -> any",
        of_and(|it: &mut Map, key: &str| charge_bytes(key.len()).map(|()| it.remove(key).unwrap_or(Dynamic::UNIT))),
    );
    api.hidden("==", of_and(|a: &mut Map, b: Map| maps_are_same(a, &b)));
    api.hidden("!=", of_and(|a: &mut Map, b: Map| maps_are_same(a, &b).map(|same| !same)));
}
