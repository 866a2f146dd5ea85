import { ThalogosEvent, type ThalogosEventType } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { applyEvent } from './apply-event.ts';
import { sampleTask } from '../testing/sample-task.ts';

const envelope = { seq: 7, at: 1_000, project: 'ferrywise', session: 's-1', task: 't-1', by: 'orchestrator' };

describe('what an event changes in the browser', () => {
  it('knows every type of event there is', () => {
    const types: ThalogosEventType[] = ThalogosEvent.options.map((option) => option.shape.type.value);
    expect(types.length).toBeGreaterThan(30);
    expect(new Set(types).size).toBe(types.length);
  });

  it('takes the task as it is after a move, and asks again for what follows from it', () => {
    const view = sampleTask({ id: 't-1', state: 'approved' });
    const changes = applyEvent({
      ...envelope,
      type: 'task.approved',
      data: { result: view.branch, tree: 'x', view },
    });
    expect(changes).toEqual([
      { kind: 'put-task', project: 'ferrywise', task: view },
      { kind: 'invalidate', query: 'ops.status' },
      { kind: 'invalidate', query: 'saves.preview' },
      { kind: 'invalidate', query: 'conflicts.list' },
      { kind: 'invalidate', query: 'conflicts.get' },
    ]);
  });

  it('asks again who a task went to and how the attempts compare when one of them is given away', () => {
    const view = sampleTask({ id: 't-1', state: 'queued', contest: { id: 'c-1', isKept: false } });
    const choice = {
      agent: 'claude',
      source: 'score',
      confidence: 1,
      reasoning: '',
      candidates: [],
    } as const;
    const data = { choice: { ...choice, candidates: [] }, view };
    expect(applyEvent({ ...envelope, type: 'task.routed', data })).toEqual([
      { kind: 'put-task', project: 'ferrywise', task: view },
      { kind: 'invalidate', query: 'ops.status' },
      { kind: 'invalidate', query: 'tasks.compare' },
      { kind: 'invalidate', query: 'tasks.get', task: 't-1' },
    ]);
  });

  it('reads the project file again when main moves', () => {
    const data = { head: '1'.repeat(40) };
    expect(applyEvent({ ...envelope, type: 'project.moved', data })).toContainEqual({
      kind: 'invalidate',
      query: 'projects.settings',
    });
  });

  it('notes the last line of a run without asking for the whole task again', () => {
    const changes = applyEvent({
      ...envelope,
      type: 'transcript.extended',
      data: { run: 'r-1', upto: 9, lastLine: 'edit a.ts', plan: [], cost: null },
    });
    expect(changes).toEqual([
      {
        kind: 'note-progress',
        project: 'ferrywise',
        task: 't-1',
        run: 'r-1',
        lastLine: 'edit a.ts',
        plan: [],
        cost: null,
      },
      { kind: 'invalidate', query: 'tasks.transcript', task: 't-1' },
    ]);
  });

  it('asks for everything that a finished Save may have moved', () => {
    const outcome = {
      kind: 'cancelled',
      save: 'v-1',
      checkpoint: null,
      base: null,
      tasks: [],
      conflicts: [],
      checks: [],
      failed: [],
      culprit: null,
      rest: null,
      refused: null,
      delivery: null,
    } as const;
    const changes = applyEvent({
      ...envelope,
      type: 'save.ended',
      data: { save: 'v-1', outcome: { ...outcome, tasks: [], conflicts: [], checks: [], failed: [] } },
    });
    expect(changes.map((change) => (change.kind === 'invalidate' ? change.query : change.kind))).toEqual([
      'conflicts.list',
      'conflicts.get',
      'saves.current',
      'saves.get',
      'saves.preview',
      'ops.status',
      'tasks.list',
      'timeline.list',
      'projects.list',
      'sessions.list',
      'branches.list',
    ]);
  });

  it('sets the pause of one project at once', () => {
    expect(applyEvent({ ...envelope, type: 'dispatch.paused', data: { reason: 'by Mara' } })).toEqual([
      { kind: 'set-paused', project: 'ferrywise', paused: true },
    ]);
  });
});
