import { Desk } from "frontdesk";
import { Desk as PreviewDesk } from "frontdesk/preview";

const document = { version: 1, time_zone: "UTC", agents: [{ id: "anna" }] };
const told = [Desk, PreviewDesk].map((Desk) => new Desk(document).status("anna", 1_800_000_000_000));
console.log(told.map(({ state, reason }) => `${state} ${reason}`).join(", "));
