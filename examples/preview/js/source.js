// The address of the module: beside its JavaScript. The page in one file replaces this file.
export const source = undefined;
