import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadOwnerToken } from './owner-token.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'thalogos-token-'));
});
afterEach(() => rmSync(home, { recursive: true }));
const file = () => join(home, 'keys', 'token');
const mode = (path: string) => statSync(path).mode & 0o777;

describe('the owner’s token', () => {
  it('is made once, of 32 bytes, for its owner’s eyes only', () => {
    const token = loadOwnerToken(home);
    expect(Buffer.from(token, 'base64url').length).toBe(32);
    expect(loadOwnerToken(home)).toBe(token);
    expect([mode(file()), mode(join(home, 'keys'))]).toEqual([0o600, 0o700]);
    expect(readFileSync(file(), 'utf8')).toBe(`${token}\n`);
  });

  it('is hidden again when others could read it', () => {
    loadOwnerToken(home);
    chmodSync(file(), 0o644);
    loadOwnerToken(home);
    expect(mode(file())).toBe(0o600);
  });

  it('is not replaced silently when its file holds something else', () => {
    loadOwnerToken(home);
    writeFileSync(file(), 'hello');
    expect(() => loadOwnerToken(home)).toThrow('does not hold a token');
  });
});
