//! A repeated absence on the time line. Its instances are computed for each stretch of time that is asked for.

use std::sync::OnceLock;

use crate::model::{Absence, AbsenceTimes, Occasion};
use crate::time::civil::{Civil, DAY, Date};
use crate::time::recurrence::{Almanac, Pattern};
use crate::time::{Instant, Resolver, Span, Zone};

/// A repeated absence in its zone.
#[derive(Debug)]
pub(crate) struct Recurring {
    zone: Zone,
    /// The length of every instance on the wall clock, in milliseconds.
    length: i64,
    pattern: Option<Pattern>,
    /// Starts beside those of the pattern, in order.
    also: Vec<Civil>,
    /// Moments at which no instance starts, in order.
    except: Vec<Civil>,
    /// Dates on which no instance starts, in order.
    except_dates: Vec<Date>,
    /// The spans by phase of the pattern.
    covered: OnceLock<Box<[Together]>>,
    solid: OnceLock<Option<Span>>,
}

/// The civil time within which instances may change places when the clocks change: a zone may skip a day.
const NEAR: i64 = 3 * DAY;

/// The spans that the instances of a day cover together, in milliseconds from midnight.
type Together = Box<[Span<i64>]>;

/// Returns the start of an absence on the wall clock, and its length there in milliseconds.
pub(super) fn on_the_wall(times: &AbsenceTimes) -> (Civil, i64) {
    let (start, end): (Civil, Civil) = match *times {
        AbsenceTimes::Moments { start, end } => (start.into(), end.into()),
        AbsenceTimes::Days { first_day, last_day } => {
            (Date::from(first_day).midnight(), Date::from(last_day).plus(1).midnight())
        }
    };
    (start, end.0 - start.0)
}

/// The first moment of an occasion.
fn moment(occasion: &Occasion) -> Civil {
    match occasion {
        Occasion::Date(date) => Date::from(*date).midnight(),
        Occasion::Moment(moment) => (*moment).into(),
    }
}

/// Returns the items sorted, without duplicates.
pub(super) fn in_order<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items.dedup();
    items
}

impl Recurring {
    /// Compiles a repeated absence of an agent in a zone, which applies if the absence has none of its own.
    pub fn new(absence: &Absence, zone: &Zone, almanac: &mut Almanac) -> Recurring {
        let (first, length) = on_the_wall(&absence.times);
        let of_days = matches!(absence.times, AbsenceTimes::Days { .. });
        let pattern = absence.repeat.as_ref().map(|repeat| match of_days {
            true => Pattern::of_whole_days(repeat, first.date(), almanac),
            false => Pattern::new(repeat, first, almanac),
        });
        let itself = if pattern.is_none() { Some(first) } else { None };
        let is_moment = |occasion: &&Occasion| matches!(occasion, Occasion::Moment(_));
        let dates = absence.except.iter().filter(|occasion| !is_moment(occasion));
        Recurring {
            zone: absence.time_zone.as_ref().unwrap_or(zone).clone(),
            length,
            pattern,
            also: in_order(absence.also.iter().map(moment).chain(itself)),
            except: in_order(absence.except.iter().filter(is_moment).map(moment)),
            except_dates: in_order(dates.map(|date| moment(date).date())),
            covered: OnceLock::new(),
            solid: OnceLock::new(),
        }
    }

    /// Returns `true` if the instance that starts at a time is left out.
    fn is_excepted(&self, start: Civil) -> bool {
        let named = self.except.binary_search(&start).is_ok();
        named || (!self.except_dates.is_empty() && self.except_dates.binary_search(&start.date()).is_ok())
    }

    /// Goes through the starts of instances from a moment up to another, those of the pattern first.
    fn starts(&self, from: Civil, to: Civil, mut visit: impl FnMut(Civil)) {
        if let Some(pattern) = &self.pattern {
            let (first, last) = pattern.bounds();
            let (from, to) = (from.max(first), to.min(Civil(last.0 + 1)));
            pattern.days(from.date(), to.date().plus(1), |day| {
                day.moments().filter(|at| (from..to).contains(at) && !self.is_excepted(*at)).for_each(&mut visit);
            });
        }
        self.named_in(from, to).filter(|at| !self.is_excepted(*at)).for_each(visit);
    }

    /// The starts that are named one by one, from a moment up to another.
    fn named_in(&self, from: Civil, to: Civil) -> impl Iterator<Item = Civil> + '_ {
        let first = self.also.partition_point(|at| *at < from);
        self.also.iter().copied().skip(first).take_while(move |at| *at < to)
    }

    /// The last start of an instance from a moment up to another.
    fn last_start(&self, from: Civil, to: Civil, resolver: &mut Resolver<'_>) -> Option<Civil> {
        // The steps grow, so that long gaps are crossed quickly.
        let (mut to, mut step) = (to, 8 * DAY);
        while from < to {
            let start = from.max(Civil(to.0.saturating_sub(step)));
            let mut last = None;
            self.starts(start, to, |at| {
                if Some(at) > last && self.instance(at, resolver).is_some() {
                    last = Some(at);
                }
            });
            if last.is_some() {
                return last;
            }
            (to, step) = (start, step.saturating_mul(2));
        }
        None
    }

    /// The moments on the wall clock between which everything starts that may touch a span.
    fn reach(&self, span: Span) -> (Civil, Civil) {
        let (earliest, latest) = self.zone.offsets_near(span.start.saturating_add(-self.length), span.end);
        (Civil(span.start.millis() + earliest - self.length), Civil(span.end.millis() + latest))
    }

    /// Returns the span of an instance, if it lies between 2000 and 2200.
    fn instance(&self, start: Civil, resolver: &mut Resolver<'_>) -> Option<Span> {
        let begins = resolver.resolve(start);
        if self.pattern.as_ref().and_then(Pattern::until).is_some_and(|until| begins > until)
            && self.also.binary_search(&start).is_err()
        {
            return None;
        }
        let ends = resolver.resolve(Civil(start.0 + self.length));
        let span = Span::new(Instant::clamped(begins), Instant::clamped(ends));
        Some(span).filter(|span| !span.is_empty())
    }

    /// The instances that touch a span, each with its start on the wall clock; earliest first, each once.
    pub fn instances(&self, span: Span) -> Vec<(Civil, Span)> {
        let mut resolver = Resolver::new(&self.zone);
        let mut found = Vec::new();
        let (from, to) = self.reach(span);
        self.starts(from, to, |start| {
            let instance = self.instance(start, &mut resolver);
            let touching = instance.filter(|instance| !instance.intersection(&span).is_empty());
            found.extend(touching.map(|instance| (start, instance)));
        });
        // Two starts that a gap of the clocks makes the same are the same instance.
        found.sort_by_key(|a| (a.1, a.0));
        found.dedup_by_key(|(_, span)| *span);
        found
    }

    /// Counts the instances that start in a span, including those left out, up to about `most`.
    pub fn count(&self, span: Span, most: usize) -> usize {
        let (earliest, latest) = self.zone.offsets_near(span.start, span.end);
        let (from, to) = (Civil(span.start.millis() + earliest), Civil(span.end.millis() + latest));
        let named = self.named_in(from, to).count();
        let by_rule = self.pattern.as_ref().map_or(0, |pattern| {
            let until = pattern.until().map_or(to, |until| Civil(until.saturating_add(latest + 1)));
            pattern.count(from, to.min(until), most)
        });
        named + by_rule
    }

    /// A span, from the earliest start of an instance that may touch it.
    pub fn with_those_before(&self, span: Span) -> Span {
        Span::new(span.start.saturating_add(-self.length - DAY), span.end)
    }

    /// The most instances of the rule that start on a day.
    pub fn most_a_day(&self) -> usize {
        self.pattern.as_ref().map_or(0, Pattern::most_a_day)
    }

    /// Returns the number of starts that are given one by one.
    pub fn named(&self) -> usize {
        self.also.len()
    }

    /// The most spans of a day that its instances cover together.
    pub fn most_spans_a_day(&self) -> usize {
        let covered = self.all_covered().iter().map(|spans| spans.len()).max();
        covered.unwrap_or_else(|| self.most_a_day()).max(usize::from(!self.also.is_empty()))
    }

    /// Returns one span for all instances, if each lasts until the next: a rule may make an agent absent for good.
    pub fn solid(&self) -> Option<Span> {
        *self.solid.get_or_init(|| self.find_solid())
    }

    fn find_solid(&self) -> Option<Span> {
        let pattern = self.pattern.as_ref().filter(|_| self.also.is_empty())?;
        let (_, lasts) = pattern.shape_of_days(self.length).filter(|(_, lasts)| *lasts >= DAY)?;
        if !self.except.is_empty() || !self.except_dates.is_empty() {
            return None;
        }
        // Instances of whole days end at the second at which the next begins. Others may be separated by a change of the clocks.
        let days = lasts / DAY - i64::from(lasts % DAY != 0);
        if i64::from(pattern.widest_gap()?) > days {
            return None;
        }
        let (first, last) = pattern.bounds();
        let mut resolver = Resolver::new(&self.zone);
        let last = self.last_start(first, Civil(last.0.saturating_add(1)), &mut resolver)?;
        let until = self.instance(last, &mut resolver)?.end;
        let mut start = None;
        pattern.days(first.date(), first.date().plus(367), |day| {
            start = start.or_else(|| day.moments().find(|at| *at >= first));
        });
        Some(Span::new(Instant::clamped(resolver.resolve(start?)), until))
    }

    /// Returns `true` if an instant lies in an instance.
    pub fn contains(&self, at: Instant) -> bool {
        let mut covered = Vec::new();
        self.cover(Span::new(at, at.saturating_add(1)), &mut covered);
        !covered.is_empty()
    }

    /// The last end of an instance after a limit and up to an instant, in which none lies.
    pub fn end_between(&self, limit: Instant, before: Instant) -> Option<Instant> {
        let mut resolver = Resolver::new(&self.zone);
        let (mut to, mut step) = (before, 8 * DAY);
        while limit < to {
            let from = limit.max(to.saturating_add(-step));
            let (earliest, latest) = self.zone.offsets_near(from, to);
            let (first, end) = (from.millis() + earliest - self.length, to.millis() + latest - self.length + 1);
            let mut last: Option<Instant> = None;
            self.starts(Civil(first), Civil(end), |start| {
                let ends = self.instance(start, &mut resolver).map(|span| span.end);
                last = last.max(ends.filter(|end| *end > limit && *end <= before));
            });
            if last.is_some() {
                return last;
            }
            (to, step) = (from, step.saturating_mul(2));
        }
        None
    }

    /// The first instance that starts after an instant and before a limit.
    pub fn start_between(&self, after: Instant, limit: Instant) -> Option<Instant> {
        // The steps grow, so that long gaps are crossed quickly.
        let (mut from, mut step) = (after, 8 * DAY);
        let mut resolver = Resolver::new(&self.zone);
        while from < limit {
            let to = from.saturating_add(step).min(limit);
            let mut first: Option<Instant> = None;
            let (earliest, latest) = self.zone.offsets_near(from, to);
            let reach = (Civil(from.millis() + earliest), Civil(to.millis() + latest + 1));
            self.starts(reach.0, reach.1, |start| {
                let starts = self.instance(start, &mut resolver).map(|span| span.start);
                let starts = starts.filter(|start| *start > after && *start <= to && *start < limit);
                first = first.into_iter().chain(starts).min();
            });
            if first.is_some() {
                return first;
            }
            (from, step) = (to, step * 2);
        }
        None
    }

    /// Adds the parts of a span that the instances cover.
    pub fn cover(&self, span: Span, covered: &mut Vec<Span>) {
        let mut resolver = Resolver::new(&self.zone);
        let mut add = |instance: Span| {
            let part = instance.intersection(&span);
            if !part.is_empty() {
                covered.push(part);
            }
        };
        let (reach, to) = self.reach(span);
        // Of instances that began long before, the one with the last start has the last end, except near changes of the clocks.
        let near = Civil(reach.0.saturating_add(self.length).saturating_sub(NEAR));
        let from = reach.max(near);
        if let Some(last) = self.last_start(reach, from, &mut resolver) {
            let alike = Civil(last.0.saturating_sub(NEAR)).max(reach);
            self.starts(alike, Civil(last.0 + 1), |start| {
                self.instance(start, &mut resolver).into_iter().for_each(&mut add);
            });
        }
        if let Some(pattern) = &self.pattern {
            let (first, last) = pattern.bounds();
            let until = pattern.until().unwrap_or(i64::MAX);
            pattern.days(from.date(), to.date().plus(1), |day| {
                let (midnight, next) = (day.date.midnight(), day.date.plus(1).midnight());
                let whole = first <= midnight && next.0 - 1 <= last.0 && !self.is_touched(day.date);
                let offset = resolver.offset_over(midnight, Civil(next.0 + self.length));
                let offset = offset.filter(|offset| whole && next.0 - offset <= until);
                if let Some((offset, together)) = offset.zip(self.covered_by(day.times.phase)) {
                    let at = |millis: i64| Instant::clamped(midnight.0 + millis - offset);
                    together.iter().for_each(|part| add(Span::new(at(part.start), at(part.end))));
                    return;
                }
                let starts =
                    day.moments().filter(|start| first <= *start && *start <= last && !self.is_excepted(*start));
                starts.for_each(|start| self.instance(start, &mut resolver).into_iter().for_each(&mut add));
            });
        }
        let named = self.named_in(from, to).filter(|start| !self.is_excepted(*start));
        named.for_each(|start| self.instance(start, &mut resolver).into_iter().for_each(&mut add));
    }

    /// Returns `true` if an instance on a date is left out.
    fn is_touched(&self, date: Date) -> bool {
        let first = self.except.partition_point(|at| *at < date.midnight());
        let moment = self.except.get(first).is_some_and(|at| *at < date.plus(1).midnight());
        moment || self.except_dates.binary_search(&date).is_ok()
    }

    /// Returns the spans that the instances of a day cover together, if the clocks do not change.
    fn covered_by(&self, phase: Option<usize>) -> Option<&[Span<i64>]> {
        self.all_covered().get(phase?).map(|spans| &**spans)
    }

    fn all_covered(&self) -> &[Together] {
        self.covered.get_or_init(|| {
            let days = self.pattern.iter().flat_map(Pattern::kept_times);
            days.map(|times| together(times, self.length)).collect()
        })
    }
}

/// The spans that so many milliseconds from each of the seconds cover together.
fn together(seconds: &[u32], length: i64) -> Together {
    let spans = seconds.iter().map(|second| i64::from(*second) * 1000).map(|start| Span::new(start, start + length));
    spans.collect::<crate::time::Spans<i64>>().as_slice().into()
}
