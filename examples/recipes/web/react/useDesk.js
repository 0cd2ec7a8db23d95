import { Desk, FrontdeskError, init } from "frontdesk/preview";
import { use, useMemo } from "react";

const loaded = init();

/** The desk of a document, or what is wrong with it. Suspends until the module is there. */
export function useDesk(document) {
  use(loaded);
  return useMemo(() => {
    try {
      return { desk: new Desk(document), problems: [] };
    } catch (error) {
      if (!(error instanceof FrontdeskError)) throw error;
      return { problems: error.problems };
    }
  }, [document]);
}
