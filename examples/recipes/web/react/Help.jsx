import "frontdesk/react";
import { useState } from "react";

/** What visitors read, and a button that is there while somebody is. */
export function Help() {
  const [state, setState] = useState("loading");
  return (
    <p>
      <frontdesk-status src="/availability.json" channel="chat" onchange={({ detail }) => setState(detail?.state)} />
      <button disabled={state !== "online"}>Chat</button>
    </p>
  );
}
