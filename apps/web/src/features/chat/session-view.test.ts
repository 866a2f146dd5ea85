import type { Decision, Session } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import { sampleTask } from '../../testing/sample-task.ts';
import { countTasks, currentSession, needsMe } from './session-view.ts';

const session = (id: string, state: Session['state'], createdAt: number): Session => ({
  id,
  project: 'p',
  state,
  title: id,
  createdAt,
  reason: null,
});
const decision = (given: Partial<Decision>): Decision => ({
  id: 'd-1',
  kind: 'question',
  state: 'open',
  summary: 'Round?',
  detail: '',
  options: [],
  recommended: null,
  default: null,
  deadline: null,
  task: null,
  createdAt: 0,
  answer: null,
  answeredBy: null,
  ...given,
});

it('prefers the session that is open over a newer closed one', () => {
  expect(currentSession([session('s-1', 'active', 1), session('s-2', 'finalized', 2)])?.id).toBe('s-1');
  expect(currentSession([session('s-1', 'finalized', 1), session('s-2', 'finalized', 2)])?.id).toBe('s-2');
  expect(currentSession([])).toBeNull();
});

it('counts what waits for the person first', () => {
  const tasks = [
    sampleTask({ id: 'a', state: 'running' }),
    sampleTask({ id: 'b', state: 'waiting' }),
    sampleTask({ id: 'c', state: 'planned' }),
    sampleTask({ id: 'd', state: 'queued' }),
  ];
  expect(countTasks(tasks).map((one) => [one.look, one.count])).toEqual([
    ['waiting', 1],
    ['running', 1],
    ['queued', 1],
  ]);
});

it('names open decisions, then plans, reviews, failures and what can be saved, and nothing that is settled', () => {
  const tasks = [
    sampleTask({ id: 'f', state: 'failed' }),
    sampleTask({ id: 'r', state: 'review', agent: 'claude' }),
    sampleTask({ id: 'a', state: 'approved' }),
  ];
  const goal = {
    id: 'g-1',
    session: 's-1',
    text: '# Fares',
    state: 'proposed',
    planner: 'plain',
    createdAt: 0,
  } as const;
  const decisions = [decision({ task: 'r' }), decision({ id: 'd-2', state: 'answered' })];
  const needs = needsMe({
    conflicts: [],
    decisions,
    goals: [goal, { ...goal, id: 'g-0', state: 'accepted' }],
    tasks,
  });
  expect(needs.map((one) => [one.text, one.agent, one.to.kind])).toEqual([
    ['Round?', 'claude', 'inbox'],
    ['Plan: Fares', 'Guide', 'mission'],
    ['Task r', 'claude', 'review'],
    ['Task f', 'codex', 'task'],
    ['1 task can be saved', null, 'save'],
  ]);
});
