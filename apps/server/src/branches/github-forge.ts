import type { ForgeCheck, ForgeConfig, Oid } from '@thalogos/contracts';
import type { z } from 'zod';
import { CheckRuns, CombinedStatus, fromRuns, fromStatuses } from './forge-checks.ts';
import type { Forge, ForgeAnswer } from './forge.ts';

/** What one answer may take: milliseconds, and bytes. */
const TIMEOUT_MS = 15_000;
const LARGEST = 2 * 1024 * 1024;
/** How many answers are remembered for asking whether they have changed. */
const REMEMBERED = 200;

/** Where GitHub's API is, and who asks. */
export interface GithubOptions extends Pick<ForgeConfig, 'url' | 'repository'> {
  /** From the environment alone; null asks as nobody. */
  readonly token: string | null;
  readonly now: () => number;
  readonly timeoutMs?: number;
}

type Part =
  | { readonly kind: 'read'; readonly checks: readonly ForgeCheck[] }
  | Exclude<ForgeAnswer, { kind: 'checks' }>;

/** Reads check runs and commit statuses from an API that is shaped like GitHub's. */
export function makeGithubForge(options: GithubOptions): Forge {
  const known = new Map<string, { readonly etag: string; readonly checks: readonly ForgeCheck[] }>();

  async function ask<T extends z.ZodType>(
    path: string,
    { shape, read }: { shape: T; read: (body: z.infer<T>) => ForgeCheck[] },
    signal: AbortSignal,
  ): Promise<Part> {
    const before = known.get(path);
    const response = await get(options, path, { etag: before?.etag ?? null, signal });
    if (response.status === 304 && before !== undefined) return { kind: 'read', checks: before.checks };
    if (!response.ok) return judge(response, options.now());
    const parsed = shape.safeParse(JSON.parse(await readBounded(response)));
    if (!parsed.success) return later('The forge answered something else than expected.');
    const checks = read(parsed.data);
    const etag = response.headers.get('etag');
    if (known.size >= REMEMBERED) known.clear();
    if (etag !== null) known.set(path, { etag, checks });
    return { kind: 'read', checks };
  }

  async function read(commit: Oid, signal: AbortSignal): Promise<ForgeAnswer> {
    const at = `/repos/${options.repository}/commits/${commit}`;
    const runs = await ask(`${at}/check-runs?per_page=100`, { shape: CheckRuns, read: fromRuns }, signal);
    if (runs.kind !== 'read') return runs;
    const statuses = await ask(
      `${at}/status?per_page=100`,
      { shape: CombinedStatus, read: fromStatuses },
      signal,
    );
    if (statuses.kind !== 'read') return statuses;
    return { kind: 'checks', checks: [...runs.checks, ...statuses.checks] };
  }

  return {
    read: async (commit, signal) => {
      try {
        return await read(commit, signal);
      } catch (cause) {
        return later(`The forge could not be reached: ${sayFault(cause)}`);
      }
    },
  };
}

function get(
  { url, token, timeoutMs = TIMEOUT_MS }: GithubOptions,
  path: string,
  { etag, signal }: { readonly etag: string | null; readonly signal: AbortSignal },
): Promise<Response> {
  return fetch(`${url.replace(/\/$/, '')}${path}`, {
    headers: {
      accept: 'application/vnd.github+json',
      'user-agent': 'thalogos',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(etag === null ? {} : { 'if-none-match': etag }),
    },
    // The token goes to the address that a person trusted, and nowhere else.
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
}

function judge(response: Response, now: number): Part {
  void response.body?.cancel();
  const { status, headers } = response;
  const wait = waitOf(headers, now);
  if (status === 429 || (status === 403 && (wait !== null || isSpent(headers))))
    return { kind: 'later', ms: wait, why: 'The forge asks us to come back later: too many requests.' };
  if (status >= 500) return { kind: 'later', ms: wait, why: `The forge answered ${status}.` };
  return judgeRefusal(status);
}

function isSpent(headers: Headers): boolean {
  return headers.get('x-ratelimit-remaining') === '0';
}

function judgeRefusal(status: number): Part {
  if (status === 401 || status === 403)
    return {
      kind: 'refused',
      why: `The forge answered ${status}: set THALOGOS_FORGE_TOKEN to a token that may read checks.`,
    };
  // A commit that was pushed a moment ago may not be known yet.
  if (status === 404 || status === 422) return later('The forge does not know the commit (yet).');
  return { kind: 'refused', why: `The forge answered ${status}.` };
}

/** Seconds to wait, or the moment from which it is no use to wait; never more than an hour is believed. */
function waitOf(headers: Headers, now: number): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  const resetAt = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000;
  const ms = Number.isFinite(seconds) ? seconds * 1000 : isSpent(headers) ? resetAt - now : Number.NaN;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1000), 3_600_000) : null;
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  if (body === null) return '';
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > LARGEST) throw new Error('its answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function later(why: string): { readonly kind: 'later'; readonly ms: null; readonly why: string } {
  return { kind: 'later', ms: null, why };
}

function sayFault(cause: unknown): string {
  if (cause instanceof SyntaxError) return 'its answer is no JSON';
  if (!(cause instanceof Error)) return 'it failed';
  return cause.name === 'TimeoutError' ? 'it did not answer in time' : cause.message.slice(0, 200);
}
