// Where the module is: beside its JavaScript. In the page that is one file, this one is another.
export const source = undefined;
