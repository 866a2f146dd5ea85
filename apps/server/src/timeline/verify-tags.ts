import type { Oid } from '@thalogos/contracts';
import { readTrailers } from '../git/commit-message.ts';
import type { Repository } from '../git/git.ts';
import { listRefs, type Ref } from '../git/list-refs.ts';
import { verifySignature } from '../git/verify-signature.ts';
import type { TimelineDeps, TimelinePlace } from './timeline-deps.ts';
import type { TimelineRow } from './timeline-book.ts';

/** One thing that is not as it was signed. */
export interface Problem {
  readonly what: string;
  readonly why: string;
}

const PREFIX = 'refs/tags/';

interface TagQuestion {
  readonly place: TimelinePlace;
  readonly rows: readonly TimelineRow[];
  readonly allowedSigners: string;
}

/** Checks that the tags are exactly the checkpoints of the timeline, in the hub and at the person, each signed by us. */
export async function verifyTags(
  deps: TimelineDeps,
  { place, rows, allowedSigners }: TagQuestion,
): Promise<{ checked: number; problems: readonly Problem[] }> {
  const person: Repository = { git: place.hub.git, gitDir: place.person.gitDir };
  const [ours, theirs] = await Promise.all([
    listRefs(place.hub, `${PREFIX}checkpoint/`),
    listRefs(person, `${PREFIX}checkpoint/`),
  ]);
  const inHub = byName(ours);
  const atPerson = byName(theirs);
  const problems: Problem[] = [];
  let lastAudit = 0;
  for (const row of rows) {
    const { tag } = row.entry;
    if (tag === null) continue;
    problems.push(...compare(row, inHub.get(tag)), ...compareDelivered(row, atPerson.get(tag)));
    const found = inHub.get(tag);
    if (found === undefined) continue;
    problems.push(...(await verifyTag(place.hub, { tag, oid: found.oid, allowedSigners })));
    const audit = await auditPlace(deps, place.hub, found.oid);
    if (audit === null || audit < lastAudit)
      problems.push({ what: tag, why: 'The audit chain does not hold the entry that its tag names.' });
    else lastAudit = audit;
  }
  const known = new Set(rows.map((row) => row.entry.tag));
  for (const name of inHub.keys())
    if (!known.has(name)) problems.push({ what: name, why: 'The timeline knows of no such checkpoint.' });
  return { checked: inHub.size, problems };
}

function byName(refs: readonly Ref[]): ReadonlyMap<string, Ref> {
  return new Map(refs.map((ref) => [ref.name.slice(PREFIX.length), ref]));
}

function compare({ entry, tagObject }: TimelineRow, found: Ref | undefined): readonly Problem[] {
  const what = entry.tag ?? entry.save;
  if (found === undefined) return [{ what, why: 'Its tag is gone from the hub.' }];
  if (found.commit !== entry.commit)
    return [{ what, why: `Its tag names ${found.commit} instead of ${entry.commit ?? 'nothing'}.` }];
  return found.oid === tagObject
    ? []
    : [{ what, why: 'Its tag is another object than the one that was signed.' }];
}

/** A tag that has not been delivered yet, or that the person removed, is theirs to decide. */
function compareDelivered({ entry, tagObject }: TimelineRow, found: Ref | undefined): readonly Problem[] {
  if (found === undefined || found.oid === tagObject) return [];
  return [
    {
      what: entry.tag ?? entry.save,
      why: 'Its tag in your repository is another object than the one that was signed.',
    },
  ];
}

async function verifyTag(
  hub: Repository,
  { tag, oid, allowedSigners }: { tag: string; oid: Oid; allowedSigners: string },
): Promise<readonly Problem[]> {
  const object = await hub.git.readObject({ gitDir: hub.gitDir, oid });
  if (object?.type !== 'tag') return [{ what: tag, why: 'Its tag is not a signed one.' }];
  const verdict = await verifySignature(hub, { oid, type: 'tag', allowedSigners });
  if (verdict.kind === 'good') return [];
  return [
    {
      what: tag,
      why:
        verdict.kind === 'unsigned'
          ? 'Its tag is not signed.'
          : `The signature of its tag is not good: ${verdict.reason}`,
    },
  ];
}

/** Where in the audit chain the tag says that it was made. */
async function auditPlace({ audit }: TimelineDeps, hub: Repository, oid: Oid): Promise<number | null> {
  const object = await hub.git.readObject({ gitDir: hub.gitDir, oid });
  const text = object?.content?.toString('utf8') ?? '';
  const message = (text.split('-----BEGIN SSH SIGNATURE-----', 1)[0] ?? '').trimEnd();
  const head = readTrailers(message).find((trailer) => trailer.key === 'Thalogos-Audit-Head')?.value;
  return head === undefined ? null : audit.find(head);
}
