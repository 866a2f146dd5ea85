import type { Page } from '@playwright/test';
import { makeRepository } from '@thalogos/testkit';
import { expect, test } from '../fixtures/journey.ts';
import { pressByKeys, tabTo } from '../fixtures/keys.ts';
import { outcomeOf } from '../fixtures/screens.ts';

/** Presses keys one after another: `g i` goes to the inbox. */
async function keys(page: Page, ...pressed: string[]): Promise<void> {
  for (const key of pressed) await page.keyboard.press(key);
}

async function openByKeys(page: Page, path: string): Promise<void> {
  await tabTo(page, page.getByRole('textbox', { name: 'Path of the repository' }));
  await page.keyboard.type(path);
  await keys(page, 'Enter');
  await pressByKeys(page, page.getByRole('button', { name: 'Open origin' }));
  await expect(page.getByRole('heading', { level: 1, name: 'Mission' })).toBeVisible();
}

async function stateAndStart(page: Page, goal: string): Promise<void> {
  await keys(page, '/');
  await page.keyboard.type(goal);
  await keys(page, 'Enter');
  const start = page.getByRole('button', { name: 'Start 1 task' });
  await pressByKeys(page, start);
  await expect(start).toBeHidden();
}

/** Opens the only change that waits, looks through its hunks and approves it. */
async function approveTheOne(page: Page, title: string): Promise<void> {
  await keys(page, 'g', 'r');
  await expect(page.getByRole('link', { name: title })).toBeVisible();
  await keys(page, 'j', 'Enter');
  await expect(page.getByRole('region', { name: 'Changes' })).toContainText(/colour/);
  await keys(page, ']', 'v', 'Shift+A');
  await expect(page.getByRole('heading', { level: 1, name: 'Review' })).toBeVisible();
}

/** Saves as soon as the Save control says that there is something to save. */
async function saveByKeys(page: Page): Promise<void> {
  await expect(page.getByRole('banner').getByRole('button', { name: /^Save 1/ })).toBeVisible();
  await keys(page, 'Control+s');
}

test('a person goes from a repository to a checkpoint and back without a mouse', async ({ page }) => {
  await using repository = await makeRepository();
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });

  await test.step('opens a repository', () => openByKeys(page, repository.path));

  await test.step('states a goal, starts its plan and answers what its agent asks', async () => {
    await stateAndStart(
      page,
      '- @scripted Choose a colour [[ask Which colour? | red | blue]] [[write path=colour.txt content="colour {{answer}}"]]',
    );
    await keys(page, 'g', 'i');
    const question = page.getByRole('article', { name: 'Which colour?' });
    await expect(question).toBeVisible();
    await keys(page, 'j');
    await pressByKeys(page, question.getByRole('button', { name: 'blue' }));
    await expect(question).toBeHidden();
  });

  await test.step('looks at the task beside the graph', async () => {
    await keys(page, 'g', 'g');
    await expect(page.getByRole('application', { name: 'Graph of tasks' })).toBeVisible();
    await keys(page, 'j');
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('Choose a colour');
  });

  await test.step('approves and saves', async () => {
    await approveTheOne(page, 'Choose a colour');
    await saveByKeys(page);
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 001');
    expect(await repository.git('show', 'HEAD:colour.txt')).toBe('colour blue');
  });

  await test.step('saves once more, and undoes that', async () => {
    await stateAndStart(
      page,
      '- @scripted Change the colour [[write path=colour.txt content="colour green"]]',
    );
    await approveTheOne(page, 'Change the colour');
    await saveByKeys(page);
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 002');
    await keys(page, 'g', 't');
    await pressByKeys(page, page.getByRole('button', { name: 'Undo this Save' }));
    await pressByKeys(page, page.getByRole('button', { name: 'Restore 001' }));
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 003');
    expect(await repository.git('show', 'HEAD:colour.txt')).toBe('colour blue');
  });

  await test.step('finds its way by the palette and the sheet of keys', async () => {
    await keys(page, 'Shift+Slash');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await keys(page, 'Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await keys(page, 'Control+k');
    await page.keyboard.type('settings');
    await keys(page, 'Enter');
    await expect(heading('Settings')).toBeVisible();
  });

  await test.step('arranges panels side by side, as they stand after a reload too', async () => {
    await keys(page, 'g', 'p');
    await expect(heading('Panels')).toBeVisible();
    const graph = page.getByRole('region', { name: 'Graph panel' });
    await pressByKeys(page, graph.getByRole('button', { name: 'Close Graph' }));
    await expect(graph).toBeHidden();
    const line = page.getByRole('separator', { name: 'Width of the columns' });
    const before = Number(await line.getAttribute('aria-valuenow'));
    await tabTo(page, line);
    const kept = page.waitForResponse((answer) => answer.url().includes('sessions.arrange?') && answer.ok());
    await keys(page, 'ArrowRight');
    await kept;
    await page.reload();
    await expect(line).toHaveAttribute('aria-valuenow', String(before + 5));
    await expect(page.getByRole('region', { name: 'Inbox panel' })).toBeVisible();
    await expect(graph).toBeHidden();
  });
});

test('signs work on a keyboard that has them elsewhere', async ({ page }) => {
  // A German layout: the slash is Shift and 7, the question mark Shift and ß.
  const type = (key: string, code: string) =>
    page.evaluate(
      (init) =>
        document.body.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, shiftKey: true })),
      { key, code },
    );
  await using repository = await makeRepository();
  await openByKeys(page, repository.path);
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await type('?', 'Minus');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await type('/', 'Digit7');
  await expect(page.getByRole('banner').getByRole('textbox')).toBeFocused();
});
