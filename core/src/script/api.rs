//! What scripts can use: registered and documented in one breath, so that neither drifts from the other.

use std::any::TypeId;

use rhai::{Dynamic, Engine, FuncRegistration, Module, RhaiNativeFunc};

use super::budget::Fallible;

/// A member or function that scripts can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// What it belongs to: `agent`, `conversation`, `text`, … or `everywhere`.
    pub of: &'static str,
    /// How it is written, with types: `load: int` for a value, `contains(part: text) -> bool` for a function.
    pub signature: &'static str,
    /// What it gives.
    pub doc: &'static str,
}

impl Member {
    /// The name alone.
    pub fn name(&self) -> &'static str {
        let end = self.signature.find(['(', ':']).unwrap_or(self.signature.len());
        self.signature.get(..end).unwrap_or_default()
    }
}

/// An engine that is being built, and all that it knows so far.
pub(super) struct Api {
    pub engine: Engine,
    /// Beside the engine: what registers a function there is larger.
    functions: Module,
    members: Vec<Member>,
}

impl Api {
    pub fn of(engine: Engine) -> Api {
        Api { engine, functions: Module::new(), members: Vec::new() }
    }

    /// The engine, with all that it knows.
    pub fn finish(self) -> (Engine, Vec<Member>) {
        let Api { mut engine, functions, members } = self;
        engine.register_global_module(functions.into());
        (engine, members)
    }

    /// A value of a view: `name: type`.
    pub fn value<T: Clone + Send + Sync + 'static, V: Into<Dynamic> + 'static>(
        &mut self,
        of: &'static str,
        signature: &'static str,
        doc: &'static str,
        get: fn(&T) -> Fallible<V>,
    ) {
        let member = Member { of, signature, doc };
        let read = move |it: &mut T| -> Fallible<Dynamic> { get(it).map(Into::into) };
        getter(member.name()).set_into_module(&mut self.functions, read);
        self.note(member);
    }

    /// A function, which belongs to the type of its first argument; it changes nothing.
    pub fn function<A: 'static, const N: usize, const X: bool, R: Clone + Send + Sync + 'static, const F: bool>(
        &mut self,
        of: &'static str,
        signature: &'static str,
        doc: &'static str,
        function: impl RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    ) {
        let member = Member { of, signature, doc };
        self.hidden(member.name(), function);
        self.note(member);
    }

    /// A function that changes its first argument.
    pub fn change<A: 'static, const N: usize, const X: bool, R: Clone + Send + Sync + 'static, const F: bool>(
        &mut self,
        of: &'static str,
        signature: &'static str,
        doc: &'static str,
        function: impl RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    ) {
        let member = Member { of, signature, doc };
        pure(member.name()).set_into_module(&mut self.functions, function);
        self.note(member);
    }

    /// An operator or a second form of what is documented already.
    pub fn hidden<A: 'static, const N: usize, const X: bool, R: Clone + Send + Sync + 'static, const F: bool>(
        &mut self,
        name: &'static str,
        function: impl RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    ) {
        pure(name).set_into_module(&mut self.functions, function);
    }

    /// What `for` goes through of a type.
    pub fn iterator(&mut self, of: TypeId, elements: fn(Dynamic) -> Box<dyn Iterator<Item = Dynamic>>) {
        self.functions.set_iter(of, elements);
    }

    #[inline(never)]
    fn note(&mut self, member: Member) {
        self.members.push(member);
    }
}

// What is compiled for each function is all the smaller for what is not.

/// A function that may be given constants.
#[inline(never)]
fn pure(name: &str) -> FuncRegistration {
    FuncRegistration::new(name).in_global_namespace().with_purity(true)
}

#[inline(never)]
fn getter(name: &str) -> FuncRegistration {
    FuncRegistration::new_getter(name).with_purity(true)
}
