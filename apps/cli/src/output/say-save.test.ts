import type { SaveOutcome } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import { sayOutcome } from './say-save.ts';

const outcome: SaveOutcome = {
  kind: 'saved',
  save: 'v-1',
  checkpoint: { tag: 'checkpoint/2026-11-21-001', commit: 'a'.repeat(40), sequence: 1 },
  base: null,
  tasks: ['t-1', 't-2'],
  conflicts: [],
  settled: [{ path: 'CHANGELOG.md', policy: 'union', task: 't-2' }],
  checks: [{ name: 'test', state: 'passed', seconds: 1.25, log: '' }],
  failed: [],
  culprit: null,
  rest: null,
  refused: null,
  delivery: { state: 'updated', files: [], reason: '' },
};

it('says in the end of a Save which collisions a rule has settled', () => {
  expect(sayOutcome(outcome).split('\n')).toEqual([
    'Saved 2 tasks: checkpoint/2026-11-21-001 at aaaaaaaaaaaa',
    '  CHANGELOG.md: settled (union)',
    '  test: passed (1.3 s)',
    'Your checkout: updated',
  ]);
});
