import { makeRepository } from '@thalogos/testkit';
import type { Project } from '@thalogos/contracts';
import { expect, test } from '../fixtures/journey.ts';
import { look } from '../fixtures/look.ts';
import {
  approveAll,
  goTo,
  outcomeOf,
  pressSave,
  saveWithout,
  startPlan,
  stateGoal,
} from '../fixtures/screens.ts';

const SIGN = 'Paint the sign';
const HOURS = 'Write the hours';
const SLOW = 'Count the stock';

const GOAL = [
  'Open the shop.',
  `- @scripted [sign] ${SIGN}`,
  '  [[write path=sign.txt content="open\\n"]]',
  `- @scripted [hours] ${HOURS}`,
  '  [[write path=hours.txt content="never\\n"]]',
  `- @scripted [stock] ${SLOW}`,
  '  [[write path=stock.txt content="12\\n"]]',
].join('\n');

const CONFIG = [
  'checks:',
  '  - name: hours',
  '    command: [git, grep, --no-index, --quiet, "8 to 18", hours.txt]',
  '    paths: [hours.txt]',
  '  - name: count',
  '    command: [sleep, "60"]',
  '    paths: [stock.txt]',
  '',
].join('\n');

test.use({ trace: 'off' });

test('a red check names its culprit and the rest is saved; a Save that takes too long is cancelled', async ({
  page,
  server,
}) => {
  await using repository = await makeRepository({
    commits: [{ message: 'Start', files: { '.thalogos/config.yaml': CONFIG, 'hours.txt': '8 to 18\n' } }],
  });
  await server.tell<{ project: Project }>('projects.register', { path: repository.path });
  await page.goto(server.url);
  const start = await repository.oid('main');

  await test.step('what the project file asks for is trusted from where the Save was refused', async () => {
    await startPlan(await stateGoal(page, GOAL));
    await approveAll(page, 3);
    await pressSave(page);
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Not saved');
    await look(page, 'save-refused');
    await outcomeOf(page).getByRole('link', { name: 'Look at it and trust it' }).click();
    await page.getByRole('button', { name: 'Trust exactly this' }).click();
    await expect(page.getByText('Trusted as it is now')).toBeVisible();
  });

  await test.step('a Save is cancelled while a check runs, and main stays', async () => {
    await page.goto(`${server.url}/save`);
    await saveWithout(page, HOURS);
    const count = page.getByRole('button', { name: /^count/ });
    await expect(count).toBeVisible();
    await look(page, 'save-running');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Cancelled');
    expect(await repository.oid('main')).toBe(start);
  });

  await test.step('a red check names its culprit, and the other task is saved without it', async () => {
    await saveWithout(page, SLOW);
    await expect(outcomeOf(page).getByRole('heading')).toHaveText(`Not saved: hours fail with ${HOURS}`);
    expect(await repository.oid('main')).toBe(start);
    await look(page, 'save-red');
    await outcomeOf(page).getByRole('button', { name: 'Save the other task' }).click();
    await expect(outcomeOf(page).getByRole('heading')).toHaveText('Saved as 001');
    expect(await repository.git('show', 'HEAD:sign.txt')).toBe('open');
    expect(await repository.git('show', 'HEAD:hours.txt')).toBe('8 to 18');
  });

  await test.step('the timeline tells all of it', async () => {
    await goTo(page, 'Timeline');
    const list = page.getByRole('region', { name: 'Timeline' });
    await expect(list.getByRole('link', { name: `001 ${SIGN}` })).toBeVisible();
    await expect(list.getByRole('link', { name: /^Save stopped: .*hours/ })).toBeVisible();
    await look(page, 'save-timeline');
  });
});
