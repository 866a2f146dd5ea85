import { makeRepository } from '@thalogos/testkit';
import { expect, test } from '../fixtures/journey.ts';
import { look } from '../fixtures/look.ts';
import { startPlan } from '../fixtures/screens.ts';

const GOAL = [
  '- @scripted [menu] Copy the menu [[sh cp "$THALOGOS_FILES/menu.txt" menu.txt]]',
  '- @scripted [prices] Price it [[append path=menu.txt content="coffee 2.50\\n"]]',
  '- @scripted [hours] Ask for the hours [[ask Until when? | 18 | 20]] [[write path=hours.txt content="8 to {{answer}}\\n"]]',
].join('\n');

test('a person attaches a file, edits the plan as a graph, and answers in the chat', async ({ page }) => {
  await using repository = await makeRepository({
    commits: [{ message: 'Start', files: { 'a.txt': 'a\n' } }],
  });
  const words = page.getByRole('textbox', { name: 'Goal or command' });
  const plan = page.getByRole('region', { name: /^Plan of/ });
  const graph = plan.getByRole('group', { name: 'Which task waits for which' });
  const node = (number: number) => graph.getByRole('button', { name: new RegExp(`^${number} `) });

  await test.step('what is typed and attached outlives a reload', async () => {
    await page.getByRole('textbox', { name: 'Path of the repository' }).fill(repository.path);
    await page.getByRole('button', { name: 'Look', exact: true }).click();
    await page.getByRole('button', { name: 'Open origin' }).click();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Mission' }).click();
    await page.getByLabel('Files to attach').setInputFiles([
      { name: 'menu.txt', mimeType: 'text/html', buffer: Buffer.from('tea 2.00\n') },
      { name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    ]);
    await expect(page.getByText('nothing.txt is empty.')).toBeVisible();
    await words.fill(GOAL);
    await expect(page.getByRole('button', { name: 'Take menu.txt away' })).toBeVisible();
    await page.reload();
    await expect(words).toHaveValue(GOAL);
    await words.press('Enter');
    await expect(plan.getByText('Each agent is given menu.txt to read.')).toBeVisible();
    await expect(words).toHaveValue('');
  });

  await test.step('a line is drawn by keys, a circle is refused, and all of it is taken back and made again', async () => {
    await node(1).press('c');
    await node(2).press('Enter');
    await expect(node(2)).toHaveAccessibleName(/waits for 1$/);
    await node(2).press('c');
    await node(1).press('Enter');
    await expect(plan.getByText('can’t wait for “Price it”, which waits for it')).toBeVisible();
    await node(2).press('ControlOrMeta+z');
    await expect(node(2)).not.toHaveAccessibleName(/waits for/);
    await node(2).press('ControlOrMeta+Shift+z');
    await expect(node(2)).toHaveAccessibleName(/waits for 1$/);
  });

  await test.step('a line is dragged, rubbed out again, and a task put in order', async () => {
    await graph.getByRole('button', { name: 'Let another task wait for Copy the menu' }).hover();
    await page.mouse.down();
    await node(3).hover();
    await page.mouse.up();
    await expect(node(3)).toHaveAccessibleName(/waits for 1$/);
    await look(page, 'plan-graph');
    await graph
      .getByRole('button', { name: 'Let Ask for the hours no longer wait for Copy the menu' })
      .click();
    await expect(node(3)).not.toHaveAccessibleName(/waits for/);
    await node(3).press('Alt+ArrowUp');
    await expect(node(2)).toHaveAccessibleName(/^2 Ask for the hours/);
    await startPlan(plan);
  });

  await test.step('a question is answered where it is asked, and stays with its answer', async () => {
    const card = page.getByRole('article', { name: 'Until when?' });
    await card.getByRole('button', { name: '20' }).click();
    await expect(card.getByText('answered: 20')).toBeVisible();
    const news = page.getByRole('article', { name: 'News of Price it' });
    await expect(news.getByText('is ready for review')).toBeVisible();
    await words.press('ArrowUp');
    await expect(words).toHaveValue(GOAL);
  });
});
