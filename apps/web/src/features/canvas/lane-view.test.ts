import type { TimelineEntry } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import { sampleTask } from '../../testing/sample-task.ts';
import { laneView } from './lane-view.ts';

const project = {
  id: 'p',
  name: 'p',
  path: '/p',
  branch: 'main',
  head: null,
  registeredAt: 0,
  isDemonstration: false,
};
const entry = (tag: string | null, kind: TimelineEntry['kind'] = 'save'): TimelineEntry => ({
  kind,
  tag,
  commit: null,
  sequence: null,
  at: 0,
  tasks: [],
  by: 'Mara',
  undone: [],
  signature: 'good',
  summary: 's',
  save: 'v',
  restored: null,
  checks: [],
  files: 0,
  undoneBy: null,
});

it('reads from the oldest shown checkpoint to the next one', () => {
  const lane = laneView({
    project,
    entries: [
      entry('checkpoint/2026-11-20-003'),
      entry(null, 'failed'),
      entry('checkpoint/2026-11-20-002'),
      entry('checkpoint/2026-11-20-001'),
    ],
    preview: {
      enters: ['t-1'],
      waits: [],
      conflicts: [],
      pairs: [],
      checks: [{ name: 'tests', known: 'unknown' }],
    },
    tasks: [
      sampleTask({
        id: 't-1',
        title: 'Limits',
        state: 'approved',
        files: { changed: 2, added: 9, removed: 0 },
      }),
    ],
  });
  expect(lane.past.map((one) => one.number)).toEqual(['001', '002']);
  expect(lane.main.entry?.tag).toBe('checkpoint/2026-11-20-003');
  expect(lane.integration).toEqual({
    line: 'main + 1 task, 2 files',
    checks: '1 check to run',
    conflicts: 0,
  });
  expect(lane.next).toEqual({ titles: 'Limits' });
});

it('says that nothing is approved, and that no check is configured', () => {
  const lane = laneView({
    project,
    entries: [],
    preview: { enters: [], waits: [], conflicts: [], pairs: [], checks: [] },
    tasks: [],
  });
  expect(lane.integration).toEqual({
    line: 'nothing is approved yet',
    checks: 'no check configured',
    conflicts: 0,
  });
  expect(lane.next).toBeNull();
});
