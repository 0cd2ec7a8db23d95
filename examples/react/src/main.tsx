import { init } from "frontdesk/preview";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { demo } from "./demo";
import { download } from "./download";
import { SettingsPage } from "./SettingsPage";
import "./style.css";

const root = createRoot(document.getElementById("root")!);
// A link to an instant, such as `?at=2026-03-29T00:30:00Z`. Without one, the preview follows the clock.
const linked = Date.parse(new URLSearchParams(location.search).get("at") ?? "");

try {
  await init();
  root.render(
    <StrictMode>
      <SettingsPage given={demo} onSave={(document) => download(document, "desk.json")} at={Number.isNaN(linked) ? null : linked} />
    </StrictMode>,
  );
} catch (error) {
  root.render(<p role="alert">{String(error)}</p>);
}
