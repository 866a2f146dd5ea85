import type { TimelineEntry } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import { sampleTask } from '../../testing/sample-task.ts';
import { type DemonstrationFacts, tickSteps } from './demonstration-view.ts';

const steps = [
  'start',
  'answer',
  'review',
  'conflict',
  'red',
  'partial',
  'mend',
  'save',
  'restore',
  'undo',
  'own',
  'of a newer server',
].map((id) => ({ id, text: id, type: null }));
const entry = (given: Partial<TimelineEntry>): TimelineEntry => ({
  kind: 'save',
  tag: null,
  commit: null,
  sequence: null,
  at: 0,
  tasks: [],
  by: '',
  undone: [],
  signature: 'missing',
  summary: '',
  save: 'v',
  restored: null,
  checks: [],
  files: 0,
  undoneBy: null,
  ...given,
});
const ticked = (facts: Partial<DemonstrationFacts>) =>
  tickSteps(steps, { tasks: [], entries: [], projects: [], ...facts })
    .filter((step) => step.isDone)
    .map((step) => step.id);
const conflict = entry({ kind: 'failed', summary: 'Conflict in src/ticket.js' });
const red = entry({ kind: 'failed', checks: [{ name: 'tests', state: 'failed' }] });

it('begins with nothing ticked, the proposed plan included', () => {
  expect(ticked({})).toEqual([]);
  expect(ticked({ tasks: [sampleTask({ id: 'a', state: 'planned' })] })).toEqual([]);
});

it('ticks the question when its task has a result, not when it merely waits', () => {
  expect(ticked({ tasks: [sampleTask({ id: 'a', key: 'children', state: 'waiting' })] })).toEqual(['start']);
  expect(ticked({ tasks: [sampleTask({ id: 'a', key: 'children', state: 'review' })] })).toEqual([
    'start',
    'answer',
  ]);
});

it('tells a conflict from a red check, and keeps the approvals ticked after a rejection', () => {
  const tasks = [sampleTask({ id: 'a', key: 'ticket', state: 'queued', runs: 1 })];
  expect(ticked({ tasks, entries: [conflict] })).toEqual(['start', 'review', 'conflict']);
  expect(ticked({ tasks, entries: [conflict, red] })).toEqual(['start', 'review', 'conflict', 'red']);
});

it('ticks each checkpoint and each restore by itself, and one’s own repository last', () => {
  const first = entry({ tag: 'checkpoint/2026-11-20-001' });
  const second = entry({ tag: 'checkpoint/2026-11-20-002' });
  const back = entry({ kind: 'restore', tag: 'checkpoint/2026-11-20-003' });
  const tasks = [sampleTask({ id: 'a', key: 'ticket', state: 'saved', runs: 2 })];
  const untilFirst = ['start', 'review', 'conflict', 'red', 'partial', 'mend'];
  expect(ticked({ tasks, entries: [conflict, red, first] })).toEqual(untilFirst);
  expect(ticked({ tasks, entries: [conflict, red, first, second, back] })).toEqual([
    ...untilFirst,
    'save',
    'restore',
  ]);
  const own = {
    id: 'p',
    name: 'p',
    path: '/p',
    branch: 'main',
    head: null,
    registeredAt: 0,
    isDemonstration: false,
  };
  expect(ticked({ entries: [back, back], projects: [own] })).toEqual(['restore', 'undo', 'own']);
});
