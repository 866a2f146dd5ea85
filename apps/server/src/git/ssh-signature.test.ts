import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateSigningKey } from './generate-signing-key.ts';
import { parseSshKey, signAsGit } from './ssh-signature.ts';
import { startTestGit, type TestGit } from './test-git.ts';

let test: TestGit;
let file: string;

beforeAll(async () => {
  test = await startTestGit();
  file = (await generateSigningKey(test.git, join(test.dataDirectory, 'keys'))).privateKey;
});

afterAll(() => test[Symbol.asyncDispose]());

async function bySshKeygen(input: Buffer): Promise<string> {
  const args = ['-Y', 'sign', '-n', 'git', '-f', file];
  return (await test.git.plumbing({ purpose: 'sign', program: 'ssh-keygen', args, input })).stdout.toString();
}

describe('a signature', () => {
  it('is byte for byte that of ssh-keygen', async () => {
    const key = parseSshKey(await readFile(file, 'utf8'));
    for (const payload of [Buffer.from(''), Buffer.from('tree x\n\nWork\n'), Buffer.alloc(100_000, 7)])
      expect(signAsGit(key, payload)).toBe(await bySshKeygen(payload));
  });
});

describe('a key', () => {
  it('of another kind, with a passphrase or cut short is refused', async () => {
    const make = async (name: string, ...how: readonly string[]) => {
      const path = join(test.dataDirectory, name);
      await test.git.plumbing({ purpose: 'make', program: 'ssh-keygen', args: ['-q', ...how, '-f', path] });
      return readFile(path, 'utf8');
    };
    const texts = [
      await make('ecdsa', '-t', 'ecdsa', '-N', ''),
      await make('locked', '-t', 'ed25519', '-N', 'a passphrase'),
      (await readFile(file, 'utf8')).slice(0, 150),
      'no key at all',
      '',
    ];
    for (const text of texts)
      expect(() => parseSshKey(text)).toThrow('not an ed25519 key without a passphrase');
  });
});
