import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeAgent, type Trial } from './conformance/test-conformance.ts';
import type { KnownProgram } from './find-program.ts';
import { chooseProgram } from './probe-program.ts';
import { type Bench, setUpBench } from './test-bench.ts';
import { makeRigs } from './test-rigs.ts';

/**
 * Tries a vendor's real program: by the law of the port, and by what is its own (`also`).
 *
 * Where it is not installed it is left out by name, or missed where the environment requires it.
 */
export async function describeInstalled(
  { id, version, ...known }: KnownProgram,
  trial: Trial,
  also: (bench: () => Bench) => void,
): Promise<void> {
  const found = await chooseProgram({ id, version, ...known }, { path: null, host: process.env });
  const makeRig = makeRigs(process.env, { [id]: found?.path ?? null })[id];
  if (makeRig === undefined) throw new Error(`${id} has no rig`);
  if (found === null) {
    const isRequired = process.env['THALOGOS_REQUIRE_AGENTS']?.split(',').includes(id) === true;
    it.skipIf(!isRequired)(`${id} ${version} is installed: npm run agents:install -- ${id}`, () => {
      expect.fail(`${id} ${version} is required here and not installed: npm run agents:install -- ${id}`);
    });
    return;
  }
  describeAgent(id, makeRig, trial);
  describe(id, { timeout: 30_000 }, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await setUpBench(makeRig);
    });
    afterEach(() => bench.close(), 30_000);
    also(() => bench);
  });
}
