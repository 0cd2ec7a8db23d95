//! Packs a module for its way into a browser: what a compressor makes of it is about a sixth smaller than of the module.
//!
//! An instruction is written as one byte, its letter, and the number that goes with it as a number of a stream: those of
//! calls together, those of constants together, and so on, for numbers of one kind resemble each other. Letters of related
//! instructions are near each other, because Brotli looks at the ranges that the last two bytes were in (RFC 7932, section
//! 7.1, `Signed`). A local is numbered by how many others were used since it was. The commonest numbers are part of the letter.
//!
//! What is packed has, all lengths being LEB128: how much of the module precedes its functions and how much follows them, and
//! both; how many functions there are; the alphabet; the lengths of the streams, and the streams. Before it stand its own length
//! and that of the module, four bytes each. It becomes the data of a module whose code unpacks it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use frontdesk_wasm_unpack::{self as unpack, *};
use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, ExportItem, GlobalKind, Module as Wasm};
use wasmparser::{FunctionBody, Parser, Payload};

use crate::Outcome;

/// Where numbers are put.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stream {
    Declarations = DECLARATIONS as isize,
    Constants,
    Locals,
    Offsets,
    Calls,
    Branches,
    Rare,
    LongConstants,
    Letters = LETTERS as isize,
}

/// What a letter stands for: the bytes an instruction begins with, and how it goes on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Letter {
    head: Vec<u8>,
    kind: u8,
    stream: Stream,
}

/// A module in pieces.
#[derive(Default)]
struct Pieces {
    functions: usize,
    /// Letters as they come, and how often each does.
    text: Vec<Letter>,
    counts: BTreeMap<Letter, usize>,
    streams: [Vec<u8>; STREAMS],
}

/// Makes a module that unpacks another; the unpacker is what `frontdesk-wasm-unpack` is compiled to.
pub fn pack(module: &[u8], unpacker: &[u8]) -> Outcome<Vec<u8>> {
    let packed = packed(module)?;
    let mut unpacked = vec![0; module.len()];
    if unpack::unpack(&packed, &mut unpacked).is_none() || unpacked != module {
        return Err("a module does not unpack to itself".into());
    }
    let lengths = [packed.len(), module.len()].map(|length| (length as u32).to_le_bytes());
    joined(unpacker, [lengths.concat(), packed].concat(), module.len())
}

/// An unpacker with its data, and with so much room behind it.
fn joined(unpacker: &[u8], data: Vec<u8>, room: usize) -> Outcome<Vec<u8>> {
    const PAGE: u64 = 1 << 16;
    let mut wasm = Wasm::from_buffer(unpacker)?;
    let start = free(&wasm).ok_or("the unpacker does not say where its memory is free")?;
    wasm.exports.remove("__heap_base")?;
    let memory = wasm.get_memory_id()?;
    let end = u64::from(start.unsigned_abs()) + (data.len() + room) as u64;
    wasm.memories.get_mut(memory).initial = end.div_ceil(PAGE);
    wasm.data.add(DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(start)) }, data);
    Ok(wasm.emit_wasm())
}

/// Where the memory of an unpacker is free.
fn free(wasm: &Wasm) -> Option<i32> {
    let export = wasm.exports.iter().find(|export| export.name == "__heap_base")?;
    let ExportItem::Global(global) = export.item else { return None };
    let GlobalKind::Local(ConstExpr::Value(Value::I32(start))) = wasm.globals.get(global).kind else { return None };
    Some(start)
}

fn packed(module: &[u8]) -> Outcome<Vec<u8>> {
    let mut pieces = Pieces::default();
    let mut code = 0..0;
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::CodeSectionStart { range, count, .. } => {
                pieces.functions = count as usize;
                code = range;
            }
            Payload::CodeSectionEntry(body) => pieces.function(module, &body)?,
            _ => (),
        }
    }
    let first = code.start + number(pieces.functions).len();
    pieces.written(&module[..first], &module[code.end..])
}

impl Pieces {
    fn function(&mut self, module: &[u8], body: &FunctionBody<'_>) -> Outcome {
        let operators = body.get_operators_reader()?;
        let mut start = operators.original_position();
        self.put(Stream::Declarations, &module[body.range().start..start]);
        let mut used = Used::default();
        for operator in operators.into_iter_with_offsets().skip(1) {
            let end = operator?.1;
            self.instruction(&module[start..end], &mut used)?;
            start = end;
        }
        self.instruction(&module[start..body.range().end], &mut used)
    }

    fn instruction(&mut self, bytes: &[u8], used: &mut Used) -> Outcome {
        let (&first, rest) = bytes.split_first().ok_or("an instruction without bytes")?;
        let (length, kind, stream) = match first {
            0x0c | 0x0d => (1, NUMBER, Stream::Branches),
            0x0e => (1, TABLE, Stream::Rare),
            0x10 => (1, NUMBER, Stream::Calls),
            0x11 => (1, NUMBERS, Stream::Rare),
            0x20..=0x22 => return self.local(first, used.rank(rest)),
            0x28..=0x3e if matches!(rest, [_, 0 | 4 | 8]) => (bytes.len(), WHOLE, Stream::Letters),
            0x28..=0x3e => (2, NUMBER, Stream::Offsets),
            0x41 if matches!(rest, [0..=2]) => (bytes.len(), WHOLE, Stream::Letters),
            0x41 => (1, NUMBER, Stream::Constants),
            0x42 => (1, NUMBER, Stream::LongConstants),
            0x43 => (1, FOUR, Stream::Rare),
            0x44 => (1, EIGHT, Stream::Rare),
            _ => (bytes.len(), WHOLE, Stream::Letters),
        };
        let (head, operand) = bytes.split_at_checked(length).ok_or("an instruction that is too short")?;
        self.put(stream, operand);
        self.letter(Letter { head: head.to_vec(), kind, stream });
        Ok(())
    }

    fn local(&mut self, first: u8, rank: usize) -> Outcome {
        let kind = match rank {
            0 => LAST,
            1 => LAST_BUT_ONE,
            _ => LOCAL,
        };
        if kind == LOCAL {
            self.put(Stream::Locals, &number(rank - 2));
        }
        self.letter(Letter { head: vec![first], kind, stream: Stream::Locals });
        Ok(())
    }

    fn put(&mut self, stream: Stream, bytes: &[u8]) {
        self.streams[stream as usize].extend_from_slice(bytes);
    }

    fn letter(&mut self, letter: Letter) {
        *self.counts.entry(letter.clone()).or_default() += 1;
        self.text.push(letter);
    }

    fn written(mut self, before: &[u8], after: &[u8]) -> Outcome<Vec<u8>> {
        let alphabet = alphabet(&self.counts)?;
        let codes: BTreeMap<&Letter, u8> =
            (0..=u8::MAX).zip(&alphabet).filter_map(|(code, letter)| Some((letter.as_ref()?, code))).collect();
        let text = self.text.iter().filter_map(|letter| codes.get(letter).copied());
        self.streams[Stream::Letters as usize] = text.collect();
        let lengths = [number(before.len()), number(after.len())].concat();
        let alphabet: Vec<u8> = alphabet.iter().flat_map(|letter| entry(letter.as_ref())).collect();
        let streams: Vec<u8> = self.streams.iter().flat_map(|stream| number(stream.len())).collect();
        let functions = number(self.functions);
        Ok([&lengths, before, after, &functions, &alphabet, &streams, &self.streams.concat()].concat())
    }
}

/// The locals of a function that were used, the last one first; those that were not follow in their order.
#[derive(Default)]
struct Used(Vec<usize>);

impl Used {
    /// How many were used since the local whose number is written so.
    fn rank(&mut self, written: &[u8]) -> usize {
        let local = written.iter().rev().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f));
        self.0.extend(self.0.len()..=local);
        let rank = self.0.iter().position(|it| *it == local).unwrap_or_default();
        self.0[..=rank].rotate_right(1);
        rank
    }
}

/// What each byte stands for.
fn alphabet(counts: &BTreeMap<Letter, usize>) -> Result<Vec<Option<Letter>>, String> {
    let mut letters: Vec<&Letter> = counts.keys().collect();
    letters.sort_by_key(|letter| std::cmp::Reverse(counts.get(letter)));
    let mut free: BTreeSet<u8> = (0..=u8::MAX).collect();
    let mut alphabet = vec![None; free.len()];
    let mut without = Vec::new();
    for letter in letters {
        match free.range(range(letter)).next().copied() {
            Some(code) => {
                free.remove(&code);
                alphabet[usize::from(code)] = Some(letter.clone());
            }
            None => without.push(letter),
        }
    }
    for letter in without {
        let code = free.pop_first().ok_or("there are more kinds of instructions than letters")?;
        alphabet[usize::from(code)] = Some(letter.clone());
    }
    Ok(alphabet)
}

/// Where the letters of related instructions are, as far as there is room.
fn range(letter: &Letter) -> RangeInclusive<u8> {
    match letter.head.first().copied().unwrap_or_default() {
        0x20 => 0..=15,
        0x28..=0x35 => 16..=63,
        0x36..=0x3e => 64..=127,
        0x67..=0xc4 => 128..=159,
        0x45..=0x66 => 160..=191,
        0x21 | 0x22 | 0x24 => 240..=254,
        0x23 | 0x41..=0x44 => 255..=255,
        _ => 192..=239,
    }
}

/// A letter in the alphabet: the length of its head, and where there is one, the head, the kind and the stream.
fn entry(letter: Option<&Letter>) -> Vec<u8> {
    let Some(Letter { head, kind, stream }) = letter else { return vec![0] };
    [&number(head.len()), head, &[*kind, *stream as u8][..]].concat()
}

/// A length as LEB128.
fn number(mut length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = (length & 0x7f) as u8;
        length >>= 7;
        if length == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests;
