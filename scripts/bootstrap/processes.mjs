import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './paths.mjs';
import { StepFailed } from './progress.mjs';

/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, limitSeconds?: number }} RunOptions */
/** @typedef {{ code: number, log: string, timedOut: boolean }} Outcome */

const verbose = process.env.THALOGOS_VERBOSE === '1';

/** No step of the set-up or the checks takes a third of this on two slow cores. */
const defaultLimitSeconds = 900;

/** What a program printed last may still be on its way when it has ended. */
const drainMilliseconds = 2000;

/**
 * Runs a program in a process group of its own and keeps what it printed. It is over when the program ends
 * or its limit passes, never later: what it left running in the group is ended with it.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(file, args, { cwd = root, env = process.env, limitSeconds = defaultLimitSeconds } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    /** @type {Buffer[]} */
    const chunks = [];
    const keep = (/** @type {Buffer} */ chunk) => {
      chunks.push(chunk);
      if (verbose) process.stderr.write(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let timedOut = false;
    const limit = setTimeout(() => {
      timedOut = true;
      endGroup(child.pid);
    }, limitSeconds * 1000);
    const stopPassing = passSignalsOn(child.pid);
    child.once('error', (cause) => {
      clearTimeout(limit);
      stopPassing();
      reject(new StepFailed(`Could not start ${file}: ${cause.message}`, { cause }));
    });
    child.once('exit', (code) => {
      clearTimeout(limit);
      stopPassing();
      endGroup(child.pid);
      // Not on 'close' alone: a process that left the group and still holds the pipes would keep it away for good.
      const drain = setTimeout(() => child.stdout.destroy() && child.stderr.destroy(), drainMilliseconds);
      child.once('close', () => {
        clearTimeout(drain);
        const said = timedOut ? [Buffer.from(`\n${file} was ended after ${limitSeconds} seconds.\n`)] : [];
        const log = Buffer.concat([...chunks, ...said]).toString('utf8');
        resolve({ code: timedOut ? 1 : (code ?? 1), log, timedOut });
      });
    });
  });
}

/**
 * Runs a program that must succeed; its log appears in the error only when it does not.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export async function runOrFail(file, args, options) {
  const { code, log } = await run(file, args, options);
  if (code !== 0)
    throw new StepFailed(`${log.trimEnd()}\n\n${[file, ...args].join(' ')} ended with ${code}.`);
  return log;
}

/**
 * Hands the terminal to a program until it ends, passes signals on and answers with its exit code.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>}
 */
export function runInForeground(file, args, { env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    // eslint-disable-next-line no-restricted-syntax -- what runs in the foreground owns the terminal
    const child = spawn(file, args, { env, stdio: 'inherit' });
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      // A terminal sends Ctrl-C to the whole group: passed on as well, the program would see it twice.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, pass);
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 1)));
  });
}

/**
 * A group of its own hears no Ctrl-C: whoever stops us stops it.
 *
 * @param {number | undefined} pid
 * @returns {() => void} stops listening
 */
function passSignalsOn(pid) {
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    endGroup(pid);
    process.exit(128 + constants.signals[signal]);
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}

/** @param {number | undefined} pid */
function endGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of the group is left.
  }
}
