import type { IncomingHttpHeaders } from 'node:http';

/** Under which names a server may be spoken to, and which pages of others may speak to it; all in lower case. */
export type Names = { readonly hosts: ReadonlySet<string>; readonly origins: ReadonlySet<string> };

/** Addresses that nobody but this machine reaches. */
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);

/** Whether nobody but this machine reaches the address. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host.toLowerCase());
}

/** The names of a server: this machine's own with its port, the address it listens on, and what its owner added. */
export function namesOf(
  { host, port }: { host: string; port: number },
  added: { readonly hosts?: readonly string[]; readonly origins?: readonly string[] } = {},
): Names {
  const own = ['127.0.0.1', 'localhost', '[::1]', bracketed(host)].map((name) => name.toLowerCase());
  const hosts = new Set([
    ...own.map((name) => `${name}:${String(port)}`),
    ...(port === 80 ? own : []),
    ...(added.hosts ?? []).map((name) => name.toLowerCase()),
  ]);
  const origins = [
    ...[...hosts].flatMap((name) => [`http://${name}`, `https://${name}`]),
    ...(added.origins ?? []),
  ];
  return { hosts, origins: new Set(origins.map((origin) => origin.toLowerCase())) };
}

/**
 * Why a request is turned away, or null: a page of another site that reaches this port by a name of its own (DNS
 * rebinding), or from its own origin. Programs that are no browser send no origin.
 */
export function turnAway(headers: IncomingHttpHeaders, names: Names): string | null {
  if (!names.hosts.has((headers.host ?? '').toLowerCase())) return 'This server does not answer to that name';
  const { origin } = headers;
  if (origin !== undefined)
    return names.origins.has(origin.toLowerCase())
      ? null
      : 'This server does not answer pages of other sites';
  const site = headers['sec-fetch-site'] ?? 'none';
  if (site === 'same-origin' || site === 'none' || headers['sec-fetch-mode'] === 'navigate') return null;
  return 'This server does not answer pages of other sites';
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
