import { expect, it } from 'vitest';
import { isOwnAddress } from './use-go.ts';

it('goes to addresses of the console, and to no other host', () => {
  expect(['/', '/tasks/t-1?at=7', '/timeline/checkpoint%2F1'].every(isOwnAddress)).toBe(true);
  expect(
    ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:1', ''].some(isOwnAddress),
  ).toBe(false);
});
