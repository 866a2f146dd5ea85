import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { listMarked } from '../../platform/marked-processes.ts';
import { makeSupervisor } from '../supervisor.ts';
import { type Bench, setUpBench, wordsOf } from '../test-bench.ts';
import { makeRigs } from '../test-rigs.ts';

const { scripted } = makeRigs(process.env, {});
if (scripted === undefined) throw new Error('The scripted agent has no rig');
let bench: Bench;

beforeEach(async () => {
  bench = await setUpBench(scripted);
});
afterEach(() => bench.close(), 30_000);

describe('the scripted agent', { timeout: 30_000 }, () => {
  it('does nothing, and completes, without a mark', async () => {
    const { events, outcome } = await bench.play('Please improve everything.');
    expect(outcome).toMatchObject({ kind: 'completed', text: null });
    expect(events.map(({ type }) => type)).toEqual(['turn.end']);
  });

  it.each([
    ['[[fail the build is broken]]', 'the build is broken'],
    ['[[edit path=README.md old=absent new=x]]', 'README.md does not contain the text to be replaced'],
    ['[[read path=absent.txt]]', 'absent.txt does not exist'],
    ['[[delete path=absent.txt]]', 'absent.txt does not exist'],
    ['[[write path=../out.txt content=x]]', '../out.txt is outside the worktree'],
    ['[[write path=/tmp/out.txt content=x]]', '/tmp/out.txt is outside the worktree'],
    ['[[write path=README.md/x content=x]]', 'README.md/x is not a file'],
    ['[[write path=a]]', "[[write]] can't be understood: content= is missing"],
  ])('fails with the reason at %s', async (mark, message) => {
    const { outcome } = await bench.play(
      `[[append path=before.txt content=x]]${mark}[[write path=after.txt content=x]]`,
    );
    expect(outcome).toMatchObject({ kind: 'failed', error: { class: 'other', message } });
    expect(await bench.read('before.txt')).toBe('x');
    expect(await bench.read('after.txt')).toBeNull();
  });

  it.each(['folder/out.txt', 'file.txt', 'nowhere.txt'])(
    'does not leave its worktree by the link %s',
    async (path) => {
      const outside = join(bench.root, 'outside');
      await mkdir(outside);
      await writeFile(join(outside, 'there.txt'), 'theirs');
      await symlink(outside, join(bench.cwd, 'folder'));
      await symlink(join(outside, 'there.txt'), join(bench.cwd, 'file.txt'));
      await symlink(join(outside, 'not-yet.txt'), join(bench.cwd, 'nowhere.txt'));

      const { outcome } = await bench.play(`[[write path=${path} content=mine]]`);

      expect(outcome).toMatchObject({
        kind: 'failed',
        error: { message: `${path} leads out of the worktree by a link` },
      });
      expect(await readdir(outside)).toEqual(['there.txt']);
    },
  );

  it('asks, waits, and uses the answer', async () => {
    const run = bench.start(
      '[[ask Which one? | left | right]][[write path={{answer}}.txt content="I chose {{answer}}"]]',
    );
    const asked = await run.saw(({ type }) => type === 'question');
    if (asked.type !== 'question') throw new Error('unreachable');
    await run.handle.answer(asked.requestId, { decision: 'allow', note: 'right' });
    await run.handle.answer(asked.requestId, { decision: 'allow', note: 'left' });
    const { outcome } = await run.end();

    expect(asked).toMatchObject({ question: 'Which one?', options: ['left', 'right'] });
    expect(outcome.kind).toBe('completed');
    expect(await bench.read('right.txt')).toBe('I chose right');
  });

  it('fails where its question is declined', async () => {
    const run = bench.start('[[ask May I?]]');
    const asked = await run.saw(({ type }) => type === 'question');
    if (asked.type !== 'question') throw new Error('unreachable');
    await run.handle.answer(asked.requestId, { decision: 'deny', note: 'no time' });
    expect((await run.end()).outcome).toMatchObject({
      kind: 'failed',
      error: { message: 'The question was declined: no time' },
    });
  });

  it('crashes by a signal of its own, having told all before it', async () => {
    const { events, outcome } = await bench.play('[[say before]][[crash]][[say after]]');
    expect(outcome).toMatchObject({ kind: 'crashed', error: { class: 'crash' } });
    expect(wordsOf(events, 'text')).toBe('before');
  });

  it.each(['Go on, please.', 'Go on with:\n\nSCRIPT'])(
    'goes on with the step it was at, told: %s',
    async (more) => {
      const script =
        '[[append path=a.txt content=1]][[sh test -e go || sleep 60]][[append path=a.txt content=2]]';
      const run = bench.start(script);
      await run.saw((event) => event.type === 'tool' && event.kind === 'command');
      process.kill(run.pid(), 'SIGKILL');
      const first = await run.end();
      await writeFile(join(bench.cwd, 'go'), '');
      const spec = { resume: first.outcome.nativeId ?? 'none' };
      const second = await bench.play(more.replace('SCRIPT', script), { spec });

      expect([first.outcome.kind, second.outcome.kind]).toEqual(['crashed', 'completed']);
      expect(await bench.read('a.txt')).toBe('12');
    },
  );

  it('crashes again at its crash, however often it is resumed', async () => {
    const first = await bench.play('[[append path=a.txt content=1]][[crash]]');
    const second = await bench.play('Go on.', { spec: { resume: first.outcome.nativeId ?? 'none' } });
    expect(second.outcome.kind).toBe('crashed');
    expect(await bench.read('a.txt')).toBe('1');
  });

  it('floods without harm: what is over its share is dropped and counted', async () => {
    const { events, outcome } = await bench.play('[[flood 100000]][[say dry]]');
    const output = events.map((event) => (event.type === 'tool' ? (event.output ?? '').length : 0));

    expect(outcome).toMatchObject({ kind: 'completed', text: 'dry' });
    expect(outcome.dropped).toBeGreaterThan(1_000_000);
    expect(output.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(2 * 1024 * 1024);
    expect(events.length).toBeLessThan(10_000);
  });

  it('leaves nothing running, not even what left its process group', async () => {
    const run = bench.start('[[daemon]][[sh sleep 300 >/dev/null 2>&1 & echo started]][[sleep 60000]]');
    await run.saw((event) => event.type === 'tool' && event.phase === 'ended');
    expect((await listMarked(bench.instance)).length).toBeGreaterThanOrEqual(3);

    expect((await run.handle.stop()).kind).toBe('cancelled');
    expect(await listMarked(bench.instance)).toEqual([]);
  });

  it('is found by its mark and ended by the next server, should this one die', async () => {
    const run = bench.start('[[daemon]][[hang]]');
    await run.saw(({ type }) => type === 'notice');
    const next = makeSupervisor({
      instance: bench.instance.slice(0, -1),
      clock: systemClock,
      onFault: (error) => {
        throw error;
      },
    });

    expect(await next.endOrphans()).toBeGreaterThanOrEqual(2);
    expect(await listMarked(bench.instance)).toEqual([]);
    expect((await run.end()).outcome.kind).toBe('crashed');
  });

  it.each([
    '[[slow 50]][[sh while true; do echo x; sleep 0.01; done]]',
    '[[slow 50]][[sleep 60000]]',
    '[[ask Well?]]',
  ])('ends its turn by itself when it is interrupted at %s', async (script) => {
    const run = bench.start(`[[think ready]]${script}`);
    await run.saw(({ type }) => type === 'thought');
    await run.handle.stop();
    expect((await run.end()).events.at(-1)).toMatchObject({ type: 'turn.end', outcome: 'interrupted' });
  });

  it('says what it read and changed', async () => {
    const { events } = await bench.play('[[edit path=README.md old=base new=top]][[read path=README.md]]');
    const ended = events.filter((event) => event.type === 'tool' && event.phase === 'ended');
    expect(ended).toMatchObject([
      {
        kind: 'edit',
        diffs: [
          { path: 'README.md', unified: '--- a/README.md\n+++ b/README.md\n@@ -1,1 +1,1 @@\n-base\n+top\n' },
        ],
      },
      { kind: 'read', output: 'top\n' },
    ]);
  });
});
