import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Goal, Project, Task } from '@thalogos/contracts';
import { expect, test } from '../fixtures/journey.ts';
import { look } from '../fixtures/look.ts';
import type { ServerProcess } from '../fixtures/server-process.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
const NARROWEST = { width: 360, height: 740 };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds, one line for each rule; between the themes only colours differ. */
async function breachesOf(page: Page, theme: 'dark' | 'light'): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: theme });
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations } = await (theme === 'dark'
    ? axe.withTags(TAGS)
    : axe.withRules('color-contrast')
  ).analyze();
  return violations.map(
    ({ id, nodes }) => `${theme}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** Runs in the page: what can be pressed or typed into and lies beyond the right edge, strips that scroll by themselves left out. */
function findCutOff(): string[] {
  const isStrip = (element: Element | null): boolean =>
    element !== null &&
    ((element.clientHeight < 80 && element.scrollWidth > element.clientWidth) ||
      isStrip(element.parentElement));
  const pressed = [...document.querySelectorAll('a, button, input, select, textarea')];
  const cut = pressed.filter((one) => {
    const { width, right } = one.getBoundingClientRect();
    return width > 0 && right > window.innerWidth + 1 && !isStrip(one.parentElement);
  });
  const page = document.documentElement.scrollWidth > window.innerWidth ? ['the page itself'] : [];
  return [...page, ...cut.map((one) => one.textContent || one.getAttribute('aria-label') || one.tagName)];
}

/** Looks at a screen in both themes, on a desk and on a phone, and whether it fits the narrowest one. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  const found: string[] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await look(page, `axe-${name}-${size.width}`);
    const breaches = [...(await breachesOf(page, 'light')), ...(await breachesOf(page, 'dark'))];
    found.push(...breaches.map((breach) => `${size.width} px, ${breach}`));
  }
  await page.setViewportSize(NARROWEST);
  found.push(...(await page.evaluate(findCutOff)).map((what) => `${NARROWEST.width} px, cut off: ${what}`));
  await page.setViewportSize(SIZES[0]);
  expect.soft(found, name).toEqual([]);
}

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
    await at('/settings', 'Settings');
    await expectAccessible(page, 'settings');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, 'palette');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+Slash');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await expectAccessible(page, 'keys');
  });
});
