"use client";

import "frontdesk/react";
import { useEffect, useRef, useState } from "react";

/** Goes on by itself in the browser: it changes when the state does, and asks the server for nothing. */
export function Status({ published }) {
  const status = useRef(null);
  const [state, setState] = useState("loading");
  // React 19 takes over what the server rendered without the properties and listeners of such elements: they are set here.
  useEffect(() => {
    const element = status.current;
    const follow = ({ detail }) => setState(detail?.state);
    element.addEventListener("change", follow);
    element.published = published;
    return () => element.removeEventListener("change", follow);
  }, [published]);
  return (
    <p>
      <frontdesk-status ref={status} />
      <button disabled={state !== "online"}>Chat</button>
    </p>
  );
}
