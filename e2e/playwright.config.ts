import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const MINUTE_MS = 60_000;

/** The browser asked for, else the system's; without either Playwright finds its own. */
const chromium = process.env['CHROMIUM_PATH'] ?? (existsSync(SYSTEM_CHROMIUM) ? SYSTEM_CHROMIUM : undefined);

/** Journeys of a person through the console, in a real Chromium against the real server. */
export default defineConfig({
  testDir: 'journeys',
  outputDir: 'results',
  // Each journey runs a server, its agents and a browser: more at once only makes all of them late.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 3 * MINUTE_MS,
  globalTimeout: 20 * MINUTE_MS,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    headless: true,
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'journeys', testIgnore: ['screenshot.spec.ts', 'gallery.spec.ts'] },
    // Takes the README's picture anew, only where it is asked for: THALOGOS_README_PICTURE=1 npx playwright test --project=picture
    ...(process.env['THALOGOS_README_PICTURE'] === '1'
      ? [{ name: 'picture', testMatch: 'screenshot.spec.ts' }]
      : []),
    // Takes the pictures of docs/console.md anew, only where it is asked for: npm run gallery
    ...(process.env['THALOGOS_GALLERY'] === '1' ? [{ name: 'gallery', testMatch: 'gallery.spec.ts' }] : []),
  ],
});
