// Changes, to undo and redo; and the current desk, which the browser keeps over a reload.

const MOST = 200;
const KEY = "frontdesk preview";

/** A line of states, one of which holds. */
export function history() {
  let past = [];
  let future = [];
  let now;
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  return {
    /** Begins anew. */
    begin(state) { [past, future, now] = [[], [], state]; },
    /** Notes what holds now, where it is something else. */
    note(state) {
      if (now === undefined || same(state, now)) return;
      past = [...past, now].slice(-MOST);
      [future, now] = [[], state];
    },
    undo: () => (past.length === 0 ? undefined : ([now, past, future] = [past.at(-1), past.slice(0, -1), [now, ...future]])[0]),
    redo: () => (future.length === 0 ? undefined : ([now, past, future] = [future[0], [...past, now], future.slice(1)])[0]),
    get isBegun() { return now !== undefined; },
    get canUndo() { return past.length > 0; },
    get canRedo() { return future.length > 0; },
  };
}

/** Keeps what would be lost; false where the browser keeps nothing. */
export function keep(state) {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
    return true;
  } catch {
    return false;
  }
}

/** Returns the stored state; undefined if there is none of this page. */
export function kept() {
  try {
    const state = JSON.parse(localStorage.getItem(KEY));
    return typeof state?.text === "string" && typeof state.sound === "string" && typeof state.script === "string" && Array.isArray(state.commands) && typeof state.at === "number" ? state : undefined;
  } catch {
    return undefined;
  }
}
