import type { Oid } from '@thalogos/contracts';
import type { Repository } from '../git/git.ts';
import { findInTree } from '../git/ls-tree.ts';
import { readBlob } from '../git/read-blob.ts';
import { Refusal } from '../platform/refusal.ts';
import { choicesOf, type ConflictRecord, type ConflictSide } from './conflict.ts';
import type { ConflictsDeps } from './conflict-deps.ts';
import { presentTexts, readTexts } from './read-conflict.ts';
import { assertSolved, prepareResolution } from './resolve-conflict.ts';

/**
 * Gets the results of proposals ready to become resolutions; throws `Refusal` for one that is
 * none. What is given back notes the resolution of one task, in the transaction that approves it.
 */
export async function prepareProposals(
  deps: ConflictsDeps,
  tasks: readonly string[],
): Promise<(task: string, by: string) => void> {
  const ready = new Map<string, { readonly result: Oid; readonly settle: (by: string) => void }>();
  for (const id of tasks) {
    const task = deps.findTask(id);
    if (task === null || task.settles === null || task.result === null) continue;
    const record = deps.store.find(task.settles);
    if (record === null) throw new Error(`Task ${id} settles ${task.settles}, which is not kept`);
    const side = await readProposed(deps.place(record.project).hub, record, task.result);
    const decided = { take: 'content', side, task: id, result: task.result } as const;
    ready.set(id, { result: task.result, settle: await prepareResolution(deps, record, decided) });
  }
  return (id, by) => {
    const proposal = ready.get(id);
    if (proposal === undefined) return;
    if (deps.findTask(id)?.result !== proposal.result)
      throw new Refusal('conflict', `Task ${id} has changed since you looked.`, {
        hint: 'Look at it again, then approve.',
      });
    proposal.settle(by);
  };
}

async function readProposed(
  hub: Repository,
  record: ConflictRecord,
  result: Oid,
): Promise<ConflictSide | null> {
  const { conflict, sides } = record;
  const entry = await findInTree(hub, result, conflict.path);
  if (entry === null) return null;
  const mayBeFile = choicesOf(conflict.kind, sides, true).includes('content');
  if (entry.type !== 'blob' || (mayBeFile && !entry.mode.startsWith('100')))
    throw new Refusal('refused', `${conflict.path} is no file any more in this proposal.`, {
      hint: 'Send it back with the reason.',
    });
  const blob = await readBlob(hub, entry.oid);
  if (blob.kind === 'blob') assertSolved(record, blob.content, presentTexts(await readTexts(hub, record)));
  return { mode: entry.mode, oid: entry.oid };
}
