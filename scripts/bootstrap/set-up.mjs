import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runOrFail } from './processes.mjs';
import { holdingSetupLock } from './setup-lock.mjs';
import { dependenciesFingerprint, forgetStamp, isStamped, sourcesFingerprint, stamp } from './stamps.mjs';
import { prepareToolchain } from './toolchain.mjs';

/** @typedef {ReturnType<typeof import('./progress.mjs').makeProgress>} Progress */
/** @typedef {import('./toolchain.mjs').Toolchain} Toolchain */

const built = ['apps/server/dist/main.js', 'apps/cli/dist/main.js', 'apps/web/dist/index.html'];
const sources = [
  ...['server', 'cli', 'web'].flatMap((app) =>
    ['src', 'public', 'index.html', 'package.json', 'vite.config.ts'].map((name) => `apps/${app}/${name}`),
  ),
  ...['contracts', 'smalltalk'].map((name) => `packages/${name}/src`),
  'turbo.json',
  'pnpm-lock.yaml',
];

/**
 * Brings the checkout to where every tool runs: Node, pnpm and the locked dependencies. Done once per lock
 * file; afterwards it touches neither the network nor the disk.
 *
 * @param {Progress} progress
 * @returns {Promise<Toolchain>}
 */
export async function setUp(progress) {
  const toolchain = await prepareToolchain(progress);
  if (!dependenciesAreThere(toolchain)) {
    await holdingSetupLock(async () => {
      if (!dependenciesAreThere(toolchain))
        await progress.step('install the locked dependencies', () => install(toolchain));
    });
  }
  return toolchain;
}

/**
 * Builds server, console and command line where their sources changed since the last build.
 *
 * @param {Toolchain} toolchain
 * @param {Progress} progress
 */
export async function build(toolchain, progress) {
  if (buildIsThere()) return;
  await holdingSetupLock(async () => {
    if (buildIsThere()) return;
    await progress.step('build', async () => {
      const fingerprint = sourcesFingerprint(sources);
      forgetStamp('build');
      await runOrFail('turbo', ['run', 'build', '--output-logs=errors-only', '--concurrency=2'], toolchain);
      stamp('build', fingerprint);
    });
  });
}

function buildIsThere() {
  return (
    built.every((file) => existsSync(join(root, file))) && isStamped('build', sourcesFingerprint(sources))
  );
}

/** @param {Toolchain} toolchain */
function dependenciesAreThere({ nodeVersion }) {
  const modules = join(root, 'node_modules', '.modules.yaml');
  return existsSync(modules) && isStamped('dependencies', dependenciesFingerprint(nodeVersion));
}

/** @param {Toolchain} toolchain */
async function install({ node, pnpm, nodeVersion, env }) {
  forgetStamp('dependencies');
  const flags = ['--frozen-lockfile', '--prefer-offline', '--config.confirmModulesPurge=false'];
  await runOrFail(node, [pnpm, 'install', ...flags], { env });
  stamp('dependencies', dependenciesFingerprint(nodeVersion));
}
