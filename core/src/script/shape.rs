//! Functions for scripts, by what they are given.
//!
//! Each closure is a type of its own, for which all that Rhai needs of a function would be compiled anew. As pointers, all of one
//! shape share it: what a browser has to load is smaller by some twenty kilobytes.

use rhai::NativeCallContext as Ctx;

/// Of nothing.
pub(super) fn free<R>(function: fn() -> R) -> fn() -> R {
    function
}

/// Of one value.
pub(super) fn one<A, R>(function: fn(A) -> R) -> fn(A) -> R {
    function
}

/// Of two values.
pub(super) fn two<A, B, R>(function: fn(A, B) -> R) -> fn(A, B) -> R {
    function
}

/// Of three values.
pub(super) fn three<A, B, C, R>(function: fn(A, B, C) -> R) -> fn(A, B, C) -> R {
    function
}

/// Of something that is not copied for it.
pub(super) fn of<T, R>(function: fn(&mut T) -> R) -> fn(&mut T) -> R {
    function
}

/// The same, and a value.
pub(super) fn of_and<T, A, R>(function: fn(&mut T, A) -> R) -> fn(&mut T, A) -> R {
    function
}

/// The same, and two values.
pub(super) fn of_and_two<T, A, B, R>(function: fn(&mut T, A, B) -> R) -> fn(&mut T, A, B) -> R {
    function
}

/// Of something that is not copied for it, and a function of the script, which it calls.
pub(super) fn asking<T, A, R>(function: fn(Ctx<'_>, &mut T, A) -> R) -> fn(Ctx<'_>, &mut T, A) -> R {
    function
}

/// The same, and a value.
pub(super) fn asking_and<T, A, B, R>(function: fn(Ctx<'_>, &mut T, A, B) -> R) -> fn(Ctx<'_>, &mut T, A, B) -> R {
    function
}
