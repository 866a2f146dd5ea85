import { join } from 'node:path';
import { installAgents } from './agents.mjs';
import { runChecks, staticChecks, unitTests } from './check.mjs';
import { root } from './paths.mjs';
import { runInForeground } from './processes.mjs';
import { progressOfStart, progressOnError, progressOnOutput, StepFailed } from './progress.mjs';
import { prepareSandbox } from './sandbox.mjs';
import { build, setUp } from './set-up.mjs';
import { testEverything } from './test.mjs';

/** @typedef {(args: readonly string[]) => Promise<number>} Command */
/** @typedef {ReturnType<typeof import('./progress.mjs').makeProgress>} Progress */

/** @param {Progress} progress */
async function ready(progress) {
  const toolchain = await setUp(progress);
  await Promise.all([build(toolchain, progress), prepareSandbox(progress)]);
  return toolchain;
}

/**
 * The built command line with the person's own environment: agents start from it, and the tools of this
 * checkout are none of their business.
 *
 * @param {Progress} progress
 * @param {readonly string[]} args
 */
async function thalogos(progress, args) {
  const { node } = await ready(progress);
  return runInForeground(node, [join(root, 'apps', 'cli', 'dist', 'main.js'), ...args]);
}

/**
 * Keeps the promise of `--json`, one object whatever happens, also for a set-up that fails.
 *
 * @param {readonly string[]} args
 * @param {() => Promise<number>} work
 */
async function answeringInJson(args, work) {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof StepFailed) || !args.includes('--json')) throw cause;
    const hint = 'npm start shows the same step with its log.';
    const error = { code: 'set-up-failed', message: cause.message, hint, details: null };
    process.stdout.write(`${JSON.stringify({ error })}\n`);
    return 1;
  }
}

/**
 * Every root command by its name; each takes its arguments and answers with an exit code.
 *
 * @type {Record<string, Command>}
 */
export const commands = {
  start: (args) => thalogos(progressOfStart(), ['start', ...args]),
  thalogos: (args) => answeringInJson(args, () => thalogos(progressOnError(), args)),
  async build() {
    await ready(progressOnOutput());
    return 0;
  },
  async check() {
    const progress = progressOnOutput();
    const failed = await runChecks([unitTests, ...staticChecks], await setUp(progress), progress);
    if (failed.length > 0) progress.write(`Failed: ${failed.join(', ')}\n`);
    return failed.length === 0 ? 0 : 1;
  },
  async test() {
    const progress = progressOnOutput();
    return testEverything(await setUp(progress), progress);
  },
  async bench(args) {
    const { node, env } = await ready(progressOnError());
    return runInForeground(node, [join(root, 'bench', 'src', 'main.ts'), ...args], { env });
  },
  async gallery(args) {
    const { env } = await ready(progressOnError());
    const program = join(root, 'e2e', 'node_modules', '.bin', 'playwright');
    const words = ['test', '--config', join(root, 'e2e'), '--project', 'gallery', ...args];
    return runInForeground(program, words, {
      env: { ...env, THALOGOS_GALLERY: '1', THALOGOS_TEST_BUILT: '1' },
    });
  },
  async 'prove:save'(args) {
    const { node, env } = await ready(progressOnError());
    // What is proven is what people run.
    const built = { ...env, THALOGOS_TEST_BUILT: '1' };
    return runInForeground(node, [join(root, 'apps', 'server', 'prove', 'main.ts'), ...args], { env: built });
  },
  async 'prove:policies'(args) {
    const { node, env } = await setUp(progressOnError());
    const program = join(root, 'apps', 'server', 'prove', 'policies', 'main.ts');
    return runInForeground(node, [program, ...args], { env });
  },
  async format() {
    const { env } = await setUp(progressOnError());
    return runInForeground('biome', ['format', '--write', '.'], { env });
  },
  async 'test:agents'(args) {
    const progress = progressOnError();
    const { node, env } = await setUp(progress);
    await prepareSandbox(progress);
    return runInForeground(node, [join(root, 'apps', 'server', 'prove', 'agents', 'main.ts'), ...args], {
      env,
    });
  },
  async 'agents:install'(args) {
    const programs = await installAgents(args, progressOfStart());
    process.stdout.write(`${programs.join('\n')}\n`);
    return 0;
  },
};
