import { SayInput } from '@thalogos/contracts';
import { expect, it } from 'vitest';
import { newOnce } from './new-once.ts';

it('a name for an act is one that the server takes, and never the same', () => {
  const names = Array.from({ length: 200 }, newOnce);
  for (const once of names)
    expect(SayInput.safeParse({ session: 's-1', text: 'x', once }).success).toBe(true);
  expect(new Set(names).size).toBe(names.length);
});
