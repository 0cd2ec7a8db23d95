//! Unpacks a module that `frontdesk-wasm-build` packed; there it says how, and why. Compiled for wasm32 it is the whole code of
//! a packed module.

#![cfg_attr(target_family = "wasm", no_std)]

#[cfg(target_family = "wasm")]
mod module;

/// The instruction is its head.
pub const WHOLE: u8 = 0;
/// A LEB128 follows the head.
pub const NUMBER: u8 = 1;
/// Two of them follow.
pub const NUMBERS: u8 = 2;
/// As many follow as the first one says, and another.
pub const TABLE: u8 = 3;
/// Four bytes follow.
pub const FOUR: u8 = 4;
/// Eight bytes follow.
pub const EIGHT: u8 = 5;
/// A local follows: in the stream is how many others were used since it was, but for those below.
pub const LOCAL: u8 = 6;
/// The local follows that was used last.
pub const LAST: u8 = 7;
/// The local follows that was used before that.
pub const LAST_BUT_ONE: u8 = 8;

/// How many streams there are.
pub const STREAMS: usize = 9;
/// The stream of the declarations of locals.
pub const DECLARATIONS: usize = 0;
/// The stream of letters.
pub const LETTERS: usize = STREAMS - 1;
/// The most bytes that a letter stands for.
pub const HEAD: usize = 4;
/// The most locals a function may have.
pub const LOCALS: usize = 1 << 12;

/// Instructions with a meaning for what follows them (WebAssembly, section 5.4).
const END: u8 = 0x0b;
const BLOCKS: core::ops::RangeInclusive<u8> = 0x02..=0x04;

/// Unpacks into a place of the length of the module.
///
/// Returns nothing where this is no packed module, or the place has another length.
pub fn unpack(packed: &[u8], place: &mut [u8]) -> Option<()> {
    let mut at = 0;
    let (before, after) = (number(packed, &mut at)?, number(packed, &mut at)?);
    let (before, after) = (take(packed, &mut at, before)?, take(packed, &mut at, after)?);
    let functions = number(packed, &mut at)?;
    let mut alphabet = [Letter::default(); 256];
    for letter in &mut alphabet {
        *letter = Letter::read(packed, &mut at)?;
    }
    let mut lengths = [0; STREAMS];
    for length in &mut lengths {
        *length = number(packed, &mut at)?;
    }
    let streams = lengths.map(|length| {
        at += length;
        at - length
    });
    place.get_mut(..before.len())?.copy_from_slice(before);
    let mut code = Code { packed, streams, place, to: before.len(), used: [0; LOCALS], known: 0 };
    for _ in 0..functions {
        code.function(&alphabet)?;
    }
    let behind = code.place.get_mut(code.to..)?;
    (behind.len() == after.len()).then(|| behind.copy_from_slice(after))
}

/// Reads a LEB128, and goes on behind it.
fn number(packed: &[u8], at: &mut usize) -> Option<usize> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let byte = *packed.get(*at)?;
        *at += 1;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn take<'a>(packed: &'a [u8], at: &mut usize, length: usize) -> Option<&'a [u8]> {
    let taken = packed.get(*at..)?.get(..length)?;
    *at += length;
    Some(taken)
}

/// How instructions begin and go on.
#[derive(Clone, Copy, Default)]
struct Letter {
    head: [u8; HEAD],
    length: u8,
    kind: u8,
    stream: u8,
    /// How much deeper what follows is.
    deeper: i8,
}

impl Letter {
    fn read(packed: &[u8], at: &mut usize) -> Option<Self> {
        let length = number(packed, at)?;
        let mut head = [0; HEAD];
        head.get_mut(..length)?.copy_from_slice(take(packed, at, length)?);
        if length == 0 {
            return Some(Letter::default());
        }
        let (kind, stream) = (number(packed, at)? as u8, number(packed, at)? as u8);
        let deeper = match head[0] {
            END => -1,
            first if BLOCKS.contains(&first) => 1,
            _ => 0,
        };
        Some(Letter { head, length: length as u8, kind, stream, deeper })
    }
}

/// The functions of a module while they are unpacked.
struct Code<'a> {
    packed: &'a [u8],
    /// Where the streams go on.
    streams: [usize; STREAMS],
    place: &'a mut [u8],
    to: usize,
    /// The locals of a function that were used, the last one first; those that were not follow in their order.
    used: [u16; LOCALS],
    known: usize,
}

impl Code<'_> {
    fn function(&mut self, alphabet: &[Letter; 256]) -> Option<()> {
        let start = self.to;
        self.known = 0;
        for _ in 0..self.number(DECLARATIONS)? {
            self.number(DECLARATIONS)?;
            self.bytes(DECLARATIONS, 1)?;
        }
        let mut depth = 1_i32;
        while depth > 0 {
            let letter = alphabet[usize::from(self.next(LETTERS)?)];
            *self.place.get_mut(self.to..)?.first_chunk_mut()? = letter.head;
            self.to += usize::from(letter.length);
            depth += i32::from(letter.deeper);
            self.operand(letter.kind, usize::from(letter.stream))?;
        }
        self.measure(start)
    }

    #[inline(always)]
    fn operand(&mut self, kind: u8, stream: usize) -> Option<()> {
        match kind {
            WHOLE => Some(()),
            NUMBER => self.copy(stream),
            LAST => self.local(0),
            LAST_BUT_ONE => self.local(1),
            LOCAL => {
                let rank = self.number_in(stream)?;
                self.local(rank + 2)
            }
            _ => self.rare(kind, stream),
        }
    }

    fn rare(&mut self, kind: u8, stream: usize) -> Option<()> {
        let numbers = match kind {
            NUMBERS => 2,
            TABLE => self.number(stream)? + 1,
            FOUR => return self.bytes(stream, 4),
            _ => return self.bytes(stream, 8),
        };
        for _ in 0..numbers {
            self.copy(stream)?;
        }
        Some(())
    }

    #[inline(always)]
    fn next(&mut self, stream: usize) -> Option<u8> {
        let at = self.streams.get_mut(stream)?;
        let byte = *self.packed.get(*at)?;
        *at += 1;
        Some(byte)
    }

    #[inline(always)]
    fn put(&mut self, byte: u8) -> Option<()> {
        *self.place.get_mut(self.to)? = byte;
        self.to += 1;
        Some(())
    }

    /// Copies a number.
    #[inline(always)]
    fn copy(&mut self, stream: usize) -> Option<()> {
        loop {
            let byte = self.next(stream)?;
            self.put(byte)?;
            if byte < 0x80 {
                return Some(());
            }
        }
    }

    /// Copies a number; gives what it is.
    fn number(&mut self, stream: usize) -> Option<usize> {
        let mut at = *self.streams.get(stream)?;
        self.copy(stream)?;
        number(self.packed, &mut at)
    }

    /// A number of a stream.
    fn number_in(&mut self, stream: usize) -> Option<usize> {
        number(self.packed, self.streams.get_mut(stream)?)
    }

    fn bytes(&mut self, stream: usize, count: usize) -> Option<()> {
        for _ in 0..count {
            let byte = self.next(stream)?;
            self.put(byte)?;
        }
        Some(())
    }

    /// Writes the local that so many others were used since.
    #[inline(always)]
    fn local(&mut self, rank: usize) -> Option<()> {
        while self.known <= rank {
            *self.used.get_mut(self.known)? = self.known as u16;
            self.known += 1;
        }
        let local = *self.used.get(rank)?;
        let mut moved = local;
        for place in self.used.get_mut(..=rank)? {
            moved = core::mem::replace(place, moved);
        }
        self.write(usize::from(local))
    }

    #[inline(always)]
    fn write(&mut self, mut number: usize) -> Option<()> {
        while number > 0x7f {
            self.put(number as u8 | 0x80)?;
            number >>= 7;
        }
        self.put(number as u8)
    }

    /// Puts the length of what was written since a place in front of it.
    fn measure(&mut self, start: usize) -> Option<()> {
        let end = self.to;
        self.write(end - start)?;
        self.place.get_mut(start..self.to)?.copy_within(..end - start, self.to - end);
        self.to = start;
        self.write(end - start)?;
        self.to += end - start;
        Some(())
    }
}
