import { hashTree, makeRepository } from '@thalogos/testkit';
import { countClicks } from '../fixtures/count-clicks.ts';
import { expect, test } from '../fixtures/journey.ts';
import { look } from '../fixtures/look.ts';
import {
  approve,
  goTo,
  listTasks,
  openReview,
  outcomeOf,
  pressSave,
  requestChanges,
  rowOf,
  startPlan,
  stateGoal,
} from '../fixtures/screens.ts';

const MENU = 'Write the menu';
const PRICES = 'Price the menu';
const HOURS = 'Write the opening hours';

const GOAL = [
  'Open the café.',
  `- @scripted [menu] ${MENU}`,
  '  [[write path=menu.txt content="coffee\\ntea\\n"]]',
  `- @scripted [prices] after: menu; ${PRICES}`,
  '  [[edit path=menu.txt old="coffee" new="coffee 2.50"]]',
  `- @scripted [hours] ${HOURS}`,
  '  [[write path=hours.txt content="open\\n"]]',
].join('\n');

const CONFIG = [
  'checks:',
  '  - name: hours',
  '    command: [git, grep, --no-index, --quiet, "8 to 18", hours.txt]',
  '',
].join('\n');

test('a person opens a repository of their own, and a Save leaves alone what they have not committed', async ({
  page,
}) => {
  await using repository = await makeRepository({
    commits: [
      { message: 'Start', files: { 'README.md': '# Café\n', 'notes.txt': 'a note\n' } },
      { message: 'Check the hours', files: { '.thalogos/config.yaml': CONFIG } },
    ],
    dirty: { 'notes.txt': 'a note, half rewritten\n' },
    untracked: { 'draft.txt': 'not for anybody yet\n' },
    ignored: { '.env': 'SECRET=1\n' },
  });
  const before = await hashTree(repository.path);

  await test.step('it is looked at, then opened', async () => {
    await page.getByRole('textbox', { name: 'Path of the repository' }).fill(repository.path);
    await page.getByRole('button', { name: 'Look', exact: true }).click();
    await expect(page.getByText('only when you Save')).toBeVisible();
    await look(page, 'own-1-look');
    await page.getByRole('button', { name: 'Open origin' }).click();
    expect(await hashTree(repository.path)).toEqual(before);
  });

  await test.step('three tasks work, one on top of another', async () => {
    await startPlan(await stateGoal(page, GOAL));
    await listTasks(page);
    for (const title of [MENU, PRICES, HOURS]) await expect(rowOf(page, title)).toContainText('In review');
    await look(page, 'own-3-list');
  });

  await test.step('one is sent back and mended', async () => {
    await openReview(page, HOURS);
    await requestChanges(
      page,
      'Say when. [[write path=hours.txt content="open 8 to 18\\n"]] [[say Said when.]]',
    );
    await expect(page.getByRole('article', { name: `Task ${HOURS}` })).toContainText('Said when.');
    await page.getByRole('button', { name: 'Diff' }).click();
    await expect(page.getByRole('region', { name: 'Changes' })).toContainText('open 8 to 18');
    await approve(page);
    for (const title of [MENU, PRICES]) {
      await openReview(page, title);
      await approve(page);
    }
  });

  await test.step('no check of the project file runs before it is trusted', async () => {
    await pressSave(page);
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Not saved');
    await look(page, 'own-4-refused');
    await goTo(page, 'Settings');
    await expect(page.getByText('Not trusted: none of this runs')).toBeVisible();
    await look(page, 'own-5-settings');
    await page.getByRole('button', { name: 'Trust exactly this' }).click();
    await expect(page.getByText('Trusted as it is now')).toBeVisible();
  });

  await test.step('the Save lands in the person’s own checkout', async () => {
    await page.getByRole('button', { name: 'Needs you' }).click();
    await page.getByRole('button', { name: 'Save 3 tasks' }).click();
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 001');
    await expect(outcomeOf(page)).toContainText('Your checkout is up to date.');
    await look(page, 'own-6-saved');
  });

  const after = await hashTree(repository.path);
  expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual([
    'hours.txt',
    'menu.txt',
  ]);
  expect(await repository.git('show', 'HEAD:menu.txt')).toBe('coffee 2.50\ntea');
  expect(await repository.git('status', '--porcelain', '--ignored')).toBe(
    [' M notes.txt', '?? draft.txt', '!! .env'].join('\n'),
  );
  expect(await repository.git('tag', '--list', 'checkpoint/*')).toMatch(/-001$/);
});

test('from a goal to the first diff of one’s own it takes two clicks, and to the first Save four', async ({
  page,
  server,
}) => {
  await using repository = await makeRepository({
    commits: [{ message: 'Start', files: { 'README.md': '# Café\n' } }],
  });
  // As `thalogos` does when it is started in a repository.
  await server.tell('projects.register', { path: repository.path });
  const clicks = await countClicks(page);
  await page.goto(server.url);
  await page
    .getByLabel('Goal or command')
    .fill(`- @scripted ${MENU} [[write path=menu.txt content="tea\\n"]]`);
  await page.keyboard.press('Enter');
  await startPlan(page.getByRole('region', { name: /^Plan of/ }));
  const standing = page.getByRole('complementary', { name: 'Where things stand' });
  await standing.getByRole('link', { name: /To review/ }).click();
  await expect(page.getByRole('region', { name: 'Changes' })).toContainText('tea');
  expect(await clicks(), 'clicks to the first diff').toBe(2);
  await approve(page);
  await pressSave(page);
  await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 001');
  expect(await clicks(), 'clicks to the first Save').toBe(4);
  expect(await repository.git('show', 'HEAD:menu.txt')).toBe('tea');
});
