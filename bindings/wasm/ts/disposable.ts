/** Support for `using`, if the language and its types have it. */

/** The method that `using` calls; empty if the types of the language do not have it. */
export type WhereDisposable = SymbolConstructor extends { readonly dispose: infer D extends symbol } ? { [K in D]: () => void } : object;
