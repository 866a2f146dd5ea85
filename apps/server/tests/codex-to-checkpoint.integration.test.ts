import { makeRepository, startScriptedProvider } from '@thalogos/testkit';
import { describe, expect, it } from 'vitest';
import { codexProgram } from '../src/agents/codex/codex-program.ts';
import { chooseProgram } from '../src/agents/probe-program.ts';
import { codexSettings } from '../src/agents/test-rigs.ts';
import { MARA, startTestThalogos } from '../src/test-thalogos.ts';

const program = await chooseProgram(codexProgram, { path: null, host: process.env });
const path = program?.path ?? null;
const isRequired = [process.env['CI'], process.env['THALOGOS_REQUIRE_AGENTS']].some(
  (value) => value !== undefined && value !== '',
);

const ASK = JSON.stringify({
  cmd: 'printf asked > asked.txt',
  sandbox_permissions: 'require_escalated',
  justification: 'May I leave the sandbox?',
});

describe('the real Codex', () => {
  if (path === null) {
    it.skipIf(!isRequired)('is installed: npm run agents:install -- codex', () => {
      expect.fail('Codex is required here and is not installed: npm run agents:install -- codex');
    });
    return;
  }

  it('takes a goal to a saved checkpoint and asks for leave on the way', { timeout: 90_000 }, async () => {
    const provider = await startScriptedProvider();
    await using thalogos = await startTestThalogos({
      CODEX_PATH: path,
      THALOGOS_CODEX_CONFIG: JSON.stringify(codexSettings(provider.url)),
      THALOGOS_KEY_NAMES: 'SCRIPTED_KEY',
      SCRIPTED_KEY: 'none',
    });
    await using repository = await makeRepository();
    const { id } = await thalogos.open(repository.path);

    const goal = `- @codex Greet [[write path=hello.txt content="Hello\\n"]] [[call exec_command ${ASK}]] [[say All done]]`;
    const [task] = await thalogos.work(id, goal);
    expect(task).toMatchObject({ agent: 'codex', state: 'waiting' });
    const [decision] = thalogos.calls.review.decisions(id);
    expect(decision).toMatchObject({ kind: 'command', task: task?.id });
    expect(decision?.detail).toContain('printf asked > asked.txt');

    await thalogos.calls.review.decide({ decision: decision?.id ?? '', choice: 'allow' }, MARA);
    const done = await thalogos.taskIn(task?.id ?? '', 'review', 'failed');
    expect(done).toMatchObject({ state: 'review', error: null, files: { changed: 2, added: 2, removed: 0 } });
    expect(done.cost?.tokens).toBeGreaterThan(0);

    await thalogos.calls.review.approve(
      { project: id, tasks: [{ task: done.id, tree: done.tree ?? '' }], all: false },
      MARA,
    );
    const outcome = await thalogos.save(id);
    expect(outcome).toMatchObject({ kind: 'saved', tasks: [done.id], delivery: { state: 'updated' } });
    expect(await repository.git('show', 'HEAD:hello.txt')).toBe('Hello');
    expect(
      await repository.git('log', '-1', '--format=%an %(trailers:key=Thalogos-Agent,valueonly)'),
    ).toMatch(/^codex codex\/\d/);
    expect(await thalogos.calls.timeline.verify(id)).toMatchObject({ ok: true, problems: [] });
    await provider.close();
  });
});
