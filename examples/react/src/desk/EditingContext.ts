import { createContext, use } from "react";

import type { Editing } from "./useDesk";

export const EditingContext = createContext<Editing | null>(null);

/** The desk that is edited by the page around. */
export function useEditing(): Editing {
  const editing = use(EditingContext);
  if (!editing) throw new Error("there is no desk around this component");
  return editing;
}
