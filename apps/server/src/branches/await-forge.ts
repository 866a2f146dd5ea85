import type { CheckResult, ForgeConfig, Oid, ProjectConfig } from '@thalogos/contracts';
import type { ForgeAnswer } from './forge.ts';
import { isSettled } from './forge.ts';
import type { ForgeWatches } from './forge-watches.ts';
import { type PushContext, pushIntegration } from './push-integration.ts';
import { watchForge } from './watch-forge.ts';

/** A candidate that may land only when the forge has passed it. */
export interface ForgeQuestion {
  readonly project: string;
  readonly config: ProjectConfig;
  readonly sessions: readonly string[];
  readonly commit: Oid;
}

/** What the forge means for a Save: nothing, its checks, or that it can't be known in time. */
export type ForgeVerdict =
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'answered'; readonly checks: readonly CheckResult[] }
  | { readonly kind: 'unknown'; readonly why: string; readonly fix: string };

/** What waiting for a forge works with. */
export interface AwaitContext extends PushContext {
  readonly watches: ForgeWatches;
}

/** Pushes a candidate and waits for the forge's checks of it, where the project file requires them; never past its time limit. */
export async function awaitForge(
  context: AwaitContext,
  question: ForgeQuestion,
  signal: AbortSignal,
): Promise<ForgeVerdict> {
  const { forge } = question.config;
  // A restore has no session whose branch could be pushed; its tree was looked at when it was saved.
  if (forge?.required !== true || question.sessions.length === 0) return { kind: 'not-asked' };
  const branch = await pushCandidate(context, question);
  if (branch.kind === 'unpushed') return unknown(`the candidate could not be pushed: ${branch.why}`);
  const { clock, recorder, watches } = context;
  const { project, commit } = question;
  const answer = await watchForge(
    { forge: watches.forgeOf(forge), store: watches.store, clock, recorder },
    { project, commit, branch: branch.name, session: branch.session, longest: forge.wait * 1000 },
    signal,
  );
  return judge(answer, forge);
}

function judge(answer: ForgeAnswer, { wait }: ForgeConfig): ForgeVerdict {
  if (answer.kind !== 'checks') return unknown(answer.why);
  if (answer.checks.length === 0) return unknown(`it had begun no check within ${wait} seconds`);
  if (!isSettled(answer.checks)) {
    const open = answer.checks.filter(({ state }) => state === 'pending').map(({ name }) => name);
    return unknown(`${open.join(', ')} had not ended within ${wait} seconds`);
  }
  const checks = answer.checks.map(({ name, state, seconds, log }) => ({
    ...{ name, seconds, log },
    state: state === 'pending' ? ('unverified' as const) : state,
  }));
  return { kind: 'answered', checks };
}

type Pushed =
  | { readonly kind: 'pushed'; readonly name: string; readonly session: string }
  | { readonly kind: 'unpushed'; readonly why: string };

async function pushCandidate(
  context: AwaitContext,
  { project, config, sessions, commit }: ForgeQuestion,
): Promise<Pushed> {
  if (config.remote.push === 'none')
    return { kind: 'unpushed', why: 'remote.push is none in the project file.' };
  await pushIntegration(context, project);
  const records = sessions.map((session) => {
    const name = `session/${session}/integration`;
    return { name, session, record: context.pushes.get(project, name) };
  });
  const there = records.find(({ record }) => record?.state === 'pushed' && record.commit === commit);
  if (there !== undefined) return { kind: 'pushed', name: there.name, session: there.session };
  const why = records.map(({ record }) => record?.error ?? null).find((error) => error !== null);
  return { kind: 'unpushed', why: why ?? 'it is not at the remote.' };
}

function unknown(why: string): ForgeVerdict {
  return {
    kind: 'unknown',
    why: `The project file requires the forge’s checks, and ${why}`,
    fix: 'Look at `thalogos branches` and at the forge, then save again; or take forge.required out of the project file.',
  };
}
