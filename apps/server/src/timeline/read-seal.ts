import type { Seal } from '@thalogos/contracts';
import { listRefs } from '../git/list-refs.ts';
import { verifySignature } from '../git/verify-signature.ts';
import type { TimelineDeps } from './timeline-deps.ts';
import type { TimelineRow } from './timeline-book.ts';

/** Looks at the seal of one checkpoint: that its tag is there, is signed, by whom, and is the one that was made. */
export async function readSeal(deps: TimelineDeps, row: TimelineRow): Promise<Seal | null> {
  const { tag } = row.entry;
  if (tag === null) return null;
  const { hub } = deps.place(row.project);
  const found = (await listRefs(hub, `refs/tags/${tag}`)).find(({ name }) => name === `refs/tags/${tag}`);
  if (found === undefined) return seal('missing', 'Its tag is gone from the hub.');
  const object = await hub.git.readObject({ gitDir: hub.gitDir, oid: found.oid });
  if (object?.type !== 'tag') return seal('unsigned', 'Its tag is a bare name without a signature.');
  const { allowedSigners } = await deps.keys.signing();
  const verdict = await verifySignature(hub, { oid: found.oid, type: 'tag', allowedSigners });
  switch (verdict.kind) {
    case 'unsigned':
      return seal('unsigned', 'Its tag is not signed.');
    case 'unknown-key':
      return seal('unknown-key', 'Its tag is signed with a key that this Thalogos does not know.');
    case 'bad':
      return seal('tampered', 'The signature of its tag does not fit what the tag says.');
    case 'good':
      return isTheOneMade(row, found)
        ? seal('verified', `Signed by ${verdict.signer} (${verdict.fingerprint}).`)
        : seal('tampered', 'Its tag is another object than the one that was signed for it.');
  }
}

/** A promotion is sealed by the tag of the checkpoint, which another line of the book holds. */
function isTheOneMade(
  { entry, tagObject }: TimelineRow,
  found: { readonly oid: string; readonly commit: string },
): boolean {
  return (entry.kind === 'promotion' || found.oid === tagObject) && found.commit === entry.commit;
}

function seal(state: Seal['state'], why: string): Seal {
  return { state, why };
}
