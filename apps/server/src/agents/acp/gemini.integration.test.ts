import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseProgram } from '../probe-program.ts';
import { type Bench, setUpBench } from '../test-bench.ts';
import { describeAgent } from '../test-conformance.ts';
import { makeRigs } from '../test-rigs.ts';
import { gemini } from './rows/gemini.ts';

const program = await chooseProgram(gemini, { path: null, host: process.env });
const isRequired = process.env['THALOGOS_REQUIRE_AGENTS']?.split(',').includes('gemini') === true;
const makeRig = makeRigs(process.env, { acp: { gemini: program?.path ?? null } })['gemini'];

if (program !== null && makeRig !== undefined) {
  describeAgent('gemini', makeRig);
  describe('gemini', { timeout: 30_000 }, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await setUpBench(makeRig);
    });
    afterEach(() => bench.close(), 30_000);

    it('names a sign-in that its vendor refused', async () => {
      const { outcome } = await bench.play('[[http 401 9]]');
      expect(outcome).toMatchObject({ kind: 'auth', error: { class: 'auth', httpStatus: 401 } });
      expect(outcome).toMatchObject({ error: { message: 'Scripted error 401' } });
    });

    it('tells what it wrote as a diff', async () => {
      const file = JSON.stringify({ file_path: 'sub/new.txt', content: 'hi\n' });
      const { events } = await bench.play(`[[call write_file ${file}]]`);
      const edit = events.find((event) => event.type === 'tool' && event.phase === 'ended');
      expect(edit).toMatchObject({ kind: 'edit', diffs: [{ path: 'sub/new.txt' }] });
      expect(await bench.read('sub/new.txt')).toBe('hi\n');
    });

    it('is resumed time and again, also within a minute, and does not repeat itself', {
      timeout: 60_000,
    }, async () => {
      const first = await bench.play('[[say one]]');
      const resume = first.outcome.nativeId ?? '';
      await bench.play('[[say two]]', { spec: { resume } });
      const { outcome, events } = await bench.play('[[say three]]', { spec: { resume } });
      expect(outcome).toMatchObject({ kind: 'completed', text: 'three' });
      expect(JSON.stringify(events)).not.toMatch(/one|two/);
    });
  });
} else if (isRequired) {
  it('finds a gemini to drive', () => {
    expect(program).not.toBeNull();
  });
} else
  it.skip(
    `gemini: left out, because gemini ${gemini.version} is not installed (npm run agents:install -- gemini)`,
  );
