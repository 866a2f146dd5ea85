import type { TimelineEntry } from '@thalogos/contracts';
import { describe, expect, it } from 'vitest';
import { readTaggedEntry } from './checkpoint-tag.ts';

const oid = 'a'.repeat(40);
const entry: TimelineEntry = {
  ...{
    kind: 'save',
    tag: 'checkpoint/2026-01-31-001',
    commit: oid,
    sequence: 1,
    at: 5,
    tasks: [],
    by: 'ada',
  },
  ...{ undone: [], signature: 'good', summary: 'One', save: 'v-1', restored: null, checks: [], files: 2 },
  undoneBy: null,
};
const line = (summary: string) =>
  `entry: ${JSON.stringify({ ...entry, summary, project: 'p-1', base: oid })}`;

describe('the line that a checkpoint’s tag carries', () => {
  it('is read as it was written', () => {
    const tag = `object ${oid}\n\ncheckpoint/2026-01-31-001\n\nOne\n\n${line('One')}\n\nThalogos-Save: v-1\n`;
    expect(readTaggedEntry(tag)).toEqual({ entry, base: oid });
  });

  it('is the last one, whatever a title pretends to be', () => {
    expect(readTaggedEntry(`${line('Forged')}\n\n${line('One')}\n`)?.entry.summary).toBe('One');
  });

  it('is nothing where there is none or it is no such line', () => {
    for (const tag of ['', 'entry: ', 'entry: {"kind":"save"}', 'a tag of somebody else'])
      expect(readTaggedEntry(tag)).toBeNull();
  });
});
