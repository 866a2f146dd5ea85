import { clearOwnLocks } from '../git/clear-own-locks.ts';
import { isAncestor } from '../git/is-ancestor.ts';
import { readReflog } from '../git/read-reflog.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import type { PromotionRecord } from './promotion-store.ts';
import { type PromotionContext, reasonOf, recordPromotion, refOf } from './promote.ts';

/**
 * Settles every promotion that a crash cut short: one whose branch has moved gets its line of the timeline, one whose
 * branch has not is forgotten, since whoever asked was told of a failure. A project that can't be looked at is left for
 * the next start.
 */
export async function recoverPromotions(context: PromotionContext): Promise<void> {
  for (const record of context.promotions.open()) {
    try {
      await recover(context, record);
    } catch (cause) {
      context.logger.error(
        { promotion: record.id, error: cause },
        'A promotion could not be brought into order',
      );
    }
  }
}

async function recover(context: PromotionContext, record: PromotionRecord): Promise<void> {
  const { person } = context.projects.place(record.project);
  const { branch, at } = record;
  const isFree = await clearOwnLocks({
    ...{ gitDir: null, commonDir: person.gitDir, cwd: person.workTree ?? person.gitDir, branch, at },
  });
  if (!isFree) throw new Error(`Another git holds ${branch}`);
  if (await hasMoved(context, record)) recordPromotion(context, record);
  else context.promotions.drop(record.id);
}

async function hasMoved(context: PromotionContext, record: PromotionRecord): Promise<boolean> {
  const { commit, from } = record;
  const repository = { git: context.git, gitDir: context.projects.place(record.project).person.gitDir };
  const ref = refOf(record.branch);
  const found = await resolveRef(repository, ref);
  // git writes the reflog before it moves the ref, so its word alone does not count.
  if (found === null || found === from || !(await isAncestor(repository, commit, found))) return false;
  return (await readReflog(repository, ref)).includes(reasonOf(record));
}
