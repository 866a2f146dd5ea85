import { expect, it } from 'vitest';
import { sayPolicies } from './say-policies.ts';

const settled = (policy: string, path: string) => ({ policy, path, task: null });

it('says nothing where nothing was settled', () => {
  expect(sayPolicies([])).toBeNull();
});

it('names each rule with its path, quoted so that a path can not pass for another entry', () => {
  expect(sayPolicies([settled('whitespace', 'a b.ts'), settled('union', 'x", union "y\n')])).toBe(
    'whitespace "a b.ts", union "x\\", union \\"y\\n"',
  );
  expect(sayPolicies([settled('person:ada "x", union', 'a')])).toBe('person:ada-x-union "a"');
});

it('is bounded, and says how many more there are', () => {
  const many = Array.from({ length: 50 }, (_, at) => settled('imports', `src/file-${at}.ts`));
  const text = sayPolicies(many) ?? '';
  expect(text.length).toBeLessThanOrEqual(200);
  expect(text).toMatch(/ and \d+ more$/);
  const long = sayPolicies([settled('imports', 'd/'.repeat(1000)), ...many]) ?? '';
  expect(long.length).toBeLessThanOrEqual(200);
  expect(long).toMatch(/^imports "….* and \d+ more$/);
});
