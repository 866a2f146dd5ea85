import { describe, expect, it } from 'vitest';
import { deliveryCommand } from './delivery-view.ts';

const waiting = { state: 'waiting', files: ['a.ts', "it's mine.txt"], reason: 'a.ts has edits.' } as const;
const typed = (delivery: Parameters<typeof deliveryCommand>[0]) =>
  deliveryCommand(delivery, '/home/mara/shop');

describe('what a person types where their checkout waits', () => {
  it('puts aside exactly the files that are in the way, whatever they are called', () => {
    expect(typed({ ...waiting, files: [...waiting.files] })).toBe(
      `git -C /home/mara/shop stash push -- a.ts 'it'\\''s mine.txt'`,
    );
  });
  it('looks at what is under way there', () => {
    const reason = 'A rebase is under way in your checkout.';
    expect(typed({ state: 'waiting', files: [], reason })).toBe('git -C /home/mara/shop status');
  });
  it('is nothing where it did not wait, or where no file is in the way', () => {
    expect(typed({ state: 'updated', files: [], reason: '' })).toBeNull();
    expect(typed({ state: 'waiting', files: [], reason: 'Nothing was saved yet.' })).toBeNull();
    expect(typed(null)).toBeNull();
  });
});
