import type { CheckConfig, Oid } from '@thalogos/contracts';
import { logCommits } from '../git/log-commits.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import type { CheckGate } from './check-gate.ts';
import { checkInCheckout } from './check-in-checkout.ts';
import { planSearch, SEARCH_MS } from './find-culprit.ts';
import { knownOfProbe } from './known-checks.ts';
import * as outcomes from './outcome.ts';
import type { Probe } from './save.ts';
import type { SaveAt, SaveContext, StepResult } from './save-context.ts';

/** Takes one look in the search for the task that broke a check; a repeated look finds what the killed one kept. */
export async function search(
  context: SaveContext,
  record: SaveAt<'searching'>,
  signal: AbortSignal,
): Promise<StepResult> {
  const { check, probes } = record.state;
  const plan = planSearch(record.entering.length, probes);
  if (plan.kind === 'red-before') return end(record, { kind: 'red-before', check });
  if (plan.kind === 'found') {
    const culprit = record.entering[plan.place];
    return end(
      record,
      culprit === undefined ? { kind: 'given-up', check } : { kind: 'found', task: culprit.id, check },
    );
  }
  const verdict = await withinTime(context, record, (isLate) =>
    probe({ context, record, length: plan.length }, AbortSignal.any([signal, isLate])),
  );
  return verdict === null
    ? end(record, { kind: 'given-up', check })
    : { fact: { type: 'probed', probe: { length: plan.length, verdict } } };
}

function end(record: SaveAt<'searching'>, found: outcomes.SearchEnd): StepResult {
  return { fact: { type: 'ended', outcome: outcomes.checksFailed(record, record.checks, found) } };
}

/** What `look` finds, or null when the time for the whole search is up before it has. */
async function withinTime<T>(
  { clock }: SaveContext,
  { state }: SaveAt<'searching'>,
  look: (isLate: AbortSignal) => Promise<T>,
): Promise<T | null> {
  // A clock that was put back must not make the search longer.
  const left = Math.min(state.deadline - clock.now(), SEARCH_MS);
  if (left <= 0) return null;
  const late = new AbortController();
  const cancelTimer = clock.after(left, () => late.abort());
  const found = await look(late.signal).finally(cancelTimer);
  return late.signal.aborted ? null : found;
}

interface Look {
  readonly context: SaveContext;
  readonly record: SaveAt<'searching'>;
  /** How many tasks of the merge order main is looked at with. */
  readonly length: number;
}

async function probe({ context, record, length }: Look, signal: AbortSignal): Promise<Probe['verdict']> {
  const { base, check: name } = record.state;
  const settings = await context.projects.settingsAt(record.project, base.commit);
  const subject = await prefixOf({ context, record, length });
  const gate: CheckGate = { context, record, base, subject, step: 'searching', settings, signal };
  const check = settings.config.checks.find((one) => one.name === name);
  // What has no check of its name is the setup, which runs whenever a checkout is made ready.
  return check === undefined ? lookAt(gate, []) : probeCheck(gate, check, length === 0);
}

async function probeCheck(gate: CheckGate, check: CheckConfig, isMain: boolean): Promise<Probe['verdict']> {
  const known = await knownOfProbe(gate, check, isMain);
  if (known === null) return lookAt(gate, [check]);
  return known.state === 'failed' ? 'red' : 'green';
}

async function lookAt(gate: CheckGate, checks: readonly CheckConfig[]): Promise<Probe['verdict']> {
  const { setup, results } = await checkInCheckout(gate, checks);
  return setup !== null || results.some(({ state }) => state === 'failed') ? 'red' : 'green';
}

/** The merge of main and the first `length` tasks: the candidate was made by way of it. */
async function prefixOf({ context, record, length }: Look): Promise<{ commit: Oid; tree: Oid }> {
  const { base, candidate } = record.state;
  const { hub } = context.projects.place(record.project);
  const range = { from: candidate.commit, without: base.commit, firstParent: true };
  const found = (await logCommits(hub, range))[record.entering.length - length];
  if (found !== undefined) return { commit: found.oid, tree: found.tree };
  const tree = await resolveRef(hub, base.commit, 'tree');
  if (tree === null || length > 0)
    throw new Error(`Could not find main with the first ${length} tasks of Save ${record.id}`);
  return { commit: base.commit, tree };
}
