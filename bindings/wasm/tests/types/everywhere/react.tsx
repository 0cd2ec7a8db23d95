// The element in JSX, with what it has; and what it has not.
import { useRef } from "react";

import { FrontdeskStatus } from "frontdesk/react";
import type { PublishedAvailability } from "frontdesk";

export function Status({ published }: { published: PublishedAvailability }) {
  const element = useRef<FrontdeskStatus>(null);
  void element.current?.load();
  return (
    <>
      <frontdesk-status src="/availability.json" channel="chat" lang="sv" time-zone="Europe/Stockholm" className="badge" ref={element} />
      <frontdesk-status published={published} clock={() => 0}><a href="mailto:help@example.org">Write to us</a></frontdesk-status>
      <frontdesk-status onchange={({ detail }) => detail?.state.toUpperCase()} onproblem={({ detail }) => detail.code.toUpperCase()} />
      {/* @ts-expect-error a src is a text */}
      <frontdesk-status src={5} />
      {/* @ts-expect-error an attribute that there is not */}
      <frontdesk-status chanel="chat" />
    </>
  );
}
