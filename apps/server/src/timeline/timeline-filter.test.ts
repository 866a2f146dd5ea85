import { TimelineEntry } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { isLookedFor } from './timeline-filter.ts';

const entry = TimelineEntry.parse({
  ...{ kind: 'save', tag: 'checkpoint/2026-11-20-012', commit: 'a1'.repeat(20), sequence: 12, at: 1_000 },
  ...{ tasks: [{ id: 't-1', title: 'Fares in cents', agent: 'codex' }], by: 'Mara', undone: [] },
  ...{ signature: 'good', summary: 'Fares in cents', save: 'v-1', restored: null, checks: [], files: 3 },
  undoneBy: null,
});

describe('looking for something in the timeline', () => {
  it.each([
    [{}, true],
    [{ text: ' FARES ' }, true],
    [{ text: '012' }, true],
    [{ text: 'a1a1' }, true],
    [{ text: 'mara' }, true],
    [{ text: 'harbour' }, false],
    [{ agent: 'codex' }, true],
    [{ agent: 'claude' }, false],
    [{ person: 'Mara' }, true],
    [{ person: 'Ada' }, false],
    [{ kind: 'restore' as const }, false],
    [{ since: 1_000, until: 1_001 }, true],
    [{ until: 1_000 }, false],
    [{ text: 'fares', agent: 'claude' }, false],
  ])('%j finds it: %s', (filter, isFound) => {
    expect(isLookedFor(entry, filter)).toBe(isFound);
  });
});
