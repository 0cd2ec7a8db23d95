import { Desk, FrontdeskError, init } from "frontdesk/preview";
import { computed, toValue } from "vue";

/** The desk of a document, or what is wrong with it. In a `ref` it would be a proxy, which is no desk: keep it in a `shallowRef`. */
export async function useDesk(document) {
  await init();
  return computed(() => {
    try {
      return { desk: new Desk(toValue(document)), problems: [] };
    } catch (error) {
      if (!(error instanceof FrontdeskError)) throw error;
      return { problems: error.problems };
    }
  });
}
