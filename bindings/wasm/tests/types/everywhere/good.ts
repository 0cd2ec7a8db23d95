// Compiled for each standard from ES2020, whose library knows no `Disposable`, to ESNext, the types' own files included.
import { Desk, FrontdeskError, check, init } from "frontdesk";
import * as preview from "frontdesk/preview";
import { seen } from "frontdesk/published";
import { FrontdeskStatus } from "frontdesk/status";

export async function use(document: string): Promise<void> {
  await init();
  const desk = new Desk(document);
  desk.status("anna", new Date()).until?.getTime();
  desk.free();
  new preview.Desk(document, { instants: "epoch" }).free();
  const element: FrontdeskStatus = globalThis.document.createElement("frontdesk-status");
  const named: HTMLElementTagNameMap["frontdesk-status"] | null = globalThis.document.querySelector("frontdesk-status");
  named?.addEventListener("change", ({ detail }) => detail?.state.toUpperCase());
  named?.addEventListener("problem", function ({ detail }) { this.removeEventListener("click", () => detail.code.toUpperCase()); });
  // @ts-expect-error the detail of a problem is an error
  named?.addEventListener("problem", ({ detail }) => detail.state);
  void [check(document), seen, element, FrontdeskError];
}
