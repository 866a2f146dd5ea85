import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Goal, Project, Task } from '@thalogos/contracts';
import { expect, test } from '../fixtures/journey.ts';
import { packPng } from '../fixtures/pack-png.ts';

const PICTURE = resolve(import.meta.dirname, '../../docs/images/console.png');

/** A picture in the history of a repository stays there. */
const MOST_BYTES = 300_000;
const PATIENTLY = { timeout: 90_000 };

/** A task of the scripted agent with its steps. */
function scripted(head: string, ...marks: string[]): string {
  return [`- @scripted ${head}`, ...marks.map((mark) => `  ${mark}`)].join('\n');
}

const FIRST = [
  'Let all tests pass.',
  scripted(
    '[zones] Count both ends of a trip',
    '[[edit path=src/zones.js old="ZONES[to]);" new="ZONES[to]) + 1;"]]',
    '[[usage 12400 3100]]',
  ),
].join('\n');

const SECOND = [
  'Get the fare shop ready for Monday.',
  scripted(
    '[fares] Round fares to five cents',
    '[[write path=src/round.js content="export const round = (cents) => 5 * Math.round(cents / 5);\\n"]]',
    '[[usage 12400 3100]]',
  ),
  scripted(
    '[ticket] Print the price in euros',
    '[[edit path=src/ticket.js old=" cents`" new=" euros`"]]',
    '[[usage 8100 2200]]',
  ),
  scripted(
    '[return] Print return tickets, too',
    '[[edit path=src/ticket.js old=" cents`" new=" cents, and back`"]]',
    '[[usage 9300 1700]]',
  ),
  scripted(
    '[children] after: fares; Sell tickets for children',
    '[[plan Ask what a child pays | Add the fare | Test it]]',
    '[[read path=src/passengers.js]]',
    '[[say Passengers have shares of the full fare; a child needs one, too.]]',
    '[[usage 5200 900]]',
    '[[ask What should a child pay? | half | nothing]]',
  ),
  scripted(
    '[groups] after: fares; Sell tickets for groups',
    '[[plan Find where a price is made | Add the group fare | Test it | Say how it works]]',
    '[[usage 6100 1200]]',
    '[[write path=src/groups.js content="export const groupSizes = [5, 10, 20];\\n"]]',
    '[[say Groups of five pay less]]',
    '[[sleep 120000]]',
  ),
  scripted('[season] after: groups; Sell season tickets', '[[write path=src/season.js content="x"]]'),
].join('\n');

test('the picture of the README shows a graph at work', async ({ page, server }) => {
  const { project } = await server.tell<{ project: Project }>('projects.demonstrate', {});
  const state = (text: string, approve: boolean) =>
    server.tell<{ goal: Goal['id']; tasks: Task[] }>('planning.state', {
      project: project.id,
      text,
      approve,
    });
  const untilTask = (id: string, wanted: Task['state']) =>
    expect
      .poll(async () => (await server.get<{ task: Task }>('tasks.get', { task: id })).task.state, PATIENTLY)
      .toBe(wanted);
  const first = await state(FIRST, true);
  for (const { id } of first.tasks) await untilTask(id, 'approved');
  await server.tell('saves.save', { project: project.id });
  for (const { id } of first.tasks) await untilTask(id, 'saved');
  const { tasks } = await state(SECOND, false);
  const idOf = (key: string) => tasks.find((task) => task.key === key)?.id ?? key;
  await untilTask(idOf('fares'), 'review');
  await server.tell('review.approve', { project: project.id, tasks: [{ task: idOf('fares') }] });

  await page.goto(`${server.url}/graph`);
  const graph = page.getByRole('application', { name: 'Graph of tasks' });
  await expect(graph).toContainText('Would conflict', PATIENTLY);
  await expect(graph).toContainText('Waits for you');
  await expect(graph).toContainText('Groups of five pay less', PATIENTLY);
  await page.getByRole('button', { name: 'Sell tickets for children' }).click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(
    'What should a child pay?',
  );
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(page.getByRole('banner').getByRole('button', { name: /^Save 1/ })).toBeVisible(PATIENTLY);
  const picture = packPng(await page.screenshot({ animations: 'disabled' }));
  expect(picture.length).toBeLessThan(MOST_BYTES);
  await writeFile(PICTURE, picture);
});
