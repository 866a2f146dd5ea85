import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Decision, Run, Task } from '@thalogos/contracts';
import { makeRepository, startScriptedProvider, type TestRepository } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { gemini } from '../src/agents/acp/rows/gemini.ts';
import { claudeProgram } from '../src/agents/claude/claude-program.ts';
import { codexProgram } from '../src/agents/codex/codex-program.ts';
import { chooseProgram } from '../src/agents/probe-program.ts';
import { codexSettings } from '../src/agents/test-rigs.ts';
import { TestServer, until, write } from './test-server.ts';
import { recordSession } from './test-session-record.ts';

const AGENTS = [codexProgram, claudeProgram, gemini];
const named = process.env['THALOGOS_REQUIRE_AGENTS'] ?? '';
const isRequired = [process.env['CI'], named].some((value) => value !== undefined && value !== '');
const found = await Promise.all(
  AGENTS.map((agent) => chooseProgram(agent, { path: null, host: process.env })),
);
const missing = AGENTS.flatMap(({ id }, at) => (found[at] === null ? [id] : []));

/** What each agent is told by the environment of the server: where its vendor is, and a key that nobody checks. */
const environmentFor = (url: string) => ({
  XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  THALOGOS_CODEX_CONFIG: JSON.stringify(codexSettings(url)),
  THALOGOS_KEY_NAMES: 'SCRIPTED_KEY',
  SCRIPTED_KEY: 'none',
  ANTHROPIC_BASE_URL: url.replace(/\/v1$/, ''),
  ANTHROPIC_API_KEY: 'none',
  GOOGLE_GEMINI_BASE_URL: url.replace(/\/v1$/, ''),
  GEMINI_API_KEY: 'none',
  GEMINI_MODEL: 'gemini-2.5-flash',
});

const ASK = JSON.stringify({
  cmd: 'printf asked > asked.txt',
  sandbox_permissions: 'require_escalated',
  justification: 'May I leave the sandbox?',
});
/** Works for ever the first time, and goes on at once the second. */
const STAY = 'test -e .begun || { touch .begun; tail -f README.md; }';
const GOAL = [
  `- @codex Greet ${write('hello.txt', 'Hello\n')} [[call exec_command ${ASK}]] [[say Greeted]]`,
  `- @claude Count ${write('count.txt', 'one\n')} [[sh ${STAY}]] [[append path=count.txt content="two\\n"]] [[say Counted]]`,
  `- @gemini Note ${write('note.txt', 'noted\n')} [[say Noted]]`,
].join('\n');

const runsOf = async (server: TestServer, { id }: Task) =>
  (await server.get<{ runs: readonly Run[] }>('tasks.get', { task: id })).runs;

/** The words that a living process was started with, the first one without its folder. */
function wordsOf(pid: number): readonly string[] {
  try {
    const [program = '', ...words] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    return [program.split('/').at(-1) ?? '', ...words];
  } catch {
    return [];
  }
}

/** Kills an agent’s program while a command of its works; gives what lived then, and what when its end was known. */
async function killAtWork(server: TestServer, task: Task) {
  const [run] = await until('its agent is there', async () => {
    const runs = await runsOf(server, task);
    return runs.length > 0 && runs;
  });
  const living = async () => {
    const pids = await server.marked(`run/${run?.id ?? ''}`);
    return pids.map((pid) => ({ pid, words: wordsOf(pid) })).filter(({ words }) => words.length > 0);
  };
  const before = await until('its command works', async () => {
    const all = await living();
    return all.some(({ words }) => words.join(' ') === 'tail -f README.md') && all;
  });
  const program = before.find(({ words: [name] }) => name === 'claude');
  if (program === undefined) throw new Error('Its program is not among its processes');
  const at = Date.now();
  process.kill(program.pid, 'SIGKILL');
  const knownAt = await until('its end is known', async () => (await runsOf(server, task))[0]?.endedAt);
  const left = await living();
  const backAt = await until('it is at work again', async () => {
    const again = (await runsOf(server, task))[1];
    return again?.state === 'working' && Date.now();
  });
  const names = (all: typeof before) => all.map(({ words: [name = ''] }) => name);
  return { task: task.id, at, knownAt, backAt, before: names(before), left: names(left) };
}

describe('the real Codex, Claude Code and Gemini CLI', () => {
  if (missing.length > 0) {
    it.skipIf(!isRequired)(`are installed: npm run agents:install -- ${missing.join(' ')}`, () => {
      expect.fail(`Required and not installed: npm run agents:install -- ${missing.join(' ')}`);
    });
    return;
  }

  it('work on one goal, one asks for leave, one is killed and brought back, and a Save lands all three', async () => {
    const provider = await startScriptedProvider();
    await using server = await TestServer.start(environmentFor(provider.url));
    await using repository = await makeRepository({
      commits: [{ message: 'Start', files: { 'README.md': 'Read me\n', '.gitignore': '.begun\n' } }],
    });
    const project = await server.register(repository.path);
    const { tasks } = await server.tell<{ tasks: readonly Task[] }>('planning.state', {
      project,
      text: GOAL,
    });
    const [greet, count] = tasks as [Task, Task, Task];
    expect(tasks.map(({ agent }) => agent)).toEqual(['codex', 'claude', 'gemini']);

    const allowed = (async () => {
      await server.taskIn(greet.id, 'waiting');
      const { decisions } = await server.get<{ decisions: readonly Decision[] }>('review.decisions', {
        project,
      });
      expect(decisions).toMatchObject([{ kind: 'command', task: greet.id }]);
      expect(decisions[0]?.detail).toContain('printf asked > asked.txt');
      await server.tell('review.decide', { decision: decisions[0]?.id, choice: 'allow' });
    })();
    const [killed] = await Promise.all([killAtWork(server, count), allowed]);
    expect(killed.knownAt - killed.at).toBeLessThan(5000);
    expect(killed.left).toEqual([]);

    const rested = await Promise.all(tasks.map(({ id }) => server.taskIn(id, 'review', 'failed')));
    expect(rested.map(({ state, error, runs }) => [state, error, runs])).toEqual([
      ['review', null, 1],
      ['review', null, 2],
      ['review', null, 1],
    ]);
    // In its own session: its model is asked with what was said before its program was killed.
    const asked = provider.requests.map((request) => JSON.stringify(request));
    const resumed = asked.filter((text) => text.includes('Your earlier attempt ended before it was done'));
    expect(resumed.some((text) => text.split('Count [[write').length > 2)).toBe(true);
    for (const { cost } of rested) expect(cost?.tokens).toBeGreaterThan(0);
    expect(await server.marked('run/')).toEqual([]);
    await server.tell('review.approve', {
      project,
      tasks: rested.map(({ id, tree }) => ({ task: id, tree })),
    });
    const outcome = await server.save(project);
    expect(outcome).toMatchObject({ kind: 'saved', delivery: { state: 'updated' } });
    expect(outcome.tasks.toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
    expect(await repository.git('show', 'HEAD:hello.txt', 'HEAD:asked.txt')).toBe('Hello\nasked');
    expect(await repository.git('show', 'HEAD:count.txt', 'HEAD:note.txt')).toBe('one\ntwo\nnoted');
    const [checkpoint] = await server.timeline(project);
    expect(checkpoint).toMatchObject({ kind: 'save', signature: 'good' });
    if (checkpoint === undefined) throw new Error('unreachable');
    expect(checkpoint.tasks.map(({ agent }) => agent).toSorted()).toEqual(['claude', 'codex', 'gemini']);
    expect(await server.get('timeline.verify', { project })).toMatchObject({ ok: true, problems: [] });
    const authors = await authorsOf(repository);
    expect(authors.join()).toMatch(/^claude claude\/[\d.]+,codex codex\/[\d.]+,gemini gemini\/[\d.]+$/);
    await recordSession({ frames: server.frames(), tasks: rested, killed, authors, checkpoint });
    await provider.close();
  });
});

/** Who the work on main is by, each with its program and version, once and in order. */
async function authorsOf(repository: TestRepository): Promise<readonly string[]> {
  const format = '--format=%an %(trailers:key=Thalogos-Agent,valueonly,separator=%x2C)';
  const log = await repository.git('log', '--no-merges', format);
  return [...new Set(log.split('\n').filter((line) => line.includes('/')))].toSorted();
}
