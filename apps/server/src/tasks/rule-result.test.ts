import { describe, expect, it } from 'vitest';
import { assertNotLanding } from './rule-result.ts';
import { makeTaskRecord } from './test-task.ts';

const APPROVAL = { by: 'Mara', result: 'a'.repeat(40), tree: 'b'.repeat(40), at: 1 };
const approved = makeTaskRecord({ state: { kind: 'approved', approval: APPROVAL } });

describe('taking back an approval', () => {
  it('is refused while a Save puts the work on main', () => {
    expect(() => assertNotLanding(approved, () => true)).toThrow('being saved at this moment');
  });
  it('is possible at any other time, and for what is not approved', () => {
    expect(() => assertNotLanding(approved, () => false)).not.toThrow();
    expect(() => assertNotLanding(makeTaskRecord({ state: { kind: 'review' } }), () => true)).not.toThrow();
  });
});
