/**
 * Paths into a document, written as frontdesk writes those of problems: `$.inboxes[0].time_zone`. A field of this page is named by its
 * path, and so has its value, its problems and its element by one name.
 */

type Step = string | number;

/** Returns what a document has at a path, `undefined` if nothing is there. */
export function valueAt(document: unknown, path: string): unknown {
  return stepsOf(path).reduce<unknown>((value, step) => (value as Record<Step, unknown> | undefined)?.[step], document);
}

/** Returns a list at a path, empty if there is none. */
export function listAt<T>(document: unknown, path: string): readonly T[] {
  return (valueAt(document, path) as readonly T[] | undefined) ?? [];
}

/** Returns the document with another value at a path; `undefined` takes the key out of an object, or the item out of a list. */
export function withValue<T>(document: T, path: string, value: unknown): T {
  return replaced(document, stepsOf(path), value) as T;
}

function stepsOf(path: string): Step[] {
  return Array.from(path.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g), ([, key, index]) => key ?? Number(index));
}

function replaced(whole: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  const part = replaced((whole as Record<Step, unknown> | undefined)?.[step], rest, value);
  if (Array.isArray(whole)) return part === undefined ? whole.toSpliced(step as number, 1) : whole.with(step as number, part);
  const { [step]: _, ...others } = (whole ?? {}) as Record<Step, unknown>;
  return part === undefined ? others : { ...(whole as object), [step]: part };
}
