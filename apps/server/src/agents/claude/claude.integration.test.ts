import { expect, it } from 'vitest';
import { describeInstalled } from '../test-installed.ts';
import { claudeProgram } from './claude-program.ts';

await describeInstalled(claudeProgram, {}, (bench) => {
  it('tells what it wrote as a diff', async () => {
    const file = JSON.stringify({ file_path: `${bench().cwd}/new.txt`, content: 'hi\n' });
    const { events } = await bench().play(`[[call Write ${file}]]`);
    const edit = events.find((event) => event.type === 'tool' && event.phase === 'ended');
    expect(edit).toMatchObject({ kind: 'edit', title: 'Write new.txt', diffs: [{ path: 'new.txt' }] });
    expect(await bench().read('new.txt')).toBe('hi\n');
  });

  it('asks a person what it wants to know, and is told', async () => {
    const questions = [
      {
        question: 'Which?',
        header: 'H',
        options: [
          { label: 'a', description: 'x' },
          { label: 'b', description: 'y' },
        ],
        multiSelect: false,
      },
    ];
    const run = bench().start(`[[call AskUserQuestion ${JSON.stringify({ questions })}]]`);
    const asked = await run.saw((event) => event.type === 'question');
    if (asked.type !== 'question') throw new Error('unreachable');
    expect(asked).toMatchObject({ question: 'Which?', options: ['a', 'b'] });
    await run.handle.answer(asked.requestId, { decision: 'allow', note: 'b' });
    const { outcome } = await run.end();
    expect(outcome.kind).toBe('completed');
  });

  it('sees none of our environment in its commands', async () => {
    await bench().play('[[sh env > env.txt]]');
    const seen = await bench().read('env.txt');
    expect(seen).toContain(`PWD=${bench().cwd}\n`);
    expect(seen).toContain(`THALOGOS_MARK=${bench().instance}run/r-1/\n`);
    expect(seen).not.toContain('npm_');
  });
});
