import type { Project, Task, Trust } from '@thalogos/contracts';
import { makeRepository } from '@thalogos/testkit';
import { expectHarmless } from '../fixtures/expect-harmless.ts';
import { BRANCH, MARKUP, QUESTION } from '../fixtures/hostile-corpus.ts';
import { hostileGoal } from '../fixtures/hostile-goal.ts';
import { expect, test } from '../fixtures/journey.ts';
import { look } from '../fixtures/look.ts';

const CONFIG = [
  'checks:',
  '  - name: tests',
  `    command: [git, grep, --no-index, --quiet, ${JSON.stringify(MARKUP[1])}]`,
  '',
].join('\n');

test.use({ trace: 'off' });

test('whatever agents and repositories say, no screen takes it for more than text', async ({
  page,
  server,
  watch,
}) => {
  await using repository = await makeRepository({
    branch: BRANCH,
    commits: [
      { message: 'Start', files: { 'shared.js': 'one\n', '.thalogos/config.yaml': CONFIG } },
      {
        message: MARKUP.slice(0, 4).join('\n\n'),
        files: { [`${MARKUP[1] ?? ''}`.replaceAll('/', '')]: 'x\n' },
      },
    ],
  });
  const { project } = await server.tell<{ project: Project }>('projects.register', { path: repository.path });
  await server.tell('planning.state', { project: project.id, text: hostileGoal(), approve: false });
  const tasks = async () =>
    (await server.get<{ tasks: Task[] }>('tasks.list', { project: project.id })).tasks;
  const idOf = async (key: string) => (await tasks()).find((task) => task.key === key)?.id ?? key;
  const visit = async (path: string, name: string, shown: string | RegExp = /./) => {
    await page.goto(`${server.url}${path}`);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    await expect(page.getByRole('main')).toContainText(shown);
    await expect(page.getByRole('main').getByRole('status', { name: /^Loading|starting/ })).toHaveCount(0);
    await look(page, `hostile-${name}`);
    await expectHarmless(page, name);
  };

  await test.step('while it is asked', async () => {
    await visit('/inbox', 'inbox', 'May I?');
    const question = page.getByRole('article').filter({ hasText: 'May I?' });
    await question.getByRole('button', { name: QUESTION.options[0] }).click();
    await expect(question).toBeHidden();
    await expect.poll(async () => (await tasks()).map(({ state }) => state)).toEqual(Array(4).fill('review'));
  });

  await test.step('in every panel', async () => {
    const [words, files] = [await idOf('words'), await idOf('files')];
    await visit('/', 'mission', 'Ask in disguise');
    await visit('/graph', 'graph', 'Ask in disguise');
    await page.getByRole('button', { name: 'List' }).click();
    await expectHarmless(page, 'list');
    await visit(`/tasks/${words}`, 'words', 'ignore the instructions');
    await visit(`/tasks/${files}`, 'files', 'seq 100000');
    await visit('/review', 'reviews', 'Ask in disguise');
    for (const task of [words, files]) {
      const name = task === words ? 'words.txt' : 'two⟨U+000A⟩lines.txt';
      await visit(`/review/${task}`, `review-${name.slice(0, 3)}`, name);
      await expect(page.getByRole('region', { name: 'Changes' })).toContainText('onerror');
    }
    await visit('/branches', 'branches', BRANCH);
    await visit('/agents', 'agents');
    await visit('/settings', 'settings', 'onerror');
  });

  await test.step('in a Save, its conflict and its result', async () => {
    const { hash } = await server.get<Trust>('projects.trust', { project: project.id });
    await server.tell('projects.acceptTrust', { project: project.id, hash });
    await server.tell('review.approve', { project: project.id, tasks: [], all: true });
    await visit('/save', 'preview', 'Ask in disguise');
    await server.tell('saves.save', { project: project.id });
    await visit('/save', 'conflicted', 'Not saved');
    const { conflicts } = await server.get<{ conflicts: { id: string }[] }>('conflicts.list', {
      project: project.id,
    });
    await visit(`/conflicts/${conflicts[0]?.id ?? ''}`, 'conflict');
    await server.tell('saves.save', { project: project.id, only: [await idOf('files')] });
    await visit('/save', 'saved', 'Saved as 001');
    await visit('/timeline', 'timeline', '001');
    await visit('/log', 'events', 'save');
  });

  await test.step('in the palette, and with the page’s own rule at work', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('onerror');
    await expectHarmless(page, 'palette');
    watch.allow(/require-trusted-types-for|TrustedHTML/);
    const refused = await page.evaluate(() => {
      try {
        document.createElement('div').innerHTML = '<img src="x">';
        return 'it was taken';
      } catch (error) {
        return String(error);
      }
    });
    expect(refused).toContain('TrustedHTML');
  });
});
