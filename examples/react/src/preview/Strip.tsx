import type { Span } from "../time/week";

interface StripProps {
  readonly spans: readonly Span[];
  readonly start: number;
  readonly end: number;
  /** The instant that is marked, where it lies within. */
  readonly at: number;
}

/** States over a time, as a picture. What it shows is said in words beside it. */
export function Strip({ spans, start, end, at }: StripProps) {
  const share = (time: number) => (100 * time) / (end - start);
  return (
    <svg className="strip" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      {spans.map((span) => <rect key={span.start} className={span.state} x={share(span.start - start)} width={share(span.end - span.start)} height="10" />)}
      {start <= at && at < end && <line className="now" x1={share(at - start)} x2={share(at - start)} y2="10" />}
    </svg>
  );
}
