import type { Oid } from '@thalogos/contracts';
import type { Repository } from './git.ts';

/** What a look at a signature found. */
export type SignatureVerdict =
  | { readonly kind: 'good'; readonly signer: string; readonly fingerprint: string }
  /** It fits what was signed, and was made with a key that nobody here knows. */
  | { readonly kind: 'unknown-key'; readonly reason: string }
  | { readonly kind: 'bad'; readonly reason: string }
  | { readonly kind: 'unsigned' };

/** What to verify, and the file that names who may sign. */
export interface VerifyRequest {
  readonly oid: Oid;
  readonly type: 'commit' | 'tag';
  readonly allowedSigners: string;
}

/** Verifies the ssh signature of one commit or tag object against a file of allowed signers. */
export async function verifySignature(
  repository: Repository,
  { oid, type, allowedSigners }: VerifyRequest,
): Promise<SignatureVerdict> {
  const { exitCode, stderr } = await repository.git.plumbing({
    purpose: `verify ${type} ${oid}`,
    gitDir: repository.gitDir,
    args: [
      '-c',
      'gpg.format=ssh',
      '-c',
      'gpg.ssh.program=ssh-keygen',
      '-c',
      `gpg.ssh.allowedSignersFile=${allowedSigners}`,
      `verify-${type}`,
      '--raw',
      '--end-of-options',
      oid,
    ],
    exitCodes: [0, 1],
  });
  const good = /Good "git" signature for (\S+) with \S+ key (\S+)/.exec(stderr);
  if (exitCode === 0 && good !== null)
    return { kind: 'good', signer: good[1] ?? '', fingerprint: good[2] ?? '' };
  if (exitCode !== 0 && (stderr.trim() === '' || stderr.includes('no signature found')))
    return { kind: 'unsigned' };
  const isWhole = /Good "git" signature with/.test(stderr);
  return { kind: isWhole ? 'unknown-key' : 'bad', reason: stderr.trim() };
}
