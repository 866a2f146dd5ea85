import { describe, expect, it } from 'vitest';
import { planRedo, type UndoneTask } from './redo-tasks.ts';

const undone = (id: string, more: Partial<UndoneTask> = {}): UndoneTask => ({
  attachments: [],
  ...{ id, title: `Task ${id}`, text: `Do ${id}`, agent: 'codex', after: [], patch: '+one' },
  ...more,
});
const agents = { names: ['codex', 'scripted'], usual: 'scripted' };

describe('doing undone tasks again', () => {
  it('gives the old text, with the old change as context', () => {
    const [task] = planRedo([undone('t-1')], agents);
    expect(task).toMatchObject({ key: 't-1', title: 'Task t-1', agent: 'codex', after: [] });
    expect(task?.text).toMatch(/^Do t-1\n\n.*undone since.*\n\n\+one$/s);
  });

  it('keeps the order among those that are done again, and waits for nothing else', () => {
    const [, second] = planRedo([undone('t-1'), undone('t-2', { after: ['t-1', 't-0'] })], agents);
    expect(second?.after).toEqual(['t-1']);
  });

  it('takes the usual agent where the old one is gone', () => {
    expect(planRedo([undone('t-1', { agent: 'gone' })], agents)[0]?.agent).toBe('scripted');
  });

  it('says nothing of a change that was never there, and cuts a very long one', () => {
    expect(planRedo([undone('t-1', { patch: '' })], agents)[0]?.text).toBe('Do t-1');
    const [task] = planRedo([undone('t-1', { patch: 'x'.repeat(100_000) })], agents);
    expect(task?.text.length).toBeLessThan(61_000);
    expect(task?.text).toMatch(/The rest is left out\.$/);
  });
});
