import { describe, expect, it } from 'vitest';
import { nextCheckpoint, parseCheckpoint } from './checkpoint.ts';

const LATE = Date.UTC(2026, 0, 31, 23, 59, 59);

describe('the name of a checkpoint', () => {
  it('is the UTC day of the start and a number from 001', () => {
    expect(nextCheckpoint(LATE, [])).toEqual({ tag: 'checkpoint/2026-01-31-001', sequence: 1 });
  });

  it('counts on from the highest of that day and leaves gaps', () => {
    const taken = [
      'checkpoint/2026-01-31-001',
      'checkpoint/2026-01-31-007',
      'checkpoint/2026-01-30-009',
      'checkpoint/other',
      'v1',
    ];
    expect(nextCheckpoint(LATE, taken)).toEqual({ tag: 'checkpoint/2026-01-31-008', sequence: 8 });
  });

  it('goes on past 999', () => {
    expect(nextCheckpoint(LATE, ['checkpoint/2026-01-31-999']).tag).toBe('checkpoint/2026-01-31-1000');
  });

  it('can be read back', () => {
    expect(parseCheckpoint('checkpoint/2026-01-31-012')).toEqual({ day: '2026-01-31', sequence: 12 });
    expect(parseCheckpoint('checkpoint/2026-01-31')).toBeNull();
  });
});
