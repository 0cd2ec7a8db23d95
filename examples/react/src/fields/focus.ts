import { flushSync } from "react-dom";

/** Changes the page, and puts the focus on an element of it, so that nobody at a keyboard begins at the top again. */
export function focusOn(id: string, change: () => void): void {
  flushSync(change);
  const element = document.getElementById(id);
  element?.focus();
  if (element instanceof HTMLInputElement) element.select();
}
