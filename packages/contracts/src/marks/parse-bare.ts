import type { Mark } from './mark.ts';

/** Where a mark's body begins in its text, and what fills it in. */
export interface MarkSource {
  readonly text: string;
  readonly from: number;
  readonly fill: (said: string) => string;
}

/** Makes a mark of what stands between its name and its closing marks. */
type Reader = (body: string) => Mark;

const READERS: Readonly<Record<string, Reader>> = {
  sh: (command) => (command === '' ? invalid('sh', 'a command is missing') : { kind: 'sh', command }),
  say: (text) => ({ kind: 'say', text }),
  think: (text) => ({ kind: 'think', text }),
  fail: (text) => ({
    kind: 'fail',
    text: text === '' ? 'Failed as asked' : text,
  }),
  plan: (body) => ({ kind: 'plan', steps: parts(body) }),
  ask: (body) => {
    const [question, ...options] = parts(body);
    return question === undefined
      ? invalid('ask', 'a question is missing')
      : { kind: 'ask', question, options };
  },
  usage: (body) =>
    numbers('usage', body, ([input = 0, output = 0]) => ({
      kind: 'usage',
      input,
      output,
    })),
  sleep: (body) => numbers('sleep', body, ([ms = 0]) => ({ kind: 'sleep', ms })),
  slow: (body) => numbers('slow', body, ([ms = 0]) => ({ kind: 'slow', ms })),
  flood: (body) => numbers('flood', body, ([lines = 0]) => ({ kind: 'flood', lines })),
  http: (body) =>
    numbers('http', body, ([status = 0, times = 1]) => ({
      kind: 'http',
      status,
      times,
    })),
  hang: () => ({ kind: 'hang' }),
  crash: () => ({ kind: 'crash' }),
  daemon: () => ({ kind: 'daemon' }),
  drop: () => ({ kind: 'drop' }),
};

/** Reads a mark whose body is plain text up to the next closing marks; null for an unknown name or no end. */
export function parseBare(name: string, source: MarkSource): { mark: Mark; end: number } | null {
  const { text, from, fill } = source;
  if (name === 'call') return parseCall(source);
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  const close = text.indexOf(']]', from);
  if (read === undefined || close < 0) return null;
  return { mark: read(fill(text.slice(from, close).trim())), end: close + 2 };
}

/** The JSON of a call may hold `]]` itself, so the mark ends at the first one after which it is whole. */
function parseCall({ text, from, fill }: MarkSource): { mark: Mark; end: number } | null {
  const first = text.indexOf(']]', from);
  for (let close = first; close >= 0; close = text.indexOf(']]', close + 1)) {
    const [, tool, json = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(fill(text.slice(from, close))) ?? [];
    if (tool === undefined) continue;
    try {
      const input: unknown = json.trim() === '' ? {} : JSON.parse(json);
      return { mark: { kind: 'call', tool, input }, end: close + 2 };
    } catch {
      // Not whole yet: the closing marks found belong to the JSON.
    }
  }
  return first < 0 ? null : { mark: invalid('call', 'expected TOOL {json}'), end: first + 2 };
}

function parts(body: string): string[] {
  return body
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function numbers(mark: string, body: string, make: (values: readonly number[]) => Mark): Mark {
  const words = body.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0 || !words.every((word) => /^\d+$/.test(word))) {
    return invalid(mark, 'expected whole numbers');
  }
  return make(words.map(Number));
}

function invalid(mark: string, reason: string): Mark {
  return { kind: 'invalid', mark, reason };
}
