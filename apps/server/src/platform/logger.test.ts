import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeLogger } from './logger.ts';
import { makeRedactor } from './redact.ts';

const CANARY = 'canary-9f3a1c77e0b24d';
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'thalogos-log-'));
});
afterEach(() => rmSync(home, { recursive: true }));
const open = () => makeLogger({ dataDirectory: home, level: 'info', redactor: makeRedactor([CANARY]) });
const file = () => join(home, 'logs', 'thalogos.log');
const lines = () =>
  readFileSync(file(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  it('is one JSON object a line, with the ids that were bound', () => {
    open().child({ session: 's-1', task: 't-1' }).info({ calls: 2 }, 'hello');
    expect(lines()).toMatchObject([{ level: 30, session: 's-1', task: 't-1', calls: 2, msg: 'hello' }]);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('never holds a secret, whatever it was part of', () => {
    const logger = open();
    const cause = new Error(`401 with ${CANARY}`);
    logger.error({ error: new Error(`Could not call with ${CANARY}`, { cause }) }, `failed ${CANARY}`);
    logger.info({
      token: 'abc',
      headers: { authorization: 'Bearer abc', cookie: 'c=1' },
      [CANARY]: { deep: [CANARY] },
    });
    const text = readFileSync(file(), 'utf8');
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain('"abc"');
    expect(text).not.toContain('Bearer abc');
    expect(lines()).toHaveLength(2);
  });

  it('starts a new file when the old one is large, and keeps five', () => {
    mkdirSync(join(home, 'logs'));
    for (let start = 0; start < 8; start += 1) {
      writeFileSync(file(), Buffer.alloc(10 * 1024 * 1024, start + 48));
      open().info(`start ${start}`);
    }
    expect(readdirSync(join(home, 'logs')).toSorted()).toEqual([
      'thalogos.log',
      ...[1, 2, 3, 4, 5].map((n) => `thalogos.log.${n}`),
    ]);
    expect(lines()).toMatchObject([{ msg: 'start 7' }]);
    expect(readFileSync(`${file()}.1`)[0]).toBe(48 + 7);
  });
});
