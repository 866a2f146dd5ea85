import { makeRepository } from '@thalogos/testkit';
import type { Project, SaveView, Task } from '@thalogos/contracts';
import { expectAccessible } from '../fixtures/expect-accessible.ts';
import { expect, test } from '../fixtures/journey.ts';
import { look } from '../fixtures/look.ts';

const lines = Array.from({ length: 30 }, (_, at) => `line ${at + 1}`);
const BEFORE = `${lines.join('\n')}\n`;
const AFTER = BEFORE.replace('line 3\n', 'three\n').replace('line 25\n', 'twenty-five\n');

test.use({ trace: 'off' });

test('a result is taken apart, mended and edited where one reads it, and lands as it is then', async ({
  page,
  server,
}) => {
  await using repository = await makeRepository({
    commits: [{ message: 'Base', files: { 'a.txt': BEFORE } }],
  });
  const { project } = await server.tell<{ project: Project }>('projects.register', { path: repository.path });
  const text = `- @scripted Count in words [[write path=a.txt content=${JSON.stringify(AFTER)}]]`;
  const { tasks } = await server.tell<{ tasks: Task[] }>('planning.state', { project: project.id, text });
  const id = tasks[0]?.id ?? '';
  const task = async () => (await server.get<{ task: Task }>('tasks.get', { task: id })).task;
  await expect(async () => expect((await task()).state).toBe('review')).toPass();
  await page.goto(server.url);
  await page.goto(new URL(`/review/${id}`, server.url).href);
  const changes = page.getByRole('region', { name: 'Changes' });
  const byHand = page.getByRole('region', { name: 'Changed by hand' });

  await test.step('one part is taken out, and brought back', async () => {
    await expect(changes).toContainText('twenty-five');
    await changes.getByRole('button', { name: 'Take this part out of the change' }).last().click();
    await expect(changes).not.toContainText('twenty-five');
    await expect(byHand).toContainText('took out 1 hunk');
    await expectAccessible(page, 'review-by-hand');
    await byHand.getByRole('button', { name: 'Undo the last' }).click();
    await expect(byHand).toBeHidden();
    await expect(changes).toContainText('twenty-five');
  });

  await test.step('a suggestion about two lines is written with the keys, and applied', async () => {
    for (const key of [']', 'Shift+J', 'c']) await page.keyboard.press(key);
    await changes.getByRole('button', { name: 'Suggest a change' }).click();
    const comment = changes.getByRole('textbox', { name: /^Comment on a\.txt:3/ });
    await comment.fill('```suggestion\nTHREE\n```');
    await comment.press('Control+Enter');
    await look(page, 'review-suggestion');
    await changes.getByRole('button', { name: 'Apply as a commit' }).click();
    await expect(byHand).toContainText('applied a suggestion');
    await expect(changes).toContainText('THREE');
  });

  await test.step('a file is edited, and leaving it unsaved asks first', async () => {
    await changes.getByRole('button', { name: 'Edit a.txt' }).click();
    const field = page.getByRole('textbox', { name: 'Text of a.txt' });
    await field.fill((await field.inputValue()).replace('line 10\n', 'ten\n'));
    await field.press('Escape');
    await page.getByRole('button', { name: 'Go on editing' }).click();
    await field.press('Control+s');
    await expect(field).toBeHidden();
    await expect(byHand).toContainText('edited a.txt');
  });

  await test.step('what is approved then is what lands', async () => {
    const { tree } = await task();
    await page.getByRole('button', { name: 'Approve' }).click();
    await expect(async () => expect((await task()).state).toBe('approved')).toPass();
    const { save } = await server.tell<{ save: SaveView }>('saves.save', { project: project.id });
    await expect(async () => {
      const { save: now } = await server.get<{ save: SaveView }>('saves.get', { save: save.id });
      expect(now.outcome?.kind).toBe('saved');
    }).toPass();
    expect(await repository.git('rev-parse', 'main^{tree}')).toBe(tree);
    expect(await repository.git('show', 'main:a.txt')).toMatch(/THREE\n[\s\S]*ten\n[\s\S]*twenty-five\n/);
  });
});
