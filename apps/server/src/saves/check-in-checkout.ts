import { join } from 'node:path';
import type { CheckConfig, CheckResult } from '@thalogos/contracts';
import { killMarked } from '../platform/marked-processes.ts';
import { markOf } from '../platform/process.ts';
import { directoryOf, removeCheckout } from './checkout.ts';
import { announceCheck, type CheckGate, keyOf, reportCheck } from './check-gate.ts';
import { skipped } from './known-checks.ts';
import { runCheckTwice } from './run-check-twice.ts';
import type { SaveContext } from './save-context.ts';
import type { Preparation } from './save-deps.ts';

/** What the checks said; `setup` is there when making the checkout ready failed. */
export interface CheckoutResults {
  readonly setup: CheckResult | null;
  readonly results: readonly CheckResult[];
}

/** Runs checks, one after the other, in a checkout of exactly the tree that is looked at, and takes the checkout away. */
export async function checkInCheckout(
  gate: CheckGate,
  checks: readonly CheckConfig[],
): Promise<CheckoutResults> {
  const { context, record, subject, signal } = gate;
  const place = context.projects.place(record.project);
  const mark = markOf(context.instance, `check/${record.id}`);
  const checkout = {
    path: join(directoryOf(place, record.id), 'checkout'),
    commit: subject.commit,
    mark,
  };
  const stop = () => void killMarked(mark);
  signal.addEventListener('abort', stop, { once: true });
  await removeCheckout(place, checkout);
  try {
    return await prepareAndRun(gate, checks, { path: checkout.path, mark });
  } finally {
    signal.removeEventListener('abort', stop);
    await removeCheckout(place, checkout);
  }
}

interface Place {
  readonly path: string;
  readonly mark: string;
}

async function prepareAndRun(
  gate: CheckGate,
  checks: readonly CheckConfig[],
  { path, mark }: Place,
): Promise<CheckoutResults> {
  const { context, record, subject, settings, signal } = gate;
  const { clock, projects } = context;
  const startedAt = clock.now();
  const place = projects.place(record.project);
  const ready = await projects.prepareWorktree({
    place,
    path,
    commit: subject.commit,
    config: settings.config,
    mark,
    trusted: true,
  });
  context.failpoint(`${gate.step}.prepared`);
  if (ready.kind !== 'ready') {
    const failed = redacted(context, setupFailed(ready, Math.max(0, clock.now() - startedAt) / 1000));
    return {
      setup: failed,
      results: checks.map(({ name }) => skipped(name, 'Setup failed, so it was not run.')),
    };
  }
  const results: CheckResult[] = [];
  for (const check of checks) {
    if (signal.aborted) break;
    results.push(await runOne(gate, check, { path, mark }));
  }
  return { setup: null, results };
}

async function runOne(gate: CheckGate, check: CheckConfig, { path, mark }: Place): Promise<CheckResult> {
  const { context, record, signal } = gate;
  const { clock, environment, startCheck: start } = context;
  const directory = directoryOf(context.projects.place(record.project), record.id);
  const logs = gate.step === 'checking' ? 'logs' : join('logs', gate.subject.commit);
  const logFile = join(directory, logs, `${check.name}.log`);
  announceCheck(gate, check);
  const run = { check, cwd: path, environment, start, mark, logFile, clock, signal };
  const result = redacted(context, await runCheckTwice(run));
  if (signal.aborted) return result;
  context.failpoint(`${gate.step}.checked`);
  context.results.put(keyOf(gate, check), result, clock.now());
  reportCheck(gate, result);
  return result;
}

function redacted({ redactText }: SaveContext, result: CheckResult): CheckResult {
  return { ...result, log: redactText(result.log) };
}

function setupFailed(ready: Exclude<Preparation, { kind: 'ready' }>, seconds: number): CheckResult {
  const log =
    ready.kind === 'setup-failed'
      ? `${ready.command.join(' ')}\n${ready.log}`
      : 'The setup of the project file is not trusted.';
  return { name: 'setup', state: 'failed', seconds, log };
}
