import { Desk } from "frontdesk";
import { Desk as PreviewDesk } from "frontdesk/preview";

export const dynamic = "force-dynamic";

const document = { version: 1, time_zone: "UTC", agents: [{ id: "anna" }] };

export function GET() {
  const told = [Desk, PreviewDesk].map((Desk) => new Desk(document).status("anna", 1_800_000_000_000));
  return new Response(told.map(({ state, reason }) => `${state} ${reason}`).join(", "));
}
