import { expect } from 'vitest';
import { listMarked } from '../../platform/marked-processes.ts';
import type { Behaviour } from './test-behaviour.ts';

/** How a turn ends before its work is done, and goes on in another process. */
export const ends: readonly Behaviour[] = [
  {
    id: 'interrupt',
    says: 'stops when told to, with every process it started',
    depth: 'brief',
    async prove(bench) {
      const run = bench.start('[[sh tail -f README.md; echo late > late.txt]]');
      await run.saw((event) => event.type === 'tool' && event.phase === 'started');
      const outcome = await run.handle.stop();

      expect(outcome.kind).toBe('cancelled');
      expect(await listMarked(bench.instance)).toEqual([]);
      expect(await bench.read('late.txt')).toBeNull();
    },
  },
  {
    id: 'nothing-left',
    says: 'leaves nothing alive after its end, not even what it sent to the background',
    depth: 'whole',
    async prove(bench) {
      const daemon = 'setsid tail -f README.md > /dev/null 2>&1 < /dev/null & echo begun > begun.txt';
      const { outcome } = await bench.play(`[[sh ${daemon}]][[say gone]]`);

      expect(outcome.kind).toBe('completed');
      expect(await bench.read('begun.txt')).toBe('begun\n');
      expect(await listMarked(bench.instance)).toEqual([]);
    },
  },
  {
    id: 'crash',
    says: 'is called crashed at once when its process dies',
    depth: 'usual',
    async prove(bench) {
      const run = bench.start('[[sh tail -f README.md]]');
      await run.saw((event) => event.type === 'tool' && event.phase === 'started');
      const killedAt = Date.now();
      process.kill(run.pid(), 'SIGKILL');
      const { outcome } = await run.end();

      expect(outcome).toMatchObject({ kind: 'crashed', error: { class: 'crash', retryable: true } });
      expect(Date.now() - killedAt).toBeLessThan(5000);
      expect(await listMarked(bench.instance)).toEqual([]);
    },
  },
  {
    id: 'resume',
    says: 'goes on with its session in a new process',
    depth: 'usual',
    isOffered: ({ resume }) => resume,
    async prove(bench) {
      const first = await bench.play('The word is walnut. [[write path=a.txt content="1\\n"]]');
      const resume = first.outcome.nativeId;
      if (resume === null) throw new Error('The agent gave no resume key');
      const second = await bench.play('[[append path=a.txt content="2\\n"]][[say again]]', {
        spec: { resume },
      });

      expect(second.outcome).toMatchObject({ kind: 'completed', nativeId: resume, text: 'again' });
      expect(await bench.read('a.txt')).toBe('1\n2\n');
      const asked = bench.rig.requests?.().at(-1);
      if (asked !== undefined) expect(JSON.stringify(asked)).toContain('walnut');
    },
  },
  {
    id: 'unknown-session',
    says: 'says so when there is no session to resume',
    depth: 'usual',
    isOffered: ({ resume }) => resume,
    async prove(bench) {
      const { outcome } = await bench.play('[[say hi]]', {
        spec: { resume: '01a1f8f1-5f6d-7000-8000-000000000000' },
      });
      expect(outcome.kind).toBe('failed');
    },
  },
];
