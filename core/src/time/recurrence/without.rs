//! Stand-ins for rules in a build without the feature: types without a value, because no rule can be read.

use std::convert::Infallible;
use std::ops::ControlFlow;

use super::Recurrence;
use crate::time::civil::{Civil, Date};

pub(crate) type Rule = Infallible;

#[derive(Debug, Clone, Default)]
pub(crate) struct Almanac {}

impl Almanac {
    pub fn forget_unused(&mut self) {}
}

#[derive(Debug)]
pub(crate) struct Pattern(Infallible);

pub(crate) struct DayOf {
    pub date: Date,
    pub times: TimesOf,
}

pub(crate) struct TimesOf {
    pub phase: Option<usize>,
}

impl DayOf {
    pub fn moments(&self) -> impl Iterator<Item = Civil> + use<> {
        std::iter::empty()
    }
}

impl Pattern {
    pub fn new(repeat: &Recurrence, _: Civil, _: &mut Almanac) -> Pattern {
        match *repeat.rule() {}
    }

    pub fn of_whole_days(repeat: &Recurrence, _: Date, _: &mut Almanac) -> Pattern {
        match *repeat.rule() {}
    }

    pub fn looking_until(self, _: Date) -> Pattern {
        self
    }

    pub fn until(&self) -> Option<i64> {
        match self.0 {}
    }

    pub fn kept_times(&self) -> std::iter::Empty<&[u32]> {
        match self.0 {}
    }

    pub fn shape_of_days(&self, _: i64) -> Option<(i64, i64)> {
        match self.0 {}
    }

    pub fn widest_gap(&self) -> Option<i32> {
        match self.0 {}
    }

    pub fn most_a_day(&self) -> usize {
        match self.0 {}
    }

    pub fn count(&self, _: Civil, _: Civil, _: usize) -> usize {
        match self.0 {}
    }

    pub fn bounds(&self) -> (Civil, Civil) {
        match self.0 {}
    }

    pub fn days(&self, _: Date, _: Date, _: impl FnMut(&DayOf)) {
        match self.0 {}
    }

    pub fn try_days(&self, _: Date, _: Date, _: &mut dyn FnMut(&DayOf) -> ControlFlow<()>) -> ControlFlow<()> {
        match self.0 {}
    }
}
