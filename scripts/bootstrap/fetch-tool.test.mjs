import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// Stands in for npm: takes its time, so that two fetches surely overlap, and leaves what pnpm would.
const slowNpm = `#!/bin/sh
echo once >> "$NPM_CALLS"
sleep 0.3
mkdir -p node_modules/pnpm/bin
[ -n "$NPM_LEAVES_NOTHING" ] || echo whole > node_modules/pnpm/bin/pnpm.cjs
`;
const fetchPnpm = `
  import { fetchTool } from ${JSON.stringify(new URL('fetch-tool.mjs', import.meta.url).href)};
  const proof = 'node_modules/pnpm/bin/pnpm.cjs';
  await fetchTool({ list: 'pnpm', family: 'pnpm', packageName: 'pnpm', proof });
`;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thalogos-fetch-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'npm'), slowNpm, { mode: 0o755 });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/**
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {Promise<number | null>} the exit code
 */
function fetchInProcess(extra = {}) {
  const env = {
    ...extra,
    PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter),
    XDG_CACHE_HOME: join(folder, 'cache'),
    NPM_CALLS: join(folder, 'calls'),
  };
  const child = spawn(process.execPath, ['--input-type=module', '-e', fetchPnpm], { env, stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('close', resolve);
  });
}

const cached = () => readdirSync(join(folder, 'cache', 'thalogos', 'pnpm'));

describe('fetching a pinned tool', () => {
  it('leaves one whole copy when two checkouts fetch it at once', async () => {
    expect(await Promise.all([fetchInProcess(), fetchInProcess()])).toEqual([0, 0]);
    expect(cached()).toEqual(['10.34.8']);
    const program = join(folder, 'cache', 'thalogos', 'pnpm', '10.34.8', 'node_modules/pnpm/bin/pnpm.cjs');
    expect(readFileSync(program, 'utf8')).toBe('whole\n');
  });

  it('leaves nothing behind when what came is not whole', async () => {
    expect(await fetchInProcess({ NPM_LEAVES_NOTHING: '1' })).toBe(1);
    expect(cached()).toEqual([]);
  });
});
