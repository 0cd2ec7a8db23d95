import { Desk, FrontdeskError, type DeskDocument, type Problem } from "frontdesk/preview";
import { useMemo, useState } from "react";

import { apart, together } from "./hours";
import { withValue } from "./path";

/** A document that was sound, and its desk. */
export interface Sound {
  readonly document: DeskDocument;
  readonly desk: Desk<"epoch">;
}

/** A desk that is edited. */
export interface Editing {
  /** The document as it is, sound or not. */
  readonly document: DeskDocument;
  /** The problems of the document; none if it is sound. */
  readonly problems: readonly Problem[];
  /** The last document without problems, which the preview shows; null if there was none yet. */
  readonly sound: Sound | null;
  /** Whether there is something to save or to discard. */
  readonly isChanged: boolean;
  /** Changes the value at a path; `undefined` removes it. */
  set(path: string, value: unknown): void;
  /** Goes back to what was saved. */
  discard(): void;
  /** Notes that the document is saved, and returns it. */
  save(): DeskDocument;
}

interface State {
  readonly saved: DeskDocument;
  readonly document: DeskDocument;
  readonly problems: readonly Problem[];
  readonly sound: Sound | null;
}

/** Edits a document, of which a desk is made anew at each change. The module of frontdesk has to be loaded. */
export function useDesk(given: DeskDocument): Editing {
  const [state, setState] = useState<State>(() => begun(apart(given)));
  const { saved, document, problems, sound } = state;
  const isChanged = useMemo(() => JSON.stringify(together(document)) !== JSON.stringify(together(saved)), [document, saved]);
  return {
    document, problems, sound, isChanged,
    set: (path, value) => setState((state) => changed(state, withValue(state.document, path, value))),
    discard: () => setState((state) => changed(state, state.saved)),
    save: () => {
      setState((state) => ({ ...state, saved: state.document }));
      return together(document);
    },
  };
}

function begun(document: DeskDocument): State {
  return changed({ saved: document, document, problems: [], sound: null }, document);
}

function changed(state: State, document: DeskDocument): State {
  try {
    const desk = new Desk(document, { instants: "epoch" });
    return { ...state, document, problems: [], sound: { document, desk } };
  } catch (error) {
    if (!(error instanceof FrontdeskError)) throw error;
    return { ...state, document, problems: error.problems };
  }
}
