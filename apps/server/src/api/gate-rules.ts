import type { ErrorCode } from '@thalogos/contracts';

/** What a route is to the gate; a route that declares nothing is `private`. */
export type RouteKind =
  | 'console'
  | 'probe'
  | 'exchange'
  | 'call'
  | 'upload'
  | 'private'
  | 'nowhere'
  | 'socket';

/** What the gate looks at in a request, before anything of its body has been read. */
export interface Asked {
  readonly kind: RouteKind;
  readonly method: string;
  readonly address: string;
  /** How many calls are in it. */
  readonly calls: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A request that was turned away; it ran nothing. */
export interface TurnedAway {
  readonly status: 400 | 401 | 403 | 404 | 413 | 415 | 429 | 503;
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | null;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter?: number;
}

/** Hosts and origins under which this server may be spoken to, in lower case. */
export interface Names {
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

/** The names of a server: the machine's own names with the port, plus the address it was told to listen on and a stated proxy. */
export function namesOf({ port, host, proxy }: { port: number; host: string; proxy: string | null }): Names {
  const machine = ['127.0.0.1', 'localhost', '[::1]', bracketed(host.toLowerCase())];
  const hosts = new Set(machine.map((name) => `${name}:${port}`));
  if (port === 80) for (const name of machine) hosts.add(name);
  const origins = new Set([...hosts].map((name) => `http://${name}`));
  if (proxy !== null) {
    const url = new URL(proxy);
    hosts.add(url.host);
    origins.add(url.origin);
  }
  return { hosts, origins };
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/** One header as a single string; a repeated one is joined, which no allow-list matches. */
export function header(asked: Asked, name: string): string | undefined {
  const value = asked.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** Refuses names that are not ours: a page of another site that reaches this port by its own name (DNS rebinding) or from its own origin. */
export function checkNames(asked: Asked, names: Names): TurnedAway | null {
  if (!names.hosts.has((header(asked, 'host') ?? '').toLowerCase())) {
    return {
      status: 403,
      code: 'forbidden',
      message: 'This server does not answer under that name.',
      hint: 'Use the address that it printed when it started.',
    };
  }
  // Browsers say where a request comes from even where they send no Origin, such as a script or image of
  // another site, or of another port of this machine, which shares our cookies.
  const site = header(asked, 'sec-fetch-site') ?? 'none';
  const isOpen = asked.kind === 'console' || asked.kind === 'probe';
  const isCrossSite = !isOpen && site !== 'same-origin' && site !== 'none';
  if (!comesFromElsewhere(asked, names) && !isCrossSite) return null;
  return {
    status: 403,
    code: 'forbidden',
    message: 'This server does not answer pages of other sites.',
    hint: null,
  };
}

/** Whether the page that sends a request is not ours. */
function comesFromElsewhere(asked: Asked, names: Names): boolean {
  const origin = header(asked, 'origin');
  if (origin !== undefined) return !names.origins.has(origin.toLowerCase());
  // Any page may open a socket, and a browser always says which one does: whoever says nothing is no browser, and
  // has no cookie to show.
  return asked.kind === 'socket' && header(asked, 'authorization') === undefined;
}

/** Refuses a call that a plain form or link of another page could have made. */
export function checkCall(asked: Asked): TurnedAway | null {
  const isAct = asked.kind === 'call' || asked.kind === 'upload';
  if (!isAct || header(asked, 'x-thalogos') !== undefined) return null;
  return {
    status: 400,
    code: 'usage',
    message: 'A call needs the header x-thalogos.',
    hint: 'Send "x-thalogos: 1".',
  };
}

const NOT_JSON: TurnedAway = {
  status: 415,
  code: 'usage',
  message: 'A body must be application/json.',
  hint: null,
};
const NOT_BYTES: TurnedAway = {
  status: 415,
  code: 'usage',
  message: 'A file must be sent as application/octet-stream.',
  hint: null,
};

/** Refuses any body that is not JSON, or the bytes of a file where one is handed in: no form can send either. */
export function checkContentType(asked: Asked): TurnedAway | null {
  if (asked.kind === 'upload')
    return header(asked, 'content-type') === 'application/octet-stream' ? null : NOT_BYTES;
  if (asked.kind !== 'call' && asked.kind !== 'exchange') return null;
  const type = header(asked, 'content-type');
  const mayBeAbsent = asked.method === 'GET' || asked.method === 'HEAD';
  if (type === undefined ? mayBeAbsent : /^application\/json(?:; ?charset=utf-8)?$/i.test(type)) return null;
  return NOT_JSON;
}

/** Refuses a body that says it is too long; one that does not say is cut off while it is read. */
export function checkLength(asked: Asked, most: number): TurnedAway | null {
  const length = Number(header(asked, 'content-length') ?? 0);
  if (length <= most) return null;
  return { status: 413, code: 'too-large', message: `A body may have at most ${most} bytes.`, hint: null };
}

/** Refuses more calls in one request than a page ever makes. */
export function checkBatch(asked: Asked, most: number): TurnedAway | null {
  if (asked.calls <= most) return null;
  return {
    status: 400,
    code: 'usage',
    message: `A batch may hold at most ${most} calls.`,
    hint: 'Send several batches.',
  };
}
