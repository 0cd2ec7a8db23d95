//! The absences of an agent on the time line.
//!
//! Single absences are spans from the start. Repeated absences are laid out lazily, one chunk of time at a time, each at
//! most once; reading takes no lock. A chunk is shorter if a day has more instances, so that the cost of a question depends
//! on its range.

use std::sync::{Arc, OnceLock};

use super::recurring::Recurring;
use super::search::count_until;
use crate::time::civil::DAY;
use crate::time::{Instant, Span, Spans};

/// The union of the absences of an agent.
#[derive(Debug)]
pub(crate) struct Absent {
    once: Spans,
    recurring: Box<[Arc<Recurring>]>,
    /// The most occurrences that start on a day.
    most_a_day: usize,
    /// Log2 of a chunk's length in milliseconds.
    bits: u32,
    blocks: OnceLock<Box<[OnceLock<Block>]>>,
}

/// An instant among the absences.
struct Place<'a> {
    /// The index of the chunk, and the spans in it.
    index: usize,
    spans: &'a [Span],
    /// The number of spans that have begun.
    begun: usize,
}

impl Place<'_> {
    /// The last of the chunk that has begun.
    fn last(&self) -> Option<Span> {
        self.spans.get(self.begun.checked_sub(1)?).copied()
    }
}

/// The spans in each chunk, cut to the chunk.
type Block = Box<[OnceLock<Box<[Span]>>; BLOCK]>;

const BLOCK: usize = 64;

/// The longest and the shortest chunk: 398 days and 9 hours.
const LONGEST: u32 = 35;
const SHORTEST: u32 = 25;

impl Absent {
    pub fn new(once: Spans, recurring: Vec<Arc<Recurring>>) -> Absent {
        let most_a_day = recurring.iter().fold(0, |most: usize, it| most.saturating_add(it.most_a_day()));
        let spans_a_day = recurring.iter().fold(0, |most: usize, it| most.saturating_add(it.most_spans_a_day()));
        let bits = chunk_bits(spans_a_day);
        Absent { once, recurring: recurring.into(), most_a_day, bits, blocks: OnceLock::new() }
    }

    /// Returns `true` if there is no absence.
    pub fn is_empty(&self) -> bool {
        self.once.is_empty() && self.recurring.is_empty()
    }

    /// The absence around an instant: as long as one of them goes on.
    pub fn around(&self, at: Instant) -> Option<Span> {
        if self.recurring.is_empty() {
            return self.once.around(at);
        }
        let place = self.place(at);
        let found = place.last().filter(|span| span.contains(at))?;
        Some(Span::new(self.start_of(found, place.index), self.end_of(found, place.index)))
    }

    /// The part of limits around an instant, which is in no absence, that is in none either.
    pub fn between(&self, at: Instant, limits: Span) -> Span {
        let (last, next) = if self.recurring.is_empty() {
            (self.once.before(at), self.once.around_or_after(at))
        } else {
            let place = self.place(at);
            (self.last_before(&place, limits.start), self.next_after(&place, limits.end))
        };
        let start = last.map_or(limits.start, |last| limits.start.max(last.end));
        Span::new(start, next.map_or(limits.end, |next| limits.end.min(next.start)))
    }

    /// A part of the last absence before a place, as far as a limit; beyond the chunk only its end is looked for, so that it
    /// costs little where nothing is for long.
    fn last_before(&self, place: &Place<'_>, limit: Instant) -> Option<Span> {
        let start = self.chunk_span(place.index).start;
        if let Some(last) = place.last() {
            return Some(last);
        }
        if start <= limit {
            return None;
        }
        let once = self.once.before(start).map_or(limit, |once| once.end.max(limit));
        let last = self.recurring.iter().fold(once, |last, it| it.end_between(last, start).unwrap_or(last));
        (last > limit).then_some(Span::new(limit, last))
    }

    /// A part of the next absence after a place, as far as a limit; beyond the chunk only its start is looked for.
    fn next_after(&self, place: &Place<'_>, limit: Instant) -> Option<Span> {
        let end = self.chunk_span(place.index).end;
        if let Some(next) = place.spans.get(place.begun).copied() {
            return Some(next);
        }
        if end >= limit {
            return None;
        }
        let once = self.once.around_or_after(end).map_or(limit, |once| once.start.min(limit));
        let before = end.saturating_add(-1);
        let next = self.recurring.iter().fold(once, |next, it| it.start_between(before, next).unwrap_or(next));
        (next < limit).then_some(Span::new(next, limit))
    }

    /// Returns the start of the absence to which a part in a chunk belongs.
    fn start_of(&self, part: Span, mut index: usize) -> Instant {
        let mut start = part.start;
        while start == self.chunk_span(index).start && index > 0 {
            index -= 1;
            match self.chunk(index).last().filter(|before| before.end == start) {
                Some(before) => start = before.start,
                None => break,
            }
        }
        start
    }

    /// Returns the end of the absence to which a part in a chunk belongs.
    fn end_of(&self, part: Span, mut index: usize) -> Instant {
        let mut end = part.end;
        while end == self.chunk_span(index).end && end < Instant::MAX {
            index += 1;
            match self.chunk(index).first().filter(|after| after.start == end) {
                Some(after) => end = after.end,
                None => break,
            }
        }
        end
    }

    /// Counts the instances of repeated absences that start in a span, up to about `most`.
    pub fn count(&self, span: Span, most: usize) -> usize {
        let days = usize::try_from(span.millis() / DAY + 2).unwrap_or(usize::MAX);
        let named: usize = self.recurring.iter().map(|recurring| recurring.named()).sum();
        if days.saturating_mul(self.most_a_day).saturating_add(named) <= most {
            return 0;
        }
        let mut count = 0;
        for recurring in &self.recurring {
            count += if count > most { 0 } else { recurring.count(span, most) };
        }
        count
    }

    // ---- chunks

    fn place(&self, at: Instant) -> Place<'_> {
        let index = self.index(at);
        let (spans, into_chunk) = (self.chunk(index), at.millis_since(self.chunk_span(index).start));
        Place { index, spans, begun: count_until(spans, into_chunk, self.bits, |span| span.start <= at) }
    }

    fn index(&self, at: Instant) -> usize {
        ((at.millis() - Instant::MIN.millis()) >> self.bits) as usize
    }

    fn chunk_span(&self, index: usize) -> Span {
        let start = |index: usize| Instant::MIN.saturating_add((index as i64) << self.bits);
        Span::new(start(index), start(index + 1))
    }

    fn chunk(&self, index: usize) -> &[Span] {
        let count = self.index(Instant::MAX) + 1;
        let blocks = self.blocks.get_or_init(|| (0..count.div_ceil(BLOCK)).map(|_| OnceLock::new()).collect());
        let Some(block) = blocks.get(index / BLOCK) else { return &[] };
        let block = block.get_or_init(|| Box::new([const { OnceLock::new() }; BLOCK]));
        block.get(index % BLOCK).map(|chunk| &**chunk.get_or_init(|| self.lay_out(index))).unwrap_or_default()
    }

    fn lay_out(&self, index: usize) -> Box<[Span]> {
        let chunk = self.chunk_span(index);
        let mut covered: Vec<Span> = Vec::new();
        let first = self.once.as_slice().partition_point(|span| span.end <= chunk.start);
        let once = self.once.iter().skip(first).take_while(|span| span.start < chunk.end);
        covered.extend(once.map(|span| span.intersection(&chunk)));
        self.recurring.iter().for_each(|recurring| recurring.cover(chunk, &mut covered));
        Spans::from_iter(covered).as_slice().into()
    }
}

/// Returns the size of a chunk: if possible, a chunk has some hundreds of spans at most, which bounds the cost of its first
/// use.
fn chunk_bits(spans_a_day: usize) -> u32 {
    const MOST: usize = 512;
    let days = |bits: u32| ((1_i64 << bits) / DAY + 1) as usize;
    (SHORTEST..=LONGEST).rev().find(|bits| days(*bits).saturating_mul(spans_a_day) <= MOST).unwrap_or(SHORTEST)
}
