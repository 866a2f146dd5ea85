import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseProgram } from '../probe-program.ts';
import { type Bench, setUpBench } from '../test-bench.ts';
import { describeAgent } from '../test-conformance.ts';
import { makeRigs } from '../test-rigs.ts';
import { claudeProgram } from './claude-program.ts';

const found = await chooseProgram(claudeProgram, { path: null, host: process.env });
const path = found?.path ?? null;
const isRequired = process.env['THALOGOS_REQUIRE_AGENTS']?.split(',').includes('claude') === true;
const makeRig = makeRigs(process.env, { claude: path })['claude'];

if (path !== null && makeRig !== undefined) {
  describeAgent('claude', makeRig);
  describe('claude', { timeout: 30_000 }, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await setUpBench(makeRig);
    });
    afterEach(() => bench.close(), 30_000);

    it.each([
      ['[[http 401 9]]', 'auth', { class: 'auth', httpStatus: 401, retryable: false }],
      ['[[http 429 9]]', 'rate-limited', { class: 'rate-limit', httpStatus: 429, retryable: true }],
      ['[[http 500 9]]', 'failed', { class: 'overloaded', retryable: true }],
    ])('names what its vendor refused, though it calls that a success: %s', async (script, kind, error) => {
      const { events, outcome } = await bench.play(script);
      expect(outcome).toMatchObject({ kind, error });
      expect(events.some(({ type }) => type === 'retrying')).toBe(true);
    });

    it('tries again when its connection is cut', async () => {
      const { events, outcome } = await bench.play('[[drop]][[say back again]]');
      expect(events.find(({ type }) => type === 'retrying')).toMatchObject({ attempt: 1 });
      expect(outcome).toMatchObject({ kind: 'completed', text: 'back again' });
    });

    it('tells what it wrote as a diff', async () => {
      const file = JSON.stringify({ file_path: `${bench.cwd}/new.txt`, content: 'hi\n' });
      const { events } = await bench.play(`[[call Write ${file}]]`);
      const edit = events.find((event) => event.type === 'tool' && event.phase === 'ended');
      expect(edit).toMatchObject({ kind: 'edit', title: 'Write new.txt', diffs: [{ path: 'new.txt' }] });
      expect(await bench.read('new.txt')).toBe('hi\n');
    });

    it('asks a person what it wants to know, and is told', async () => {
      const questions = [
        {
          question: 'Which?',
          header: 'H',
          options: [
            { label: 'a', description: 'x' },
            { label: 'b', description: 'y' },
          ],
          multiSelect: false,
        },
      ];
      const run = bench.start(`[[call AskUserQuestion ${JSON.stringify({ questions })}]]`);
      const asked = await run.saw((event) => event.type === 'question');
      if (asked.type !== 'question') throw new Error('unreachable');
      expect(asked).toMatchObject({ question: 'Which?', options: ['a', 'b'] });
      await run.handle.answer(asked.requestId, { decision: 'allow', note: 'b' });
      const { outcome } = await run.end();
      expect(outcome.kind).toBe('completed');
    });

    it('sees none of our environment in its commands', async () => {
      await bench.play('[[sh env > env.txt]]');
      const seen = await bench.read('env.txt');
      expect(seen).toContain(`PWD=${bench.cwd}\n`);
      expect(seen).toContain(`THALOGOS_MARK=${bench.instance}run/r-1/\n`);
      expect(seen).not.toContain('npm_');
    });
  });
} else if (isRequired) {
  it('finds a claude to drive', () => {
    expect(path).not.toBeNull();
  });
} else
  it.skip(
    `claude: left out, because claude ${claudeProgram.version} is not installed (npm run agents:install)`,
  );
