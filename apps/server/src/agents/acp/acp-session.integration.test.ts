import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { makePlainSandbox } from '../../sandbox/contain.ts';
import { type Bench, setUpBench, wordsOf } from '../test-bench.ts';
import type { AcpAgent } from './acp-agent.ts';
import { makeAcpAdapter } from './acp-adapter.ts';
import { gemini } from './rows/gemini.ts';

/** A row for the agent of few words. */
const fewWords: AcpAgent = {
  ...gemini,
  ...{ id: 'few', title: 'Few Words', packageName: 'few-words', version: '1.0.0', oldest: '1.0.0' },
  args: () => [],
  settings: async () => ({}),
};

/** Installs it as npm would. */
async function install(root: string): Promise<string> {
  const folder = join(root, 'node_modules', 'few-words');
  await mkdir(folder, { recursive: true });
  const named = { name: 'few-words', version: '1.0.0', type: 'module', bin: { few: 'start.js' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(named));
  const program = new URL('./test-acp-agent.ts', import.meta.url).href;
  await writeFile(join(folder, 'start.js'), `import '${program}';\n`);
  return join(folder, 'start.js');
}

let bench: Bench;
beforeEach(async () => {
  bench = await setUpBench(async (root) => ({
    adapter: makeAcpAdapter(fewWords, {
      path: await install(root),
      host: { PATH: process.env['PATH'], GEMINI_API_KEY: 'k', OPENAI_API_KEY: 'k', GITHUB_TOKEN: 'k' },
      sandbox: makePlainSandbox(process.env),
      clock: systemClock,
    }),
    env: {},
    close: async () => undefined,
  }));
});
afterEach(() => bench.close());

describe('an agent that speaks ACP', { timeout: 20_000 }, () => {
  it('has its turn and ends it', async () => {
    const { outcome } = await bench.play('speak');
    expect(outcome).toMatchObject({ kind: 'completed', text: 'hello', nativeId: 's-1' });
  });

  it('is ended when it hangs in the middle of a turn', async () => {
    const { outcome, events } = await bench.play('hang', { idleMs: 2500 });
    expect(wordsOf(events, 'text')).toBe('well');
    expect(outcome).toMatchObject({ kind: 'timeout', limit: 'idle' });
  });

  it('is called crashed when it dies', async () => {
    const { outcome } = await bench.play('die');
    expect(outcome).toMatchObject({ kind: 'crashed', error: { class: 'crash' } });
    expect(outcome).toMatchObject({ error: { message: 'Few Words ended unexpectedly (SIGKILL)' } });
  });

  it('is cut short when it floods', async () => {
    const { outcome, events } = await bench.play('flood');
    expect(outcome).toMatchObject({ kind: 'completed', dropped: 4_000_000 - 2 * 1024 * 1024 });
    expect(wordsOf(events, 'text')).toHaveLength(2 * 1024 * 1024);
  });

  it('may talk nonsense, which is shown and breaks nothing', async () => {
    const { outcome, events } = await bench.play('babble');
    expect(outcome).toMatchObject({ kind: 'completed', text: 'sorry' });
    expect(events.filter(({ type }) => type === 'unknown')).toHaveLength(6);
  });

  it('is handed the keys that its row names, and no others', async () => {
    const { outcome } = await bench.play('keys');
    expect(outcome).toMatchObject({ kind: 'completed', text: 'GEMINI_API_KEY' });
  });

  it('is given nothing of this machine through us', async () => {
    const { outcome } = await bench.play('snoop');
    expect(outcome).toMatchObject({ kind: 'completed', text: 'refused' });
  });
});
