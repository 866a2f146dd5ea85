import type { Oid } from '@thalogos/contracts';
import { composeMessage, identity, type Trailer } from './commit-message.ts';
import type { Repository, Signature, SigningKey } from './git.ts';
import { readSecret } from './signing-secret.ts';
import { signAsGit } from './ssh-signature.ts';

/** Everything a commit is made of. */
export interface CommitParts {
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
  readonly trailers?: readonly Trailer[];
  /** Signs the commit; unsigned when absent. */
  readonly key?: SigningKey | undefined;
}

/**
 * Makes a commit object, no ref; the same parts always give the same commit, signature included.
 *
 * It is what `git commit-tree` makes, byte for byte, without the two processes that it
 * takes for each commit of a Save.
 */
export async function commitTree(repository: Repository, parts: CommitParts): Promise<Oid> {
  const { git, gitDir } = repository;
  const headers = [
    `tree ${parts.tree}`,
    ...new Set(parts.parents.map((parent) => `parent ${parent}`)),
    `author ${identity(parts.author).line}`,
    `committer ${identity(parts.committer).line}`,
  ];
  const message = composeMessage(parts.message, parts.trailers);
  const signed = parts.key === undefined ? [] : [await signatureOf(parts.key, withMessage(headers, message))];
  return git.writeObject({
    gitDir,
    type: 'commit',
    content: withMessage([...headers, ...signed], message),
    // A commit that names what is not there would break the repository.
    needs: [
      { oid: parts.tree, type: 'tree' },
      ...parts.parents.map((oid) => ({ oid, type: 'commit' as const })),
    ],
  });
}

function withMessage(headers: readonly string[], message: string): Buffer {
  return Buffer.from(`${headers.join('\n')}\n\n${message}`);
}

/** As a header: every line but the first is set in by a blank. */
async function signatureOf(key: SigningKey, payload: Buffer): Promise<string> {
  const lines = signAsGit(await readSecret(key), payload).trimEnd();
  return `gpgsig ${lines.replaceAll('\n', '\n ')}`;
}
