import type { ReactNode } from "react";

import { useEditing } from "../desk/EditingContext";
import { listAt } from "../desk/path";
import { focusOn } from "./focus";

interface AddButtonProps {
  readonly id: string;
  /** The list of the document that gets an item. */
  readonly list: string;
  readonly item: unknown;
  /** The field of the new item that has the focus afterwards: its path after that of the item. */
  readonly field: string;
  /** The name for those who do not see where the button is. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Puts an item at the end of a list of the document. */
export function AddButton({ id, list, item, field, label, children }: AddButtonProps) {
  const { document, set } = useEditing();
  const items = listAt(document, list);
  const add = () => focusOn(`${list}[${items.length}]${field}`, () => set(list, [...items, item]));
  return <button type="button" className="button quiet" id={id} aria-label={label} onClick={add}>{children}</button>;
}
