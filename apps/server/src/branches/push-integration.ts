import type { BranchPush } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import { type Head, listHeads } from '../git/list-heads.ts';
import { pushBranch, type Remote, readRemoteHead } from '../git/push-branch.ts';
import type { BranchesDeps } from './branches-deps.ts';
import type { PushRecord, PushStore } from './push-store.ts';
import { readRemote, type ReadRemote } from './read-remote.ts';

const INTEGRATION = /^session\/([^/]+)\/integration$/;

/** What pushing works with. */
export interface PushContext extends BranchesDeps {
  readonly pushes: PushStore;
}

/**
 * Brings every open session's integration branch to the remote, where policy wants that; true when nothing is left to
 * try again. Only what was pushed from here before is ever replaced there, and only if nobody has touched it since.
 */
export async function pushIntegration(context: PushContext, project: string): Promise<boolean> {
  const to = await readRemote(context, project);
  if (to.kind === 'off') return true;
  const { hub } = context.projects.place(project);
  const heads = (await listHeads(hub, ['refs/heads/session/'])).filter((head) => isPushed(context, head));
  let isDone = true;
  for (const head of heads) isDone = (await bring(context, { project, hub, head, to })) && isDone;
  return isDone;
}

function isPushed({ isOpen }: PushContext, { name }: Head): boolean {
  const session = INTEGRATION.exec(name)?.[1];
  return session !== undefined && isOpen(session);
}

interface Errand {
  readonly project: string;
  readonly hub: Repository;
  readonly head: Head;
  readonly to: Exclude<ReadRemote, { kind: 'off' }>;
}

/** True when there is nothing to try again for this branch. */
async function bring(context: PushContext, { project, hub, head, to }: Errand): Promise<boolean> {
  const known = context.pushes.get(project, head.name);
  const address = to.kind === 'on' ? to.address : '';
  const before: PushRecord =
    known !== null && (to.kind === 'unusable' || known.address === address)
      ? { ...known, remote: to.name }
      : { remote: to.name, address, state: 'pending', commit: null, attempted: null, at: null, error: null };
  if (before.state === 'pushed' && before.commit === head.oid) return true;
  // What somebody else has moved stays theirs until there is something new to push.
  if (before.state === 'rejected' && before.attempted === head.oid) return true;
  const note = (change: Partial<PushRecord>): PushRecord => {
    const record = { ...before, attempted: head.oid, at: context.clock.now(), error: null, ...change };
    put(context, { project, branch: head.name, before: known, record });
    return record;
  };
  if (to.kind === 'unusable') {
    note({ state: 'failed', attempted: before.attempted, error: to.reason });
    return false;
  }
  const remote = await compareAndPush({ hub, remote: to.remote, head, before, note });
  return note(remote).state !== 'failed';
}

interface Attempt {
  readonly hub: Repository;
  readonly remote: Remote;
  readonly head: Head;
  readonly before: PushRecord;
  readonly note: (change: Partial<PushRecord>) => unknown;
}

async function compareAndPush({ hub, remote, head, before, note }: Attempt): Promise<Partial<PushRecord>> {
  const there = await readRemoteHead(hub, remote, head.name);
  if (there.kind === 'failed') return { state: 'failed', attempted: before.attempted, error: there.reason };
  if (there.at === head.oid) return { state: 'pushed', commit: head.oid };
  // A crash may have kept the answer to the last attempt from us: then what is there is ours all the same.
  if (there.at !== null && there.at !== before.commit && there.at !== before.attempted) return THEIRS;
  note({ state: before.state, error: before.error });
  const outcome = await pushBranch(hub, remote, {
    branch: head.name,
    commit: head.oid,
    expected: there.at,
  });
  switch (outcome.kind) {
    case 'pushed':
      return { state: 'pushed', commit: head.oid };
    case 'moved':
      return THEIRS;
    case 'failed':
      return { state: 'failed', error: outcome.reason };
  }
}

const THEIRS: Partial<PushRecord> = {
  state: 'rejected',
  error: 'Somebody else has moved this branch at the remote; it was left as it is.',
};

interface Change {
  readonly project: string;
  readonly branch: string;
  readonly before: PushRecord | null;
  readonly record: PushRecord;
}

function put({ recorder, pushes }: PushContext, { project, branch, before, record }: Change): void {
  const push = pushView(record);
  recorder.transact(() => {
    pushes.put(project, branch, record);
    // A remote that stays away is told of once, not at every attempt; that one is begun is nobody's news.
    if (record.state === 'pending') return;
    if (before !== null && before.state === record.state && before.error === record.error) return;
    const about = { project, session: INTEGRATION.exec(branch)?.[1] ?? null, task: null, by: 'orchestrator' };
    recorder.record({ ...about, type: 'branch.pushed', data: { branch, push } });
  });
}

/** A push as everyone sees it. */
export function pushView({ remote, state, commit, at, error }: PushRecord): BranchPush {
  return { remote, state, commit, at, error };
}
