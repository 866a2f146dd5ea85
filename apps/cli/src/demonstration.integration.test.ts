import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeTestCli, type TestCli } from './test-cli.ts';
import * as shapes from './test-shapes.ts';

const Demonstrated = z.object({
  result: z.object({
    data: z.object({
      project: z.object({ path: z.string() }),
      goal: z.string(),
      steps: z.array(z.object({ id: z.string(), text: z.string(), type: z.string().nullable() })),
    }),
  }),
});

async function demonstrate(cli: TestCli) {
  await cli.run('/', ['status']);
  const { url, token } = await cli.server();
  const response = await fetch(`${url}/trpc/projects.demonstrate`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-thalogos': 'test' },
  });
  return Demonstrated.parse(await response.json()).result.data;
}

describe('the demonstration', () => {
  it('shows question, conflict, red check, two checkpoints, a restore and its undoing in under a minute', {
    timeout: 180_000,
  }, async () => {
    await using cli = await makeTestCli();
    const { project, goal, steps } = await demonstrate(cli);
    const ask = async <T extends z.ZodType>(
      shape: T,
      code: number,
      ...words: string[]
    ): Promise<z.infer<T>> => {
      const ran = await cli.run(project.path, [...words, '--json'], { input: goal });
      expect(ran.code, ran.out).toBe(code);
      return shape.parse(ran.json);
    };
    const { tasks } = await ask(shapes.Goal, 4, 'goal', '-', '--wait');
    const ids = new Map(tasks.map(({ key, id }) => [key, id]));
    const idOf = (key: string) => ids.get(key) ?? '';
    const restsInReview = (key: string) =>
      expect
        .poll(async () => (await ask(shapes.OneTask, 0, 'task', idOf(key))).task.state, { timeout: 30_000 })
        .toBe('review');

    const { decisions } = await ask(shapes.Decisions, 0, 'decisions');
    expect(decisions).toMatchObject([{ summary: 'What should a child pay?', task: idOf('children') }]);
    await ask(shapes.Decisions, 0, 'decide', decisions[0]?.id ?? '', decisions[0]?.options[0]?.id ?? '');
    await restsInReview('children');
    await ask(shapes.Tasks, 0, 'approve', '--all');

    const conflicted = await ask(shapes.Outcome, 4, 'save', '--wait');
    expect(conflicted).toMatchObject({
      kind: 'conflicted',
      conflicts: [{ path: 'src/ticket.js', kind: 'text' }],
    });
    const red = await ask(shapes.Outcome, 4, 'save', '--without', idOf('return'), '--wait');
    expect(red).toMatchObject({ kind: 'checks-failed', failed: ['tests'] });
    expect(red.checks[0]?.log).toContain('a ticket names both ends and the whole price');
    const first = await ask(shapes.Outcome, 0, 'save', '--only', idOf('zones'), idOf('children'), '--wait');

    const reason = steps.find(({ type }) => type !== null)?.type ?? '';
    await ask(shapes.Tasks, 0, 'reject', idOf('ticket'), '--because', reason);
    await restsInReview('ticket');
    await ask(shapes.Tasks, 0, 'approve', idOf('ticket'));
    const second = await ask(shapes.Outcome, 0, 'save', '--only', idOf('ticket'), '--wait');
    expect(second).toMatchObject({ kind: 'saved', checks: [{ name: 'tests', state: 'passed' }] });

    const restored = await ask(shapes.RolledBack, 0, 'rollback', first.checkpoint?.tag ?? '', '--wait');
    expect(restored).toMatchObject({ kind: 'saved', undone: [idOf('ticket')] });
    const undone = await ask(shapes.RolledBack, 0, 'rollback', second.checkpoint?.tag ?? '', '--wait');
    expect(undone).toMatchObject({ kind: 'saved' });
    expect(project.path).toBe(join(cli.home, 'demonstration', 'fare-shop'));
  });
});
