/** Returns the field of a path, or the first one within it. */
export function fieldOf(path: string): HTMLElement | undefined {
  const fields = [...document.querySelectorAll<HTMLElement>("input[id]")];
  return fields.find(({ id }) => id === path || id.startsWith(`${path}.`) || id.startsWith(`${path}[`));
}
