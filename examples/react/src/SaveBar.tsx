import type { DeskDocument, Problem } from "frontdesk/preview";

import { useEditing } from "./desk/EditingContext";
import { focusOn } from "./fields/focus";

interface SaveBarProps {
  readonly onSave: (document: DeskDocument) => void;
  /** Goes to the field of a problem. */
  readonly onShow: (path: string) => void;
}

/** Tells whether there is something to save, and saves or discards it. */
export function SaveBar({ onSave, onShow }: SaveBarProps) {
  const { problems, isChanged, discard, save } = useEditing();
  const [first] = problems;
  return (
    <div className="save">
      <p role="status" className={first ? "wrong" : ""}>{stateWords(problems, isChanged)}</p>
      {first && <button type="button" className="button" onClick={() => onShow(first.path ?? "$")}>Show it</button>}
      <button type="button" className="button" disabled={!isChanged} onClick={() => focusOn("title", discard)}>Discard</button>
      <button type="button" className="button main" disabled={!isChanged || first !== undefined} onClick={() => onSave(save())}>Save</button>
    </div>
  );
}

function stateWords([first, ...others]: readonly Problem[], isChanged: boolean): string {
  if (!first) return isChanged ? "Not saved yet" : "Everything is saved";
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  return `${first.message}${more}. The preview shows the last state without a problem.`;
}
