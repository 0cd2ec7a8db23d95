//! The values and functions that scripts can use; each is registered here, and documented in the reference.

use std::any::TypeId;

use rhai::{Dynamic, Engine, FuncRegistration, Module, RhaiNativeFunc};

use super::budget::Fallible;
use super::plain::{Get, Plain, Read, View};
use super::views::TimeView;

/// A member or function that scripts can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// The type or group it belongs to: `agent`, `conversation`, `text`, … or `everywhere`.
    pub of: &'static str,
    /// The form with types: `load: int` for a value, `contains(part: text) -> bool` for a function.
    pub signature: &'static str,
}

impl Member {
    /// Returns the name alone.
    pub fn name(&self) -> &'static str {
        let end = self.signature.find(['(', ':']).unwrap_or(self.signature.len());
        self.signature.get(..end).unwrap_or_default()
    }
}

/// An engine under construction, and the members registered so far.
pub(super) struct Api {
    pub engine: Engine,
    /// Apart from the engine: registering functions directly in it makes larger code.
    functions: Module,
    members: Vec<Member>,
    plain: Vec<PlainMember>,
}

/// A member with a plain value.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlainMember {
    pub member: Member,
    pub read: Read,
}

/// The members registered in an engine.
#[derive(Debug)]
pub(super) struct Members {
    pub all: Vec<Member>,
    /// Those with plain values.
    pub plain: Vec<PlainMember>,
}

impl Api {
    pub fn of(engine: Engine) -> Api {
        Api { engine, functions: Module::new(), members: Vec::new(), plain: Vec::new() }
    }

    /// Returns the engine and its members.
    pub fn finish(self) -> (Engine, Members) {
        let Api { mut engine, functions, members, plain } = self;
        engine.register_global_module(functions.into());
        (engine, Members { all: members, plain })
    }

    /// Registers a plain value of a view, written `name: type`.
    pub fn plain<V: View>(&mut self, of: &'static str, signature: &'static str, get: Get<V::Data>) {
        let read = move |it: &mut V| -> Fallible<Dynamic> { get(it.data()?).charged(it.zone()) };
        let member = Member { of, signature };
        getter(member.name()).set_into_module(&mut self.functions, read);
        self.note_plain(member, V::read(get));
    }

    /// Registers a plain value of a time, written `name: type`.
    pub fn plain_of_time(&mut self, signature: &'static str, get: fn(&TimeView) -> Plain<'static>) {
        let read = move |it: &mut TimeView| -> Fallible<Dynamic> { get(it).charged(&it.zone) };
        let member = Member { of: "time", signature };
        getter(member.name()).set_into_module(&mut self.functions, read);
        self.note_plain(member, Read::Time(get));
    }

    /// Registers a value of a view, written `name: type`.
    pub fn value<T: Clone + Send + Sync + 'static, V: Into<Dynamic> + 'static>(
        &mut self,
        of: &'static str,
        signature: &'static str,
        get: fn(&T) -> Fallible<V>,
    ) {
        let member = Member { of, signature };
        let read = move |it: &mut T| -> Fallible<Dynamic> { get(it).map(Into::into) };
        getter(member.name()).set_into_module(&mut self.functions, read);
        self.note(member);
    }

    /// Registers a function that belongs to the type of its first argument, and does not change it.
    pub fn function<A: 'static, const N: usize, const X: bool, R: Clone + Send + Sync + 'static, const F: bool>(
        &mut self,
        of: &'static str,
        signature: &'static str,
        function: impl RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    ) {
        let member = Member { of, signature };
        self.hidden(member.name(), function);
        self.note(member);
    }

    /// Registers a function that changes its first argument.
    pub fn change<A: 'static, const N: usize, const X: bool, R: Clone + Send + Sync + 'static, const F: bool>(
        &mut self,
        of: &'static str,
        signature: &'static str,
        function: impl RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    ) {
        let member = Member { of, signature };
        pure(member.name()).set_into_module(&mut self.functions, function);
        self.note(member);
    }

    /// Registers an operator, or a second form of a documented function.
    pub fn hidden<A: 'static, const N: usize, const X: bool, R: Clone + Send + Sync + 'static, const F: bool>(
        &mut self,
        name: &'static str,
        function: impl RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    ) {
        pure(name).set_into_module(&mut self.functions, function);
    }

    /// Registers the elements of a type for `for` loops.
    pub fn iterator(&mut self, of: TypeId, elements: fn(Dynamic) -> Box<dyn Iterator<Item = Dynamic>>) {
        self.functions.set_iter(of, elements);
    }

    #[inline(never)]
    fn note(&mut self, member: Member) {
        self.members.push(member);
    }

    #[inline(never)]
    fn note_plain(&mut self, member: Member, read: Read) {
        self.plain.push(PlainMember { member, read });
        self.note(member);
    }
}

// A separate function, so that the code compiled for each registered function is small.

/// Creates the registration of a function that accepts constants.
#[inline(never)]
fn pure(name: &str) -> FuncRegistration {
    FuncRegistration::new(name).in_global_namespace().with_purity(true)
}

#[inline(never)]
fn getter(name: &str) -> FuncRegistration {
    FuncRegistration::new_getter(name).with_purity(true)
}
