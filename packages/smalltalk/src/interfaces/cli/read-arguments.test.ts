import { expect, it } from 'vitest';
import { readArguments, readPort } from './read-arguments.ts';

it('reads what is asked: a talk, a playground, help or the version', () => {
  expect(readArguments([])).toEqual({ kind: 'help' });
  expect(readArguments(['help'])).toEqual({ kind: 'help' });
  expect(readArguments(['--version'])).toEqual({ kind: 'version' });
  expect(readArguments(['a.ts', '-s', 'id'])).toEqual({ kind: 'talk', file: 'a.ts', sessionId: 'id' });
  expect(readArguments(['playground', 'a.ts', '-p', '4000', '-h', '::1'])).toEqual({
    kind: 'playground',
    file: 'a.ts',
    port: 4000,
    host: '::1',
  });
});

it('refuses what it does not know', () => {
  expect(() => readArguments(['playground'])).toThrow('needs a script');
  expect(() => readArguments(['--what'])).toThrow('--what');
  expect(() => readPort('http')).toThrow('A port is a number up to 65535, not http');
});
