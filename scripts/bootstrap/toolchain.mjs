import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fetchTool, pinnedVersion, toolFolder, toolIsThere } from './fetch-tool.mjs';
import { root } from './paths.mjs';
import { StepFailed } from './progress.mjs';

// Below this, better-sqlite3's binary does not refuse to load: it crashes the process.
const oldestNode = { major: 22, minor: 14 };

/** @type {import('./fetch-tool.mjs').Tool} */
const pnpm = {
  list: 'pnpm',
  family: 'pnpm',
  packageName: 'pnpm',
  proof: join('node_modules', 'pnpm', 'bin', 'pnpm.cjs'),
};

/**
 * The programs every later step runs with.
 *
 * @typedef {{ node: string, nodeVersion: string, pnpm: string, env: NodeJS.ProcessEnv }} Toolchain
 */

/**
 * Whether a Node version can run Thalogos.
 *
 * @param {string} version such as `22.14.0`
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor);
}

/**
 * Finds a Node that is new enough and the pinned pnpm, and fetches what is missing.
 *
 * @param {ReturnType<typeof import('./progress.mjs').makeProgress>} progress
 * @returns {Promise<Toolchain>}
 */
export async function prepareToolchain(progress) {
  const { node, nodeVersion } = await findNode(progress);
  await fetchWhereMissing(pnpm, `fetch pnpm ${pinnedVersion(pnpm)}`, progress);
  const modules = join(toolFolder(pnpm), 'node_modules');
  const path = [
    dirname(node),
    join(modules, '.bin'),
    join(root, 'node_modules', '.bin'),
    process.env.PATH ?? '',
  ];
  return {
    node,
    nodeVersion,
    pnpm: join(modules, 'pnpm', 'bin', 'pnpm.cjs'),
    env: toolEnvironment(path.join(delimiter)),
  };
}

/** @param {ReturnType<typeof import('./progress.mjs').makeProgress>} progress */
async function findNode(progress) {
  if (isNewEnough(process.versions.node)) {
    return { node: process.execPath, nodeVersion: process.versions.node };
  }
  const packageName = `node-${process.platform}-${process.arch}`;
  const tool = {
    list: packageName,
    family: 'node',
    packageName,
    proof: join('node_modules', packageName, 'bin', 'node'),
  };
  if (!existsSync(join(root, 'scripts', 'toolchain', packageName))) {
    throw new StepFailed(
      `This is Node ${process.versions.node}; install Node >= ${oldestNode.major}.${oldestNode.minor} (https://nodejs.org).`,
    );
  }
  const nodeVersion = pinnedVersion(tool);
  await fetchWhereMissing(tool, `fetch Node ${nodeVersion} (this one is ${process.versions.node})`, progress);
  return { node: join(toolFolder(tool), tool.proof), nodeVersion };
}

/**
 * @param {import('./fetch-tool.mjs').Tool} tool
 * @param {string} title
 * @param {ReturnType<typeof import('./progress.mjs').makeProgress>} progress
 */
async function fetchWhereMissing(tool, title, progress) {
  if (!toolIsThere(tool)) await progress.step(title, () => fetchTool(tool));
}

/** @param {string} path */
function toolEnvironment(path) {
  const env = { ...process.env };
  // npm hands its settings to what it starts. A person's `nodedir` would point native builds at the
  // headers of another Node, and the others would redirect the package managers that run inside.
  for (const name of ['npm_config_nodedir', 'npm_config_local_prefix', 'npm_config_global_prefix'])
    delete env[name];
  return {
    ...env,
    PATH: path,
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    npm_config_update_notifier: 'false',
  };
}
