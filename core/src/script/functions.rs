//! The functions of a script, each with its part of the syntax tree.

use std::sync::Arc;

use rhai::{AST, ASTNode, Expr, Stmt};

/// A function of a script.
#[derive(Clone)]
pub(super) struct Function {
    pub name: String,
    pub params: Vec<String>,
    /// A tree with only this function.
    pub body: Arc<AST>,
}

impl Function {
    /// Returns all functions of a script, in no order.
    pub fn all(ast: &AST) -> impl Iterator<Item = Function> {
        ast.iter_functions().map(|it| {
            let (name, arity) = (it.name, it.params.len());
            // `clone_functions_only_filtered` keeps all functions if there was none before (Rhai 1.27).
            let mut body = ast.clone_functions_only();
            body.retain_functions(|_, _, known, params| known == name && params == arity);
            let params = it.params.iter().map(|name| (*name).to_owned()).collect();
            Function { name: name.to_owned(), params, body: Arc::new(body) }
        })
    }

    /// Calls a function with each statement of the body, without those inside of others.
    pub fn for_each_statement(&self, mut see: impl FnMut(&Stmt)) {
        self.body.walk(&mut |path: &[ASTNode<'_>]| {
            if let [ASTNode::Stmt(statement)] = path {
                see(statement);
            }
            true
        });
    }

    /// Returns `true` if the body has a variable of a name.
    pub fn reads(&self, name: &str) -> bool {
        let is_another =
            |path: &[ASTNode<'_>]| !matches!(path.last(), Some(ASTNode::Expr(Expr::Variable(it, ..))) if it.1 == name);
        // A walk that is stopped gives `false`.
        !self.body.walk(&mut { is_another })
    }
}
