import { existsSync } from 'node:fs';
import { installFromDebian } from './debian.mjs';
import { run } from './processes.mjs';
import { StepFailed } from './progress.mjs';

/** @typedef {import('./toolchain.mjs').Toolchain} Toolchain */

const knownPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * A Chromium that is already on this machine, or undefined.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function findChromium(env) {
  const chosen = env.CHROMIUM_PATH;
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new StepFailed(`CHROMIUM_PATH names ${chosen}, and nothing is there.`);
  }
  return knownPlaces.find((place) => existsSync(place));
}

/**
 * Gets a Chromium: Debian's where this person may install packages, else Playwright's own.
 *
 * @param {Toolchain} toolchain
 * @returns {Promise<string | undefined>} its path; undefined where Playwright finds its own copy itself
 */
export async function installChromium({ env }) {
  if (await installFromDebian(['chromium'])) {
    const found = findChromium(env);
    if (found !== undefined) return found;
  }
  const download = { ...env };
  delete download.PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD;
  const flags = ['--filter', '@thalogos/e2e', 'exec', 'playwright', 'install', '--only-shell', 'chromium'];
  const { code, log } = await run('pnpm', flags, { env: download });
  if (code === 0) return undefined;
  throw new StepFailed(
    `${log.trimEnd()}\n\nThe browser tests need Chromium and it could not be installed. Type: sudo apt-get install -y chromium\nor name one: CHROMIUM_PATH=/path/to/chromium npm test`,
  );
}
