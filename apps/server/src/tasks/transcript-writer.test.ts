import { makeTemporaryDirectory } from '@thalogos/testkit';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentEvent, AgentEventBody } from '../agents/agent-adapter.ts';
import type { Clock } from '../platform/clock.ts';
import { openDatabase } from '../platform/database.ts';
import { makeTranscriptStore, TRANSCRIPT_MIGRATIONS } from './transcript-store.ts';
import { makeTranscriptWriter, type Progress } from './transcript-writer.ts';

/** A clock whose timers go off when the test says so. */
function heldClock(): Clock & { tick(): void } {
  const waiting: (() => void)[] = [];
  return {
    now: () => 7,
    after: (_ms, act) => {
      waiting.push(act);
      return () => void waiting.splice(waiting.indexOf(act), 1);
    },
    tick: () => {
      for (const act of waiting.splice(0)) act();
    },
  };
}

async function setUp() {
  const directory = await makeTemporaryDirectory();
  const db = openDatabase({
    file: join(directory.path, 'transcripts.db'),
    durability: 'NORMAL',
    migrations: TRANSCRIPT_MIGRATIONS,
  });
  const store = makeTranscriptStore(db, (text) => text.replaceAll('hunter2-secret', '[redacted]'));
  const clock = heldClock();
  const told: Progress[] = [];
  const writer = makeTranscriptWriter({
    run: 'r-1',
    task: 't-1',
    store,
    clock,
    onProgress: (progress) => told.push(progress),
  });
  const take = (body: AgentEventBody) => {
    const event: AgentEvent = { at: 7, turnId: 'u-1', ...body };
    writer.take(event);
  };
  const blocks = () => store.after('t-1', 0, 100).blocks;
  const close = async () => {
    db.close();
    await directory[Symbol.asyncDispose]();
  };
  return { writer, take, blocks, told, clock, store, [Symbol.asyncDispose]: close };
}

describe('a transcript', () => {
  it('joins the pieces of one message into one block, written once they have been gathered', async () => {
    await using at = await setUp();
    at.take({ type: 'text', itemId: 'm', delta: 'Hello, ' });
    at.take({ type: 'text', itemId: 'm', delta: 'world' });
    expect(at.blocks()).toEqual([]);
    at.clock.tick();
    expect(at.blocks().map(({ seq, kind, text }) => ({ seq, kind, text }))).toEqual([
      { seq: 1, kind: 'text', text: 'Hello, world' },
    ]);
    expect(at.told).toEqual([{ upto: 1, lastLine: 'Hello, world', plan: [], cost: null }]);
  });

  it('never shows what the agent was told as what it does', async () => {
    await using at = await setUp();
    at.writer.input('Do this [[say that]]');
    at.writer.flush();
    expect(at.told).toMatchObject([{ upto: 1, lastLine: null }]);
  });

  it('shows a command with its output as it comes, its exit code at the end', async () => {
    await using at = await setUp();
    const tool = {
      type: 'tool',
      itemId: 'c',
      kind: 'command',
      title: 'npm test',
      command: 'npm test',
    } as const;
    at.take({ ...tool, phase: 'started' });
    at.take({ ...tool, phase: 'output', output: 'ok 1\n' });
    at.writer.flush();
    expect(at.blocks()[0]).toMatchObject({
      kind: 'command',
      text: 'npm test',
      status: 'active',
      output: 'ok 1\n',
      exitCode: null,
    });
    at.take({ ...tool, phase: 'ended', status: 'failed', exitCode: 1, output: 'ok 1\nnot ok 2\n' });
    at.writer.flush();
    expect(at.blocks()).toMatchObject([{ status: 'failed', output: 'ok 1\nnot ok 2\n', exitCode: 1 }]);
  });

  it('goes on after what earlier runs of the task left', async () => {
    await using at = await setUp();
    at.take({ type: 'notice', text: 'first' });
    at.writer.flush();
    const later = makeTranscriptWriter({
      run: 'r-2',
      task: 't-1',
      store: at.store,
      clock: at.clock,
      onProgress: () => undefined,
    });
    later.input('again');
    later.flush();
    expect(at.blocks().map(({ seq, run, kind }) => ({ seq, run, kind }))).toEqual([
      { seq: 1, run: 'r-1', kind: 'raw' },
      { seq: 2, run: 'r-2', kind: 'input' },
    ]);
  });

  it('keeps what a vendor says that nobody knows yet, raw', async () => {
    await using at = await setUp();
    at.writer.take({ at: 7, turnId: 'u-1', type: 'unknown', method: 'item/novelty', raw: { a: 1 } });
    at.writer.flush();
    expect(at.blocks()).toMatchObject([{ kind: 'raw', text: 'item/novelty', output: '{"a":1}' }]);
  });

  it('keeps words as they came, and says so of what is nested too deep to be written down', async () => {
    await using at = await setUp();
    const words = 'a\0b\ud800c \u001b[31mred\u001b]0;title\u0007 <script>';
    const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    at.take({ type: 'text', itemId: 'm', delta: words });
    at.writer.take({ at: 7, turnId: 'u-1', type: 'unknown', method: 'telepathy', raw: deep });
    at.writer.flush();
    expect(at.blocks()).toMatchObject([
      { kind: 'text', text: words },
      { kind: 'raw', text: 'telepathy', output: 'It is nested too deep to be shown.' },
    ]);
  });

  it('holds no known secret', async () => {
    await using at = await setUp();
    at.take({ type: 'text', itemId: 'm', delta: 'the key is hunter2-secret' });
    at.writer.flush();
    expect(at.blocks()[0]?.text).toBe('the key is [redacted]');
  });

  it('is read in pages, forwards and backwards', async () => {
    await using at = await setUp();
    for (let n = 1; n <= 5; n += 1) at.take({ type: 'notice', text: String(n) });
    at.writer.flush();
    const texts = ({ blocks, more }: ReturnType<typeof at.store.after>) => ({
      texts: blocks.map(({ text }) => text),
      more,
    });
    expect(texts(at.store.after('t-1', 1, 2))).toEqual({ texts: ['2', '3'], more: true });
    expect(texts(at.store.before('t-1', 3, 5))).toEqual({ texts: ['1', '2'], more: false });
  });
});
