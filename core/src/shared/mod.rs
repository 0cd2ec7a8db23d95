//! Collections whose copies share memory: a copy costs little, and a change after it copies a small part.
//!
//! `std` has none, and those of the crates that have (`im`, `rpds`) take several times the memory for each entry.

#[cfg(feature = "routing")]
mod list;
mod map;
mod set;
mod table;

#[cfg(feature = "routing")]
pub(crate) use self::list::SharedList;
pub(crate) use self::map::SharedMap;
pub(crate) use self::set::SharedSet;
pub(crate) use self::table::{SharedTable, hash_of};

/// Gives a list a length, and releases its memory once most of it is unused.
pub(crate) fn resize<T: Default>(list: &mut Vec<T>, length: usize) {
    list.resize_with(length, T::default);
    release(list);
}

/// Releases the memory of a list once most of it is unused.
fn release<T>(list: &mut Vec<T>) {
    if list.len() < list.capacity() / 4 {
        list.shrink_to_fit();
    }
}
