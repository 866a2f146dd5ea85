import { mkdir } from 'node:fs/promises';
import { chromium, type Page } from '@playwright/test';
import { createServer } from 'vite';

// node dev/shoot.ts FOLDER [scene...]: pictures of the console on sample data, both themes, desk and phone.
const [folder = 'shots', ...asked] = process.argv.slice(2);

interface Scene {
  readonly route: string;
  readonly act?: (page: Page) => Promise<unknown>;
}

const say = (words: string) => async (page: Page) => {
  await page.getByRole('textbox', { name: 'Goal or command' }).fill(words);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(600);
};

const scenes: Readonly<Record<string, Scene>> = {
  mission: { route: '/' },
  plan: {
    route: '/',
    act: async (page) => {
      await say('/plan Limits that follow the plan a key pays for')(page);
      await page.getByRole('button', { name: 'Edit Test each plan' }).click();
    },
  },
  files: {
    route: '/',
    act: async (page) => {
      const attach = page.getByLabel('Files to attach');
      const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('x') });
      await attach.setInputFiles([file('limits.png'), file('notes.md')]);
      await page.getByRole('button', { name: 'Take notes.md away' }).waitFor();
      await say('/ask What is in the picture?')(page);
      await attach.setInputFiles([file('more.md'), { ...file('nothing.txt'), buffer: Buffer.alloc(0) }]);
      await page
        .getByRole('textbox', { name: 'Goal or command' })
        .fill('Limits as in the picture\n- and more');
    },
  },
  voice: {
    route: '/',
    act: (page) => page.getByRole('button', { name: 'Speak instead of typing' }).click(),
  },
  discussion: { route: '/', act: say('/discuss Where do the limits of a key come from') },
  answer: { route: '/', act: say('What waits for me?') },
  graph: { route: '/graph' },
  inspector: { route: '/graph', act: (page) => page.getByText('Rate-limit middleware').first().click() },
  list: {
    route: '/graph',
    act: (page) => page.getByRole('button', { name: 'List' }).click({ timeout: 2_000 }),
  },
  farout: {
    route: '/graph',
    act: async (page) => {
      for (let at = 0; at < 8; at += 1)
        await page.getByRole('button', { name: 'Zoom out' }).click({ timeout: 2_000 });
    },
  },
  replay: {
    route: '/graph?task=t-mw',
    act: async (page) => {
      await page.getByRole('slider').focus();
      await page.keyboard.press('Home');
      await page.getByRole('slider').fill('18050');
      await page.getByRole('slider').dispatchEvent('pointerup');
      await page.waitForTimeout(900);
    },
  },
  menu: { route: '/graph', act: (page) => page.getByRole('button', { name: 'More ways to save' }).click() },
  palette: { route: '/graph', act: (page) => page.keyboard.press('Control+k') },
  keys: { route: '/graph', act: (page) => page.keyboard.press('Shift+Slash') },
  events: { route: '/log' },
  event: {
    route: '/log',
    act: (page) => page.locator('[data-item]').nth(3).click({ timeout: 2_000 }),
  },
  inbox: { route: '/inbox' },
  review: { route: '/review/t-bucket' },
  split: { route: '/review/t-bucket', act: (page) => page.keyboard.press('s') },
  suggestion: {
    route: '/review/t-bucket',
    act: async (page) => {
      for (const key of [']', 'J', 'c']) await page.keyboard.press(key);
      await page.getByRole('button', { name: 'Suggest a change' }).click();
      await page.getByRole('textbox', { name: /^Comment on/ }).press('Control+Enter');
    },
  },
  'by-hand': { route: '/review/t-bucket', act: (page) => page.keyboard.press('e') },
  task: { route: '/tasks/t-mw' },
  search: { route: '/search?q=rate%20limit' },
  nothing: { route: '/search?q=hippopotamus' },
  typing: {
    route: '/graph',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('bucket');
      await page.waitForTimeout(900);
    },
  },
  transcript: { route: '/tasks/t-bucket' },
  within: { route: '/tasks/t-bucket?at=120004' },
  find: {
    route: '/tasks/t-bucket?at=120001',
    act: async (page) => {
      await page.getByRole('searchbox', { name: 'Find in the transcript' }).fill('gives back what was not');
      await page.waitForTimeout(1_500);
      await page.keyboard.press('Enter');
    },
  },
  about: { route: '/tasks/t-mw', act: (page) => page.getByRole('tab', { name: 'Task' }).click() },
  terminal: { route: '/tasks/t-mw?tab=terminal' },
  'no-terminal': { route: '/tasks/t-bucket?tab=terminal' },
  'no-worktree': { route: '/tasks/t-columns?tab=terminal' },
  'dev-server': {
    route: '/tasks/t-mw?tab=preview',
    act: (page) => page.getByRole('button', { name: 'Show what it prints' }).click(),
  },
  'dev-server-ended': { route: '/tasks/t-bucket?tab=preview' },
  'task-menu': {
    route: '/tasks/t-mw',
    act: (page) => page.getByRole('button', { name: 'More about this task' }).click(),
  },
  timeline: { route: '/timeline' },
  compare: {
    route: '/timeline/checkpoint%2F2026-11-20-012?with=checkpoint/2026-11-20-009',
    act: (page) => page.getByRole('button', { name: 'openapi.yaml' }).click(),
  },
  undone: { route: '/timeline?show=undone' },
  checkpoint: { route: '/timeline/checkpoint%2F2026-11-20-012' },
  agents: { route: '/agents' },
  panels: {
    route: '/panels',
    act: (page) => page.getByRole('region', { name: 'Graph' }).getByText('Rate-limit').first().waitFor(),
  },
  'keys-part': {
    route: '/settings',
    act: (page) => page.locator('#settings-keys').scrollIntoViewIfNeeded(),
  },
  settings: { route: '/settings' },
  coordination: { route: '/coordination' },
  welcome: { route: '/welcome' },
  preview: { route: '/save' },
  conflicts: { route: '/conflicts' },
  conflict: { route: '/conflicts/c-server' },
  chosen: {
    route: '/conflicts/c-server',
    act: async (page) => {
      await page.keyboard.press('3');
      await page.keyboard.press(']');
      await page.keyboard.press('e');
      await page.keyboard.press('Escape');
    },
  },
  editing: {
    route: '/conflicts/c-server',
    act: (page) => page.getByRole('button', { name: 'Edit the whole file' }).click(),
  },
  settled: { route: '/conflicts/c-routes' },
  deleted: { route: '/conflicts/c-legacy' },
  binary: { route: '/conflicts/c-logo' },
  saving: {
    route: '/save',
    act: async (page) => {
      await page.getByRole('button', { name: /^Save \d tasks?/ }).click();
      await page.waitForTimeout(3_500);
    },
  },
  saved: {
    route: '/save',
    act: async (page) => {
      await page.waitForTimeout(7_500);
    },
  },
  paused: { route: '/graph', act: (page) => page.keyboard.press('.') },
  resumed: { route: '/graph', act: (page) => page.keyboard.press('.') },
};
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const chosen = asked.length > 0 ? asked : Object.keys(scenes);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
});
await mkdir(folder, { recursive: true });
for (const theme of ['dark', 'light'] as const) {
  for (const [size, viewport] of Object.entries(sizes)) {
    // A server for each look, so that a Save pressed in one is not found done in the next.
    const server = await createServer({
      configFile: new URL('vite.config.ts', import.meta.url).pathname,
      root: new URL('..', import.meta.url).pathname,
      logLevel: 'error',
    });
    await server.listen();
    const page = await browser.newPage({ viewport, colorScheme: theme });
    page.on('pageerror', (error) => process.stderr.write(`${error.stack ?? error.message}\n`));
    page.on(
      'console',
      (message) => message.type() === 'error' && process.stderr.write(`${message.text()}\n`),
    );
    for (const name of chosen) {
      const scene = scenes[name];
      if (scene === undefined) throw new Error(`There is no scene ${name}`);
      await page.goto(new URL(scene.route, server.resolvedUrls?.local[0]).href);
      await page.locator('main').waitFor();
      await page.waitForTimeout(1_200);
      await scene
        .act?.(page)
        .catch((error: unknown) =>
          process.stderr.write(`${name} on ${size}: ${String(error).split('\n')[0]}\n`),
        );
      await page.waitForTimeout(400);
      await page.screenshot({ path: `${folder}/${name}.${size}.${theme}.png` });
    }
    await page.close();
    await server.close();
  }
}
await browser.close();
