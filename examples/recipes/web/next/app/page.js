import { connection } from "next/server";
import { availability, visitor } from "./desk";
import { Status } from "./Status";

/** Rendered at each request: the answer depends on the time. */
export default async function Page() {
  await connection();
  const { state, opens_at } = visitor();
  return (
    <main>
      <h1>{state === "online" ? "We are open" : "We are closed"}</h1>
      {opens_at && <p>Somebody is there from <time dateTime={opens_at.toISOString()}>{opens_at.toUTCString()}</time>.</p>}
      <Status published={availability()} />
    </main>
  );
}
