import type { ResolutionChoice, ResolveInput } from '@thalogos/contracts';
import type { Actor } from '../access/role.ts';
import { findSecrets } from '../git/find-secrets.ts';
import type { Repository } from '../git/git.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { updateRefs } from '../git/update-refs.ts';
import { writeBlob } from '../git/write-blob.ts';
import { Refusal } from '../platform/refusal.ts';
import {
  choicesOf,
  type ConflictRecord,
  type ConflictSide,
  modeOf,
  type ResolutionRecord,
} from './conflict.ts';
import type { ConflictsDeps } from './conflict-deps.ts';
import { findConflict, standingConflicts } from './find-conflict.ts';
import { findMarker, splitLines } from './hunks.ts';
import { keepConflicts } from './keep-conflicts.ts';
import { presentTexts, readHunks, readTexts, readUnion, type TextSides } from './read-conflict.ts';
import { rememberHunks } from './remember.ts';

/**
 * Keeps a person's solution of one conflict; the next Save uses it.
 *
 * The content and the ref that keeps it come first, then the row with its event in one
 * transaction: killed in between, the conflict is as unresolved as before.
 */
export async function resolveConflict(
  deps: ConflictsDeps,
  { conflict: id, choice }: ResolveInput,
  actor: Actor,
): Promise<ConflictRecord> {
  const record = await findConflict(deps, id);
  assertAtRest(deps, record, 'resolved');
  await assertStanding(deps, record);
  const { hub } = deps.place(record.project);
  const texts = await readTexts(hub, record);
  assertOffered(record, choice, texts !== null);
  const side = await makeSide(hub, { record, choice, texts });
  const note =
    deps.store.find(id) === null ? await keepConflicts(deps, { ...record, found: [record] }) : null;
  const settle = await prepareResolution(deps, record, { take: choice.take, side, task: null, result: null });
  deps.recorder.transact(() => {
    note?.();
    settle(actor.name);
  });
  return record;
}

/** What a path is to become, and the proposal that it comes from, if any. */
type Decided = Pick<ResolutionRecord, 'take' | 'side' | 'task' | 'result'>;

/** Keeps the content of a resolution under a ref; gives what notes it, for a transaction. */
export async function prepareResolution(
  deps: ConflictsDeps,
  record: ConflictRecord,
  decided: Decided,
): Promise<(by: string) => void> {
  const { store, recorder, clock, audit } = deps;
  const { project, key, conflict } = record;
  const { hub } = deps.place(project);
  const { take, side, task, result } = decided;
  if (side !== null) await keepContent(hub, key, side);
  const texts = await readTexts(hub, record);
  const hunks = texts === null ? [] : await readHunks(hub, texts);
  const content = side === null ? null : await readText(hub, side);
  return (by) => {
    const at = clock.now();
    const resolution: ResolutionRecord = {
      project,
      key,
      conflict: conflict.id,
      side,
      take,
      by,
      at,
      task,
      result,
    };
    store.removeResolution(project, key);
    store.putResolution(resolution);
    rememberHunks(store, resolution, { hunks, content });
    const what = side === null ? 'deleted' : `${side.mode} ${side.oid}`;
    audit.append({
      who: by,
      what: 'conflict.resolve',
      onWhat: `${conflict.id} ${what}`,
      why: conflict.path,
      source: 'api',
    });
    const about = { project, session: null, task: conflict.theirs.task, by };
    recorder.record({
      ...about,
      type: 'conflict.resolved',
      data: { conflict, resolution: { take, by, at, task } },
    });
  };
}

/** A ref for each content: one that a row still names is never moved away from. */
async function keepContent(hub: Repository, key: string, { oid }: ConflictSide): Promise<void> {
  const ref = `refs/thalogos/resolutions/${key}/${oid}`;
  if ((await resolveRef(hub, ref, 'blob')) !== null) return;
  await updateRefs(hub, [{ ref, from: null, to: oid }], 'resolution');
}

async function readText(hub: Repository, { oid }: ConflictSide): Promise<string | null> {
  const found = await hub.git.readObject({ gitDir: hub.gitDir, oid });
  return found?.content?.toString('utf8') ?? null;
}

interface Choosing {
  readonly record: ConflictRecord;
  readonly choice: ResolutionChoice;
  readonly texts: TextSides | null;
}

async function makeSide(hub: Repository, { record, choice, texts }: Choosing): Promise<ConflictSide | null> {
  switch (choice.take) {
    case 'ours':
    case 'theirs':
      return record.sides[choice.take];
    case 'union': {
      const union = await readUnion(hub, texts ?? { base: null, ours: null, theirs: null });
      return { mode: modeOf(record.sides), oid: await writeBlob(hub, union) };
    }
    case 'content': {
      const content = Buffer.from(choice.content, choice.encoding ?? 'utf8');
      assertSolved(record, content, presentTexts(texts));
      return { mode: modeOf(record.sides), oid: await writeBlob(hub, content) };
    }
  }
}

/** Refuses content that is not a solution: with markers left in it, or with a secret that neither side has. */
export function assertSolved({ conflict }: ConflictRecord, content: Buffer, sides: readonly string[]): void {
  const text = content.toString('utf8');
  const marker = findMarker(text, sides);
  if (marker !== null) {
    throw new Refusal(
      'refused',
      `The content for ${conflict.path} still has a conflict marker in line ${marker.line}: ${marker.text.slice(0, 60)}`,
      {
        hint: 'Settle what stands between the markers and take them out; nothing was changed.',
        details: marker,
      },
    );
  }
  const known = new Set(sides.flatMap(splitLines));
  const added = splitLines(text).filter((line) => !known.has(line));
  const [secret] = findSecrets(`+++ b/file\n@@ -0,0 +1 @@\n${added.map((line) => `+${line}`).join('')}`);
  if (secret === undefined) return;
  throw new Refusal(
    'refused',
    `The content for ${conflict.path} holds what looks like a secret: ${secret.kind}.`,
    {
      hint: 'Take it out; nothing was changed.',
    },
  );
}

function assertOffered(
  { conflict, sides }: ConflictRecord,
  { take }: ResolutionChoice,
  isText: boolean,
): void {
  const choices = choicesOf(conflict.kind, sides, isText);
  if (choices.includes(take)) return;
  if (choices.length === 0) {
    throw new Refusal(
      'wrong-state',
      `${conflict.path} is in conflict as a ${conflict.kind}, which can't be settled by its path alone.`,
      {
        hint: `Save without one side (thalogos save --without ${conflict.theirs.task}), or send it back: thalogos reject ${conflict.theirs.task} --because "..."`,
      },
    );
  }
  throw new Refusal(
    'wrong-state',
    `The conflict in ${conflict.path} (${conflict.kind}) has no ${take} to take.`,
    {
      hint: `Take one of: ${choices.map((choice) => (choice === 'content' ? 'a file' : choice)).join(', ')}.`,
    },
  );
}

/** A Save that runs has read what stood when it began. */
export function assertAtRest(
  { isFrozen }: ConflictsDeps,
  { project, conflict }: ConflictRecord,
  verb: string,
): void {
  if (!isFrozen(project)) return;
  throw new Refusal(
    'conflict',
    `A Save is running, so the conflict in ${conflict.path} can't be ${verb} now.`,
    {
      hint: 'Wait for it, or cancel it: `thalogos save --cancel`.',
    },
  );
}

async function assertStanding(deps: ConflictsDeps, { project, conflict }: ConflictRecord): Promise<void> {
  const standing = await standingConflicts(deps, project);
  if (standing.some((one) => one.conflict.id === conflict.id)) return;
  throw new Refusal(
    'wrong-state',
    `${conflict.path} is not in conflict this way any more: one of its sides has changed, was saved or left out.`,
    {
      hint: 'See `thalogos conflicts` for what stands now; nothing was changed.',
    },
  );
}
