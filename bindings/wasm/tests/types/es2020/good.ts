// A project of ES2020, whose library knows no `Disposable`: the types compile, their own files included.
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
  void [check(document), seen, element, FrontdeskError];
}
