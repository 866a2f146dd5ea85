import type { BrowserContext, Page, Route } from '@playwright/test';
import type { Project } from '@thalogos/contracts';
import { makeRepository } from '@thalogos/testkit';
import { expect, test } from '../fixtures/journey.ts';

/** Calls without which there is no page at all. */
const GROUND = new Set(['ops.info', 'projects.list']);

/** Panels, and what each says where there is nothing to show. */
const PANELS = [
  { path: '/', empty: 'Say what should be done' },
  { path: '/graph', empty: 'No goal yet.' },
  { path: '/inbox', empty: 'Nothing waits for you' },
  { path: '/review', empty: /Nothing|review/ },
  { path: '/timeline', empty: 'Nothing was saved yet' },
  { path: '/branches', empty: /branch/i },
  { path: '/conflicts', empty: /conflict|collide/i },
  { path: '/save', empty: /Nothing/ },
  { path: '/log', empty: /event/i },
] as const;

/** Holds back what a panel asks for, then lets it fail, then lets it through. */
async function makeFault(page: Page) {
  let state: 'held' | 'failing' | 'well' = 'held';
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/trpc/**', async (route: Route) => {
    const names = new URL(route.request().url()).pathname.replace('/trpc/', '').split(',');
    if (names.every((name) => GROUND.has(name)) || state === 'well') return route.continue();
    await released;
    return state === 'failing' ? route.abort('failed') : route.continue();
  });
  return {
    fail: () => {
      state = 'failing';
      release();
    },
    mend: () => {
      state = 'well';
    },
  };
}

/** One panel that is loading, that fails, and that is asked once more. */
async function walkStates(context: BrowserContext, url: string, { path, empty }: (typeof PANELS)[number]) {
  const page = await context.newPage();
  const main = page.getByRole('main');
  const fault = await makeFault(page);
  await page.goto(`${url}${path}`);
  await expect(main.locator('.skeleton').first(), `${path} while it loads`).toBeVisible();
  fault.fail();
  const alert = main.getByRole('alert').first();
  await expect(alert, `${path} when it fails`).toContainText('Your files are unchanged.');
  fault.mend();
  // Several parts of one panel may have failed; each has its own way back.
  await expect(async () => {
    const again = main.getByRole('button', { name: 'Try again' });
    if ((await again.count()) > 0) await again.first().click({ timeout: 1_000 });
    await expect(main, `${path} with nothing in it`).toContainText(empty, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expect(alert).toBeHidden();
  await page.close();
}

// A trace of many pages at once costs more than the pages.
test.use({ trace: 'off' });

test('every panel says when it loads, when it fails and when it is empty, and comes back', async ({
  page,
  context,
  server,
  watch,
}) => {
  watch.allow(/ERR_FAILED/);
  await using repository = await makeRepository();
  await server.tell<{ project: Project }>('projects.register', { path: repository.path });
  await page.goto('about:blank');
  await Promise.all(PANELS.slice(0, 5).map((panel) => walkStates(context, server.url, panel)));
  await Promise.all(PANELS.slice(5).map((panel) => walkStates(context, server.url, panel)));
});

test('without a network the page keeps what it knows, dims it, and says why nothing can be written', async ({
  page,
  context,
  server,
  watch,
}) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION|ERR_EMPTY/);
  await using repository = await makeRepository();
  await server.tell<{ project: Project }>('projects.register', { path: repository.path });
  const status = page.getByRole('contentinfo');
  await page.goto(`${server.url}/graph`);
  await expect(status).toContainText('live');

  await page.keyboard.press('.');
  await expect(page.getByText('Everything is paused.')).toBeVisible();
  await expect(page.locator('.frame-paused')).toBeVisible();

  // A machine without a network still speaks to itself, so the stream has to break as well.
  await context.setOffline(true);
  await server.kill();
  await expect(page.getByText('This machine is offline.')).toBeVisible();
  await expect(page.getByText(/^Shown as of \d\d:\d\d:\d\d/)).toBeVisible();
  await expect(page.getByRole('main')).toHaveClass(/stale/);
  await expect(page.getByRole('button', { name: /Resume all/ })).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('button', { name: /Resume all/ })).toHaveAttribute('title', /writing is off/);

  await server.startAgain();
  await context.setOffline(false);
  await expect(status).toContainText('live');
  await expect(page.getByRole('main')).not.toHaveClass(/stale/);
  await page.keyboard.press('.');
  await expect(page.getByText('Everything is paused.')).toBeHidden();
});

/** How many streams of events the server holds open. */
async function streamsOf(url: string, token: string): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const [, count] = /^thalogos_viewers (\d+)$/m.exec(await answer.text()) ?? [];
  return Number(count);
}

test('eight tabs share one connection, and another tab goes on when its holder is closed', async ({
  page,
  context,
  server,
}) => {
  const token = new URL(server.link).hash.replace('#token=', '');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const others = await Promise.all(
    Array.from({ length: 7 }, async () => {
      const tab = await context.newPage();
      await tab.goto(`${server.url}/settings`);
      return tab;
    }),
  );
  const allKnow = async (tabs: readonly Page[]) => {
    const { seq } = await server.get<{ seq: number }>('ops.info', {});
    for (const tab of tabs)
      await expect(tab.getByRole('contentinfo')).toHaveText(new RegExp(`event ${seq}\\D`));
  };
  await allKnow(others);
  await expect.poll(() => streamsOf(server.url, token)).toBe(1);

  await using repository = await makeRepository();
  await server.tell('projects.register', { path: repository.path });
  await allKnow(others);

  // The first tab was there first, so it holds the connection.
  await page.close();
  await server.tell('projects.demonstrate', {});
  await allKnow(others);
  expect(await streamsOf(server.url, token)).toBe(1);
});
