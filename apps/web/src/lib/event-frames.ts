/** One frame of the event stream. */
export interface EventFrame {
  /** Number of the event. */
  readonly id: number;
  readonly data: string;
}

/** Reads server-sent events out of text that comes in pieces of any size; comments and retry times are left out. */
export function makeFrameReader(): (text: string) => readonly EventFrame[] {
  let rest = '';
  return (text) => {
    const parts = (rest + text).split('\n\n');
    rest = parts.pop() ?? '';
    return parts.flatMap((part) => readFrame(part) ?? []);
  };
}

function readFrame(part: string): EventFrame | null {
  const lines = part.split('\n');
  const valueOf = (name: string) =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  const id = Number(valueOf('id')[0] ?? Number.NaN);
  const data = valueOf('data').join('\n');
  return Number.isSafeInteger(id) && data !== '' ? { id, data } : null;
}
