/** `using`, where the language and its types have it. */

/** The method that `using` calls; nothing where the types of the language do not know it. */
export type WhereDisposable = SymbolConstructor extends { readonly dispose: infer D extends symbol } ? { [K in D]: () => void } : object;
