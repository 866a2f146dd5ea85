import type { SaveOutcome } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import {
  canCancel,
  evolve,
  ImpossibleStep,
  type SaveFact,
  type SaveRecord,
  type SaveState,
  stageOf,
} from './save.ts';
import { pendingStages } from './stages.ts';

const oid = (digit: string) => digit.repeat(40);
const base = { hub: oid('a'), person: oid('a'), commit: oid('a'), diverged: null };
const candidate = { commit: oid('c'), tree: oid('d'), files: 1 };
const seal = { tag: 'checkpoint/2026-01-31-001', sequence: 1, auditHead: 'h' };
const saved = { kind: 'saved' } as SaveOutcome;
const red = { kind: 'checks-failed' } as SaveOutcome;

const FACTS: readonly SaveFact[] = [
  { type: 'frozen', base },
  { type: 'snapshotted', entering: [], undone: [] },
  { type: 'merged', candidate },
  { type: 'checked', checks: [] },
  { type: 'named', seal },
  { type: 'sealed', tagObject: oid('e') },
  { type: 'landed' },
  { type: 'recorded' },
  { type: 'ended', outcome: saved },
];

const given = (...facts: readonly SaveFact[]) => facts.reduce<SaveState>(evolve, { kind: 'freezing' });

describe('the life of a Save', () => {
  it('goes through every stage in order', () => {
    const stages = FACTS.map((_, count) => stageOf(given(...FACTS.slice(0, count + 1))));
    expect(stages).toEqual([
      'snapshot',
      'merge',
      'check',
      'publish',
      'publish',
      'publish',
      'publish',
      'deliver',
      'resume',
    ]);
  });

  it('knows what it needs at each moment and nothing else', () => {
    expect(given(...FACTS.slice(0, 7))).toEqual({
      kind: 'publishing',
      base,
      candidate,
      part: { kind: 'recording', seal, tagObject: oid('e') },
    });
    expect(given(...FACTS.slice(0, 8))).toEqual({ kind: 'delivering', base, candidate, seal });
  });

  it('goes back to merging on a new base until the refs have moved', () => {
    const newer = { ...base, commit: oid('b') };
    expect(given(...FACTS.slice(0, 6), { type: 'moved', base: newer })).toEqual({
      kind: 'merging',
      base: newer,
    });
    expect(() => given(...FACTS.slice(0, 7), { type: 'moved', base: newer })).toThrow(ImpossibleStep);
  });

  it('can end without landing before it publishes, and only as saved after', () => {
    for (const count of [0, 1, 2, 3])
      expect(given(...FACTS.slice(0, count), { type: 'ended', outcome: red })).toEqual({
        kind: 'done',
        outcome: red,
      });
    for (const count of [4, 5, 6, 7, 8, 9])
      expect(() => given(...FACTS.slice(0, count), { type: 'ended', outcome: red })).toThrow(ImpossibleStep);
    for (const count of [0, 3, 4, 7])
      expect(() => given(...FACTS.slice(0, count), { type: 'ended', outcome: saved })).toThrow(
        ImpossibleStep,
      );
  });

  it('looks for who broke a check without leaving that stage, and ends red', () => {
    const checks = [{ name: 'unit', state: 'failed', seconds: 1, log: '' } as const];
    const reddened: SaveFact = { type: 'reddened', checks, check: 'unit', deadline: 9 };
    const probed: SaveFact = { type: 'probed', probe: { length: 0, verdict: 'green' } };
    const searching = given(...FACTS.slice(0, 3), reddened, probed, {
      type: 'probed',
      probe: { length: 2, verdict: 'red' },
    });
    expect(searching).toEqual({
      ...{ kind: 'searching', base, candidate, check: 'unit', deadline: 9 },
      probes: [
        { length: 0, verdict: 'green' },
        { length: 2, verdict: 'red' },
      ],
    });
    expect(stageOf(searching)).toBe('check');
    expect(evolve(searching, { type: 'ended', outcome: red })).toEqual({ kind: 'done', outcome: red });
    for (const fact of FACTS) expect(() => evolve(searching, fact)).toThrow(ImpossibleStep);
    expect(() => given(...FACTS.slice(0, 3), probed)).toThrow(ImpossibleStep);
    expect(() => given(...FACTS.slice(0, 4), reddened)).toThrow(ImpossibleStep);
  });

  it('refuses every fact that is out of turn', () => {
    FACTS.forEach((_, at) => {
      const state = given(...FACTS.slice(0, at));
      for (const fact of FACTS.filter((other, place) => place !== at && other.type !== 'ended'))
        expect(() => evolve(state, fact)).toThrow(ImpossibleStep);
    });
  });

  it('can be called off until it publishes', () => {
    const record = (count: number): SaveRecord => ({
      ...{
        id: 'v-1',
        project: 'p-1',
        kind: 'save',
        by: 'ada',
        request: { only: null, without: null, tag: null },
        startedAt: 0,
        endedAt: null,
      },
      ...{
        version: '1',
        auditHead: 'h',
        rounds: 0,
        entering: [],
        undone: [],
        checks: [],
        stages: pendingStages(),
        isCancelled: false,
        isResumed: false,
      },
      state: given(...FACTS.slice(0, count)),
    });
    expect(FACTS.map((_, count) => canCancel(record(count)))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
