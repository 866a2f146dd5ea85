import { describe, expect, it } from 'vitest';
import { sampleTask } from '../../testing/sample-task.ts';
import { countLooks, graphTask, graphView, INTEGRATION, shownTasks } from './graph-view.ts';

const goal = {
  id: 'g-1',
  session: 's-1',
  text: '# Per-key limits\n\n- one',
  state: 'accepted',
  planner: 'plain',
  createdAt: 0,
} as const;
const bucket = sampleTask({ id: 'bucket', state: 'review' });
const middleware = sampleTask({ id: 'middleware', state: 'running', after: ['bucket'] });
const load = sampleTask({ id: 'load', state: 'blocked', after: ['middleware', 'gone'] });
const columns = sampleTask({ id: 'columns', state: 'approved' });
const oid = 'a'.repeat(40);

describe('the graph', () => {
  const view = graphView({
    tasks: [bucket, middleware, load, columns].map(graphTask),
    goals: [goal],
    pairs: [{ a: 'bucket', b: 'columns', files: ['src/a.ts'] }],
  });
  const edge = (id: string) => view.edges.find((one) => one.id === id);

  it('has a node for the goal and one for each task', () => {
    expect(view.nodes.map((node) => node.id)).toEqual([
      'goal:g-1',
      'bucket',
      'middleware',
      'load',
      'columns',
      'conflict:bucket!columns',
    ]);
    expect(view.nodes[0]).toEqual({
      kind: 'goal',
      id: 'goal:g-1',
      title: 'Per-key limits',
      total: 4,
      looks: [
        { look: 'running', count: 1 },
        { look: 'review', count: 1 },
        { look: 'ready', count: 1 },
        { look: 'blocked', count: 1 },
      ],
    });
  });

  it('hangs tasks that wait for nothing on their goal, the others on what they wait for', () => {
    expect(view.edges.filter((one) => one.kind === 'depends').map((one) => one.id)).toEqual([
      'goal:g-1>bucket',
      'bucket>middleware',
      'middleware>load',
      'goal:g-1>columns',
    ]);
  });

  it('draws the way to a blocked task paler', () => expect(edge('middleware>load')?.isPale).toBe(true));

  it('leads what is approved into the Save', () =>
    expect(edge('columns>save')).toMatchObject({ kind: 'enters', to: INTEGRATION }));

  it('shows which two tasks would collide, and where', () => {
    expect(view.nodes.at(-1)).toEqual({
      kind: 'conflict',
      id: 'conflict:bucket!columns',
      between: ['bucket', 'columns'],
      files: ['src/a.ts'],
    });
    expect(view.edges.filter((one) => one.kind === 'conflict').map((one) => one.from)).toEqual([
      'bucket',
      'columns',
    ]);
  });
});

describe('a hand-off', () => {
  const files = { changed: 3, added: 9, removed: 1 };
  const before = sampleTask({ id: 'before', state: 'review', result: oid, files });
  const linesOf = (...tasks: Parameters<typeof graphTask>[0][]) =>
    graphView({ tasks: tasks.map(graphTask), goals: [], pairs: [] }).edges.filter(({ to }) => to === 'next');

  it('is drawn once a task works on what another left, and says what that was', () => {
    const next = sampleTask({ id: 'next', state: 'running', after: ['before'], base: oid });
    expect(linesOf(before, next)).toMatchObject([{ kind: 'hand-off', carries: '3 files' }]);
    const answer = { ...before, files: { changed: 0, added: 0, removed: 0 } };
    expect(linesOf(answer, next)).toMatchObject([{ kind: 'hand-off', carries: 'an answer' }]);
  });

  it('is a dependency until then', () => {
    const next = sampleTask({ id: 'next', state: 'queued', after: ['before'] });
    expect(linesOf(before, next)).toMatchObject([{ kind: 'depends' }]);
  });
});

describe('what is shown', () => {
  it('leaves out goals that are done while another has work left', () => {
    const done = sampleTask({ id: 'old', goal: 'g-0', state: 'saved' });
    expect(shownTasks([done, bucket].map(graphTask)).map((task) => task.id)).toEqual(['bucket']);
  });

  it('keeps the newest goal when everything is done', () => {
    const old = sampleTask({ id: 'old', goal: 'g-0', state: 'saved', createdAt: 1 });
    const late = sampleTask({ id: 'late', goal: 'g-2', state: 'saved', createdAt: 2 });
    expect(shownTasks([old, late].map(graphTask)).map((task) => task.id)).toEqual(['late']);
  });

  it('counts what needs a person first', () => {
    const waiting = sampleTask({ id: 'w', state: 'waiting' });
    expect(countLooks([bucket, middleware, waiting].map(graphTask)).map((one) => one.look)).toEqual([
      'waiting',
      'running',
      'review',
    ]);
  });
});
