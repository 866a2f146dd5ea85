import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Forge } from './forge.ts';
import { makeGithubForge } from './github-forge.ts';
import { run, saying, startTestForge, type TestForge } from './test-forge.ts';

const COMMIT = 'a'.repeat(40);
const NOW = 1_700_000_000_000;

let server: TestForge;
let forge: Forge;

beforeEach(async () => {
  server = await startTestForge();
  forge = made();
});

afterEach(() => server[Symbol.asyncDispose]());

function made(more: { token?: string; timeoutMs?: number } = {}): Forge {
  return makeGithubForge({ url: server.url, repository: 'ada/shop', token: null, now: () => NOW, ...more });
}

const read = () => forge.read(COMMIT, new AbortController().signal);

describe('a forge that is shaped like GitHub', () => {
  it('gives check runs and statuses as checks, each by its newest word', async () => {
    server.answer = saying(
      [
        run('tests', 'success'),
        run('tests', 'failure'),
        run('scan', 'failure', { output: { title: '2 secrets', summary: null } }),
        run('lint', null),
        run('docs', 'skipped'),
        run('size', 'neutral'),
      ],
      [
        { context: 'ci/old', state: 'success', description: 'Built', target_url: null },
        { context: 'ci/odd', state: 'new-word' },
      ],
    );
    const answer = await read();
    expect(answer.kind === 'checks' && answer.checks.map(({ name, state }) => [name, state])).toEqual([
      ['forge: tests', 'passed'],
      ['forge: scan', 'failed'],
      ['forge: lint', 'pending'],
      ['forge: docs', 'skipped'],
      ['forge: size', 'unverified'],
      ['forge: ci/old', 'passed'],
      ['forge: ci/odd', 'unverified'],
    ]);
    expect(answer).toMatchObject({
      checks: expect.arrayContaining([
        expect.objectContaining({
          ...{ name: 'forge: scan', seconds: 30, log: '2 secrets' },
          link: 'https://forge.example.org/runs/scan',
        }),
      ]) as unknown,
    });
    expect(server.asked.map(({ path }) => path)).toEqual([
      `/repos/ada/shop/commits/${COMMIT}/check-runs?per_page=100`,
      `/repos/ada/shop/commits/${COMMIT}/status?per_page=100`,
    ]);
  });

  it('is asked with the token alone, and not again for what has not changed', async () => {
    forge = made({ token: 'a-token' });
    const say = saying([run('tests', 'success')]);
    server.answer = (asked) => {
      const tag = asked.path.includes('check-runs') ? '"one"' : '"two"';
      if (asked.headers['if-none-match'] === tag) return { status: 304 };
      return { ...(say(asked) as object), headers: { etag: tag } };
    };
    const first = await read();
    expect(await read()).toEqual(first);
    expect(server.asked.map(({ headers }) => headers['if-none-match'])).toEqual([
      ...[undefined, undefined],
      ...['"one"', '"two"'],
    ]);
    expect(server.asked.every(({ headers }) => headers.authorization === 'Bearer a-token')).toBe(true);
    expect(server.asked.every(({ headers }) => headers.cookie === undefined)).toBe(true);
  });

  it('is left alone as long as it asks for', async () => {
    server.answer = () => ({ status: 403, headers: { 'retry-after': '42' } });
    expect(await read()).toMatchObject({ kind: 'later', ms: 42_000 });
    server.answer = () => ({
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 90) },
    });
    expect(await read()).toMatchObject({ kind: 'later', ms: 90_000 });
    server.answer = () => ({ status: 429, headers: { 'retry-after': '99999999' } });
    expect(await read()).toMatchObject({ kind: 'later', ms: 3_600_000 });
    server.answer = () => ({ status: 503 });
    expect(await read()).toMatchObject({ kind: 'later', ms: null, why: 'The forge answered 503.' });
  });

  it('is given up where it refuses, and asked again where it does not know the commit yet', async () => {
    for (const status of [401, 403]) {
      server.answer = () => ({ status });
      expect(await read()).toMatchObject({
        kind: 'refused',
        why: expect.stringContaining('THALOGOS_FORGE_TOKEN') as string,
      });
    }
    server.answer = () => ({ status: 404 });
    expect(await read()).toMatchObject({ kind: 'later' });
  });

  it('can say nonsense, too much, nothing at all, or send us elsewhere, and it is a value every time', async () => {
    const why = async () => {
      const answer = await read();
      return answer.kind === 'later' ? answer.why : answer.kind;
    };
    server.answer = () => ({ body: '{"total_count": 1, "check_r' });
    expect(await why()).toContain('no JSON');
    server.answer = () => ({ body: { total_count: 'many', check_runs: 3 } });
    expect(await why()).toContain('something else than expected');
    server.answer = () => ({ body: `"${'x'.repeat(3_000_000)}"` });
    expect(await why()).toContain('too large');
    forge = made({ timeoutMs: 60, token: 'a-token' });
    server.answer = () => 'hang';
    expect(await why()).toContain('did not answer in time');
    await using elsewhere = await startTestForge();
    server.answer = () => ({ status: 302, headers: { location: elsewhere.url } });
    expect(await why()).toContain('could not be reached');
    expect(elsewhere.asked).toEqual([]);
  });

  it('says that there is more than it was asked for', async () => {
    server.answer = () => ({ body: { total_count: 3, check_runs: [run('a', 'success')], statuses: [] } });
    const answer = await read();
    expect(answer.kind === 'checks' && answer.checks.at(-1)).toMatchObject({
      name: 'forge: more',
      state: 'unverified',
    });
  });
});
