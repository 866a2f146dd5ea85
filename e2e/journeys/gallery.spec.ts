import { resolve } from 'node:path';
import type { Goal, Project, Task } from '@thalogos/contracts';
import { expect, test } from '../fixtures/journey.ts';
import { takePicture } from '../fixtures/take-picture.ts';

const FOLDER = resolve(import.meta.dirname, '../../docs/images/console');
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

test.use({ trace: 'off' });

test('the pictures of the console show the demonstration from its goal to a restore', async ({
  page,
  server,
}) => {
  test.slow();
  const show = async (path: string, ready: string | RegExp) => {
    await page.goto(`${server.url}${path}`);
    await expect(page.getByRole('main')).toContainText(ready);
  };
  const shoot = async (name: string, theme: 'dark' | 'light' = 'dark') => {
    if (name !== 'welcome') await expect(page.getByRole('button', { name: /of 11$/ })).toBeVisible();
    await page.emulateMedia({ colorScheme: theme });
    await takePicture(page, `${FOLDER}/${name}.webp`);
    await page.emulateMedia({ colorScheme: 'dark' });
  };
  const shootOnPhone = async (name: string) => {
    await page.setViewportSize(PHONE);
    await shoot(`phone-${name}`);
    await page.setViewportSize(DESK);
  };

  await test.step('before there is a project', async () => {
    await expect(page.getByRole('button', { name: 'Run the demonstration' })).toBeVisible();
    await shoot('welcome');
  });

  const made = await server.tell<{ project: Project; goal: string }>('projects.demonstrate', {});
  const project = made.project.id;
  const tasks = async () => (await server.get<{ tasks: Task[] }>('tasks.list', { project })).tasks;
  const idOf = async (key: string) => (await tasks()).find((task) => task.key === key)?.id ?? key;

  await test.step('a plan', async () => {
    const { goal } = await server.tell<{ goal: Goal['id'] }>('planning.state', {
      project,
      text: made.goal,
      planOnly: true,
    });
    await show('/', /Start 4 tasks/);
    await shoot('plan');
    await server.tell('planning.accept', { goal });
  });

  await test.step('agents at work', async () => {
    await show('/graph', 'Waits for you');
    await page.getByRole('button', { name: 'Show everything' }).click();
    await shoot('graph');
    await shoot('graph-light', 'light');
    await show('/inbox', 'What should a child pay?');
    await shoot('inbox');
    await shootOnPhone('inbox');
    const question = page.getByRole('article', { name: 'What should a child pay?' });
    await question.getByRole('button', { name: 'half' }).click();
    await expect.poll(async () => (await tasks()).map(({ state }) => state)).toEqual(Array(4).fill('review'));
  });

  await test.step('what they made', async () => {
    await show(`/tasks/${await idOf('children')}`, 'Children pay half.');
    await shoot('task');
    await show(`/review/${await idOf('ticket')}`, 'toFixed(1)');
    // The colours of the syntax come from a worker, a moment after the lines.
    await expect(page.getByText('export', { exact: true }).first()).toBeVisible();
    await shoot('review');
    await shootOnPhone('review');
  });

  await test.step('Saves', async () => {
    await server.tell('review.approve', { project, tasks: [], all: true });
    await server.tell('saves.save', { project });
    await show('/save', 'Not saved: 1 conflict');
    const { conflicts } = await server.get<{ conflicts: { id: string }[] }>('conflicts.list', { project });
    await show(`/conflicts/${conflicts[0]?.id ?? ''}`, 'src/ticket.js');
    await shoot('conflict');
    for (const key of ['zones', 'return']) {
      await server.tell('saves.save', { project, only: [await idOf(key)] });
      await show('/save', key === 'zones' ? 'Saved as 001' : 'Saved as 002');
    }
    await shoot('saved');
    await show('/timeline', '002');
    await shoot('timeline-light', 'light');
    await page.getByRole('button', { name: 'Undo this Save' }).click();
    await expect(page.getByRole('button', { name: 'Restore 001' })).toBeEnabled();
    await shoot('restore');
  });

  await test.step('beside them', async () => {
    await show('/', 'Sell tickets for children');
    await shootOnPhone('mission');
    await show('/search?q=ticket', 'Sell tickets for children');
    await shoot('search');
    await show('/log', 'save.');
    await shoot('events');
    await show('/panels', 'Graph');
    await shoot('panels');
  });
});
