import { makeRepository } from '@thalogos/testkit';
import type { Project, Task } from '@thalogos/contracts';
import { expectAccessible } from '../fixtures/expect-accessible.ts';
import { expect, test } from '../fixtures/journey.ts';
import type { ServerProcess } from '../fixtures/server-process.ts';

const SAID = 120;

/** A task whose agent has said a lot, one line of it about a walrus. */
async function talk(server: ServerProcess, path: string): Promise<string> {
  const { project } = await server.tell<{ project: Project }>('projects.register', { path });
  const said = Array.from(
    { length: SAID },
    (_, at) => `[[say line ${at}${at === 60 ? ': a "walrus" (50%)' : ''}]]`,
  );
  const text = `- @scripted Talk at length ${said.join(' ')} [[write path=a.txt content="x"]]`;
  const { tasks } = await server.tell<{ tasks: readonly Task[] }>('planning.state', {
    project: project.id,
    text,
  });
  const id = tasks[0]?.id ?? '';
  await expect
    .poll(async () => (await server.get<{ task: Task }>('tasks.get', { task: id })).task.state)
    .toBe('review');
  return id;
}

test('a person finds a line in a long transcript, and again among everything', async ({ page, server }) => {
  await using repository = await makeRepository();
  const task = await talk(server, repository.path);
  const transcript = page.getByRole('list', { name: 'Transcript' });
  const line = transcript.getByText('line 60: a "walrus" (50%)', { exact: true });

  await test.step('a long transcript opens at its end', async () => {
    await page.goto(`${server.url}/tasks/${task}`);
    await expect(transcript.getByText('The turn ended.')).toBeVisible();
    await expect(line).toBeHidden();
  });

  await test.step('a text is found in all of it, whatever signs it holds', async () => {
    await page.getByRole('searchbox', { name: 'Find in the transcript' }).fill('"WALRUS" (50%');
    // It was told to say so at the start, and said it in the middle.
    await expect(page.getByText('1 of 2, 2 places')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText('2 of 2, 2 places')).toBeVisible();
    await expect(line).toBeVisible();
    await expect(page).toHaveURL(/\?at=\d+$/);
  });

  await test.step('its ends are a press away', async () => {
    await page.getByRole('button', { name: 'To the start' }).click();
    await expect(transcript.getByText('Talk at length').first()).toBeVisible();
    await page.getByRole('button', { name: 'To the end' }).click();
    await expect(transcript.getByText('The turn ended.')).toBeVisible();
  });

  await test.step('the palette finds it among everything, and leads there', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('walrus');
    const palette = page.getByRole('dialog', { name: 'Find anything' });
    await expect(palette.getByRole('option', { name: /Transcript: Talk at length/ }).first()).toBeVisible();
    await palette.getByRole('option', { name: /See all/ }).click();
    await expect(page).toHaveURL(/\/search\?q=walrus$/);
    const found = page.getByRole('list', { name: 'Found' });
    await expect(found.getByRole('link', { name: /Task: Talk at length/ })).toBeVisible();
    await page.getByRole('button', { name: 'Transcripts' }).click();
    // The newest first: what was said, then what was told.
    await expect(found.getByRole('link')).toHaveCount(2);
    await expectAccessible(page, 'search');
    await found.getByRole('link').first().click();
    await expect(line).toBeVisible();
  });
});
