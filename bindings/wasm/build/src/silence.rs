//! Takes out of a module what nobody would see.

use rustc_demangle::demangle;
use walrus::{FunctionBuilder, FunctionId, FunctionKind, Module};

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
    for id in named(module, &PANICS) {
        let (params, results) = module.types.params_results(module.funcs.get(id).ty());
        let (params, results) = (params.to_vec(), results.to_vec());
        let mut body = FunctionBuilder::new(&mut module.types, &params, &results);
        body.func_body().unreachable();
        let arguments = params.iter().map(|param| module.locals.add(*param)).collect();
        module.funcs.get_mut(id).kind = FunctionKind::Local(body.local_func(arguments));
    }
}

/// The functions whose names begin so.
fn named(module: &Module, beginnings: &[&str]) -> Vec<FunctionId> {
    let is_meant = |name: &str| {
        let name = format!("{:#}", demangle(name));
        // What is generic for a type of another crate is written <core::…>.
        beginnings.iter().any(|beginning| name.trim_start_matches('<').starts_with(beginning))
    };
    module.funcs.iter_local().filter(|(id, _)| module.funcs.get(*id).name.as_deref().is_some_and(is_meant)).map(|(id, _)| id).collect()
}
