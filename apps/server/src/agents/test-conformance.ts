import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listMarked } from '../platform/marked-processes.ts';
import { type Bench, type MakeRig, readText, setUpBench, wordsOf } from './test-bench.ts';

/** Runs the law of the port against an adapter: what every agent must do, and what it must do if it says it can. */
export function describeAgent(name: string, makeRig: MakeRig): void {
  describe(`${name} keeps to the port`, { timeout: 30_000 }, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await setUpBench(makeRig);
    });
    afterEach(() => bench.close(), 30_000);

    it('changes files and ends its turn once', async () => {
      const { events, outcome } = await bench.play(
        '[[write path=src/new.txt content="one\\n"]][[edit path=README.md old=base new=changed]][[delete path=old.txt]][[say finished]]',
      );

      expect(await bench.read('src/new.txt')).toBe('one\n');
      expect(await bench.read('README.md')).toBe('changed\n');
      expect(await bench.read('old.txt')).toBeNull();
      expect(outcome).toMatchObject({ kind: 'completed', text: 'finished' });
      expect(events.filter(({ type }) => type === 'turn.end')).toHaveLength(1);
      expect(events.at(-1)?.type).toBe('turn.end');
    });

    it('tells each command with its output and its end', async () => {
      const { events, outcome } = await bench.play('[[sh echo hello; sleep 0.3; exit 3]]');

      const ended = events.find(
        (event) => event.type === 'tool' && event.kind === 'command' && event.phase === 'ended',
      );
      if (bench.rig.adapter.capabilities.exitCodes)
        expect(ended).toMatchObject({ status: 'failed', exitCode: 3 });
      // Some tell the output without the line break at its end.
      expect(ended?.type === 'tool' && ended.output?.trimEnd()).toBe('hello');
      expect(outcome.kind).toBe('completed');
    });

    it('tells its words, its thoughts and its plan', async () => {
      const { events } = await bench.play('[[think hmm well]][[plan look | do]][[say all good now]]');

      expect(wordsOf(events, 'thought')).toContain('hmm well');
      expect(wordsOf(events, 'text')).toBe('all good now');
      if (!bench.rig.adapter.capabilities.plan) return;
      const plan = events.find((event) => event.type === 'plan');
      expect(plan?.type === 'plan' && plan.steps.map(({ text }) => text)).toEqual(['look', 'do']);
    });

    it('reports the tokens of the turn', async () => {
      const { outcome } = await bench.play('[[usage 70 30]][[say ok]]');
      if (bench.rig.adapter.capabilities.usage !== 'turn') return;
      expect(outcome.usage?.tokens).toMatchObject({ input: 70, output: 30 });
    });

    it('takes more to do while it works', async ({ skip }) => {
      if (!bench.rig.adapter.capabilities.steer) skip('it can not be steered');
      const run = bench.start('[[sh until test -e go; do sleep 0.05; done]][[say done]]');
      await run.saw((event) => event.type === 'tool' && event.phase === 'started');
      const steered = await run.handle.steer([
        { type: 'text', text: '[[write path=steered.txt content="yes\\n"]]' },
      ]);
      await writeFile(join(bench.cwd, 'go'), '');
      const { outcome } = await run.end();

      if (steered === 'unsupported') skip('it can not be steered');
      expect(outcome.kind).toBe('completed');
      expect(await bench.read('steered.txt')).toBe('yes\n');
    });

    it('stops when told to, with every process it started', async () => {
      const run = bench.start('[[sh tail -f README.md; echo late > late.txt]]');
      await run.saw((event) => event.type === 'tool' && event.phase === 'started');
      const outcome = await run.handle.stop();

      expect(outcome.kind).toBe('cancelled');
      expect(await listMarked(bench.instance)).toEqual([]);
    });

    it('is ended when it hangs, and is called timed out', async () => {
      const run = bench.start('[[hang]]', { idleMs: 1500 });
      const { outcome } = await run.end();

      expect(outcome).toMatchObject({ kind: 'timeout', limit: 'idle', error: { class: 'timeout' } });
      expect(await listMarked(bench.instance)).toEqual([]);
    });

    it('is called crashed at once when its process dies', async () => {
      const run = bench.start('[[sh tail -f README.md]]');
      await run.saw((event) => event.type === 'tool' && event.phase === 'started');
      const killedAt = Date.now();
      process.kill(run.pid(), 'SIGKILL');
      const { outcome } = await run.end();

      expect(outcome).toMatchObject({ kind: 'crashed', error: { class: 'crash', retryable: true } });
      expect(Date.now() - killedAt).toBeLessThan(5000);
      expect(await listMarked(bench.instance)).toEqual([]);
    });

    it('goes on with its session in a new process', async () => {
      const first = await bench.play('[[write path=a.txt content="1\\n"]]');
      const resume = first.outcome.nativeId;
      if (resume === null) throw new Error('The agent gave no resume key');
      const second = await bench.play('[[append path=a.txt content="2\\n"]][[say again]]', {
        spec: { resume },
      });

      expect(second.outcome).toMatchObject({ kind: 'completed', nativeId: resume, text: 'again' });
      expect(await bench.read('a.txt')).toBe('1\n2\n');
    });

    it('says so when there is no session to resume', async () => {
      const { outcome } = await bench.play('[[say hi]]', {
        spec: { resume: '01a1f8f1-5f6d-7000-8000-000000000000' },
      });
      expect(outcome.kind).toBe('failed');
    });

    it.each(['allow', 'deny'] as const)(
      'asks before it leaves its worktree, and heeds %s',
      async (decision) => {
        if (bench.rig.escalate === undefined) return;
        // Its own home: outside of what the agent holds itself to, and inside of what we hold it to.
        const outside = join(bench.root, 'state', 'home', 'outside.txt');
        const run = bench.start(bench.rig.escalate(`touch ${outside}`), { spec: bench.rig.careful ?? {} });
        const asked = await run.saw((event) => event.type === 'approval');
        if (asked.type !== 'approval') throw new Error('unreachable');
        await run.handle.answer(asked.requestId, { decision });
        const { outcome } = await run.end();

        expect(asked).toMatchObject({ kind: 'command', title: `touch ${outside}` });
        expect(outcome.kind).toBe('completed');
        expect(await readText(outside)).toBe(decision === 'allow' ? '' : null);
      },
    );
  });
}
