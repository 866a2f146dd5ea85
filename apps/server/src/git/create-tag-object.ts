import type { Oid } from '@thalogos/contracts';
import { composeMessage, identity, type Trailer } from './commit-message.ts';
import type { Repository, Signature, SigningKey } from './git.ts';
import { readSecret } from './signing-secret.ts';
import { signAsGit } from './ssh-signature.ts';

/** Everything an annotated tag is made of; `name` is without `refs/tags/`. */
export interface TagParts {
  readonly name: string;
  readonly target: Oid;
  readonly tagger: Signature;
  readonly message: string;
  readonly trailers?: readonly Trailer[];
  readonly key: SigningKey;
}

/**
 * Makes a signed tag object and no ref; the same parts always give the same object.
 *
 * `git tag` would write the ref at once, and the ref must move together with main.
 */
export async function createTagObject({ git, gitDir }: Repository, parts: TagParts): Promise<Oid> {
  const payload = Buffer.from(
    `object ${parts.target}\ntype commit\ntag ${parts.name}\ntagger ${identity(parts.tagger).line}\n\n${composeMessage(parts.message, parts.trailers)}`,
  );
  const signature = signAsGit(await readSecret(parts.key), payload);
  return git.writeObject({ gitDir, type: 'tag', content: Buffer.concat([payload, Buffer.from(signature)]) });
}
