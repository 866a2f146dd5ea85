import type { Project, Task } from '@thalogos/contracts';
import { makeRepository } from '@thalogos/testkit';
import { expect, test } from '../fixtures/journey.ts';
import { listTasks, rowOf, startPlan, stateGoal } from '../fixtures/screens.ts';

const GOAL = [
  'Say hello.',
  '- @scripted [quick] Write the greeting',
  '  [[write path=hello.txt content="hello"]]',
  '- @scripted [long] after: quick; Write the long story',
  '  [[sleep 4000]]',
  '  [[write path=story.txt content="once"]]',
].join('\n');

test('a page that is open while the server dies goes on where it was, and has missed nothing', async ({
  page,
  server,
  watch,
}) => {
  await using repository = await makeRepository();
  const { project } = await server.tell<{ project: Project }>('projects.register', {
    path: repository.path,
  });
  await page.goto(server.url);
  await startPlan(await stateGoal(page, GOAL));
  await listTasks(page);
  const greeting = rowOf(page, 'Write the greeting');
  const story = rowOf(page, 'Write the long story');
  await expect(greeting).toContainText('In review');
  await expect(story).toContainText('Running');
  // A reload would lose this, and with it the proof that the page itself found its way back.
  await page.evaluate(() => document.documentElement.setAttribute('data-never-reloaded', ''));

  await test.step('the server is killed: the page says so and keeps what it knows', async () => {
    watch.allow(
      /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING/,
    );
    await server.kill();
    await expect(page.getByRole('contentinfo')).toContainText('reconnecting');
    await expect(
      page.getByText('Agents and a Save that runs go on; writing is off until then.'),
    ).toBeVisible();
    await expect(greeting).toContainText('In review');
  });

  await test.step('it is started again: the page is live and has caught up', async () => {
    const back = page.waitForResponse((answer) => answer.url().includes('/events?after=') && answer.ok());
    await server.startAgain();
    await expect(page.getByRole('contentinfo')).toContainText('live');
    const stream = await back;
    const seen = Number(new URL(stream.url()).searchParams.get('after'));
    const missed = Number(await stream.headerValue('x-thalogos-event')) - seen;
    expect(missed).toBeGreaterThan(0);
    await expect(
      page.getByText(`Back. Caught up on ${missed} event${missed === 1 ? '' : 's'}.`),
    ).toBeVisible();
    await expect(story).toContainText('Interrupted');
  });

  await test.step('what was interrupted is tried again from the page', async () => {
    await story.getByRole('button').click();
    await page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('button', { name: 'Retry' })
      .click();
    await expect(story).toContainText('Running');
    await expect(story).toContainText('In review');
  });

  await test.step('the page shows what the server knows, to the last event', async () => {
    const { tasks } = await server.get<{ tasks: Task[] }>('tasks.list', { project: project.id });
    expect(tasks.map(({ title, state }) => [title, state])).toEqual([
      ['Write the greeting', 'review'],
      ['Write the long story', 'review'],
    ]);
    const { seq } = await server.get<{ seq: number }>('ops.info', {});
    await expect(page.getByRole('contentinfo')).toHaveText(new RegExp(`event ${seq}\\D`));
    await expect(page.locator('html')).toHaveAttribute('data-never-reloaded', '');
  });
});
