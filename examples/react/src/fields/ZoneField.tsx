import { useId } from "react";

import { Field } from "./Field";

const ZONES = Intl.supportedValuesOf("timeZone");

/** A time zone. Any name may be typed: which ones there are is for frontdesk to say. */
export function ZoneField({ path, placeholder }: { path: string; placeholder: string }) {
  const list = useId();
  return (
    <>
      <Field path={path} label="Time zone" placeholder={placeholder} list={list} isOptional autoComplete="off" spellCheck={false} />
      <datalist id={list}>{ZONES.map((zone) => <option key={zone} value={zone} />)}</datalist>
    </>
  );
}
