import { useEditing } from "../desk/EditingContext";
import { focusOn } from "./focus";

interface RemoveButtonProps {
  /** What is removed from the document. */
  readonly path: string;
  /** The name of it, after "Remove". */
  readonly name: string;
  /** The id of the element that has the focus afterwards. */
  readonly then: string;
}

/** Takes an item out of a list of the document. */
export function RemoveButton({ path, name, then }: RemoveButtonProps) {
  const { set } = useEditing();
  return (
    <button type="button" className="icon" aria-label={`Remove ${name}`} onClick={() => focusOn(then, () => set(path, undefined))}>
      <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 4l8 8M12 4l-8 8" /></svg>
    </button>
  );
}
