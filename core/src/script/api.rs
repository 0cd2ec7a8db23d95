//! What scripts can use: registered and documented in one breath, so that neither drifts from the other.

use rhai::{Dynamic, Engine, FuncRegistration, RhaiNativeFunc};

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
    pub members: Vec<Member>,
}

impl Api {
    /// A value of a view: `name: type`.
    pub fn value<T: Clone + Send + Sync + 'static, V: Into<Dynamic>>(
        &mut self,
        of: &'static str,
        signature: &'static str,
        doc: &'static str,
        get: impl Fn(&T) -> Fallible<V> + Send + Sync + 'static,
    ) {
        let member = Member { of, signature, doc };
        self.engine.register_get(member.name(), move |it: &mut T| -> Fallible<Dynamic> { get(it).map(Into::into) });
        self.members.push(member);
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
        self.members.push(member);
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
        self.engine.register_fn(member.name(), function);
        self.members.push(member);
    }

    /// An operator or a second form of what is documented already.
    pub fn hidden<A: 'static, const N: usize, const X: bool, R: Clone + Send + Sync + 'static, const F: bool>(
        &mut self,
        name: &'static str,
        function: impl RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
    ) {
        FuncRegistration::new(name).with_purity(true).register_into_engine(&mut self.engine, function);
    }
}
