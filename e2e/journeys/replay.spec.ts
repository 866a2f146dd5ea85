import { makeRepository } from '@thalogos/testkit';
import { expectAccessible } from '../fixtures/expect-accessible.ts';
import { expect, test } from '../fixtures/journey.ts';
import { goTo, startPlan, stateGoal } from '../fixtures/screens.ts';

const goal = `A page
- @scripted [one] Write the page [[say begin]] [[write path=page.txt content="page"]]
- @scripted after: one; Check the page [[append path=page.txt content="checked"]]`;

test('a person looks at a session as it was, and finds what happened in the log', async ({ page }) => {
  await using repository = await makeRepository();
  await page.getByRole('textbox', { name: 'Path of the repository' }).fill(repository.path);
  await page.getByRole('button', { name: 'Look', exact: true }).click();
  await page.getByRole('button', { name: 'Open origin' }).click();
  await startPlan(await stateGoal(page, goal));
  await goTo(page, 'Graph');
  const states = page.getByRole('group', { name: 'Tasks by state' });
  await expect(states.getByRole('button', { name: '2 in review' })).toBeVisible();

  const slider = page.getByRole('slider', { name: 'Moment of the session' });
  const band = page.getByRole('status').filter({ hasText: 'not live' });

  await test.step('goes back to the first event, and one event on', async () => {
    await slider.focus();
    await page.keyboard.press('Home');
    await expect(band).toBeVisible();
    await expect(states.getByRole('button', { name: '2 in review' })).toBeHidden();
    const before = await slider.inputValue();
    await page.keyboard.press('ArrowRight');
    await expect(slider).not.toHaveValue(before);
    await expect(page).toHaveURL(/[?&]at=\d+/);
    await expectAccessible(page, 'a replayed graph');
  });

  await test.step('plays it to its end, and is shown what is now again', async () => {
    await page.getByRole('button', { name: '16x' }).click();
    await page.getByRole('button', { name: 'Play the session' }).click();
    await expect(states.getByRole('button', { name: '2 in review' })).toBeVisible();
    await page.getByRole('button', { name: 'Back to live' }).click();
    await expect(band).toBeHidden();
  });

  await test.step('a link leads to the same moment', async () => {
    await slider.focus();
    await page.keyboard.press('Home');
    await expect(band).toBeVisible();
    await page.reload();
    await expect(band).toBeVisible();
  });

  await test.step('finds the moves of a task in the log, with all of their facts', async () => {
    await page.goto(new URL('/log?kind=tasks', page.url()).href);
    const finished = page.getByRole('button', { name: /Write the page finished/ });
    await finished.click();
    await expect(page.getByText(/"type": "task.finished"/)).toBeVisible();
    await expectAccessible(page, 'the log');
    await page.getByRole('link', { name: 'Show this moment on the graph' }).click();
    await expect(band).toBeVisible();
    await expect(states.getByRole('button', { name: '1 in review' })).toBeVisible();
  });
});
