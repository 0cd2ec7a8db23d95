import { Desk, init } from "frontdesk";
import { Desk as PreviewDesk, init as initPreview } from "frontdesk/preview";

await Promise.all([init(), initPreview()]);
const desk = { version: 1, time_zone: "UTC", agents: [{ id: "anna" }] };
const told = [Desk, PreviewDesk].map((Desk) => new Desk(desk).status("anna", 1_800_000_000_000));
document.title = told.map(({ state, reason }) => `${state} ${reason}`).join(", ");
