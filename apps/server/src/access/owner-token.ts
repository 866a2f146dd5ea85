import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSecret } from './credential.ts';

const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** Reads the owner's token from `keys/token` (mode 0600), or makes it there on the first start; it stays the same across restarts. */
export function loadOwnerToken(dataDirectory: string): string {
  const folder = join(dataDirectory, 'keys');
  const file = join(folder, 'token');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fresh = newSecret();
  try {
    writeFileSync(file, `${fresh}\n`, { mode: 0o600, flag: 'wx' });
    return fresh;
  } catch (cause) {
    if (!isAlreadyThere(cause)) throw new Error(`Could not write the token to ${file}`, { cause });
  }
  return readToken(file);
}

function readToken(file: string): string {
  chmodSync(file, 0o600);
  const token = readFileSync(file, 'utf8').trim();
  if (!SHAPE.test(token))
    throw new Error(`${file} does not hold a token; remove it, and the next start makes a new one`);
  return token;
}

function isAlreadyThere(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
}
