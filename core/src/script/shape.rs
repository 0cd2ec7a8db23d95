//! Functions of scripts, by the shape of their parameters.
//!
//! Rhai's registration code would be compiled for each closure, because every closure is a type. Function pointers of one
//! shape share it, which saves a browser some twenty kilobytes.

use rhai::NativeCallContext as Ctx;

/// No parameter.
pub(super) fn free<R>(function: fn() -> R) -> fn() -> R {
    function
}

/// One value.
pub(super) fn one<A, R>(function: fn(A) -> R) -> fn(A) -> R {
    function
}

/// Two values.
pub(super) fn two<A, B, R>(function: fn(A, B) -> R) -> fn(A, B) -> R {
    function
}

/// Three values.
pub(super) fn three<A, B, C, R>(function: fn(A, B, C) -> R) -> fn(A, B, C) -> R {
    function
}

/// A value that is not copied.
pub(super) fn of<T, R>(function: fn(&mut T) -> R) -> fn(&mut T) -> R {
    function
}

/// A value that is not copied, and one more.
pub(super) fn of_and<T, A, R>(function: fn(&mut T, A) -> R) -> fn(&mut T, A) -> R {
    function
}

/// A value that is not copied, and two more.
pub(super) fn of_and_two<T, A, B, R>(function: fn(&mut T, A, B) -> R) -> fn(&mut T, A, B) -> R {
    function
}

/// A value that is not copied, and a function of the script, which is called.
pub(super) fn asking<T, A, R>(function: fn(Ctx<'_>, &mut T, A) -> R) -> fn(Ctx<'_>, &mut T, A) -> R {
    function
}

/// A value that is not copied, a function of the script, and one more value.
pub(super) fn asking_and<T, A, B, R>(function: fn(Ctx<'_>, &mut T, A, B) -> R) -> fn(Ctx<'_>, &mut T, A, B) -> R {
    function
}
