import { type LanguageModel, ModelError, ScriptedModel } from '@thalogos/smalltalk';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unifiedDiff } from '../unified-diff.ts';
import { ModelAgent } from './model-agent.ts';
import type { Leave, ModelLine } from './protocol.ts';
import { openSessionFile } from './session-file.ts';

const FREE: Leave = { readsOnly: false, edits: 'free', commands: 'free' };
let root: string;
let cwd: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'thalogos-model-')));
  cwd = join(root, 'worktree');
  await mkdir(cwd);
  await writeFile(join(cwd, 'README.md'), 'base\n');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const call = (name: string, input: unknown) => ({
  toolCalls: [{ id: 'c', name, arguments: input }],
});

/** An agent on a model of a test's own, and what it tells. */
async function start(model: LanguageModel, leave: Leave = FREE) {
  const lines: ModelLine[] = [];
  const watchers = new Set<() => void>();
  const file = openSessionFile(root, 'session');
  const session = (await file.load()) ?? { history: [], unfinished: null };
  const write = (line: ModelLine) => {
    lines.push(line);
    for (const look of watchers) look();
  };
  const agent = new ModelAgent({ cwd, files: join(root, 'files'), model, leave, session, file, write });
  const saw = (type: ModelLine['type']) =>
    new Promise<ModelLine>((done) => {
      const look = () => {
        const found = lines.find((line) => line.type === type);
        if (found !== undefined) done(found);
      };
      watchers.add(look);
      look();
    });
  return { agent, lines, saw, file };
}

async function play(model: LanguageModel, leave?: Leave) {
  const started = await start(model, leave);
  started.agent.obey({ type: 'turn', text: 'Do it' });
  const end = await started.saw('turn.end');
  return { ...started, end };
}

describe('a turn of a model with tools', () => {
  it('works with files, tells each change as a diff, and ends with its last words', async () => {
    const model = new ScriptedModel([
      { content: 'I look.', ...call('read_file', { path: 'README.md' }) },
      call('edit_file', { path: 'README.md', old: 'base', new: 'changed' }),
      'All done.',
    ]);
    const { lines, end } = await play(model);

    expect(await readFile(join(cwd, 'README.md'), 'utf8')).toBe('changed\n');
    const edited = lines.findLast((line) => line.type === 'tool');
    const unified = unifiedDiff('README.md', 'base\n', 'changed\n');
    expect(edited).toMatchObject({ title: 'edit_file README.md', status: 'ok' });
    expect(edited).toMatchObject({ diffs: [{ path: 'README.md', unified }] });
    expect(end).toEqual({ type: 'turn.end', outcome: 'completed', text: 'All done.' });
    // Tokens that were only guessed are not told as if somebody had counted them.
    expect(lines.some(({ type }) => type === 'usage')).toBe(false);
  });

  it('reads what came with the goal beside the worktree, and nothing else there', async () => {
    await mkdir(join(root, 'files'));
    await writeFile(join(root, 'files', 'plan.md'), 'two fares');
    const model = new ScriptedModel([
      call('read_file', { path: join(root, 'files', 'plan.md') }),
      call('read_file', { path: join(root, 'files', '../session.json') }),
      call('write_file', { path: join(root, 'files', 'plan.md'), content: 'x' }),
      'Done.',
    ]);
    const { lines } = await play(model);
    const ended = lines.filter((line) => line.type === 'tool' && line.phase === 'ended');
    expect(ended.map((line) => (line.type === 'tool' ? line.status : null))).toEqual([
      ...['ok', 'failed', 'failed'],
    ]);
    expect(await readFile(join(root, 'files', 'plan.md'), 'utf8')).toBe('two fares');
  });

  it.each([
    [{ path: 'README.md', old: 'absent', new: 'x' }, 'README.md does not contain the old text'],
    [{ path: 'README.md', old: 's', new: 'x', more: 1 }, null],
    [{ path: '../x', old: 'a', new: 'b' }, '../x is outside the worktree'],
    [{ path: '.git/config', old: 'a', new: 'b' }, ".git/config is git's own"],
  ])('tells a change that can’t be made: %j', async (input, reason) => {
    const { lines } = await play(new ScriptedModel([call('edit_file', input), 'So be it.']));
    const ended = lines.find((line) => line.type === 'tool' && line.phase === 'ended');
    expect(ended).toMatchObject({ status: reason === null ? 'ok' : 'failed' });
    expect(ended?.type === 'tool' && ended.output).toEqual(reason ?? undefined);
  });

  it('tells a call that could not be understood, and lets the model try again', async () => {
    const { lines, end } = await play(new ScriptedModel([call('edit_file', { path: 7 }), 'So be it.']));
    const phases = lines.flatMap((line) => (line.type === 'tool' ? [line.phase] : []));
    expect(phases).toEqual(['started', 'ended']);
    expect(end).toMatchObject({ outcome: 'completed' });
  });

  it('offers no deeds where it may only read', async () => {
    const model = new ScriptedModel(['Seen.']);
    await play(model, { ...FREE, readsOnly: true });
    const names = model.requests[0]?.tools?.map(({ name }) => name);
    expect(names).toEqual(['read_file', 'list_files', 'update_plan', 'ask_person']);
  });

  it('is told as it failed', async () => {
    const error = new ModelError('rate-limited', 'Later', { status: 429, retryAfterMs: 9000 });
    const { end } = await play(new ScriptedModel([error]));
    expect(end).toMatchObject({
      outcome: 'failed',
      error: { class: 'rate-limit', httpStatus: 429, retryable: true, retryAfterMs: 9000 },
    });
  });
});

describe('a person beside a model', () => {
  const twice = () =>
    new ScriptedModel([
      call('run_command', { command: 'echo 1' }),
      call('run_command', { command: 'echo 2' }),
      'Done.',
    ]);

  it('is asked before each command where they wish it, and heard when they say no', async () => {
    const model = twice();
    const { agent, saw, lines } = await start(model, { ...FREE, commands: 'ask' });
    agent.obey({ type: 'turn', text: 'Do it' });
    const asked = await saw('approval');
    if (asked.type !== 'approval') throw new Error('unreachable');
    expect(asked).toMatchObject({ kind: 'command', title: 'echo 1' });
    agent.obey({ type: 'answer', requestId: asked.requestId, decision: 'deny', note: 'not now' });
    await saw('settled');
    agent.obey({ type: 'interrupt' });
    await saw('turn.end');

    expect(lines).toContainEqual(expect.objectContaining({ phase: 'ended', status: 'denied' }));
    expect(JSON.stringify(model.requests.at(-1))).toContain('A person said no: not now');
  });

  it('is asked once where they allow it for the session', async () => {
    const { agent, saw, lines } = await start(twice(), { ...FREE, commands: 'ask' });
    agent.obey({ type: 'turn', text: 'Do it' });
    const asked = await saw('approval');
    if (asked.type !== 'approval') throw new Error('unreachable');
    agent.obey({ type: 'answer', requestId: asked.requestId, decision: 'allow-session', note: '' });

    expect(await saw('turn.end')).toMatchObject({ outcome: 'completed', text: 'Done.' });
    expect(lines.filter(({ type }) => type === 'approval')).toHaveLength(1);
  });

  it('is heard beside the next result of a tool, and again from then on', async () => {
    const holder: { agent?: ModelAgent } = {};
    const model = new ScriptedModel((_request, turn) => {
      if (turn === 1) holder.agent?.obey({ type: 'steer', text: 'Mind the gap' });
      return turn < 3 ? call('list_files', {}) : 'Done.';
    });
    const { agent, saw } = await start(model);
    holder.agent = agent;
    agent.obey({ type: 'turn', text: 'Do it' });
    await saw('turn.end');

    const roles = model.requests.map(({ messages }) => messages.map(({ role }) => role).join(' '));
    expect(roles[1]).toBe('system user assistant tool user');
    expect(roles[2]).toBe('system user assistant tool user assistant tool');
  });

  it('is answered once more where their word came after the last question', async () => {
    const holder: { agent?: ModelAgent } = {};
    const model = new ScriptedModel((_request, turn) => {
      if (turn === 1) holder.agent?.obey({ type: 'steer', text: 'One more thing' });
      return `Answer ${turn}`;
    });
    const { agent, saw } = await start(model);
    holder.agent = agent;
    agent.obey({ type: 'turn', text: 'Do it' });

    expect(await saw('turn.end')).toMatchObject({ text: 'Answer 2' });
    expect(model.requests[1]?.messages.map(({ content }) => content)).toContain('One more thing');
  });
});

describe('a session of a model', () => {
  it('is gone on with in another process, with what was done when the first one died', async () => {
    const { file } = await start(new ScriptedModel([]));
    await file.keep({ history: [], unfinished: { message: 'Do it', deeds: ['npm test: failed'] } });
    const model = new ScriptedModel(['Mended.', 'Yes.']);
    await play(model);
    await play(model);

    const [first, second] = model.requests.map(({ messages }) => messages.map(({ content }) => content));
    expect(first?.slice(1)).toEqual([
      'Do it',
      'I was interrupted. What I had done:\nnpm test: failed',
      'Do it',
    ]);
    expect(second).toContain('Mended.');
  });

  it('remembers a turn that was interrupted', async () => {
    const silent: LanguageModel = {
      async *stream({ signal }) {
        yield { type: 'text', text: 'Well' };
        await new Promise((_done, fail) => {
          signal?.addEventListener('abort', () => fail(new ModelError('aborted', 'Called off')));
        });
      },
    };
    const { agent, saw, file } = await start(silent);
    agent.obey({ type: 'turn', text: 'Do it' });
    await saw('text');
    agent.obey({ type: 'interrupt' });

    expect(await saw('turn.end')).toEqual({ type: 'turn.end', outcome: 'interrupted' });
    expect((await file.load())?.history.map(({ content }) => content)).toEqual([
      'Do it',
      'I was interrupted. What I had done:\nnothing yet',
    ]);
  });
});
