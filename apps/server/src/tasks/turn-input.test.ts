import { describe, expect, it } from 'vitest';
import { makeTaskRecord } from './test-task.ts';
import { turnInput } from './turn-input.ts';

describe('what an agent is told', () => {
  it('is the task, then to go on with it', () => {
    expect(turnInput(makeTaskRecord())).toBe('do it');
    expect(turnInput(makeTaskRecord({ runs: 1 }))).toMatch(/^Your earlier attempt ended .*\n\ndo it$/);
  });

  it('is the reason of a rejection, also after a failure in the middle of that turn', () => {
    expect(turnInput(makeTaskRecord({ runs: 1, nextInput: 'shorter' }))).toBe('shorter');
    expect(turnInput(makeTaskRecord({ runs: 2, asked: 'shorter' }))).toMatch(/\n\nshorter$/);
  });

  it('is the whole task with what the agent before it left, for one that takes over', () => {
    const handOff = 'Another agent (codex) worked on this';
    const first = makeTaskRecord({ runs: 1, handOff });
    expect(turnInput(first)).toBe(`do it\n\n${handOff}`);
    expect(turnInput({ ...first, asked: 'shorter' })).toBe(
      `do it\n\nA first result of it was sent back with these words:\n\nshorter\n\n${handOff}`,
    );
    expect(turnInput({ ...first, nativeId: 'thread-2' })).not.toContain(handOff);
  });
});
