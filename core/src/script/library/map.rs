//! Functions of maps.

use rhai::{Array, Dynamic, Map};

use super::value::maps_are_same;
use crate::script::api::Api;
use crate::script::budget::{Fallible, charge_bytes, charge_element, charge_texts};
use crate::script::shape::{of, of_and};

pub(super) fn register(api: &mut Api) {
    api.function("map", "len() -> int", "The number of entries.", of(|it: &mut Map| it.len() as i64));
    api.function("map", "is_empty() -> bool", "True if it is empty.", of(|it: &mut Map| it.is_empty()));
    api.function(
        "map",
        "contains(key: text) -> bool",
        "True if there is an entry with this key; also written key in map.",
        of_and(|it: &mut Map, key: &str| charge_bytes(key.len()).map(|()| it.contains_key(key))),
    );
    api.function(
        "map",
        "keys() -> list of text",
        "Its keys, sorted.",
        of(|it: &mut Map| -> Fallible<Array> {
            charge_texts(it.keys().map(|key| key.as_str()))?;
            Ok(it.keys().map(|key| Dynamic::from(key.to_string())).collect())
        }),
    );
    api.function(
        "map",
        "values() -> list",
        "Its values, in the order of the keys.",
        of(|it: &mut Map| -> Fallible<Array> {
            it.values().try_for_each(charge_element)?;
            Ok(it.values().cloned().collect())
        }),
    );
    api.change(
        "map",
        "remove(key: text) -> any",
        "Removes an entry and returns its value.",
        of_and(|it: &mut Map, key: &str| charge_bytes(key.len()).map(|()| it.remove(key).unwrap_or(Dynamic::UNIT))),
    );
    api.hidden("==", of_and(|a: &mut Map, b: Map| maps_are_same(a, &b)));
    api.hidden("!=", of_and(|a: &mut Map, b: Map| maps_are_same(a, &b).map(|same| !same)));
}
