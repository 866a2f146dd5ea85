import type { Promotion, PromoteInput, TimelineEntry } from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { syncRefs } from '../git/sync-refs.ts';
import { updateRefs } from '../git/update-refs.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import type { BranchesDeps } from './branches-deps.ts';
import { readPromotion, type ReadPromotion } from './read-promotion.ts';
import { rulePromotion } from './promotion.ts';
import type { PromotionRecord, PromotionStore } from './promotion-store.ts';

/** What a promotion works with. */
export interface PromotionContext extends BranchesDeps {
  readonly promotions: PromotionStore;
}

/** The full name of a branch. */
export function refOf(branch: string): string {
  return `refs/heads/${branch}`;
}

/** The reason in a branch's reflog, by which a promotion that was cut short is known to have moved it. */
export function reasonOf({ id, tag }: Pick<PromotionRecord, 'id' | 'tag'>): string {
  return `thalogos promote ${id}: ${tag}`;
}

/**
 * Brings a branch of the person's repository forward to a checkpoint, by compare-and-swap and along the chain.
 *
 * What is to be done is journaled before the branch moves, and the timeline's line is written after it: killed in
 * between, the next start finds the branch moved and writes that line, or not moved and forgets it.
 */
export async function promote(
  context: PromotionContext,
  input: PromoteInput,
  actor: Actor,
): Promise<Promotion> {
  // The same turn as deliveries take: one of ours at a time writes in a person's repository.
  return context.git.exclusively(`deliver ${input.project}`, async () => {
    const read = await readPromotion(context, input);
    const ruling = rulePromotion(read.facts);
    switch (ruling.kind) {
      case 'refuse':
        throw new Refusal('refused', `Could not promote ${input.tag} to ${input.to}: ${ruling.why}`, {
          hint: ruling.fix,
        });
      case 'stay':
        return { ...promotionOf(read), moved: false, entry: null };
      case 'move':
        return { ...promotionOf(read), moved: true, entry: await move(context, read, actor.name) };
    }
  });
}

function promotionOf({ checkpoint, branch, from }: ReadPromotion): Omit<Promotion, 'moved' | 'entry'> {
  return { tag: checkpoint.tag, commit: checkpoint.commit, branch, from };
}

async function move(context: PromotionContext, read: ReadPromotion, by: string): Promise<TimelineEntry> {
  const { promotions, failpoint, clock } = context;
  const { person, checkpoint, branch, from, project } = read;
  const record: PromotionRecord = {
    ...{ id: newId('m'), project, ...checkpoint, branch, from, by, at: clock.now() },
  };
  promotions.begin(record);
  failpoint('promoting.journaled');
  const ref = refOf(branch);
  const outcome = await updateRefs(person, [{ ref, from, to: checkpoint.commit }], reasonOf(record));
  if (outcome.kind === 'moved') {
    promotions.drop(record.id);
    throw new Refusal('conflict', `Could not promote ${record.tag}: ${branch} was moved meanwhile.`, {
      hint: 'Nothing was changed. Look where it is now, and promote again.',
    });
  }
  failpoint('promoting.moved');
  await syncRefs(person, [ref]);
  return recordPromotion(context, record);
}

/** Writes the timeline's line of a promotion whose branch has moved, and closes its journal, in one transaction. */
export function recordPromotion(context: PromotionContext, record: PromotionRecord): TimelineEntry {
  const { recorder, timeline, audit, promotions, failpoint } = context;
  const entry = entryOf(record);
  recorder.transact(() => {
    const { project, by, tag, branch, tagObject } = record;
    timeline.append({ project, entry, base: record.from, tagObject });
    const why = `${record.from ?? 'made'} -> ${record.commit}`;
    audit.append({
      who: by,
      what: 'checkpoint.promoted',
      onWhat: `${tag} to ${branch}`,
      why,
      source: 'orchestrator',
    });
    promotions.finish(record.id);
    recorder.record({ project, session: null, task: null, by, type: 'checkpoint.promoted', data: { entry } });
  });
  failpoint('promoting.recorded');
  return entry;
}

function entryOf({ id, tag, commit, branch, by, at }: PromotionRecord): TimelineEntry {
  return {
    kind: 'promotion',
    tag,
    commit,
    sequence: null,
    at,
    tasks: [],
    by,
    undone: [],
    signature: 'good',
    summary: `Promoted ${tag} to ${branch}`,
    save: id,
    restored: null,
    checks: [],
    files: 0,
    undoneBy: null,
    branch,
  };
}
