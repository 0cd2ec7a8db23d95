//! Cursors: the place in a view at which its next page begins.

use std::fmt;
use std::str::FromStr;

use crate::desk::ask::ViewSort;
use crate::desk::state::{ConversationRef, QueueKey};
use crate::problem::{Code, Problem};
use crate::time::Instant;

/// The place of the last conversation of a page, by the order in which its view is sorted. Conversations are named by their
/// numbers, which every copy of a desk counts alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cursor {
    Oldest(ConversationRef),
    Newest(ConversationRef),
    LastMessageNewest(Instant, ConversationRef),
    /// Its last message, and the instant of the first page: what was written after it comes on no later page.
    LastMessageOldest(Instant, ConversationRef, Instant),
    /// Its place in the queue as it was at the instant of the first page.
    Queue(QueueKey, Instant),
}

impl Cursor {
    /// Returns the order in which its view is sorted.
    pub fn sort(self) -> ViewSort {
        match self {
            Cursor::Oldest(_) => ViewSort::Oldest,
            Cursor::Newest(_) => ViewSort::Newest,
            Cursor::LastMessageNewest(..) => ViewSort::LastMessageNewest,
            Cursor::LastMessageOldest(..) => ViewSort::LastMessageOldest,
            Cursor::Queue(..) => ViewSort::Queue,
        }
    }

    fn numbers(self) -> Vec<i64> {
        let number = |reference: ConversationRef| reference.index().cast_signed();
        match self {
            Cursor::Oldest(it) | Cursor::Newest(it) => vec![number(it)],
            Cursor::LastMessageNewest(at, it) => vec![at.millis(), number(it)],
            Cursor::LastMessageOldest(at, it, until) => vec![at.millis(), number(it), until.millis()],
            Cursor::Queue(key, at) => key.numbers().into_iter().chain([at.millis()]).collect(),
        }
    }

    fn of(sort: ViewSort, numbers: &[i64]) -> Option<Cursor> {
        let reference = |number: i64| u64::try_from(number).ok().map(ConversationRef::of);
        let instant = |millis: i64| Instant::from_millis(millis).ok();
        match (sort, numbers) {
            (ViewSort::Oldest, [it]) => Some(Cursor::Oldest(reference(*it)?)),
            (ViewSort::Newest, [it]) => Some(Cursor::Newest(reference(*it)?)),
            (ViewSort::LastMessageNewest, [at, it]) => Some(Cursor::LastMessageNewest(instant(*at)?, reference(*it)?)),
            (ViewSort::LastMessageOldest, [at, it, until]) => {
                Some(Cursor::LastMessageOldest(instant(*at)?, reference(*it)?, instant(*until)?))
            }
            (ViewSort::Queue, [behind, from, order, it, at]) => {
                Some(Cursor::Queue(QueueKey::of_numbers([*behind, *from, *order, *it])?, instant(*at)?))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sort().as_str())?;
        self.numbers().iter().try_for_each(|number| write!(f, ":{number}"))
    }
}

impl FromStr for Cursor {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let mut parts = text.split(':');
        let sort = parts.next().and_then(|word| word.parse().ok());
        let numbers: Option<Vec<i64>> = parts.take(6).map(|number| number.parse().ok()).collect();
        let cursor = sort.zip(numbers).and_then(|(sort, numbers)| Cursor::of(sort, &numbers));
        cursor.filter(|cursor| cursor.to_string() == text).ok_or_else(|| {
            let hint = "give the \"next\" of the page before as it is, or leave it out for the first page";
            Problem::new(Code::InvalidValue, "this is not the cursor of a page").with_hint(hint)
        })
    }
}
