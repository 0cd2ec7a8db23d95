import { Suspense } from "react";
import { createRoot } from "react-dom/client";
import desk from "../desk.json";
import { Help } from "./Help";
import { Team } from "./Team";

createRoot(document.getElementById("root")).render(
  <>
    <Help />
    <Suspense fallback={<p>One moment…</p>}>
      <Team document={desk} />
    </Suspense>
  </>,
);
