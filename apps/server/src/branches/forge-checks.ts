import type { ForgeCheck } from '@thalogos/contracts';
import { z } from 'zod';

const text = z.string().nullish();

/** The part that we read of GitHub's list of check runs. */
export const CheckRuns = z.object({
  total_count: z.number(),
  check_runs: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      conclusion: text,
      html_url: text,
      started_at: text,
      completed_at: text,
      output: z.object({ title: text, summary: text }).nullish(),
    }),
  ),
});

/** The part that we read of GitHub's combined status. */
export const CombinedStatus = z.object({
  statuses: z.array(
    z.object({
      context: z.string(),
      state: z.string(),
      description: text,
      target_url: text,
      created_at: text,
      updated_at: text,
    }),
  ),
});

const LONGEST = 500;

const CONCLUSIONS: Readonly<Record<string, ForgeCheck['state']>> = {
  success: 'passed',
  failure: 'failed',
  timed_out: 'failed',
  cancelled: 'failed',
  action_required: 'failed',
  startup_failure: 'failed',
  skipped: 'skipped',
};

const STATES: Readonly<Record<string, ForgeCheck['state']>> = {
  success: 'passed',
  failure: 'failed',
  error: 'failed',
  pending: 'pending',
};

/** Check runs as checks; what was run again counts by its newest run. */
export function fromRuns({ check_runs: runs, total_count: total }: z.infer<typeof CheckRuns>): ForgeCheck[] {
  const checks = runs.map((run): ForgeCheck => {
    const { title, summary } = run.output ?? {};
    return {
      name: nameOf(run.name),
      // A conclusion that we don't know, as `neutral` and `stale` are, says neither yes nor no.
      state: run.status === 'completed' ? (CONCLUSIONS[run.conclusion ?? ''] ?? 'unverified') : 'pending',
      seconds: secondsBetween(run.started_at, run.completed_at),
      log: (title ?? summary ?? run.conclusion ?? run.status).slice(0, LONGEST),
      link: run.html_url ?? null,
    };
  });
  if (total <= runs.length) return once(checks);
  const rest = `${total - runs.length} more checks were not read; see them at the forge.`;
  return [...once(checks), { name: nameOf('more'), state: 'unverified', seconds: 0, log: rest, link: null }];
}

/** Commit statuses as checks. */
export function fromStatuses({ statuses }: z.infer<typeof CombinedStatus>): ForgeCheck[] {
  return once(
    statuses.map((status) => ({
      name: nameOf(status.context),
      state: STATES[status.state] ?? 'unverified',
      seconds: secondsBetween(status.created_at, status.updated_at),
      log: (status.description ?? status.state).slice(0, LONGEST),
      link: status.target_url ?? null,
    })),
  );
}

function nameOf(name: string): string {
  return `forge: ${name.replaceAll(/\p{Cc}/gu, ' ').slice(0, 100)}`;
}

/** GitHub lists the newest first. */
function once(checks: readonly ForgeCheck[]): ForgeCheck[] {
  return checks.filter((check, at) => checks.findIndex(({ name }) => name === check.name) === at);
}

function secondsBetween(from: string | null | undefined, to: string | null | undefined): number {
  const span = Date.parse(to ?? '') - Date.parse(from ?? '');
  return Number.isFinite(span) && span > 0 ? span / 1000 : 0;
}
