//! Ranges, which `for` iterates over beside lists.

use std::any::TypeId;
use std::ops::{Range, RangeInclusive};

use rhai::{Dynamic, ImmutableString};

use crate::script::api::Api;
use crate::script::budget::Fallible;
use crate::script::shape::{of_and, three, two};

/// Whole numbers with a step between them.
#[derive(Debug, Clone)]
pub(in crate::script) struct Steps {
    next: Option<i64>,
    end: i64,
    step: i64,
}

impl Steps {
    fn new(from: i64, to: i64, step: i64) -> Fallible<Steps> {
        if step == 0 {
            return Err("the step of a range is not 0".into());
        }
        Ok(Steps { next: Some(from), end: to, step })
    }
}

impl Iterator for Steps {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        let is_before_the_end = |number: &i64| if self.step > 0 { *number < self.end } else { *number > self.end };
        let number = self.next.take().filter(is_before_the_end)?;
        self.next = number.checked_add(self.step);
        Some(number)
    }
}

/// Iterates over the characters of a text that cannot be borrowed from.
fn characters(text: Dynamic) -> Box<dyn Iterator<Item = Dynamic>> {
    let text = text.cast::<ImmutableString>();
    let mut offset = 0;
    Box::new(std::iter::from_fn(move || {
        let character = text.get(offset..)?.chars().next()?;
        offset += character.len_utf8();
        Some(Dynamic::from_char(character))
    }))
}

pub(super) fn register(api: &mut Api) {
    api.engine.register_type_with_name::<Steps>("range");
    api.engine.register_iterator::<Range<i64>>();
    api.engine.register_iterator::<RangeInclusive<i64>>();
    api.engine.register_iterator::<Steps>();
    api.iterator(TypeId::of::<ImmutableString>(), characters);
    api.function("everywhere", "range(from: int, to: int) -> range", two(|from: i64, to: i64| from..to));
    api.function("everywhere", "range(from: int, to: int, step: int) -> range", three(Steps::new));
    api.hidden("contains", of_and(|it: &mut Range<i64>, number: i64| it.contains(&number)));
    api.hidden("contains", of_and(|it: &mut RangeInclusive<i64>, number: i64| it.contains(&number)));
}
