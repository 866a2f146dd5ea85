import type { Branch, Project, Task } from '@thalogos/contracts';
import { makeRepository } from '@thalogos/testkit';
import { expect, test } from '../fixtures/journey.ts';

test('a person promotes a checkpoint and looks at the branches', async ({ page, server }) => {
  await using repository = await makeRepository();
  const { project } = await server.tell<{ project: Project }>('projects.register', { path: repository.path });
  const text = '- @scripted Write a [[write path=a.txt content="first line"]]';
  await server.tell('planning.state', { project: project.id, text, approve: true });
  const states = async () =>
    (await server.get<{ tasks: Task[] }>('tasks.list', { project: project.id })).tasks.map(
      ({ state }) => state,
    );
  await expect.poll(states).toEqual(['approved']);
  await server.tell('saves.save', { project: project.id });

  await test.step('promotes it to the first branch of the chain', async () => {
    await page.goto(`${server.url}/timeline`);
    await page.getByRole('button', { name: 'Promote to dev' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Promote to dev' }).click();
    await expect(page.getByRole('link', { name: /Promoted 001 to dev/ })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Promote to staging' })).toBeVisible();
    expect(await repository.oid('dev')).toBe(await repository.oid('main'));
  });

  await test.step('reads where it went', async () => {
    await page.getByRole('link', { name: /Promoted 001 to dev/ }).click();
    await page
      .getByRole('region', { name: 'Promoted 001 to dev' })
      .getByRole('link', { name: 'dev' })
      .click();
    await expect(page.getByRole('heading', { level: 2, name: 'dev', exact: true })).toBeVisible();
  });

  await test.step('walks the branches by keys and compares one', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    await expect(page.getByRole('heading', { level: 1, name: 'Branches' })).toBeVisible();
    const { branches } = await server.get<{ branches: Branch[] }>('branches.list', { project: project.id });
    for (const { name } of branches)
      await expect(page.getByText(name, { exact: true }).first()).toBeVisible();
    for (let n = 0; n < branches.length; n += 1) await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: /^session\/.*\/task\// })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Open in Review' })).toBeVisible();
    await expect(page.getByText('Nothing: main holds all of it.')).toBeVisible();
  });

  await test.step('is offered a workflow, which is written nowhere', async () => {
    await page.getByRole('button', { name: 'CI workflow' }).click();
    await expect(page.getByRole('dialog')).toContainText('session/**');
    expect(await repository.git('status', '--porcelain')).toBe('');
  });
});
