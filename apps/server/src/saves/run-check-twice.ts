import type { CheckResult } from '@thalogos/contracts';
import { type CheckRun, runCheck } from './run-check.ts';

/** Runs a check, and a red one once more on the same tree: what passes then was not broken by anybody's work. */
export async function runCheckTwice(run: CheckRun): Promise<CheckResult> {
  const first = await runCheck(run);
  if (first.state !== 'failed' || run.signal.aborted) return first;
  const second = await runCheck({ ...run, logFile: run.logFile.replace(/\.log$/, '.again.log') });
  return joinRuns(first, second);
}

/** One result of two runs on the same tree: red only if both were, and a flake says that it is one. */
export function joinRuns(first: CheckResult, second: CheckResult): CheckResult {
  const seconds = first.seconds + second.seconds;
  if (second.state !== 'passed') return { ...first, seconds };
  const flake = 'A flake: it failed, and passed when it was run again on the same tree.';
  return {
    ...second,
    seconds,
    log: `${flake}\n\nThe run that failed said:\n${first.log}\n\nThe run that passed said:\n${second.log}`,
  };
}
