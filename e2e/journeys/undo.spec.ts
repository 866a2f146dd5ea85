import { makeRepository } from '@thalogos/testkit';
import type { Project, SaveView, Task } from '@thalogos/contracts';
import { expectAccessible } from '../fixtures/expect-accessible.ts';
import { expect, test } from '../fixtures/journey.ts';
import { look } from '../fixtures/look.ts';
import { goTo, outcomeOf } from '../fixtures/screens.ts';
import type { ServerProcess } from '../fixtures/server-process.ts';

const write = (path: string) => `[[write path=${path} content="${path}\\n"]]`;

/** Has tasks done and saves them, as a program would. */
async function save(server: ServerProcess, project: string, goal: string): Promise<void> {
  const { tasks } = await server.tell<{ tasks: Task[] }>('planning.state', {
    project,
    text: goal,
    approve: true,
  });
  await expect(async () => {
    const { tasks: now } = await server.get<{ tasks: Task[] }>('tasks.list', { project });
    const made = now.filter((task) => tasks.some((one) => one.id === task.id));
    expect(made.map((task) => task.state)).toEqual(tasks.map(() => 'approved'));
  }).toPass();
  const { save: started } = await server.tell<{ save: SaveView }>('saves.save', { project });
  await expect(async () => {
    const { save: now } = await server.get<{ save: SaveView }>('saves.get', { save: started.id });
    expect(now.outcome?.kind).toBe('saved');
  }).toPass();
}

test.use({ trace: 'off' });

test('a restore is looked at, done, and undone; what it took away is done again', async ({
  page,
  server,
}) => {
  await using repository = await makeRepository();
  const { project } = await server.tell<{ project: Project }>('projects.register', { path: repository.path });
  await save(server, project.id, `- @scripted Plant a tree ${write('tree.txt')}`);
  await save(
    server,
    project.id,
    `- @scripted Dig a pond ${write('pond.txt')}\n- @scripted Build a bench ${write('bench.txt')}`,
  );
  const files = () => repository.git('ls-tree', '--name-only', 'HEAD');
  await page.goto(server.url);

  await test.step('the first checkpoint is restored after a look at what that undoes', async () => {
    await goTo(page, 'Timeline');
    await page.getByRole('link', { name: /^001/ }).click();
    await page.getByRole('button', { name: 'Restore this' }).click();
    const preview = page.getByRole('region', { name: 'Restore preview' });
    await expect(preview).toContainText('2 tasks undone');
    await preview.getByRole('button', { name: 'Restore 001' }).click();
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 003');
    expect(await files()).not.toContain('pond.txt');
    await look(page, 'undo-restored');
  });

  await test.step('one undone task is done again, and lands', async () => {
    await outcomeOf(page).getByRole('link', { name: 'Redo 2 undone tasks' }).click();
    const undone = page.getByRole('region', { name: 'Undone by it' });
    await expect(undone.getByRole('button', { name: 'Redo all 2' })).toBeVisible();
    await expectAccessible(page, 'undone');
    await undone.getByRole('button', { name: 'Redo Dig a pond' }).click();
    await expect(undone.getByRole('link', { name: /done again/ })).toContainText('In review');
    await expect(undone.getByRole('button', { name: 'Redo all 2' })).toBeHidden();
    await server.tell('review.approve', { project: project.id, tasks: [], all: true });
    await page
      .getByRole('banner')
      .getByRole('button', { name: /^Save 1/ })
      .click();
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 004');
    expect(await files()).toContain('pond.txt');
    expect(await files()).not.toContain('bench.txt');
  });

  await test.step('any two checkpoints are compared, over the restore and in either order', async () => {
    await goTo(page, 'Timeline');
    await page.getByRole('link', { name: /^002/ }).click();
    await page.getByRole('link', { name: /^004/ }).click({ modifiers: ['Shift'] });
    const comparison = page.getByRole('region', { name: 'Comparison' });
    await expect(comparison).toContainText('004 against 002: 1 task more, 2 tasks fewer, 1 file differs.');
    await comparison.getByRole('button', { name: /bench\.txt/ }).click();
    await expect(comparison.getByRole('group', { name: 'Changes of bench.txt' })).toContainText('bench.txt');
    await look(page, 'timeline-compare');
    await expectAccessible(page, 'comparison');
    await comparison.getByRole('link', { name: 'The other way round' }).click();
    await expect(comparison).toContainText('002 against 004: 2 tasks more, 1 task fewer');
    await page.reload();
    await expect(comparison).toContainText('002 against 004');
  });

  await test.step('what is undone stands in one list', async () => {
    await page.getByRole('link', { name: '2 undone tasks' }).click();
    const undone = page.getByRole('region', { name: 'Undone tasks' });
    await expect(undone.getByRole('checkbox', { name: 'Choose Build a bench' })).toBeEnabled();
    await expect(undone.getByRole('checkbox', { name: 'Choose Dig a pond' })).toBeDisabled();
    await expectAccessible(page, 'undone-list');
  });

  await test.step('the rollback is rolled back: everything is there again', async () => {
    await goTo(page, 'Timeline');
    await page.getByRole('link', { name: /^002/ }).click();
    await page.getByRole('button', { name: 'Restore this' }).click();
    await page.getByRole('button', { name: 'Restore 002' }).click();
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 005');
    for (const file of ['tree.txt', 'pond.txt', 'bench.txt']) expect(await files()).toContain(file);
    await goTo(page, 'Timeline');
    await page.getByRole('link', { name: /^003 Restored 001/ }).click();
    await expect(page.getByRole('region', { name: 'Undone by it' })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Redo/ })).toHaveCount(0);
  });

  await test.step('a session branches off from the first checkpoint, and main stays', async () => {
    const main = await repository.oid('main');
    await page.getByRole('link', { name: /^001/ }).click();
    await page.getByRole('button', { name: 'Branch off', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Main stays where it is, with 4 later checkpoints');
    await look(page, 'branch-off');
    await dialog.getByRole('button', { name: 'Branch off from 001' }).click();
    await expect(page.getByRole('complementary', { name: 'Where things stand' })).toContainText(
      'from checkpoint/',
    );
    expect(await repository.oid('main')).toBe(main);
  });
});
