//! Takes out of a module what nobody would see.

use std::ops::Range;

use rustc_demangle::demangle;
use walrus::ir::Value;
use walrus::{ConstExpr, DataId, DataKind, FunctionBuilder, FunctionId, FunctionKind, Module};

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

/// Has every panic trap at once.
pub fn panics(module: &mut Module) {
    for id in beginnings_of_panics(module) {
        let (params, results) = module.types.params_results(module.funcs.get(id).ty());
        let (params, results) = (params.to_vec(), results.to_vec());
        let mut body = FunctionBuilder::new(&mut module.types, &params, &results);
        let arguments = params.iter().map(|param| module.locals.add(*param)).collect();
        body.func_body().unreachable();
        module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
    }
}

fn beginnings_of_panics(module: &Module) -> Vec<FunctionId> {
    let names = module.funcs.iter_local().filter_map(|(id, _)| Some((id, module.funcs.get(id).name.as_deref()?)));
    names.filter(|(_, name)| is_panic(&format!("{:#}", demangle(name)))).map(|(id, _)| id).collect()
}

fn is_panic(name: &str) -> bool {
    // What is generic for a type of another crate is written <core::…>.
    PANICS.iter().any(|beginning| name.trim_start_matches('<').starts_with(beginning))
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
