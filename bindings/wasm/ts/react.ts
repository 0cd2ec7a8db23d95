/** `<frontdesk-status>` in React: registers the element, and declares its attributes and properties for JSX. */

import type { HTMLAttributes, RefAttributes } from "react";

import type { PublishedAvailability } from "./contract.js";
import type { FrontdeskStatus, FrontdeskStatusEventMap } from "./status.js";

/** The attributes, properties and events of `<frontdesk-status>`; React names the event of an element in lower case. */
export interface FrontdeskStatusAttributes extends HTMLAttributes<FrontdeskStatus>, RefAttributes<FrontdeskStatus> {
  src?: string | undefined;
  channel?: string | undefined;
  "time-zone"?: string | undefined;
  published?: PublishedAvailability | null | undefined;
  clock?: (() => number) | undefined;
  class?: string | undefined;
  onchange?: ((event: FrontdeskStatusEventMap["change"]) => void) | undefined;
  onproblem?: ((event: FrontdeskStatusEventMap["problem"]) => void) | undefined;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "frontdesk-status": FrontdeskStatusAttributes;
    }
  }
}

export { FrontdeskStatus } from "./status.js";
