import type { CheckResult } from '@thalogos/contracts';
import { type CheckGate, reportCheck } from './check-gate.ts';
import * as outcomes from './outcome.ts';
import type { StepResult } from './save-context.ts';

/** The name under which a Save shows that it waits for a forge. */
const WAITING = 'forge';

/** The last check of a candidate: what a forge says of it, where the project file requires that. */
export async function askOutside(gate: CheckGate, checks: readonly CheckResult[]): Promise<StepResult> {
  const { context, record, subject, settings, signal } = gate;
  const verdict = await whileShown(gate, checks, () =>
    context.askOutside(
      {
        project: record.project,
        config: settings.config,
        sessions: [...new Set(record.entering.map(({ session }) => session))],
        commit: subject.commit,
      },
      signal,
    ),
  );
  switch (verdict.kind) {
    case 'not-asked':
      return { fact: { type: 'checked', checks } };
    case 'unknown':
      return { fact: { type: 'ended', outcome: outcomes.refused(record, verdict) } };
    case 'answered':
      return judge(gate, [...checks, ...verdict.checks], verdict.checks);
  }
}

function judge(gate: CheckGate, all: readonly CheckResult[], outside: readonly CheckResult[]): StepResult {
  for (const result of outside) reportCheck(gate, result);
  const isRed = outside.some(({ state }) => state === 'failed');
  // Nobody here can run a forge's checks on half of a candidate, so no culprit is searched for.
  return isRed
    ? { fact: { type: 'ended', outcome: outcomes.checksFailed(gate.record, all, null) } }
    : { fact: { type: 'checked', checks: all } };
}

/** Shows the results so far, and what is waited for. */
async function whileShown<T>(
  { context, record, settings }: CheckGate,
  checks: readonly CheckResult[],
  act: () => Promise<T>,
): Promise<T> {
  if (settings.config.forge?.required !== true) return act();
  context.live.begin(record.id, [...checks.map(({ name }) => name), WAITING]);
  for (const result of checks) context.live.settle(record.id, result);
  context.live.activate(record.id, WAITING);
  try {
    return await act();
  } finally {
    context.live.end(record.id);
  }
}
