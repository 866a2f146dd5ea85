import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { collectOutput } from './bounded-output.ts';
import { killMarked, listMarked, parsePs } from './marked-processes.ts';
import { allowedEnvironment, markOf, NETWORK_VARIABLES, startProcess } from './process.ts';
import { makeLineSplitter } from './split-lines.ts';

const instance = `test-${randomUUID()}`;
const cwd = tmpdir();
const environment = allowedEnvironment(process.env);

afterEach(async () => {
  await killMarked(`${instance}:`);
});

async function start(script: string, what = 'test') {
  const running = await startProcess({
    command: '/bin/sh',
    args: ['-c', script],
    cwd,
    environment,
    mark: markOf(instance, what),
  });
  const output = collectOutput(running.stdout, { limit: 1000 });
  return { running, output };
}

describe('a process of our own', () => {
  it('gives its output and exit code', async () => {
    const { running, output } = await start('echo hello; exit 3');
    expect(await running.exited).toEqual({ code: 3, signal: null });
    expect(output.bytes().toString()).toBe('hello\n');
  });

  it('can be given what its machine needs to reach the network, and nothing secret with it', () => {
    const host = {
      PATH: '/bin',
      HTTPS_PROXY: 'http://proxy:1',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
      SECRET_TOKEN: 'x',
    };
    expect(allowedEnvironment(host, {}, NETWORK_VARIABLES)).toEqual({
      PATH: '/bin',
      HTTPS_PROXY: 'http://proxy:1',
      NODE_EXTRA_CA_CERTS: '/ca.pem',
    });
  });

  it('sees only the allowed environment and its mark', async () => {
    const bare = allowedEnvironment({ PATH: '/usr/bin:/bin', SECRET_TOKEN: 'x' });
    const running = await startProcess({
      command: '/usr/bin/env',
      args: [],
      cwd,
      environment: bare,
      mark: markOf(instance, 'env'),
    });
    const output = collectOutput(running.stdout, { limit: 1000 });
    await running.exited;
    expect(output.bytes().toString().trim().split('\n').sort()).toEqual([
      'PATH=/usr/bin:/bin',
      `THALOGOS_MARK=${instance}:env`,
    ]);
  });

  it('says plainly that a program is not there', async () => {
    await expect(
      startProcess({ command: '/no/such/program', args: [], cwd, environment, mark: 'x:y' }),
    ).rejects.toThrow('Could not start /no/such/program');
  });

  it('stops at the first polite signal', async () => {
    const { running, output } = await start(
      'trap "echo bye; exit 0" INT; echo up; while :; do sleep 0.05; done',
    );
    await expect.poll(() => output.bytes().toString()).toContain('up');
    expect(await running.stop({ signals: ['SIGINT'], graceMs: 5000 })).toEqual({ code: 0, signal: null });
    expect(output.bytes().toString()).toBe('up\nbye\n');
  });

  it('kills the group of one that does not listen', async () => {
    const { running, output } = await start(
      'trap "" INT TERM; sleep 600 & echo up; while :; do sleep 0.05; done',
    );
    await expect.poll(() => output.bytes().toString()).toContain('up');
    expect(await running.stop({ signals: ['SIGINT', 'SIGTERM'], graceMs: 50 })).toEqual({
      code: null,
      signal: 'SIGKILL',
    });
    await expect.poll(() => listMarked(`${instance}:`)).toEqual([]);
  });
});

describe('marked processes', () => {
  it('finds and ends a daemon that left the process group', async () => {
    const { running, output } = await start(`setsid sh -c 'echo up; exec sleep 600' & wait`, 'daemon');
    await expect.poll(() => output.bytes().toString()).toContain('up');
    await running.stop({ signals: [], graceMs: 0 });
    await expect
      .poll(async () => (await listMarked(`${instance}:`)).map(({ mark }) => mark))
      .toEqual([`${instance}:daemon`]);
    expect(await killMarked(`${instance}:`)).toBe(1);
    expect(await listMarked(`${instance}:`)).toEqual([]);
  });

  it('leaves the processes of another instance alone', async () => {
    const { running } = await start('exec sleep 600');
    expect(await killMarked('some-other-instance:')).toBe(0);
    expect(running.hasExited()).toBe(false);
  });

  it('reads what ps prints where there is no /proc', () => {
    expect(parsePs('  12 /bin/sleep 5 PATH=/bin THALOGOS_MARK=i-1:git HOME=/x\n  13 /bin/sleep\n')).toEqual([
      { pid: 12, mark: 'i-1:git' },
    ]);
  });
});

describe('bounded output', () => {
  it('keeps the start and counts the rest', () => {
    const stream = new PassThrough();
    let told = 0;
    const output = collectOutput(stream, { limit: 4, onOverflow: () => (told += 1) });
    stream.emit('data', Buffer.from('abc'));
    stream.emit('data', Buffer.from('defg'));
    stream.emit('data', Buffer.from('h'));
    expect([output.bytes().toString(), output.dropped(), told]).toEqual(['abcd', 4, 1]);
  });

  it('keeps the end when asked to', () => {
    const stream = new PassThrough();
    const output = collectOutput(stream, { limit: 4, keep: 'end' });
    for (const letter of 'abcdefghijk') stream.emit('data', Buffer.from(letter));
    expect([output.bytes().toString(), output.dropped()]).toEqual(['hijk', 7]);
  });
});

describe('line splitter', () => {
  it('holds back an unfinished line and joins characters cut in two', () => {
    const splitter = makeLineSplitter();
    const bytes = Buffer.from('grün\r\nblau\nrot');
    expect([
      ...splitter.push(bytes.subarray(0, 3)),
      ...splitter.push(bytes.subarray(3)),
      ...splitter.end(),
    ]).toEqual(['grün', 'blau', 'rot']);
  });

  it('drops and counts what is beyond the limit of a line', () => {
    const splitter = makeLineSplitter(4);
    expect(splitter.push(Buffer.from('abcdefg\nhi\n'))).toEqual(['abcd', 'hi']);
    expect(splitter.dropped()).toBe(3);
  });

  it('keeps one megabyte of seven hundred without a line break, and goes on with the next line', () => {
    const splitter = makeLineSplitter();
    const megabyte = Buffer.alloc(1024 * 1024, 'y');
    for (let pushed = 0; pushed < 700; pushed += 1) expect(splitter.push(megabyte)).toEqual([]);
    expect(splitter.dropped()).toBe(699 * 1024 * 1024);
    const [long, next] = splitter.push(Buffer.from('\nnext\n'));
    expect([long?.length, next]).toEqual([1024 * 1024, 'next']);
  });
});
