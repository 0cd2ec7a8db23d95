"use client";

import { Desk, init } from "frontdesk";
import "frontdesk/react";
import { useEffect, useState } from "react";

const document = {
  version: 1, time_zone: "UTC", agents: [{ id: "anna" }],
  inboxes: [{ id: "main", channels: [{ id: "chat", kind: "chat", rules: [{ id: "all", steps: [{ assign_to: "everyone" }] }] }] }],
};
const reason = () => new Desk(document).status("anna", Date.now()).reason;

/** Rendered on the server, where the module is there, and in the browser, where it is loaded. */
export default function Page() {
  const [answer, setAnswer] = useState(typeof window === "undefined" ? `server: ${reason()}` : "");
  const [published, setPublished] = useState(null);
  const [told, setTold] = useState("nothing");
  useEffect(() => {
    init().then(() => {
      setAnswer(`browser: ${reason()}`);
      setPublished(new Desk(document).publish({ inbox: "main", from: Date.now() - 1000, days: 7 }));
    });
  }, []);
  return (
    <>
      <p suppressHydrationWarning>{answer}</p>
      <p>told: {told}</p>
      {published && <frontdesk-status published={published} onchange={({ detail }) => setTold(detail.state)} />}
    </>
  );
}
