import { matchesGlob } from 'node:path/posix';
import type { CheckConfig, CheckResult, Oid, SavePreview } from '@thalogos/contracts';
import { type CheckGate, keyOf } from './check-gate.ts';
import { type CheckResultsStore, commandHash } from './check-results-store.ts';
import { pathsBetween } from './name-conflicts.ts';
import type { ProjectSettings } from './save-deps.ts';

const UNCONCERNED = 'None of the files it is about changed.';

/** What needs no run: a check that is not about the changed files, and one that passed on this very tree. */
export async function knownResults(gate: CheckGate): Promise<ReadonlyMap<string, CheckResult>> {
  const { context, settings } = gate;
  const changed = await changedPaths(gate);
  const known = new Map<string, CheckResult>();
  for (const check of settings.config.checks) {
    const before = context.results.get(keyOf(gate, check));
    if (!concerns(check, changed)) known.set(check.name, skipped(check.name, UNCONCERNED));
    // A failure is looked at again when a person saves again: the machine may have been at fault.
    else if (before?.state === 'passed') known.set(check.name, before);
  }
  return known;
}

/**
 * What is known of one check on a part of the candidate, a failure too: it was run twice
 * when it was found. Main itself is looked at even where nothing that the check is about changed.
 */
export async function knownOfProbe(
  gate: CheckGate,
  check: CheckConfig,
  isMain: boolean,
): Promise<CheckResult | null> {
  const before = gate.context.results.get(keyOf(gate, check));
  if (before !== null) return before;
  return isMain || concerns(check, await changedPaths(gate)) ? null : skipped(check.name, UNCONCERNED);
}

async function changedPaths({ context, record, base, subject }: CheckGate): Promise<ReadonlySet<string>> {
  return pathsBetween(context.projects.place(record.project).hub, base.commit, subject.commit);
}

/** The result of a check that was not run, and why. */
export function skipped(name: string, why: string): CheckResult {
  return { name, state: 'skipped', seconds: 0, log: why };
}

function concerns({ paths }: CheckConfig, changed: ReadonlySet<string>): boolean {
  return (
    paths === undefined || paths.some((pattern) => [...changed].some((path) => matchesGlob(path, pattern)))
  );
}

/** What is known of each check for a tree, without running any. */
export function knownForPreview(
  results: CheckResultsStore,
  question: { readonly project: string; readonly tree: Oid | null; readonly settings: ProjectSettings },
): SavePreview['checks'] {
  const { project, tree, settings } = question;
  return settings.config.checks.map((check) => {
    const command = commandHash(check, settings.config);
    const before = tree === null ? null : results.get({ project, tree, command });
    const isKnown = before?.state === 'passed' || before?.state === 'failed';
    return {
      name: check.name,
      known: isKnown && before.state === 'passed' ? 'passed' : isKnown ? 'failed' : 'unknown',
    };
  });
}
