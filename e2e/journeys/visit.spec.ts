import { makeRepository } from '@thalogos/testkit';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/expect-accessible.ts';
import { expect, test } from '../fixtures/journey.ts';
import { look } from '../fixtures/look.ts';
import { listTasks, rowOf, startPlan, stateGoal } from '../fixtures/screens.ts';

const TITLE = 'Write the menu';
const GOAL = `Open the café.\n- @scripted [menu] ${TITLE}\n  [[write path=menu.txt content="coffee\\n"]]`;

/** A dev server that shows what it was asked with, as a page with a module of its own that looks at the page around it. */
const DEV = `
const page = (asked) => '<h1>Café</h1><pre>' + JSON.stringify(asked.headers) + '</pre><p></p>' +
  '<script type="module" src="/own.js"></script>';
const own = "let wall = 'open'; try { void top.document.title } catch { wall = 'walled' }" +
  "document.querySelector('p').textContent = wall + ', ' + document.cookie.length + ' letters of cookies'";
require('node:http').createServer((asked, answer) => {
  answer.setHeader('content-type', asked.url === '/own.js' ? 'text/javascript' : 'text/html; charset=utf-8');
  answer.end(asked.url === '/own.js' ? own : page(asked));
}).listen(Number(process.env.PORT), process.env.HOST, () => console.log('menu at port ' + process.env.PORT));
`;

async function type(page: Page, line: string): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Terminal input' })).toBeFocused();
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

test('a person works in a task’s worktree: a shell of their own, and what the work looks like when it runs', async ({
  page,
  context,
  server,
}) => {
  await using repository = await makeRepository({
    commits: [
      {
        message: 'Start',
        files: { 'dev.js': DEV, 'package.json': JSON.stringify({ scripts: { dev: 'node dev.js' } }) },
      },
    ],
  });
  await page.getByRole('textbox', { name: 'Path of the repository' }).fill(repository.path);
  await page.getByRole('button', { name: 'Look', exact: true }).click();
  await page.getByRole('button', { name: 'Open origin' }).click();
  await startPlan(await stateGoal(page, GOAL));
  await listTasks(page);
  await expect(rowOf(page, TITLE)).toContainText('In review');
  await page.getByRole('button', { name: TITLE, exact: true }).click();
  const task = page.getByRole('article', { name: `Task ${TITLE}` });
  const rows = page.locator('.xterm-rows');

  await test.step('the terminal stands in the worktree, takes a flood and outlives its page', async () => {
    await task.getByRole('tab', { name: 'Transcript' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/tab=terminal/);
    await task.getByRole('button', { name: 'Open a terminal' }).click();
    await expect(task.getByText('Your shell, not contained')).toBeVisible();
    await type(page, 'cat menu.txt; yes');
    await expect(rows).toContainText('yyyyyyyyyy');
    await page.keyboard.press('Control+c');
    await type(page, 'echo over-$((40 + 2))');
    await expect(rows).toContainText('over-42');
    await expect(page.getByText('Everything is paused.')).toBeHidden();
    await look(page, 'visit-1-terminal');
    const id = new URL(page.url()).searchParams.get('task') ?? '';
    await page.goto(`${server.url}/tasks/${id}?tab=terminal`);
    await expect(rows).toContainText('over-42');
    await type(page, 'echo again-$((1 + 1))');
    await expect(rows).toContainText('again-2');
    await page.keyboard.press('Shift+Escape');
    await expect(task.getByRole('searchbox', { name: 'Find in the terminal' })).toBeFocused();
    await expectAccessible(page, 'terminal');
    await task.getByRole('button', { name: 'Close this terminal and what runs in it' }).click();
    await expect(task.getByRole('button', { name: 'Open a terminal' })).toBeVisible();
  });

  await test.step('the preview runs what was shown, as a site of its own that gets nothing of the console', async () => {
    await task.getByRole('tab', { name: 'Preview' }).click();
    await expect(task.getByText('npm run dev')).toBeVisible();
    await task.getByRole('button', { name: 'Start the preview' }).click();
    const frame = page.frameLocator('iframe[title="Preview of this task"]');
    await expect(frame.getByRole('heading', { name: 'Café' })).toBeVisible();
    await expect(frame.locator('p')).toHaveText('walled, 0 letters of cookies');
    const cookies = await context.cookies();
    expect(cookies.map(({ name }) => name)).toEqual([expect.stringMatching(/^thalogos-/)]);
    expect(await frame.locator('pre').innerText()).not.toMatch(/thalogos|cookie|authorization|referer/i);
    await task.getByRole('button', { name: 'Show what it prints' }).click();
    await expect(task.getByRole('log')).toContainText('menu at port');
    await look(page, 'visit-2-preview');
    await task.getByRole('toolbar', { name: 'Preview' }).getByRole('button', { name: 'Stop' }).click();
    await expect(task.getByRole('button', { name: 'Start the preview' })).toBeVisible();
  });
});
