import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeAgent } from '../conformance/test-conformance.ts';
import { type Bench, setUpBench } from '../test-bench.ts';
import { makeRigs } from '../test-rigs.ts';

const { model } = makeRigs(process.env, {});
if (model === undefined) throw new Error('The model has no rig');

// All that it does is tried by `npm run test:agents`; its parts are tried beside them, without a process.
describeAgent('model', model, { depth: 'brief' });

describe('a model with tools', { timeout: 30_000 }, () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await setUpBench(model);
  });
  afterEach(() => bench.close(), 30_000);

  it('keeps its files to the worktree and its key to itself', async () => {
    await symlink('/etc', join(bench.cwd, 'way-out'));
    const write = (path: string) =>
      `[[call write_file ${JSON.stringify({ path, content: 'x' })}]][[call read_file ${JSON.stringify({ path })}]]`;
    const places = ['../out.txt', 'way-out/passwd', '.git/config', '/etc/passwd'];
    const search = 'word=key-of-its; cat /proc/*/environ 2>/dev/null | grep -ac "$word-vendor" > found.txt';
    const { events } = await bench.play(`${places.map(write).join('')}[[sh ${search}; true]]`);

    const ended = events.flatMap((event) =>
      event.type === 'tool' && event.phase === 'ended' && event.kind !== 'command' ? [event.status] : [],
    );
    expect(ended).toEqual(Array.from({ length: 8 }, () => 'failed'));
    expect(await bench.read('found.txt')).toBe('0\n');
    expect(JSON.stringify(bench.rig.requests?.())).not.toMatch(/root:x:0/);
  });
});
