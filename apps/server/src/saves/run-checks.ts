import type { CheckResult } from '@thalogos/contracts';
import { askOutside } from './ask-outside.ts';
import { type CheckGate, reportCheck } from './check-gate.ts';
import { checkInCheckout, type CheckoutResults } from './check-in-checkout.ts';
import { SEARCH_MS } from './find-culprit.ts';
import { knownResults } from './known-checks.ts';
import * as outcomes from './outcome.ts';
import type { SaveAt, SaveContext, StepResult } from './save-context.ts';

/** What a project without checks is told. */
const UNVERIFIED: CheckResult = {
  name: 'checks',
  state: 'unverified',
  seconds: 0,
  log: 'No check is configured, so nothing was verified.',
};

const NOTHING_RUN: CheckoutResults = { setup: null, results: [] };

/** Runs the base commit's checks on exactly the tree that would land, those that have not passed on it before. */
export async function check(
  context: SaveContext,
  record: SaveAt<'checking'>,
  signal: AbortSignal,
): Promise<StepResult> {
  const settings = await context.projects.settingsAt(record.project, record.state.base.commit);
  const hasChecks = settings.config.checks.length > 0;
  const { base, candidate } = record.state;
  const gate: CheckGate = { context, record, base, subject: candidate, step: 'checking', settings, signal };
  const checks = hasChecks ? await runAll(gate) : [UNVERIFIED];
  const red = checks.find((result) => result.state === 'failed');
  if (red === undefined) return askOutside(gate, checks);
  if (record.entering.length === 0)
    return { fact: { type: 'ended', outcome: outcomes.checksFailed(record, checks, null) } };
  const deadline = context.clock.now() + SEARCH_MS;
  return { fact: { type: 'reddened', checks, check: red.name, deadline } };
}

/** The results in the order of the project file; a setup that failed comes before them all. */
async function runAll(gate: CheckGate): Promise<readonly CheckResult[]> {
  const { context, record, settings } = gate;
  const names = settings.config.checks.map(({ name }) => name);
  context.live.begin(record.id, names);
  try {
    const known = await knownResults(gate);
    for (const result of known.values()) reportCheck(gate, result);
    const open = settings.config.checks.filter(({ name }) => !known.has(name));
    const { setup, results } = open.length === 0 ? NOTHING_RUN : await checkInCheckout(gate, open);
    const byName = new Map([...known, ...results.map((result) => [result.name, result] as const)]);
    return [...(setup === null ? [] : [setup]), ...names.flatMap((name) => byName.get(name) ?? [])];
  } finally {
    context.live.end(record.id);
  }
}
