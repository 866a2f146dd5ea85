import { makeRepository } from '@thalogos/testkit';
import { expect, test } from '../fixtures/journey.ts';
import { expectAccessible } from '../fixtures/expect-accessible.ts';
import { look } from '../fixtures/look.ts';
import { approveAll, goTo, outcomeOf, pressSave, startPlan, stateGoal } from '../fixtures/screens.ts';

const PRICES = 'Raise the prices';
const SIZES = 'Sell two sizes';

const GOAL = [
  'Change the menu.',
  `- @scripted [prices] ${PRICES}`,
  '  [[edit path=menu.txt old="coffee 2" new="coffee 3"]]',
  '  [[edit path=menu.txt old="tea 1" new="tea 2"]]',
  `- @scripted [sizes] ${SIZES}`,
  '  [[edit path=menu.txt old="coffee 2" new="small coffee 2"]]',
  '  [[edit path=menu.txt old="tea 1" new="pot of tea 4"]]',
].join('\n');

const between = Array.from({ length: 12 }, (_, at) => `cake ${at + 1}\n`).join('');
const MENU = `coffee 2\n${between}tea 1\n`;

test.use({ trace: 'off' });

test('a conflict is settled place by place, and the Save that waited for it lands', async ({
  page,
  server,
}) => {
  await using repository = await makeRepository({
    commits: [{ message: 'Start', files: { 'menu.txt': MENU } }],
  });

  await test.step('two tasks change the same lines, and nothing lands', async () => {
    await server.tell('projects.register', { path: repository.path });
    await page.goto(server.url);
    await startPlan(await stateGoal(page, GOAL));
    await approveAll(page, 2);
    await pressSave(page);
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Not saved: 1 conflict');
  });

  await test.step('the inbox leads to it, with what each side wanted', async () => {
    await goTo(page, 'Inbox');
    await page.getByRole('link', { name: 'menu.txt' }).click();
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText(/^(?=.*Raise)(?=.*two sizes).* change the same lines of menu.txt$/);
    for (const title of [PRICES, SIZES])
      await expect(page.getByRole('region', { name: /side$/ }).filter({ hasText: title })).toHaveCount(1);
    await expect(page.getByRole('button', { name: 'Keep this result' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await expectAccessible(page, 'conflict-open');
  });

  await test.step('one place is taken from a side by key, the other is written by hand', async () => {
    // Which of two tasks of the same age is merged first is nobody's wish.
    const isLeft = await page
      .getByRole('region', { name: 'Left side' })
      .getByText(PRICES)
      .first()
      .isVisible();
    await page.keyboard.press(isLeft ? '1' : '2');
    await expect(page.getByRole('group', { name: 'Place 1' })).toContainText(isLeft ? '1: Left' : '1: Right');
    await page.keyboard.press(']');
    await page.keyboard.press('e');
    await page.getByRole('textbox', { name: 'Lines of place 2, by hand' }).fill('tea 2, a pot 4\n');
    await page.getByRole('button', { name: 'Done with place 2' }).click();
    await look(page, 'conflict-decided');
  });

  await test.step('nothing is kept while a marker is left', async () => {
    await page.getByRole('button', { name: 'Edit the whole file' }).click();
    const whole = page.getByRole('textbox', { name: 'menu.txt, by hand' });
    const result = await whole.inputValue();
    expect(result).toBe(`coffee 3\n${between}tea 2, a pot 4\n`);
    await whole.fill(`<<<<<<< mine\n${result}`);
    await expect(page.getByText('A conflict marker is left on line 1.').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Keep this result' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
    await page.getByRole('button', { name: 'Back to the places' }).click();
  });

  await test.step('it is settled, undone and settled again', async () => {
    await page.getByRole('button', { name: 'Keep this result' }).click();
    await expect(page.getByText(/^Settled by/)).toBeVisible();
    await look(page, 'conflict-settled');
    await page.keyboard.press('u');
    await expect(page.getByText('Every place is decided.')).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/^Settled by/)).toBeVisible();
  });

  await test.step('the Save lands with exactly that', async () => {
    await page.getByRole('button', { name: 'Save with this' }).click();
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 001');
    expect(await repository.git('show', 'HEAD:menu.txt')).toBe(`coffee 3\n${between}tea 2, a pot 4`);
    await page.goto(`${server.url}/conflicts`);
    await expect(page.getByText('Nothing collides.')).toBeVisible();
  });
});
