import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { type Bench, readText, setUpBench } from '../test-bench.ts';
import { describeAgent } from '../test-conformance.ts';
import { makeRigs } from '../test-rigs.ts';
import { CODEX_VERSION } from './find-codex.ts';
import { chooseCodex } from './probe-codex.ts';

const path = await chooseCodex({ path: null, host: process.env });
const isRequired = [process.env['CI'], process.env['THALOGOS_REQUIRE_AGENTS']].some(
  (value) => value !== undefined && value !== '',
);
const makeRig = makeRigs(process.env, { codex: path })['codex'];

if (path !== null && makeRig !== undefined) {
  describeAgent('codex', makeRig);
  describe('codex', { timeout: 30_000 }, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await setUpBench(makeRig);
    });
    afterEach(() => bench.close(), 30_000);

    it.each([
      ['[[http 401 9]]', 'auth', { class: 'auth', httpStatus: 401, retryable: false }],
      ['[[http 429 9]]', 'rate-limited', { class: 'rate-limit', httpStatus: 429, retryable: true }],
      ['[[http 500 9]]', 'failed', { class: 'overloaded', retryable: true }],
    ])('names what its vendor refused: %s', async (script, kind, error) => {
      const { outcome } = await bench.play(script);
      expect(outcome).toMatchObject({ kind, error });
    });

    it('tries again when its connection is cut', async () => {
      const { events, outcome } = await bench.play('[[drop]][[say back again]]');
      expect(events.find(({ type }) => type === 'retrying')).toMatchObject({
        attempt: 1,
        error: { class: 'network' },
      });
      expect(outcome).toMatchObject({ kind: 'completed', text: 'back again' });
    });

    it('can write neither outside its worktree nor to its git folder, unasked', async () => {
      const outside = join(bench.root, 'out.txt');
      const { outcome } = await bench.play(
        `[[sh echo x > ${outside}]][[sh echo x > .git/config]][[sh echo x > in.txt]]`,
      );
      expect(outcome.kind).toBe('completed');
      expect(await readText(outside)).toBeNull();
      expect(await bench.read('.git/config')).toContain('[core]');
      expect(await bench.read('in.txt')).toBe('x\n');
    });

    it('gives its commands none of our environment', async () => {
      await bench.play('[[sh env > env.txt]]');
      const seen = await bench.read('env.txt');
      expect(seen).toContain(`PWD=${bench.cwd}\n`);
      expect(seen).toContain(`THALOGOS_MARK=${bench.instance}run/r-1/\n`);
      expect(seen).not.toContain('npm_');
    });
  });
} else if (isRequired) {
  it('finds a codex to drive', () => {
    expect(path).not.toBeNull();
  });
} else it.skip(`codex: left out, because codex ${CODEX_VERSION} is not installed (npm run agents:install)`);
