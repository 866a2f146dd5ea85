import type { Goal, Project, Task } from '@thalogos/contracts';
import { expectAccessible } from '../fixtures/expect-accessible.ts';
import { expect, test } from '../fixtures/journey.ts';
import type { ServerProcess } from '../fixtures/server-process.ts';

/** The demonstration with its plan made and not yet accepted. */
async function proposeDemonstration(server: ServerProcess): Promise<{ project: string; goal: string }> {
  const made = await server.tell<{ project: Project; goal: string }>('projects.demonstrate', {});
  const wish = { project: made.project.id, text: made.goal, planOnly: true };
  const stated = await server.tell<{ goal: Goal['id'] }>('planning.state', wish);
  return { project: made.project.id, goal: stated.goal };
}

// A trace of every look at every screen costs more than the looks.
test.use({ trace: 'off' });

test('no screen of the main path breaks a rule of accessibility, dark or light, on a desk or a phone', async ({
  page,
  server,
}) => {
  test.slow();
  const at = async (path: string, heading: string | RegExp) => {
    await page.goto(`${server.url}${path}`);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  };
  const idOf = async (project: string, key: string) => {
    const { tasks } = await server.get<{ tasks: Task[] }>('tasks.list', { project });
    return tasks.find((task) => task.key === key)?.id ?? key;
  };

  await test.step('before there is a project', async () => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page, 'welcome');
  });

  const { project, goal } = await proposeDemonstration(server);

  await test.step('with a plan that waits', async () => {
    await at('/', 'Mission');
    await expect(page.getByRole('button', { name: 'Start 4 tasks' })).toBeVisible();
    await page
      .getByRole('button', { name: /^Edit / })
      .first()
      .click();
    await expectAccessible(page, 'plan');
  });

  await test.step('while agents work and ask', async () => {
    await server.tell('planning.accept', { goal });
    await at('/graph', 'Graph');
    await expect(page.getByRole('application', { name: 'Graph of tasks' })).toContainText('Waits for you');
    await expectAccessible(page, 'graph');
    await page.getByRole('button', { name: 'List' }).click();
    await expectAccessible(page, 'list');
    await at('/inbox', 'Inbox');
    const question = page.getByRole('article', { name: 'What should a child pay?' });
    await expect(question).toBeVisible();
    await expectAccessible(page, 'inbox');
    await question.getByRole('button', { name: 'half' }).click();
    await expect(question).toBeHidden();
  });

  await test.step('while results wait for a review', async () => {
    await at('/review', 'Review');
    await expect(page.getByRole('link', { name: 'Sell tickets for children' })).toBeVisible();
    await expectAccessible(page, 'reviews');
    await at(`/review/${await idOf(project, 'ticket')}`, 'Print the price in euros');
    await expect(page.getByRole('region', { name: 'Changes' })).toContainText('toFixed(1)');
    await expectAccessible(page, 'review');
    await at(`/tasks/${await idOf(project, 'children')}`, 'Sell tickets for children');
    await expect(page.getByText('Children pay half.')).toBeVisible();
    await expectAccessible(page, 'task');
  });

  await test.step('after Saves that did not land, and one that did', async () => {
    await server.tell('review.approve', { project, tasks: [], all: true });
    await server.tell('saves.save', { project });
    await at('/save', 'Not saved: 1 conflict');
    await expectAccessible(page, 'conflict');
    for (const key of ['zones', 'return']) {
      await server.tell('saves.save', { project, only: [await idOf(project, key)] });
      await at('/save', key === 'zones' ? 'Saved as 001' : 'Saved as 002');
    }
    await expectAccessible(page, 'saved');
    await at('/timeline', 'Timeline');
    await page.getByRole('button', { name: 'Undo this Save' }).click();
    await expect(page.getByRole('button', { name: 'Restore 001' })).toBeEnabled();
    await expectAccessible(page, 'restore');
  });

  await test.step('beside the main path', async () => {
    await at('/', 'Mission');
    await expect(page.getByRole('log').or(page.getByRole('article').first())).toBeVisible();
    await expectAccessible(page, 'mission');
    await at('/branches', 'Branches');
    await expect(page.getByRole('region', { name: 'Difference' })).toBeVisible();
    await expectAccessible(page, 'branches');
    await at('/agents', 'Agents');
    await expectAccessible(page, 'agents');
    await at('/coordination', 'Coordination');
    await expectAccessible(page, 'coordination');
    await at('/settings', 'Settings');
    await expectAccessible(page, 'settings');
    await at('/search?q=ticket', 'Search');
    await expect(page.getByRole('main')).toContainText('Sell tickets for children');
    await expectAccessible(page, 'search');
    await at('/log', 'Events');
    await expectAccessible(page, 'events');
    await at('/panels', 'Panels');
    await expectAccessible(page, 'panels');
    await at(`/tasks/${await idOf(project, 'children')}?tab=preview`, 'Sell tickets for children');
    await expectAccessible(page, 'preview');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, 'palette');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+Slash');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await expectAccessible(page, 'keys');
  });
});
