import type { SpanContext } from '@opentelemetry/api';

const FORM = /^00-(?<traceId>[0-9a-f]{32})-(?<spanId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})$/;

/** A span as W3C's `traceparent` has it, so that another process can go on with its trace. */
export function writeTraceparent({
  traceId,
  spanId,
  traceFlags,
}: Pick<SpanContext, 'traceId' | 'spanId' | 'traceFlags'>): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** The span that a `traceparent` names; undefined for anything else. */
export function readTraceparent(text: string): SpanContext | undefined {
  const { traceId, spanId, flags } = FORM.exec(text)?.groups ?? {};
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}
