//! Takes out of a module what nobody would see.

use std::ops::Range;

use rustc_demangle::demangle;
use walrus::ir::{MemArg, StoreKind, Value};
use walrus::{
    ConstExpr, DataId, DataKind, FunctionBuilder, FunctionId, FunctionKind, InstrSeqBuilder, LocalId, Module, ValType,
};

/// Where a panic begins. It ends in a trap; its message goes nowhere, for a module has nowhere to write to, so it need not
/// be put together.
const PANICS: [&str; 10] = [
    "core::panicking::",
    "core::option::unwrap_failed",
    "core::option::expect_failed",
    "core::result::unwrap_failed",
    "core::cell::panic_already_",
    "core::slice::index::slice_index_fail",
    "core::str::slice_error_fail",
    "alloc::raw_vec::handle_error",
    "alloc::alloc::handle_alloc_error",
    "std::alloc::rust_oom",
];

/// The parts of the engine of scripts that programmers alone look at (`Debug`). What scripts can hold, and so make a text of,
/// is not among them.
const INNARDS: [&str; 8] = [
    "rhai::ast::",
    "rhai::eval::",
    "rhai::func::",
    "rhai::module::",
    "rhai::types::error::",
    "rhai::types::ident::",
    "rhai::types::parse_error::",
    "rhai::types::token::",
];

/// Has every panic trap at once.
pub fn panics(module: &mut Module) {
    replace(
        module,
        |name| begins(name, &PANICS),
        |body, _| {
            body.unreachable();
        },
    );
}

/// Has the engine of scripts not tell what it is made of.
pub fn innards(module: &mut Module) {
    replace(module, |name| begins(name, &INNARDS) && name.contains(" as core::fmt::Debug>::fmt"), success);
}

/// Zero is success.
fn success(body: &mut InstrSeqBuilder<'_>, _: &[LocalId]) {
    body.i32_const(0);
}

/// Has the standard library read long numbers with a point by its slow way, which is always right, and blanks the table of
/// powers of five that the quick way needs: ten kilobytes that no compression makes smaller. Up to 15 digits neither is used.
///
/// Nothing is done where a standard library does it in another way; the sizes tell.
pub fn powers(module: &mut Module) {
    let quick = named(module, is_quick);
    let is_known =
        |id: &FunctionId| module.types.params(module.funcs.get(*id).ty()) == [ValType::I32, ValType::I64, ValType::I64];
    let Some(memory) = module.memories.iter().next().map(|memory| memory.id()) else { return };
    if quick.is_empty() || !quick.iter().all(is_known) || !blank_powers(module) {
        return;
    }
    // No digits and the exponent -1: the quick way does not know.
    replace(module, is_quick, |body, arguments| {
        let at = |offset| MemArg { align: 4, offset };
        body.local_get(arguments[0]).i64_const(0).store(memory, StoreKind::I64 { atomic: false }, at(0));
        body.local_get(arguments[0]).i32_const(-1).store(memory, StoreKind::I32 { atomic: false }, at(8));
    });
}

fn is_quick(name: &str) -> bool {
    begins(name, &["core::num::dec2flt::lemire::compute_float"])
}

/// Blanks the powers of five from -342 to 308, sixteen bytes each; false where they are not found.
fn blank_powers(module: &mut Module) -> bool {
    const FIRST: [u64; 2] = [0xeef4_53d6_923b_d65a, 0x113f_aa29_06a1_3b3f];
    const POWERS: usize = 651;
    let first: Vec<u8> = FIRST.into_iter().flat_map(u64::to_le_bytes).collect();
    let all: Vec<DataId> = module.data.iter().map(|data| data.id()).collect();
    let blanked = all.into_iter().find_map(|id| {
        let value = &mut module.data.get_mut(id).value;
        let at = value.windows(first.len()).position(|window| window == first)?;
        value.get_mut(at..at + POWERS * first.len()).map(|table| table.fill(0))
    });
    blanked.is_some()
}

/// Blanks the places in the source that panics would tell: each a text that ends in .rs, its length, a line and a column.
pub fn places(module: &mut Module) {
    let all: Vec<DataId> = module.data.iter().map(|data| data.id()).collect();
    for id in all {
        let data = module.data.get_mut(id);
        let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind else { continue };
        let texts: Vec<Range<usize>> =
            (0..data.value.len()).step_by(4).filter_map(|at| place(&mut data.value, at, start as usize)).collect();
        for text in texts {
            data.value.get_mut(text).into_iter().for_each(|text| text.fill(0));
        }
    }
}

/// Blanks what lies at an offset, if it is a place; gives where its text is.
fn place(memory: &mut [u8], at: usize, start: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 300;
    const LAST: [usize; 2] = [100_000, 1_000];
    let number = |at: usize| Some(u32::from_le_bytes(memory.get(at..at + 4)?.try_into().ok()?) as usize);
    let (text, length, line, column) =
        (number(at)?.checked_sub(start)?, number(at + 4)?, number(at + 8)?, number(at + 12)?);
    let is_place = length <= LONGEST && (1..LAST[0]).contains(&line) && (1..LAST[1]).contains(&column);
    let range = text..text.checked_add(length)?;
    if !is_place || !memory.get(range.clone())?.ends_with(b".rs") {
        return None;
    }
    memory.get_mut(at..at + 16)?.fill(0);
    Some(range)
}

/// Gives functions another body.
fn replace(module: &mut Module, is_meant: fn(&str) -> bool, write: impl Fn(&mut InstrSeqBuilder<'_>, &[LocalId])) {
    for id in named(module, is_meant) {
        let (params, results) = module.types.params_results(module.funcs.get(id).ty());
        let (params, results) = (params.to_vec(), results.to_vec());
        let mut body = FunctionBuilder::new(&mut module.types, &params, &results);
        let arguments: Vec<LocalId> = params.iter().map(|param| module.locals.add(*param)).collect();
        write(&mut body.func_body(), &arguments);
        module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
    }
}

fn begins(name: &str, beginnings: &[&str]) -> bool {
    // What is generic for a type of another crate is written <core::…>.
    beginnings.iter().any(|beginning| name.trim_start_matches('<').starts_with(beginning))
}

/// The functions whose names are so.
fn named(module: &Module, is_meant: fn(&str) -> bool) -> Vec<FunctionId> {
    let is_meant = |name: &str| is_meant(&format!("{:#}", demangle(name)));
    module
        .funcs
        .iter_local()
        .filter(|(id, _)| module.funcs.get(*id).name.as_deref().is_some_and(is_meant))
        .map(|(id, _)| id)
        .collect()
}
