import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, toolsFolder } from './paths.mjs';

/**
 * Whether a step was last done for exactly this fingerprint.
 *
 * @param {string} step
 * @param {string} fingerprint
 */
export function isStamped(step, fingerprint) {
  try {
    return readFileSync(stampFile(step), 'utf8') === fingerprint;
  } catch {
    // No stamp yet is the normal state of a fresh clone.
    return false;
  }
}

/**
 * Remembers that a step was done for a fingerprint.
 *
 * @param {string} step
 * @param {string} fingerprint
 */
export function stamp(step, fingerprint) {
  mkdirSync(toolsFolder, { recursive: true });
  writeFileSync(stampFile(step), fingerprint);
}

/** @param {string} step */
export function forgetStamp(step) {
  rmSync(stampFile(step), { force: true });
}

/**
 * A fingerprint of what the dependencies are made from: the lock file, every package.json and the Node.
 *
 * @param {string} nodeVersion
 */
export function dependenciesFingerprint(nodeVersion) {
  const hash = createHash('sha256').update(
    `${process.platform} ${process.arch} node ${nodeVersion.split('.')[0]}`,
  );
  const workspaces = ['apps', 'packages'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(group, name, 'package.json')),
  );
  const files = [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'package.json',
    ...workspaces,
    'e2e/package.json',
    'bench/package.json',
  ];
  for (const file of files.sort()) hash.update(file).update(contentOf(file));
  return hash.digest('hex');
}

/** @param {string} file */
function contentOf(file) {
  try {
    return readFileSync(join(root, file));
  } catch {
    return 'absent';
  }
}

/**
 * A fingerprint of sources by name, size and time: quick, and wrong only towards building once too often.
 *
 * @param {readonly string[]} places files and folders below the root
 */
export function sourcesFingerprint(places) {
  const hash = createHash('sha256');
  for (const place of places) addPlace(hash, join(root, place));
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
function addPlace(hash, path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || /\.test\.tsx?$/.test(path)) return;
  if (!stats.isDirectory()) {
    hash.update(`${relative(root, path)} ${stats.size} ${stats.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) addPlace(hash, join(path, name));
}

/** @param {string} step */
function stampFile(step) {
  return join(toolsFolder, `${step}.stamp`);
}
