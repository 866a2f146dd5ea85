import { createTagObject } from '../git/create-tag-object.ts';
import { listRefs } from '../git/list-refs.ts';
import { resolveRef } from '../git/resolve-ref.ts';
import { syncRefs } from '../git/sync-refs.ts';
import { type RefMove, updateRefs } from '../git/update-refs.ts';
import { nextCheckpoint } from './checkpoint.ts';
import { about } from './journal.ts';
import { checkpointMessage, checkpointTrailers, entryOf } from './checkpoint-entry.ts';
import { committerOf } from './provenance.ts';
import { readOwnBase } from './own-main.ts';
import { mainRef } from './read-base.ts';
import type { Base, Publishing } from './save.ts';
import type { SaveAt, SaveContext, StepResult } from './save-context.ts';
import type { ProjectPlace } from './save-deps.ts';
import { withdrawnSince } from './still-approved.ts';

/** How often merging begins again because the person's `main` moved; after that their commits wait for the next Save. */
const MAX_ROUNDS = 3;

type Part<K extends Publishing['kind']> = Extract<Publishing, { kind: K }>;

/** Does the next part of putting the candidate on `main`; from here on the Save can only go forward. */
export async function publish(context: SaveContext, record: SaveAt<'publishing'>): Promise<StepResult> {
  const { part } = record.state;
  switch (part.kind) {
    case 'naming':
      return name(context, record);
    case 'sealing':
      return seal(context, record, part);
    case 'landing':
      return land(context, record, part);
    case 'recording':
      return recordCheckpoint(context, record, part);
  }
}

async function name(context: SaveContext, record: SaveAt<'publishing'>): Promise<StepResult> {
  const place = context.projects.place(record.project);
  const person = { git: context.git, gitDir: place.person.gitDir };
  const found = await Promise.all(
    [place.hub, person].map((repository) => listRefs(repository, 'refs/tags/checkpoint/')),
  );
  const tags = found.flat().map((ref) => ref.name.slice('refs/tags/'.length));
  const known = context.timeline.landed(record.project).flatMap(({ entry }) => entry.tag ?? []);
  const next = nextCheckpoint(record.startedAt, [...tags, ...known]);
  return { fact: { type: 'named', seal: { ...next, auditHead: context.audit.head().hash } } };
}

async function seal(
  context: SaveContext,
  record: SaveAt<'publishing'>,
  part: Part<'sealing'>,
): Promise<StepResult> {
  const { candidate } = record.state;
  const tagObject = await createTagObject(context.projects.place(record.project).hub, {
    name: part.seal.tag,
    target: candidate.commit,
    tagger: committerOf(record),
    message: checkpointMessage(record, part.seal),
    trailers: checkpointTrailers(record, part.seal),
    key: await context.keys.signing(),
  });
  return { fact: { type: 'sealed', tagObject } };
}

async function land(
  context: SaveContext,
  record: SaveAt<'publishing'>,
  part: Part<'landing'>,
): Promise<StepResult> {
  const place = context.projects.place(record.project);
  const { base, candidate } = record.state;
  const refs = { main: mainRef(place), tag: `refs/tags/${part.seal.tag}` };
  const hasLanded = (await resolveRef(place.hub, refs.main)) === candidate.commit;
  // A Save that a crash stopped between two refs goes on; only one that moved nothing may begin again.
  if (!hasLanded && record.rounds < MAX_ROUNDS) {
    const now = await readOwnBase(context, record.project);
    if (hasMoved(base, now)) return begin(place, { now, refs, part });
  }
  const moves = await missingMoves(place, { record, part, refs });
  if (moves.length > 0) {
    const outcome = await updateRefs(place.hub, moves, `save ${record.id}: ${part.seal.tag}`);
    if (outcome.kind === 'moved')
      return begin(place, { now: await readOwnBase(context, record.project), refs, part });
  }
  context.failpoint('landing.moved');
  await syncRefs(place.hub, [refs.tag, refs.main]);
  return { fact: { type: 'landed' } };
}

function hasMoved(base: Base, now: Base): boolean {
  return now.hub !== base.hub || now.commit !== base.commit || now.diverged !== base.diverged;
}

interface Landing {
  readonly refs: { readonly main: string; readonly tag: string };
  readonly part: Part<'landing'>;
}

/** Goes back to merging on the new base; a tag whose commit is not on `main` must not stay. */
async function begin(place: ProjectPlace, { now, refs, part }: Landing & { now: Base }): Promise<StepResult> {
  if ((await resolveRef(place.hub, refs.tag, 'tag')) === part.tagObject) {
    await updateRefs(place.hub, [{ ref: refs.tag, from: part.tagObject, to: null }], 'main moved meanwhile');
  }
  return { fact: { type: 'moved', base: now } };
}

/** The refs that are not yet where they belong, tag before main: after a crash between the two, main is still the old one. */
async function missingMoves(
  place: ProjectPlace,
  { record, part, refs }: Landing & { record: SaveAt<'publishing'> },
): Promise<RefMove[]> {
  const { base, candidate } = record.state;
  const [tag, main] = await Promise.all([
    resolveRef(place.hub, refs.tag, 'object'),
    resolveRef(place.hub, refs.main),
  ]);
  const moves: RefMove[] = [];
  if (tag !== part.tagObject) moves.push({ ref: refs.tag, from: null, to: part.tagObject });
  if (main !== candidate.commit) moves.push({ ref: refs.main, from: base.hub, to: candidate.commit });
  return moves;
}

async function recordCheckpoint(
  context: SaveContext,
  record: SaveAt<'publishing'>,
  part: Part<'recording'>,
): Promise<StepResult> {
  const { audit, projects, recorder, tasks, timeline } = context;
  const { base, candidate } = record.state;
  const { tag } = part.seal;
  const entry = entryOf(record, part.seal);
  const within = () => {
    timeline.append({ project: record.project, entry, base: base.commit, tagObject: part.tagObject });
    audit.append({
      who: record.by,
      what: `${record.kind}.landed`,
      onWhat: tag,
      why: entry.summary,
      source: 'orchestrator',
    });
    const late = new Set(
      withdrawnSince(record.entering, tasks.savable(record.project)).map((task) => task.id),
    );
    const ids = record.entering.map((task) => task.id);
    tasks.markSaved(
      ids.filter((id) => !late.has(id)),
      { save: record.id, tag },
    );
    // Its work is on main all the same: whoever withdrew it has to be able to find that out.
    for (const id of late) {
      const why = `its approval was withdrawn while ${tag} was being published`;
      audit.append({
        who: 'orchestrator',
        what: 'task.landed-late',
        onWhat: id,
        why,
        source: 'orchestrator',
      });
    }
    projects.moved(record.project, candidate.commit);
    recorder.record({ ...about(record), type: 'checkpoint.published', data: { entry } });
  };
  return { fact: { type: 'recorded' }, within };
}
