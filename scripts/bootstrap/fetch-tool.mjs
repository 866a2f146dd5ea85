import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, toolchainFolder } from './paths.mjs';
import { runOrFail } from './processes.mjs';
import { StepFailed } from './progress.mjs';

const abandonedAfterMs = 60 * 60 * 1000;

/**
 * A tool that comes from the npm registry: `list` names its folder of pinned packages, `family` its place
 * in the cache, `packageName` the package that carries the version, `proof` a file that a whole copy has.
 *
 * @typedef {{ list: string, family: string, packageName: string, proof: string }} Tool
 */

/**
 * The pinned version of a tool, read from its package list so that it is written once.
 *
 * @param {Tool} tool
 * @returns {string}
 */
export function pinnedVersion(tool) {
  const list = JSON.parse(readFileSync(join(toolchainFolder, tool.list, 'package.json'), 'utf8'));
  return list.dependencies[tool.packageName];
}

/**
 * Where a tool lives in the cache, there or not.
 *
 * @param {Tool} tool
 */
export function toolFolder(tool) {
  return join(cacheFolder(), tool.family, pinnedVersion(tool));
}

/** @param {Tool} tool */
export function toolIsThere(tool) {
  return existsSync(join(toolFolder(tool), tool.proof));
}

/**
 * Puts a pinned tool into the cache, checked against its lock file. It appears there by one rename, so two
 * checkouts may fetch it at once and neither ever sees half of it.
 *
 * @param {Tool} tool
 */
export async function fetchTool(tool) {
  const folder = toolFolder(tool);
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  removeAbandoned(parent);
  const fresh = mkdtempSync(join(parent, '.fetching-'));
  try {
    for (const name of ['package.json', 'package-lock.json']) {
      copyFileSync(join(toolchainFolder, tool.list, name), join(fresh, name));
    }
    await runOrFail('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: fresh });
    if (!existsSync(join(fresh, tool.proof))) {
      throw new StepFailed(`${tool.packageName} ${pinnedVersion(tool)} came without ${tool.proof}.`);
    }
    moveInto(fresh, folder, tool);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/**
 * @param {string} fresh
 * @param {string} folder
 * @param {Tool} tool
 */
function moveInto(fresh, folder, tool) {
  if (existsSync(folder) && !toolIsThere(tool)) rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(fresh, folder);
  } catch (cause) {
    // Somebody else finished the same fetch first: theirs is as good as ours.
    if (!toolIsThere(tool))
      throw new StepFailed(`Could not move ${tool.packageName} into ${folder}.`, { cause });
  }
}

/** @param {string} parent */
function removeAbandoned(parent) {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith('.fetching-'))) {
    const path = join(parent, name);
    if (Date.now() - statSync(path).mtimeMs > abandonedAfterMs)
      rmSync(path, { recursive: true, force: true });
  }
}
