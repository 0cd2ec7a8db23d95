//! Finding a place in a chunk of time whose entries lie almost evenly.

/// Counts the entries of a chunk up to a moment, `into_chunk` after its start. `until` is `true` for the entries to count,
/// which come first. The chunk lasts two to the power of `bits`.
///
/// If the entries are distributed almost evenly, a guess by proportion is at most a few off.
#[inline]
pub(super) fn count_until<T>(entries: &[T], into_chunk: i64, bits: u32, until: impl Fn(&T) -> bool) -> usize {
    const NEAR: usize = 8;
    let part = into_chunk as u64 >> (bits - 16);
    let guess = (part as usize * entries.len()) >> 16;
    let (from, to) = (guess.saturating_sub(NEAR), (guess + NEAR).min(entries.len()));
    let near = entries.get(from..to).unwrap_or_default();
    let found = from + near.iter().filter(|entry| until(entry)).count();
    let is_inside = (from == 0 || found > from) && (to == entries.len() || found < to);
    if is_inside { found } else { entries.partition_point(until) }
}
