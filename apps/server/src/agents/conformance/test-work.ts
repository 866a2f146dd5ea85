import { expect } from 'vitest';
import { wordsOf } from '../test-bench.ts';
import type { Behaviour } from './test-behaviour.ts';

/** What an agent does in a turn, and tells of it. */
export const work: readonly Behaviour[] = [
  {
    id: 'edit',
    says: 'changes files and ends its turn once',
    depth: 'brief',
    async prove(bench) {
      const { events, outcome } = await bench.play(
        '[[write path=src/new.txt content="one\\n"]][[edit path=README.md old=base new=changed]][[delete path=old.txt]][[say finished]]',
      );

      expect(await bench.read('src/new.txt')).toBe('one\n');
      expect(await bench.read('README.md')).toBe('changed\n');
      expect(await bench.read('old.txt')).toBeNull();
      expect(outcome).toMatchObject({ kind: 'completed', text: 'finished' });
      expect(events.filter(({ type }) => type === 'turn.end')).toHaveLength(1);
      expect(events.at(-1)?.type).toBe('turn.end');
    },
  },
  {
    id: 'command',
    says: 'tells each command with its output and its end',
    depth: 'usual',
    async prove(bench) {
      const { events, outcome } = await bench.play('[[sh echo hello; sleep 0.3; exit 3]]');

      const ended = events.find(
        (event) => event.type === 'tool' && event.kind === 'command' && event.phase === 'ended',
      );
      if (bench.rig.adapter.capabilities.exitCodes)
        expect(ended).toMatchObject({ status: 'failed', exitCode: 3 });
      // Some tell the output without the line break at its end.
      expect(ended?.type === 'tool' && ended.output?.trimEnd()).toBe('hello');
      expect(outcome.kind).toBe('completed');
    },
  },
  {
    id: 'words',
    says: 'tells its words, and its thoughts where it claims to',
    depth: 'usual',
    async prove(bench) {
      const { events } = await bench.play('[[think hmm well]][[say all good now]]');

      expect(wordsOf(events, 'text')).toBe('all good now');
      if (bench.rig.adapter.capabilities.thoughts) expect(wordsOf(events, 'thought')).toContain('hmm well');
    },
  },
  {
    id: 'plan',
    says: 'tells the steps of its plan',
    depth: 'usual',
    isOffered: ({ plan }) => plan,
    async prove(bench) {
      const { events } = await bench.play('[[plan look | do]][[say planned]]');
      const plan = events.findLast((event) => event.type === 'plan');
      expect(plan?.type === 'plan' && plan.steps.map(({ text }) => text)).toEqual(['look', 'do']);
    },
  },
  {
    id: 'usage',
    says: 'reports the tokens of the turn',
    depth: 'usual',
    isOffered: ({ usage }) => usage === 'turn',
    async prove(bench) {
      const { outcome } = await bench.play('[[usage 70 30]][[say ok]]');
      expect(outcome.usage?.tokens).toMatchObject({ input: 70, output: 30 });
    },
  },
];
